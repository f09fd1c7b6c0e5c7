"""What a passage must print to prove a value: numbers with their unit, a date, how often, or a name with digits."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, Protocol

from casefhir.article import Number
from casefhir.article.numbers import linked
from casefhir.evidence.index import Searched
from casefhir.evidence.quote import spans, stands
from casefhir.evidence.units import TIMES, agrees, has_unit
from casefhir.model.calendar import Calendar
from casefhir.source import Path


class Need(Protocol):
    """One thing that must be printed."""

    @property
    def path(self) -> Path:
        """The place of the value in the case file."""

    @property
    def said(self) -> str:
        """The value as the case file has it."""

    def places(self, part: Searched) -> Iterator[tuple[int, int]]:
        """Where it is printed in a passage."""


class Numbers(NamedTuple):
    """One number or several that follow each other, with the unit behind the last: `10.3 µg/L`, `105/57 mmHg`."""

    path: Path
    said: str
    values: tuple[Decimal, ...]
    unit: str | None = ""
    """As written or as UCUM code; "" if none is asked for, None if the article must print none."""

    comparator: str | None = None
    """What must stand before it; None if that does not matter."""

    loose: bool = False
    """Whether the unit may go on behind a stroke, as it does in doses."""

    refuted: tuple[str, ...] = ()
    """What must not stand before it, for it says the opposite: `more than 5` of `normal < 5`."""

    def places(self, part: Searched) -> Iterator[tuple[int, int]]:
        return self._places(part, any_unit=False)

    def values_at(self, part: Searched) -> Iterator[tuple[int, int]]:
        """Where its values are printed, with any unit."""
        return self._places(part, any_unit=True)

    def _places(self, part: Searched, *, any_unit: bool) -> Iterator[tuple[int, int]]:
        if not all(may_stand(value, part.text) for value in self.values):
            return
        count = len(self.values)
        for at in range(len(part.numbers) - count + 1):
            run = part.numbers[at : at + count]
            if any(number.value != value for number, value in zip(run, self.values, strict=True)):
                continue
            if any_unit and run[0].spelled:
                continue
            if run[0].comparator in self.refuted:
                continue
            if self.comparator is not None and run[0].comparator != self.comparator:
                continue
            if any_unit or self._has_unit(part, at + count - 1):
                yield run[0].start, run[-1].end

    def _has_unit(self, part: Searched, at: int) -> bool:
        number = part.numbers[at]
        if self.unit is None:
            return not has_unit(number.after)
        if not self.unit or agrees(self.unit, number.after, loose=self.loose):
            return True
        if self.unit in TIMES and _counted_from(part.text[: number.start], self.unit):
            return True
        following = part.numbers[at + 1] if at + 1 < len(part.numbers) else None
        shared = following is not None and linked(number, following, part.text)
        return shared and following is not None and agrees(self.unit, following.after, loose=self.loose)


def may_stand(value: Decimal, text: str) -> bool:
    """Whether a number may be in a text, by its digits: to read all numbers of the text takes far longer."""
    whole = int(abs(value))
    return (whole < 100 and value == value.to_integral_value()) or str(whole)[-3:] in text


def _counted_from(before: str, unit: str) -> bool:
    """Whether the unit of time stands before the number: `day 17`, `aged 66`."""
    aged = r"|aged?(?:\sof)?" if unit == "a" else ""
    return bool(re.search(rf"\b(?:{TIMES[unit]}{aged})\s?\Z", before[-14:], re.IGNORECASE))


class Told(NamedTuple):
    """A number in own words: a small one must have one of its neighbours beside it, exon 2 and `in exon 2`."""

    path: Path
    said: str
    value: Decimal
    before: str
    behind: str

    def places(self, part: Searched) -> Iterator[tuple[int, int]]:
        if not may_stand(self.value, part.text):
            return
        is_rare = len(self.value.as_tuple().digits) > 2 or self.value % 1 != 0
        for number in part.numbers:
            if number.value == self.value and (is_rare or self._has_neighbour(part, number)):
                yield number.start, number.end

    def _has_neighbour(self, part: Searched, number: Number) -> bool:
        before = part.lower[: number.start].rstrip(" -(")
        behind = part.lower[number.end :].lstrip(" -")
        stem = self.behind.removesuffix("s")
        if stem and behind.startswith(stem):
            return True
        is_time = any(re.fullmatch(form, self.behind) for form in TIMES.values())
        return bool(self.before) and not is_time and before.endswith(self.before)


class Counted(NamedTuple):
    """How many doses there were: `twice`, `six infusions`, `a single daily dose`."""

    path: Path
    said: str
    doses: int

    def places(self, part: Searched) -> Iterator[tuple[int, int]]:
        for number in part.numbers:
            if number.value == self.doses and (number.text.casefold() in _TIMES_OVER or _DOSES.match(number.after)):
                yield number.start, number.end


_TIMES_OVER = ("once", "twice", "thrice")
_DOSES = re.compile(
    r"-?\s?(?:[A-Za-z-]+\s){0,2}(?:doses?|infusions?|injections?|administrations?|applications?|times?|courses?|"
    r"cycles?|pulses?|bolus(?:es)?|tablets?|capsules?|vials?)\b",
    re.IGNORECASE,
)


class Dated(NamedTuple):
    """A date, as precise as in the case file."""

    path: Path
    said: str
    date: Calendar

    def places(self, part: Searched) -> Iterator[tuple[int, int]]:
        year, month, day = self.date.year, self.date.month, self.date.day
        if month is None:
            yield from (
                (found.start(), found.end()) for found in re.finditer(rf"(?<![0-9.,]){year}(?![0-9])", part.text)
            )
            return
        for printed in part.dates:
            days = [(printed.month, printed.day), *((printed.other,) if printed.other else ())]
            fits = any(month == m and (day is None or day == d) for m, d in days)
            if fits and (printed.year == year or (printed.year is None and day is not None)):
                yield printed.start, printed.end


class Often(NamedTuple):
    """A number of times in a period: `3 times/day`, `every 2 weeks`, `BID`."""

    path: Path
    said: str
    times: int
    period: Decimal
    unit: str

    def places(self, part: Searched) -> Iterator[tuple[int, int]]:
        for found in re.finditer("|".join(self._forms()), part.counted.text, re.IGNORECASE):
            yield part.counted.origin(found.start()), part.counted.origin(found.end())

    def _forms(self) -> Iterator[str]:
        unit = f"(?:{TIMES[self.unit]}|{_ADVERBS.get(self.unit, '(?!)')})"
        period = r"(?:1\s?)?" if self.period == 1 else rf"{self.period.normalize():f}[\s-]?"
        yield rf"(?<![0-9.]){self.times}\s?(?:x|times?)?\s?(?:(?:a|an|per|every|each|in)\b|/)?\s?{period}{unit}"
        if self.times == 1:
            yield rf"(?:(?:every|each|per|a|an)\s|/\s?|\bq\.?\s?){period}{unit}"
        if self.times == 1 and self.period == 1:
            yield rf"\b{_ADVERBS.get(self.unit, '(?!)')}\b"
        if self.period == 1 and self.unit == "d":
            yield rf"\b(?:{_ABBREVIATIONS.get(self.times, '(?!)')})\b"
            if self.times > 1 and 24 % self.times == 0:
                yield from self._replace(times=1, period=Decimal(24 // self.times), unit="h")._forms_of_hours()
        if self.times == 1 and self.unit == "h" and self.period and 24 % self.period == 0:
            yield from self._replace(times=int(24 / self.period), period=Decimal(1), unit="d")._forms_of_days()

    def _forms_of_hours(self) -> Iterator[str]:
        yield rf"(?:(?:every|each)\s|/\s?|\bq\.?\s?){self.period}[\s-]?{TIMES['h']}"

    def _forms_of_days(self) -> Iterator[str]:
        yield rf"(?<![0-9.]){self.times}\s?(?:x|times?)?\s?(?:(?:a|per|each)\b|/)?\s?(?:day|daily)\b"
        yield rf"\b(?:{_ABBREVIATIONS.get(self.times, '(?!)')})\b"


_ADVERBS = {"d": "daily", "wk": "weekly", "mo": "monthly", "a": "(?:yearly|annually)", "h": "hourly"}
_ABBREVIATIONS = {
    1: r"o\.?d\.?|q\.?d\.?",
    2: r"b\.?i\.?d\.?|b\.?d\.?",
    3: r"t\.?i\.?d\.?|t\.?d\.?s\.?",
    4: r"q\.?i\.?d\.?|q\.?d\.?s\.?",
}


class Token(NamedTuple):
    """A word with digits in it, such as `CD117`, `pT2` or `4+`."""

    path: Path
    said: str
    token: str

    def places(self, part: Searched) -> Iterator[tuple[int, int]]:
        return (found.span() for found in _token(self.token.lower()).finditer(part.lower))


@lru_cache(maxsize=512)
def _token(token: str) -> re.Pattern[str]:
    """A token with anything or nothing between its letters and digits: IL-6, `IL 6`, `(IL)-6`."""
    runs = re.findall(r"[^\W\d_]+|[0-9]+(?:\.[0-9]+)*|[+/.]", token)
    inner = r"[\s()-]{0,2}".join(map(re.escape, runs))
    before = r"(?<![0-9])(?<![0-9]\.)" if token[:1].isdigit() else r"(?<![^\W\d_])"
    behind = r"(?![0-9])" if token[-1:].isdigit() else r"(?![^\W\d_])"
    return re.compile(f"{before}{inner}{behind}")


class Printed(NamedTuple):
    """A text that must stand in the passage as it is."""

    path: Path
    said: str

    def places(self, part: Searched) -> Iterator[tuple[int, int]]:
        return spans(self.said, part.text)


def is_met(need: Need, part: Searched) -> bool:
    """Whether a passage prints what is needed."""
    if isinstance(need, Printed):  # to tell where it stands takes ten times as long
        return stands(need.said, part)
    return next(need.places(part), None) is not None


def lone_numbers(part: Searched) -> Iterator[Number]:
    """The numbers that measure something: printed in digits."""
    return (number for number in part.numbers if not number.spelled)
