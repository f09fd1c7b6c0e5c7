"""What a passage must print to prove a value: numbers with their unit, or a name with digits."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, Protocol

from casefhir.article import Number
from casefhir.article.numbers import COMPARATORS, linked
from casefhir.evidence.heads import is_in_head
from casefhir.evidence.index import Searched, text_of
from casefhir.evidence.quote import spans, stands
from casefhir.evidence.series import unit_of_series
from casefhir.evidence.units import TIMES, agrees, agrees_by_day, has_unit
from casefhir.model.duration import sums
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

    words: str = ""
    """A pattern of words that may stand in its place: `the next day` of 1 day."""

    is_range: bool = False
    """Whether it is a reference range, which may stand apart from the value, in a head or a row of references."""

    def places(self, part: Searched) -> Iterator[tuple[int, int]]:
        yield from self._places(part, any_unit=False)
        if self.words:
            yield from (found.span() for found in re.finditer(self.words, part.text))
        if self.unit in TIMES and len(self.values) == 1:
            yield from self._sums(part)

    def _sums(self, part: Searched) -> Iterator[tuple[int, int]]:
        """Where it is printed in two units of time: 860 min as `14 h 20 min`."""
        for value, unit, start, end in sums(part.text):
            printed = next((number.comparator for number in part.numbers if number.start == start), "")
            if (value, unit) == (self.values[0], self.unit) and self.comparator in (None, printed):
                yield start, end

    def values_at(self, part: Searched) -> Iterator[tuple[int, int]]:
        """Where its values are printed, with any unit."""
        return self._places(part, any_unit=True)

    def _places(self, part: Searched, *, any_unit: bool) -> Iterator[tuple[int, int]]:
        if len(self.values) == 1 and "10^" in part.text:
            yield from self._powers(part, any_unit=any_unit)
        if not all(may_stand(value, part.text) for value in self.values):
            return
        if not any_unit and len(self.values) == 1:
            yield from self._parted(part)
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
            if any_unit or self._has_unit(part, at + count - 1) or self._is_in_head(part, run):
                yield run[0].start, run[-1].end

    def _is_in_head(self, part: Searched, run: Sequence[Number]) -> bool:
        """Whether the unit stands in a head of the table: `Haemoglobin (g/dL) | 10.1`."""
        return bool(self.unit) and is_in_head(self.unit, part, run[0].start, run[-1].end, loose=self.loose)

    def _powers(self, part: Searched, *, any_unit: bool) -> Iterator[tuple[int, int]]:
        """Where a power of ten is its value: `10^6 CFU/mL` of 1000000 CFU/mL."""
        for power in part.powers:
            is_it = power.value == self.values[0] and self.comparator in (None, power.comparator)
            if is_it and (any_unit or not self.unit or agrees(self.unit, power.after, loose=self.loose)):
                yield power.start, power.end

    def _parted(self, part: Searched) -> Iterator[tuple[int, int]]:
        """Where it is printed with a blank behind its decimal comma; `2, 5 days` are two numbers of days."""
        if not self.unit or self.unit in TIMES or self.values[0] % 1 == 0:
            return
        for number in part.parted:
            is_it = number.value == self.values[0] and self.comparator in (None, number.comparator)
            if is_it and agrees(self.unit, number.after, loose=self.loose):
                yield number.start, number.end

    def _has_unit(self, part: Searched, at: int) -> bool:
        number = part.numbers[at]
        if self.unit is None:
            return not has_unit(number.after) and is_in_head(None, part, number.start, number.end, loose=False)
        if not self.unit or agrees(self.unit, number.after, loose=self.loose):
            return True
        if self.unit == "a" and _AT_AGE.search(part.text[: number.start][-4:]) and _NO_UNIT.match(number.after):
            return True
        if agrees_by_day(self.unit, number.after, part.text[: number.start]):
            return True
        first, last = _list_around(part, at)
        if self.unit in TIMES and counted_from(part.text[: part.numbers[first].start], self.unit):
            return first == at or not has_unit(number.after)
        if last > at and agrees(self.unit, part.numbers[last].after, loose=self.loose):
            return True
        return self.unit not in TIMES and agrees(self.unit, unit_of_series(part, at), loose=self.loose)


def _list_around(part: Searched, at: int) -> tuple[int, int]:
    """The first and the last number of the list or range that a number stands in: of `days 3, 7 and 14`."""
    first = last = at
    while first and linked(part.numbers[first - 1], part.numbers[first], part.text):
        first -= 1
    while last + 1 < len(part.numbers) and linked(part.numbers[last], part.numbers[last + 1], part.text):
        last += 1
    return first, last


def start_of_list(part: Searched, start: int) -> int:
    """Where the list begins whose number begins at a place: of the 14 of `days 3, 7 and 14` the place of the 3."""
    at = next((at for at, number in enumerate(part.numbers) if number.start == start), None)
    return start if at is None else part.numbers[_list_around(part, at)[0]].start


def may_stand(value: Decimal, text: str) -> bool:
    """Whether a number may be in a text, by its digits: to read all numbers of the text takes far longer."""
    whole = int(abs(value))
    return (whole < 100 and value == value.to_integral_value()) or str(whole)[-3:] in text


def counted_from(before: str, unit: str) -> bool:
    """Whether the unit of time stands before the number: `day 17`, `POD 5`, `aged 66`."""
    return bool(re.search(rf"\b(?:{TIMES[unit]}{_COUNTED.get(unit, '')})\)?\s?#?\Z", before[-14:], re.IGNORECASE))


_AT_AGE = re.compile(r"\bat\s\Z", re.IGNORECASE)
_NO_UNIT = re.compile(r"(?:[.,;)](?:\s|\Z)|\Z|(?:of|from|in|with|after|because|and|but|due)\b)", re.IGNORECASE)
"""What stands behind an age without its unit: `died at 74 of a stroke`."""

_COUNTED = {"a": r"|aged?(?:\sof)?", "d": r"|POD|HD|DOL"}
"""What else a unit of time is called before a number: day of life, hospital day."""


def _one_by_one(whole: str, held: str, part: Searched) -> Iterator[tuple[int, int]]:
    """Where own words are printed one by one, which hold some characters: the first look at a passage is for those."""
    if whole and held in part.text and stands(whole, part):
        yield from spans(whole, part.text)


class Told(NamedTuple):
    """A number in own words: a small one must have one of its neighbours beside it, exon 2 and `in exon 2`."""

    path: Path
    said: str
    value: Decimal
    before: str
    behind: str
    whole: str = ""
    """The words that it stands in, which prove it where they are printed one by one; "" if it stands alone."""

    def places(self, part: Searched) -> Iterator[tuple[int, int]]:
        if not may_stand(self.value, part.text):
            return
        is_rare = len(self.value.as_tuple().digits) > 2 or self.value % 1 != 0
        for number in part.numbers:
            if number.value == self.value and (is_rare or self._has_neighbour(part, number)):
                yield number.start, number.end
        yield from _one_by_one(self.whole, self.said, part)

    def _has_neighbour(self, part: Searched, number: Number) -> bool:
        before = part.lower[: number.start].rstrip(" -(:=")
        behind = part.lower[number.end :].lstrip(" -")
        if time := next((form for form in TIMES.values() if re.fullmatch(form, self.behind)), ""):
            return bool(re.match(time, behind))
        stem = self.behind.removesuffix("s")
        if stem and behind.startswith(stem):
            return True
        if number.comparator and COMPARATORS.get(self.before) == number.comparator:
            return True  # `above 10` and `> 10`
        return bool(self.before) and (before.endswith(self.before) or self._is_verb_between(before))

    def _is_verb_between(self, before: str) -> bool:
        """Whether a number is said to be that of its neighbour: `score of 7`, `score was 7`."""
        return bool(re.search(rf"\b{re.escape(self.before)}\s(?:of|was|is|were)\Z", before[-40:]))


class Token(NamedTuple):
    """A word with digits in it, such as `CD117`, `pT2` or `4+`."""

    path: Path
    said: str
    token: str
    whole: str = ""
    """The words that it stands in, which prove it where they are printed one by one; "" if it stands alone."""

    words: str = ""
    """A pattern of what may stand in its place: `++` of 2+."""

    def places(self, part: Searched) -> Iterator[tuple[int, int]]:
        token = self.token.lower()
        yield from (found.span() for found in _token(token).finditer(part.lower))
        if self.words:
            yield from (found.span() for found in re.finditer(self.words, part.text))
        yield from _one_by_one(self.whole, self.token[-1], part)
        if f"/{token[-1]}" in part.lower and (gene := _GENE.fullmatch(token)):
            yield from (f.span() for f in re.finditer(rf"\b{gene[1]}-?[0-9](?:/[0-9])*/{gene[2]}\b", part.lower))


_GENE = re.compile(r"([a-z]+)([0-9])")
"""A name with one digit at its end, of which the article may print the digit alone: BRCA2 of `BRCA1/2`."""


@lru_cache(maxsize=512)
def _token(token: str) -> re.Pattern[str]:
    """A token with anything or nothing between its letters and digits: IL-6, `IL 6`, `(IL)-6`."""
    runs = re.findall(r"[^\W\d_]+|[0-9]+(?:\.[0-9]+)*|[+/.:]", token)
    inner = r"[\s()-]{0,2}".join(map(re.escape, runs))
    before = r"(?<![0-9])(?<![0-9]\.)" if token[:1].isdigit() else r"(?<![^\W\d_])"
    behind = r"(?![0-9])" if token[-1:].isdigit() else r"(?![^\W\d_])"
    return re.compile(f"{before}{inner}{behind}")


class Printed(NamedTuple):
    """A text that must stand in the passage as it is; in a table, its number in a cell and its unit in a head of it."""

    path: Path
    said: str

    def places(self, part: Searched) -> Iterator[tuple[int, int]]:
        yield from spans(self.said, part.text)
        if part.row:
            yield from self._in_table(part)

    def _in_table(self, part: Searched) -> Iterator[tuple[int, int]]:
        wanted = text_of(self.said).numbers
        if len(wanted) != 1 or not wanted[0].after:
            return
        value, comparator = wanted[0].value, wanted[0].comparator
        for number in part.numbers:
            is_it = (number.value, number.comparator) == (value, comparator)
            if is_it and is_in_head(wanted[0].after, part, number.start, number.end, loose=False):
                yield number.start, number.end


def is_met(need: Need, part: Searched) -> bool:
    """Whether a passage prints what is needed."""
    if isinstance(need, Printed):  # to tell where it stands takes ten times as long
        return stands(need.said, part) or (part.row is not None and next(need.places(part), None) is not None)
    return next(need.places(part), None) is not None


def begins(need: Need, part: Searched) -> bool:
    """Whether a passage begins with a moment, so that what follows is told of it: `At 5 h`, `Two weeks later`."""
    return any(_LEADING.fullmatch(part.text, 0, start) for start, _ in need.places(part))


_LEADING = re.compile(
    r"(?:(?:at|on|by|after|within|over|from|during|in|about|approximately|around|some|the|day|hospital|postoperative|"
    r"post-operative)\b[\s-]?){0,5}#?",
    re.IGNORECASE,
)
"""What may stand before the moment that a sentence begins with."""


def is_printed(need: Need, part: Searched) -> bool:
    """Whether a passage prints what is needed, and does not only mean it."""
    return is_met(need, part) and (isinstance(need, Printed) or any(start < end for start, end in need.places(part)))
