"""
The events of a case → the days a When may mean, their order, and the partial date that FHIR may say.

Nothing here is more precise than the print, and nothing is called certain that a reader could doubt:

- `2020-06` is every day from 2020-06-01 to 2020-06-30.
- `2020-06-15 + 6 weeks` is 2020-07-27: days are counted. `2020-06 + 1 day` is 2020-06-02..2020-07-01.
- `2020-06-15 + 3 months` is all of 2020-09: who counts months does not count days. Years give whole years.
- `admission + 4 h` is the day of admission or the next: nobody says at what hour she came. Hours of one event are in
  order, though, also through events that are told by hours themselves.
- `before 2020-06` ends with 2020-05-31, `by 2020-06` with 2020-06-30, `after 2020-06` begins with 2020-07-01;
  but `before admission` may be on the day of admission.
- `within 2 days of A` begins two days before the earliest day of A and ends two days after the latest.
  `within 2 days after A` begins with the earliest day of A, `within 2 days before A` ends with the latest.
- `mid 2020-06` is some day of that part of it, wide enough for whoever says so: `casefhir.model.days.part`.
- `A or B` is from the earliest day of both to the latest.
- `day 5 of surgery` counts from the first day of surgery; both ways, if its `first-day` is unknown.
- `about A` and an age are open on both sides: nobody says how near or when she was born, so no rule can
  raise a false alarm. So is what depends on an undated event.
- An event that lasted (`date: 2020-06-01..2020-06-10`) stands for any moment in it; a stay (`date` with `to`) for its
  first day.
"""

from collections.abc import Mapping
from decimal import Decimal
from math import ceil, floor
from typing import NamedTuple

from casefhir.model import when
from casefhir.model.calendar import Calendar
from casefhir.model.days import OPEN, Interval, Reach, beside, hull, in_days, moved, part, partial, printed, reach
from casefhir.model.hours import Hours, hours, is_earlier
from casefhir.model.when import At, DayOf, Offset, Span, When


class Distance(NamedTuple):
    """How many days after (negative: before) an event, which itself need not have a date."""

    event: str
    least: int
    most: int


class Moment(NamedTuple):
    """What is known of a When: its days, the partial date that holds them, and whether it says all."""

    days: Interval
    calendar: str | None = None
    written: bool = False


NOWHERE = Moment(OPEN)

_NEAREST = 8  # events that distances are kept to: enough for any report, and a long chain stays cheap


