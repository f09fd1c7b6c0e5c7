"""Doses that do not fit what is written beside them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from casefhir.chart import Chart
from casefhir.model.dosage import Dosage
from casefhir.model.frequency import Frequency
from casefhir.model.treatment import Treatment
from casefhir.model.when import Span
from casefhir.rules.rule import Remarks

_DAYS = {
    "s": Decimal(1) / 86_400,
    "min": Decimal(1) / 1_440,
    "h": Decimal(1) / 24,
    "d": Decimal(1),
    "wk": Decimal(7),
    "mo": Decimal("30.44"),
    "a": Decimal("365.25"),
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
            # Both ends of the time count, and one dose more or less is let pass.
            if not (fewest - 1 <= (dosage.count_high or dosage.count) and dosage.count <= most + 2):
                given = f"{dosage.count} doses {dosage.frequency.text}"
                yield ("treatments", i, "dose"), f"{given} do not fit {told}: {fewest} to {most + 1} would"


def _times(chart: Chart, treatment: Treatment, dosage: Dosage) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Each time that a treatment is said to have lasted, as told, and the least and the most days that it may mean."""
    lasted = treatment.at if isinstance(treatment.at, Span) else None
    start, end = (lasted.start, lasted.end) if lasted else (treatment.from_, treatment.to)
    if start and end:
        first, begun = chart.timeline.interval(start)
        ended, last = chart.timeline.interval(end)
        if first and begun and ended and last:
            yield f"the time from {start.text} to {end.text}", _between(begun, ended), _between(first, last)
    if (lasting := dosage.for_) and not lasting.comparator and not lasting.approximate:
        unit = _DAYS[lasting.unit]
        yield f"'for {lasting.text}'", lasting.value * unit, (lasting.high or lasting.value) * unit


def _between(start: date, end: date) -> Decimal:
    return Decimal(max((end - start).days, 0))


def _fewest(often: Frequency, days: Decimal) -> int:
    return int(often.times * days / ((often.period_high or often.period) * _DAYS[often.unit]))


def _most(often: Frequency, days: Decimal) -> int:
    return int((often.times_high or often.times) * days / (often.period * _DAYS[often.unit]))


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
