"""Pregnancy and birth → Observation, one for each thing that is said of them."""

from collections.abc import Iterator
from typing import Any

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    LOINC,
    META,
    SNOMED,
    UCUM,
    coding,
    concept,
    evidence,
    hedge,
    narrative,
    notes,
    prune,
    sentence,
    value_of,
    written,
)
from casefhir.fhir.times import times
from casefhir.fhir.vital_signs import vital_sign
from casefhir.model.age import Age
from casefhir.model.perinatal import Birth
from casefhir.model.quantity import Amount, Extent, Range, Ratio
from casefhir.statement import Measure

_CODES = {
    "gravida": ("gravida", SNOMED, "161732006", "Gravida (observable entity)"),
    "para": ("para", SNOMED, "364325004", "Parity (observable entity)"),
    "gestation": ("gestational age", LOINC, "18185-9", "Gestational age"),
    "birth/gestation": (
        "length of gestation at birth",
        SNOMED,
        "412726003",
        "Length of gestation at birth (observable entity)",
    ),
    "birth/weight": ("birth weight", LOINC, "8339-4", "Birth weight Measured"),
    "birth/length": ("birth length", LOINC, "89269-5", "Body height Measured --at birth"),
    "living": ("living children", "", "", ""),
    "fetuses": ("number of fetuses", "", "", ""),
    "birth/mode": ("mode of delivery", "", "", ""),
    "birth/indication": ("indication for the mode of delivery", "", "", ""),
    "birth/adaptation": ("adaptation after birth", "", "", ""),
    "birth/order": ("order of birth", "", "", ""),
    "birth/pregnancy": ("pregnancy of the mother", "", "", ""),
}
"""What is said, at a birth with its section → its text and code; where the code is empty, none was confirmed."""


def measure(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    One thing that is said of a pregnancy of the patient, or of the patient's own birth.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Measure = fact.record
    if record.name == "head":
        yield vital_sign(fact.key, "head circumference", record.value, fact, cx)
        return
    text, when = _text(record.value), times(record, cx)
    code = _code(record, cx)
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"{code['text']}: {text}", when.said)),
        "extension": [*evidence(record.record), *when.extension],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "code": code,
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.effective,
        **_value(record, cx),
        "note": notes(_hedge(record.value), *written(record.record)),
    }


def _code(record: Measure, cx: Context) -> Resource:
    key = f"birth/{record.name}" if isinstance(record.record, Birth) else record.name
    text, system, code, display = _CODES.get(key, (record.name, "", "", ""))
    found = concept(text, coding(system, code, display)) or {}
    return cx.concept(concepts.score, record.name) or found if record.name.startswith("Apgar") else found


def _value(record: Measure, cx: Context) -> Resource:
    """value[x]: a count or score as a number, gestation in weeks or days, a procedure or a text."""
    match record.value:
        case int() as count:
            return {"valueQuantity": _counted(count, "{score}" if record.name.startswith("Apgar") else "1")}
        case Age() as age:
            return _gestation(age)
        case Amount() | Range() | Ratio() | Extent() as quantity:
            return value_of(quantity)
        case tuple() as texts:
            return {"valueString": ", ".join(texts)}
    if record.name == "mode":
        return {"valueCodeableConcept": cx.concept(concepts.procedure, record.value)}
    return {"valueString": record.value}


def _counted(count: int, unit: str) -> Resource:
    return {"value": count, "system": UCUM, "code": unit}


def _gestation(age: Age) -> Resource:
    """Whole weeks, or days where weeks and days are printed; `about` and the like are in the note."""
    weeks, days = age.gestation_weeks or 0, age.gestation_days
    amount, unit, name = (weeks, "wk", "weeks") if days is None else (weeks * 7 + days, "d", "days")
    members = {"value": amount, "comparator": age.comparator, "unit": name, "system": UCUM, "code": unit}
    return {"valueQuantity": prune(members)}


def _text(value: Any) -> str:
    match value:
        case Age() | Amount() | Range() | Ratio() | Extent():
            return value.text
        case tuple():
            return ", ".join(value)
    return str(value)


def _hedge(value: Any) -> str | None:
    match value:
        case Age(gestation_days=int()) | Age(approximate=True):
            return f"printed as {value.text}"
        case Amount() | Range() | Ratio() | Extent():
            return hedge(value)
    return None
