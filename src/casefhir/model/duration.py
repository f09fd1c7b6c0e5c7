"""A length of time as the article prints it, text → Duration in one UCUM unit."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from casefhir.model.grammar import GrammarError
from casefhir.model.number import DIGITS, MAX_DIGITS, plain, qualifier

UNITS = {
    "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s",
    "min": "min", "mins": "min", "minute": "min", "minutes": "min",
    "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
    "d": "d", "day": "d", "days": "d",
    "w": "wk", "wk": "wk", "wks": "wk", "week": "wk", "weeks": "wk",
    "mo": "mo", "mos": "mo", "mth": "mo", "mths": "mo", "month": "mo", "months": "mo",
    "a": "a", "y": "a", "yr": "a", "yrs": "a", "year": "a", "years": "a",
}  # fmt: skip
"""Words for a unit of time → its UCUM code; `m` is none of them, for it may be a minute or a month."""

NUMBER_WORDS = {
    "a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip
"""Numbers that articles print as words → digits."""

FACTORS = {("a", "mo"): 12, ("wk", "d"): 7, ("d", "h"): 24, ("h", "min"): 60, ("min", "s"): 60}
"""How many of the smaller unit make the larger, where that is always so; days do not fill a month."""

_FORM = re.compile(rf"([^0-9]*+)({DIGITS})(?:\s*+(?:-|to\b)\s*+({DIGITS}))?+[\s-]*+([^\W\d_]++)\.?\s*+")
_PART = rf"({DIGITS})[\s-]*+([^\W\d_]++)\.?\s*+(?:,\s*+)?+(?:and\b\s*+)?+"


class Duration(NamedTuple):
    """How long: `8 months`, `> 4 h`, `2-3 weeks`, `about 5 months`."""

    text: str
    """The whole duration, as written."""

    value: Decimal
    """The number; of `2-3 weeks` the lower one."""

    high: Decimal | None
    """The higher number of `2-3 weeks`, else None."""

    unit: str
    """UCUM code of the unit: s, min, h, d, wk, mo or a (a year)."""

    approximate: bool = False
    """Whether the article says `about`."""

    comparator: str = ""
    """One of `<`, `<=`, `>`, `>=`, or ""; `up to 3 days` is `<=`."""


def duration(text: str) -> Duration:
    """
    A length of time in one unit.

    `8 months`, `3-day`, `one week`, `> 4 h`, `more than 4 hours`, `2-3 weeks`, `two to three weeks`,
    `about 5 months`. Months stay months: nothing is converted.

    Raises: GrammarError for any other text, also for two units (`1 h 30 min`) and for no number
    (`several weeks`).
    """
    found = _FORM.fullmatch(plain(text)) or _FORM.fullmatch(in_digits(text))
    unit = found and UNITS.get(found[4].casefold())
    if found is None or unit is None:
        raise _refusal(text)
    before, low, high, _ = found.groups()
    said = qualifier(before)
    if said is None or len(low) > MAX_DIGITS or len(high or "") > MAX_DIGITS:
        raise _refusal(text)
    limit = "<=" if said.maximum else said.comparator
    highest = Decimal(high) if high else None
    return _checked(Duration(text.strip(), Decimal(low), highest, unit, said.approximate, limit))


def in_digits(text: str) -> str:
    """A text without digits with its number words in digits: `about two weeks` → `about 2 weeks`."""
    if any(character.isdigit() for character in text):
        return text
    return re.sub(r"[^\W\d_]++", lambda word: NUMBER_WORDS.get(word[0].casefold(), word[0]), text)


def is_vague(text: str) -> bool:
    """Whether a text is a length of time that says no number: `several months`, `a few days`."""
    return re.fullmatch(_VAGUE, text) is not None


_VAGUE = r"(?i)\s*+(?:an?\s+)?(?:several|some|many|few|couple\s+of|number\s+of)\s++[a-z]++\s*+"


def parts(text: str) -> list[tuple[Decimal, str]]:
    """Numbers and UCUM units of a time in several units: `4 years and 2 months`; empty for any other text."""
    if not re.fullmatch(rf"(?:{_PART})++", text):
        return []
    written = [(part[1], UNITS.get(part[2].casefold(), "")) for part in re.finditer(_PART, text)]
    if any(len(digits) > MAX_DIGITS or not unit for digits, unit in written):
        return []
    return [(Decimal(digits), unit) for digits, unit in written]


def in_smaller(times: list[tuple[Decimal, str]]) -> tuple[Decimal, str] | None:
    """Two units as one: 4 years and 2 months are 50 months; None where that is not always so."""
    if len(times) != 2:
        return None
    (large, larger), (small, smaller) = times
    factor = FACTORS.get((larger, smaller))
    return (large * factor + small, smaller) if factor else None


def sums(text: str) -> Iterator[tuple[Decimal, str, int, int]]:
    """The times of a text in two units, as one and exact, with where each stands: 860 and min of `14 h 20 min`."""
    for found in _PAIR.finditer(text):
        if both := in_smaller(parts(found[0])):
            yield *both, *found.span()


_PAIR = re.compile(rf"(?<![\w.,/-])(?:{DIGITS})[\s-]?[^\W\d_]++\.?,?\s(?:and\s)?(?:{DIGITS})[\s-]?[^\W\d_]++")


def _checked(value: Duration) -> Duration:
    if value.high is None:
        return value
    if value.comparator:
        raise GrammarError(f'"{value.text}" compares with a range; write one number, or the range alone')
    if value.value > value.high:
        raise GrammarError(f'"{value.text}" runs from long to short; write the lower number first')
    return value


_MISTAKES = (
    (rf"\s*+({DIGITS})\s*+", r"has no unit of time; write \1 days, \1 weeks or \1 months"),
    (rf"[^0-9]*+({DIGITS})\s*+[mM]\.?\s*+", r"may mean minutes or months; write \1 min or \1 months"),
    (r"([^0-9]*+[0-9]++),\s?([0-9]++[^0-9]*+)", r"has a decimal comma; write \1.\2"),
    (rf"([^0-9]*+)({DIGITS})\s*+or\s*+({DIGITS}\s*+[^\W\d_]++)", r"may be either; write \1\2-\3"),
    (r"(?i)\s*+half\s+an?\s+hour\s*+", "has no number in digits; write 30 min"),
    (r"(?i)\s*+half\s+a\s+year\s*+", "has no number in digits; write 6 months"),
)


def _refusal(text: str) -> GrammarError:
    """What is wrong with a text that is no duration, with the nearest right form where there is one."""
    spelled = in_digits(text)
    for mistake, trouble in _MISTAKES:
        if found := re.fullmatch(mistake, spelled) or re.fullmatch(mistake, text):
            return GrammarError(f'"{text}" {found.expand(trouble)}')
    if len(times := parts(text.strip())) > 1:
        number, unit = in_smaller(times) or times[0]
        return GrammarError(f'"{text}" has more than one unit; write {number} {unit}')
    forms = "8 months, > 4 h, 2-3 weeks or about 5 days"
    if is_vague(text) or not re.search("[0-9]", spelled):
        return GrammarError(f'"{text}" has no number; write it as {forms}')
    return GrammarError(f'"{text}" is not a length of time; write it as {forms}')
