"""The command line for tests: called in this process, or as a program of its own."""

import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from casefhir.cli import main

SOURCES = Path(__file__).parents[2] / "src"
PROGRAM = (sys.executable, "-W", "error", "-m", "casefhir")

START = "casefhir: 1\nid: an-id\narticle: {title: T}\npatient: {sex: male}\n"
CASES = {
    "fine": START,
    "noted": START + "diagnoses: [{name: homesickness}]\n",
    "doubtful": START + "labs: [{values: {CRP: 5 frogs/L}}]\n",
    "wrong": START + "labs: [{at: nowhere, values: {CRP: 96 mg/L}}]\n",
    "unreadable": START + "labs: [\n",
}
"""The smallest cases: without an issue, with a note, with a warning, with an error, and one that cannot be read."""


class Said(NamedTuple):
    """What a command did: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


def call(*arguments: str | Path, stdin: bytes = b"") -> Said:
    """Run a command in this process, as if it were connected to pipes."""
    streams = [TextIOWrapper(BytesIO(data), encoding="utf-8", newline="\n") for data in (b"", b"", stdin)]
    out, err, given = streams
    with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "stdin", given):
        code = main(list(map(str, arguments)))
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())  # type: ignore[attr-defined]  # it is a BytesIO
    return Said(code, *texts)


def program(*arguments: str | Path, folder: Path | None = None, stdin: str = "", **variables: str) -> Said:
    """Run a command as a program of its own."""
    done = subprocess.run(
        [*PROGRAM, *arguments],
        cwd=folder,
        env=environment(**variables),
        input=stdin.encode(),
        capture_output=True,
        timeout=60,
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def environment(**variables: str) -> dict[str, str]:
    """The variables of this process with some changed, and the sources of casefhir among Python's folders."""
    folders = os.pathsep.join(filter(None, (str(SOURCES), os.environ.get("PYTHONPATH"))))
    ours = {"PYTHONPATH": folders, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "", "PYTHONDONTWRITEBYTECODE": ""}
    return os.environ | ours | variables
