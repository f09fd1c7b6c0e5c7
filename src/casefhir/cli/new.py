"""casefhir new: a case file to begin with."""

import argparse
import re
from pathlib import Path

from casefhir.cli.exits import FINE, NOT_READABLE, WRONG_USE
from casefhir.cli.files import STDIN
from casefhir.cli.output import say, write
from casefhir.starter import full_starter, is_id, starter

_EXAMPLES = """examples:
  casefhir new                          writes case.yaml
  casefhir new invented-appendicitis    writes invented-appendicitis.yaml, which has that id
  casefhir new my-case --full           with an example of every section
  casefhir new -o cases/first.yaml
  casefhir new -o -                     prints it
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "new",
        help="write a case file to begin with",
        description="Write a case file to begin with: the facts that most articles have, to be filled in.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("id", nargs="?", metavar="ID", help="the id of the case: small letters, digits and hyphens")
    parser.add_argument("-o", "--output", metavar="FILE", help="the file, or - for standard output")
    parser.add_argument("--full", action="store_true", help="every section, with what it is for and an example")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the file, unless there is one of its name, and return the exit code."""
    id = arguments.id or ""
    if arguments.id is not None and not is_id(id):
        say(f"casefhir new: {id!r} cannot be the id of a case: small letters, digits and hyphens only{_offer(id)}")
        return WRONG_USE
    content = (full_starter if arguments.full else starter)(id).encode()
    if arguments.output == STDIN:
        write(content)
        return FINE
    target = Path(arguments.output or f"{id or 'case'}.yaml")
    if target.parent.is_file():
        say(f"casefhir new: {target.parent} is a file, and not a folder")
        return WRONG_USE
    try:
        _write_new(target, content)
    except FileExistsError:
        say(f"casefhir new: {target} is there already and stays as it is; name another file with -o")
        return WRONG_USE
    except OSError as error:
        say(f"casefhir new: {target} cannot be written: {error.strerror or error}")
        return NOT_READABLE
    say(f"{target}: fill it in, then: casefhir check {target}")
    return FINE


def _offer(id: str) -> str:
    offer = re.sub("[^a-z0-9]+", "-", id.casefold()).strip("-")[:64].rstrip("-")
    return f"; write {offer}" if offer else ""


def _write_new(target: Path, content: bytes) -> None:
    """Write a file that is not there yet, whole or not at all. Raises: OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        try:
            file.write(content)
            file.flush()
        except OSError:
            target.unlink(missing_ok=True)
            raise
