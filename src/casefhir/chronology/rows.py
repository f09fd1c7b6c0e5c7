"""Chronology → its events and what is dated beside them, in the order of time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from casefhir.chart import Chart
from casefhir.chronology import Chronology, Days, chronology
from casefhir.chronology.network import CALENDAR, Network, Reach
from casefhir.model.days import Interval
from casefhir.model.when import At, Unknown
from casefhir.source import Path


class Row(NamedTuple):
    """One event, or one thing that has a moment of its own."""

    path: Path
    what: str
    written: str
    """The moment as the file has it; empty where it has none."""
    moment: int
    start: Interval
    end: Interval | None
    """Of an event that lasted."""
    age: Days
    """Days since the birth of the patient."""
    apart: tuple[str, Days] | None
    """The event that it is counted from, and how many days; None where dates or ages say more, or nothing is known."""


def rows(chart: Chart, *, facts: bool) -> list[Row]:
    """The events, and whatever is dated by more than an event's name; with `facts`, all that has a moment."""
    found = chart.once(chronology)
    drafts = [*_events(chart, found), *_records(chart, found, facts)]
    ages, ties = found.reach(found.statements.birth), _Ties(chart, found)
    position = _schedule(found.statements.network, [found.statements.start[name] for name in chart.case.events])
    made = []
    for path, what, written, moment, end in drafts:
        start, age = found.days(moment), ages.of(moment)
        tie = None if any(start) else ties.of(moment, path)
        made.append(Row(path, what, written, moment, start, end, age, tie if tie and _says_more(tie[1], age) else None))
    return sorted(made, key=lambda row: position[row.moment])


def _says_more(apart: Days, age: Days) -> bool:
    """Whether a distance to an event is narrower than an age."""
    return None in age or (None not in apart and _width(apart) < _width(age))


def _width(days: Days) -> int:
    least, most = days
    return (most or 0) - (least or 0)


_Draft = tuple[Path, str, str, int, Interval | None]


def _events(chart: Chart, found: Chronology) -> Iterator[_Draft]:
    for name, event in chart.case.events.items():
        written = " to ".join(date.text for date in (event.date, event.to) if date)
        start, end = found.statements.start[name], found.statements.end[name]
        yield ("events", name), name, written, start, None if start == end else found.days(end)


def _records(chart: Chart, found: Chronology, facts: bool) -> Iterator[_Draft]:
    """What has a moment, each line of the file once; that of the article is none of the case."""
    names: dict[Path, list[str]] = defaultdict(list)
    for fact in chart.facts:
        names[fact.path[:2]].append(fact.record.label)
    for when, paths in chart.moments.items():
        for path in paths if not isinstance(when, Unknown) and (facts or not isinstance(when, At)) else ():
            if path[0] not in ("events", "article"):
                known = [chart.case.tables[int(path[1])].name] if path[0] == "tables" else names.get(path[:2], [])
                what = _what(path, [name for name in known if name])
                yield path, what, when.text, found.moment(when), None


_KEYS = {"from": "begins", "to": "ends", "onset": "begins", "diagnosed": "diagnosed", "resolved": "resolved"}
_SHOWN = 3


def _what(path: Path, names: Sequence[str]) -> str:
    """`labs: CRP, ESR and 12 more`, `fever begins`."""
    known = list(dict.fromkeys(names))
    listed = ", ".join(known[:_SHOWN]) + (f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else "")
    said = f"{path[0]}: {listed}" if listed else str(path[0])
    return f"{said} {_KEYS[str(path[-1])]}" if path[-1] in _KEYS else said


class _Ties:
    """What is tied to neither the calendar nor the birth: to which event it is, and how far from it."""

    def __init__(self, chart: Chart, found: Chronology) -> None:
        at = chart.case.patient.at
        self._first = [at.event] if isinstance(at, At) else []
        self._order = chart.timeline.order
        self._start = found.statements.start
        self._network = found.statements.network
        self._reaches: dict[str, Reach] = {}

    def of(self, moment: int, path: Path) -> tuple[str, Days] | None:
        """The nearest tie to an event, and of an event that to one that it may be told by, never round in a circle."""
        order = self._order[: self._order.index(str(path[1]))] if path[0] == "events" else self._order
        names = [name for name in dict.fromkeys([*self._first, *order]) if name in order][:_NEAREST]
        ties = [(name, self._reach(name).of(moment)) for name in names]
        ties.sort(key=lambda tie: tie[1].count(None))
        return ties[0] if ties and ties[0][1] != (None, None) else None

    def _reach(self, name: str) -> Reach:
        if name not in self._reaches:
            self._reaches[name] = Reach(self._network, self._start[name])
        return self._reaches[name]


_NEAREST = 12


def _schedule(network: Network, events: Sequence[int]) -> list[float]:
    """
    A day for each moment that all bounds allow, the earliest; events follow each other as in the file, if they can.

    It is for sorting alone: what is not dated has to stand somewhere.
    """
    after: _After = defaultdict(list)
    for bound in network.bounds:
        after[bound.target].append((bound.source, -bound.weight))
    position = [0] * network.size
    for moment in range(network.size):
        _push(position, after, moment, position[moment])
    first = {(bound.target, bound.source) for bound in network.bounds if bound.weight <= 0}
    for one, other in pairwise(events):
        if ((other, one) not in first or (one, other) in first) and _push(
            position, after, other, max(position[one], position[other])
        ):
            after[one].append((other, 0))
    return [day or _just_before(network, moment, position) for moment, day in enumerate(position)]


_After = dict[int, list[tuple[int, int]]]
"""Moment → those that must be so many days after it, or at most so many before it."""


def _push(position: list[int], after: _After, moment: int, day: int) -> bool:
    """Move a moment to a later day, and all that then must be later; whether that can be, else nothing is moved."""
    before: dict[int, int] = {moment: position[moment]}
    position[moment] = day
    waiting, steps = [moment], 0
    while waiting:
        begun = waiting.pop(0)
        for other, days in after.get(begun, ()):
            if position[begun] + days > position[other]:
                before.setdefault(other, position[other])
                position[other] = position[begun] + days
                waiting.append(other)
        steps += 1
        if position[CALENDAR] > 0 or steps > _STEPS * len(position):
            for other, earlier in before.items():
                position[other] = earlier
            return False
    return True


_STEPS = 8


def _just_before(network: Network, moment: int, position: list[int]) -> float:
    """The place of what is only known to be before something: right before that."""
    days = (position[bound.source] + bound.weight for bound in network.bounds if bound.target == moment)
    return max(0, min(days, default=0) - 0.5)
