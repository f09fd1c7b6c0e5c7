"""Doses that do not fit what is written beside them."""

from datetime import date
from decimal import Decimal

from casefhir.chart import Chart
from casefhir.model.frequency import Frequency
from casefhir.model.treatment import Treatment
from casefhir.rules.rule import Remarks

_DAYS = {
    "h": Decimal(1) / 24,
    "d": Decimal(1),
    "wk": Decimal(7),
    "mo": Decimal("30.44"),
    "a": Decimal("365.25"),
}


def count_against_period(chart: Chart) -> Remarks:
    """
    The count of doses does not fit their frequency and the time between `from` and `to`.

    Why: the count, the frequency or a date is misprinted. One dose more or less is let pass.
    Bad:  {drug: tocilizumab, dose: 8 mg/kg every 2 weeks 20 doses IV, from: 2020-06, to: 2020-09}
    Good: {drug: tocilizumab, dose: 8 mg/kg every 2 weeks 6 doses IV, from: 2020-06, to: 2020-09}
    """
    for i, treatment in enumerate(chart.case.treatments):
        dosage = treatment.dose.dosage if treatment.dose else None
        if dosage is None or dosage.count is None or dosage.frequency is None:
            continue
        days = _days(chart, treatment)
        if days is None:
            continue
        fewest, most = (_doses(dosage.frequency, length) for length in days)
        if not fewest - 1 <= dosage.count <= most + 2:  # both ends count, and one is let pass
            told = f"{dosage.count} doses {dosage.frequency.text} do not fit the time from {_told(treatment)}"
            yield ("treatments", i, "dose"), f"{told}: {_between(fewest, most + 1)} would"


def _days(chart: Chart, treatment: Treatment) -> tuple[int, int] | None:
    """The least and the most days that a treatment may have lasted; None where a date is open."""
    if treatment.from_ is None or treatment.to is None:
        return None
    start, end = chart.timeline.interval(treatment.from_), chart.timeline.interval(treatment.to)
    match (start.earliest, start.latest, end.earliest, end.latest):
        case (date() as first, date() as begun, date() as ended, date() as last):
            return max((ended - begun).days, 0), (last - first).days
    return None


def _doses(frequency: Frequency, days: int) -> int:
    return int(frequency.times * days / (frequency.period * _DAYS[frequency.unit]))


def _between(fewest: int, most: int) -> str:
    return f"{fewest} to {most}"


def _told(treatment: Treatment) -> str:
    return " to ".join(when.text for when in (treatment.from_, treatment.to) if when)


def text_only(chart: Chart) -> Remarks:
    """
    A dose, or a part of it, is in words alone.

    Why: it is exported as text, which no computer can compare. That is fine where the article says no more.
    Bad:  dose: {text: 2.5 mg twice a day by mouth}
    Good: dose: 2.5 mg BID PO
    """
    for i, treatment in enumerate(chart.case.treatments):
        if treatment.dose and treatment.dose.text:
            yield (
                ("treatments", i, "dose"),
                f"the dose of {treatment.drug} is in words: {treatment.dose.text!r}",
            )
