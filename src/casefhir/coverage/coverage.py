"""Cases × article → each mention of the article, carried by a fact, waived with a reason, or missing."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from casefhir.article import Article
from casefhir.article.people import is_another
from casefhir.coverage.carried import Carriers
from casefhir.coverage.mention import Mention, NamesOfTables, mentions
from casefhir.coverage.scope import told_of_case
from casefhir.evidence import Evidence
from casefhir.evidence.others import is_section
from casefhir.evidence.quote import spans
from casefhir.model.left_out import LeftOut
from casefhir.pipeline import Loaded
from casefhir.source import Path

State = Literal["carried", "waived", "missing"]
STATES: tuple[State, ...] = ("carried", "waived", "missing")


class Covered(NamedTuple):
    """A mention, and what became of it."""

    mention: Mention
    state: State
    path: Path = ()
    """The place in the case file of the fact that carries it, or of the waiver."""

    of: int = 0
    """In which of the cases that is."""


class Waiver(NamedTuple):
    """An item of `left-out` that waives nothing."""

    path: Path
    message: str
    of: int = 0
    """In which of the cases it stands."""


class Coverage:
    """
    What became of every number, date and known name in abstract, case presentation and tables.

    Of the cases of one article, each mention is carried if one of them carries it, and waived if one waives it; that
    it is another patient's waives it only if all of them say so.
    """

    def __init__(self, loaded: Loaded, article: Article, *others: Loaded) -> None:
        self.article = article
        self.cases = (loaded, *others)
        self.asked = tuple(told_of_case(article))
        """The sentences and rows whose mentions are asked for."""
        told = frozenset(passage.start for passage in self.asked)
        found = [_of_case(case, number, article, told) for number, case in enumerate(self.cases)]
        self.covered: Sequence[Covered] = tuple(
            min(ones, key=self._rank) for ones in zip(*(covered for covered, _ in found), strict=True)
        )
        self.idle: Sequence[Waiver] = tuple(waiver for _, idle in found for waiver in idle)

    def _rank(self, one: Covered) -> int:
        """Which of the cases is believed about a mention: the lowest."""
        if one.state == "carried":
            return 0
        if one.state == "missing":
            return 2
        case = self.case(one).case
        assert case
        of_another = one.path[0] != "left-out" or is_another(case.left_out[int(one.path[1])].why)
        return 3 if of_another else 1

    def case(self, of: Covered | Waiver) -> Loaded:
        """The case in which something is carried or waived."""
        return self.cases[of.of]

    def count(self, state: State) -> int:
        """How many mentions are in a state."""
        return sum(covered.state == state for covered in self.covered)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing, and every waiver waives something."""
        return not self.idle and not self.count("missing")


def _of_case(
    loaded: Loaded, number: int, article: Article, asked: frozenset[int]
) -> tuple[list[Covered], list[Waiver]]:
    """What one case carries and waives of all that is asked for."""
    assert loaded.chart
    evidence = Evidence(loaded.chart, article)
    names = NamesOfTables(loaded.chart.terms)
    carriers = Carriers(evidence, loaded.source.data, names)
    waivers = _Waivers(loaded.chart.case.left_out, evidence)
    parts = (part for part in evidence.index.whole() if part.passage and part.passage.start in asked)
    covered = [
        _covered(mention, carriers, waivers)._replace(of=number) for part in parts for mention in mentions(part, names)
    ]
    return covered, [waiver._replace(of=number) for waiver in waivers.idle(covered)]


def _covered(mention: Mention, carriers: Carriers, waivers: "_Waivers") -> Covered:
    if path := carriers.of(mention):
        return Covered(mention, "carried", path)
    if path := waivers.of(mention):
        return Covered(mention, "waived", path)
    return Covered(mention, "missing")


class _Waivers:
    """The items of `left-out`, and where they stand in the article."""

    def __init__(self, left_out: Sequence[LeftOut], evidence: Evidence) -> None:
        self._left_out = left_out
        self._others = {part.passage.start: others for part, others in evidence.index.others if part.passage}
        self._places = [
            [(part.place, *span) for part in evidence.index.whole() for span in spans(item.quote, part.text)]
            if item.quote
            else []
            for item in left_out
        ]
        self._passages = [part.passage for part in evidence.index.whole() if part.passage]

    def of(self, mention: Mention) -> Path | None:
        """The place of the first item that leaves a mention out, or of what says that another patient is told of."""
        for position, item in enumerate(self._left_out):
            if self._is_of(position, item, mention):
                return "left-out", position
        others = self._others.get(mention.part.passage.start, ()) if mention.part.passage else ()
        return next((other.path for other in others if mention.is_within(other.start, other.end)), None)

    def _is_of(self, position: int, item: LeftOut, mention: Mention) -> bool:
        passage = mention.part.passage
        if item.section:
            return passage is not None and is_section(item.section, passage)
        return any(
            place == mention.part.place and mention.is_within(start, end)
            for place, start, end in self._places[position]
        )

    def idle(self, covered: Sequence[Covered]) -> Iterator[Waiver]:
        """The items that leave nothing out."""
        used = {one.path for one in covered if one.state == "waived"}
        for position, item in enumerate(self._left_out):
            path: Path = ("left-out", position)
            if path in used:
                continue
            if item.section and not any(is_section(item.section, passage) for passage in self._passages):
                yield Waiver((*path, "section"), f"the article has no section {item.section!r}")
            elif item.quote and not self._places[position]:
                yield Waiver((*path, "quote"), f'the article has no "{item.quote}" in one sentence or row')
            else:
                yield Waiver(path, "this leaves out nothing that is asked for and not carried")