class Timeline:
    """The events of one case: name → its date and the number of its first day, or `unknown`; each None if not said."""

    def __init__(self, events: Mapping[str, tuple[When | None, int | str | None]]) -> None:
        self._events = events
        self._moments: dict[When, Moment] = {}
        self._of_event: dict[str, Moment] = {}
        self._begin: dict[str, Interval] = {}
        self._from_event: dict[str, tuple[Distance, ...]] = {}
        self._hours: dict[str, Hours] = {}
        self.order, self._cycle = _order({name: _needs(written) for name, (written, _) in events.items()})
        """The events, each after those that it is told by; in a circle some are still missing, and count as undated."""
        for name in self.order:
            written = events[name][0]
            self._of_event[name] = self._moment(written) if written else NOWHERE
            self._begin[name] = self.interval(written) if written else OPEN
            self._from_event[name] = self._distances(written) if written else ()
            self._hours[name] = hours(written, self._hours) or Hours(name, Decimal(0), Decimal(0))

    def cycle(self) -> list[str] | None:
        """The first events found that are dated by each other in a circle: `["a", "b"]` for a → b → a."""
        return self._cycle

    def undefined(self, w: When) -> list[str]:
        """The names in a When that are no events of the case."""
        return [name for name in _needs(w) if name not in self._events]

    def uncounted(self, w: When) -> list[str]:
        """The events of `day 5 of …` in a When that do not say if their first day is 0 or 1."""
        days = dict.fromkeys(part.event for part in when.parts(w) if isinstance(part, DayOf))
        return [name for name in days if self._events.get(name, (None, 0))[1] is None]

    def interval(self, w: When) -> Interval:
        """The days in which the moment, or the start of what lasted, may lie."""
        return self._moment(beginning(w)).days

    def span(self, w: When) -> tuple[Interval, Interval]:
        """The days in which the start and the end may lie; twice the same for a moment."""
        return self.interval(w), self._moment(ending(w)).days

    def calendar(self, w: When) -> str | None:
        """
        The finest partial date that surely holds all of a When; None where there is none.

        `admission + 2 days` is `2020-06-17` if admission is `2020-06-15`, and `2020` if it is `2020-06`,
        because two days after the last of June it is July.
        Source: https://hl7.org/fhir/R4/datatypes.html#dateTime
        """
        return self._moment(w).calendar

    def period(self, start: When | None, end: When | None) -> tuple[str | None, str | None]:
        """
        Start and end of a FHIR Period; a lasting When alone (`A..B`, None) gives both.

        Ends that overlap with mixed precision are both cut to the coarser one (`2020-06` and `2020-06-28` →
        `2020-06` and `2020-06`): `start <= end` has no answer for them, and per-1 fails.
        Source: https://hl7.org/fhir/R4/datatypes.html#Period (per-1), https://hl7.org/fhirpath/#comparison
        """
        first, last = self._ends(start, end)
        if first and last and (first.startswith(last) or last.startswith(first)):
            coarser = min(first, last, key=len)
            return coarser, coarser
        return first, last

    def written(self, w: When, end: When | None = None) -> bool:
        """
        Whether FHIR's partial date says all that was written: `2020-06`, or an event with such a date.

        For `A..B`, or with an end: whether `period` does. Where it is False, an extension keeps the text.
        """
        if end is None and not isinstance(w, Span):
            return self._moment(w).written
        both = self._moment(beginning(w)).written and self._moment(ending(end or w)).written
        return both and self.period(w, end) == self._ends(w, end)

    def certainly_before(self, a: When, b: When) -> bool:
        """
        Whether a has ended, by every reading, on a day before b begins.

        Distances to one event are ordered without any date: `surgery + 1 week` is before `surgery + 2 weeks`.
        """
        one, other = self._moment(ending(a)), self._moment(beginning(b))
        if one.days.latest and other.days.earliest and one.days.latest < other.days.earliest:
            return True
        for near in self._distances(ending(a)):
            for far in self._distances(beginning(b)):
                if near.event == far.event and near.most < far.least:
                    return True
        return is_earlier(self.hours(ending(a)), self.hours(beginning(b)))

    def certainly_after(self, a: When, b: When) -> bool:
        """Whether a begins, by every reading, on a day after b has ended."""
        return self.certainly_before(b, a)

    def hours(self, w: When) -> Hours | None:
        """The hours that a moment is told by, and the event that they are counted from; None if there are none."""
        return hours(w, self._hours)

    def explain(self, w: When) -> str:
        """A When and what it hangs on: `review + 2 days (review is admission + 6 weeks, …)`."""
        names = _needs(w)
        for name in names:  # grows while it is read
            names += [n for n in _needs(self._events.get(name, (None, None))[0]) if n not in names]
        return f"{w.text} ({', '.join(map(self._told, names))})" if names else w.text

    def dated(self, w: When) -> str:
        """A When with the date that it has, where that is not what is written: `relapse (2021-05)`."""
        day = self.calendar(w)
        return w.text if day in (None, w.text) else f"{w.text} ({day})"

    def _told(self, name: str) -> str:
        if name not in self._events:
            return f"{name} is not defined"
        written = self._events[name][0]
        return f"{name} is {written.text}" if written else f"{name} has no date"

    def _ends(self, start: When | None, end: When | None) -> tuple[str | None, str | None]:
        last = end or (start if isinstance(start, Span) else None)
        return start and self.calendar(beginning(start)), last and self.calendar(ending(last))

    def _moment(self, w: When) -> Moment:
        known = self._moments.get(w)
        if known is None:
            known = self._moments[w] = self._resolved(w)
        return known

    def _resolved(self, w: When) -> Moment:
        if isinstance(w, At):
            return self._of_event.get(w.event, NOWHERE)
        if isinstance(w, Calendar):
            return Moment(printed(w.year, w.month, w.day), w.text, written=True)
        days = self._days(w)
        return Moment(days, partial(days))

    def _days(self, w: When) -> Interval:
        match w:
            case Offset() if told := self.hours(w):
                return moved(self._of_event[told.event].days, (told.least, told.most), "h")
            case Offset(_, anchor, sign, duration):
                return moved(self._moment(anchor).days, reach(duration, sign), duration.unit)
            case DayOf(_, number, event):
                return moved(self._begin.get(event, OPEN), self.numbered(number, event), "d")
            case when.PartOf(_, name, whole):
                return part(name, whole.year, whole.month)
            case when.Within(_, duration, anchor):
                far = reach(duration, 1)[1]
                return moved(self._moment(anchor).days, (None if far is None else -far, far), duration.unit)
            case when.Bound(_, kind, anchor):
                return beside(kind, self._moment(anchor).days, itself=not isinstance(anchor, Calendar))
            case when.Either(_, first, second):
                return hull(self._moment(first).days, self._moment(second).days)
            case Span(_, start, end):
                begun = self._moment(start).days
                return Interval(begun.earliest, hull(begun, self._moment(end).days).latest)
            case _:
                return OPEN

    def _distances(self, w: When) -> tuple[Distance, ...]:
        """From the events it is counted from, nearest first; the first day of one is a mark of its own."""
        match w:
            case At(_, event):
                return self._from_event.get(event, ())
            case Offset(_, anchor, sign, duration):
                own = (Distance(anchor.event, 0, 0),) if isinstance(anchor, At) else ()
                bases = (*own, *self._distances(anchor))[:_NEAREST]
                return _farther(bases, reach(duration, sign), duration.unit)
            case DayOf(_, number, event):
                return _farther((Distance(f"day of {event}", 0, 0),), self.numbered(number, event), "d")
            case _:
                return ()

    def numbered(self, number: int, event: str) -> Reach:
        """Days from the first day of an event to its day of that number: one, or both ways of counting."""
        first_day = self._events.get(event, (None, None))[1]
        if number <= 0 or first_day == 0:
            return Decimal(number), Decimal(number)
        return Decimal(number - 1), Decimal(number - 1 if first_day == 1 else number)


