"""Issues → what a person or a program reads."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from casefhir.issue import Issue
from casefhir.report.json import json_report
from casefhir.report.text import text_report


class Report(NamedTuple):
    """The issues of one file."""

    file: str
    issues: Sequence[Issue]
    stopped: bool = False
    """Whether checks were left out, for they rely on what is wrong: once it is mended, more may show."""


REPORTERS: Mapping[str, Callable[[Sequence[Report], bool], str]] = {"text": text_report, "json": json_report}
"""The formats by name; each takes the reports of all files, and whether colours may be used."""

__all__ = ["REPORTERS", "Report"]
