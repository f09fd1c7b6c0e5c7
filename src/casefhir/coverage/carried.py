"""Evidence → which fact carries a mention of the article: the inverse of what passage proves a fact."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from casefhir.article.normal import normalised
from casefhir.article.numbers import numbers
from casefhir.chart import Chart
from casefhir.coverage.mention import Mention, NamesOfTables
from casefhir.coverage.words import all_words, needs_of, own_words
from casefhir.evidence import Evidence
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
from casefhir.model.when import events_named
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
        for claim in claims(evidence.chart):
            for path, name in claim.names:
                self._hold(path, name)
        for path, said in all_words(data):
            self._hold(path, said)
            for implied in _implied(path, said):
                self._hold(path, implied)

    def _hold(self, path: Path, said: str) -> None:
        for start, end, meanings in self._names.within(said):
            for meaning in meanings:
                self._named.setdefault(meaning, path)
            for meaning in self._names.meanings(_head(said[start:end])):
                self._heads.setdefault(meaning, path)

    def of(self, mention: Mention) -> Path | None:
        """The place of the fact that carries a mention; None if none does."""
        if mention.kind == "name":
            return self._of_name(mention.meanings)
        found = [span for span in self._spans[mention.part.place] if mention.is_within(span.start, span.end)]
        is_whole = all(any(span.start <= at < span.end for span in found) for at in mention.digits())
        return found[0].path if found and is_whole else None

    def _of_name(self, meanings: Iterable[str]) -> Path | None:
        """A name is carried by itself, or as the head of a longer one: `pneumonia` by `aspiration pneumonia`."""
        for known in (self._named, self._heads):
            for meaning in sorted(meanings):
                if meaning in known:
                    return known[meaning]
        return None


def _implied(path: Path, said: str) -> Iterator[str]:
    """What a name of the case says as well: `yellow fever` of a vaccine, `red cell` of a transfusion, `urinalysis`."""
    first, _, last = said.rpartition(" ")
    if first and last.casefold() in ("vaccine", "vaccination", "transfusion"):
        yield first
        yield f"{first.removeprefix('packed ')}s"
    if path[0] == "labs" and said.casefold().startswith("urine "):
        yield "urinalysis"


def _head(name: str) -> str:
    """What a longer name is a kind of: `pneumonia` of `aspiration pneumonia`, `X-ray` of `X-ray of both wrists`."""
    before, of, _ = name.partition(" of ")
    return before if of else name.rpartition(" ")[2]


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
            yield from _printed([*claim.needs, *claim.nearby], proving)
            yield from self._leading(claim, proving)
            for misprint in claim.printed:
                yield from _misprinted(misprint, proving)
        for of_tables in (proven_cells, proven_heads, proven_limits):
            yield from (_Span(part, start, end, path) for path, part, start, end in of_tables(chart, index))
        for claim, proving in proven:
            told = proving or self._evidence.names.passages(claim)
            yield from _printed(self._of_events(claim.path), told)
            yield from self._in_words(claim, told)
        for claim in (*(claim for claim, _ in proven), *cell_claims(chart)):
            yield from self._again(claim)
        yield from _printed(_dates(chart), self._told)
        codes = [(path, said) for path, said in all_words(self._data) if "code" in path[-2:]]
        for path, said in codes:  # what means the same wherever it is printed: F32.3 of ICD-10
            yield from _printed([need for need in needs_of(said, path) if _is_unique(need)], self._told)

    def _leading(self, claim: Claim, proving: Sequence[Searched]) -> Iterator[_Span]:
        """The moments that a sentence shortly before what proves a claim begins with."""
        for need in claim.moments:
            for part in proving:
                yield from _printed([need], (each for each in self._evidence.index.near(part) if begins(need, each)))

    def _in_words(self, claim: Claim, proving: Sequence[Searched]) -> Iterator[_Span]:
        """What a claim says in own words; within its quote, its numbers in whatever words."""
        for path, said in own_words(self._data, claim.path):
            yield from _printed(list(needs_of(said, path)), proving)
            if claim.quote:
                yield from _within(claim.quote, said, path, proving)

    def _of_events(self, path: Path) -> list[Need]:
        """What the events say that a claim, or what it is a part of, is told by."""
        return [need for end in range(1, len(path) + 1) for need in self._events.get(path[:end], ())]

    def _again(self, claim: Claim) -> Iterator[_Span]:
        """What a claim holds and the article prints elsewhere, or says there instead."""
        yield from _printed([need for need in claim.anywhere if "conflict" in need.path], self._told)
        yield from _printed([need for need in (*claim.needs, *claim.nearby) if _is_unique(need)], self._told)
        corrected = (need for each in claim.printed for need in each.needs)
        for need in (*claim.needs, *corrected):
            if isinstance(need, Numbers | Often):
                yield from _printed([need], self._named(claim, need))

    def _named(self, claim: Claim, need: Need) -> Iterator[Searched]:
        """The passages where a name of a claim stands beside what is needed, or a word for the field of the patient."""
        names = self._evidence.names
        yield from (part for part in names.passages(claim) if names.is_beside(claim, need, part))
        yield from names.of_field(str(need.path[-1]))


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
    """The place of a record → what is printed of the events that it is told by: their ages, distances and dates."""
    found: dict[Path, list[Need]] = defaultdict(list)
    for when, places in chart.moments.items():
        for name in events_named(when):
            event = chart.case.events.get(name)
            if event and event.date:
                needs = [*moment(event.date, ("events", name)), *needs_of(event.note or "", ("events", name))]
                for place in places:
                    found[place[:-1]] += needs
    return found


def _dates(chart: Chart) -> list[Need]:
    """The dates that stand before the rows of tables."""
    return [
        Dated(("tables", position, "rows", row.row), row.moment.text, row.moment)
        for position, table in enumerate(chart.case.tables)
        for row in table.rows
        if isinstance(row.moment, Calendar)
    ]
