"""casefhir export: case files → documents."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from casefhir.cli.exits import CASE_HAS_ERRORS, NOT_READABLE, WRONG_USE
from casefhir.cli.files import STDIN, case_files
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
    names = list(case_files(arguments.files))
    if problem := _wrong_use(arguments, names):
        print(f"casefhir export: {problem}", file=sys.stderr)
        return WRONG_USE
    code = 0
    for name in names:
        found, report, file_code = loaded(name)
        _say(report)
        if found is not None and not found.has_errors:
            file_code = _write(found, name, arguments, several=len(names) > 1)
        code = max(code, file_code)
    return code


def _wrong_use(arguments: argparse.Namespace, names: list[str]) -> str | None:
    output = arguments.output
    if not names:
        return "no .yaml file in what was named"
    if len(names) > 1 and output == STDIN:
        return "several cases do not fit on standard output; name a folder with -o"
    if len(names) > 1 and output and Path(output).is_file():
        return f"several cases do not fit into the file {output}; name a folder with -o"
    targets = [str(_target(name, arguments, several=len(names) > 1)) for name in names]
    if len(set(targets)) < len(targets):
        return "two of the cases would be written to the same file; export them one by one"
    return None


def _say(report: Report) -> None:
    """Errors and warnings on standard error; notes are for `check`."""
    for issue in report.issues:
        if issue.severity != "information":
            print(line(report.file, issue, sys.stderr.isatty()), file=sys.stderr)


def _write(found: Loaded, name: str, arguments: argparse.Namespace, *, several: bool) -> int:
    from casefhir.export import Options

    try:
        document = converted(found, arguments.to, Options(arguments.bundle, arguments.ids)).json()
    except DocumentError as error:
        print("\n  ".join([f"casefhir export: {name}: {error}", *error.faults]), file=sys.stderr)
        return CASE_HAS_ERRORS
    target = _target(name, arguments, several=several)
    if target is None:
        sys.stdout.buffer.write(document)
        return 0
    try:
        write_whole(target, document)
    except OSError as error:
        print(f"casefhir export: {target} cannot be written: {error.strerror or error}", file=sys.stderr)
        return NOT_READABLE
    print(f"{name} → {target}", file=sys.stderr)
    return 0


def _target(name: str, arguments: argparse.Namespace, *, several: bool) -> Path | None:
    """Where the document of a case goes; None = standard output."""
    output = arguments.output
    if output == STDIN or (output is None and name == STDIN):
        return None
    file_name = f"{Path(name).stem if name != STDIN else 'stdin'}.{arguments.to}.json"
    if output is None:
        return Path(name).with_name(file_name)
    folder = several or output.endswith(("/", os.sep)) or Path(output).is_dir()
    return Path(output, file_name) if folder else Path(output)


def write_whole(target: Path, content: bytes) -> None:
    """
    Write a file whole or not at all: a new file takes the place of the old one at the end.

    Raises: OSError; whatever was there before is then still there.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not target.is_file():  # a pipe or a device is written to, not replaced
        target.write_bytes(content)
        return
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
