"""
Moments and how far apart they may be → the tightest bounds of each, or the statements that clash.

A bound says that one moment is at most so much after another: a system of difference constraints, whose shortest
paths are the tightest bounds that follow, and whose circles of less than nothing are contradictions.
Source: Cormen, Leiserson, Rivest, Stein, Introduction to Algorithms (difference constraints, Bellman-Ford)
"""

from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from typing import Final

from casefhir.chronology.bound import Bound, earliest_day, latest_day
from casefhir.chronology.lengths import Length, fewest_days, most_days

CALENDAR: Final = 0
"""The moment that dates are counted from: a day is its ordinal."""

Days = tuple[int | None, int | None]
"""The least and the most days from one moment to another, negative for before it; None = open."""

_FAR = 10**15
"""Days: farther than any date; a moment that is as far from the source is not tied to it."""


NOTHING: Final = -1
"""The statement of what is so by the calendar, whatever a case says."""


class Network:
    """Moments, numbered from 0, and the bounds between them; each bound with the number of its statement."""

    def __init__(self) -> None:
        self.size = 1
        self.bounds: list[Bound] = []
        self._later: dict[int, dict[int, int]] = {}
        """Moment → months → the day so many months later, which is a moment as well."""

    def moment(self) -> int:
        """One moment more, of which nothing is known."""
        self.size += 1
        return self.size - 1

    def at_most(self, source: int, target: int, length: Length, statement: int) -> None:
        """`target` is at most a length after `source`."""
        self.bounds.append(Bound(self._after(source, length.months), target, 0, length.days, statement))

    def at_least(self, source: int, target: int, length: Length, statement: int) -> None:
        """`target` is at least a length after `source`."""
        self.bounds.append(Bound(target, self._after(source, length.months), 0, -length.days, statement))

    def dated(self, target: int, earliest: date | None, latest: date | None, statement: int) -> None:
        """`target` is between two days; None = open."""
        if latest:
            self.bounds.append(Bound(CALENDAR, target, 0, latest.toordinal(), statement))
        if earliest:
            self.bounds.append(Bound(target, CALENDAR, 0, -earliest.toordinal(), statement))

    def _after(self, moment: int, months: int) -> int:
        """
        The day so many months after a moment: one for all statements, which can then be compared to the day.

        Of two such days, it is known how many days may lie between.
        """
        if not months:
            return moment
        later = self._later.setdefault(moment, {})
        if months not in later:
            day = self.moment()
            self.bounds += (Bound(moment, day, months, 0, NOTHING), Bound(day, moment, -months, 0, NOTHING))
            for other in (
                max((m for m in later if m < months), default=0),
                min((m for m in later if m > months), default=0),
            ):
                if other:
                    first, last = sorted((other, months))
                    ends = {other: later[other], months: day}
                    self._between(ends[first], ends[last], last - first)
            later[months] = day
        return later[months]

    def _between(self, first: int, last: int, months: int) -> None:
        self.bounds.append(Bound(first, last, 0, most_days(months), NOTHING))
        self.bounds.append(Bound(last, first, 0, -fewest_days(months), NOTHING))


class Clash(Exception):
    """Bounds that cannot all hold, each leading to the next: without any one of them, the others could."""

    def __init__(self, circle: list[Bound]) -> None:
        super().__init__(circle)
        self.circle = circle


_Edge = tuple[int, int, int | Callable[[int], int]]
"""Where it begins and ends, and its days, or what makes of a day the one that is reached."""

_Parents = dict[int, int]
"""Moment → the number of the edge by which it was reached."""


class Reach:
    """How far moments may be from one of them, in days; months count as many days as they may have."""

    def __init__(self, network: Network, source: int) -> None:
        """Raises: Clash."""
        check(network)
        self._most = _shortest(network.size, source, [(b.source, b.target, b.weight) for b in network.bounds])
        # With all bounds turned round, the shortest way is that back to the source.
        self._least = _shortest(network.size, source, [(b.target, b.source, b.weight) for b in network.bounds])

    def of(self, moment: int) -> Days:
        """The least and the most days from the source to a moment."""
        return _days(self._least[moment], self._most[moment])


def check(network: Network) -> None:
    """Look for bounds that clash, months as long as they may be. Raises: Clash."""
    _check(network.size, network.bounds)


def _check(size: int, bounds: list[Bound]) -> None:
    edges: list[_Edge] = [(b.source, b.target, b.weight) for b in bounds]
    parents: _Parents = {}
    far, fresh = [0] * size, bytearray(b"\1" * size)
    for count in range(size + 2):
        fresh = _round(far, edges, parents, fresh)
        if not any(fresh):
            return
        if count > 1 and (circle := _circle(edges, parents)):
            raise Clash([bounds[number] for number in circle])
    raise AssertionError("without a circle, there are no more rounds than moments")


def _days(least: int, most: int) -> Days:
    return None if least > _FAR // 2 else -least, None if most > _FAR // 2 else most


def _shortest(size: int, source: int, edges: list[_Edge]) -> list[int]:
    return _reached(size, source, edges, {}, size)[0]


