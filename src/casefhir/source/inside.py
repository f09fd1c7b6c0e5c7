"""An offset into the value of a written text → its place in the file."""

import re
from collections.abc import Sequence

from yaml import ScalarNode

from casefhir.source.mark import Mark, mark_at


def inside(node: ScalarNode, text: str, lines: Sequence[str], line: int, offset: int) -> Mark | None:
    """
    Where a character of a value is written; the value's lines and the characters in each count from 0.

    None for a text folded with `>`, whose lines are not those of its value.
    """
    match node.style:
        case "|":
            return _inside_block(node, lines, line, offset)
        case ">":
            return None
    before = sum(len(line) + 1 for line in node.value.split("\n")[:line])
    return mark_at(text, _written_at(node, text, before + offset))


def _inside_block(node: ScalarNode, lines: Sequence[str], line: int, offset: int) -> Mark:
    """The content of a `|` text begins on the line after it; what its first line is indented by is cut off of each."""
    first = int(node.start_mark.line) + 1
    filled = len(node.value) - len(node.value.lstrip("\n"))
    content = node.value[filled:].partition("\n")[0]
    written = lines[first + filled].rstrip("\r")
    indentation = len(written) - len(content)
    return Mark(first + line + 1, indentation + offset + 1)


# What stands for other characters than itself: escapes, and the blanks and line breaks that are folded.
_FOLD = r" *(?:\r?\n *)+"
_PIECES = {
    "": re.compile(rf"{_FOLD}|."),
    "'": re.compile(rf"''|{_FOLD}|."),
    '"': re.compile(rf"\\(?:x..|u.{{4}}|U.{{8}}|\r?\n *|.)|{_FOLD}|."),
}


def _written_at(node: ScalarNode, text: str, offset: int) -> int:
    """The offset in the file of an offset in a value."""
    style = node.style or ""
    start, end = node.start_mark.index + len(style), node.end_mark.index - len(style)
    for piece in _PIECES[style].finditer(text, start, end):
        length = _length(piece[0])
        if length > offset:
            return piece.start()
        offset -= length
    return int(end)


def _length(piece: str) -> int:
    """How many characters of a value a written piece stands for."""
    if piece[0] == "\\" and piece[1:2] in ("\r", "\n"):
        return 0
    return max(1, piece.count("\n") - 1)
