"""Evidence → which fact carries a mention of the article: the inverse of what passage proves a fact."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from casefhir.article.normal import normalised
from casefhir.article.numbers import numbers
from casefhir.chart import Chart
from casefhir.coverage.apart import apart
from casefhir.coverage.implied import implied, ingredients, kinds
from casefhir.coverage.mention import Mention, NamesOfTables
from casefhir.coverage.words import all_words, needs_of, own_words
from casefhir.evidence import Evidence, specimen
from casefhir.evidence.claim import Claim, Misprint, claims
from casefhir.evidence.column_limits import proven_limits
from casefhir.evidence.doses import Often
from casefhir.evidence.index import Searched
from casefhir.evidence.need import Need, Numbers, Printed, Token, begins
from casefhir.evidence.quote import spans
from casefhir.evidence.tables import cell_claims, proven_cells, proven_heads
from casefhir.evidence.times import Dated
from casefhir.evidence.values import moment
from casefhir.model.calendar import Calendar
from casefhir.model.when import At, DayOf, events_named
from casefhir.source import Path


class Carriers:
    """
    The places of the article whose numbers and dates a fact holds, and the names that facts hold.

    A number is carried by a fact whose passage it stands in, and which holds it, in a value or in own words.
    Where it is printed again, as in the abstract, it is carried by the same fact if the name stands beside it again.
    A date is carried wherever it is printed, and so is a name: by the first fact that has it, under any of the names
    that the tables know.
    """

    def __init__(self, evidence: Evidence, data: Mapping[str, Any], names: NamesOfTables) -> None:
        self._spans: dict[int, list[_Span]] = defaultdict(list)
        for span in _Search(evidence, data).spans():
            self._spans[span.part.place].append(span)
        self._names = names
        self._named: dict[str, Path] = {}
        self._heads: dict[str, Path] = {}
        self._short: dict[str, Path] = {}
        for claim in claims(evidence.chart):
            for path, name in claim.names:
                self._hold(path, name)
                self._short.setdefault(name, path)
        for path, said in all_words(data):
            self._hold(path, said)
            for other in implied(path, said):
                self._hold(path, other)

    def _hold(self, path: Path, said: str) -> None:
        for start, end, meanings in self._names.within(said):
            for meaning in meanings:
                self._named.setdefault(meaning, path)
            for less in self._less(said[start:end], meanings):
                for meaning in self._names.meanings(less):
                    self._heads.setdefault(meaning, path)

    def _less(self, name: str, meanings: Iterable[str]) -> Iterator[str]:
        """What a name says less exactly: what it is a kind of, the test of a specimen, the ingredient of a drug."""
        yield from kinds(name)
        for table, _, first in (meaning.partition("/") for meaning in meanings):
            if table == "procedures":
                yield from kinds(first)
            if table == "labs" and (own := specimen.named(name)):
                yield own.test
            if table == "drugs":
                yield from (short for short in ingredients(name) if not any(map(_is_test, self._names.meanings(short))))

    def of(self, mention: Mention) -> Path | None:
        """The place of the fact that carries a mention; None if none does."""
        if mention.kind == "name":
            return self._of_name(mention.meanings) or self._of_abbreviation(mention)
        found = [span for span in self._spans[mention.part.place] if mention.is_within(span.start, span.end)]
        is_whole = all(any(span.start <= at < span.end for span in found) for at in mention.digits())
        return found[0].path if found and is_whole else None

    def _of_abbreviation(self, mention: Mention) -> Path | None:
        """A name is carried by the abbreviation that the article gives for it: `International … Score [IPSS]`."""
        short = _ABBREVIATION.match(mention.part.text, mention.end)
        return self._short.get(short[1]) if short else None

    def _of_name(self, meanings: Iterable[str]) -> Path | None:
        """A name is carried by itself, or as the head of a longer one: `pneumonia` by `aspiration pneumonia`."""
        for known in (self._named, self._heads):
            for meaning in sorted(meanings):
                if meaning in known:
                    return known[meaning]
        return None


def _is_test(meaning: str) -> bool:
    """Whether a name means what is measured, as `potassium` of potassium chloride does, and not the level of a drug."""
    return meaning.startswith("labs/") and not meaning.endswith(" level")


_ABBREVIATION = re.compile(r"\s?[(\[]([A-Za-z][A-Za-z0-9-]{1,11})[)\],;]")
"""What an article has behind a name that it says in short from then on."""


class _Span(NamedTuple):
    """A stretch of a passage whose numbers a fact holds."""

    part: Searched
    start: int
    end: int
    path: Path


class _Search:
    """One search for all that the claims of a case hold."""

    def __init__(self, evidence: Evidence, data: Mapping[str, Any]) -> None:
        self._evidence = evidence
        self._data = data
        self._told = evidence.index.told
        self._events = _needs_of_events(evidence.chart)

    def spans(self) -> Iterator[_Span]:
        """First what values hold, then what is said beside them, then what is printed again."""
        chart, index = self._evidence.chart, self._evidence.index
        proven = [(claim, self._evidence.proving(claim)) for claim in claims(chart)]
        for claim, proving in proven:
            yield from _printed([*claim.needs, *claim.nearby, *_above(claim)], proving)
            yield from self._leading(claim, proving)
            for misprint in claim.printed:
                yield from _misprinted(misprint, proving)
        for of_tables in (proven_cells, proven_heads, proven_limits):
            yield from (_Span(part, start, end, path) for path, part, start, end in of_tables(chart, index))
        for claim, proving in proven:
            told = proving or self._evidence.names.passages(claim)
            if not claim.needs:  # a test without a number is proven by its name
                yield from _printed(_above(claim), told)
            yield from _printed(self._of_events(claim.path), told)
            yield from self._in_words(claim, told)
        for claim in (*(claim for claim, _ in proven), *cell_claims(chart)):
            yield from self._again(claim)
        yield from _printed(_dates(chart), self._told)
        yield from (_Span(*found) for found in apart(chart, self._told))
        codes = [(path, said) for path, said in all_words(self._data) if "code" in path[-2:]]
        for path, said in codes:  # what means the same wherever it is printed: F32.3 of ICD-10
            yield from _printed([need for need in needs_of(said, path) if _is_unique(need)], self._told)

    def _leading(self, claim: Claim, proving: Sequence[Searched]) -> Iterator[_Span]:
        """The moments that a sentence shortly before what proves a claim begins with."""
        for need in (*claim.moments, *_above(claim)):
            for part in proving:
                yield from _printed([need], (each for each in self._evidence.index.near(part) if begins(need, each)))

    def _in_words(self, claim: Claim, proving: Sequence[Searched]) -> Iterator[_Span]:
        """What a claim says in own words; within its quote, its numbers in whatever words."""
        for path, said in own_words(self._data, claim.path):
            needs = list(needs_of(said, path))
            yield from _printed(needs, proving)
            yield from _printed([need for need in needs if _is_unique(need)], self._told)
            if claim.quote:
                yield from _within(claim.quote, said, path, proving)

    def _of_events(self, path: Path) -> list[Need]:
        """What the events say that a claim, or what it is a part of, is told by."""
        return [need for end in range(1, len(path) + 1) for need in self._events.get(path[:end], ())]

    def _again(self, claim: Claim) -> Iterator[_Span]:
        """What a claim holds and the article prints elsewhere, or says there instead."""
        yield from _printed([need for need in claim.anywhere if {"conflict", "target"} & {*need.path}], self._told)
        yield from _printed([need for need in (*claim.needs, *claim.nearby) if _is_unique(need)], self._told)
        corrected = (need for each in claim.printed for need in each.needs)
        for need in (*claim.needs, *corrected):
            if isinstance(need, Numbers | Often):
                yield from _printed([need], self._named(claim, need))

    def _named(self, claim: Claim, need: Need) -> Iterator[Searched]:
        """The passages where a name of a claim stands beside what is needed, or a word for the field of the patient."""
        names = self._evidence.names
        named = names.passages(claim)
        yield from (p for p in named if names.is_beside(claim, need, p) or names.is_in_series(claim, need, p))
        yield from names.of_field(str(need.path[-1]), claim)


def _above(claim: Claim) -> tuple[Need, ...]:
    """The moments of the panel that a value is told in, which has no passage of its own."""
    return claim.above.moments if claim.above and not claim.above.is_whole else ()


def _misprinted(misprint: Misprint, parts: Iterable[Searched]) -> Iterator[_Span]:
    """What is printed in place of a value; of several pieces only their own numbers, and not those between them."""
    if "…" in misprint.text:
        return _within(misprint.text, misprint.text, misprint.path, parts)
    return _printed([Printed(misprint.path, misprint.text)], parts)


def _within(quote: str, said: str, path: Path, parts: Iterable[Searched]) -> Iterator[_Span]:
    """The numbers between the first and the last word of a quote that a text has as well."""
    held = {number.value for number in numbers(normalised(said).text)}
    for part in parts if held else ():
        for start, end in spans(quote, part.text):
            for number in part.numbers:
                if number.value in held and start <= number.start < end:
                    yield _Span(part, number.start, number.end, path)


def _is_unique(need: Need) -> bool:
    """Whether what is needed means the same wherever it is printed: a date, or a name with digits, CD117."""
    return isinstance(need, Dated) or (isinstance(need, Token) and need.token[0].isalpha())


def _printed(needs: Sequence[Need], parts: Iterable[Searched]) -> Iterator[_Span]:
    """Where what is needed stands in some passages."""
    for part in parts:
        for need in needs:
            yield from (_Span(part, start, end, need.path) for start, end in need.places(part))


def _needs_of_events(chart: Chart) -> dict[Path, list[Need]]:
    """The place of a record → what is printed of the events that it is told by: ages, distances, dates, `day 0`."""
    found: dict[Path, list[Need]] = defaultdict(list)
    for when, places in chart.moments.items():
        for name in events_named(when):
            event = chart.case.events.get(name)
            if event and event.date:
                needs = [*moment(event.date, ("events", name)), *needs_of(event.note or "", ("events", name))]
                for place in places:
                    found[place[:-1]] += needs
            if event and isinstance(when, At) and event.first_day in (0, 1):
                first = DayOf(f"day {event.first_day} of {name}", event.first_day, name)
                for place in places:
                    found[place[:-1]] += moment(first, ("events", name, "first-day"))
    return found


def _dates(chart: Chart) -> list[Need]:
    """The dates that stand before the rows of tables."""
    return [
        Dated(("tables", position, "rows", row.row), row.moment.text, row.moment)
        for position, table in enumerate(chart.case.tables)
        for row in table.rows
        if isinstance(row.moment, Calendar)
    ]
