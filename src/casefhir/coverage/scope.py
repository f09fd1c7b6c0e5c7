"""An article → the passages of which every number has to be in the case: abstract, case presentation and tables."""

from collections.abc import Iterator

from casefhir.article import Article, Passage, is_told
from casefhir.article.sections import OF_CASE, is_usual


def told_of_case(article: Article) -> Iterator[Passage]:
    """
    The sentences and rows that tell of the patient.

    Those of the abstract, of the tables, and of the case presentation with whatever headings follow it, up to the next
    usual one (`Discussion`); in an article without a section of that name, those of all headings that are not usual.
    Left aside are the background, the discussion, the references, captions, and what stands before and behind.
    """
    has_case = any(passage.section in ("case presentation", "text") for passage in article.passages)
    is_case = not has_case
    for passage in article.passages:
        if is_usual(passage.section):
            is_case = passage.section in OF_CASE or not has_case
        if passage.kind in ("sentence", "row") and _is_of_case(passage, is_case=is_case):
            yield passage


def _is_of_case(passage: Passage, *, is_case: bool) -> bool:
    section = passage.section
    if not is_told(section):
        return False
    return section in OF_CASE or section.startswith("table") or (is_case and not is_usual(section))
