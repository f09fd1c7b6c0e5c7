"""Blanks at the ends of lines, and line ends of two kinds in one file."""

from collections.abc import Iterator

from yaml import MappingNode, Node, ScalarNode

from casefhir.edit import Edit
from casefhir.source import Source


def blanks(source: Source) -> Iterator[Edit]:
    """
    Edits after which no line ends with blanks, all lines end as the first one does, and so does the last.

    Inside a text of several lines blanks stay: they may belong to it.
    """
    kept = {line for node in _scalars(source.root) for line in _inside(node)}
    lines = source.text.split("\n")
    line_end = "\r\n" if lines[0].endswith("\r") else "\n"
    start = 0
    for number, line in enumerate(lines):
        is_last = number == len(lines) - 1
        end = start + len(line) + (not is_last)
        text = line.removesuffix("\r").rstrip("" if number in kept else " ")
        new = text if is_last and (number in kept or not text) else text + line_end
        if new != source.text[start:end]:
            yield Edit(start, end, new)
        start = end


def _scalars(node: Node) -> Iterator[ScalarNode]:
    match node:
        case ScalarNode():
            yield node
        case MappingNode():
            for key, value in node.value:
                yield from _scalars(key)
                yield from _scalars(value)
        case _:
            for item in node.value:
                yield from _scalars(item)


def _inside(node: ScalarNode) -> range:
    """The lines, from 0, at whose ends the text goes on."""
    first, last = int(node.start_mark.line), int(node.end_mark.line)
    if node.style in ("|", ">"):
        return range(first + 1, last + (node.end_mark.column > 0))
    return range(first, last)
