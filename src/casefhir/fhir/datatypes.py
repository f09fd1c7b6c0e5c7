"""Values of the case → FHIR R4 data types; each function returns one data type, or None for what is not there."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from casefhir.fhir.context import BASE, Resource
from casefhir.model.code import SYSTEMS, Code
from casefhir.model.duration import Duration
from casefhir.model.fields import Conflict
from casefhir.model.findings import LabValue
from casefhir.model.microbiology import Genotype, Organism, Susceptibility
from casefhir.model.points import Points
from casefhir.model.quantity import Amount, Extent, Quantity, Range, Ratio, is_multiplied
from casefhir.model.record import Record
from casefhir.statement import CellValue
from casefhir.terms import Unit
from casefhir.terms.units import ucum

LOINC = SYSTEMS["LOINC"]
SNOMED = SYSTEMS["SNOMED"]
UCUM = SYSTEMS["UCUM"]
HL7 = "http://terminology.hl7.org/CodeSystem/"

ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def prune(members: Resource) -> Resource:
    """
    A resource, or a part of one, without its empty members; 0 and false are not empty.

    FHIR has no empty members: null, [] and {} are errors, so they are dropped here and nowhere else. It goes one
    level deep: every function that builds a part prunes that part.
    Source: https://hl7.org/fhir/R4/json.html
    """
    return {name: value for name, value in members.items() if value or type(value) in _NUMBERS}


_NUMBERS = frozenset((bool, int, Decimal))


def present(*values: Resource | None) -> list[Resource]:
    """The values that are there."""
    return [value for value in values if value]


def narrative(text: str) -> Resource:
    """What a person reads who sees only the resource; plain text, always escaped."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{escaped}</div>'}


META: Resource = {
    "tag": [
        {
            "system": f"{BASE}/CodeSystem/kind",
            "code": "published-case",
            "display": "Published case, not a patient in care",
        }
    ]
}
"""The tag that says that this is a published case and no patient in care."""


def coding(system: str, code: str, display: str = "") -> Resource | None:
    """A Coding; None where there is no code."""
    if not code:
        return None
    return {"system": system, "code": code, "display": display} if display else {"system": system, "code": code}


def concept(text: str | None, *codings: Resource | None, written: Iterable[Code] = ()) -> Resource | None:
    """A CodeableConcept with its text; codes that the author wrote stand in place of those of the tables."""
    if not text:
        return None
    coded = [coding(SYSTEMS[c.system], c.code, c.display) for c in written] or present(*codings)
    return {"coding": coded, "text": text} if coded else {"text": text}


def quantity(amount: Amount, unit: Unit | None, printed: str | None) -> Resource:
    """
    A Quantity, its digits as printed.

    A unit that is none of UCUM's, or that nobody can interpret, is text: no system, no code.
    """
    return prune(
        {
            "value": amount.value,
            "comparator": amount.comparator,
            "unit": printed or (unit.ucum if unit else None),
            "system": UCUM if unit else None,
            "code": unit.ucum if unit else None,
        }
    )


def between(q: Range, unit: Unit | None, printed: str | None) -> Resource:
    """A Range, its digits as printed."""
    low, high = (Amount(q.text, value, q.unit) for value in (q.low, q.high))
    return {"low": quantity(low, unit, printed), "high": quantity(high, unit, printed)}


def value(q: Quantity | None, unit: Unit | None, printed: str | None) -> Resource:
    """The value[x] of an Observation: Quantity, Range, Ratio, or the text of what has no data type of its own."""
    match q:
        case Amount():
            return {"valueQuantity": quantity(q, unit, printed)}
        case Range():
            return {"valueRange": between(q, unit, printed)}
        case Ratio(_, numerator, denominator, "", comparator):
            over = prune({"value": denominator, "comparator": comparator})
            return {"valueRatio": {"numerator": {"value": numerator}, "denominator": over}}
        case Ratio() | Extent():
            return {"valueString": q.text}
    return {}


def hedge(q: Quantity | Points | None) -> str | None:
    """The print of a quantity that FHIR's number does not say: `up to 5 cm`, `about 3 cm`, `2.0 x10^6 copies/mL`."""
    if q is None or not (q.approximate or getattr(q, "maximum", False) or is_multiplied(q)):
        return None
    return f"printed as {q.text}"


def value_of(q: Quantity | None) -> Resource:
    """The value[x] of a quantity in its own unit."""
    return value(q, ucum(q.unit) if q and q.unit else None, q.unit if q else None)


def length(duration: Duration) -> Resource:
    """A Quantity of time, for a component; the longer end of a range is in the text alone."""
    return prune(
        {
            "value": duration.value,
            "comparator": duration.comparator,
            "unit": TIME_UNITS.get(duration.unit, duration.unit),
            "system": UCUM,
            "code": duration.unit,
        }
    )


def lasting(duration: Duration) -> Resource:
    """The value[x] of a length of time, or of the two that it lies between."""
    if duration.high is None:
        return {"valueQuantity": length(duration)}
    return {"valueRange": {"low": length(duration), "high": length(duration._replace(value=duration.high))}}


TIME_UNITS = {
    "a": "years",
    "mo": "months",
    "wk": "weeks",
    "d": "days",
    "h": "hours",
    "min": "min",
    "s": "s",
}


def notes(*texts: str | None) -> list[Resource]:
    """Annotations, one a text."""
    return [{"text": text} for text in texts if text]


def extension(name: str, **of_type: Any) -> Resource:
    """One of our own extensions: `extension("quote", valueString="…")`."""
    return {"url": f"{BASE}/StructureDefinition/{name}", **of_type}


def unknown(code: str = "unknown") -> Resource:
    """The element that says why a value is missing, for `_recorded` and the like."""
    return {"extension": [{"url": ABSENT, "valueCode": code}]}


def evidence(record: Any) -> list[Resource]:
    """The printed words that a fact rests on."""
    quote = getattr(record, "quote", None)
    return [extension("quote", valueString=quote)] if quote else []


def sentence(*parts: str | None) -> str:
    """Parts of a narrative in one line: what is empty is left out."""
    return " · ".join(filter(None, parts))


def written(record: Record | LabValue | CellValue | Organism | Susceptibility | Genotype) -> Iterator[str]:
    """What the author adds to a fact: a note, and what another place of the article says."""
    if record.note:
        yield record.note
    if record.conflict:
        yield contradiction(record.conflict)


def contradiction(conflict: Conflict) -> str:
    """What another place of the article says, and how the author weighs the two."""
    return f"{conflict.where} says: {conflict.says}" + (f" ({conflict.note})" if conflict.note else "")
