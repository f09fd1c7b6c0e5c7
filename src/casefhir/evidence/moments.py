"""The head of a row or a column of a table × a moment of the case → whether they are the same: `POD 7`, `3 months`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from casefhir.article import dates
from casefhir.article.dates import PrintedDate
from casefhir.chart import Chart
from casefhir.evidence.index import words
from casefhir.evidence.units import TIMES
from casefhir.model.calendar import Calendar
from casefhir.model.days import OPEN, Interval, partial_days
from casefhir.model.patient import Event
from casefhir.model.when import At, DayOf, Offset, When

_HOURS = {"h": 1, "d": 24, "wk": 168}
_MONTHS = {"mo": 1, "a": 12}
_UNITS = "|".join(f"(?P<{unit}>{form})" for unit, form in TIMES.items() if unit not in ("s", "min"))
_DISTANCE = re.compile(rf"(?<![\w.])\+?\s?(?P<number>[0-9]+(?:\.[0-9]+)?)[\s-]?(?:{_UNITS})", re.IGNORECASE)
_COUNTED = re.compile(
    rf"\b(?:(?P<short>POD|HD|D(?=[0-9]))|(?:{_UNITS}))\s?[#+]?(?P<number>[0-9]+(?:\.[0-9]+)?)(?![\w.]|\s?(?:h|hours?)\b)",
    re.IGNORECASE,
)
_OF_MONTH = re.compile(r"(?<![\w./-])(0?[1-9]|1[0-2])[/.-]((?:19|20)[0-9]{2})(?![\w/-])")
_NUMBER = re.compile(r"[+]?[0-9]+(?:\.[0-9]+)?")
_CORNER = re.compile(rf"\b(?:(?P<pod>POD|(?:hospital|postoperative|post-?op\.?)\sdays?)|(?:{_UNITS}))", re.IGNORECASE)


class _Told(NamedTuple):
    """What the head of a row says of time."""

    number: Decimal
    unit: str
    is_counted: bool
    """Whether it is the number of a day, `day 5`, and no distance, `5 days`."""


def timed(label: str, corner: str) -> str:
    """A head with the unit that stands in the corner of its table: `6 h` of 6 beside `Time after ingestion (h)`."""
    found = _CORNER.search(corner) if _NUMBER.fullmatch(label) else None
    if found is None:
        return label
    unit = next((unit for unit in (*_HOURS, *_MONTHS) if found[unit]), "d")
    is_counted = found["pod"] or corner.strip().casefold() == found[0].casefold()
    return f"{found[0].removesuffix('s')} {label}" if is_counted else f"{label} {unit}"


def fitting(moments: Sequence[When], labels: Iterable[str], chart: Chart) -> Mapping[When, set[str]]:
    """
    Moment → the heads that are it, of those of the printed tables.

    By the name of its event, `surgery` of `after surgery`; by its date; by its distance from another event, `POD 7` and
    `3 months` of `day 7 of surgery` and `surgery + 3 months`; and by the days between dates, if all rows that are left
    and have a date are counted from one event.
    """
    told = {label: tuple(_dates(label)) for label in labels}
    found = {when: {label for label, days in told.items() if _is_moment(when, label, days, chart)} for when in moments}
    found |= _ends([when for when in moments if not found[when]], set(told).difference(*found.values()))
    rest = [when for when in moments if not found[when]]
    return found | (_counted(rest, list(told), chart) if rest else {})


def _ends(moments: Iterable[When], labels: set[str]) -> dict[When, set[str]]:
    """Events that are the end of what a head names, and no other event is: `after-cycle-1` of `Cycle 1`."""
    named = {when: words(_OF_END.sub(" ", when.event.replace("-", " "))) for when in moments if isinstance(when, At)}
    alone = {when: name for when, name in named.items() if name.strip() and [*named.values()].count(name) == 1}
    return {when: {label for label in labels if words(label) == name} for when, name in alone.items()}


_OF_END = re.compile(r"\b(?:after|end|of|the|post|following|completion)\b", re.IGNORECASE)
"""What the name of an event says besides what it is the end of."""


def is_moment(when: When, label: str, chart: Chart) -> bool:
    """Whether a head is a moment by its own words: the name of its event, its date, or its distance from its event."""
    return _is_moment(when, label, tuple(_dates(label)), chart)


def may_be(when: When, label: str, chart: Chart) -> bool:
    """Whether a head may mean a moment after all, by its day, or counted from any event of the case."""
    day = partial_days(chart.timeline.calendar(when))
    if day != OPEN and any(_falls_on(printed, day) for printed in _dates(label)):
        return True
    said = _told(label)
    if said is None:
        return False
    if isinstance(when, At) and said.is_counted and said.unit == "d" and said.number in (0, 1):
        return chart.case.events[when.event].first_day in (None, "unknown", int(said.number))
    starts = (partial_days(chart.timeline.calendar(At(name, name))) for name in chart.case.events)
    return any(_is_apart(start, day, said, first) for start in starts for first in (0, 1))


def _falls_on(printed: PrintedDate, day: Interval) -> bool:
    """Whether a printed date may be in some days; one without a year may."""
    if printed.year is None or not day.earliest or not day.latest:
        return True
    days = partial_days(f"{printed.year}-{printed.month:02}" + (f"-{printed.day:02}" if printed.day else ""))
    return bool(days.earliest and days.latest and days.earliest <= day.latest and day.earliest <= days.latest)


def dated(when: When, chart: Chart) -> When:
    """A moment as it is told: of an event its date, if it has one."""
    event = chart.case.events.get(when.event) if isinstance(when, At) else None
    return event.date if event and event.date else when


def event_of(when: When) -> str:
    """The event that a moment is, or is counted from; "" of a date."""
    match when:
        case At(_, event) | DayOf(_, _, event) | Offset(_, At(_, event)):
            return event
    return ""


def names_event(event: str, label: str) -> bool:
    """Whether a head has the name of an event."""
    return bool(event) and words(event.replace("-", " ")) in words(label)


def names_moment(label: str, chart: Chart) -> bool:
    """Whether a head says when: by a date, a distance, the number of a day, or the name of an event."""
    return bool(_told(label) or any(_dates(label)) or any(names_event(name, label) for name in chart.case.events))


def _dates(label: str) -> Iterable[PrintedDate]:
    yield from dates(label)
    for month in _OF_MONTH.finditer(label):
        yield PrintedDate(int(month[2]), int(month[1]), None, *month.span())


def _is_moment(when: When, label: str, days: Iterable[PrintedDate], chart: Chart) -> bool:
    if isinstance(when, At) and names_event(when.event, label):
        return True
    when = dated(when, chart)
    if isinstance(when, Calendar):
        return any(
            (day.month, when.year) == (when.month, day.year or when.year) and when.day in (None, day.day)
            for day in days
        )
    return words(when.text) in words(label) or _is_told(when, label, chart)


def _is_told(when: When, label: str, chart: Chart) -> bool:
    """Whether a head has the distance or the number of a day that a moment is told by."""
    said = _told(label)
    if said is None:
        return False
    match when:
        case DayOf(_, number, event):
            return (
                said.is_counted
                and (said.number, said.unit) == (Decimal(number), "d")
                and not _names_other(label, event, chart)
            )
        case Offset(_, At(_, event), 1, duration) if duration.high is None:
            shifts = _first_days(chart.case.events.get(event)) if said.is_counted and said.unit == "d" else (0,)
            apart = _length(duration.value, duration.unit)
            same = any(_length(said.number - shift, said.unit) == apart for shift in shifts)
            return same and not _names_other(label, event, chart)
    return False


def _first_days(event: Event | None) -> tuple[int, ...]:
    """The numbers that the day of an event may have."""
    first = event.first_day if event else None
    return (0, 1) if first == "unknown" else (first or 0,)


def _names_other(label: str, event: str, chart: Chart) -> bool:
    """Whether a head is counted from another event: `3 months after discharge`."""
    own, said = words(event.replace("-", " ")), words(label)
    behind = re.search(r"\n(?:after|from|of|since|post)\n", said)
    named = (words(name.replace("-", " ")) for name in chart.case.events if name != event)
    return bool(behind) and own not in said and any(name in said for name in named)


def _told(label: str) -> _Told | None:
    found = _COUNTED.search(label) or _DISTANCE.search(label)
    if found is None:
        return None
    unit = next((unit for unit in (*_HOURS, *_MONTHS) if found[unit]), "d")
    return _Told(Decimal(found["number"]), unit, found.re is _COUNTED)


def _length(number: Decimal, unit: str) -> tuple[Decimal, str]:
    """A length of time in hours or months, which do not compare."""
    return (number * _HOURS[unit], "h") if unit in _HOURS else (number * _MONTHS.get(unit, 0), "mo")


def _counted(moments: Sequence[When], labels: Sequence[str], chart: Chart) -> dict[When, set[str]]:
    """Moments with a date → the heads with their distance from one event, if there is one that does so for all."""
    told = {label: said for label in labels if (said := _told(label))}
    days = {when: day for when in moments if (day := partial_days(chart.timeline.calendar(when))) != OPEN}
    ways: list[dict[When, set[str]]] = []
    for name, event in chart.case.events.items() if told and days else ():
        start = partial_days(chart.timeline.calendar(At(name, name)))
        for first in (event.first_day,) if event.first_day in (0, 1) else (0, 1):
            way = {
                when: {label for label, said in told.items() if _is_apart(start, day, said, first or 0)}
                for when, day in days.items()
            }
            if all(way.values()) and way not in ways:
                ways.append(way)
    return ways[0] if len(ways) == 1 else {}


def _is_apart(start: Interval, end: Interval, said: _Told, first: int) -> bool:
    """Whether a day is as far from the start as a head says, the day of the start being day `first`."""
    number, unit = _length(said.number, said.unit)
    if not start.earliest or not end.earliest:
        return False
    if unit == "mo":
        return (end.earliest.year - start.earliest.year) * 12 + end.earliest.month - start.earliest.month == number
    is_exact = start.earliest == start.latest and end.earliest == end.latest
    shift = first if said.is_counted and said.unit == "d" else 0
    return is_exact and (end.earliest - start.earliest).days == number / 24 - shift
