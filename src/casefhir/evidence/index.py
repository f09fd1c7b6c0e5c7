"""An article → the same made ready to be searched for names, numbers, dates and quotes."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, TypeVar

from casefhir.article import Article, Number, Passage, PrintedDate, dates, numbers
from casefhir.article.normal import Normal, normalised
from casefhir.article.numbers import parted, powers
from casefhir.article.people import named
from casefhir.chart import Chart
from casefhir.source import Path
from casefhir.terms import fold

T = TypeVar("T")


class Other(NamedTuple):
    """A stretch of a passage that tells of another patient."""

    start: int
    end: int
    where: str
    """What says so in the article, as messages have it: `under 'Patient 2'`."""

    path: Path
    """What says so in the case file: what this patient is called, or an item of `left-out`."""


class Searched:
    """A passage, or any other text, with what is looked for in it; each worked out when it is first asked for."""

    def __init__(self, text: str, passage: Passage | None = None, place: int = -1, counts: str = "line") -> None:
        self.text = text
        self.passage = passage
        self.at = f"{counts} {passage.line}" if passage else ""
        self.where = f" ({self.at})" if passage else ""
        """What messages have behind it: ` (line 13)`."""
        self.place = place
        """Which of the passages of the article it is; -1 of a text that is none of them."""
        self.whole = text
        """All that its article tells of the case."""

    @property
    def row(self) -> Passage | None:
        """The passage, if it is a row of a table."""
        return self.passage if self.passage and self.passage.kind == "row" else None

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        return tuple(numbers(self.text, self.dates))

    @cached_property
    def powers(self) -> tuple[Number, ...]:
        """The powers of ten: 1000000 of `10^6 CFU/mL`."""
        return tuple(powers(self.text))

    @cached_property
    def parted(self) -> tuple[Number, ...]:
        """The numbers with a blank behind their decimal comma: 38.5 of `38, 5 °C`."""
        return tuple(parted(self.text))

    @cached_property
    def dates(self) -> tuple[PrintedDate, ...]:
        return tuple(dates(self.text))

    @cached_property
    def squeezed(self) -> str:
        return squeezed(self.text)

    @cached_property
    def words(self) -> str:
        return words(self.text)

    @cached_property
    def counted(self) -> Normal:
        """With number words as digits, `2 times/day` of `twice/day`, and with the way back to `text`."""
        text, last, anchors = "", 0, [(0, 0)]
        for number in self.numbers:
            if number.spelled:
                times = " times" if number.text.casefold() in ("once", "twice", "thrice") else ""
                text += f"{self.text[last : number.start]}{number.value}{times}"
                last = number.end
                anchors.append((len(text), last))
        return Normal(text + self.text[last:], tuple(anchors))

    @cached_property
    def lower(self) -> str:
        return small(self.text)


def text_of(printed: str) -> Searched:
    """A text that is no passage, made ready to be searched."""
    return Searched(normalised(printed).text)


def small(text: str) -> str:
    """The text in small letters, each in its place; the few that would become two stay as they are."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def squeezed(text: str) -> str:
    """
    A text without what typesetting does to it: capitals, blanks but for those between digits, hyphens within words.

    `91 8` stays apart from `918`, and `2, 3` from `2,3`.
    """
    return HYPHENS.sub("", BLANKS.sub("", small(text)))


BLANKS = re.compile(r"\s(?:(?<![0-9]\s)(?<![0-9][.,]\s)|(?![0-9]))")
"""Blanks that say nothing."""

HYPHENS = re.compile(r"-(?<=[a-z]-)(?=[a-z])")
"""Hyphens that say nothing, once the blanks are gone."""


@lru_cache(maxsize=4096)
def words(text: str) -> str:
    """The words of a text as `fold` has them, each in a line of its own, without the ending of a plural."""
    return _words(text)


def _words(text: str) -> str:
    lines = fold(re.sub(r"[^\w+%'\x01]+", "\n", text)).strip("\n")
    return re.sub(r"s\n(?<=[a-z]{3}s\n)", "\n", f"\n{lines}\n".replace("ies\n", "y\n"))


_GENE = re.compile(r"\n([a-z]+)([0-9])\n")


def _is_whole(passage: Passage, others: Iterable[Other]) -> bool:
    """Whether all of a passage tells of another."""
    return any(other.start == 0 and other.end >= len(passage.text) for other in others)


def _with_header(part: Searched) -> str:
    """A passage, and of a row the heads of its columns: a name may stand in either."""
    header = part.passage.header if part.passage else ()
    return f"{part.text}\n{' | '.join(header)}" if header else part.text


def _without(text: str, others: Iterable[Other]) -> str:
    """A text with blanks in place of what tells of another."""
    for other in others:
        text = f"{text[: other.start]}{' ' * (other.end - other.start)}{text[other.end :]}"
    return text


