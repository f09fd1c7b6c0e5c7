"""Written names and moments → the parts of a key, and the keys that a reference means by some of its parts."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from casefhir.model.duration import NUMBER_WORDS, UNITS
from casefhir.model.site import Site
from casefhir.model.when import When
from casefhir.terms import Terms
from casefhir.terms.names import fold

_NOT_WORD = re.compile(r"[\W_]+")


def slug(text: str) -> str:
    """
    A text as a part of a key: `IL-6` → `il-6`, `admission + 2 days` → `admission-2-days`.

    A minus of a moment is a word, `admission-minus-2-days`.
    """
    folded = text.casefold()
    if folded.isalnum():
        return folded
    if " -" in folded:
        folded = _minus().sub("minus ", folded)
    return _NOT_WORD.sub("-", folded).strip("-")


@cache
def _minus() -> re.Pattern[str]:
    """The minus of a moment: `admission - 2 days` is not `admission + 2 days`, nor `day -3` the third day."""
    number = rf"(?:[a-z]+\s){{0,2}}[~<>≤≥=]*\s?(?:[0-9][0-9.,-]*|{'|'.join(NUMBER_WORDS)})"
    return re.compile(rf"(?<=\s)-\s+(?={number}[\s-]?(?:{'|'.join(UNITS)})\b)|(?<=\bday\s)-(?=[0-9])")


_TABLES = {
    "history": "diagnoses",
    "family": "relations",
    "others": "persons",
    "allergies": "drugs",
    "social": "social",
    "exposures": "drugs",
    "immunizations": "drugs",
    "diagnoses": "diagnoses",
    "ruled-out": "diagnoses",
    "findings": "findings",
    "vitals": "labs",
    "labs": "labs",
    "tables": "labs",
    "imaging": "procedures",
    "scores": "scores",
    "procedures": "procedures",
    "pathology": "procedures",
    "stages": "scores",
    "microbiology": "labs",
    "specimens": "specimens",
    "organisms": "organisms",
    "treatments": "drugs",
    "sites": "sites",
}
"""The table that knows the names of a section."""


class Parts:
    """The parts of keys, each worked out once for a case: most names and moments stand there many times."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._names: dict[tuple[str, str], str] = {}
        self._moments: dict[str, str] = {}
        self._places: dict[Site, str] = {}

    def canonical(self, section: str, name: str) -> str:
        """The name in the section's table, as a slug; the written name if it has none."""
        known = self._names.get((section, name))
        if known is None:
            table = getattr(self._terms, _TABLES[section]) if section in _TABLES else None
            known = self._names[section, name] = slug((table and table.canonical(name)) or name)
        return known

    def moment(self, when: When | None) -> str:
        """A moment as written; empty for none."""
        if when is None:
            return ""
        known = self._moments.get(when.text)
        if known is None:
            known = self._moments[when.text] = slug(when.text)
        return known

    def place(self, site: Site) -> str:
        """The side and the name of a site."""
        known = self._places.get(site)
        if known is None:
            known = self._places[site] = slug(f"{site.side} {self.canonical('sites', site.name)}")
        return known


class Word(NamedTuple):
    """A word that a fact may be named by, and how far it is from being its name."""

    text: str
    distance: int = 0
    """0 of a name, 1 of what it belongs to, 2 of a moment."""


