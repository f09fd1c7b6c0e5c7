"""casefhir fmt: slips in case files that can mean only one thing, mended."""

import argparse

from casefhir.cli.exits import CASE_HAS_ERRORS, FINE, NOT_READABLE, WRONG_USE
from casefhir.cli.files import case_files, shown
from casefhir.cli.output import say
from casefhir.cli.rewriting import fix, original, show
from casefhir.formatting import formatted

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
    if (old := original(name)) is None:
        return NOT_READABLE
    new = formatted(old.source)
    if arguments.fix:
        return fix(old, new, "fmt")
    if new == old.source.text:
        return FINE
    if arguments.check:
        say(f"{shown(name)} would change")
        return CASE_HAS_ERRORS
    return show(old, new)
