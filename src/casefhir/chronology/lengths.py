"""
A printed duration or age → the least and the most days that it may be, whoever rounded it and however.

Authors round up, round down, or count the names of months. So `6 weeks` is anything that is more than 5 weeks and
less than 7, `3 months` more than 2 and less than 4 by the calendar: 2 June to 30 August is called three months, and so
is 30 June to 1 September. Days are counted: `2 days` are two dates apart. Hours may or may not pass midnight. An age is
in completed units, so `4 years` ends on the day before the fifth birthday.
"""

from decimal import Decimal
from functools import cache
from math import ceil, floor
from typing import Final, NamedTuple

from casefhir.model.age import Age
from casefhir.model.duration import Duration
from casefhir.model.hours import Hours


class Length(NamedTuple):
    """So many months of the calendar and then so many days."""

    months: int
    days: int


Apart = tuple[Length, Length | None]
"""The least and the most that lies between two moments; None = nobody knows how much."""

NONE: Final = Length(0, 0)
ANY: Final[Apart] = (NONE, None)

_SLACK = 3
"""Days: 31 January and a month is the last of February, or the third of March."""

_HOURS = {"h": Decimal(1), "min": Decimal(1) / 60, "s": Decimal(1) / 3600}
_MONTHS = {"mo": 1, "a": 12}


def apart(length: Duration) -> Apart:
    """What may lie between two moments that are printed as so far apart; never less than nothing."""
    if length.approximate:
        return ANY
    if length.comparator.startswith("<"):
        return NONE, _whole(length.value, length.unit, 1)
    if length.comparator:
        return _whole(length.value, length.unit, -1), None
    return _rounded(length.value, length.unit, -1), _rounded(length.high or length.value, length.unit, 1)


def apart_by(hours: Hours) -> Apart:
    """What may lie between an event and what is told by hours from it, each of the printed distances rounded."""
    least, most = hours.least - hours.distances, hours.most + hours.distances
    return Length(0, _outwards(least / 24, -1)), Length(0, _outwards(most / 24, 1))


def within(length: Duration) -> Length | None:
    """The most that lies between two moments, one of which is printed as within a duration of the other."""
    return None if length.approximate else _whole(length.high or length.value, length.unit, 1)


def _whole(amount: Decimal, unit: str, side: int) -> Length:
    """A length that is a limit: nothing is rounded, but months are counted in several ways."""
    if unit in _MONTHS:
        return Length(_outwards(amount * _MONTHS[unit], side), side * _SLACK)
    return Length(0, _outwards(_in_days(amount, unit), side))


def _rounded(amount: Decimal, unit: str, side: int) -> Length:
    """The shortest length (`side` is -1) or the longest (1) that is printed as an amount of a unit."""
    if unit == "d":
        return Length(0, _outwards(amount, side))
    limit = amount + side
    if limit < 0:
        return NONE
    if unit in _MONTHS:
        return Length(_outwards(limit * _MONTHS[unit], side), -side)
    inside = 0 if unit in _HOURS else -side
    return Length(0, _outwards(_in_days(limit, unit), side) + inside)


def _in_days(amount: Decimal, unit: str) -> Decimal:
    return amount * _HOURS[unit] / 24 if unit in _HOURS else amount * (7 if unit == "wk" else 1)


def _outwards(amount: Decimal, side: int) -> int:
    return ceil(amount) if side > 0 else floor(amount)


def since_birth(age: Age) -> Apart:
    """
    What may lie between the birth and the moment of an age.

    Source: completed units, the age at the last birthday, as the recommendations of the United Nations have it —
    https://www23.statcan.gc.ca/imdb/p3Var.pl?Function=DEC&Id=25363
    """
    if age.approximate:
        return ANY
    least, most = _completed(age)
    if age.comparator.startswith("<"):
        return NONE, least if age.comparator == "<" else most
    return least, None if age.comparator else most


def _completed(age: Age) -> Apart:
    """The first and the last day of an age; of a range, that of the lower number and that of the higher one."""
    numbers = {"a": age.years, "mo": age.months, "wk": age.weeks, "d": age.days, "h": age.hours}
    written = {unit: number for unit, number in numbers.items() if number is not None}
    last = list(written)[-1]
    highest = written if age.high is None else {last: age.high}
    return _sum(written, -1), _next(_sum(highest, 1), last, highest[last])


def _sum(numbers: dict[str, Decimal], side: int) -> Length:
    """Several units together; what is printed with a point may be half a unit more or less."""
    half = Decimal(side) / 2
    said = {unit: number + half if number.as_tuple().exponent else number for unit, number in numbers.items()}
    months = sum((said[unit] * size for unit, size in _MONTHS.items() if unit in said), Decimal(0))
    days = sum((_in_days(said[unit], unit) for unit in ("wk", "d", "h") if unit in said), Decimal(0))
    return Length(_outwards(months, side), _outwards(days, side))


def _next(reached: Length, unit: str, number: Decimal) -> Length:
    """The last day before one unit more is completed; days and hours may pass one midnight more."""
    if number.as_tuple().exponent:
        return reached
    if unit in _MONTHS:
        return Length(reached.months + _MONTHS[unit], reached.days - 1)
    return Length(reached.months, reached.days + (7 if unit == "wk" else 1))


def is_older(one: Age, other: Age) -> bool:
    """Whether an age is more than another by every reading; nothing is sure of a gestation."""
    if not one.gestation_weeks is other.gestation_weeks is None:
        return False
    least, most = since_birth(one)[0], since_birth(other)[1]
    if most is None:
        return False
    if least.months and most.months:
        return least > most
    return fewest_days(least.months) + least.days > most_days(most.months) + most.days


def since_conception(age: Age) -> Apart:
    """What may lie between the day that a pregnancy is counted from and an age in weeks of gestation."""
    weeks, days = (age.gestation_weeks or 0) * 7, age.gestation_days
    least, most = Length(0, weeks + (days or 0)), Length(0, weeks + (6 if days is None else days))
    if age.approximate:
        return ANY
    if age.comparator.startswith("<"):
        return NONE, most
    return least, None if age.comparator else most


_SHORTEST = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334)
_LONGEST = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)
"""Days of 0 to 11 months of the calendar, wherever they begin."""


@cache
def fewest_days(months: int) -> int:
    """The days of so many months where they are fewest; three leap days in four centuries are left out."""
    years, rest = divmod(months, 12)
    return 365 * years + max(0, years // 4 - 1 - years // 100) + _SHORTEST[rest]


@cache
def most_days(months: int) -> int:
    """The days of so many months where they are most."""
    years, rest = divmod(months, 12)
    return 365 * years - (-years // 4) + _LONGEST[rest]
