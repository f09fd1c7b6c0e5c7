"""The command line: one file a command, each thin: parse, call, report, exit."""

import argparse
import os
import sys
from collections.abc import Sequence

from casefhir.cli import check, export, schema
from casefhir.cli.exits import WRONG_USE

COMMANDS = (check, export, schema)
"""Each has `add(commands)`, which describes it, and `run(arguments)`, which returns the exit code."""

_EXITS = """exit codes:
  0 fine   1 a case has errors   2 wrong use   3 a file cannot be read   4 server or network
  (of several files, the highest of 3, 1, 0)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    parser = _parser()
    parsed = parser.parse_args(arguments)
    try:
        code: int = parsed.run(parsed)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return code


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> "None":  # type: ignore[override]  # argparse exits with 2 as well, with less help
        self.print_usage(sys.stderr)
        self.exit(WRONG_USE, f"{self.prog}: {message}; see {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="casefhir",
        description="Published clinical cases, written as readable YAML: checked, and mapped to FHIR R4 bundles.",
        epilog=_EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add(commands)
    return parser


class _Version(argparse.Action):
    """Asks for the version only when it is wanted: it takes 40 ms."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"casefhir {version('casefhir')}")
        parser.exit()
