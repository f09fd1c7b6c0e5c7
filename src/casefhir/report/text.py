"""Issues → lines for a terminal: `file:line:column: severity[rule] message`, and a sum."""

from collections import Counter
from collections.abc import Iterator, Sequence

from casefhir.issue import Issue
from casefhir.report.report import Report, by_file

_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "information": "\x1b[36m"}
_PLAIN = "\x1b[0m"


def text_report(reports: Sequence[Report], coloured: bool = False) -> str:
    """A line for each issue, in the order of the files; then one line that counts them."""
    lines = [line(file, told.issue, coloured) for file, issues in by_file(reports).items() for told in issues]
    return "\n".join([*lines, summary(reports)]) + "\n"


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


def summary(reports: Sequence[Report]) -> str:
    """How many files were checked, and how many issues they have."""
    files = "1 file" if len(reports) == 1 else f"{len(reports)} files"
    return f"{files} checked: {', '.join(_counts(reports)) or 'nothing to report'}{_rest(reports)}"


def _rest(reports: Sequence[Report]) -> str:
    """What is said of checks that were left out."""
    if not any(report.stopped for report in reports):
        return ""
    errors = sum(issue.severity == "error" for report in reports for issue in report.issues)
    return f"; more may show once {'it is' if errors == 1 else 'the errors are'} mended"


def _counts(reports: Sequence[Report]) -> Iterator[str]:
    counts = Counter(told.issue.severity for issues in by_file(reports).values() for told in issues)
    for severity, one, many in (
        ("error", "error", "errors"),
        ("warning", "warning", "warnings"),
        ("information", "note", "notes"),
    ):
        if count := counts.get(severity):  # type: ignore[call-overload]  # the three severities
            yield f"{count} {one if count == 1 else many}"
