"""Dates, numbered days and distances of the case file → how an article prints them, in digits or in words."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from casefhir.article.dates import MONTH_NAMES
from casefhir.evidence.index import Searched
from casefhir.model.calendar import Calendar
from casefhir.model.duration import Duration
from casefhir.source import Path


class Dated(NamedTuple):
    """A date, as precise as in the case file."""

    path: Path
    said: str
    date: Calendar

    def places(self, part: Searched) -> Iterator[tuple[int, int]]:
        year, month, day = self.date.year, self.date.month, self.date.day
        if month is None:
            yield from (found.span() for found in re.finditer(rf"(?<![0-9.,]){year}(?![0-9])", part.text))
            return
        for printed in part.dates:
            days = [(printed.month, printed.day), *((printed.other,) if printed.other else ())]
            fits = any(month == m and (day is None or day == d) for m, d in days)
            if fits and (printed.year == year or (printed.year is None and day is not None)):
                yield printed.start, printed.end
        if day is None and MONTH_NAMES[month - 1][:3] in part.text:
            alone = _alone(month).finditer(part.text)
            yield from (found.span(1) for found in alone if _has_year(year, part.whole))


def _has_year(year: int, text: str) -> bool:
    """Whether an article prints a year, or the one before it: `in December 2020 …, and in January`."""
    return bool(re.search(rf"(?<![0-9])(?:{year}|{year - 1})(?![0-9])", text))


@lru_cache(maxsize=12)
def _alone(month: int) -> re.Pattern[str]:
    """A month without day and year: `in August`, `since early May`."""
    return re.compile(
        r"\b(?i:in|since|until|till|from|during|by|to|before|after|of|early|mid|late)[\s-]"
        rf"({MONTH_NAMES[month - 1]})\b(?!\.?,?\s(?:of\s)?[0-9])"
    )


def numbered(number: int) -> str:
    """A pattern for what the day of a number is called in one word: `POD5`, `D5`, `HD#5`."""
    return rf"\b(?:POD|HD|DOL|D)[\s#+-]{{0,2}}(?<![0-9]){number}(?![0-9]|[.,][0-9])"


def in_words(distance: Duration, sign: int = 0) -> str:
    """
    A pattern for a distance of one unit in words: `the next morning`, `a week later`; "" if there are more.

    With a sign it is later (1) or earlier (-1).
    """
    if distance.value != 1 or distance.high is not None or distance.unit not in _UNITS:
        return ""
    unit, parts = _UNITS[distance.unit], f"(?:{_UNITS[distance.unit]}{_PARTS.get(distance.unit, '')})"
    later = (rf"(?:next|following|subsequent)\s{parts}", rf"(?:the|an?)\s{parts}\s(?:after|later|following)")
    earlier = (
        rf"(?:previous|preceding|prior)\s{parts}",
        rf"(?:the|an?)\s{parts}\s(?:before|earlier|previously|prior|preceding|ago)",
    )
    either = (rf"{_BEFORE_LENGTH}\s(?:about\s|nearly\s|almost\s|approximately\s)?an?\s{unit}",)
    forms = (*(later if sign >= 0 else ()), *(earlier if sign <= 0 else ()), *either)
    return rf"\b(?i:{'|'.join(forms)})\b"


_UNITS = {"min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_PARTS = {"d": "|morning|afternoon|evening|night"}
_BEFORE_LENGTH = "(?:for|over|within|in|lasting|lasted|of|after|about|nearly|almost|approximately)"
"""What stands before a length, `for a week`, and not before how often something is done, `twice a week`."""
