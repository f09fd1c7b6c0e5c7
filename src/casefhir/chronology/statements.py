"""Chart → the network of its moments, with the statement of the case that each bound comes from."""

from collections.abc import Iterator
from typing import NamedTuple

from casefhir.chart import Chart
from casefhir.chronology import lengths
from casefhir.chronology.lengths import NONE, Apart, Length
from casefhir.chronology.network import CALENDAR, Network
from casefhir.chronology.orders import Order, Stretch, orders, stretches
from casefhir.model.age import Age
from casefhir.model.calendar import Calendar
from casefhir.model.case import Case
from casefhir.model.days import beside, hull, part, printed
from casefhir.model.patient import Event
from casefhir.model.timeline import beginning, ending
from casefhir.model.when import (
    At,
    AtAge,
    Bound,
    DayOf,
    Either,
    Offset,
    PartOf,
    Span,
    When,
    Within,
    parts,
)
from casefhir.source import Path


class Statement(NamedTuple):
    """What the case says of moments, at one place."""

    path: Path
    told: tuple[str, ...]
    is_date: bool = False
    """Whether it is a date of the calendar, which stands where others contradict it."""

    @property
    def words(self) -> str:
        """`admission is 2020-06`, `'measles' is not resolved before its onset`; put together only if it clashes."""
        return " ".join(self.told)


