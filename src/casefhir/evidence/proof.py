"""Claims × article → what is not proven, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from casefhir.article import Article
from casefhir.chart import Chart
from casefhir.evidence.bibliography import bibliography
from casefhir.evidence.claim import Claim, claims
from casefhir.evidence.column_limits import column_limits, is_apart
from casefhir.evidence.column_units import column_units
from casefhir.evidence.doses import Counted
from casefhir.evidence.elsewhere import is_size, stands_elsewhere
from casefhir.evidence.index import Index, Other, Searched
from casefhir.evidence.lacking import lacking
from casefhir.evidence.locus import Locus
from casefhir.evidence.misplaced import misplaced
from casefhir.evidence.misprint import said, unit_of, unlike, unlike_remark
from casefhir.evidence.names import Names
from casefhir.evidence.need import Need, Numbers, Printed, begins, is_met, is_printed
from casefhir.evidence.other_specimen import other_specimens
from casefhir.evidence.others import others, several, who
from casefhir.evidence.quote import of_others, spans, standing
from casefhir.evidence.remark import Remark
from casefhir.evidence.shown import nearest_to_number, nearest_to_quote, shown
from casefhir.evidence.stops import stops
from casefhir.evidence.tables import cells, headed, proving_heads
from casefhir.source import Path


class Evidence:
    """A case held against its article."""

    def __init__(self, chart: Chart, article: Article) -> None:
        self.chart = chart
        self.who = who(article, chart.case)
        self.index = Index(article, others(article, self.who))
        self.names = Names(chart, self.index)
        self.passages: dict[Path, tuple[Searched, ...]] = {}
        """The place of each claim that is proven → the passages that prove it."""
        self.remarks: Sequence[Remark] = tuple(_once(self._all()))

    def of(self, rule: str) -> Iterator[tuple[Path, str]]:
        """The remarks under one name."""
        return ((remark.path, remark.message) for remark in self.remarks if remark.rule == rule)

    def proving(self, claim: Claim) -> tuple[Searched, ...]:
        """The passages that prove a claim, or else those of what it is a part of."""
        return self.passages.get(claim.path) or self._above(claim)

    def used(self) -> Iterator[tuple[Searched, list[tuple[int, int]]]]:
        """The passages that alone prove a fact, with the places of its numbers, dates and names with digits in each."""
        for claim in claims(self.chart):
            passages = self.passages.get(claim.path, ())
            if len(passages) == 1:
                needs = (*claim.needs, *claim.nearby, *(Printed(each.path, each.text) for each in claim.printed))
                yield passages[0], [place for need in needs for place in need.places(passages[0])]
        if self.chart.case.tables:
            rows = (part for part in self.index.told if part.passage and part.passage.header)
            yield from ((part, [(0, len(part.text))]) for part in rows)

    def _all(self) -> Iterator[Remark]:
        of_article = list(bibliography(self.chart.case.article, self.index))
        yield from of_article
        if any(remark.path == ("article", "doi") for remark in of_article):
            return  # of another article nothing can be proven, and to say so of each fact would help nobody
        yield from several(self.who, self.chart.case)
        for claim in claims(self.chart):
            yield from self._claim(claim)
            yield from misplaced(claim, self.passages.get(claim.path, ()), self.chart, self.index)
            yield from stops(claim, self.chart, self.names)
        yield from cells(self.chart, self.index)
        yield from column_units(self.chart, self.index, self.names)
        yield from other_specimens(self.chart, self.index)
        yield from column_limits(self.chart, self.index, self.names)

    def _claim(self, claim: Claim) -> Iterator[Remark]:
        for need in claim.anywhere:
            if not self._stands(need):
                yield self._not_printed(need, claim)
        wanted = list(claim.needs)
        for misprint in claim.printed:
            wanted.append(Printed(misprint.path, misprint.text))
            others = list(unlike(misprint))
            if claim.path[0] in ("treatments", "exposures"):
                wanted += others  # a dose may be printed in parts
            else:  # one remark where nothing says why, for one word mends all of them
                yield from (unlike_remark(need, misprint) for need in others[: None if misprint.why else 1])
        if claim.quote:
            yield from self._quoted(claim, wanted)
        elif claim.path[0] == "events" and (heads := proving_heads(claim, self.chart, self._headed)):
            self.passages[claim.path] = heads
        elif wanted or claim.nearby:
            yield from self._found(claim, wanted)
        elif claim.is_whole and not self._is_named(claim):
            yield self._no_passage(claim)

    @cached_property
    def _headed(self) -> Mapping[str, Mapping[Searched, Searched]]:
        return headed(self.chart, self.index)

    def _stands(self, need: Need) -> bool:
        """Whether it is printed anywhere; that a dose was a single one need not be."""
        if isinstance(need, Counted) and need.doses == 1:
            return True
        return any(is_printed(need, part) for part in self.index.told)

    def _quoted(self, claim: Claim, wanted: Sequence[Need]) -> Iterator[Remark]:
        """What is wrong with a claim that has a quote."""
        assert claim.quote
        found = tuple(standing(claim.quote, self.index))
        if not found and (theirs := of_others(claim.quote, self.index)):
            found = (theirs[0],)
            told = f"the quote stands {theirs[1].where}, where the article tells of another patient: {shown(theirs[0])}"
            yield Remark("other_patient", (*claim.path, "quote"), told)
        self.passages[claim.path] = found
        if not found:
            near = nearest_to_quote(claim.quote, self.index)
            told = f'the article has no "{claim.quote}" in one sentence or row{near}'
            yield Remark("quote_not_printed", (*claim.path, "quote"), told)
            return
        for need in wanted:
            is_met_there = any(self._is_met_in(need, part, claim) for part in found) or self._is_led(need, claim, found)
            if not is_met_there and not self._is_elsewhere(need, claim):
                yield self._outside(need, claim, found)
        for need in claim.nearby:
            if not self._is_told_near(need, claim, found):
                yield self._outside(need, claim, found)

    def _is_met_in(self, need: Need, part: Searched, claim: Claim) -> bool:
        """Whether a passage prints it: in the quote itself, if that has numbers, and it is the first one needed."""
        if not is_met(need, part):
            return self.names.stands_for(claim, need, part)
        if not claim.quote or need.path[-1] != "value" or need is not next(iter(claim.needs), None):
            return True
        inside = list(spans(claim.quote, part.text))
        held = any(start <= n.start < end for n in part.numbers if not n.spelled for start, end in inside)
        return not held or any(start <= at < end for at, _ in need.places(part) for start, end in inside)

    def _is_elsewhere(self, need: Need, claim: Claim) -> bool:
        return stands_elsewhere(need, claim, self.names, self.chart)

    def _found(self, claim: Claim, wanted: Sequence[Need]) -> Iterator[Remark]:
        """What is wrong with a claim that is to be found by its name and numbers, sizes where they stand."""
        wanted = [need for need in wanted if not (is_size(need) and self._is_elsewhere(need, claim))]
        passages = self._by_itself(claim, wanted) or self._led(claim, wanted)
        if not passages and any(is_apart(need, claim, self.names) for need in wanted):
            wanted = [need for need in wanted if not is_apart(need, claim, self.names)]
            passages = self._by_itself(claim, wanted) or self._led(claim, wanted)
        if passages:
            self.passages[claim.path] = passages
            sections = [part.passage.section for part in passages if part.passage]
            if wanted and len(sections) > len(set(sections)):
                yield self._several(claim, passages)
            yield from self._late(claim, passages)
            return
        above = self._above(claim)
        if above and all(
            any(self._is_told(need, claim, part) for part in above) or self._is_led(need, claim, above)
            for need in wanted
        ):
            self.passages[claim.path] = above
            yield from self._late(claim, above)
            return
        if own := self._of_their_own(claim, wanted):
            self.passages[claim.path] = own
            return
        missing = [need for need in (*wanted, *claim.nearby) if not self._stands(need)]
        if missing:
            yield from (self._not_printed(need, claim) for need in missing)
        elif claim.is_whole:
            yield self._no_passage(claim)

    def _of_their_own(self, claim: Claim, wanted: Sequence[Need]) -> tuple[Searched, ...]:
        """The passages under the name of somebody else, `Donor`, that prove what the case tells of that person."""
        if not wanted or claim.path[0] != "others":
            return ()
        theirs = self.index.under(self.chart.case.others[int(claim.path[1])].who)
        return tuple(part for part in theirs if all(is_met(need, part) for need in wanted))

    def _by_itself(self, claim: Claim, wanted: Sequence[Need]) -> tuple[Searched, ...]:
        named = self.names.passages(claim)
        if not wanted:
            dated = tuple(part for part in named if all(is_met(need, part) for need in claim.nearby))
            return dated or tuple(part for part in named if all(self._is_near(need, (part,)) for need in claim.nearby))
        first = next((need for need in wanted if not isinstance(need, Locus)), wanted[0])
        found = [
            part
            for part in named
            if all(is_met(need, part) or self.names.stands_for(claim, need, part) for need in wanted)
        ]
        beside = tuple(part for part in found if self.names.is_beside(claim, first, part))
        return beside or tuple(part for part in found if self.names.is_in_series(claim, first, part))

    def _led(self, claim: Claim, wanted: Sequence[Need]) -> tuple[Searched, ...]:
        """The passages that prove all of a claim but its moment, which one shortly before begins with."""
        if not claim.moments:
            return ()
        rest = [need for need in wanted if need not in claim.moments]
        return tuple(
            part
            for part in self._by_itself(claim, rest)
            if all(is_met(need, part) or self._is_led(need, claim, (part,)) for need in claim.moments)
        )

    def _is_led(self, need: Need, claim: Claim, passages: Sequence[Searched]) -> bool:
        """Whether a moment begins a passage shortly before; the start or the end may stand where the fact is named."""
        if need not in claim.moments:
            return False
        if any(begins(need, near) for part in passages for near in self.index.near(part) if near is not part):
            return True
        return need.path[-1] in ("from", "to") and any(is_met(need, part) for part in self.names.passages(claim))

    def _is_told(self, need: Need, claim: Claim, part: Searched) -> bool:
        """Whether a passage prints it; where a name of the claim stands beside a number, beside that name."""
        if not is_met(need, part):
            return False
        is_own = need in claim.needs and part in self.names.passages(claim)
        if not is_own or self.names.is_beside(claim, need, part) or self.names.is_in_series(claim, need, part):
            return True
        return not self.names.is_counted(claim, part)

    def _late(self, claim: Claim, passages: Sequence[Searched]) -> Iterator[Remark]:
        for need in claim.nearby:
            if not self._is_told_near(need, claim, passages):
                yield self._outside(need, claim, passages) if self._stands(need) else self._not_printed(need, claim)

    def _is_told_near(self, need: Need, claim: Claim, passages: Iterable[Searched]) -> bool:
        """Whether a date stands in a passage or shortly before it; the start or the end wherever the fact is named."""
        if self._is_near(need, passages):
            return True
        return need.path[-1] in ("from", "to") and any(is_met(need, part) for part in self.names.passages(claim))

    def _is_near(self, need: Need, passages: Iterable[Searched]) -> bool:
        return any(is_met(need, near) for part in passages for near in self.index.near(part))

    def _above(self, claim: Claim) -> tuple[Searched, ...]:
        above = claim.above
        while above is not None:
            if found := self.passages.get(above.path):
                return found
            above = above.above
        return ()

    def _is_named(self, claim: Claim) -> bool:
        return bool(self._above(claim)) or bool(self.names.passages(claim))

    # The messages.

    def _not_printed(self, need: Need, claim: Claim) -> Remark:
        if isinstance(need, Numbers) and (other := self._other_unit(need, claim)):
            return other
        if theirs := next(self._of_others(need), None):
            told = f"the article has {said(need)} of another patient only, {theirs[1].where}: {shown(theirs[0])}"
            told = f"{told}; if it tells of this one too, quote it"
            return Remark("number_not_printed", need.path, told)
        near = nearest_to_number(need, self.names.passages(claim), self.index)
        return Remark("number_not_printed", need.path, f"the article has no {said(need)}{near}")

    def _of_others(self, need: Need) -> Iterator[tuple[Searched, Other]]:
        """Where what is needed is printed of another patient."""
        for part, stretches in self.index.others:
            for start, _ in need.places(part):
                yield from ((part, other) for other in stretches if other.start <= start < other.end)

    def _outside(self, need: Need, claim: Claim, found: Sequence[Searched]) -> Remark:
        if isinstance(need, Numbers) and (other := unit_of(need, found)):
            return other
        if not self._stands(need):
            near = nearest_to_number(need, found, self.index)
            return Remark("number_not_printed", need.path, f"the article has no {said(need)}{near}")
        its = "its quote" if claim.quote else self.chart.case.called(claim.path) or "this fact"
        told = f"{said(need)} does not stand in the passage of {its}: {shown(found[0])}"
        return Remark("outside_quote", need.path, told)

    def _other_unit(self, need: Numbers, claim: Claim) -> Remark | None:
        return unit_of(need, self.names.passages(claim))

    def _no_passage(self, claim: Claim) -> Remark:
        needs = (*claim.needs, *(Printed(each.path, each.text) for each in claim.printed), *claim.nearby)
        lacks = lacking(claim, needs, self.names.passages(claim), self.index.told, partial(self._is_told_by, claim))
        told = f"no passage says {self._called(claim)} by itself{lacks and f': {lacks}'}"
        return Remark("no_passage", claim.path, f"{told}; add a quote, at most 12 printed words")

    def _is_told_by(self, claim: Claim, need: Need, part: Searched) -> bool:
        if need in claim.nearby:
            return self._is_told_near(need, claim, (part,))
        return is_met(need, part) or self._is_led(need, claim, (part,)) or self.names.stands_for(claim, need, part)

    def _called(self, claim: Claim) -> str:
        return repr(claim.names[0][1]) if claim.names else self.chart.case.called(claim.path) or "this fact"

    def _several(self, claim: Claim, passages: Sequence[Searched]) -> Remark:
        told = f"{self._called(claim)} stands with its number in {len(passages)} passages"
        return Remark("several_passages", claim.path, f"{told}; say with a quote which one is meant")


def _once(remarks: Iterable[Remark]) -> Iterator[Remark]:
    return iter(dict.fromkeys(remarks))
