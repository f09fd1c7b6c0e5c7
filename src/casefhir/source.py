"""The text of a case file → located data: plain values, and the line and column of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from os import PathLike
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from yaml import MappingNode, Node, ScalarNode, SequenceNode, YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs leave it out
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, StreamEndEvent

Path = tuple[str | int, ...]
"""A place in a case file, as the keys and list positions that lead to it: `("labs", 0, "values", "CRP")`."""

MAX_BYTES = 5_000_000
"""A case file larger than this is refused; the longest published case reports stay under 100 kB."""

MAX_DEPTH = 100
"""Deeper nesting than this is refused: libyaml's composer recurses and would overflow the stack."""


class Mark(NamedTuple):
    """A place in the text; both count from 1."""

    line: int
    column: int


class SourceError(Exception):
    """The text is not readable as a case file; `str()` says why in the author's words."""

    def __init__(self, message: str, mark: Mark = Mark(1, 1), name: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mark = mark
        self.name = name


@dataclass(frozen=True, slots=True)
class Source:
    """A case file as read: its values, and where each of them stands."""

    name: str
    """What messages call the file."""

    text: str
    """The whole text, decoded; line ends as written."""

    data: Any
    """dict, list, str, int, Decimal, bool or None. Numbers with a point keep their printed digits."""

    root: Node
    """The YAML nodes that `data` was made of, which know their places."""

    def locate(self, path: Path) -> Mark:
        """
        Where a path is written: a key where one is (`labs:`), a list item where it begins.

        What is not written is found at its deepest written ancestor. A path may go on inside a text, as a line
        and an offset counted from 0: `("tables", 0, "rows", 2, 14)` is the 15th character of the third line.
        """
        mark, node = self.root.start_mark, self.root
        for depth, step in enumerate(path):
            found = _child(node, step)
            if found is None:
                return self._inside(node, path[depth:]) or _mark(mark)
            mark, node = found
        return _mark(mark)

    def _inside(self, node: Node, place: Path) -> Mark | None:
        match node, place:
            case ScalarNode(style="|"), (int(line), int(offset)):
                return self._inside_block(node, line, offset)
            case ScalarNode(), (0, int(offset)):
                start = _mark(node.start_mark)
                return Mark(start.line, start.column + offset + (1 if node.style else 0))
        return None

    def _inside_block(self, node: ScalarNode, line: int, offset: int) -> Mark:
        """The content of a `|` text begins on the line after it; what each line was indented by is cut off."""
        first = node.start_mark.line + 1
        written = self.text.splitlines()[first + line]
        content = node.value.split("\n")[line]
        return Mark(first + line + 1, len(written) - len(content) + offset + 1)


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


def mark_at(text: str, offset: int) -> Mark:
    """The line and column of an offset in a text."""
    lines = text[: offset + 1].splitlines()
    return Mark(len(lines), len(lines[-1]))


def read(path: str | PathLike[str]) -> Source:
    """Read a case file. Raises `SourceError` with line and column, or `OSError`."""
    return read_yaml(FilePath(path).read_bytes(), name=str(path))


def read_yaml(raw: bytes, name: str = "<stdin>") -> Source:
    """
    Read the bytes of a case file.

    The dialect is YAML 1.2's core: null, true, false and numbers; all else is text, so `no` stays "no" and
    2024-01-02 stays text. Anchors, aliases, tags, merge keys, tabs, several documents and a key written twice
    are refused: each lets a file say something else than it seems to.

    Raises: SourceError, at the first thing that cannot be read.
    Source: YAML 1.2.2, core schema — https://yaml.org/spec/1.2.2/#103-core-schema
    """
    try:
        text = _decoded(raw)
        _refuse_tabs(text)
        _refuse_indirection(text)
        root = _root(text)
        return Source(name, text, _value(root, 0), root)
    except SourceError as error:
        error.name = name
        raise


def _decoded(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise SourceError(f"the file has {len(raw):,} bytes; a case file may have {MAX_BYTES:,}")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        mark = mark_at(before + "?", len(before))
        message = f"byte 0x{raw[error.start]:02X} is not UTF-8; save the file with the encoding UTF-8"
        raise SourceError(message, mark) from None
    if found := _CONTROL.search(text):
        message = f"the character U+{ord(found[0]):04X} cannot be seen and cannot stand in a case file"
        raise SourceError(message, mark_at(text, found.start()))
    return text


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")


def _refuse_tabs(text: str) -> None:
    if (offset := text.find("\t")) >= 0:
        raise SourceError("a tab stands here; use blanks", mark_at(text, offset))


# A cheap look for what may be an anchor, alias or tag; only if there is one, the events of the parser are asked.
_MAYBE_INDIRECT = re.compile(r"(?:^|[\s\[{,])[&*!]\S", re.MULTILINE)
_SAFE_DEPTH = 5_000


def _refuse_indirection(text: str) -> None:
    """
    Refuse anchors, aliases, tags and deep nesting before libyaml composes nodes.

    Composing follows aliases (a bomb of them fills the memory) and recurses on the C stack.
    """
    brackets = text.count("[") + text.count("{")
    longest_line = max(map(len, text.split("\n")))
    if brackets + longest_line > _SAFE_DEPTH or _MAYBE_INDIRECT.search(text):
        for event in _events(text):
            _refuse_event(event)


def _events(text: str) -> Iterator[Any]:
    depth = 0
    parser: Any = CParser(text)
    try:
        while not isinstance(event := parser.get_event(), StreamEndEvent):
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise SourceError(_TOO_DEEP, _mark(event.start_mark))
            yield event
    except YAMLError as error:
        raise _readable(error, text) from None


_TOO_DEEP = f"lists and mappings stand more than {MAX_DEPTH} deep in each other here"


def _refuse_event(event: Any) -> None:
    mark = _mark(event.start_mark)
    if isinstance(event, AliasEvent):
        raise SourceError(f"'*{event.anchor}' is a YAML alias; write the value out, or in quotes if it is text", mark)
    if getattr(event, "anchor", None):
        raise SourceError(f"'&{event.anchor}' is a YAML anchor; leave it out, or use quotes if it is text", mark)
    if getattr(event, "tag", None):
        raise SourceError(f"'{event.tag}' is a YAML tag; leave it out, or use quotes if it is text", mark)


class _Parser(CParser):
    """libyaml's parser without implicit types, which cost a quarter of the time: `_scalar` decides them."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return ""

    def descend_resolver(self, node: Any, index: Any) -> None: ...

    def ascend_resolver(self) -> None: ...


def _root(text: str) -> Node:
    try:
        root = _Parser(text).get_single_node()
    except YAMLError as error:
        raise _readable(error, text) from None
    if root is None:
        raise SourceError("the file is empty; a case file begins with 'casefhir: 1'")
    if not isinstance(root, MappingNode):
        raise SourceError(
            "a case file consists of keys and values; it begins with 'casefhir: 1'", _mark(root.start_mark)
        )
    return root


def _value(node: Node, depth: int) -> Any:
    if isinstance(node, ScalarNode):
        return node.value if node.style else _scalar(node.value)
    if depth >= MAX_DEPTH:
        raise SourceError(_TOO_DEEP, _mark(node.start_mark))
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
    first = next(other for other, _ in node.value if other.value == key.value)
    message = f"the key '{key.value}' is written twice, first on line {first.start_mark.line + 1}; keep one"
    return SourceError(message, mark)


_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?").fullmatch


def _scalar(text: str) -> Any:
    """
    A plain scalar's value. `1e5` and `010` stay text: no report prints numbers so.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "-0123456789" and (number := _NUMBER(text)):
        return Decimal(text) if number[1] or len(text) > 18 else int(text)
    return text


def _readable(error: YAMLError, text: str) -> SourceError:
    """libyaml's complaint in an author's words, at the place that the author can mend."""
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    if mark is None:
        return SourceError(problem)
    lines = text.splitlines() or [""]
    written = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
    message = _in_words(problem, written)
    if opened and opened.line != mark.line:
        if problem in _NOT_CLOSED:
            return SourceError(message, _mark(opened))
        message += f" (the block begins on line {opened.line + 1})"
    return SourceError(message, _mark(mark))


_NOT_CLOSED = {
    "found unexpected end of stream": "a quotation mark opens here and is not closed",
    "did not find expected ',' or ']'": "a ',' or the closing ']' of this list is missing",
    "did not find expected ',' or '}'": "a ',' or the closing '}' is missing; a text with a comma needs quotes",
}
_PROBLEMS = _NOT_CLOSED | {
    "mapping values are not allowed in this context": "a ': ' too many, or the line before lacks its ':'; a text "
    "with ': ' in it needs quotes",
    "could not find expected ':'": "a ':' is missing after the key",
    "did not find expected key": "this does not fit the block; check indentation, quotes and brackets",
    "did not find expected '-' indicator": "a list item begins with '- ', in the column of the list",
    "did not find expected comment or line break": "a text that begins with '>' or '|' needs quotes: \"> 4 h\"",
    "but found another document": "a second document ('---') begins here; a file holds one case",
    "did not find expected <document start>": "this line is indented less than the first line of the file",
    "block sequence entries are not allowed in this context": "a list item ('- ') begins on a line of its own",
    "mapping keys are not allowed in this context": "a text that begins with '?' needs quotes",
}


def _in_words(problem: str, written: str) -> str:
    if problem == "found character that cannot start any token":
        return f"a text cannot begin with {written[:1]!r}; put it in quotes"
    return _PROBLEMS.get(problem, problem)
