"""casefhir sandbox: a FHIR server on this machine that holds the named cases."""

import argparse
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

from casefhir.cli.exits import FINE, INTERRUPTED, NOT_READABLE, SERVER, WRONG_USE
from casefhir.cli.files import STDIN, case_files
from casefhir.cli.output import say, write
from casefhir.report.text import visible
from casefhir.sandbox import Sandbox, SandboxError, sandbox

_EXAMPLES = """examples:
  casefhir sandbox case.yaml                 look at it in a browser; Ctrl-C ends it
  casefhir sandbox cases/ --port 8090
  casefhir sandbox --keep data/              an empty server, whose data are there the next time
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "sandbox",
        help="start a FHIR server on this machine that holds cases",
        description="Start a FHIR server on this machine, push cases to it, and say where to look; Ctrl-C ends it.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="case files, or folders of them")
    parser.add_argument("--port", type=_port, default=0, metavar="N", help="(default: any that is free)")
    parser.add_argument("--keep", metavar="PATH", help="a folder for the data; without it, they go with the server")
    parser.set_defaults(run=run)


def _port(written: str) -> int:
    if not written.isdecimal() or int(written) > 65535:
        raise argparse.ArgumentTypeError(f"{written!r} is no port; write one from 1 to 65535")
    return int(written)


def run(arguments: argparse.Namespace) -> int:
    """Start the server, load the cases, say where they are, and wait; the exit code."""
    files = case_files(arguments.files)
    if arguments.files and not files:
        say("casefhir sandbox: no .yaml file in what was named")
        return WRONG_USE
    if missing := [name for name in files if name != STDIN and not os.path.exists(name)]:
        for name in missing:
            say(f"casefhir sandbox: {name}: No such file or directory")
        return NOT_READABLE
    code = FINE
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that no server stays behind
    try:
        with sandbox(arguments.port, Path(arguments.keep) if arguments.keep else None) as server:
            code = _loaded(files, server) if files else FINE
            if code == INTERRUPTED:
                return code
            write(f"FHIR: {server.base}\nCtrl-C ends it.\n")
            server.wait()
    except SandboxError as error:
        say(f"casefhir sandbox: {error}")
        return SERVER
    except KeyboardInterrupt:
        write("\n")
    return code


def _loaded(files: list[str], server: Sandbox) -> int:
    """The exit code of a push to the server; the addresses of what it loaded are said."""
    from casefhir.cli import main

    with tempfile.TemporaryDirectory() as receipts:
        code = main(["push", *files, "--server", server.base, "--receipt", receipts + os.sep])
        for address in _addresses(Path(receipts), server):
            write(f"{visible(address)}\n")
    return code


def _addresses(receipts: Path, server: Sandbox) -> Iterator[str]:
    """Of each case the pages of its patient, and of what most want to see."""
    from casefhir.push.receipt import receipt
    from casefhir.push.wanted import PATIENT

    for path in sorted(receipts.iterdir()):
        kept = receipt(path.read_bytes())
        if PATIENT in kept.known:
            patient = f"Patient/{kept.known[PATIENT]}"
            yield f"{kept.case}: {server.page(patient)}"
            yield f"  observations: {server.pages('Observation', patient)}"
            yield f"  as FHIR: {server.base}/{patient}/$everything"
