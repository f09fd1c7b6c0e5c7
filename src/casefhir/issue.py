"""Trouble in a case, as a value: what is wrong, how bad it is, and where."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from casefhir.source import Mark, Path

Severity = Literal["error", "warning", "information"]
"""
error: cannot be read, meant or written, so there is no document. warning: a true transcription may contain it;
the document is written and carries the doubt. information: good to know.
Source: OperationOutcome — https://hl7.org/fhir/R4/valueset-issue-severity.html
"""


class Step(NamedTuple):
    """One of several statements that an issue is about."""

    path: Path
    words: str
    mark: Mark = Mark(1, 1)
    file: str | None = None
    """The included file in which it is; None of the case file itself."""

    @property
    def place(self) -> str:
        """Where it stands: `line 6`, or `series.shared.yaml:6`."""
        return f"{self.file}:{self.mark.line}" if self.file else f"line {self.mark.line}"


def clashing(steps: Sequence[Step], *, with_lines: bool) -> str:
    """Statements that cannot all be true, in one sentence; each with its line, once it has been placed."""
    *told, last = (f"{step.words} ({step.place})" if with_lines else step.words for step in steps)
    if not told:
        return f"this cannot be true: {last}"
    return f"these {len(steps)} cannot all be true: {'; '.join(told)}; but {last}"


class Issue(NamedTuple):
    """One message to the author."""

    severity: Severity
    rule: str
    path: Path
    message: str
    mark: Mark = Mark(1, 1)
    file: str | None = None
    """The included file in which it is; None of the case file itself."""
    steps: tuple[Step, ...] = ()
    """The statements that clash, each leading to the next; empty if it is about one place."""
