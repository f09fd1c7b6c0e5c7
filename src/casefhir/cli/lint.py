"""casefhir lint: what would fail if bundles or bulk files were loaded into a server, and where."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from casefhir.cli.exits import CASE_HAS_ERRORS, FINE, NOT_READABLE, WRONG_USE
from casefhir.cli.files import STDIN, is_folder, shown
from casefhir.cli.output import has_colours, say, write
from casefhir.issue import Issue
from casefhir.report import REPORTERS, Report
from casefhir.targets import NAMES, target

_EXAMPLES = """examples:
  casefhir lint bundle.json                          what any FHIR R4 server would refuse
  casefhir lint bundle.json --target medplum         and what Medplum would
  casefhir lint bulk/                                the .json and .ndjson files of a folder, together
  curl -s https://fhir.example/bundle.json | casefhir lint -
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "lint",
        help="say what a server would refuse of bundles, ours or not",
        description="Say what would fail if bundles or bulk files, ours or not, were loaded into a server, and where.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help=".json or .ndjson files, folders of them, or -")
    parser.add_argument("--target", choices=NAMES, default=NAMES[0], help="the server (default: any FHIR R4 server)")
    parser.add_argument("--format", choices=sorted(REPORTERS), default="text", help="how to report (default: text)")
    parser.add_argument("--strict", action="store_true", help="let warnings fail like errors")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Look at all files together, report on standard output, and return the exit code."""
    from casefhir.lint import lint

    names = list(dict.fromkeys(_names(arguments.files)))
    if not names:
        say("casefhir lint: no .json or .ndjson file in what was named")
        return WRONG_USE
    contents: dict[str, bytes] = {}
    unreadable: dict[str, OSError] = {}
    for name in names:
        try:
            contents[shown(name)] = _content(name)
        except OSError as error:
            unreadable[shown(name)] = error
    found = lint(contents, target(arguments.target)) | {name: [_unread(error)] for name, error in unreadable.items()}
    reports = [Report(shown(name), found[shown(name)]) for name in names]
    write(REPORTERS[arguments.format](reports, has_colours(sys.stdout)))
    return NOT_READABLE if unreadable else _code(reports, arguments.strict)


def _names(named: list[str]) -> Iterator[str]:
    """The files named; a folder stands for the .json and .ndjson files below it, sorted."""
    for name in named:
        if is_folder(name):
            yield from sorted(str(path) for path in Path(name).rglob("*.*json") if path.suffix in (".json", ".ndjson"))
        else:
            yield name


def _content(name: str) -> bytes:
    """The whole file, for bundles are larger than cases. Raises: OSError."""
    if name != STDIN:
        return Path(name).read_bytes()
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return sys.stdin.buffer.read()


def _unread(error: OSError) -> Issue:
    return Issue("error", "source.unreadable", (), f"cannot be read: {error.strerror or error}")


def _code(reports: list[Report], strict: bool) -> int:
    failing = {"error", "warning"} if strict else {"error"}
    return CASE_HAS_ERRORS if any(issue.severity in failing for one in reports for issue in one.issues) else FINE
