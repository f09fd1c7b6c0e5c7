"""Doses → Dosage: the text as written, and what of it has a structure."""

import re
from decimal import Decimal

from casefhir.fhir import concepts
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import HL7, between, coding, concept, extension, length, present, prune, quantity
from casefhir.model.dose import Dosage
from casefhir.model.duration import Duration
from casefhir.model.frequency import Frequency
from casefhir.model.quantity import Amount, Range
from casefhir.model.treatment import Dose
from casefhir.terms import Unit
from casefhir.terms.units import ucum


def dosage(dose: Dose, cx: Context) -> Resource:
    """
    A Dosage: the text as written, and what of it has a structure. Nothing is multiplied.

    Source: https://hl7.org/fhir/R4/dosage.html
    """
    d = dose.dosage or Dosage("")
    return prune(
        {
            "text": dose_text(dose),
            "timing": _timing(d),
            **_needed(d),
            "site": {"text": d.site} if d.site else None,
            "route": cx.concept(concepts.route, d.route) if d.route else None,
            "method": {"text": d.method} if d.method else None,
            "doseAndRate": present(_dose_and_rate(d), _in_brackets(d)),
            **_maximum(d),
        }
    )


def dose_text(dose: Dose) -> str:
    """The dose as written."""
    return ", ".join(part.strip() for part in (dose.dosage.text if dose.dosage else None, dose.text) if part)


def _needed(d: Dosage) -> Resource:
    if d.needed_for:
        return {"asNeededCodeableConcept": {"text": d.needed_for}}
    return {"asNeededBoolean": True} if d.as_needed else {}


def _dose_and_rate(d: Dosage) -> Resource:
    """
    The amount of one dose, and the rate.

    A total per period (7.5 mg/week) is a ratio to that period: in how many doses it is given, nobody said. The
    amounts of a product of several drugs (4 g/0.5 g) have no element of their own and stay text.
    """
    if d.amount is None or d.others or (d.per_period and d.rate is None):
        return _rate(d)
    return {**_quantity_or_range("dose", d.amount, d.per_weight), **_rate(d)}


def _in_brackets(d: Dosage) -> Resource:
    """
    The same dose as it is printed once more: 2.4 mg/kg of `200 mg (2.4 mg/kg)`.

    Which of the two was ordered and which worked out, the codes of `type` ask, and the print does not say.
    Source: https://hl7.org/fhir/R4/dosage-definitions.html#Dosage.doseAndRate.type
    """
    if d.again is None:
        return {}
    amount, again = d.again.quantity, d.again
    if again.is_rate:
        said = _quantity_or_range("rate", amount, again.per_weight)
    elif again.period:
        said = _total(amount, again.per_weight, again.period)
    else:
        said = _quantity_or_range("dose", amount, again.per_weight)
    return {"type": {"text": "the same dose, as printed in brackets"}, **said} if said else {}


def _quantity_or_range(element: str, amount: Amount | Range, per_weight: str) -> Resource:
    """
    doseQuantity or doseRange, and the same of a rate; `per 10 kg` belongs to the unit.

    Neither may have a comparator: `up to 4 mg` is a range without a lower end, `> 4 mg` one without a higher.
    Source: https://hl7.org/fhir/R4/datatypes.html#SimpleQuantity (sqty-1)
    """
    unit, printed = _unit(amount.unit, per_weight)
    if isinstance(amount, Range):
        return {f"{element}Range": between(amount, unit, printed)}
    number = quantity(amount._replace(comparator=""), unit, printed)
    if amount.maximum or amount.comparator in ("<", "<="):
        return {f"{element}Range": {"high": number}}
    return {f"{element}Range": {"low": number}} if amount.comparator else {f"{element}Quantity": number}


def amount_value(amount: Amount | Range, per_weight: str = "") -> Resource:
    """value[x] of an Observation that an amount of a drug is: valueQuantity or valueRange."""
    unit, printed = _unit(amount.unit, per_weight)
    if isinstance(amount, Range):
        return {"valueRange": between(amount, unit, printed)}
    whole = amount._replace(comparator="<=") if amount.maximum else amount
    return {"valueQuantity": quantity(whole, unit, printed)}


def _unit(printed: str | None, per_weight: str) -> tuple[Unit | None, str | None]:
    """
    The unit of an amount and its print: `mL/(10.kg)` and `mL/10 kg` of `0.1 mL per 10 kg`.

    UCUM has whole numbers only: `1.73.m2` would be 73 square metres.
    """
    unit = ucum(printed) if printed else None
    if unit and _ENZYME_UNIT.match(unit.ucum):
        unit = None
    if not per_weight or not printed:
        return unit, printed
    number, _, body = per_weight.partition(" ")
    of_both = ucum(f"{unit.ucum}/({number}.{body})") if unit and number.isdecimal() else None
    return of_both, f"{printed}/{per_weight}"