class Statements:
    """The moments of a case that anything else hangs on, and all that is said of them."""

    def __init__(self, chart: Chart) -> None:
        self.network = Network()
        self.said: list[Statement] = []
        self.names: dict[int, str] = {CALENDAR: "the calendar"}
        """What moments are called that are not told by a place alone."""
        self.start: dict[str, int] = {}
        self.end: dict[str, int] = {}
        """The first and the last moment of each event: the same, for one that did not last."""
        self.first_day = {name: event.first_day for name, event in chart.case.events.items()}
        self.conceived: dict[object, int] = {}
        """The day that a pregnancy is counted from, by its number; None is that of the patient's own mother."""
        self._events, self._timeline = chart.case.events, chart.timeline  # not the chart, which holds this
        self.birth = self._named("the birth")
        for name in chart.timeline.order:
            self.start[name] = self.end[name] = self._named(name)
            if _lasts(chart.case.events[name]):
                self.end[name] = self._named(f"the end of {name}")
        self._patient(chart.case)
        for name in chart.timeline.order:
            self._event(name, chart.case.events[name])
        self._orders(chart)

    def moment(self, when: When, statement: int) -> int:
        """A moment as it is written somewhere: that of an event, or one of its own, tied to what it is told by."""
        if isinstance(when, At) and not self._is_any_day(when.event):
            return self.start[when.event]
        moment = self.network.moment()
        self._place(when, moment, statement)
        return moment

    def _is_any_day(self, event: str) -> bool:
        """Whether an event stands for any moment in it, as `date: A..B` does; a stay stands for its beginning."""
        return isinstance(self._events[event].date, Span)

    def say(self, path: Path, *told: str, is_date: bool = False) -> int:
        """One more statement, in some words; its number."""
        self.said.append(Statement(path, told, is_date))
        return len(self.said) - 1

    def _named(self, name: str) -> int:
        moment = self.network.moment()
        self.names[moment] = name
        return moment

    def _event(self, name: str, event: Event) -> None:
        date = event.date
        start, end = (date.start, date.end) if isinstance(date, Span) else (date, event.to)
        if date and start:
            said = self.say(
                ("events", name, "date"), name, "is", date.text, is_date=isinstance(date, Calendar | PartOf)
            )
            self._place(start, self.start[name], said)
        if end:
            path = ("events", name, "to" if event.to else "date")
            said = self.say(path, name, "lasts to", end.text, is_date=isinstance(end, Calendar | PartOf))
            self._place(end, self.end[name], said)
            if not self._timeline.certainly_before(end, start or end):
                self.network.at_least(self.start[name], self.end[name], NONE, said)

    def _patient(self, case: Case) -> None:
        patient, birth = case.patient, case.birth
        if birth and birth.at:
            said = self.say(
                ("birth", "at"), "the birth is", birth.at.text, is_date=isinstance(birth.at, Calendar | PartOf)
            )
            self._place(birth.at, self.birth, said)
        if birth and birth.gestation:
            said = self.say(("birth", "gestation"), "the birth is at", birth.gestation.text)
            self._apart(self._conceived(None), self.birth, lengths.since_conception(birth.gestation), said)
        if patient.age and patient.at:
            said = self.say(("patient", "age"), "the patient is", patient.age.text, "at", patient.at.text)
            self._aged(self.moment(patient.at, said), patient.age, said)
        for i, pregnancy in enumerate(case.pregnancy):
            if (age := pregnancy.gestation) and (at := pregnancy.at):
                said = self.say(("pregnancy", i, "gestation"), "the pregnancy is at", age.text, "at", at.text)
                begun = self._conceived(pregnancy.gravida or ("pregnancy", i))
                self._apart(begun, self.moment(at, said), lengths.since_conception(age), said)

    def _conceived(self, pregnancy: object) -> int:
        if pregnancy not in self.conceived:
            self.conceived[pregnancy] = self._named("the beginning of the pregnancy")
        return self.conceived[pregnancy]

    def _orders(self, chart: Chart) -> None:
        """What is not in the order that it must be in is told by the rules that compare two moments."""
        for stretch in chart.once(stretches):
            if stretch.path[0] != "events" and not stretch.is_reversed:
                self._stretch(stretch)
        known: set[tuple[When, When]] = set()
        for order in chart.once(orders):
            pair = (order.later, order.earlier)
            if pair not in known and order.later != order.earlier and not order.is_reversed:
                self._order(order)
            known.add(pair)

    def _stretch(self, stretch: Stretch) -> None:
        path, what, start, end, lasted, _ = stretch
        if _is_free(start) or _is_free(end):
            return
        said = self.say(path, what, "lasts from", start.text, "to", end.text)
        first, last = self.moment(beginning(start), said), self.moment(ending(end), said)
        self.network.at_least(first, last, NONE, said)
        if lasted and not (self._is_dated(start) and self._is_dated(end)):  # else `lengths.duration` tells
            said = self.say((*path[:-1], "duration"), what, "has the duration", lasted.text)
            self.network.at_least(first, last, lengths.apart(lasted)[0], said)

    def _is_dated(self, when: When) -> bool:
        return all(all(days) for days in self._timeline.span(when))

    def _order(self, order: Order) -> None:
        path, what, later, before, earlier, _ = order
        if not (_is_free(earlier) or _is_free(later)):
            said = self.say(path, what, f"{later.text}, and not before", before, f"({earlier.text})")
            self.network.at_least(self.moment(beginning(earlier), said), self.moment(ending(later), said), NONE, said)

    def _place(self, when: When, moment: int, said: int) -> None:
        """Tie a moment to what it is told by."""
        match when:
            case Calendar(_, year, month, day):
                self.network.dated(moment, *printed(year, month, day), said)
            case PartOf(_, name, whole):
                self.network.dated(moment, *part(name, whole.year, whole.month), said)
            case At(_, event):
                last = self.end if self._is_any_day(event) else self.start
                self._between(self.start[event], last[event], moment, said)
            case Offset(_, anchor, sign, duration):
                other = self.moment(anchor, said)
                pair = (other, moment) if sign > 0 else (moment, other)
                self._apart(*pair, lengths.apart(duration), said)
                self._hours(when, moment, said)
            case DayOf(_, number, event):
                self._numbered(number, event, moment, said)
            case Bound(_, kind, anchor):
                self._beside(kind, anchor, moment, said)
            case Within(_, duration, anchor):
                if far := lengths.within(duration):
                    other = self.moment(anchor, said)
                    self.network.at_most(other, moment, far, said)
                    self.network.at_most(moment, other, far, said)
            case Either():
                self._either(when, moment, said)
            case Span(_, start, end):
                self._between(self.moment(start, said), self.moment(end, said), moment, said)
            case AtAge(_, age):
                self._aged(moment, age, said)

    def _apart(self, earlier: int, later: int, apart: Apart, said: int) -> None:
        least, most = apart
        self.network.at_least(earlier, later, least, said)
        if most is not None:
            self.network.at_most(earlier, later, most, said)

    def _hours(self, when: When, moment: int, said: int) -> None:
        """Several distances in hours pass fewer midnights than each alone."""
        hours = self._timeline.hours(when)
        if hours and hours.distances > 1 and not self._is_any_day(hours.event):
            self._apart(self.start[hours.event], moment, lengths.apart_by(hours), said)

    def _between(self, first: int, last: int, moment: int, said: int) -> None:
        self.network.at_least(first, moment, NONE, said)
        self.network.at_most(last, moment, NONE, said)

    def _numbered(self, number: int, event: str, moment: int, said: int) -> None:
        """`day 5`, counted from day 0 or day 1; before the event there is no question."""
        first_day = self.first_day[event]
        begun = self.start[event]
        most = number if first_day != 1 or number <= 0 else number - 1
        least = number if first_day == 0 or number <= 0 else number - 1
        self.network.at_least(begun, moment, Length(0, least), said)
        self.network.at_most(begun, moment, Length(0, most), said)

    def _beside(self, kind: str, anchor: When, moment: int, said: int) -> None:
        """Before, after or by a moment; `before 2020-06` is not in June, but `before admission` may be on that day."""
        if isinstance(anchor, Calendar):
            days = printed(anchor.year, anchor.month, anchor.day)
            self.network.dated(moment, *beside(kind, days, itself=False), said)
            return
        other = self.moment(anchor, said)
        earlier, later = (other, moment) if kind == "after" else (moment, other)
        self.network.at_least(earlier, later, NONE, said)

    def _either(self, when: Either, moment: int, said: int) -> None:
        """From the earliest of several dates to the latest; of others, nothing that is sure of all."""
        dates = list(_readings(when))
        if all(isinstance(date, Calendar) for date in dates):
            days = [printed(date.year, date.month, date.day) for date in dates if isinstance(date, Calendar)]
            whole = days[0]
            for more in days[1:]:
                whole = hull(whole, more)
            self.network.dated(moment, *whole, said)

    def _aged(self, moment: int, age: Age, said: int) -> None:
        if age.gestation_weeks is None:
            self._apart(self.birth, moment, lengths.since_birth(age), said)
        elif (begun := self._gestation()) is not None:
            self._apart(begun, moment, lengths.since_conception(age), said)

    def _gestation(self) -> int | None:
        """The beginning of the one pregnancy that a gestation can be of; None where there are two, or none."""
        return next(iter(self.conceived.values())) if len(self.conceived) == 1 else None


def _lasts(event: Event) -> bool:
    return event.to is not None or isinstance(event.date, Span)


def _is_free(when: When) -> bool:
    """Whether a moment is tied to nothing that another statement could be about."""
    return type(when) is not At and not any(isinstance(part, At | DayOf | AtAge | Calendar) for part in parts(when))


def _readings(when: When) -> Iterator[When]:
    if isinstance(when, Either):
        yield from (*_readings(when.first), *_readings(when.second))
    else:
        yield when