_ABBREVIATION = re.compile(r"\(([A-Za-z][A-Za-z0-9-]{1,11})\)")


class _Joined:
    """Many texts as one, so that one search finds a piece in all of them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [found.start() for found in re.finditer("\x01", text)]

    def places(self, piece: str) -> Iterator[int]:
        """The numbers of the texts in which a piece stands, each once."""
        at = self._text.find(piece) if piece else -1
        while at >= 0:
            place = bisect_left(self._ends, at)
            yield place
            at = self._text.find(piece, self._ends[place]) if place < len(self._ends) else -1


class Index:
    """The passages that may tell of the case, and those that tell of another patient."""

    def __init__(self, article: Article, others: Mapping[int, Sequence[Other]]) -> None:
        self.article = article
        told = list(article.told())
        own = [passage for passage in told if not _is_whole(passage, others.get(passage.start, ()))]
        self.told: Sequence[Searched] = [
            Searched(_without(passage.text, others.get(passage.start, ())), passage, place, article.place)
            for place, passage in enumerate(own)
        ]
        self.others: Sequence[tuple[Searched, Sequence[Other]]] = [
            (Searched(passage.text, passage, place, article.place), others[passage.start])
            for place, passage in enumerate((each for each in told if each.start in others), start=len(own))
        ]
        """Whole passages in which anything is of another, and what."""
        text = "\n\x01\n".join(part.text for part in self.told)
        folded = _words("\n\x01\n".join(map(_with_header, self.told)))
        self._folded = folded
        self._words, self._squeezed = _Joined(folded), _Joined(squeezed(text))
        for part, lines in zip(self.told, folded.split("\x01"), strict=False):
            part.whole = text
            part.words = lines  # all folded in one call, which takes a fifth of the time
        self._aliases: dict[str, frozenset[str]] = {}
        self._made: dict[Any, Any] = {}

    def once(self, make: Callable[[Chart, "Index"], T], chart: Chart) -> T:
        """What a function works out of a case and these passages, worked out once."""
        if (make, chart) not in self._made:
            self._made[make, chart] = make(chart, self)
        made: T = self._made[make, chart]
        return made

    def whole(self) -> Sequence[Searched]:
        """All passages in the order of the print, with what in them tells of another patient."""
        own = [
            Searched(part.passage.text, part.passage, part.place, self.article.place)
            if part.passage and part.passage.text != part.text
            else part
            for part in self.told
        ]
        rest = [part for part, stretches in self.others if part.passage and _is_whole(part.passage, stretches)]
        return sorted([*own, *rest], key=lambda part: part.passage.start if part.passage else 0)

    def under(self, who: str) -> Iterator[Searched]:
        """The passages that tell of another and stand under a name of somebody: `Donor` of a kidney donor."""
        person = named(who.split()[-1])
        return (part for part, _ in self.others if part.passage and person & named(part.passage.section))

    def with_words(self, keys: Iterable[str]) -> frozenset[int]:
        """The places of the passages in which any of some names, as `words` has them, stands."""
        return frozenset(place for key in keys for place in self._words.places(key))

    def with_piece(self, piece: str) -> Iterator[Searched]:
        """The passages in which a piece of a quote, as `squeezed` has it, stands."""
        return (self.told[place] for place in self._squeezed.places(piece))

    def aliases(self, key: str) -> frozenset[str]:
        """The words of a name, and of what the article puts in brackets behind it: TCZ of `tocilizumab (TCZ)`."""
        if key not in self._aliases:
            found = {short for long, short in self._abbreviations if long.endswith(key)}
            self._aliases[key] = frozenset({key, *found, *self._after_strokes(key)})
        return self._aliases[key]

    def _after_strokes(self, key: str) -> set[str]:
        """The words of a gene that is printed behind a stroke, brca1 and 2 of `BRCA1/2`."""
        if not (gene := _GENE.fullmatch(key)):
            return set()
        return set(re.findall(rf"\n{gene[1]}[0-9]\n{gene[2]}\n", self._folded))

    @cached_property
    def _abbreviations(self) -> list[tuple[str, str]]:
        return [
            (words(part.text[max(0, found.start() - 80) : found.start()].rstrip()), words(found[1]))
            for part in self.told
            for found in _ABBREVIATION.finditer(part.text)
            if sum(map(str.isupper, found[1])) > 1
        ]

    def near(self, part: Searched) -> Iterator[Searched]:
        """A passage and up to three before it, under one heading: a date may stand in an earlier sentence."""
        yield part
        is_own = part.place < len(self.told)
        beside = self.told if is_own else [other for other, _ in self.others]
        last = part.place - (0 if is_own else len(self.told))
        for place in range(last - 1, max(-1, last - 4), -1):
            other = beside[place]
            if part.passage and other.passage and other.passage.section == part.passage.section:
                yield other
