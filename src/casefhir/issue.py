"""Trouble in a case, as a value: what is wrong, how bad it is, and where."""

from typing import Literal, NamedTuple

from casefhir.source import Mark, Path

Severity = Literal["error", "warning", "information"]
"""
error: cannot be read, meant or written, so there is no document. warning: a true transcription may contain it;
the document is written and carries the doubt. information: good to know.
Source: OperationOutcome — https://hl7.org/fhir/R4/valueset-issue-severity.html
"""


class Issue(NamedTuple):
    """One message to the author."""

    severity: Severity
    rule: str
    path: Path
    message: str
    mark: Mark = Mark(1, 1)
    file: str | None = None
    """The included file in which it is; None of the case file itself."""
