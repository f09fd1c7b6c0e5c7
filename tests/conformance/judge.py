"""FHIR files → what the judges that nobody here wrote say of them: HAPI's validator and server."""

from __future__ import annotations

import contextlib
import json
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, Self

from tests.conformance.toolchain import MissingToolError, tools

__all__ = ["FILTERED", "Filter", "Message", "MissingToolError", "Validator", "hapi_server"]

DEFINITIONS = Path(__file__).parents[2] / "schema" / "fhir"
"""Our own profiles, extensions and code systems; the folder may be missing."""


class Message(NamedTuple):
    """One finding of the validator; line and column count from 1 where it knows them."""

    severity: str
    id: str | None
    location: str
    text: str
    line: int | None
    column: int | None

    @property
    def is_error(self) -> bool:
        """Whether the file breaks the standard."""
        return self.severity in ("error", "fatal")


class Filter(NamedTuple):
    """Messages that are known to be the validator's fault, and why."""

    reason: str
    matches: Callable[[Message], bool]


FILTERED = (
    Filter(
        "vs-1 asks that an effectiveDateTime is precise to the day. HAPI 8.6.0 evaluates it on a"
        " Period too, where it is empty and so fails; HL7's own validator accepts a Period.",
        lambda message: (message.id or "").endswith("#vs-1") and message.location.endswith(".effective.ofType(Period)"),
    ),
)
"""Every message that is left out; there is no other place that leaves one out."""


class Validator:
    """
    HAPI FHIR's validator as one process that judges many files.

    A context manager. `definitions` are folders of *.json and FHIR packages (*.tgz) that it
    reads besides the core specification.
    """

    def __init__(self, *definitions: Path) -> None:
        """Name what to read; nothing is started yet."""
        known = (DEFINITIONS, *definitions) if DEFINITIONS.is_dir() else definitions
        self._definitions = [str(path.absolute()) for path in known]

    def __enter__(self) -> Self:
        """Start the process."""
        self._judge = contextlib.ExitStack()
        self._process = self._judge.enter_context(_started("Validate", *self._definitions))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self._judge.close()

    def validate(self, paths: Iterable[Path]) -> dict[Path, list[Message]]:
        """The messages on each file, without those in `FILTERED`."""
        return {path: list(self._messages(path)) for path in paths}

    def _messages(self, path: Path) -> Iterator[Message]:
        _tell(self._process, str(path.absolute()))
        for found in json.loads(_heard(self._process))["messages"]:
            message = Message(
                severity=found["severity"],
                id=found["messageId"],
                location=found["location"] or "",
                text=found["text"],
                line=found["line"],
                column=found["column"],
            )
            if not any(known.matches(message) for known in FILTERED):
                yield message


@contextlib.contextmanager
def hapi_server(*, validate: bool = False) -> Iterator[str]:
    """
    The base URL of an empty HAPI FHIR R4 server on this machine, for as long as the block runs.

    With `validate` it answers 422 to what its validator calls an error.
    """
    options = ["--validate"] if validate else []
    with _started("Server", "0", *options) as process:
        yield process.ready


class _Process(NamedTuple):
    """A judge that has said READY."""

    child: subprocess.Popen[str]
    log: IO[str]
    ready: str
    """What it said after READY."""


@contextlib.contextmanager
def _started(judge: str, *arguments: str) -> Iterator[_Process]:
    command = tools().command(judge, *arguments)
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as log,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            encoding="utf-8",
        ) as child,
    ):
        try:
            greeting = _heard(_Process(child, log, ready=""))
            yield _Process(child, log, greeting.removeprefix("READY").strip())
        finally:
            child.kill()


def _tell(process: _Process, line: str) -> None:
    assert process.child.stdin is not None
    process.child.stdin.write(line + "\n")
    process.child.stdin.flush()


def _heard(process: _Process) -> str:
    """The next line the judge says; its log, as an error, where it died instead."""
    assert process.child.stdout is not None
    line = process.child.stdout.readline()
    if not line:
        process.log.seek(0)
        raise RuntimeError(f"the judge ended:\n{process.log.read()[-3000:]}")
    return line