def _reached(size: int, source: int, edges: list[_Edge], parents: _Parents, rounds: int) -> tuple[list[int], bool]:
    """How far the moments are that are reached from a source, and whether no round more would shorten anything."""
    far, fresh = [_FAR] * size, bytearray(size)
    far[source], fresh[source] = 0, 1
    while rounds and any(fresh):
        fresh, rounds = _round(far, edges, parents, fresh), rounds - 1
    return far, not any(fresh)


def _round(far: list[int], edges: list[_Edge], parents: _Parents, fresh: bytearray) -> bytearray:
    """
    Shorten along the edges from what is fresh; what became shorter.

    Most edges stand in the order in which they follow from each other, so that two or three rounds are enough.
    """
    shorter = bytearray(len(far))
    for number, (begun, target, days) in enumerate(edges):
        if fresh[begun] or shorter[begun]:
            reached = far[begun] + days if type(days) is int else days(far[begun])  # type: ignore[operator]  # no int
            if reached < far[target]:
                far[target] = reached
                parents[target] = number
                shorter[target] = 1
    return shorter


def _circle(edges: list[_Edge], parents: _Parents) -> list[int] | None:
    """A circle among the last steps to each moment."""
    seen: dict[int, int] = {}
    for start in parents:
        moment = start
        while moment in parents and moment not in seen:
            seen[moment] = start
            moment = edges[parents[moment]][0]
        if moment in parents and seen[moment] == start:
            return _around(moment, edges, parents)
    return None


def _around(moment: int, edges: list[_Edge], parents: _Parents) -> list[int]:
    circle = [parents[moment]]
    while (begun := edges[circle[-1]][0]) != moment:
        circle.append(parents[begun])
    return circle[::-1]


class Calendar:
    """The days of moments; months have the length that they have where they lie."""

    def __init__(self, network: Network) -> None:
        """
        The last days are worked out at once, for they prove that nothing clashes; the first days only if asked for.

        Raises: Clash.
        """
        self._network = network
        self._size = network.size
        self._parents: tuple[_Parents, _Parents] = ({}, {})
        self._forth, self._back = _to_last(network.bounds), _to_first(network.bounds)
        self._last, is_settled = _reached(network.size, CALENDAR, self._forth, self._parents[0], _ROUNDS)
        if not is_settled or not self._is_undated_well():
            check(network)
            self._compare()

    @cached_property
    def _first(self) -> list[int]:
        return _reached(self._size, CALENDAR, self._back, self._parents[1], _ROUNDS)[0]

    def of(self, moment: int) -> Days:
        """The first and the last day of a moment, as ordinals; of one that was added since, by those it hangs on."""
        if moment >= len(self._last):
            self._take_in()
        return _days(self._first[moment], self._last[moment])

    def may_be_after(self, moment: int, day: int) -> bool:
        """Whether a moment may be after a day, as far as its last day tells."""
        return self._last[moment] > day

    def _is_undated_well(self) -> bool:
        """
        Whether what has no last day clashes in itself.

        All others could be on their last day, and these as late as any bound wants.
        """
        late = [b for b in self._network.bounds if self._last[b.source] > _FAR // 2 < self._last[b.target]]
        try:
            _check(self._size, late)
        except Clash:
            return False
        return True

    def _compare(self) -> None:
        """Raises: Clash, if a moment would have to be later than it can be."""
        for moment in range(self._size):
            first, last = self.of(moment)
            if first is not None and last is not None and first > last:
                raise Clash([*self._way(0, moment)[::-1], *self._way(1, moment)])

    def _take_in(self) -> None:
        """The moments that were added, each after those it hangs on; they change none of those before."""
        bounds, known = self._network.bounds, len(self._last)
        added = bounds[len(self._forth) :]
        for far, edges, new in (
            (self._first, self._back, _to_first(added)),
            (self._last, self._forth, _to_last(added)),
        ):
            far += [_FAR] * (self._network.size - known)
            edges += new
            for begun, target, days in (*new, *new):
                if target >= known and far[begun] < _FAR // 2:
                    reached = days(far[begun]) if callable(days) else far[begun] + days
                    far[target] = min(far[target], reached)

    def _way(self, side: int, moment: int) -> list[Bound]:
        """The bounds by which a moment was reached, the last first."""
        way: list[Bound] = []
        while moment != CALENDAR and len(way) < self._size:
            number = self._parents[side][moment]
            way.append(self._network.bounds[number])
            moment = (self._back if side else self._forth)[number][0]
        return way


_ROUNDS = 8
"""As often as a day is handed on; a bound that is less sharp is true as well."""


def _to_last(bounds: list[Bound]) -> list[_Edge]:
    return [(b.source, b.target, partial(latest_day, bound=b) if b.months else b.days) for b in bounds]


def _to_first(bounds: list[Bound]) -> list[_Edge]:
    """The edges back to the calendar, along which days count backwards."""
    return [(b.target, b.source, partial(_before, b) if b.months else b.days) for b in bounds]


def _before(bound: Bound, day: int) -> int:
    return -earliest_day(-day, bound)
