"""The digits of a date → a partial date of the calendar, as precise as it was printed."""

from datetime import date
from typing import NamedTuple

from casefhir.model.grammar import GrammarError


class Calendar(NamedTuple):
    """A partial date of the calendar, as precise as it was printed: `2021`, `2021-01`, `2021-01-09`."""

    text: str
    year: int
    month: int | None = None
    day: int | None = None


def calendar(text: str, at: int, year: str, month: str | None, day: str | None) -> Calendar:
    """
    The partial date of these digits; `at` is the place of `text` in the whole.

    Raises: GrammarError if the calendar has no such month or day, or the year is none of a case report.
    """
    y, m, d = int(year), int(month or 1), int(day or 1)
    if not 1800 <= y <= 2100:
        raise GrammarError(f'"{text}" is not a date of a case report; years go from 1800 to 2100', at)
    if not 1 <= m <= 12:
        swapped = day and d <= 12 and m <= 28
        offer = f"{year}-{day}-{month}" if swapped else f"{year}-01 to {year}-12, or {year}"
        raise GrammarError(f'"{text}" has no month {month}; write {offer}', at)
    if d > 28 or d < 1:
        _check_day(text, at, y, m, d)
    return Calendar(text, y, m if month else None, d if day else None)


def _check_day(text: str, at: int, year: int, month: int, day: int) -> None:
    try:
        date(year, month, day)
    except ValueError:
        hint = f"write {text[:7]} if the day is not known"
        raise GrammarError(f'"{text}" is not a day of the calendar; {hint}', at) from None
