"""Doses that do not fit what is written beside them."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import ceil, floor

from casefhir.chart import Chart
from casefhir.model.dose import Dosage
from casefhir.model.frequency import Frequency
from casefhir.model.quantity import Amount
from casefhir.model.treatment import Treatment
from casefhir.model.when import At, Span, When
from casefhir.rules.rule import Remarks
from casefhir.terms.units import convert, ucum

_DAYS = {
    "s": Fraction(1, 86_400),
    "min": Fraction(1, 1_440),
    "h": Fraction(1, 24),
    "d": Fraction(1),
    "wk": Fraction(7),
    "mo": Fraction("30.44"),
    "a": Fraction("365.25"),
}


def count_against_period(chart: Chart) -> Remarks:
    """
    The count of doses does not fit their frequency and the time: from one date to another, or `for 6 months`.

    Why: the count, the frequency, the length or a date is misprinted. One dose more or less is let pass.
    Bad:  {drug: tocilizumab, dose: 8 mg/kg every 2 weeks 20 doses IV, from: 2020-06, to: 2020-09}
    Good: {drug: tocilizumab, dose: 8 mg/kg every 2 weeks 6 doses IV, from: 2020-06, to: 2020-09}
    """
    for i, treatment in enumerate(chart.case.treatments):
        dosage = treatment.dose.dosage if treatment.dose else None
        if dosage is None or dosage.count is None or dosage.frequency is None:
            continue
        for told, least, longest in _times(chart, treatment, dosage):
            fewest, most = _fewest(dosage.frequency, least), _most(dosage.frequency, longest)
            if (dosage.count_high or dosage.count) < fewest - 1 or dosage.count > most + 1:
                given = f"{dosage.count} doses of {treatment.drug!r} {dosage.frequency.text}"
                yield ("treatments", i, "dose"), f"{given} do not fit {told}: {_range(fewest, most)} would"


def _times(chart: Chart, treatment: Treatment, dosage: Dosage) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Each time that a treatment is said to have lasted, as told, and the least and the most days that it may mean."""
    lasted = treatment.at if isinstance(treatment.at, Span) else None
    start, end = (lasted.start, lasted.end) if lasted else (treatment.from_, treatment.to)
    if start and end:
        first, begun = chart.timeline.interval(start)
        ended, last = chart.timeline.interval(end)
        if first and begun and ended and last:
            # The last day may have doses too, or none.
            yield f"the time from {start.text} to {end.text}", _between(begun, ended), _between(first, last) + 1
    if (lasting := dosage.for_) and not lasting.comparator and not lasting.approximate:
        unit = _DAYS[lasting.unit]
        yield f"'for {lasting.text}'", Fraction(lasting.value) * unit, Fraction(lasting.high or lasting.value) * unit


def _between(start: date, end: date) -> Fraction:
    return Fraction(max((end - start).days, 0))


def _fewest(often: Frequency, days: Fraction) -> int:
    return floor(often.times * days / (Fraction(often.period_high or often.period) * _DAYS[often.unit]))


def _most(often: Frequency, days: Fraction) -> int:
    return ceil((often.times_high or often.times) * days / (Fraction(often.period) * _DAYS[often.unit]))


def _range(fewest: int, most: int) -> str:
    return str(most) if fewest == most else f"{fewest} to {most}"


def course_at_a_moment(chart: Chart) -> Remarks:
    """
    A dose that is given again and again stands at one moment.

    Why: `at` is for a single dose; who asks when the drug was taken would find that moment only.
    Bad:  {drug: cetirizine, dose: 5 mg once daily PO, at: admission}
    Good: {drug: cetirizine, dose: 5 mg once daily PO, from: admission}
    """
    for i, treatment in enumerate(chart.case.treatments):
        dosage = treatment.dose.dosage if treatment.dose else None
        if treatment.at is None or dosage is None or not _is_course(dosage) or _may_last(treatment.at, chart):
            continue
        single = "" if dosage.for_ else ", or the amount of that dose alone" if dosage.per_period else ", or 1 dose"
        offer = f"write from: {treatment.at.text} in place of at{single}"
        yield (
            ("treatments", i, "at"),
            f"{dosage.text!r} of {treatment.drug!r} is a course, and 'at' is for a single dose; {offer}",
        )


def _is_course(dosage: Dosage) -> bool:
    """
    Whether a dose is repeated, nobody says how many times: `20 mg daily`, `20 mg/day`.

    A total in so many doses may be that of one day.
    """
    if dosage.per_period:
        return dosage.in_doses is None
    return dosage.frequency is not None and dosage.count is None


def _may_last(when: When, chart: Chart) -> bool:
    """Whether a moment is a stretch of time, an event that was one, or told by a month or a year only."""
    if isinstance(when, At):
        event = chart.case.events[when.event]
        return event.to is not None or (event.date is not None and _may_last(event.date, chart))
    first, last = chart.timeline.interval(when)
    return isinstance(when, Span) or (first is not None and last is not None and first < last)


def other_in_brackets(chart: Chart) -> Remarks:
    """
    The amount in brackets is not the one before it, told in another unit.

    Why: one of the two is misprinted. A twentieth more or less is let pass, for prints are rounded.
    Bad:  {drug: aciclovir, dose: 800 mg (0.08 g) PO}
    Good: {drug: aciclovir, dose: 800 mg (0.8 g) PO}
    """
    for i, treatment in enumerate(chart.case.treatments):
        given = treatment.dose.dosage if treatment.dose else None
        again = given.again.quantity if given and given.again and given.again.period == given.per_period else None
        main = given and again and (given.rate if given.again and given.again.is_rate else given.amount)
        if not (isinstance(main, Amount) and isinstance(again, Amount)):
            continue
        unit, into = ucum(again.unit or ""), ucum(main.unit or "")
        converted = convert(again.value, unit, into) if unit and into else None
        if converted is not None and abs(converted - main.value) > main.value / 20:
            yield ("treatments", i, "dose"), f"{main.text} is not {again.text}, which stands in brackets behind it"


def text_only(chart: Chart) -> Remarks:
    """
    A dose, or a part of it, is in words alone, or has the amounts of several drugs.

    Why: it is exported as text, which no computer can compare. That is fine where the article says no more. Of a
    product of several drugs the tablets may be counted, if they are printed: `1 tablet of 800/150 mg`.
    Bad:  dose: {text: 2.5 mg twice a day by mouth}
    Good: dose: 2.5 mg BID PO
    """
    for i, treatment in enumerate(chart.case.treatments):
        dose = treatment.dose
        if dose and dose.text:
            yield ("treatments", i, "dose"), f"the dose of {treatment.drug} is in words: {dose.text!r}"
        elif dose and dose.dosage and dose.dosage.others:
            count = len(dose.dosage.others) + 1
            yield (
                ("treatments", i, "dose"),
                f"the {count} amounts of {treatment.drug} are exported as text: FHIR has one amount of a dose",
            )
