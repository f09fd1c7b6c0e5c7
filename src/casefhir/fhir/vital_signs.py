"""Age, height, weight, temperature and the like → Observation, by the profiles of the vital signs."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Context as Arithmetic
from decimal import Decimal

from casefhir.facts import Fact
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
    hedge,
    narrative,
    notes,
    prune,
    quantity,
    sentence,
    unknown,
)
from casefhir.fhir.times import effective_period, times
from casefhir.model.age import Age
from casefhir.model.number import MAX_DIGITS
from casefhir.model.patient import Patient
from casefhir.model.quantity import Amount, Quantity, Range, Ratio
from casefhir.terms import Lab as Test
from casefhir.terms import Unit, VitalSign
from casefhir.terms.units import convert, ucum

BLOOD_PRESSURES = {"8480-6": "Systolic blood pressure", "8462-4": "Diastolic blood pressure"}
"""LOINC code of each component of a blood pressure → its name."""

_BLOOD_PRESSURE = "85354-9"

_PART = {code: code for code in BLOOD_PRESSURES} | {"271649006": "8480-6", "271650006": "8462-4"}
"""Code of a pressure alone, LOINC's or SNOMED CT's → that of its component."""


def measures(fact: Fact, cx: Context) -> Iterator[Resource]:
    """Age, height and weight of the patient at the moment that they belong to."""
    for key, value in measured(fact.record).items():
        if isinstance(value, Age):
            yield _age(fact, value, cx)
        else:
            yield vital_sign(key, key.removeprefix("patient/"), value, _quoted(fact, value), cx)


def _quoted(fact: Fact, size: Quantity) -> Fact:
    """A patient with the quote only if that has a size: it mostly has the age alone."""
    number = re.search(r"[0-9.]+", size.text)
    is_said = number and re.search(rf"(?<![0-9.]){re.escape(number[0])}(?![0-9]|[.,][0-9])", fact.record.quote or "")
    return fact if is_said else fact._replace(record=fact.record.but(quote=None))


def measured(patient: Patient) -> dict[str, Age | Quantity]:
    """What is known of the patient's body, by the key of its Observation."""
    values = {"patient/age": patient.age, "patient/body height": patient.height, "patient/body weight": patient.weight}
    return {key: value for key, value in values.items() if value}


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
    vital = cx.terms.vital_signs.get(name)
    assert vital is not None, "tests/terms check that the vital signs of a fact are in the table"
    record = fact.record
    when = times(record, cx)
    highest = isinstance(amount, Amount) and amount.maximum
    told = vital_value(amount, ucum(amount.unit) if amount.unit else None, vital, amount.text)
    return prune(
        {
            "resourceType": "Observation",
            "id": cx.id(key),
            "meta": META,
            "text": narrative(sentence(f"{name}: {amount.text}", when.said)),
            "extension": [
                *evidence(record.stated),
                *when.extension,
                *told.pop("extension", []),
            ],
            "identifier": cx.identifier(key),
            "status": "final",
            "category": VITAL_SIGNS,
            "code": concepts.laboratory_test(f"{name} (maximum)" if highest else name, profile_row(vital, cx)),
            "subject": cx.subject,
            "encounter": when.encounter,
            **effective_period(when.effective),
            **told,
            "note": notes("the highest value" if highest else hedge(amount)),
        }
    )


def profile_row(vital: VitalSign, cx: Context) -> Test:
    """The row of the table of tests with the code that the profile demands."""
    return next(test for test in cx.terms.labs.get(vital.name) if test.loinc == vital.loinc)


_UNKNOWN = ("unknown", "Unknown")
_AS_TEXT = ("as-text", "As Text")


def vital_value(
    amount: Quantity | None, unit: Unit | None, vital: VitalSign, text: str, codes: Iterable[str] = ()
) -> Resource:
    """
    The value of a vital sign in a unit of its profile, with the print beside it where that has another.

    Of a range the lowest and the highest value are components, for a profile holds no Range.
    What the profile cannot hold (a word, an unknown unit) is said to be in the text, which is the print.
    """
    parts = _parts(vital, codes)
    if isinstance(amount, Range) and (ends := _ends(amount, unit, vital, parts)):
        return {
            **_without_value(vital, text),
            "component": [*absent(vital, _AS_TEXT, text, parts).get("component", []), *ends],
            "extension": [extension("printed-value", valueString=text)],
        }
    measured = _measured(amount, unit, vital, parts)
    is_printed = measured and unit and unit.ucum in vital.units
    printed = [] if is_printed else [extension("printed-value", valueString=text)]
    if not measured:
        return {**absent(vital, _AS_TEXT, text, parts), "extension": printed}
    if vital.loinc == _BLOOD_PRESSURE:
        return {"component": _components(measured, {}), "extension": printed}
    return {"valueQuantity": measured[vital.loinc], "extension": printed}


