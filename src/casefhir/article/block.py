"""What every reader makes of a file: its blocks, and of these the passages."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from casefhir.article.normal import Normal, normalised
from casefhir.article.passage import SEPARATOR, Passage
from casefhir.article.sentences import sentences


class Block(NamedTuple):
    """A heading, a paragraph, a caption, or a row of a table, as printed."""

    kind: Literal["heading", "text", "caption", "row"]
    text: str
    start: int
    """Where it begins in the text of the article."""

    line: int
    section: str
    cells: tuple[tuple[int, str], ...] = ()
    """Of a row: each cell, and where in `text` it begins."""

    header: tuple[str, ...] = ()
    caption: str = ""
    runs_on: bool = True
    """Whether each line end in `text` is a new line of the file."""

    level: int = 0
    """Of a heading, how deep it is, from 1; 0 where the print does not tell."""


def passages(blocks: Iterator[Block]) -> Iterator[Passage]:
    """The passages of blocks: of a paragraph its sentences, of the others one."""
    for block in blocks:
        if block.kind == "row":
            yield _row(block)
        elif block.kind == "text":
            yield from _sentences(block)
        else:
            normal = normalised(block.text)
            text = normal.text.strip()
            place = (block.section, block.line, block.start)
            yield Passage(text, block.kind, *place, normal.anchors, level=block.level)


def _sentences(block: Block) -> Iterator[Passage]:
    normal = normalised(block.text)
    for start, end in sentences(normal.text):
        printed = normal.origin(start)
        line = block.line + (block.text.count("\n", 0, printed) if block.runs_on else 0)
        anchors = _part(normal, start, end, printed)
        text = normal.text[start:end]
        yield Passage(text, "sentence", block.section, line, block.start + printed, anchors)


def _part(normal: Normal, start: int, end: int, printed: int) -> tuple[tuple[int, int], ...]:
    """The anchors of a part of a text, counted from its own beginning."""
    inner = ((here - start, there - printed) for here, there in normal.anchors if start < here < end)
    return ((0, normal.origin(start) - printed), *inner)


def _row(block: Block) -> Passage:
    texts: list[str] = []
    anchors: list[tuple[int, int]] = []
    length = 0
    for at, cell in block.cells:
        normal = normalised(cell)
        lead = len(normal.text) - len(normal.text.lstrip())
        anchors += [(length + here, at + there) for here, there in _part(normal, lead, len(normal.text), 0)]
        texts.append(normal.text.strip())
        length += len(texts[-1]) + len(SEPARATOR)
    header = tuple(map(_cell, block.header))
    return Passage(
        SEPARATOR.join(texts),
        "row",
        block.section,
        block.line,
        block.start,
        tuple(anchors) or ((0, 0),),
        tuple(texts),
        header,
        _cell(block.caption),
    )


@lru_cache(maxsize=256)
def _cell(text: str) -> str:
    """A cell or a caption in normal form: those above a table are asked for with each of its rows."""
    return normalised(text).text.strip()
