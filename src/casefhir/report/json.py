"""Issues → JSON for programs: `{"files": [{"file", "issues": [{severity, rule, line, column, path, message}]}]}`."""

import json
from collections.abc import Sequence
from typing import Any

from casefhir.issue import Issue, Step
from casefhir.report.report import Report, by_file


def json_report(reports: Sequence[Report], coloured: bool = False) -> str:
    """One JSON object; `path` is the list of keys and positions (from 0) that lead to the place."""
    files = [
        {"file": file, "issues": [_issue(told.issue) for told in issues]} for file, issues in by_file(reports).items()
    ]
    return json.dumps({"files": files}, indent=2) + "\n"  # in ASCII, which passes through every terminal and pipe


def _issue(issue: Issue) -> dict[str, Any]:
    told = {
        "severity": issue.severity,
        "rule": issue.rule,
        "line": issue.mark.line,
        "column": issue.mark.column,
        "path": list(issue.path),
        "message": issue.message,
    }
    return {**told, "steps": list(map(_step, issue.steps))} if issue.steps else told


def _step(step: Step) -> dict[str, Any]:
    """One of several statements that clash; `file` only of an included one."""
    place = {"line": step.mark.line, "column": step.mark.column, "path": list(step.path), "message": step.words}
    return {"file": step.file, **place} if step.file else place
