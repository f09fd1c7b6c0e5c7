"""A text in normal form → the dates printed in it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MONTH_NAMES = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?"
).split("|")
"""A pattern for the name of each month, whole or short."""

_NAMES = f"(?:{'|'.join(MONTH_NAMES)})"
_YEAR = r"(?:18|19|20)[0-9]{2}"
_DAY = r"[0-3]?[0-9]"
_BEFORE, _BEHIND = r"(?<![\w.,/-])", r"(?![\w/-]|[.,][0-9])"
_FORM = re.compile(
    rf"""
      \b(?P<d1>{_DAY})(?:st|nd|rd|th)?[\s.-]{{1,2}}(?:of\s)?(?P<m1>{_NAMES})\b\.?
      (?:[\s,.-]{{1,3}}(?P<y1>{_YEAR})(?![0-9])|(?![\s,.-]{{0,3}}[0-9]{{4}}))
    | \b(?P<m2>{_NAMES})\b\.?[\s.-]{{0,2}}(?P<d2>{_DAY})(?:st|nd|rd|th)?(?![0-9])
      (?:[\s,.-]{{1,3}}(?P<y2>{_YEAR})(?![0-9])|(?![\s,.-]{{0,3}}[0-9]{{4}}))
    | \b(?P<m3>{_NAMES})\b\.?(?:,?\s(?:of\s)?|-)(?P<y3>{_YEAR})(?![0-9])
    | {_BEFORE}(?P<y4>{_YEAR})
      (?:[-/](?P<m4>[01]?[0-9])(?:[-/](?P<d4>{_DAY}))?|\.(?P<m6>[01]?[0-9])\.(?P<d6>{_DAY})
        |[\s-](?P<m7>{_NAMES})\b(?:\.?[\s-](?P<d7>{_DAY}))?){_BEHIND}
    | {_BEFORE}(?P<a5>{_DAY})(?P<sep>[-/.])(?P<b5>{_DAY})(?P=sep)(?P<y5>{_YEAR}){_BEHIND}
    """,
    re.VERBOSE | re.IGNORECASE,
)

_NUMBER = rf"{_DAY}(?:st|nd|rd|th)?(?![0-9])"
_LINK = r"\s?(?:-|&|,?\s(?:and|or|to|until|till|through)\s)\s?"
_DAYS_BEFORE = re.compile(rf"(?<![\w.,/:-])(?:{_NUMBER},\s?)*{_NUMBER}{_LINK}\Z")
_DAYS_BEHIND = re.compile(
    rf"((?:,\s?{_NUMBER})*{_LINK}{_NUMBER})(?:,?\s(?:of\s)?(?P<year>{_YEAR})(?![0-9])|(?=[.;:)](?![0-9])|,\s[a-z]|\Z|"
    r"\s(?:and|but|an?|the|he|she|it|they|we|was|were|is|has|had|when|with|at|in|on|for|from|by|after|before|because|due)\b))"
)
_MONTHS_BEFORE = re.compile(rf"\b(?<![0-9]\s)(?:{_NAMES},\s?)*{_NAMES}{_LINK}\Z", re.IGNORECASE)
_NAME, _DIGITS = re.compile(_NAMES, re.IGNORECASE), re.compile(r"[0-9]+")
_NO_DAYS = re.compile(
    rf"(?:\b(?:days?|nights?|weeks?|months?|years?|pod|cycles?|doses?|grades?|stages?|{_NAMES}\.?)\s?)\Z", re.IGNORECASE
)
"""What stands before numbers that are no days of the month: `day 3 to 12 June`, and `May 6 and 8 June`."""

_HINT = re.compile(
    r"[0-9JFMASOND](?:(?i:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec)|(?<=[0-9])(?:[0-9]{3}[-/.]|[-/.](?:18|19|20)[0-9]{2}))"
)
"""What every date has in it: the beginning of a month, or a year beside a hyphen, a stroke or a point."""


class PrintedDate(NamedTuple):
    """A date as printed, as precise as it is printed."""

    year: int | None
    """None of `on June 28`."""

    month: int
    day: int | None
    start: int
    """Where it begins in the text."""

    end: int
    other: tuple[int, int] | None = None
    """Month and day in the other order, where both are possible: `03/04/2020`."""


def dates(text: str) -> Iterator[PrintedDate]:
    """
    The dates of a text in normal form: `October 2019`, `Jun. 28,2020`, `28th of June 2020`, `2020-06-28`, `28.06.2020`.

    Each day of a list or a range is one, with the month and year that it shares: `2 and 16 March 2020`.
    A year alone is a number. `May 5` is a date, `may 5` is none, and so is `march` in small letters.
    """
    if not _HINT.search(text):  # ten times as fast
        return
    for found in _FORM.finditer(text):
        if date := _date(found):
            yield from _listed(date, found)


def _listed(date: PrintedDate, found: re.Match[str]) -> Iterator[PrintedDate]:
    """A date, and those of the list that it ends, `2 and 16 March`, or begins, `March 2 and 16`."""
    if found["m2"] and not date.year and (behind := _DAYS_BEHIND.match(found.string, date.end)):
        date = date._replace(year=int(behind["year"]) if behind["year"] else None)
        listed = [date, *_days(date, found.string, *behind.span(1))]
        yield from (*listed[:-1], listed[-1]._replace(end=behind.end()))
        return
    if found["m1"]:
        yield from _days_before(date, found.string)
    elif found["m3"]:
        yield from _months_before(date, found.string)
    yield date


def _days_before(date: PrintedDate, text: str) -> Iterator[PrintedDate]:
    """The days of a list that ends with a date: `2` of `2 and 16 March 2020`."""
    days = _DAYS_BEFORE.search(text, max(0, date.start - 60), date.start)
    if days and not _NO_DAYS.search(text, max(0, days.start() - 12), days.start()):
        yield from _days(date, text, *days.span())


def _months_before(date: PrintedDate, text: str) -> Iterator[PrintedDate]:
    """The months of a list that ends with a month and its year: `May` of `May and July 2019`."""
    if months := _MONTHS_BEFORE.search(text, max(0, date.start - 60), date.start):
        for name in _NAME.finditer(text, *months.span()):
            if name[0][0].isupper():
                yield PrintedDate(date.year, _month(name[0]), None, *name.span())


def _days(date: PrintedDate, text: str, start: int, end: int) -> Iterator[PrintedDate]:
    """The days between two places, each in the month and year of a date."""
    for day in _DIGITS.finditer(text, start, end):
        if 1 <= int(day[0]) <= 31:
            yield date._replace(day=int(day[0]), start=day.start(), end=day.end())


def _date(found: re.Match[str]) -> PrintedDate | None:
    part = found.groupdict()
    start, end = found.span()
    if part["a5"]:
        return _both(int(part["a5"]), int(part["b5"]), int(part["y5"]), start, end)
    name = part["m1"] or part["m2"] or part["m3"] or part["m7"]
    if name and not name[0].isupper():
        return None
    month = _month(name) if name else int(part["m4"] or part["m6"])
    year = next((int(part[y]) for y in ("y1", "y2", "y3", "y4") if part[y]), None)
    day = next((int(part[d]) for d in ("d1", "d2", "d4", "d6", "d7") if part[d]), None)
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return PrintedDate(year, month, day, start, end)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].casefold()) + 1


def _both(first: int, second: int, year: int, start: int, end: int) -> PrintedDate | None:
    """Day and month of `28/06/2020`, in either order if both can be."""
    if not (1 <= first <= 31 and 1 <= second <= 31 and min(first, second) <= 12):
        return None
    if second > 12:
        return PrintedDate(year, first, second, start, end)
    other = (first, second) if first <= 12 and first != second else None
    return PrintedDate(year, second, first, start, end, other)
