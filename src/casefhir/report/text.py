"""Issues → lines for a terminal: `file:line:column: severity[rule] message`, and a sum."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

from casefhir.issue import Issue

_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "information": "\x1b[36m"}
_PLAIN = "\x1b[0m"


class FileReport(Protocol):
    """The issues of one file."""

    @property
    def file(self) -> str: ...

    @property
    def issues(self) -> Sequence[Issue]: ...

    @property
    def stopped(self) -> bool: ...


def text_report(reports: Sequence[FileReport], coloured: bool = False) -> str:
    """A line for each issue, in the order of the files; then one line that counts them."""
    lines = [line(file, issue, coloured) for file, issues in by_file(reports).items() for issue in issues]
    return "\n".join([*lines, _sum(reports)]) + "\n"


def by_file(reports: Sequence[FileReport]) -> dict[str, list[Issue]]:
    """
    File → its issues.

    Those of an included file stand under its own name, each once, though several cases may include it.
    """
    found: dict[str, list[Issue]] = {}
    for report in reports:
        found.setdefault(report.file, [])
        for issue in report.issues:
            issues = found.setdefault(issue.file or report.file, [])
            if issue.file is None or issue not in issues:
                issues.append(issue)
    return found


def line(file: str, issue: Issue, coloured: bool = False) -> str:
    """One issue in one line."""
    severity = f"{_COLOURS[issue.severity]}{issue.severity}{_PLAIN}" if coloured else issue.severity
    place = f"{visible(issue.file or file)}:{issue.mark.line}:{issue.mark.column}"
    return f"{place}: {severity}[{issue.rule}] {visible(issue.message)}"


def visible(text: str) -> str:
    """A text in one line, with escapes for all that moves the cursor, rings, or turns the direction of reading."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def _sum(reports: Sequence[FileReport]) -> str:
    files = "1 file" if len(reports) == 1 else f"{len(reports)} files"
    return f"{files} checked: {', '.join(_counts(reports)) or 'nothing to report'}{_rest(reports)}"


def _rest(reports: Sequence[FileReport]) -> str:
    """What is said of checks that were left out."""
    if not any(report.stopped for report in reports):
        return ""
    errors = sum(issue.severity == "error" for report in reports for issue in report.issues)
    return f"; more may show once {'it is' if errors == 1 else 'the errors are'} mended"


def _counts(reports: Sequence[FileReport]) -> Iterator[str]:
    counts = Counter(issue.severity for issues in by_file(reports).values() for issue in issues)
    for severity, one, many in (
        ("error", "error", "errors"),
        ("warning", "warning", "warnings"),
        ("information", "note", "notes"),
    ):
        if count := counts.get(severity):  # type: ignore[call-overload]  # the three severities
            yield f"{count} {one if count == 1 else many}"
