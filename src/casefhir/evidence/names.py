"""The names of claims → the passages in which they, or other names of the same thing, stand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from casefhir.chart import Chart
from casefhir.evidence.claim import Claim
from casefhir.evidence.doses import goes_on
from casefhir.evidence.heads import heads
from casefhir.evidence.index import Index, Searched, words
from casefhir.evidence.lists import is_of, listed
from casefhir.evidence.locus import Locus
from casefhir.evidence.need import Need, Numbers, Token, is_met, start_of_list
from casefhir.evidence.phrases import named, phrases
from casefhir.evidence.quote import standing
from casefhir.evidence.told_as import told_as
from casefhir.evidence.units import TIMES
from casefhir.source import Path
from casefhir.terms import Table


class Names:
    """Where the names of a case stand in its article."""

    def __init__(self, chart: Chart, index: Index) -> None:
        self._chart = chart
        self._index = index
        self._sites = chart.terms.sites
        self._tables: dict[Path, tuple[Table[Any, Any], ...]] = {path: tables for path, _, tables in chart.uses}
        self._of_sections: dict[str, tuple[Table[Any, Any], ...]] = {
            "labs": (chart.terms.labs,),
            "tables": (chart.terms.labs,),
            "vitals": (chart.terms.labs,),
            "treatments": (chart.terms.drugs,),
        }
        self._keys: dict[str, frozenset[str]] = {}

    def passages(self, claim: Claim) -> list[Searched]:
        """The passages in which all names of a claim stand; of one without names those with its own words."""
        if not claim.names:
            own = claim.own_words if len(claim.own_words.split()) >= _FEWEST else ""
            return list(standing(own, self._index)) if own else []
        places = (self._index.with_words(self._told(path, name)) for path, name in claim.names)
        return [self._index.told[place] for place in sorted(frozenset.intersection(*places))]

    def keys(self, claim: Claim) -> frozenset[str]:
        """All that a claim may be called, as `words` has it."""
        return frozenset(key for path, name in claim.names for key in self._told(path, name))

    def _told(self, path: Path, name: str) -> frozenset[str]:
        """The words of a name, and those that tell the same of this record alone."""
        return self._all(path, name) | {words(other) for other in told_as(path, name, self._chart)}

    def of_field(self, field: str, claim: Claim) -> list[Searched]:
        """The passages in which a field of the patient is told in its usual words; of a size the age is one."""
        keys = [words(word) for word in _FIELDS.get(field, "").split()]
        told = [self._index.told[place] for place in sorted(self._index.with_words(keys))]
        age = next((need for need in claim.needs if need.path == ("patient", "age")), None)
        if age is None or field not in ("height", "weight"):
            return told
        return [*told, *(part for part in self._index.told if part.row is None and is_met(age, part))]

    def _all(self, path: Path, name: str) -> frozenset[str]:
        """The words of a name, of the other names that a table has for it, and of abbreviations of the article."""
        if name not in self._keys:
            if path == ("patient", "sex"):
                return frozenset(words(word) for word in _SEXES.get(name, name).split())
            tables = self._tables.get(path) or self._tables.get(path[:-1]) or self._of_sections.get(str(path[0]), ())
            said = {name, *(other for table in tables for other in _others(table, name))}
            if path[0] == "social":
                said |= {word for other in said for word in _HABITS.get(other, "").split()}
            keys = {key for other in said for key in self._index.aliases(words(other))}
            self._keys[name] = frozenset(keys.union(*self._turned(said)) if path[0] in _EXAMINED else keys)
        return self._keys[name]

    def _turned(self, said: set[str]) -> Iterator[set[str]]:
        """The phrases of the article that say a name in another order: `CT of the head` of `head CT`."""
        forms = {form for name in said for form in named(name, self._sites)}
        yield forms
        yield from (self._phrases.get(form, set()) for form in forms)

    @cached_property
    def _phrases(self) -> Mapping[str, set[str]]:
        return phrases(self._index.told)

    def stands_for(self, claim: Claim, need: Need, part: Searched) -> bool:
        """Whether another name stands in place of a name with digits that is needed: `leucocytes` of `WBC 1`."""
        names = (name for path, name in claim.names if path == need.path)
        return any(key in part.words for name in names for key in self._all(need.path, name))

    def is_beside(self, claim: Claim, need: Need, part: Searched) -> bool:
        """Whether no other number with digits stands between a name of a claim and its number; its own digits may."""
        if not claim.names or isinstance(need, Token | Locus) or any(need.path == path for path, _ in claim.names):
            return True
        if part.row:
            return self._is_in_column(claim, need, part)
        is_time = isinstance(need, Numbers) and need.unit in TIMES
        places = ((start_of_list(part, start) if is_time else start, end) for start, end in need.places(part))
        return any(self._is_between(claim, part, start, end) for start, end in places)

    def is_in_series(self, claim: Claim, need: Need, part: Searched) -> bool:
        """Whether a number is one of several of a name, and surely that of the claim: by its moment, or as a dose."""
        if not claim.names or part.row or isinstance(need, Token) or (isinstance(need, Numbers) and need.unit in TIMES):
            return False
        places = [start for start, _ in need.places(part)]
        return any(self._is_listed(claim, part, at) or self._is_next_dose(claim, part, at) for at in places)

    def _is_next_dose(self, claim: Claim, part: Searched, at: int) -> bool:
        """Whether a name and its next dose have nothing but another dose between them: `600 mg, followed by 200 mg`."""
        if claim.path[0] != "treatments":
            return False
        before = words(part.text[:at])
        return any(goes_on(before.rpartition(key)[2].split()) for key in self.keys(claim) if key in before)

    def _is_listed(self, claim: Claim, part: Searched, at: int) -> bool:
        """Whether a number is in a list that a name stands beside, and its moment in that list is that of the claim."""
        found = listed(part, at)
        return bool(
            found
            and is_of(claim.path, found.moment, part, self._chart)
            and self._is_between(claim, part, found.start, found.end, found.moments)
        )

    def _is_in_column(self, claim: Claim, need: Need, part: Searched) -> bool:
        """Whether the names of a claim stand in a row of a table, or else above its number."""
        row = words(part.text)
        keys = [self._told(path, name) for path, name in claim.names]
        above = [some for some in keys if not any(key in row for key in some)]
        if not above:
            return True
        columns = (words(cell.column) for start, _ in need.places(part) if (cell := heads(part, start)))
        return any(all(any(key in column for key in some) for some in above) for column in columns)

    def is_counted(self, claim: Claim, part: Searched) -> bool:
        """Whether any number of a passage stands beside a name of a claim."""
        measured = (number for number in part.numbers if not number.spelled)
        return any(self._is_between(claim, part, number.start, number.end) for number in measured)

    def _is_between(
        self, claim: Claim, part: Searched, start: int, end: int, moments: Sequence[tuple[int, int]] = ()
    ) -> bool:
        """Whether a name stands between a number and the one before it that is not its own, or close behind it."""
        keys = self.keys(claim)
        is_dose = claim.path[0] in _GIVEN
        others = (
            n.end
            for n in part.numbers
            if n.end <= start and not n.spelled and not (is_dose and _COUNT.fullmatch(part.text, n.end, start))
        )
        ends = [0, *(place for place in others if not any(first < place <= last for first, last in moments))]
        behind = words(_STOP.split(part.text[end:])[0])
        return any(key in words(part.text[ends[-1 - _numbers_in(key, ends)] : start]) or key in behind for key in keys)


def _numbers_in(key: str, ends: Sequence[int]) -> int:
    """How many numbers a name has, of those before a place: one of `4T score`, one of `24-hour urine protein`."""
    return min(len(ends) - 1, len(_OWN_NUMBER.findall(key)))


_EXAMINED = frozenset(("imaging", "procedures", "pathology"))
"""Sections whose names may be printed with their place behind `of`."""

_FEWEST = 3
"""Own words that prove a claim; one or two, such as `much better`, may be printed of anything."""

_GIVEN = frozenset(("treatments", "exposures"))
_STOP = re.compile(r"[;,:.](?:\s|\Z)|\((?=[^()]*[0-9])")
"""Where what belongs to a number ends: before a bracket with another number as well."""

_COUNT = re.compile(r"\s?x\s?")
"""What parts a dose from the number of them before it: `2 x 850 mg`."""

_OWN_NUMBER = re.compile(r"\n[0-9]")


_SEXES = {"female": "female woman girl lady she her", "male": "male man boy gentleman he his"}
"""Sex of the patient → words that it is told by."""

_HABITS = {"tobacco smoking": "smoked smokes smoker"}
"""Name of a habit, as the tables have it → words that it is told by; `non-smoker` is one of them."""

_FIELDS = {
    "weight": "weight weighed weighing weighs",
    "height": "height tall measured measuring stature",
    "length": "length long measured measuring",
    "head": "head",
    "age": "aged old",
    "gestation": "gestation gestational term pregnancy",
}
"""Field of patient, birth or pregnancy → words that it is told in."""


def _others(table: Table[Any, Any], name: str) -> list[str]:
    first = table.canonical(name)
    return [other for row in table.named(first) for other in (row.name, *row.also)] if first else []
