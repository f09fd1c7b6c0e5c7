"""Issues → annotations that GitHub shows beside the lines of a pull request, and the sum as a line of the log."""

from collections.abc import Sequence

from casefhir.issue import Issue
from casefhir.report.report import Report, by_file
from casefhir.report.text import summary, visible

_COMMANDS = {"error": "error", "warning": "warning", "information": "notice"}


def github_report(reports: Sequence[Report], coloured: bool = False) -> str:
    """
    A workflow command for each issue: `::warning file=…,line=…,col=…,title=…::message`.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    lines = [_annotation(file, told.issue) for file, issues in by_file(reports).items() for told in issues]
    return "\n".join([*lines, summary(reports)]) + "\n"


def _annotation(file: str, issue: Issue) -> str:
    place = f"file={_property(visible(file))},line={issue.mark.line},col={issue.mark.column}"
    return f"::{_COMMANDS[issue.severity]} {place},title={_property(issue.rule)}::{_text(visible(issue.message))}"


def _text(text: str) -> str:
    """What stands behind `::`: a percent sign and the ends of lines would be read as something else."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The value of a property, which a colon or a comma would end."""
    return _text(text).replace(":", "%3A").replace(",", "%2C")
