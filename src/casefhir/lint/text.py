"""The text of a JSON file → its value, and the place of each part of it."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any

from casefhir.source import MAX_DEPTH, Mark, Path

_SPACE = re.compile(r"[ \t\n\r]*")
_NESTING = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
_MISSING = {
    "Expecting property name enclosed in double quotes": "expected a name in double quotes",
    "Expecting ':' delimiter": 'expected ":" after the name',
    "Expecting ',' delimiter": 'expected "," or the end of what was begun',
    "Expecting value": "expected a value, or the file ends too early",
    "Extra data": "expected nothing after the end; several resources, one a line, are a .ndjson file",
    "Unterminated string starting at": "a text begins here and does not end",
}
"""What Python says of broken JSON → what was expected there."""


class Malformed(Exception):
    """The text is no JSON, at a place."""

    def __init__(self, message: str, mark: Mark) -> None:
        super().__init__(message)
        self.message = message
        self.mark = mark


class Text:
    """A JSON text: its value, with the digits of its numbers, and where each part of it begins."""

    def __init__(self, text: str, line: int = 1) -> None:
        """The text of a whole file, or the one that stands in a line of it. Raises: Malformed."""
        self.text = text
        self._line = line
        self._repeated = False
        self._children: dict[Path, dict[str | int, int]] = {}
        self.value = self._read()

    def _read(self) -> Any:
        if place := _too_deep(self.text):
            raise Malformed(f"is nested deeper than {MAX_DEPTH} levels", self._mark(place))
        try:
            return json.loads(self.text, parse_float=Decimal, parse_constant=_refused, object_pairs_hook=self._object)
        except json.JSONDecodeError as error:
            words, offset = _complaint(self.text, error)
            raise Malformed(f"is no JSON: {words}", self._mark(offset)) from error
        except _Constant as error:
            raise Malformed(f"is no JSON: {error} is no number", self._mark(self.text.index(str(error)))) from error

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        self._repeated |= len(found) != len(pairs)
        return found

    def locate(self, path: Path) -> Mark:
        """Where a part begins, or what there is of the way to it."""
        offset = self._start
        for depth, step in enumerate(path):
            children = self._parts(path[:depth], offset)
            if step not in children:
                break
            offset = children[step]
        return self._mark(offset)

    def repeated(self) -> Iterator[Path]:
        """Every name that stands twice in one object."""
        if self._repeated:
            yield from self._repeats((), self._start)

    @cached_property
    def _start(self) -> int:
        return _after_space(self.text, 0)

    def _repeats(self, path: Path, offset: int) -> Iterator[Path]:
        seen: set[str | int] = set()
        for step, at in _parts(self.text, offset):
            if step in seen:
                yield (*path, step)
            seen.add(step)
            yield from self._repeats((*path, step), at)

    def _parts(self, path: Path, offset: int) -> dict[str | int, int]:
        if path not in self._children:
            self._children[path] = dict(_parts(self.text, offset))
        return self._children[path]

    def _mark(self, offset: int) -> Mark:
        before = self.text.count("\n", 0, offset)
        return Mark(self._line + before, offset - self.text.rfind("\n", 0, offset))


class _Constant(Exception):
    """A word such as NaN, which Python reads and JSON does not have."""


def _refused(word: str) -> None:
    raise _Constant(word)


def _complaint(text: str, error: json.JSONDecodeError) -> tuple[str, int]:
    """What was expected, and where; the same in every version of Python."""
    before = text[: error.pos].rstrip()
    comma = error.pos if error.msg.startswith("Illegal trailing comma") else len(before) - 1
    if text[comma : comma + 1] == "," and text[comma + 1 :].lstrip()[:1] in ("}", "]"):
        return f'the comma before "{text[comma + 1 :].lstrip()[0]}" is too many', comma
    if text.startswith(("//", "/*"), error.pos):
        return "it has no comments", error.pos
    return next((words for start, words in _MISSING.items() if error.msg.startswith(start)), error.msg), error.pos


_DECODER = json.JSONDecoder()


def _parts(text: str, offset: int) -> Iterator[tuple[str | int, int]]:
    """The members of the object, or the items of the list, that begins at an offset; each with where its value does."""
    opening = text[offset]
    if opening not in "{[":
        return
    at, number = _after_space(text, offset + 1), 0
    while text[at] not in "}]":
        step: str | int = number
        if opening == "{":
            step, at = _DECODER.raw_decode(text, at)
            at = _after_space(text, _after_space(text, at) + len(":"))
        yield step, at
        at = _after_space(text, _DECODER.raw_decode(text, at)[1])
        if text[at] == ",":
            at = _after_space(text, at + 1)
        number += 1


def _after_space(text: str, offset: int) -> int:
    found = _SPACE.match(text, offset)
    assert found  # it matches no space too
    return found.end()


def _too_deep(text: str) -> int:
    """Where the nesting becomes deeper than any reader likes; 0 if nowhere."""
    depth = 0
    for token in _NESTING.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > MAX_DEPTH:
            return token.start()
    return 0