def _parts(vital: VitalSign, codes: Iterable[str]) -> set[str]:
    """The codes that a value is one of: of a blood pressure, its components that are told; none where both are."""
    return {_PART[code] for code in codes if code in _PART} if vital.loinc == _BLOOD_PRESSURE else {vital.loinc}


def _ends(amount: Range, unit: Unit | None, vital: VitalSign, parts: set[str]) -> list[Resource]:
    """The lowest and the highest value of a range, as components; none for what the unit of the profile cannot say."""
    lowest, highest = (_measured(Amount(amount.text, one, amount.unit), unit, vital, parts) for one in amount[1:3])
    # obs-7: beside a value no component has the code of its Observation — https://hl7.org/fhir/R4/observation.html#invs
    # Nor has another than the systolic and the diastolic component a code of theirs: its profile wants each once.
    is_coded = vital.loinc != _BLOOD_PRESSURE and not _without_value(vital, amount.text)
    return [
        {
            "code": concept(
                f"{end} {BLOOD_PRESSURES.get(code, 'value')}".lower(), coding(LOINC, code) if is_coded else None
            ),
            "valueQuantity": found[code],
        }
        for end, found in (("lowest", lowest), ("highest", highest))
        for code in found
        if code in lowest and code in highest
    ]


def _without_value(vital: VitalSign, text: str) -> Resource:
    """What a vital sign with components has in place of its value: nothing, but where its profile demands one."""
    return {name: told for name, told in absent(vital, _AS_TEXT, text).items() if name == "valueQuantity"}


def absent(vital: VitalSign, reason: tuple[str, str], text: str = "", codes: Iterable[str] = ()) -> Resource:
    """
    Why a vital sign has no value, where its profile wants it said: that of the body mass index, in a Quantity.

    Of a systolic or a diastolic pressure, whose code is among `codes`, the other is unknown.
    """
    match vital.loinc:
        case "39156-5":
            (unit,) = vital.units
            return {"valueQuantity": {"_value": unknown(reason[0]), "unit": unit, "system": UCUM, "code": unit}}
        case "85354-9":
            missing = absent_reason(*reason, text)
            return {"component": _components({}, dict.fromkeys(_parts(vital, codes) or BLOOD_PRESSURES, missing))}
    return {"dataAbsentReason": absent_reason(*reason, text)}


def _measured(amount: Quantity | None, unit: Unit | None, vital: VitalSign, parts: set[str]) -> dict[str, Resource]:
    """
    LOINC code → Quantity in a unit of the profile; empty for what is no such Quantity.

    A blood pressure has two, systolic over diastolic, or the one whose code it has.
    """
    match amount:
        case Ratio(text, systolic, diastolic, printed, "") if vital.loinc == _BLOOD_PRESSURE:
            pair = (Amount(text, systolic, printed), Amount(text, diastolic, printed))
            amounts = dict(zip(BLOOD_PRESSURES, pair, strict=True))
        case Amount():
            amounts = dict.fromkeys(parts, amount)
        case _:
            amounts = {}
    fitting = {code: _fitting(one, unit, vital) for code, one in amounts.items() if unit}
    return {code: found for code, found in fitting.items() if found}


def _fitting(amount: Amount, unit: Unit, vital: VitalSign) -> Resource | None:
    """The amount in a unit of the profile; None if its own unit cannot be converted."""
    if unit.ucum in vital.units:
        return quantity(amount, unit, amount.unit)
    into = ucum(vital.units[0])
    assert into is not None, "tests/terms check that the units of vital signs are in the table of units"
    value = _converted(amount.value, unit, into)
    return None if value is None else quantity(amount._replace(value=value), into, into.display)


def _converted(value: Decimal, unit: Unit, into: Unit) -> Decimal | None:
    """
    A number in another unit, to a tenth of what its last printed digit is worth there: 101 °F is 38.33 °C.

    Source: at most 18 digits — https://hl7.org/fhir/R4/datatypes.html#decimal
    """
    last = Decimal(1).scaleb(int(value.as_tuple().exponent))
    exact, next_one = convert(value, unit, into), convert(value + last, unit, into)
    if exact is None or next_one is None:
        return None
    tenth = Decimal(1).scaleb((next_one - exact).adjusted() - 1)
    return Arithmetic(prec=MAX_DIGITS).plus(exact.quantize(tenth)).normalize() + 0


def _components(measured: Mapping[str, Resource], reasons: Mapping[str, Resource]) -> list[Resource]:
    """
    Both components that the profile of blood pressures demands, with a value or the reason for none, "not printed".

    Source: https://hl7.org/fhir/R4/bp.html
    """
    not_printed = absent_reason(*_UNKNOWN, "not printed")
    return [
        {
            "code": concept(name, coding(LOINC, code, name)),
            **(
                {"valueQuantity": measured[code]}
                if code in measured
                else {"dataAbsentReason": reasons.get(code, not_printed)}
            ),
        }
        for code, name in BLOOD_PRESSURES.items()
    ]