def beginning(w: When) -> When:
    """The start of a stretch of time; a moment is its own."""
    return w.start if isinstance(w, Span) else w


def ending(w: When) -> When:
    """The end of a stretch of time; a moment is its own."""
    return w.end if isinstance(w, Span) else w


def _needs(w: When | None) -> list[str]:
    return list(dict.fromkeys(when.events_named(w))) if w else []


def _order(needs: Mapping[str, list[str]]) -> tuple[list[str], list[str] | None]:
    """The events, each after those it needs, and the first circle met; without recursion."""
    order: dict[str, None] = {}
    circle: list[str] | None = None
    for root in needs:
        path = {} if root in order else {root: iter(needs[root])}
        while path:
            name, ahead = next(reversed(path.items()))
            need = next((n for n in ahead if n in needs and n not in order), None)
            if need is None:
                del path[name]
                order[name] = None
            elif need not in path:
                path[need] = iter(needs[need])
            elif circle is None:
                names = list(path)
                circle = names[names.index(need) :]
    return list(order), circle


def _farther(bases: tuple[Distance, ...], reach: Reach, unit: str) -> tuple[Distance, ...]:
    least, most = reach
    if least is None or most is None:
        return ()
    near, far = in_days(least, unit, floor), in_days(most, unit, ceil)
    return tuple(Distance(base.event, base.least + near, base.most + far) for base in bases)
