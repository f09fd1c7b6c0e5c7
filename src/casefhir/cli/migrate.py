"""casefhir migrate: case files of older versions of the format, made files of the newest."""

import argparse

from casefhir.cli.exits import CASE_HAS_ERRORS, FINE, NOT_READABLE, WRONG_USE
from casefhir.cli.files import case_files, shown
from casefhir.cli.output import say
from casefhir.cli.rewriting import complain, fix, original, show
from casefhir.migration import is_newest, migrated, version
from casefhir.schema import version_issue

_EXAMPLES = """examples:
  casefhir migrate case.yaml             shows what would change
  casefhir migrate cases/ --fix          changes it
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "migrate",
        help="make files of older versions of the format files of the newest",
        description="Make case files of older versions of the format files of the newest; comments and layout stay.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="case files, folders of them, or - for standard input")
    parser.add_argument("--fix", action="store_true", help="change the files, in place of showing what would change")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Show or make the changes, and return the exit code."""
    names = case_files(arguments.files)
    if not names:
        say("casefhir migrate: no .yaml file in what was named")
        return WRONG_USE
    return max(_file(name, arguments) for name in names)


def _file(name: str, arguments: argparse.Namespace) -> int:
    if (old := original(name)) is None:
        return NOT_READABLE
    new = migrated(old.source)
    if issue := version_issue(new):
        complain(name, issue)
        return CASE_HAS_ERRORS
    if is_newest(old.source):
        say(f"{shown(name)} is of version {version(old.source)}, the newest")
    if arguments.fix:
        return fix(old, new.text, "migrate")
    return FINE if is_newest(old.source) else show(old, new.text)