class Keys:
    """The keys of a case, by their parts: what a reference such as `labs/CRP` means."""

    def __init__(
        self, parts: Mapping[str, Iterable[str]], terms: Terms, words: Callable[[str], Sequence[Word]]
    ) -> None:
        """`parts` are all that a key is found by; `words` tells of a key which of them are names."""
        self._terms = terms
        self._words = words
        self._order = {key: position for position, key in enumerate(parts)}
        self._sections = {key.partition("/")[0] for key in parts}
        self._by_part: dict[str, set[str]] = defaultdict(set)
        for key, all_parts in parts.items():
            for part in all_parts:
                self._by_part[part].add(key)
        self._having: dict[str, set[str]] = {}
        self._synonyms: dict[str, set[str]] = {}
        self._named: dict[tuple[str, ...], tuple[str, ...]] = {}

    def named(self, about: str, *sections: str) -> tuple[str, ...]:
        """
        The keys that a reference means: each of its parts is a part of the key, in any order.

        `labs/CRP` means C-reactive protein at every moment, `labs/CRP/admission` that of the admission. A name with a
        stroke of its own, `piperacillin/tazobactam`, is one part. What can be read as a name is no moment: `venetoclax`
        means the drug, and not what else began at an event that is called so.
        """
        if sections and self._sections.isdisjoint(sections):
            return ()
        asked = (about, *sections)
        known = self._named.get(asked)
        if known is None:
            found = self._found(about, sections)
            known = self._named[asked] = tuple(sorted(found, key=self._order.__getitem__))
        return known

    def _found(self, about: str, sections: tuple[str, ...]) -> set[str]:
        """The keys of a reference as written, or else by other names of its parts: `albumin` is a test and a drug."""
        for having in (self._with_part, self._with_any_name):
            for parts in _readings(about):
                found = set.intersection(*map(having, parts))
                if sections:
                    found = {key for key in found if key.partition("/")[0] in sections}
                if found:
                    return self._nearest(found, parts)
        return set()

    def _nearest(self, found: set[str], parts: Sequence[str]) -> set[str]:
        """Of several keys the one that is written in full, or those that the parts are nearest to being the name of."""
        if len(found) == 1:
            return found
        words = {key: self._words(key) for key in found}
        written = [{slug(part)} for part in parts]
        far = _how_far(words, written)
        if min(far.values()) > 0:  # what the tables call it may be nearer; it takes longer to find
            far = _how_far(words, [part | self._names_of(name) for part, name in zip(written, parts, strict=True)])
        least = min(far.values())
        return {key for key in found if far[key] == least}

    def _with_part(self, written: str) -> set[str]:
        """The keys with a part as written, or else with the names that the tables have for it."""
        known = self._having.get(written)
        if known is None:
            known = self._having[written] = self._by_part.get(slug(written)) or self._of_synonym(written)
        return known

    def _with_any_name(self, written: str) -> set[str]:
        """The keys with a part as written, and those with a name that the tables have for it."""
        return self._by_part.get(slug(written), set[str]()) | self._of_synonym(written)

    def _of_synonym(self, written: str) -> set[str]:
        return set[str]().union(*(self._by_part.get(name, ()) for name in self._names_of(written)))

    def _names_of(self, written: str) -> set[str]:
        """The names that the tables have for what is written."""
        known = self._synonyms.get(written)
        if known is None:
            key = fold(written)
            tables = (getattr(self._terms, table) for table in dict.fromkeys(_TABLES.values()))
            known = self._synonyms[written] = {slug(name) for table in tables if (name := table.first(key))}
        return known


def _how_far(words: Mapping[str, Sequence[Word]], asked: Sequence[set[str]]) -> dict[str, int]:
    """How far the parts of a reference are from the names of each fact; -1 of one that is written in full."""
    return {key: -1 if _is_whole(key, asked) else _distance(asked, of_key) for key, of_key in words.items()}


def _is_whole(key: str, asked: Sequence[set[str]]) -> bool:
    """Whether the parts of a reference are all those of a key, a name and a moment, its section left out or not."""
    _, *parts = words = key.split("/")
    whole = parts if len(asked) == len(parts) else words
    return len(asked) == len(whole) and len(parts) > 1 and _distance(asked, [*map(Word, whole)]) == 0


def _distance(asked: Sequence[set[str]], words: Sequence[Word]) -> int:
    """How far the parts of a reference are from the names of a fact, each part taking up one word of it."""
    if not asked:
        return 0
    rests = ((word.distance, [*words[:i], *words[i + 1 :]]) for i, word in enumerate(words) if word.text in asked[0])
    return min((distance + _distance(asked[1:], rest) for distance, rest in rests), default=_NO_WORD_LEFT)


_NO_WORD_LEFT = 100
"""The distance of a part for which a fact has no word that is not taken: `melphalan/melphalan` is a drug and a day."""


def _readings(about: str) -> Iterator[list[str]]:
    """The parts of a reference, each stroke a border, or one of them, or all, a part of a name."""
    parts = about.split("/")
    yield parts
    for i in range(1, len(parts)):
        yield [*parts[: i - 1], "/".join(parts[i - 1 : i + 1]), *parts[i + 1 :]]
    yield [about]
