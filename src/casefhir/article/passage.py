"""An article as read: its text, and the passages that it is made of."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from casefhir.article.normal import Normal
from casefhir.article.sections import is_told

SEPARATOR = " | "
"""What parts the cells of a row in the text of its passage."""


class ArticleError(Exception):
    """The article cannot be read; the message says why, in one line."""


class Passage(NamedTuple):
    """One sentence, one row of a table, one heading or one caption."""

    text: str
    """In normal form; the cells of a row are parted by ` | `."""

    kind: Literal["sentence", "row", "heading", "caption"]
    section: str
    """The heading that it stands under, in small letters; of a row `table 1`, or `table` where it has no number."""

    line: int
    """The line of the file in which it begins, from 1; of a PDF the page."""

    start: int
    """Where it begins in `Article.text`."""

    anchors: tuple[tuple[int, int], ...]
    cells: tuple[str, ...] = ()
    """The cells of a row, in normal form."""

    header: tuple[str, ...] = ()
    """The cells of the header of its table, in normal form; empty of a table without one."""

    caption: str = ""
    """What stands above the table of a row."""

    level: int = 0
    """Of a heading, how deep it is, from 1; 0 where the print does not tell."""

    def placed(self) -> Iterator[tuple[int, str]]:
        """The cells of a row, each with where it begins in `text`."""
        start = 0
        for cell in self.cells:
            yield start, cell
            start += len(cell) + len(SEPARATOR)

    def origin(self, at: int) -> int:
        """The place in `Article.text` of a place in `text`."""
        return self.start + Normal(self.text, self.anchors).origin(at)


class Article(NamedTuple):
    """A published article."""

    name: str
    """What messages call the file."""

    text: str
    """All that is printed. Of plain text and Markdown the file itself, else what was taken out of it."""

    passages: tuple[Passage, ...]
    """In the order of the print."""

    place: Literal["line", "page"] = "line"
    """What `Passage.line` counts."""

    def told(self) -> Iterator[Passage]:
        """The sentences, rows and captions that may tell of the case."""
        return (p for p in self.passages if p.kind != "heading" and is_told(p.section))
