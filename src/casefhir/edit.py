"""A text and what is to be written in place of some of it → the new text, all else as it was."""

from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """What is written in place of the characters from `start` to before `end`."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits done; they do not overlap, and the same one may come twice."""
    for edit in sorted(set(edits), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
