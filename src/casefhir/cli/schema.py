"""casefhir schema: the JSON Schema of the case file, for editors and other programs."""

import argparse
import json

from casefhir.cli.exits import FINE
from casefhir.cli.output import write
from casefhir.schema import published_schema


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "schema",
        help="print the JSON Schema of the case file",
        description="Print the JSON Schema (draft-07) of the case file, for editors and other programs.",
        epilog="examples:\n  casefhir schema > case.schema.json\n",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Print it."""
    write(json.dumps(published_schema(), indent=2, ensure_ascii=False).encode() + b"\n")
    return FINE
