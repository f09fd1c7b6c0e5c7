"""Issues → what a person or a program reads."""

from collections.abc import Callable, Mapping, Sequence

from casefhir.report.github import github_report
from casefhir.report.json import json_report
from casefhir.report.report import Report
from casefhir.report.text import text_report


def _sarif_report(reports: Sequence[Report], coloured: bool) -> str:
    """Imported when asked for: with the rulebook it takes as long as a check."""
    from casefhir.report.sarif import sarif_report

    return sarif_report(reports, coloured)


REPORTERS: Mapping[str, Callable[[Sequence[Report], bool], str]] = {
    "text": text_report,
    "json": json_report,
    "sarif": _sarif_report,
    "github": github_report,
}
"""The formats by name; each takes the reports of all files, and whether colours may be used."""

__all__ = ["REPORTERS", "Report"]
