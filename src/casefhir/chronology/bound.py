"""A bound between two moments, and the day that it leads to by the calendar."""

from datetime import date
from typing import NamedTuple

from casefhir.chronology.lengths import fewest_days, most_days


class Bound(NamedTuple):
    """`target` is at most `months` and `days` after `source`; with negative months, `source` is so far after it."""

    source: int
    target: int
    months: int
    days: int
    statement: int

    @property
    def weight(self) -> int:
        """It in days, as many as they may be wherever its months lie."""
        if not self.months:
            return self.days
        return self.days + (most_days(self.months) if self.months > 0 else -fewest_days(-self.months))


def latest_day(day: int, bound: Bound) -> int:
    """The last day of the target, if `day` is the last of the source."""
    if not bound.months or not _is_plain(day, bound):
        return day + bound.weight
    if bound.months > 0:
        return _later(day, bound.months) + bound.days
    limit = day + bound.days
    found = _later(limit, bound.months)
    while _later(found + 1, -bound.months) <= limit:
        found += 1
    return found


def earliest_day(day: int, bound: Bound) -> int:
    """The first day of the source, if `day` is the first of the target."""
    if not bound.months or not _is_plain(day, bound):
        return day - bound.weight
    if bound.months < 0:
        return _later(day, -bound.months) - bound.days
    limit = day - bound.days
    found = _later(limit, -bound.months)
    while _later(found, bound.months) < limit:
        found += 1
    while _later(found - 1, bound.months) >= limit:
        found -= 1
    return found


_FIRST, _LAST = date(1000, 1, 1).toordinal(), date(3000, 1, 1).toordinal()
_MOST_MONTHS = 6_000


def _is_plain(day: int, bound: Bound) -> bool:
    """Whether months can be counted: neither the day nor their number is far beyond the calendar."""
    return abs(bound.months) < _MOST_MONTHS and _FIRST < day + bound.days < _LAST


def _later(day: int, months: int) -> int:
    """The same day of the month, so many months later, or the last day of a shorter month."""
    begun = date.fromordinal(day)
    year, month = divmod(begun.year * 12 + begun.month - 1 + months, 12)
    first = date(year, month + 1, 1).toordinal()
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1).toordinal()
    return min(first + begun.day - 1, following - 1)
