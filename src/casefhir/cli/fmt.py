"""casefhir fmt: slips in case files that can mean only one thing, mended."""

import argparse
import sys
from difflib import unified_diff
from pathlib import Path

from casefhir.cli.exits import CASE_HAS_ERRORS, FINE, NOT_READABLE, WRONG_USE
from casefhir.cli.export import write_whole
from casefhir.cli.files import STDIN, case_files, content, shown
from casefhir.cli.output import has_colours, say, write
from casefhir.cli.reading import unreadable
from casefhir.formatting import formatted
from casefhir.report.text import line, visible
from casefhir.source import SourceError, read_yaml

_EXAMPLES = """examples:
  casefhir fmt case.yaml             shows what would change
  casefhir fmt case.yaml --fix       changes it
  casefhir fmt cases/ --check        ends with 1 if anything would change
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "fmt",
        help="mend slips in case files that can mean only one thing",
        description="Mend what is certain: misspelt keys, capitals of units, blanks and line ends; nothing else moves.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="case files, folders of them, or - for standard input")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--fix", action="store_true", help="change the files, in place of showing what would change")
    how.add_argument("--check", action="store_true", help="only name the files that would change, and end with 1")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Show or make the changes, and return the exit code."""
    names = case_files(arguments.files)
    if not names:
        say("casefhir fmt: no .yaml file in what was named")
        return WRONG_USE
    return max(_file(name, arguments) for name in names)


def _file(name: str, arguments: argparse.Namespace) -> int:
    try:
        raw = content(name)
        source = read_yaml(raw, shown(name))
    except (SourceError, OSError) as error:
        report = unreadable(name, error)
        print(*(line(report.file, issue, has_colours(sys.stderr)) for issue in report.issues), file=sys.stderr)
        return NOT_READABLE
    old, new = source.text, formatted(source)
    if arguments.fix:
        return _fixed(name, raw, old, new)
    if new == old:
        return FINE
    if arguments.check:
        say(f"{shown(name)} would change")
        return CASE_HAS_ERRORS
    write(_diff(shown(name), old, new))
    return FINE


def _fixed(name: str, raw: bytes, old: str, new: str) -> int:
    """Write a file whole or not at all; standard input goes to standard output."""
    mark = raw[: len(raw) - len(old.encode())]  # a byte order mark stays
    if name == STDIN:
        write(mark + new.encode())
        return FINE
    if new == old:
        return FINE
    try:
        write_whole(Path(name), mark + new.encode())
    except OSError as error:
        say(f"casefhir fmt: {name} cannot be written: {error.strerror or error}")
        return NOT_READABLE
    changed = sum(one.startswith("+") for one in _diff("", old, new).splitlines()[2:])
    say(f"{name}: {changed} {'line' if changed == 1 else 'lines'} changed")
    return FINE


def _diff(name: str, old: str, new: str) -> str:
    lines = unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), visible(name), visible(name))
    return "".join(one if one.endswith("\n") else f"{one}\n\\ No newline at end of file\n" for one in lines)
