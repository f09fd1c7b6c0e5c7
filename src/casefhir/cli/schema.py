"""casefhir schema: the JSON Schema of the case file, or of a pack, for editors and other programs."""

import argparse
import json
from collections.abc import Callable, Mapping
from typing import Any

from casefhir.cli.exits import FINE
from casefhir.cli.output import write
from casefhir.packs import pack_schema
from casefhir.schema import published_schema

_SCHEMAS: Mapping[str, Callable[[], Any]] = {"case": published_schema, "pack": pack_schema}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "schema",
        help="print the JSON Schema of the case file",
        description="Print the JSON Schema (draft-07) of the case file or of a pack, for editors and other programs.",
        epilog="examples:\n  casefhir schema > case.schema.json\n  casefhir schema pack > pack.schema.json\n",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("of", nargs="?", choices=sorted(_SCHEMAS), default="case", help="whose schema (default: case)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    write(json.dumps(_SCHEMAS[arguments.of](), indent=2, ensure_ascii=False).encode() + b"\n")
    return FINE
