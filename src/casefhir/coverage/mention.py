"""A passage → what it prints that a case may have to carry: numbers, dates, and names that the tables know."""

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from casefhir.article import Number, people
from casefhir.evidence.index import Searched
from casefhir.evidence.values import WITH_DIGIT
from casefhir.terms import Table, Terms, fold
from casefhir.terms.names import singular
from casefhir.terms.units import known

Kind = Literal["number", "date", "name"]


class Mention(NamedTuple):
    """One number, date or known name, as printed."""

    kind: Kind
    part: Searched
    start: int
    """Where it begins in the text of the passage, and ends."""

    end: int
    meanings: frozenset[str] = frozenset()
    """Of a name, what the tables call it: `labs/C-reactive protein`."""

    @property
    def text(self) -> str:
        return self.part.text[self.start : self.end]

    def digits(self) -> list[int]:
        """The places of its digits: of `pT2N0M0` each must be held."""
        return [at for at in range(self.start, self.end) if self.part.text[at].isdigit()]

    def is_within(self, start: int, end: int) -> bool:
        """Whether it stands between two places of its passage, or a part of it does."""
        return self.start < end and start < self.end


def mentions(part: Searched, names: "NamesOfTables") -> tuple[Mention, ...]:
    """
    All mentions of a passage, in its order.

    Of numbers in words, one and ordinals count only before a unit of time: `one month`, `the third day`, not `one of`.
    Labels such as `Figure 2` and `patient 2` are none, nor are the digits of a name that the tables know, such as those
    of `type 2 diabetes`.
    """
    named = [Mention("name", part, start, end, meanings) for start, end, meanings in names.within(part.text)]
    taken = [(name.start, name.end) for name in named]
    taken += [found.span() for found in _LABEL.finditer(part.text)]
    taken += [found.span() for found in _SURFACE.finditer(part.text)]
    taken += people.places(part.text)
    found = [*named]
    found += (Mention("date", part, date.start, date.end) for date in part.dates)
    for number in part.numbers:
        is_part = any(start <= number.start < end for start, end in taken)
        if not is_part and _counts(number, part.text):
            found.append(Mention("number", part, number.start, number.end))
    taken += [(mention.start, mention.end) for mention in found]
    for word in _with_digits(part.text):
        is_part = any(start < word.end() and word.start() < end for start, end in taken)
        if not is_part and word[0][0].isalpha() and not _is_unit(word[0]):
            found.append(Mention("number", part, word.start(), word.end()))
    return tuple(sorted(found, key=lambda mention: mention.start))


def _with_digits(text: str) -> Iterator[re.Match[str]]:
    """The words of a text with digits in them; none of those that are too long for a word, which are slow to search."""
    for written in _WRITTEN.finditer(text):
        if len(written[0]) <= _LONGEST:
            yield from WITH_DIGIT.finditer(text, *written.span())


_WRITTEN = re.compile(r"\S+")
_LONGEST = 100

_UNIT = re.compile(r"x10|(?:[cdmµ]?m|µ)[23](?:/.*)?")
"""Digits that belong to a unit: `mm3`, `x10^9/L`."""


def _is_unit(word: str) -> bool:
    """Whether the digits of a word belong to a unit: `mm3`, `cmH2O`."""
    return bool(_UNIT.fullmatch(word) or known().get(word))


_LABEL = re.compile(
    r"\b(?:fig(?:ure)?s?|tab(?:le)?s?|panels?|box|appendix|supplement(?:ary)?|video)\b\.?\s?"
    r"(?:[A-Z]?[0-9]+[A-Za-z]?(?:\s?(?:,|-|and|&)\s?)?)+",
    re.IGNORECASE,
)
_SURFACE = re.compile(r"\b\w+/1[.,]73\s?m\^?[2²]")
"""The body surface that a unit has in it: `mL/min/1.73 m2`."""

_TIME = re.compile(r"[\s-]?(?:second|minute|hour|day|week|month|year|trimester|night)s?\b(?!\s*of\s+(?:the\s)?two)")


def _counts(number: Number, text: str) -> bool:
    """Whether a number says something: not the base of `10^9/L`, not the pronoun of `one of them`."""
    if text[number.end : number.end + 1] == "^" and number.value == 10:
        return False
    if not number.spelled:
        return True
    word = number.text.casefold()
    if word in ("once", "single"):
        return False
    if word == "one" or _ORDINAL.search(word):
        return bool(_TIME.match(text, number.end))
    return True


_ORDINAL = re.compile(r"(?:first|second|third|th)\Z")

_WORD = re.compile(r"[^\W_]+")
_WITHIN = re.compile(r"[ '/.+-]{1,2}")
_MOST_WORDS = 8


class NamesOfTables:
    """The drugs, tests and diagnoses that the tables know, to be found in running text."""

    def __init__(self, terms: Terms) -> None:
        self._tables: dict[str, Table[Any, Any]] = {
            "drugs": terms.drugs,
            "labs": terms.labs,
            "scores": terms.scores,
            "procedures": terms.procedures,
            "diagnoses": terms.diagnoses,
        }
        self._known: dict[str, frozenset[str]] = {}

    def within(self, text: str) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Where the names in a text begin and end, the longest at each place, and what the tables call them."""
        words = list(_WORD.finditer(text))
        at = 0
        while at < len(words):
            found = self._at(text, words, at)
            if found is None:
                at += 1
                continue
            last, meanings = found
            yield words[at].start(), words[last].end(), meanings
            at = last + 1

    def _at(self, text: str, words: list[re.Match[str]], at: int) -> tuple[int, frozenset[str]] | None:
        """The last word of the longest name that begins with a word, and what it means."""
        last = at
        while last + 1 < min(len(words), at + _MOST_WORDS) and _WITHIN.fullmatch(
            text, words[last].end(), words[last + 1].start()
        ):
            last += 1
        for end in range(last, at - 1, -1):
            written = text[words[at].start() : words[end].end()]
            if meanings := self.meanings(written):
                return end, meanings
        return None

    def meanings(self, written: str) -> frozenset[str]:
        """What the tables call a name; of a short one only as printed there, for `As` is arsenic and `as` is not."""
        if written not in self._known:
            self._known[written] = frozenset(self._found(written))
        return self._known[written]

    def _found(self, written: str) -> Iterator[str]:
        """What a name means, and without `therapy` or `level` at its end, what the rest of it does."""
        yield from self._of_table(written)
        rest, _, last = written.rpartition(" ")
        if rest and last.casefold() in _ADDED:
            yield from self._of_table(rest)

    def _of_table(self, written: str) -> Iterator[str]:
        if written.isdigit() or not 2 <= len(written) <= _LONGEST or written.casefold() in _WORDS_OF_TEXT:
            return
        for table, rows in self._tables.items():
            for said in dict.fromkeys((written, singular(written))):
                first = rows.first(fold(said))
                if (
                    first is None
                    or first in _NO_NAMES
                    or (len(said) < 5 and not self._is_as_printed(table, first, said))
                ):
                    continue
                yield f"{table}/{first}"
                break

    def _is_as_printed(self, table: str, first: str, said: str) -> bool:
        names = (name for row in self._tables[table].named(first) for name in (row.name, *row.also))
        return any(name == said or (name.islower() and name == said.casefold()) for name in names)


_WORDS_OF_TEXT = frozenset(("biological", "proteins"))
"""Words that a table would take for another thing: `biological work-up` is no drug, `proteins` are no protein S."""

_ADDED = frozenset(("therapy", "treatment", "level", "levels"))
_NO_NAMES = frozenset(("physical examination",))
"""Names whose findings are what is told."""
