"""Plain text or Markdown → its blocks: headings, paragraphs joined over page breaks, captions, rows of tables."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from casefhir.article.aligned import Cells, aligned
from casefhir.article.block import Block
from casefhir.article.people import is_heading
from casefhir.article.sections import FRONT, known_section, section_of


class _Line(NamedTuple):
    text: str
    start: int
    number: int


class _Part(NamedTuple):
    """Lines that belong together."""

    kind: str
    lines: tuple[_Line, ...]
    whole: str
    """The text of the file."""

    @property
    def text(self) -> str:
        """From the first of its lines to the end of the last."""
        last = self.lines[-1]
        return self.whole[self.lines[0].start : last.start + len(last.text)]


_FRONT_LINE = re.compile(r"# [A-Z][A-Z ]*: ")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*\Z")
_RULE = re.compile(
    r"\s*(?:<!--.*-->|(?:[-*_=]\s?){3,}|(?:page\s+)?[0-9]{1,4}(?:\s*(?:of|/)\s*[0-9]{1,4})?)\s*\Z", re.IGNORECASE
)
_TABLE = re.compile(
    r"\W{0,4}(?:table|tab\.?)\s*(?P<number>[0-9]{1,3}|[IVX]{1,5})\b[.:)*\s]*(?P<title>.*)", re.IGNORECASE | re.DOTALL
)
_BIBLIOGRAPHIC = re.compile(
    r"\W{0,4}(?:keywords?|key words|posted|published|received|accepted|revised|doi|licen[sc]e|copyright|pmid|citation)"
    r"\b[\w ]{0,10}:",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[-*+•]|\(?[0-9]{1,3}[.)])\s")
_GAP = re.compile(r"\||\t|\s{2}")
_WIDE = re.compile(r"^.{1,60}?\s{4,}.{1,60}$")
_LONG = 80
"""A paragraph of so many characters without a full stop at its end goes on behind a page break."""


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text, in its order."""
    parts = list(_parts(text))
    starts_in_front = parts[:1] and parts[0].kind != "front" and any(part.kind == "heading" for part in parts)
    section = FRONT if starts_in_front else "text"
    caption: tuple[str, ...] = ()
    for part in _joined(parts):
        first = part.lines[0]
        found = _TABLE.fullmatch(part.text.strip()) if part.kind in ("text", "item") else None
        if part.kind == "heading":
            level, said = _heading(first.text)
            section = _below(first.text, said, section)
            start = first.start + first.text.find(said)
            yield Block("heading", said, start, first.number, section, level=level)
        elif part.kind == "rows":
            yield from _rows(part, caption)
            caption = ()
        elif found:
            caption = (f"table {found['number'].casefold()}", found["title"].strip())
            yield Block("caption", part.text, first.start, first.number, caption[0])
        elif caption and not caption[1] and part.kind == "text":
            caption = (caption[0], part.text.strip())
            yield Block("caption", part.text, first.start, first.number, caption[0])
        else:
            is_front = part.kind == "front" or _BIBLIOGRAPHIC.match(part.text)
            yield Block("text", part.text, first.start, first.number, FRONT if is_front else section)


def _below(line: str, said: str, before: str) -> str:
    """The section below a heading: a title, the first heading of the first level, leaves it as it was."""
    is_title = before == FRONT and line.lstrip().startswith("# ") and not known_section(said)
    return before if is_title else section_of(said)


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for number, line in enumerate(re.split("(?<=\n)", text.replace("\f", "\n")), start=1):
        yield _Line(line.rstrip("\r\n"), start, number)
        start += len(line)


def _parts(text: str) -> Iterator[_Part]:
    is_front = True
    for kind, group in groupby(_kinds(text), lambda each: each[0]):
        run = tuple(line for _, line in group)
        if kind == "heading" and is_front and _FRONT_LINE.match(run[0].text):
            yield from (_Part("front", (line,), text) for line in run)
        elif kind == "heading":
            yield from (_Part("heading", (line,), text) for line in run)
        elif kind == "row" and len(run) > 1:
            yield _Part("rows", run, text)
        elif kind == "item":
            yield from (_Part("item", (line,), text) for line in run)
        elif kind in ("text", "row"):
            yield _Part("text", run, text)
        is_front = False


