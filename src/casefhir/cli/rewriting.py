"""Case files that a command changes: read, shown as a difference, or written whole."""

import sys
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from casefhir.cli.exits import FINE, NOT_READABLE
from casefhir.cli.files import STDIN, content, folder_of, shown
from casefhir.cli.output import has_colours, say, write
from casefhir.cli.reading import unreadable
from casefhir.cli.writing import write_whole
from casefhir.issue import Issue
from casefhir.report.text import line, visible
from casefhir.source import Source, SourceError, read_yaml


class Original(NamedTuple):
    """A file as it is."""

    name: str
    source: Source
    mark: bytes
    """The byte order mark, which is no part of the text."""


def original(name: str) -> Original | None:
    """The file of a name; None if it cannot be read, which is said."""
    try:
        raw = content(name)
        source = read_yaml(raw, shown(name), folder_of(name))
    except (SourceError, OSError) as error:
        for issue in unreadable(name, error).issues:
            complain(name, issue)
        return None
    return Original(name, source, raw[: len(raw) - len(source.text.encode())])


def complain(name: str, issue: Issue) -> None:
    """Say on standard error what is wrong with a file."""
    print(line(shown(name), issue, has_colours(sys.stderr)), file=sys.stderr)


def show(old: Original, new: str) -> int:
    """Print what would change, and return the exit code."""
    write("".join(_diff(old, new)))
    return FINE


def fix(old: Original, new: str, command: str) -> int:
    """Write a file whole or not at all, standard input to standard output, and return the exit code."""
    if old.name == STDIN:
        write(old.mark + new.encode())
        return FINE
    if new == old.source.text:
        return FINE
    try:
        write_whole(Path(old.name), old.mark + new.encode())
    except OSError as error:
        say(f"casefhir {command}: {old.name} cannot be written: {error.strerror or error}")
        return NOT_READABLE
    changed = sum(one.startswith("+") for one in _diff(old, new)[2:])
    say(f"{old.name}: {changed} {'line' if changed == 1 else 'lines'} changed")
    return FINE


def _diff(old: Original, new: str) -> list[str]:
    name = visible(shown(old.name))
    lines = unified_diff(old.source.text.splitlines(keepends=True), new.splitlines(keepends=True), name, name)
    return [one if one.endswith("\n") else f"{one}\n\\ No newline at end of file\n" for one in lines]
