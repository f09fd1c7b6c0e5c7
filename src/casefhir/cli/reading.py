"""A file named on the command line → its checked case, or the issue that it cannot be read."""

from typing import TYPE_CHECKING

from casefhir.cli.exits import CASE_HAS_ERRORS, FINE, NOT_READABLE
from casefhir.cli.files import content, folder_of, shown
from casefhir.issue import Issue
from casefhir.pipeline import Loaded, load
from casefhir.report import Report
from casefhir.rules import is_broken
from casefhir.source import Mark, SourceError, read_yaml

if TYPE_CHECKING:  # a command without an article pays nothing for it
    from casefhir.article import Article


def loaded(name: str, article: "Article | None" = None) -> tuple[Loaded | None, Report, int]:
    """The checked case (None if it cannot be read), what to report, and the exit code."""
    try:
        found = load(read_yaml(content(name), shown(name), folder_of(name)), article=article)
    except (SourceError, OSError) as error:
        return None, unreadable(name, error), NOT_READABLE
    stopped = found.chart is None or is_broken(found.issues)
    report = Report(shown(name), found.issues, stopped)
    if found.chart:
        report = report._replace(facts_at=found.chart.facts_at)
    return found, report, CASE_HAS_ERRORS if found.has_errors else FINE


def unreadable(name: str, error: SourceError | OSError) -> Report:
    """What to report of a file that cannot be read."""
    file = None
    if isinstance(error, SourceError):
        message, mark = error.message, error.mark
        file = error.name if error.name != shown(name) else None  # one that it includes
    else:
        message, mark = f"cannot be read: {error.strerror or error}", Mark(1, 1)
    issue = Issue("error", "source.unreadable", (), message, mark, file)
    return Report(shown(name), [issue], stopped=isinstance(error, SourceError))