def _kinds(text: str) -> Iterator[tuple[str, _Line]]:
    """
    Each line with its kind.

    Below a row of a table, one with a wide gap is a row that leaves columns blank; above one, a line of two cells that
    begins behind the labels is the head of its columns.
    """
    before = ""
    for line, below in pairwise((*_lines(text), None)):
        assert line
        kind = _kind(line)
        is_blank = before == "row" and _WIDE.search(line.text.strip())
        if kind == "text" and (is_blank or (below and _is_head(line, below))):
            kind = "row"
        before = kind
        yield kind, line


def _is_head(line: _Line, below: _Line) -> bool:
    """Whether a line has two cells and nothing above the labels of the row below it, which has three."""
    heads, cells = _cells(line.text), _cells(below.text)
    if not line.text.startswith("  ") or len(heads) != 2 or len(cells) != 3 or _kind(below) != "row":
        return False
    place, label = cells[0]
    return heads[0][0] > place + len(label)


def _kind(line: _Line) -> str:
    text = line.text
    if not text.strip():
        return "blank"
    if _HEADING.match(text) or (len(text) < 60 and known_section(text)) or is_heading(text):
        return "heading"
    if _RULE.match(text) and "|" not in text:
        return "rule"
    if _GAP.search(text) and _is_row(text):
        return "row"
    return "item" if _ITEM.match(text) else "text"


def _is_row(text: str) -> bool:
    """Whether a line is the row of a table; one of two cells only if strokes stand at both ends."""
    is_closed = re.fullmatch(r"\s*\|.*\|\s*", text) is not None
    cells = _cells(text, is_open=not is_closed)
    return len(cells) > (1 if is_closed else 2) and all(len(cell) < 60 for _, cell in cells)


def _heading(text: str) -> tuple[int, str]:
    """How deep a heading is, 0 where it is a line like any other, and what it says."""
    found = _HEADING.match(text)
    said = found[2].strip("*_ ") if found else ""
    return (len(found[1]), said) if found and said else (0, text)


def _joined(parts: list[_Part]) -> Iterator[_Part]:
    """The parts, paragraphs that a page break parts as one."""
    held: _Part | None = None
    for part in parts:
        if held and held.kind == part.kind == "text" and _goes_on(held.text.rstrip(), part.text.lstrip()):
            held = _Part("text", held.lines + part.lines, held.whole)
            continue
        if held:
            yield held
        held = part
    if held:
        yield held


def _goes_on(before: str, after: str) -> bool:
    if before.endswith((".", "!", "?", ":", ".**", "*", ">")) or _TABLE.fullmatch(after) or len(before) < _LONG:
        return False
    return after[:1].islower() or before[-1:].isalnum() or before.endswith((",", ";", "-", "("))


def _cells(text: str, *, is_open: bool = False, is_unclosed: bool = False) -> Cells:
    """
    The cells of a row, each with its place; one cell of a line that is no row.

    A stroke at its beginning is the border of the table, but in an open one, where it ends an empty cell; likewise at
    the end of one that is not closed.
    """
    begin, end = len(text) - len(text.lstrip(" ")), len(text.rstrip())
    gap = "\t" if "\t" in text else r"\s{2,}"
    if "|" in text:
        gap = r"\|"
        begin += text.lstrip().startswith("|") and not is_open
        end -= text.rstrip().endswith("|") and not is_unclosed
    places = [begin]
    ends = []
    for found in re.compile(gap).finditer(text, begin, end):
        ends.append(found.start())
        places.append(found.end())
    return tuple((at, text[at:to]) for at, to in zip(places, [*ends, end], strict=True))


def _rows(part: _Part, caption: tuple[str, ...]) -> Iterator[Block]:
    lines = [line for line in part.lines if not re.fullmatch(r"[\s|:+=-]+", line.text)]
    is_open = not all(line.text.lstrip().startswith("|") for line in lines)
    is_unclosed = not all(line.text.rstrip().endswith("|") for line in lines)
    rows = [_cells(line.text, is_open=is_open, is_unclosed=is_unclosed) for line in lines]
    if not any("|" in line.text or "\t" in line.text for line in lines):
        rows = aligned(rows)
    header = tuple(cell for _, cell in rows[0])
    section, title = caption or ("table", "")
    for position, line in enumerate(lines):
        above = header if position else ()
        yield Block("row", line.text, line.start, line.number, section, rows[position], above, title)
