"""casefhir export: case files → documents."""

import argparse
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from casefhir.cli.exits import CASE_HAS_ERRORS, FINE, NOT_READABLE, WRONG_USE
from casefhir.cli.files import STDIN, case_files, is_folder, shown
from casefhir.cli.output import has_colours, say, write
from casefhir.cli.reading import loaded
from casefhir.cli.writing import write_folder, write_whole
from casefhir.guides import NAMES as GUIDES
from casefhir.pipeline import DocumentError, Loaded, converted
from casefhir.report import Report
from casefhir.report.text import line
from casefhir.targets import NAMES, target

if TYPE_CHECKING:  # `--help` pays nothing for it
    from casefhir.fhir.bundle import Ids

_EXAMPLES = """examples:
  casefhir export case.yaml                          writes case.fhir-r4.json beside it
  casefhir export case.yaml -o bundle.json
  casefhir export case.yaml -o - | curl -H 'Content-Type: application/fhir+json' -d @- http://localhost:8080/fhir
  casefhir export cases/ -o out/ --ids put           loading twice changes nothing
  casefhir export case.yaml --target firely          what this server takes, in as many bundles as it needs
  casefhir export case.yaml --guide ips              under the profiles of the International Patient Summary
  casefhir export case.yaml --bundle ndjson -o bulk  a folder of bulk files: Patient.ndjson, Observation.ndjson, …
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "export",
        help="write case files as FHIR bundles",
        description="Check case files and write each that has no errors as one document.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="case files, folders of them, or - for standard input")
    parser.add_argument("--to", choices=["fhir-r4"], default="fhir-r4", help="the format (default: fhir-r4)")
    parser.add_argument(
        "--bundle",
        choices=["transaction", "collection", "ndjson"],
        default="transaction",
        help="(default: transaction)",
    )
    parser.add_argument(
        "--ids",
        choices=["post", "put"],
        help="let the server give ids (the default), or keep the case's own, as bulk files always do",
    )
    parser.add_argument("--article", metavar="TEXT", help="the article: what it proves is written with its place")
    parser.add_argument(
        "--guide",
        choices=GUIDES,
        action="append",
        default=[],
        help="the implementation guide whose profiles the resources claim and fit; may stand twice",
    )
    parser.add_argument("--target", choices=NAMES, help="the server that it is for, with its limits")
    parser.add_argument(
        "-o", "--output", metavar="PATH", help="a file, a folder (several cases), or - for standard output"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check, write what has no errors, report on standard error, and return the exit code."""
    places = _places(arguments)
    if problem := _wrong_options(arguments) or _wrong_use(places):
        say(f"casefhir export: {problem}")
        return WRONG_USE
    article = None
    if arguments.article is not None:
        from casefhir.cli.article import article_named

        if (article := article_named(arguments.article, arguments.files)) is None:
            return NOT_READABLE
    code = FINE
    for name, place in places.items():
        found, report, file_code = loaded(name, article)
        _report(report)
        if found is not None and not found.has_errors:
            if _included(found, place):
                say(f"casefhir export: {place} is included in {name}, and would be written over; name another with -o")
                return WRONG_USE
            file_code = _export(found, name, place, arguments)
        code = max(code, file_code)
    return code


def _places(arguments: argparse.Namespace) -> dict[str, Path | None]:
    """Where the document of each case goes; None = standard output."""
    names, output = case_files(arguments.files), arguments.output
    several = len(names) > 1 or any(map(is_folder, arguments.files))
    is_one_file = output and not several and not output.endswith(("/", os.sep)) and not os.path.isdir(output)
    if _is_delivery(arguments):  # which may become a folder, so that a name without .json is one too
        is_one_file = is_one_file and output.endswith(".json")

    def place(name: str) -> Path | None:
        if output == STDIN or (output is None and name == STDIN):
            return None
        if is_one_file:
            return Path(output)
        file_name = f"{'stdin' if name == STDIN else Path(name).stem}.{arguments.to}.json"
        return Path(output, file_name) if output else Path(name).with_name(file_name)

    return {name: place(name) for name in names}