_ENZYME_UNIT = re.compile(r"k?U\b")
"""Of a drug, `10 U` are units of its own and not UCUM's unit of an enzyme: they stay text. `IU` is another."""


def _rate(d: Dosage) -> Resource:
    if d.rate is not None:
        return _quantity_or_range("rate", d.rate, d.per_weight)
    if d.others or d.per_period is None or d.amount is None:
        return {}
    return _total(d.amount, d.per_weight, d.per_period)


def _total(amount: Amount | Range, per_weight: str, period: Duration) -> Resource:
    """A total per period as a ratio, which holds one number and no range."""
    if not isinstance(amount, Amount):
        return {}
    unit, printed = _unit(amount.unit, per_weight)
    total = amount._replace(comparator="<=") if amount.maximum else amount
    return {"rateRatio": {"numerator": quantity(total, unit, printed), "denominator": length(period)}}


def _maximum(d: Dosage) -> Resource:
    """The most that may be given in a period, or at a time."""
    if d.maximum is None or not isinstance(d.maximum.amount, Amount) or d.maximum.amount.comparator:
        return {}
    single = quantity(d.maximum.amount, *_unit(d.maximum.amount.unit, ""))
    if d.maximum.period is None:
        return {"maxDosePerAdministration": single}
    return {"maxDosePerPeriod": {"numerator": single, "denominator": length(d.maximum.period)}}


def _timing(d: Dosage) -> Resource:
    """
    Timing.repeat. Of a cycle (day 1, 8 of 21) it says how often; which days stand in an extension.

    Of `at 0, 12 and 24 hours` it has the count and the words: Timing.event wants dates, and there is no period.

    Source: https://hl7.org/fhir/R4/datatypes.html#Timing
    """
    f = d.frequency or _of_cycle(d)
    repeat = prune(
        {
            **(_bounds(d.for_) if d.for_ else {}),
            "count": d.count,
            "countMax": d.count_high,
            **(_duration(d.over) if d.over else {}),
            **(_repeat(f) if f else {}),
            "dayOfWeek": list(d.weekdays),
            "timeOfDay": [f"{time}:00" for time in d.times],
            "when": [] if d.times else list(d.when),
        }
    )
    days = [{"url": "day", "valueInteger": day} for day in d.cycle.days] if d.cycle else []
    marked = [extension("days-of-cycle", extension=days)] if days else []
    return prune({"extension": marked, "repeat": repeat, "code": _timing_code(d, f, repeat)})


def _of_cycle(d: Dosage) -> Frequency | None:
    """Days of a cycle as a frequency: 2 in 21 days of `day 1, 8 of 21`; None beside what says how often on a day."""
    if d.cycle is None or d.per_period:
        return None
    return Frequency(d.cycle.text, len(d.cycle.days), Decimal(d.cycle.length), "d")


def _bounds(duration: Duration) -> Resource:
    """How long it goes on: a Duration, or a Range for `2-3 months`."""
    if duration.high is None:
        return {"boundsDuration": length(duration)}
    return {"boundsRange": {"low": length(duration), "high": length(duration._replace(value=duration.high))}}


def _duration(duration: Duration) -> Resource:
    """How long one dose takes; `more than 2 hours` has no element and stays in the text."""
    if duration.comparator:
        return {}
    return {"duration": duration.value, "durationMax": duration.high, "durationUnit": duration.unit}


def _repeat(f: Frequency) -> Resource:
    return {
        "frequency": f.times,
        "frequencyMax": f.times_high,
        "period": f.period,
        "periodMax": f.period_high,
        "periodUnit": f.unit,
    }


def _timing_code(d: Dosage, f: Frequency | None, repeat: Resource) -> Resource | None:
    """
    A code such as BID, which FHIR reads as the whole timing: only where nothing else times the doses.

    Or a schedule in words, "just text in code.text".

    Source: https://hl7.org/fhir/R4/valueset-timing-abbreviation.html
    """
    if d.schedule:
        return {"text": d.schedule.text}
    if f is None or not f.code or repeat.keys() - {"frequency", "period", "periodUnit"}:
        return None
    return concept(f.text, coding(HL7 + "v3-GTSAbbreviation", f.code, f.code))
