"""casefhir export: case files → documents."""

import argparse
import os
import sys
from pathlib import Path

from casefhir.cli.exits import CASE_HAS_ERRORS, FINE, NOT_READABLE, WRONG_USE
from casefhir.cli.files import STDIN, case_files, is_folder, shown
from casefhir.cli.output import has_colours, say, write
from casefhir.cli.reading import loaded
from casefhir.pipeline import DocumentError, Loaded, converted
from casefhir.report import Report
from casefhir.report.text import line

_EXAMPLES = """examples:
  casefhir export case.yaml                          writes case.fhir-r4.json beside it
  casefhir export case.yaml -o bundle.json
  casefhir export case.yaml -o - | curl -H 'Content-Type: application/fhir+json' -d @- http://localhost:8080/fhir
  casefhir export cases/ -o out/ --ids put           loading twice changes nothing
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
        choices=["transaction", "collection"],
        default="transaction",
        help="(default: transaction)",
    )
    parser.add_argument(
        "--ids",
        choices=["post", "put"],
        default="post",
        help="let the server give ids, or keep the case's own",
    )
    parser.add_argument(
        "-o", "--output", metavar="PATH", help="a file, a folder (several cases), or - for standard output"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check, write what has no errors, report on standard error, and return the exit code."""
    targets = _targets(arguments)
    if problem := _wrong_use(targets):
        say(f"casefhir export: {problem}")
        return WRONG_USE
    code = FINE
    for name, target in targets.items():
        found, report, file_code = loaded(name)
        _report(report)
        if found is not None and not found.has_errors:
            if _included(found, target):
                say(f"casefhir export: {target} is included in {name}, and would be written over; name another with -o")
                return WRONG_USE
            file_code = _export(found, name, target, arguments)
        code = max(code, file_code)
    return code


def _targets(arguments: argparse.Namespace) -> dict[str, Path | None]:
    """Where the document of each case goes; None = standard output."""
    names, output = case_files(arguments.files), arguments.output
    several = len(names) > 1 or any(map(is_folder, arguments.files))
    is_one_file = output and not several and not output.endswith(("/", os.sep)) and not os.path.isdir(output)

    def target(name: str) -> Path | None:
        if output == STDIN or (output is None and name == STDIN):
            return None
        if is_one_file:
            return Path(output)
        file_name = f"{'stdin' if name == STDIN else Path(name).stem}.{arguments.to}.json"
        return Path(output, file_name) if output else Path(name).with_name(file_name)

    return {name: target(name) for name in names}


def _wrong_use(targets: dict[str, Path | None]) -> str | None:
    if not targets:
        return "no .yaml file in what was named"
    taken: dict[str, str] = {}
    for name, target in targets.items():
        place = os.path.realpath(target) if target else STDIN
        if place in taken:
            goal = target or "standard output"
            return f"{taken[place]} and {name} would both go to {goal}; name one case at a time, and its file with -o"
        taken[place] = name
        if target and os.path.isfile(target.parent):
            return f"{target.parent} is a file, and not a folder"
    if overwritten := next((n for n in targets if n != STDIN and os.path.realpath(n) in taken), None):
        return f"{overwritten} is a case file, and would be written over; name another file with -o"
    return None


def _included(found: Loaded, target: Path | None) -> bool:
    """Whether the document would take the place of a file that the case includes."""
    places = {os.path.realpath(part.name) for part in found.source.parts}
    return target is not None and os.path.realpath(target) in places


def _report(report: Report) -> None:
    """Errors and warnings on standard error; notes are for `check`."""
    for issue in report.issues:
        if issue.severity != "information":
            print(line(report.file, issue, has_colours(sys.stderr)), file=sys.stderr)


def _export(found: Loaded, name: str, target: Path | None, arguments: argparse.Namespace) -> int:
    from casefhir.export import Options, indented

    try:
        document = indented(converted(found, arguments.to, Options(arguments.bundle, arguments.ids)).json())
    except DocumentError as error:
        for message in (f"casefhir export: {name}: {error}", *error.faults):
            say(message)
        return CASE_HAS_ERRORS
    if target is None:
        write(document)
        return FINE
    try:
        write_whole(target, document)
    except OSError as error:
        say(f"casefhir export: {target} cannot be written: {error.strerror or error}")
        return NOT_READABLE
    say(f"{shown(name)} → {target}")
    return FINE


def write_whole(target: Path, content: bytes) -> None:
    """
    Write a file whole or not at all: a new file takes the place of the old one at the end.

    A link is followed; a pipe or a device is written to and stays.
    Raises: OSError; whatever was there before is then still there.
    """
    target = Path(os.path.realpath(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    import tempfile  # `check` goes without it, and without the dozen modules that it needs

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, _mode(target))
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """The rights of the file that is replaced, or those that a new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
