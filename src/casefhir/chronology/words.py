"""Intervals, ages and distances → the words of a table."""

from decimal import Decimal
from typing import Final

from casefhir.chronology import Days
from casefhir.model.days import Interval, partial, partial_days
from casefhir.model.hours import Hours

_DAY: Final = "day"


def days(interval: Interval) -> str:
    """`2020-06`, `2020-06-09..2020-07-20`, `2020-06-09..`: with both ends; empty where nothing is known."""
    first, last = interval
    if first is None and last is None:
        return ""
    said = partial(interval)
    if said and partial_days(said) == interval:
        return said
    return f"{first or ''}..{last or ''}"


def age(since: Days) -> str:
    """`4 y`, `3-4 y`, `from 3 y on`: in completed years, months or days; months count as they do on average."""
    least, most = since
    if least is None and most is None:
        return ""
    size, unit = _unit(most if most is not None else least or 0)
    low = None if least is None else _completed(least + _SHORT, size) if size > 1 else least
    high = None if most is None else _completed(most - _SHORT, size) if size > 1 else most
    if low is None:
        return f"up to {high} {unit}" if (high or 0) >= 0 else "before birth"
    if high is None:
        return f"from {low} {unit} on"
    return f"{high} {unit}" if low >= high else f"{low}-{high} {unit}"


_SHORT = 3
"""Days: a month or a year is as many days shorter or longer than on average."""


def _unit(days: int) -> tuple[float, str]:
    return (1, "d") if abs(days) < 92 else (30.436875, "mo") if abs(days) < 731 else (365.2425, "y")


def _completed(days: int, size: float) -> int:
    return int(days // size)


def apart(event: str, distance: Days) -> str:
    """`8 to 20 days after admission`, `admission or later`, `3 days before surgery or earlier`."""
    least, most = (None if days is None else Decimal(days) for days in distance)
    if least is not None and most is not None:
        return _between(event, least, most, _DAY)
    if least is not None:
        return f"{event} or later" if least == 0 else f"{_from(event, least, _DAY)} or later"
    assert most is not None, "one of the two is known"
    return f"{event} or earlier" if most == 0 else f"{_from(event, most, _DAY)} or earlier"


def hours(told: Hours) -> str:
    """`3.5 h after ingestion`, `2 to 4 h before surgery`, `30 min after admission`."""
    size, unit = (1, "h") if max(abs(told.least), abs(told.most)) >= 1 else (60, "min")
    return _between(told.event, round(told.least * size, 2), round(told.most * size, 2), unit)


def _from(event: str, count: Decimal, unit: str) -> str:
    return f"{_amount(abs(count), unit)} {'after' if count > 0 else 'before'} {event}"


def _between(event: str, least: Decimal, most: Decimal, unit: str) -> str:
    if least == most:
        return event if least == 0 else _from(event, least, unit)
    if least >= 0:
        return f"{_plain(least)} to {_amount(most, unit)} after {event}"
    if most <= 0:
        return f"{_plain(-most)} to {_amount(-least, unit)} before {event}"
    return f"{_amount(-least, unit)} before to {_amount(most, unit)} after {event}"


def _amount(count: Decimal, unit: str) -> str:
    return f"{_plain(count)} {unit}s" if unit == _DAY and count != 1 else f"{_plain(count)} {unit}"


def _plain(count: Decimal) -> str:
    return f"{count.normalize():f}"


def lasting(start: Interval, end: Interval | None) -> str:
    """The days of an event: of one that lasted, those of both ends."""
    said = days(start)
    ended = days(end) if end else ""
    return f"{said} to {ended}" if ended and said != ended else said


def born(interval: Interval) -> str:
    """One sentence on the birth."""
    first, last = interval
    if first and last:
        return f"born {first}" if first == last else f"born between {first} and {last}"
    return f"born {first} or later" if first else f"born {last} or earlier"