def _is_delivery(arguments: argparse.Namespace) -> bool:
    """Whether more is asked for than one document."""
    return arguments.target is not None or arguments.bundle == "ndjson"


def _wrong_options(arguments: argparse.Namespace) -> str | None:
    """What cannot be had at the same time."""
    if arguments.bundle == "ndjson" and arguments.ids == "post":
        return "bulk files keep the case's own ids, by which they refer to each other; leave out --ids post"
    if arguments.target is None:
        return None
    if arguments.bundle == "collection":
        return "no server loads a collection; leave out --bundle or --target"
    if arguments.ids == "put" and target(arguments.target).ids == "server":
        return f"{target(arguments.target).title} gives ids itself; leave out --ids put"
    return None


def _wrong_use(places: dict[str, Path | None]) -> str | None:
    if not places:
        return "no .yaml file in what was named"
    taken: dict[str, str] = {}
    for name, place in places.items():
        real = os.path.realpath(place) if place else STDIN
        if real in taken:
            goal = place or "standard output"
            return f"{taken[real]} and {name} would both go to {goal}; name one case at a time, and its file with -o"
        taken[real] = name
        if place and os.path.isfile(place.parent):
            return f"{place.parent} is a file, and not a folder"
    if overwritten := next((n for n in places if n != STDIN and os.path.realpath(n) in taken), None):
        return f"{overwritten} is a case file, and would be written over; name another file with -o"
    return None


def _included(found: Loaded, place: Path | None) -> bool:
    """Whether the document would take the place of a file that the case includes."""
    parts = {os.path.realpath(part.name) for part in found.source.parts}
    return place is not None and os.path.realpath(place) in parts


def _report(report: Report) -> None:
    """Errors and warnings on standard error; notes are for `check`."""
    for issue in report.issues:
        if issue.severity != "information":
            print(line(report.file, issue, has_colours(sys.stderr)), file=sys.stderr)


def _ids(arguments: argparse.Namespace) -> "Ids":
    """Who gives the ids: the server, if nothing is said."""
    ids: Ids = arguments.ids or "post"
    return ids


def _export(found: Loaded, name: str, place: Path | None, arguments: argparse.Namespace) -> int:
    from casefhir.export import Options, indented

    try:
        if _is_delivery(arguments):
            return _deliver(found, name, place, arguments)
        options = Options(arguments.bundle, _ids(arguments), tuple(arguments.guide))
        document = indented(converted(found, arguments.to, options).json())
    except DocumentError as error:
        for message in (f"casefhir export: {name}: {error}", *error.faults):
            say(message)
        return CASE_HAS_ERRORS
    return _write(document, name, place)


def _deliver(found: Loaded, name: str, place: Path | None, arguments: argparse.Namespace) -> int:
    """Write what a server takes, and tell what was done for it."""
    from casefhir.delivery import delivery

    to = target(arguments.target or NAMES[0])
    guides = tuple(arguments.guide)
    made = delivery(found, form=arguments.bundle, ids=_ids(arguments), target=to, guides=guides)
    for issue in made.issues:
        print(line(shown(name), issue, has_colours(sys.stderr)), file=sys.stderr)
    if made.document is not None:
        return _write(made.document, name, place)
    if not made.files:
        return CASE_HAS_ERRORS
    if place is None:
        say(f"casefhir export: {shown(name)} becomes {len(made.files)} files; name a folder for them with -o")
        return WRONG_USE
    folder = place.with_suffix("")
    return _placed(
        partial(write_folder, folder, made.files), folder, f"{shown(name)} → {folder}, {len(made.files)} files"
    )


def _write(document: bytes, name: str, place: Path | None) -> int:
    if place is None:
        write(document)
        return FINE
    return _placed(partial(write_whole, place, document), place, f"{shown(name)} → {place}")


def _placed(writing: Callable[[], None], place: Path, done: str) -> int:
    try:
        writing()
    except OSError as error:
        say(f"casefhir export: {place} cannot be written: {error.strerror or error}")
        return NOT_READABLE
    say(done)
    return FINE
