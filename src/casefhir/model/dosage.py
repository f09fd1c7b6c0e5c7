"""A dose as an article prints it, text → Dosage: `8 mg/kg every 2 weeks IV`, `5 mL/h`, `day 1, 8 of 21`."""

import re
from collections.abc import Iterator

from casefhir.model.dose import Dosage
from casefhir.model.dose_amount import DoseAmount, dose_amount, is_mass
from casefhir.model.dose_parts import is_unit, part
from casefhir.model.dose_phrases import Parts
from casefhir.model.dose_refusal import ASK
from casefhir.model.duration import Duration
from casefhir.model.frequency import Frequency
from casefhir.model.grammar import GrammarError
from casefhir.model.schedule import Schedule
from casefhir.model.words import Words, words

_BLANK = Dosage("")._asdict()
_SAYS = {
    "rate": "how fast",
    "frequency": "how often",
    "count": "how many doses",
    "in_doses": "in how many doses",
    "when": "the time of day",
    "times": "the time of day",
    "weekdays": "the days",
    "schedule": "when",
    "again": "the same amount once more",
    "cycle": "the days",
    "cycles": "how many cycles",
    "over": "how long one dose takes",
    "for_": "how long",
    "maximum": "the most",
    "as_needed": "when needed",
    "needed_for": "what for",
    "strength": "how much is in each",
}
"""Field → what its words say; another field is a noun itself: the route."""

_LISTS = ("when", "times", "weekdays")
"""Fields that several parts may fill: `in the morning and at night`."""

_Place = tuple[int, int]
"""The words of a part, from one to before another; `_AMOUNT` for those before the first."""

_Places = dict[str, _Place]
_AMOUNT = (-1, 0)


def dosage(text: str) -> Dosage:
    """
    A dose: the amount first, then in any order how often, how many, how long, by which way, in which form.

    `8 mg/kg every 2 weeks IV`, `4 mL TID PO suspension`, `12.5 mg 2 doses SC`, `5 mL/h`, `1 dose IV`,
    `30 mg/kg/day PO in 3 doses`, `day 1, 8 of 21`. Each part once; nothing is multiplied or converted.

    Raises: GrammarError for a word that has no place in a dose or two readings, and for parts that clash.
    """
    amount = dose_amount(text)
    fields = _measured(amount) if amount else {}
    rest = words(text, amount.end if amount else 0)
    places: _Places = dict.fromkeys(fields, _AMOUNT)
    index = 0
    while index < len(rest.lower):
        if told := _next_dose(rest, index):
            raise GrammarError(told, rest.at(index))
        found, end = part(rest, index)
        for field in found:
            if field in fields:
                found = _joined(found, fields, field, rest, (places[field], (index, end)))
            places[field] = index, end
        fields.update(found)
        index = end
    if not fields:
        raise GrammarError(f'"{text}" has no dose; write e.g. 8 mg/kg every 2 weeks IV')
    return _checked(Dosage._make({**_BLANK, "text": text, **fields}.values()), rest, places)


def _next_dose(words: Words, first: int) -> str:
    """What to say of `then` and `followed by` after a dose that was given once: no change of dose; "" after others."""
    if words.lower[first] not in ("then", "followed"):
        return ""
    before = words.text[: words.at(first)].strip(" ,;")
    after = re.split(r"[,;(]| then | followed ", words.text[words.at(first + 1) :].removeprefix("by "))[0].strip()
    one, other = _read(before), _read(after)
    if one is None or _goes_on(one) or not (one.method == "bolus" or one.count == 1 or one.over or _goes_on(other)):
        return ""
    own = f"write {before} as a treatment of its own with at:"
    return f'"{words.written[first]}" begins another dose; {own}, and what follows as the next treatment'


def _read(text: str) -> Dosage | None:
    try:
        return dosage(text)
    except GrammarError:
        return None


def _goes_on(dose: Dosage | None) -> bool:
    """Whether a dose says how often, how fast or how long, or in how many cycles."""
    if dose is None:
        return False
    timed = dose.when or dose.times or dose.schedule or dose.cycle
    return bool(dose.rate or dose.frequency or dose.per_period or dose.for_ or timed)


def _measured(amount: DoseAmount) -> Parts:
    """The fields that the amount fills."""
    quantity = amount.quantity
    if quantity.unit is not None and not is_unit(quantity.unit):
        number = quantity.text.removesuffix(quantity.unit).strip()
        trouble = f"has no unit; write e.g. {number} mg, or {number} unit not printed"
        raise GrammarError(f'"{number}" {trouble}', amount.start)
    if amount.is_rate:
        return {"rate": quantity, "per_weight": amount.per_weight}
    if amount.others or amount.per_weight or amount.period:
        more: Parts = {"others": amount.others, "per_weight": amount.per_weight, "per_period": amount.period}
        return {"amount": quantity, **more}
    return {"amount": quantity}


