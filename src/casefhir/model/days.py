"""Days: the interval of a printed date, and of what lies before, beside or at a distance from it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from math import ceil, floor
from typing import NamedTuple

from casefhir.model.duration import Duration


class Interval(NamedTuple):
    """The days in which a moment may lie, both ends included; None = open."""

    earliest: date | None
    latest: date | None


OPEN = Interval(None, None)

Reach = tuple[Decimal | None, Decimal | None]
"""The least and the most of a distance, negative for the past; None = open."""

_SECONDS = {"wk": 604_800, "d": 86_400, "h": 3_600, "min": 60, "s": 1}
_MONTHS = {"mo": 1, "a": 12}
_DAY = timedelta(days=1)


def printed(year: int, month: int | None, day: int | None) -> Interval:
    """The days that a printed date may be."""
    if month and day:
        return Interval(date(year, month, day), date(year, month, day))
    first = year * 12 + (month or 1) - 1
    return Interval(_first_of(first), _first_of(first + (1 if month else 12)) - _DAY)


_DAYS_OF = {"early": (1, 15), "mid": (6, 25), "late": (16, 31)}
_MONTHS_OF = {"early": (1, 6), "mid": (3, 10), "late": (7, 12)}


def part(name: str, year: int, month: int | None) -> Interval:
    """
    The days that somebody may call early, mid or late in a month or a year.

    No standard says which they are. They are so many that whoever says so means one of them: early is in the first half
    and late in the other, mid is from the 6th to the 25th of a month, and from March to October of a year.
    """
    if month:
        first, last = _DAYS_OF[name]
        end = _first_of(year * 12 + month) - _DAY
        return Interval(date(year, month, first), date(year, month, min(last, end.day)))
    first, last = _MONTHS_OF[name]
    return Interval(_first_of(year * 12 + first - 1), _first_of(year * 12 + last) - _DAY)


def _first_of(month: int) -> date:
    """The first day of a month, months counted from the year 0."""
    return date(month // 12, month % 12 + 1, 1)


def partial(days: Interval) -> str | None:
    """The finest partial date that holds all days of an interval; None where there is none."""
    first, last = days
    if first is None or last is None or first.year != last.year:
        return None
    if first == last:
        return first.isoformat()
    return first.isoformat()[: 7 if first.month == last.month else 4]


def ends(days: Interval) -> tuple[str | None, str | None]:
    """
    The first and the last day of an interval; as months, where it begins with one and ends with one.

    Both are of one precision, as FHIR compares no month with one of its days.
    """
    first, last = days
    is_months = (first is None or first.day == 1) and (last is None or (last + _DAY).day == 1)
    size = len("2020-06") if is_months else len("2020-06-15")
    return first.isoformat()[:size] if first else None, last.isoformat()[:size] if last else None


def partial_days(written: str | None) -> Interval:
    """The days of a partial date; None is any day."""
    if written is None:
        return OPEN
    year, month, day = (*map(int, written.split("-")), None, None)[:3]
    assert year, "a partial date begins with its year"
    return printed(year, month, day)


def hull(one: Interval, other: Interval) -> Interval:
    """From the earliest day of both to the latest."""
    earliest = min(one.earliest, other.earliest) if one.earliest and other.earliest else None
    return Interval(earliest, max(one.latest, other.latest) if one.latest and other.latest else None)


def beside(kind: str, days: Interval, *, itself: bool) -> Interval:
    """Before, by or after some days; `itself`: whether these days too are possible."""
    first, last = days
    if kind == "by":
        return Interval(None, last)
    if kind == "before":
        return Interval(None, first - _DAY if first and not itself else last)
    return Interval(last + _DAY if last and not itself else first, None)


def reach(length: Duration, sign: int) -> Reach:
    """The least and the most that a duration may be, in the direction of `sign`."""
    if length.approximate:
        return None, None
    least = Decimal(0) if length.comparator.startswith("<") else length.value
    most = None if length.comparator.startswith(">") else length.high or length.value
    return (least, most) if sign > 0 else (None if most is None else -most, -least)


def moved(days: Interval, reach: Reach, unit: str) -> Interval:
    """An interval at a distance from another."""
    least, most = reach
    earliest, latest = _day(days.earliest, least, unit, floor), _day(days.latest, most, unit, ceil)
    if least == most:
        return Interval(earliest, latest)
    # Whole months are counted, but within 3 months after a day is not before it.
    return Interval(days.earliest if least == 0 else earliest, days.latest if most == 0 else latest)


def _day(day: date | None, amount: Decimal | None, unit: str, whole: Callable[[Decimal], int]) -> date | None:
    """The first day (`whole` is floor) or the last (ceil) at a distance; None = open, or out of range."""
    if day is None or amount is None:
        return None
    try:
        if unit in _SECONDS:
            return date.fromordinal(day.toordinal() + in_days(amount, unit, whole))
        size = _MONTHS[unit]
        first = ((day.year * 12 + day.month - 1) // size + whole(amount)) * size
        return _first_of(first) if whole is floor else _first_of(first + size) - _DAY
    except (OverflowError, ValueError):
        return None


def in_days(amount: Decimal, unit: str, whole: Callable[[Decimal], int]) -> int:
    """The fewest days (`whole` is floor) or the most (ceil); months and years give or take one."""
    if unit in _SECONDS:
        return whole(amount * _SECONDS[unit] / 86_400)
    months = amount * _MONTHS[unit] + (_MONTHS[unit] if whole is ceil else -_MONTHS[unit])
    return whole(months * Decimal("30.44")) + (5 if whole is ceil else -5)
