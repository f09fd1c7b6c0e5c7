"""Issues → SARIF 2.1.0, which code scanning and editors read."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import quote

from casefhir.issue import Step
from casefhir.report.report import Report, Told, by_file
from casefhir.report.text import summary
from casefhir.rulebook import Entry, entries, plain
from casefhir.source import Mark

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {"error": "error", "warning": "warning", "information": "note"}


def sarif_report(reports: Sequence[Report], coloured: bool = False) -> str:
    """
    One run of one tool, with what the rulebook tells of each rule that spoke.

    Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
    """
    files = by_file(reports)
    rules = sorted({told.issue.rule for issues in files.values() for told in issues})
    run = {
        "tool": {"driver": _driver(rules)},
        "invocations": [_invocation(reports)],
        "columnKind": "unicodeCodePoints",
        "results": [result for file, issues in files.items() for result in _results(file, issues, rules)],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _driver(rules: Sequence[str]) -> dict[str, Any]:
    driver: dict[str, Any] = {"name": "casefhir", "rules": list(_descriptors(rules))}
    with suppress(PackageNotFoundError):  # run from its sources
        driver["version"] = version("casefhir")
    return driver


def _descriptors(rules: Sequence[str]) -> Iterator[dict[str, Any]]:
    by_name = {entry.name: entry for entry in entries()}
    for name in rules:
        entry = by_name[name]
        yield {
            "id": name,
            "shortDescription": {"text": plain(entry.summary)},
            "help": {"text": _page(entry, ""), "markdown": _page(entry, "`")},
            "defaultConfiguration": {"level": _LEVELS[entry.severity]},
        }


def _page(entry: "Entry", mark: str) -> str:
    """What is told of a rule, paragraph by paragraph; its examples between marks."""
    examples = [f"{label}: {mark}{entry.parts[label]}{mark}" for label in ("Bad", "Good") if label in entry.parts]
    return "\n\n".join(filter(None, (plain(entry.told), plain(entry.why), *examples)))


def _invocation(reports: Sequence[Report]) -> dict[str, Any]:
    """That it ran, and if checks were left out, that more may show once the errors are mended."""
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if any(report.stopped for report in reports):
        told = {"level": "note", "message": {"text": summary(reports)}}
        invocation["toolExecutionNotifications"] = [told]
    return invocation


def _results(file: str, issues: Iterable[Told], rules: Sequence[str]) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for told in issues:
        issue, identity = told.issue, _identity(told)
        seen[identity] += 1
        result = {
            "ruleId": issue.rule,
            "ruleIndex": rules.index(issue.rule),
            "level": _LEVELS[issue.severity],
            "message": {"text": issue.message},
            "locations": [_location(file, told)],
            "partialFingerprints": _fingerprints(f"{identity}:{seen[identity]}"),
        }
        steps = [_step(file, number, step) for number, step in enumerate(issue.steps)]
        yield {**result, "relatedLocations": steps} if steps else result


def _step(file: str, number: int, step: Step) -> dict[str, Any]:
    """One of the statements that clash, with its place."""
    return {"id": number, **_place(step.file or file, step.mark), "message": {"text": step.words}}


def _place(file: str, mark: Mark) -> dict[str, Any]:
    region = {"startLine": mark.line, "startColumn": mark.column}
    return {"physicalLocation": {"artifactLocation": _artifact(file), "region": region}}


def _location(file: str, told: Told) -> dict[str, Any]:
    location = _place(file, told.issue.mark)
    if keys := told.facts:
        location["logicalLocations"] = [{"fullyQualifiedName": key} for key in keys]
    return location


def _artifact(file: str) -> dict[str, str]:
    """A file below the current folder by its path from there, which is the root of the sources; others as named."""
    path = os.path.relpath(file) if os.path.isabs(file) else os.path.normpath(file)
    is_below = not path.startswith(os.pardir + os.sep)
    if not is_below:
        return {"uri": "file://" + quote(os.path.abspath(file).replace(os.sep, "/"))}
    return {"uri": quote(path.replace(os.sep, "/")), "uriBaseId": "%SRCROOT%"}


def _identity(told: Told) -> str:
    """
    What makes an issue the same one after lines moved: its rule, its facts by their keys, and which part of them.

    Where no fact is known, the names on the way to its place take their part.
    """
    issue = told.issue
    names = [step for step in issue.path if isinstance(step, str)]
    part = [sorted(told.facts), names[-1:]] if told.facts else names
    return sha256(json.dumps([issue.rule, part]).encode()).hexdigest()[:16]


def _fingerprints(identity: str) -> dict[str, str]:
    """
    The identity twice: under a name of ours, and under the only one that GitHub reads.

    Source: https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
    """
    return {"casefhirFacts/v1": identity, "primaryLocationLineHash": identity}