def _joined(found: Parts, fields: Parts, field: str, rest: Words, places: tuple[_Place, _Place]) -> Parts:
    """What was found, with what the field holds already; refused where a field has but one value."""
    one, other = fields[field], found[field]
    if field in _LISTS and isinstance(one, tuple) and isinstance(other, tuple) and not set(one) & set(other):
        return {**found, field: one + other}
    first, second = (_said(rest, place) for place in places)
    said = _SAYS.get(field, f"the {field}")
    raise GrammarError(f'"{first}" and "{second}" both say {said}; write one', rest.at(places[1][0]))


def _checked(dose: Dosage, rest: Words, places: _Places) -> Dosage:
    """
    The dose, its frequency being that of `in 3 doses`, its count that of `at 0, 12 and 24 hours`.

    Raises: GrammarError for parts that cannot stand together.
    """
    for field, trouble in _clashes(dose):
        place = places[field]
        raise GrammarError(f'"{_said(rest, place)}" {trouble}', rest.at(place[0]))
    if dose.schedule:
        return dose._replace(count=len(dose.schedule.after))
    if dose.in_doses is None or dose.per_period is None:
        return dose
    said, period = _said(rest, places["in_doses"]), dose.per_period
    return dose._replace(
        frequency=Frequency(said, dose.in_doses, period.value, period.unit, dose.in_doses_high, period.high)
    )


def _clashes(dose: Dosage) -> Iterator[tuple[str, str]]:
    """Fields that cannot stand beside others, and why."""
    often, total = dose.frequency, dose.per_period
    if dose.again and (trouble := _other_kind(dose, dose.again)):
        yield "again", trouble
    if dose.schedule:
        yield from _against_schedule(dose, dose.schedule)
    if dose.in_doses and not total:
        yield "in_doses", "divides a total, as in 30 mg/kg/day in 3 doses; else write the amount of one dose"
    if dose.in_doses and often:
        yield "frequency", "and the doses that the total is given in both say how often; write one"
    if total and dose.count:
        yield "count", f"is unclear after {_total(total)}; write the amount of one dose"
    if total and often and (often.times, often.period, often.unit) != (1, total.value, total.unit):
        doses = often.times if (often.period, often.unit) == (total.value, total.unit) else "N"
        yield (
            "frequency",
            f"is unclear after {_total(total)}; write in {doses} doses, or the amount of one dose",
        )
    if dose.count == 1 and not dose.count_high and often:
        yield "count", f'is one dose and "{often.text}" many; write one of them'
    if dose.strength and _is_mass(dose) and not _is_solution(dose):
        yield "strength", f"is the strength of what? {ASK['of'].partition('; ')[2]}, or 40 tablets of 240 mg"
    if dose.when and dose.times:
        yield "times", "and a word both say the time of day; write one"


def _other_kind(dose: Dosage, again: DoseAmount) -> str:
    """Why a bracket does not say the same as what stands before it; "" where it may."""
    if again.is_rate and dose.rate is None:
        return "says once more how fast it flows; write that before it, e.g. 5 U/h (0.1 U/kg/h)"
    if not again.is_rate and dose.amount is None:
        return "says once more how much is given; write that before it, e.g. 200 mg (2.4 mg/kg)"
    main = dose.amount
    if main and not is_mass(main.unit) and "/" not in (main.unit or "") and is_mass(again.quantity.unit):
        amount, said = main.text, dose.text[again.start : again.end].strip()
        return f"is how much is in each, or in all; write {amount} of {said}, or {said} ({amount})"
    if again.others:
        return "has several drugs; write their amounts alone"
    if dose.per_period and not again.period:
        per = dose.per_period.text
        return f"is no total, and stands beside {_total(dose.per_period)}; write ({again.quantity.text}/{per})"
    return ""


def _against_schedule(dose: Dosage, schedule: Schedule) -> Iterator[tuple[str, str]]:
    """What else says when or how many, beside `at 0, 12 and 24 hours`."""
    for field in ("frequency", "in_doses", "when", "times", "weekdays", "cycle"):
        if getattr(dose, field):
            yield field, f'and "{schedule.text}" both say when; write what came later as a new treatment'
    if dose.per_period:
        yield "schedule", f"is unclear after {_total(dose.per_period)}; write the amount of one dose"
    if dose.count and dose.count != len(schedule.after):
        yield "count", f'and "{schedule.text}" say how many; write one of them'


def _is_mass(dose: Dosage) -> bool:
    """Whether nothing is counted that a strength could be that of: `1 g`, `daily`."""
    return dose.amount is None or is_mass(dose.amount.unit)


def _is_solution(dose: Dosage) -> bool:
    """Whether a strength is that of a volume: 50 % of `50 mL of 50 %` and of `125 mL/h of 50 %`."""
    main = dose.amount or dose.rate
    volume = main.unit.partition("/")[0] if main and main.unit else ""
    return all(each.unit == "%" for each in dose.strength) and volume in ("mL", "ml", "L", "l", "dL")


def _total(period: Duration) -> str:
    return f"a total per {period.text}"


def _said(rest: Words, place: _Place) -> str:
    return rest.text[: rest.start].strip() if place == _AMOUNT else rest.said(*place)
