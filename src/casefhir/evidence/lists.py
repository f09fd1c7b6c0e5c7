"""A value in a list → its moment in the list beside it: day 14 of 10.6 in `on days 7 and 14 was 10.4 and 10.6 g/dL`."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from casefhir.article import Number, PrintedDate
from casefhir.chart import Chart
from casefhir.evidence.index import Searched
from casefhir.evidence.moments import dated, names_event
from casefhir.evidence.need import counted_from
from casefhir.evidence.series import unit_of_series
from casefhir.evidence.units import TIMES, agrees, printed_unit
from casefhir.evidence.values import moment
from casefhir.model.when import At, When
from casefhir.source import Path
from casefhir.terms.units import known

Span = tuple[int, int]
N = TypeVar("N", Number, PrintedDate)


class Listed(NamedTuple):
    """A value of a list, and where the moments of all its values stand."""

    start: int
    """Where the values begin."""

    end: int
    position: int
    moments: tuple[Span, ...]

    @property
    def moment(self) -> Span:
        """Where its own moment stands."""
        return self.moments[self.position]


def listed(part: Searched, at: int) -> Listed | None:
    """
    The value whose number begins at a place, if it is surely known which moment is its own.

    The sentence has one list of as many moments as there are values, `1.4, 1.6 and 1.9 mg/dL on days 7, 14 and 28`, or
    each value has its own behind it: `432 ms at rest, 471 ms on day 3`.
    """
    if part.row or len(part.numbers) + len(part.dates) < _FEWEST:
        return None
    return _parallel(part, at) or _in_turn(part, at)


def is_of(path: Path, span: Span, part: Searched, chart: Chart) -> bool:
    """Whether a stretch of a sentence says the moment of the record at a place, by its number, its date or its name."""
    when = when_of(path, chart)
    if when is None:
        return False
    start, end = span
    if isinstance(when, At) and names_event(when.event, part.text[start:end]):
        return True
    told = moment(dated(when, chart), path)
    return any(first < end and start < last for need in told for first, last in need.places(part))


def when_of(path: Path, chart: Chart) -> When | None:
    """The moment of the record that a place belongs to; None of one that has none, or lasted."""
    when: When | None = getattr(chart.case.record(path), "at", None)
    return when


_FEWEST = 3
"""Numbers and dates of a sentence in which each of two values has a moment, one of them perhaps in words."""


def _parallel(part: Searched, at: int) -> Listed | None:
    for values in _runs(part.numbers, part.text):
        starts = [number.start for number in values]
        if at not in starts or values[0].spelled or _is_time(values, part.text):
            continue
        fitting = [moments for moments in _moments(part) if len(moments) == len(values)]
        if len(fitting) == 1:
            return Listed(starts[0], values[-1].end, starts.index(at), fitting[0])
    return None


def _moments(part: Searched) -> Iterator[tuple[Span, ...]]:
    """The lists of moments of a sentence: of numbered days and distances, and of dates."""
    numbered = (run for run in _runs(part.numbers, part.text) if _is_time(run, part.text))
    yield from (tuple((number.start, number.end) for number in run) for run in numbered)
    yield from (tuple((date.start, date.end) for date in run) for run in _runs(part.dates, part.text))


def _runs(ones: Sequence[N], text: str) -> Iterator[list[N]]:
    """What follows each other with nothing between but commas, `and`, and the unit of each; two or more."""
    run: list[N] = []
    for one in ones:
        if run and not _is_joined(text[run[-1].end : one.start]):
            if len(run) > 1:
                yield run
            run = []
        run.append(one)
    if len(run) > 1:
        yield run


def _is_joined(between: str) -> bool:
    if (found := _JOIN.fullmatch(between)) is None:
        return False
    return not found["unit"] or bool(known().get(found["unit"]) or _TIME.fullmatch(found["unit"]))


_TIME = re.compile("|".join(TIMES.values()), re.IGNORECASE)
_JOIN = re.compile(
    r"[\s-]?(?P<unit>[^\s,;]{0,12}?)\s?(?:,\s?(?:and\s|or\s)?|;\s?(?:and\s)?|(?<=\s)(?:and|or|&)\s)"
    r"(?:(?:on|at)\s)?(?:(?:days?|weeks?|months?|hours?|POD)\s)?(?:[<>≤≥]=?\s?)?",
    re.IGNORECASE,
)


def _is_time(run: Sequence[Number], text: str) -> bool:
    """Whether a list is one of moments: `days 7 and 14`, `6 and 12 hours`."""
    before, after = text[: run[0].start], run[-1].after
    return any(counted_from(before, unit) or agrees(unit, after) for unit in TIMES)


def _in_turn(part: Searched, at: int) -> Listed | None:
    """A value of a series in which each has its moment close behind it, and nothing else stands between them."""
    place = next((place for place, number in enumerate(part.numbers) if number.start == at), None)
    own = part.numbers[place] if place is not None else None
    once = unit_of_series(part, place) if place is not None else ""
    unit = printed_unit(once or own.after) if own and not own.spelled else ""
    if not known().get(unit) or _TIME.fullmatch(unit):
        return None
    series: list[tuple[int, int, Span]] = []
    for number in part.numbers:
        found = _MOMENT.match(part.text, _behind(number, unit, part))
        if number.spelled or not found:
            continue
        if series and not _NEXT.fullmatch(part.text, series[-1][2][1], number.start):
            if any(start == at for start, _, _ in series):
                break
            series = []
        series.append((number.start, number.end, found.span("moment")))
    starts = [start for start, _, _ in series]
    if at not in starts or len(series) < 2:
        return None
    return Listed(starts[0], series[-1][1], starts.index(at), tuple(moment for _, _, moment in series))


def _behind(number: Number, unit: str, part: Searched) -> int:
    """Where a number with its unit ends, or without it where that is not printed again."""
    start = number.end + part.text[number.end : number.end + 1].isspace()
    end = start + len(unit)
    return end if part.text[start:end].casefold() == unit.casefold() else number.end


_MOMENT = re.compile(
    r"\s(?P<moment>(?:at|on|by|after|before|in|during)\s(?:[^,;.()]|\.(?=[0-9])){1,40}?)"
    r"(?=[,;.)]|\s(?:and|but|with|then)\s|\Z)",
    re.IGNORECASE,
)
_NEXT = re.compile(r"(?:,\s(?:and\s|then\s)*|;\s|\s(?:and\s|then\s)+)(?:to\s)?", re.IGNORECASE)
