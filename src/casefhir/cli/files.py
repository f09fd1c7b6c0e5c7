"""What is named on the command line → case files."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

STDIN = "-"


def case_files(named: Sequence[str]) -> Iterator[str]:
    """
    The files named, in order: a folder stands for the .yaml and .yml files below it, sorted; `-` for standard input.

    What does not exist is kept, so that reading it says so.
    """
    for name in dict.fromkeys(named):
        folder = Path(name)
        if name == STDIN or not folder.is_dir():
            yield name
            continue
        yield from sorted(str(path) for path in folder.rglob("*") if _is_case(path, folder))


def _is_case(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.suffix in (".yaml", ".yml") and path.is_file() and not hidden


def content(name: str) -> bytes:
    """The bytes of a file, or of standard input. Raises: OSError."""
    return sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()


def shown(name: str) -> str:
    """What messages call a file."""
    return "<stdin>" if name == STDIN else name
