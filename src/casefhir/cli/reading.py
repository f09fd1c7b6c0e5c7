"""A file named on the command line → its checked case, or the issue that it cannot be read."""

from casefhir.cli.exits import CASE_HAS_ERRORS, FINE, NOT_READABLE
from casefhir.cli.files import content, shown
from casefhir.issue import Issue
from casefhir.pipeline import Loaded, load
from casefhir.report import Report
from casefhir.rules import is_broken
from casefhir.source import Mark, SourceError, read_yaml


def loaded(name: str) -> tuple[Loaded | None, Report, int]:
    """The checked case (None if it cannot be read), what to report, and the exit code."""
    try:
        found = load(read_yaml(content(name), shown(name)))
    except SourceError as error:
        return None, unreadable(name, error)._replace(stopped=True), NOT_READABLE
    except OSError as error:
        return None, unreadable(name, error), NOT_READABLE
    stopped = found.chart is None or is_broken(found.issues)
    return found, Report(shown(name), found.issues, stopped), CASE_HAS_ERRORS if found.has_errors else FINE


def unreadable(name: str, error: SourceError | OSError) -> Report:
    """What to report of a file that cannot be read."""
    if isinstance(error, SourceError):
        message, mark = error.message, error.mark
    else:
        message, mark = f"cannot be read: {error.strerror or error}", Mark(1, 1)
    return Report(shown(name), [Issue("error", "source.unreadable", (), message, mark)])
