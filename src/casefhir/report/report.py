"""What is to be reported of one file, and the issues of several, file by file."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from casefhir.issue import Issue
from casefhir.source import Path

FactsAt = Callable[[Path], Sequence[str]]
"""A place → the keys of the facts there."""


def _no_facts(_: Path) -> Sequence[str]:
    return ()


class Report(NamedTuple):
    """The issues of one file."""

    file: str
    issues: Sequence[Issue]
    stopped: bool = False
    """Whether checks were left out, for they rely on what is wrong: once it is mended, more may show."""
    facts_at: FactsAt = _no_facts
    """Knows none in a file whose shape is wrong."""


class Told(NamedTuple):
    """An issue, and who knows which facts it is about: only some formats ask."""

    issue: Issue
    facts_at: FactsAt

    @property
    def facts(self) -> Sequence[str]:
        """The keys of the facts that it is about."""
        return self.facts_at(self.issue.path)


def by_file(reports: Sequence[Report]) -> dict[str, list[Told]]:
    """
    File → its issues.

    Those of an included file stand under its own name, each once, though several cases may include it.
    """
    found: dict[str, list[Told]] = {}
    for report in reports:
        found.setdefault(report.file, [])
        for issue in report.issues:
            issues = found.setdefault(issue.file or report.file, [])
            if issue.file is None or all(issue != told.issue for told in issues):
                issues.append(Told(issue, report.facts_at))
    return found
