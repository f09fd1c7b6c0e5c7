"""Chronology → its events and what is dated beside them, in the order of time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from casefhir.chart import Chart
from casefhir.chronology import Chronology, Days, chronology
from casefhir.chronology.network import CALENDAR, Network, Reach
from casefhir.chronology.orders import is_of_another
from casefhir.model.days import Interval
from casefhir.model.hours import Hours
from casefhir.model.when import At, Unknown, When
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
    hours: Hours | None
    """How many hours it is from an event, where it is told by hours."""


def rows(chart: Chart, *, facts: bool) -> list[Row]:
    """The events, and whatever is dated by more than an event's name; with `facts`, all that has a moment."""
    found = chart.once(chronology)
    drafts = [*_events(chart, found), *_records(chart, found, facts)]
    ages, ties = found.reach(found.statements.birth), _Ties(chart, found)
    begun = found.statements.start
    after = {draft.moment: (begun[h.event], h.least) for draft in drafts if (h := draft.hours)}
    position = _schedule(found.statements.network, [begun[name] for name in chart.case.events], after)
    made = []
    for path, what, written, moment, end, hours in drafts:
        start, age = found.days(moment), ages.of(moment)
        tie = None if any(start) else ties.of(moment, path)
        apart = tie if tie and _says_more(tie[1], age) else None
        nearest = ties.hours(hours, path) if hours else None
        made.append(Row(path, what, written, moment, start, end, age, apart, nearest))
    return sorted(made, key=lambda row: position[row.moment])


def _says_more(apart: Days, age: Days) -> bool:
    """Whether a distance to an event is narrower than an age."""
    return None in age or (None not in apart and _width(apart) < _width(age))


def _width(days: Days) -> int:
    least, most = days
    return (most or 0) - (least or 0)


class _Draft(NamedTuple):
    path: Path
    what: str
    written: str
    moment: int
    end: Interval | None
    hours: Hours | None
    """From an event that is told by no hours."""


def _events(chart: Chart, found: Chronology) -> Iterator[_Draft]:
    for name, event in chart.case.events.items():
        until = f" to {event.to.text}" if event.to else ""
        written = f"{event.date.text}{until}" if event.date else until and f"until{until[3:]}"
        start, end = found.statements.start[name], found.statements.end[name]
        lasted = None if start == end else found.days(end)
        yield _Draft(("events", name), name, written, start, lasted, _hours(chart, event.date))


def _records(chart: Chart, found: Chronology, facts: bool) -> Iterator[_Draft]:
    """What has a moment, each line of the file once; the article and the ages of other persons are none of it."""
    names: dict[Path, list[str]] = defaultdict(list)
    for fact in chart.facts:
        names[fact.path[:2]].append(fact.record.label)
    for when, paths in chart.moments.items():
        for path in paths if not isinstance(when, Unknown) and (facts or not isinstance(when, At)) else ():
            if path[0] not in ("events", "article") and not is_of_another(path, when):
                known = [chart.case.tables[int(path[1])].name] if path[0] == "tables" else names.get(path[:2], [])
                what = _what(path, [name for name in known if name])
                yield _Draft(path, what, when.text, found.moment(when), None, _hours(chart, when))


def _hours(chart: Chart, when: When | None) -> Hours | None:
    hours = chart.timeline.hours(when) if when else None
    return hours if hours and hours.distances else None


_KEYS = {"from": "begins", "to": "ends", "onset": "begins", "diagnosed": "diagnosed", "resolved": "resolved"}
_OF_A_BREAK = {"from": "is interrupted", "to": "goes on"}
_SHOWN = 3


def _what(path: Path, names: Sequence[str]) -> str:
    """`labs: CRP, ESR and 12 more`, `fever begins`."""
    known = list(dict.fromkeys(names))
    listed = ", ".join(known[:_SHOWN]) + (f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else "")
    said = f"{path[0]}: {listed}" if listed else str(path[0])
    keys = _OF_A_BREAK if "interrupted" in path else _KEYS
    return f"{said} {keys[str(path[-1])]}" if path[-1] in keys else said


