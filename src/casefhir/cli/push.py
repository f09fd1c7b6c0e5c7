"""casefhir push: case files → a FHIR server."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from casefhir.cli.exits import CASE_HAS_ERRORS, FINE, NOT_READABLE, SERVER, WRONG_USE
from casefhir.cli.files import STDIN, case_files, shown
from casefhir.cli.output import has_colours, say, write
from casefhir.cli.reading import loaded
from casefhir.cli.writing import write_whole
from casefhir.pipeline import DocumentError
from casefhir.report.text import line, visible

if TYPE_CHECKING:
    from casefhir.push.session import Session
    from casefhir.push.wanted import WantedCase

_EXAMPLES = """examples:
  casefhir push case.yaml --server http://localhost:8080/fhir
  casefhir push cases/ --server http://localhost:8080/fhir --dry-run
  CASEFHIR_TOKEN_FILE=token casefhir push case.yaml --server https://fhir.example.org/r4 --auth bearer
secrets come from the environment, or from files that it names with _FILE:
  basic   CASEFHIR_USER, CASEFHIR_PASSWORD
  bearer  CASEFHIR_TOKEN
  oauth2  CASEFHIR_CLIENT_ID, CASEFHIR_CLIENT_SECRET; CASEFHIR_TOKEN_URL, CASEFHIR_SCOPE
  smart   CASEFHIR_CLIENT_ID, CASEFHIR_PRIVATE_KEY; CASEFHIR_KEY_ID, CASEFHIR_TOKEN_URL, CASEFHIR_SCOPE
