"""
Chart → the days in which each of its moments must lie, by all that the case says together, and what clashes.

`casefhir.model.timeline` reads one moment as it is printed, for FHIR; this solves all of them at once: an age bounds
the birth, the birth bounds what has an age, what follows bounds what was before. It allows for rounding
(`casefhir.chronology.lengths`), so that it excludes no day that an author may have meant.
"""

from datetime import date
from functools import cached_property
from itertools import accumulate, groupby
from operator import itemgetter
from typing import NamedTuple

from casefhir.chart import Chart
from casefhir.chronology.bound import Bound, latest_day
from casefhir.chronology.network import CALENDAR, NOTHING, Calendar, Clash, Days, Reach
from casefhir.chronology.statements import Statement, Statements
from casefhir.model.calendar import Calendar as Partial
from casefhir.model.days import OPEN, Interval
from casefhir.model.when import When


class Link(NamedTuple):
    """One statement of a chain that cannot be true as a whole."""

    statement: Statement
    follows: str | None
    """What follows from it and those before it: `the birth is 2016-06-30 at the latest`."""

    @property
    def words(self) -> str:
        """Both in words."""
        return f"{self.statement.words}, so {self.follows}" if self.follows else self.statement.words


class Chronology:
    """The moments of one case, solved together."""

    def __init__(self, chart: Chart) -> None:
        self.statements = Statements(chart)
        self.clashes: list[list[Link]] = []
        """What cannot all be true, each the shortest chain that shows it; the rest is solved without what clashes."""
        self._by_calendar = self._solved()
        self._intervals: dict[When, Interval] = {}
        self._after_publication(chart)

    @cached_property
    def is_dated(self) -> bool:
        """Whether any moment is tied to the calendar."""
        return any(CALENDAR in (bound.source, bound.target) for bound in self.statements.network.bounds)

    def interval(self, when: When) -> Interval:
        """The days in which a moment must lie."""
        if when not in self._intervals:
            self._intervals[when] = self.days(self.moment(when))
        return self._intervals[when]

    def days(self, moment: int) -> Interval:
        """The days in which a moment must lie."""
        return _dates(self._by_calendar.of(moment))

    def event(self, name: str) -> tuple[Interval, Interval]:
        """The days in which an event must begin and end; twice the same for a moment."""
        return self.days(self.statements.start[name]), self.days(self.statements.end[name])

    @cached_property
    def birth(self) -> Interval:
        """The days in which the patient must have been born, by the printed ages alone."""
        return self.days(self.statements.birth)

    def moment(self, when: When) -> int:
        """The number of a moment, which hangs on those that it is told by."""
        return self.statements.moment(when, 0)

    def reach(self, source: int) -> Reach:
        """How far from one moment all others are that there are now: `reach(statements.birth)` gives ages."""
        return Reach(self.statements.network, source)

    def _solved(self) -> Calendar:
        """All at once, or, as often as that cannot be, without what clashes."""
        while True:
            try:
                return Calendar(self.statements.network)
            except Clash as clash:
                self.clashes.append(self._chain(clash.circle))
                self._give_way(clash.circle)

    def _give_way(self, circle: list[Bound]) -> None:
        """Go on without what clashes; but a printed date stands, where ages and orders contradict it."""
        network, said = self.statements.network, self.statements.said
        clashing = {bound.statement for bound in circle} - {NOTHING}
        gone = {number for number in clashing if not said[number].is_date} or clashing
        network.bounds = [bound for bound in network.bounds if bound.statement not in gone]

    def _chain(self, circle: list[Bound]) -> list[Link]:
        """The statements of a circle, from the calendar round to it; what is so by the calendar goes with the last."""
        said = [number for number, bound in enumerate(circle) if bound.statement != NOTHING]
        first = next((number for number in said if circle[number].source == CALENDAR), said[0])
        bounds = circle[first:] + circle[:first]
        numbers: list[int] = []
        for bound in bounds:
            numbers.append(numbers[-1] if bound.statement == NOTHING else bound.statement)
        days = [*accumulate(bounds, latest_day, initial=0)][1:]
        chain: list[Link] = []
        for number, steps in groupby(zip(numbers, bounds, days, strict=True), itemgetter(0)):
            *_, (_, bound, day) = steps
            follows = self._follows(number, bound.target, day) if bounds[0].source == CALENDAR else None
            chain.append(Link(self.statements.said[number], follows))
        return chain

    def _follows(self, statement: int, target: int, day: int) -> str | None:
        name, latest = self.statements.names.get(target), _date(day)
        if target == CALENDAR or self.statements.said[statement].is_date or not (name and latest):
            return None
        return f"{name} is {latest} at the latest"

    def _after_publication(self, chart: Chart) -> None:
        """An event that must lie after the article was published clashes with that; it bounds nothing else."""
        published, network = chart.case.article.published, self.statements.network
        latest = published and chart.timeline.interval(published).latest
        if not (published and latest) or _is_late(chart, published):
            return
        may_be_after = self._by_calendar.may_be_after
        said = self.statements.say(("article", "published"), "the article was published", published.text, is_date=True)
        for moment in self.statements.start.values():
            if may_be_after(moment, latest.toordinal()) and _is_after(self._by_calendar.of(moment), latest):
                network.dated(moment, None, latest, said)
                try:
                    Calendar(network)
                except Clash as clash:
                    self.clashes.append(self._chain(clash.circle))
                network.bounds.pop()


def _is_late(chart: Chart, published: When) -> bool:
    """Whether an event has a printed date after the article was published, as `timeline.after-publication` tells."""
    dates = (event.date for event in chart.case.events.values() if isinstance(event.date, Partial))
    return any(chart.timeline.certainly_before(published, date) for date in dates)


def _is_after(days: Days, latest: date) -> bool:
    return days[0] is not None and days[0] > latest.toordinal()


def _dates(days: Days) -> Interval:
    least, most = days
    if least is None and most is None:
        return OPEN
    return Interval(_date(least), _date(most))


def _date(day: int | None) -> date | None:
    """The day of an ordinal; None for none, or one beyond the calendar."""
    return date.fromordinal(day) if day is not None and 0 < day <= date.max.toordinal() else None


def chronology(chart: Chart) -> Chronology:
    """Its chronology; asked for with `chart.once`."""
    return Chronology(chart)


__all__ = ["Chronology", "Days", "Link", "chronology"]
