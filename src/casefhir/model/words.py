"""A text from a place on → its words, and the numbers and spans of time among them."""

import re
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from casefhir.model.duration import NUMBER_WORDS, UNITS, Duration, duration
from casefhir.model.grammar import GrammarError
from casefhir.model.number import ABOUT, COMPARATORS, UP_TO


class Words(NamedTuple):
    """The words of a text: `/` is a word of its own, a comma at a word's end is none of it."""

    text: str
    start: int
    written: list[str]
    lower: list[str]
    """The words in lower case and, numbers apart, without full stops: `P.O.` is `po`."""

    def said(self, first: int, end: int) -> str:
        """What is written from one word to before another, blanks made single."""
        return " ".join(self.written[first:end]).replace(" / ", "/")

    def at(self, index: int) -> int:
        """Where a word begins in the text; the end of the text after the last word."""
        begun = next(islice(_WORD.finditer(self.text, self.start), index, None), None)
        return begun.start() if begun else len(self.text)

    def after(self, offset: int) -> int:
        """The first word that begins at an offset of the text or after it."""
        return sum(found.start() < offset for found in _WORD.finditer(self.text, self.start))

    def next(self, index: int) -> str:
        """A word in lower case, "" after the last one."""
        return self.lower[index] if index < len(self.lower) else ""


_WORD = re.compile(r"/|(?:(?!,(?:\s|$))[^\s/])++")
_TO = frozenset(("to", "or", "-", "–"))
_QUALIFIERS = frozenset(said.split()[0] for said in (*COMPARATORS, *ABOUT, UP_TO))
_SIGNS = tuple("<>≤≥~≈")
_LONGEST_SPAN = 6


def words(text: str, start: int = 0) -> Words:
    """The words of a text from a place on: `3 times/day, P.O.` has 3, times, /, day and P.O."""
    rest = text[start:] if start else text
    written = _WORD.findall(rest) if "/" in rest or "," in rest else rest.split()
    lower = [word.lower() for word in written]
    if "." in rest:
        lower = [word if word[0].isdecimal() else word.replace(".", "") or word for word in lower]
    return Words(text, start, written, lower)


def span(words: Words, first: int) -> tuple[Duration, int] | None:
    """
    A length of time from a word on, and the index after it; None where none is written.

    `6 months`, `4-6 h`, `12h`, `about two weeks`, `more than 4 hours`.
    """
    word = words.next(first)
    count, unit = whole(word), UNITS.get(words.next(first + 1))
    if count and unit:
        return Duration(words.said(first, first + 2), Decimal(count), None, unit), first + 2
    if not (word[:1].isdecimal() or word in NUMBER_WORDS or word in _QUALIFIERS or word[:1] in _SIGNS):
        return None
    for index in range(first, min(first + _LONGEST_SPAN, len(words.lower))):
        word = words.lower[index]
        if (index > first and word in UNITS and word != "a") or _is_glued(word):
            return duration_at(words, first, words.said(first, index + 1)), index + 1
    return None


def number(words: Words, first: int) -> tuple[int, int | None, int] | None:
    """
    A whole number from a word on, the higher one of a range or None, and the index after them.

    `6`, `six`, `2-3`, `two to three`; None where no number is written.
    """
    low, dash, high = words.lower[first].replace("–", "-").partition("-")
    end = first + 1
    if not dash and words.next(end) in _TO:
        high, end = words.next(end + 1), end + 2
    lower, higher = whole(low), whole(high)
    if lower is None or (dash and higher is None):
        return None
    if higher is None:
        return lower, None, first + 1
    if lower >= higher:
        raise GrammarError(
            f'"{words.said(first, end)}" runs from high to low; write the lower number first', words.at(first)
        )
    return lower, higher, end


def whole(word: str) -> int | None:
    """The number that a word is, `6` or `six`; None for any other word, `a` among them."""
    if word in ("a", "an"):
        return None
    digits = NUMBER_WORDS.get(word, word)
    return int(digits) if digits.isdecimal() and digits.isascii() and len(digits) < 5 else None


def _is_glued(word: str) -> bool:
    """Whether a number and a unit of time are one word: `12h`, `4-6wk`."""
    return word[:1].isdecimal() and word.lstrip("0123456789.-–") in UNITS


def duration_at(words: Words, index: int, text: str) -> Duration:
    """The length of time that a text says; a complaint about it points at a word."""
    try:
        return duration(text)
    except GrammarError as wrong:
        raise GrammarError(str(wrong), words.at(index)) from None
