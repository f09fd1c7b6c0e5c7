"""A passage → where it stands in the article, in words that need no file: `case presentation, sentence 14`."""

from collections import Counter
from collections.abc import Iterator, Mapping

from casefhir.article import Article, Passage
from casefhir.evidence.claim import claims
from casefhir.evidence.proof import Evidence
from casefhir.evidence.tables import proven_cells
from casefhir.source import Path


def places(evidence: Evidence) -> Mapping[Path, str]:
    """
    Record → where the article proves it: the path in the case file, and section with sentence or row.

    What stands in several passages has all of them, what no passage proves by itself has an empty text. Of a PDF, the
    page is told too. The words themselves are left out: a quote has at most 12 of them.
    """
    told = dict(_told(evidence.index.article))
    found = {claim.path: "" for claim in claims(evidence.chart)}
    for path, passages in evidence.passages.items():
        if at := [told[part.passage] for part in passages if part.passage]:
            found[path] = "; ".join(dict.fromkeys(at))
    for path, part, *_ in proven_cells(evidence.chart, evidence.index):
        if part.passage:
            found[path] = told[part.passage]
    return found


def _told(article: Article) -> Iterator[tuple[Passage, str]]:
    """Each passage, and where it is: sentences and rows are counted in their section, from 1."""
    counts: Counter[tuple[str, str]] = Counter()
    for passage in article.passages:
        counts[passage.section, passage.kind] += 1
        page = f"page {passage.line}, " if article.place == "page" else ""
        yield passage, f"{passage.section}, {page}{passage.kind} {counts[passage.section, passage.kind]}"