exit codes:
  0 fine   1 a case has errors   2 wrong use   3 a file cannot be read or written
  4 the server cannot be reached, refused something, or stored something otherwise
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "push",
        help="store cases on a FHIR server, and read them back",
        description="Store cases on a FHIR server: only what it does not hold yet is sent, and all is read back.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="case files, folders of them, or - for standard input")
    parser.add_argument("--server", required=True, metavar="URL", help="the base address: http://localhost:8080/fhir")
    parser.add_argument(
        "--auth",
        choices=["none", "basic", "bearer", "oauth2", "smart"],
        default="none",
        help="how the server lets you in (default: none)",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")
    parser.add_argument("--yes", action="store_true", help="send a case that is not marked as published, too")
    parser.add_argument("--receipt", metavar="PATH", help="a file, or a folder; without it, beside each case")
    parser.add_argument("--tries", type=_count, default=6, metavar="N", help="how often to try (default: 6)")
    parser.add_argument("--limit", type=_count, metavar="N", help="send so many resources at most in one request")
    parser.add_argument("--wait", type=_seconds, default=60, metavar="S", help="wait so long at most between tries")
    parser.set_defaults(run=run)


def _count(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"{written!r} is no number from 1")
    return int(written)


def _seconds(written: str) -> float:
    if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", written) or not float(written):
        raise argparse.ArgumentTypeError(f"{written!r} is no number of seconds above 0")
    return float(written)


def run(arguments: argparse.Namespace) -> int:
    """Check the cases, send those without errors, and return the exit code."""
    try:
        from casefhir.push.auth import AuthError, TokenError
        from casefhir.push.server import ServerError, Waiting
        from casefhir.push.session import AddressError, Session, address
    except ImportError as error:
        say(f"casefhir push: {error.name} is missing: pip install 'casefhir[push]'")
        return WRONG_USE
    try:
        at = address(arguments.server)
        cases, code = _cases(arguments.files)
        if not cases:  # what is wrong with each was said
            if code == FINE:
                say("casefhir push: no .yaml file in what was named")
            return code or WRONG_USE
        if problem := _wrong_use(cases, at.is_local, arguments):
            say(f"casefhir push: {problem}")
            return WRONG_USE
        with Session(at, arguments.auth, os.environ, Waiting(arguments.tries, arguments.wait)) as session:
            return max([code, *(_pushed(name, case, at.base, session, arguments) for name, case in cases.items())])
    except (AddressError, AuthError) as error:
        say(f"casefhir push: {error}")
        return WRONG_USE
    except (ServerError, TokenError) as error:
        say(f"casefhir push: {at.base}: {error}")
        return SERVER


def _cases(named: Sequence[str]) -> "tuple[dict[str, WantedCase], int]":
    """The cases without errors, reports of the others said, and the exit code for those."""
    from casefhir.push.wanted import WantedCase

    cases: dict[str, WantedCase] = {}
    code = FINE
    for name in case_files(named):
        found, report, file_code = loaded(name)
        for issue in report.issues:
            if issue.severity == "error":
                print(line(report.file, issue, has_colours(sys.stderr)), file=sys.stderr)
        code = max(code, file_code)
        if found is not None and not found.has_errors:
            try:
                cases[name] = WantedCase(found)
            except DocumentError as error:
                say(f"casefhir push: {name}: {error}")
                code = CASE_HAS_ERRORS
    return cases, code


def _wrong_use(cases: "dict[str, WantedCase]", is_local: bool, arguments: argparse.Namespace) -> str | None:
    if arguments.receipt and len(cases) > 1 and not _is_folder(arguments.receipt):
        return f"{arguments.receipt} is no folder, and there are several cases"
    ids: dict[str, str] = {}
    for name, case in cases.items():
        if case.id in ids:
            return f"{ids[case.id]} and {name} are the same case, {case.id}"
        ids[case.id] = name
        if not (is_local or case.is_published or arguments.yes or arguments.dry_run):
            return (
                f"{name} names no doi, pmid or date of publication, and the server is not on this machine; if the case"
                " may go there, say so with --yes"
            )
    return None


def _pushed(name: str, case: "WantedCase", base: str, session: "Session", arguments: argparse.Namespace) -> int:
    """Send one case, say what came of it, and return its exit code."""
    from casefhir.push.blame import blamed
    from casefhir.push.receipt import ReceiptError
    from casefhir.push.server import RefusedError, ServerError
    from casefhir.push.words import refused

    path = _receipt_path(name, base, arguments.receipt)
    try:
        return _sent(name, case, path, session, arguments)
    except ReceiptError as error:
        say(f"casefhir push: {error}; name another with --receipt")
        return WRONG_USE
    except OSError as error:
        say(f"casefhir push: {path} cannot be written: {error.strerror or error}")
        return NOT_READABLE
    except RefusedError as error:
        for message in refused(shown(name), error, blamed(session.server, error), case):
            say(session.clean(message))
    except ServerError as error:
        say(session.clean(f"casefhir push: {shown(name)}: {base}: {error}"))
    return SERVER


def _sent(name: str, case: "WantedCase", path: Path, session: "Session", arguments: argparse.Namespace) -> int:
    from casefhir.push.capability import limits
    from casefhir.push.receipt import Receipt, read_receipt, receipt_text
    from casefhir.push.run import Push
    from casefhir.push.words import altered, counted, planned

    def save(receipt: Receipt) -> None:
        write_whole(path, receipt_text(receipt))

    receipt = read_receipt(path, case.id, session.base)
    push = Push(case, session.server, session.can, receipt, save)
    if arguments.dry_run:
        write("".join(f"{visible(text)}\n" for text in planned(shown(name), push.planned().steps, case)))
        return FINE
    pushed = push.run(_Progress(shown(name)), limits(session.can, arguments.limit))
    write(f"{visible(shown(name))} → {session.base}: {counted(pushed.steps, len(case.resources))}\n")
    for message in altered(shown(name), pushed, case):
        say(session.clean(message))
    return SERVER if pushed.altered else FINE


class _Progress:
    """Tells a terminal how far a push is."""

    def __init__(self, name: str) -> None:
        self._name = visible(name)
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()

    def __call__(self, done: int, of: int) -> None:
        if self._is_shown:
            end = "\r\x1b[K" if done == of else f"\r{self._name}: {done} of {of}"
            print(end, end="", file=sys.stderr, flush=True)


def _receipt_path(name: str, base: str, named: str | None) -> Path:
    """Beside the case, one for each server: `a.localhost-8080-fhir.push.json`."""
    at = urlsplit(base)
    stem = "stdin" if name == STDIN else Path(name).stem
    file = f"{stem}.{re.sub('[^A-Za-z0-9.]+', '-', at.netloc + at.path)}.push.json"
    if named is None:
        return Path(file) if name == STDIN else Path(name).with_name(file)
    return Path(named, file) if _is_folder(named) else Path(named)


def _is_folder(named: str) -> bool:
    return named.endswith(("/", os.sep)) or os.path.isdir(named)