class _Ties:
    """What is tied to neither the calendar nor the birth: to which event it is, and how far from it."""

    def __init__(self, chart: Chart, found: Chronology) -> None:
        at = chart.case.patient.at
        self._first = [at.event] if isinstance(at, At) else []
        self._order = chart.timeline.order
        self._hours = chart.timeline.hours
        self._start = found.statements.start
        self._network = found.statements.network
        self._reaches: dict[str, Reach] = {}

    def of(self, moment: int, path: Path) -> tuple[str, Days] | None:
        """The nearest tie to an event, and of an event that to one that it may be told by, never round in a circle."""
        ties = [(name, self._reach(name).of(moment)) for name in self._names(path)[:_NEAREST]]
        ties.sort(key=lambda tie: tie[1].count(None))
        return ties[0] if ties and ties[0][1] != (None, None) else None

    def hours(self, told: Hours, path: Path) -> Hours:
        """The hours from the first event that is told by hours of the same one."""
        for name in self._names(path):
            base = self._hours(At(name, name))
            if base and base.event == told.event and base.least == base.most:
                return told._replace(event=name, least=told.least - base.least, most=told.most - base.most)
        return told

    def _names(self, path: Path) -> list[str]:
        order = self._order[: self._order.index(str(path[1]))] if path[0] == "events" else self._order
        return [name for name in dict.fromkeys([*self._first, *order]) if name in order]

    def _reach(self, name: str) -> Reach:
        if name not in self._reaches:
            self._reaches[name] = Reach(self._network, self._start[name])
        return self._reaches[name]


_NEAREST = 12


_MINUTES: Final = 1440
"""Of a day: moments are put in order to the minute."""


def _schedule(network: Network, events: Sequence[int], hours: Mapping[int, tuple[int, Decimal]]) -> list[float]:
    """
    A minute for each moment that all bounds allow, the earliest.

    What is told by hours is so many after its event, and events follow each other as in the file, if they can. It is
    for sorting alone: what is not dated has to stand somewhere.
    """
    after: _After = defaultdict(list)
    for bound in network.bounds:
        after[bound.target].append((bound.source, -bound.weight * _MINUTES))
    position = [0] * network.size
    for moment in range(network.size):
        _push(position, after, moment, position[moment])
    for moment, (event, least) in hours.items():
        minutes = round(least * 60)
        _follow(position, after, event, moment, minutes)
        _follow(position, after, moment, event, -minutes)
    first = {(bound.target, bound.source) for bound in network.bounds if bound.weight <= 0}
    for one, other in pairwise(events):
        if (other, one) not in first or (one, other) in first:
            _follow(position, after, one, other, 0)
    return [place or _just_before(network, moment, position) for moment, place in enumerate(position)]


_After = dict[int, list[tuple[int, int]]]
"""Moment → those that must be so many minutes after it, or at most so many before it."""


def _follow(position: list[int], after: _After, one: int, other: int, minutes: int) -> None:
    """Have one moment so long after another, if that can be."""
    if _push(position, after, other, max(position[other], position[one] + minutes)):
        after[one].append((other, minutes))


def _push(position: list[int], after: _After, moment: int, place: int) -> bool:
    """Move a moment to a later place, and all that then must be later; whether that can be, else nothing is moved."""
    before: dict[int, int] = {moment: position[moment]}
    position[moment] = place
    waiting, steps = [moment], 0
    while waiting:
        begun = waiting.pop(0)
        for other, minutes in after.get(begun, ()):
            if position[begun] + minutes > position[other]:
                before.setdefault(other, position[other])
                position[other] = position[begun] + minutes
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
    places = (position[b.source] + b.weight * _MINUTES for b in network.bounds if b.target == moment)
    return max(0, min(places, default=0) - 0.5)
