"""Days of events × passages → the distances that follow from two of them: `nine days after return`."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from casefhir.article import PrintedDate
from casefhir.chart import Chart
from casefhir.evidence.index import Searched
from casefhir.evidence.units import TIMES
from casefhir.model.when import At
from casefhir.source import Path


def apart(chart: Chart, parts: Iterable[Searched]) -> Iterator[tuple[Searched, int, int, Path]]:
    """
    Where a passage says how many days or weeks lie between an event whose date it prints and another event.

    Such a number says no more than the two dates do, so both events carry it; the place is that of the first.
    """
    days = dict(_days(chart))
    for part in parts if len(days) > 1 else ():
        printed = [name for name, day in days.items() if any(_is(day, one) for one in part.dates)]
        for number in part.numbers if printed else ():
            found = _DISTANCE.match(number.after)
            length = number.value * (7 if found["wk"] else 1) if found else None
            for name in printed:
                if length and any(abs((days[name] - other).days) == length for other in days.values()):
                    yield part, number.start, number.end, ("events", name, "date")


def _days(chart: Chart) -> Iterator[tuple[str, date]]:
    """The events of which the day is known."""
    for name in chart.case.events:
        earliest, latest = chart.timeline.interval(At(name, name))
        if earliest and earliest == latest:
            yield name, earliest


def _is(day: date, printed: PrintedDate) -> bool:
    return (printed.month, printed.day) == (day.month, day.day) and printed.year in (None, day.year)


_DISTANCE = re.compile(
    rf"[\s-]?(?:(?P<d>{TIMES['d']})|(?P<wk>{TIMES['wk']}))\s(?:after|later|before|earlier|prior|previously|following)\b",
    re.IGNORECASE,
)
