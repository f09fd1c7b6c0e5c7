"""A place in a text as line and column, and the error that says what cannot be read there."""

from typing import NamedTuple


class Mark(NamedTuple):
    """A place in the text; both count from 1."""

    line: int
    column: int


class SourceError(Exception):
    """The text is not readable as a case file; `message` says why in the author's words, `str()` also where."""

    def __init__(self, message: str, mark: Mark = Mark(1, 1), name: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mark = mark
        self.name = name

    def __str__(self) -> str:
        return f"{self.name}:{self.mark.line}:{self.mark.column}: {self.message}"


def mark_at(text: str, offset: int) -> Mark:
    """The line and column of an offset in a text."""
    return Mark(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
