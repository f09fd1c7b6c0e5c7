"""Age, height, weight, temperature and the like → Observation, by the profiles of the vital signs."""

from collections.abc import Iterator
from decimal import Decimal

from casefhir.facts import Fact, Sign
from casefhir.fhir import concepts
from casefhir.fhir.categories import VITAL_SIGNS, absent_reason
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    LOINC,
    META,
    TIME_UNITS,
    UCUM,
    coding,
    concept,
    evidence,
    extension,
    narrative,
    notes,
    prune,
    quantity,
    sentence,
)
from casefhir.fhir.times import effective_period, times
from casefhir.model.age import Age
from casefhir.model.patient import Patient
from casefhir.model.quantity import Amount, Quantity, Ratio
from casefhir.terms import Lab as Test
from casefhir.terms import Unit
from casefhir.terms.units import convert, ucum

PROFILE_UNITS = {
    "8302-2": ("cm", "[in_i]"),
    "9843-4": ("cm", "[in_i]"),
    "29463-7": ("kg", "g", "[lb_av]"),
    "8310-5": ("Cel", "[degF]"),
    "8867-4": ("/min",),
    "9279-1": ("/min",),
    "2708-6": ("%",),
    "59408-5": ("%",),
    "8480-6": ("mm[Hg]",),
    "8462-4": ("mm[Hg]",),
    "39156-5": ("kg/m2",),
}
"""LOINC code → the units that its profile takes. Source: https://hl7.org/fhir/R4/observation-vitalsigns.html"""


BLOOD_PRESSURE = "85354-9"
_PARTS = (("8480-6", "Systolic blood pressure"), ("8462-4", "Diastolic blood pressure"))


def measures(fact: Fact, cx: Context) -> Iterator[Resource]:
    """Age, height and weight of the patient at the moment that they belong to."""
    patient: Patient = fact.record
    if patient.age:
        yield _age(fact, patient.age, cx)
    for name, amount in (("body height", patient.height), ("body weight", patient.weight)):
        if amount:
            yield vital_sign(f"patient/{name}", name, amount, fact, cx)


def _age(fact: Fact, age: Age, cx: Context) -> Resource:
    """
    The age as printed, never a birth date.

    Source: https://hl7.org/fhir/R4/datatypes.html#Age
    """
    patient: Patient = fact.record
    when = times(patient, cx)
    return prune(
        {
            "resourceType": "Observation",
            "id": cx.id("patient/age"),
            "meta": META,
            "text": narrative(sentence(f"Age: {age.text}", when.said)),
            "extension": [*evidence(patient), *when.extension],
            "identifier": cx.identifier("patient/age"),
            "status": "final",
            "code": concept("Age", coding(LOINC, "30525-0", "Age")),
            "subject": cx.subject,
            "encounter": when.encounter,
            **when.effective,
            **_age_value(age),
            "note": notes(f"printed as {age.text}" if age.approximate else None),
        }
    )


def _age_value(age: Age) -> Resource:
    """A Quantity or a Range in one unit; gestation, and what has no one unit, as text."""
    if age.ucum:
        amount, code = age.ucum
        return {"valueQuantity": _of_time(amount, code, age.comparator)}
    if age.ucum_range:
        low, high, code = age.ucum_range
        return {"valueRange": {"low": _of_time(low, code), "high": _of_time(high, code)}}
    return {"valueString": age.text}


def _of_time(amount: object, code: str, comparator: str = "") -> Resource:
    members = {"value": amount, "comparator": comparator, "unit": TIME_UNITS[code], "system": UCUM, "code": code}
    return prune(members)


def vital_sign(key: str, name: str, amount: Quantity, fact: Fact, cx: Context) -> Resource:
    """A vital sign that belongs to a fact of another kind."""
    (test, *_) = cx.terms.labs.get(name)
    record = fact.record
    when = times(record, cx)
    highest = isinstance(amount, Amount) and amount.maximum
    told = vital_value(amount, ucum(amount.unit) if amount.unit else None, test, amount.text)
    return prune(
        {
            "resourceType": "Observation",
            "id": cx.id(key),
            "meta": META,
            "text": narrative(sentence(f"{name}: {amount.text}", when.said)),
            "extension": [
                *evidence(record.record if isinstance(record, Sign) else record),
                *when.extension,
                *told.pop("extension", []),
            ],
            "identifier": cx.identifier(key),
            "status": "final",
            "category": VITAL_SIGNS,
            "code": concepts.laboratory_test(f"{name} (maximum)" if highest else name, test),
            "subject": cx.subject,
            "encounter": when.encounter,
            **effective_period(record.moment, cx),
            **told,
            "note": notes("the highest value" if highest else None),
        }
    )


def vital_value(amount: Quantity | None, unit: Unit | None, test: Test, text: str) -> Resource:
    """
    The value of a vital sign in a unit of its profile, with the print beside it where that has another.

    What the profile cannot hold (a range, a word, an unknown unit) is said to be in the text, which is the print.
    """
    if test.loinc == BLOOD_PRESSURE:
        return _blood_pressure(amount, unit, text)
    units = PROFILE_UNITS.get(test.loinc, (test.unit,))
    if isinstance(amount, Amount) and unit and unit.ucum in units:
        return {"valueQuantity": quantity(amount, unit, amount.unit)}
    printed = [extension("printed-value", valueString=text)]
    into = ucum(units[0])
    if isinstance(amount, Amount) and unit and into:
        converted = convert(amount.value, unit, into)
        if converted is not None:
            interpreted = amount._replace(value=converted.normalize() + 0)
            return {"valueQuantity": quantity(interpreted, into, into.ucum), "extension": printed}
    return {"dataAbsentReason": absent_reason("as-text", "As Text", text), "extension": printed}


def _blood_pressure(amount: Quantity | None, unit: Unit | None, text: str) -> Resource:
    """
    Systolic over diastolic, as the components that the profile demands; what is no such pair says so in both.

    Source: https://hl7.org/fhir/R4/bp.html
    """
    is_pair = isinstance(amount, Ratio) and unit is not None and unit.ucum == "mm[Hg]"
    numbers = (amount.numerator, amount.denominator) if is_pair and isinstance(amount, Ratio) else (None, None)
    components = [
        {"code": concept(name, coding(LOINC, code, name)), **_pressure(number, unit, text)}
        for (code, name), number in zip(_PARTS, numbers, strict=True)
    ]
    printed = [] if is_pair else [extension("printed-value", valueString=text)]
    return {"component": components, "extension": printed}


def _pressure(number: Decimal | None, unit: Unit | None, text: str) -> Resource:
    if number is None:
        return {"dataAbsentReason": absent_reason("as-text", "As Text", text)}
    return {"valueQuantity": quantity(Amount(text, number, "mmHg"), unit, "mmHg")}
