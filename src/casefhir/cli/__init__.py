"""The command line: one file a command, each thin: parse, call, report, exit."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from casefhir.cli.exits import BROKEN_PIPE, INTERRUPTED, NOT_READABLE, WRONG_USE
from casefhir.cli.output import say, standard_streams

_EXITS = """exit codes:
  0 fine   1 a case has errors   2 wrong use   3 a file cannot be read or written   4 a server or the network
  (of several files, the highest of 4, 3, 1, 0)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    try:
        code = _run(arguments)
        for stream in standard_streams():
            stream.flush()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:  # the reader, such as `head`, has read enough
        code = BROKEN_PIPE
    except OSError as error:  # commands report the files that they cannot read or write
        code = NOT_READABLE
        say(f"casefhir: the output cannot be written: {error.strerror or error}")
    else:
        return code
    _drop_unwritten()
    return code


def _run(arguments: Sequence[str] | None) -> int:
    for stream in standard_streams():
        stream.reconfigure(errors="backslashreplace")
    try:
        parsed = _parser(_needed(arguments)).parse_args(arguments)
    except SystemExit as done:  # after --help, --version or wrong use
        return int(done.code or 0)
    code: int = parsed.run(parsed)
    return code


def _needed(arguments: Sequence[str] | None) -> Sequence[str]:
    """The command that is asked for, which pays for no other; all, if it may be none or tells of all."""
    first = (sys.argv[1:] if arguments is None else arguments)[:1]
    return first if first and first[0] in COMMANDS and first[0] != "completion" else COMMANDS


def _drop_unwritten() -> None:
    """Python writes what is left when it ends, and would complain again."""
    for stream in standard_streams():
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        except OSError:  # no file is behind it
            continue


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> "None":  # type: ignore[override]  # argparse ends with 2 as well, after many lines
        say(f"{self.prog}: {message}; see {self.prog} --help")
        self.exit(WRONG_USE)


COMMANDS = (
    "new check coverage care timeline explain fmt migrate export lint push sandbox terms schema completion"
).split()
"""In the order of the help. Each is a module with `add(commands)`, which describes it, and `run(arguments)`."""


def _parser(named: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of some commands. Importing them takes a while, in which the user may press Ctrl-C."""
    parser = _Parser(
        prog="casefhir",
        description="Published clinical cases, written as readable YAML: checked, and mapped to FHIR R4 bundles.",
        epilog=_EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in named:
        import_module(f"casefhir.cli.{name}").add(commands)
    return parser


class _Version(argparse.Action):
    """Asks for the version only when it is wanted: it takes 40 ms."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"casefhir {version('casefhir')}")
        except PackageNotFoundError:
            print("casefhir, run from its sources without being installed")
        parser.exit()
