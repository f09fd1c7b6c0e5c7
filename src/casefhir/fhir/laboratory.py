"""Laboratory values → Observation."""

from collections.abc import Iterator
from decimal import Decimal

from casefhir.facts import CellValue, Fact, Lab
from casefhir.fhir import concepts
from casefhir.fhir.categories import LABORATORY, VITAL_SIGNS, absent_reason
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    META,
    concept,
    evidence,
    extension,
    hedge,
    narrative,
    notes,
    present,
    prune,
    quantity,
    sentence,
    value,
    written,
)
from casefhir.fhir.times import effective_period, times
from casefhir.fhir.vital_signs import BLOOD_PRESSURES, absent, profile_row, vital_value
from casefhir.measurement import Measurement
from casefhir.model.findings import LabValue
from casefhir.model.quantity import Amount
from casefhir.model.result import Reference, Result
from casefhir.terms import Unit, VitalSign
from casefhir.terms.units import ucum


def lab(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A laboratory value, or a vital sign written among the laboratory values.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Lab = fact.record
    found = cx.measurements.of(fact)
    when = times(record, cx)
    vital = _vital_sign(record, found, cx)
    is_vital = vital is not None or (found.test is not None and found.test.category == "vital-signs")
    told = _result(record, found, vital, cx)
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"{record.name}: {_shown(record)}", when.said)),
        "extension": [
            *evidence(record.value),
            *when.extension,
            *_print(record.value),
            *told.pop("extension", []),
        ],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "category": VITAL_SIGNS if is_vital else LABORATORY,
        "code": _code(record, found, vital, cx),
        "subject": cx.subject,
        "encounter": when.encounter,
        **(effective_period(when.effective) if is_vital else when.effective),
        **told,
        "interpretation": _interpretations(record.value.value, cx),
        "note": notes(*_lab_notes(record, found)),
        "method": concept(record.value.method),
        "specimen": {"display": record.value.specimen} if record.value.specimen else None,
        "referenceRange": _reference_ranges(record.value.value, found),
    }


def _shown(record: Lab) -> str:
    value = record.value
    text = value.text or (value.value.text if value.value else "")
    unit = record.unit if record.unit and value.value and value.value.quantity else ""
    return " ".join(part for part in (text, unit and f"(unit {unit})") if part)


def _print(value: LabValue | CellValue) -> list[Resource]:
    return [extension("printed-value", valueString=value.printed)] if value.printed else []


def _codes(record: Lab, found: Measurement) -> list[tuple[str, str]]:
    """The codes of what is measured, each with its system: those of the author, or that of the table."""
    written = [(code.system, code.code) for code in record.value.code]
    return written or ([("LOINC", found.test.loinc)] if found.test else [])


def _vital_sign(record: Lab, found: Measurement, cx: Context) -> VitalSign | None:
    """The vital sign whose profile the value has to fit."""
    return next(filter(None, (cx.terms.vital_sign(*code) for code in _codes(record, found))), None)


def _code(record: Lab, found: Measurement, vital: VitalSign | None, cx: Context) -> Resource | None:
    """The test; a systolic pressure alone is a blood pressure, for its own code stands on a component."""
    profile = profile_row(vital, cx) if vital else None
    is_part = found.test is not None and found.test.loinc in BLOOD_PRESSURES
    return concepts.laboratory_test(record.name, profile if is_part else found.test, record.value.code, profile)


_NO_RESULT = {
    "not measured": ("not-performed", "Not Performed"),
    "pending": ("temp-unknown", "Temporarily Unknown"),
}
"""A word that says why there is no result → its code."""


def _result(record: Lab, found: Measurement, vital: VitalSign | None, cx: Context) -> Resource:
    result = record.value.value
    if result is not None and (reason := _NO_RESULT.get(result.word)):
        why = absent_reason(*reason, result.text)
        return absent(vital, reason, result.text) if vital else {"dataAbsentReason": why}
    if vital:
        quantity, text = (result.quantity, result.text) if result else (None, record.value.text or "")
        return vital_value(quantity, found.trusted_unit, vital, text, [code for _, code in _codes(record, found)])
    if result is None:
        return {"valueString": record.value.text}
    if result.quantity:
        return value(result.quantity, found.trusted_unit, found.printed_unit)
    if result.titre:
        return value(result.titre, None, None)
    return {"valueCodeableConcept": cx.concept(concepts.qualifier, result.word or result.grade, result.text)}


def _interpretations(result: Result | None, cx: Context) -> list[Resource]:
    words = dict.fromkeys([result.flag, result.word]) if result else {}
    return present(*(cx.concept(concepts.interpretation, word) for word in words if word))


def _lab_notes(record: Lab, found: Measurement) -> Iterator[str]:
    value = record.value
    if value.printed:
        yield f"printed as {value.printed}" + (f": {value.why}" if value.why else "")
    if value.value and (told := hedge(value.value.quantity)):
        yield told
    if found.printed_unit is None and value.value and value.value.quantity:
        yield "the source prints no unit; none is inferred"
    if not found.fits:
        yield f"{record.name} is not measured in {found.printed_unit}; the unit is kept as text"
    if found.impossible:
        yield f"{found.impossible.text} is not possible; the unit is kept as text"
    if value.value and value.value.detail:
        yield f"the result in full: {value.value.text}"
    yield from written(value)


def _reference_ranges(result: Result | None, found: Measurement) -> list[Resource]:
    reference = result.reference if result else None
    if reference is None:
        return []
    unit = ucum(reference.unit) if reference.unit else found.trusted_unit
    printed = reference.unit or found.printed_unit
    return [
        prune(
            {
                "low": _limit(reference, reference.low, unit, printed),
                "high": _limit(reference, reference.high, unit, printed),
                "text": reference.text,
            }
        )
    ]


def _limit(reference: Reference, limit: Decimal | None, unit: Unit | None, printed: str | None) -> Resource | None:
    return None if limit is None else quantity(Amount(reference.text, limit, printed), unit, printed)
