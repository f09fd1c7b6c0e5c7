"""The text of a case file → located data: plain values, and the line and column of each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain
from os import PathLike, fspath
from os.path import dirname
from pathlib import Path as FilePath
from typing import Any

from yaml import MappingNode, Node, ScalarNode, SequenceNode, YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs have it and do not say so

from casefhir.source.dialect import MAX_DEPTH, TOO_DEEP, refuse_indirection
from casefhir.source.mark import Mark, SourceError
from casefhir.source.text import MAX_BYTES, decoded, unseen

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Mark", "Path", "Source", "SourceError", "read", "read_yaml"]

Path = tuple[str | int, ...]
"""A place in a case file, as the keys and list positions that lead to it: `("labs", 0, "values", "CRP")`."""


@dataclass(frozen=True)
class Source:
    """A case file as read: its values, and where each of them stands."""

    name: str
    """What messages call the file."""

    text: str
    """The whole text, decoded; line ends as written."""

    data: Any
    """dict, list, str, int, Decimal, bool or None. Numbers with a point keep their printed digits."""

    folder: str | None = None
    """Where the file is, from which it names others; None of what is no file."""

    parts: tuple["Source", ...] = ()
    """The included files, whose values are among `data`."""

    @cached_property
    def root(self) -> Node:
        """The YAML nodes that `data` was made of, which know their places."""
        return _root(self.text)

    def light(self) -> "Source":
        """The same without the YAML nodes, which take most of the memory; whoever asks for a place reads them again."""
        return Source(self.name, self.text, self.data, self.folder, tuple(part.light() for part in self.parts))

    def holder(self, path: Path) -> "Source":
        """The file, of this one and those that it includes, in which a path is written, or most of it."""
        return max((self, *self.parts), key=lambda source: source._depth(path)) if self.parts else self

    def _depth(self, path: Path) -> int:
        """How many steps of a path are written."""
        node = self.root
        for depth, step in enumerate(path):
            if (found := _child(node, step)) is None:
                return depth
            _, node = found
        return len(path)

    def locate(self, path: Path) -> Mark:
        """
        Where a path is written: a key where one is (`labs:`), a list item where it begins.

        What is not written is found at its deepest written ancestor. A path may go on inside a text, as a line
        and an offset counted from 0: `("tables", 0, "rows", 2, 14)` is the 15th character of the third line.
        Of a file that includes others, it is a place in the `holder` of the path.
        """
        if (holder := self.holder(path)) is not self:
            return holder.locate(path)
        mark, node = self.root.start_mark, self.root
        for depth, step in enumerate(path):
            found = _child(node, step)
            if found is None:
                return self._inside(node, path[depth:]) or _mark(mark)
            mark, node = found
        return _mark(mark)

    def value_at(self, path: Path) -> ScalarNode | None:
        """The text or number that a path leads to, or leads into; None if it leads to a list or a mapping."""
        node = self.root
        for step in path:
            if (found := _child(node, step)) is None:
                break
            _, node = found
        return node if isinstance(node, ScalarNode) else None

    def key_at(self, path: Path) -> ScalarNode | None:
        """The key that a path ends with, as written; None if it is written nowhere."""
        node = self.root
        for step in path[:-1]:
            if (found := _child(node, step)) is None:
                return None
            _, node = found
        keys = node.value if isinstance(node, MappingNode) else ()
        return next((key for key, _ in keys if key.value == path[-1]), None)

    def rewritten(self, text: str) -> "Source":
        """The same file with another text. Raises: SourceError."""
        return read_yaml(text.encode(), self.name, self.folder)

    def in_braces(self, path: Path) -> bool:
        """Whether the mapping of a path is written in braces, where a comma ends a value."""
        node = self.holder(path).root
        for step in path:
            if (found := _child(node, step)) is None:
                return False
            _, node = found
        return isinstance(node, MappingNode) and bool(node.flow_style)

    def _inside(self, node: Node, place: Path) -> Mark | None:
        match node, place:
            case ScalarNode(), (int(line), int(offset)):
                from casefhir.source.inside import inside  # few issues are about a part of a text

                return inside(node, self.text, self._lines, line, offset)
        return None

    @cached_property
    def _lines(self) -> Sequence[str]:
        return self.text.split("\n")


def _child(node: Node, step: str | int) -> tuple[Any, Node] | None:
    """The mark and the value of what stands under a key or at a position."""
    match node:
        case MappingNode():
            return next(((k.start_mark, v) for k, v in node.value if k.value == step), None)
        case SequenceNode() if isinstance(step, int) and step < len(node.value):
            return node.value[step].start_mark, node.value[step]
    return None


def _mark(mark: Any) -> Mark:
    return Mark(mark.line + 1, mark.column + 1)


def read(path: str | PathLike[str]) -> Source:
    """Read a case file. Raises `SourceError` with line and column, or `OSError`."""
    with FilePath(path).open("rb") as file:
        return read_yaml(file.read(MAX_BYTES + 1), fspath(path), dirname(fspath(path)) or ".")


def read_yaml(raw: bytes, name: str = "<stdin>", folder: str | None = None) -> Source:
    """
    Read the bytes of a case file; the folder is where the files are that it includes.

    The dialect has null, true, false and numbers as JSON writes them, but no exponents; all else is text, so `no`
    stays "no" and 2024-01-02 stays text. Anchors, aliases, tags, merge keys, directives, tabs, several documents
    and a key written twice are refused: each lets a file say something else than it seems to.

    Raises: SourceError, at the first thing that cannot be read.
    Source: YAML 1.2.2, JSON schema — https://yaml.org/spec/1.2.2/#102-json-schema
    """
    try:
        text = decoded(raw)
        refuse_indirection(text)
        root = _root(text)
        if "\\" in text:
            _refuse_unseen(root)
        if any(quote in text for quote in _CURLY):
            _refuse_curly(root)
        source = Source(name, text, _value(root, 0), folder)
        source.__dict__["root"] = root
        return source
    except SourceError as error:
        error.name = name
        raise


class _Parser(CParser):
    """
    libyaml's parser without implicit types, which cost a quarter of the time: `_scalar` decides them.

    It asks these three of each node; `"".format` takes whatever it is given and says "", without a call into Python.
    """

    resolve = descend_resolver = ascend_resolver = "".format


def _root(text: str) -> Node:
    try:
        root = _Parser(text).get_single_node()
    except YAMLError as error:
        from casefhir.source.complaint import in_words  # only for what cannot be read

        raise in_words(error, text) from None
    if root is None or (isinstance(root, ScalarNode) and not root.style and not root.value):
        raise SourceError("the file is empty; a case file begins with 'casefhir: 1'")
    if not isinstance(root, MappingNode):
        message = "a case file consists of keys and values, and begins with 'casefhir: 1'; a blank follows each ':'"
        raise SourceError(message, _mark(root.start_mark))
    return root


def _refuse_unseen(node: Node) -> None:
    """Refuse what an escape puts into a text and no character of the file may be."""
    for inner in chain.from_iterable(node.value) if isinstance(node, MappingNode) else node.value:
        if not isinstance(inner, ScalarNode):
            _refuse_unseen(inner)
        elif inner.style == '"' and (why := unseen(inner.value)):
            raise SourceError(why, _mark(inner.start_mark))


_CURLY = ("“", "‘", "„")


def _refuse_curly(node: Node) -> None:
    """Refuse a text that begins with a quotation mark of print, which was meant to stand around it."""
    for inner in chain.from_iterable(node.value) if isinstance(node, MappingNode) else node.value:
        if not isinstance(inner, ScalarNode):
            _refuse_curly(inner)
        elif not inner.style and inner.value.startswith(_CURLY):
            from casefhir.source.complaint import NO_QUOTES

            raise SourceError(NO_QUOTES, _mark(inner.start_mark))


def _value(node: Node, depth: int) -> Any:
    if isinstance(node, ScalarNode):
        return node.value if node.style else _scalar(node.value)
    if depth >= MAX_DEPTH:
        raise SourceError(TOO_DEEP, _mark(node.start_mark))
    if isinstance(node, MappingNode):
        return _mapping(node, depth + 1)
    return [_value(item, depth + 1) for item in node.value]


def _mapping(node: MappingNode, depth: int) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key, value in node.value:
        name = key.value
        if not isinstance(key, ScalarNode) or name in mapping or name == "<<":
            raise _wrong_key(node, key)
        mapping[name] = _value(value, depth)
    return mapping


def _wrong_key(node: MappingNode, key: Node) -> SourceError:
    mark = _mark(key.start_mark)
    if not isinstance(key, ScalarNode):
        return SourceError("a key is a word or a few words, not a list or a mapping", mark)
    if key.value == "<<":
        return SourceError("'<<' is a YAML merge key; write the keys out", mark)
    if glued := re.match("-([^ ].*)", key.value):
        return SourceError(f"{key.value!r} lacks a blank after '-'; write '- {glued[1]}'", mark)
    first, held = next((other, value) for other, value in node.value if other.value == key.value)
    line = first.start_mark.line + 1
    told = f"write its items below those of line {line}" if isinstance(held, SequenceNode) else "keep one"
    message = f"the key '{key.value}' is written twice, first on line {line}; {told}"
    return SourceError(message, mark)


_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?").fullmatch


def _scalar(text: str) -> Any:
    """A plain scalar's value. `1e5` and `010` stay text: no report prints numbers so."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "-0123456789" and (number := _NUMBER(text)):
        return Decimal(text) if number[1] or len(text) > 18 else int(text)
    return text
