"""What is named on the command line → case files."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from casefhir.inclusion import ENDING
from casefhir.source import MAX_BYTES

STDIN = "-"


def case_files(named: Sequence[str]) -> list[str]:
    """
    The files named, in order and each once: a folder stands for the .yaml and .yml files below it, sorted, but for
    those that are made to be included; `-` for standard input.

    What does not exist is kept, so that reading it says so.
    """
    by_place: dict[str, str] = {}
    for name in _all_files(named):
        by_place.setdefault(_place(name), name)
    return list(by_place.values())


def _all_files(named: Sequence[str]) -> Iterator[str]:
    for name in named:
        if is_folder(name):
            yield from sorted(str(path) for path in Path(name).rglob("*") if _is_case(path, Path(name)))
        else:
            yield name


def _place(name: str) -> str:
    """The same for two names of one file."""
    return name if name == STDIN else os.path.realpath(name)


def is_folder(name: str) -> bool:
    """Whether a folder is named, of which all cases are meant."""
    return name != STDIN and os.path.isdir(name)


def _is_case(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    is_part = path.name.endswith(ENDING)
    return path.suffix in (".yaml", ".yml") and not is_part and path.is_file() and not hidden


def content(name: str, most: int = MAX_BYTES) -> bytes:
    """The bytes of a file, or of standard input; of what is too large, one more than may be. Raises: OSError."""
    if name != STDIN:
        with Path(name).open("rb") as file:
            return file.read(most + 1)
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return sys.stdin.buffer.read(most + 1)


def folder_of(name: str) -> str | None:
    """The folder from which a file names others; None for standard input."""
    return None if name == STDIN else os.path.dirname(name) or "."


def shown(name: str) -> str:
    """What messages call a file."""
    return "<stdin>" if name == STDIN else name
