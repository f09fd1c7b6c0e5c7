"""Limits printed beside a value → Observation.referenceRange: what is normal, toxic, therapeutic, a cut-off."""

from decimal import Decimal

from casefhir.fhir.context import Resource
from casefhir.fhir.datatypes import HL7, coding, concept, prune, quantity
from casefhir.measurement import Measurement
from casefhir.model.quantity import Amount
from casefhir.model.reference import Reference
from casefhir.model.result import Result
from casefhir.terms import Unit
from casefhir.terms.units import ucum


def reference_ranges(result: Result | None, found: Measurement) -> list[Resource]:
    """The normal range, which FHIR means where no type is, and limits of other kinds, each with its type."""
    printed = (result.reference, *result.limits) if result else ()
    return [_reference_range(reference, found) for reference in printed if reference]


def _reference_range(reference: Reference, found: Measurement) -> Resource:
    unit = ucum(reference.unit) if reference.unit else found.trusted_unit
    printed = reference.unit or (None if found.limit else found.printed_unit)
    meaning = reference.meaning
    code, display = _MEANINGS.get(meaning, ("", ""))
    return prune(
        {
            "low": _limit(reference, reference.low, unit, printed),
            "high": _limit(reference, reference.high, unit, printed),
            "type": concept(meaning, coding(HL7 + "referencerange-meaning", code, display)) if meaning else None,
            "text": f"{meaning} {reference.text}".strip(),
        }
    )


_MEANINGS = {
    "therapeutic": ("therapeutic", "Therapeutic Desired Level"),
    "recommended": ("recommended", "Recommended Range"),
    "treatment": ("treatment", "Treatment Range"),
}
"""What limits are, if not normal → its code; the others have none. https://hl7.org/fhir/R4/valueset-referencerange-meaning.html"""


def _limit(reference: Reference, limit: Decimal | None, unit: Unit | None, printed: str | None) -> Resource | None:
    return None if limit is None else quantity(Amount(reference.text, limit, printed), unit, printed)
