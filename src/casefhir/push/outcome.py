"""A server's answer of refusal → which entry it means, where in it, and in what words."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from casefhir.fhir.context import Resource


class Objection(NamedTuple):
    """One thing that a server objects to."""

    entry: int | None
    """Which entry of the bundle, counted from 0; None where it does not say."""
    element: str
    """Where in the resource: `dosage[0].timing`; empty where it does not say."""
    text: str


def objections(answer: Any, status: int) -> Iterator[Objection]:
    """
    What an answer objects to: the errors of its OperationOutcome, or of the outcome of each entry that failed.

    The text stands in `diagnostics` or in `details`; what are warnings besides errors is left out.
    Source: https://hl7.org/fhir/R4/operationoutcome.html
    """
    kind = answer.get("resourceType") if isinstance(answer, Mapping) else None
    if kind == "OperationOutcome":
        yield from _of_outcome(answer, None)
    elif kind == "Bundle":
        for number, entry in enumerate(answer.get("entry") or ()):
            response = entry.get("response") or {}
            if not str(response.get("status", "")).startswith("2"):
                outcome = response.get("outcome") or {}
                found = list(_of_outcome(outcome, number))
                yield from found or [Objection(number, "", f"status {response.get('status')}")]
    else:
        yield Objection(None, "", f"status {status}, without a reason")


def _of_outcome(outcome: Resource, entry: int | None) -> Iterator[Objection]:
    issues = outcome.get("issue") or ()
    errors = [issue for issue in issues if issue.get("severity") in ("error", "fatal")] or issues
    for issue in errors:
        said = _text(issue)
        places = [*(issue.get("expression") or ()), *(issue.get("location") or ())]
        number, element = _place([*places, said])
        yield Objection(number if entry is None else entry, element, said)


def _text(issue: Mapping[str, Any]) -> str:
    details = issue.get("details") or {}
    codings = (coding.get("display") for coding in details.get("coding") or ())
    said = issue.get("diagnostics") or details.get("text") or next(filter(None, codings), None) or issue.get("code")
    return str(said or "")


_ENTRY = re.compile(r"(?:Bundle\.entry\[|\bEntry )(\d+)\]?")
_ELEMENT = re.compile(r"^(?:Bundle\.entry\[\d+\]\.resource)?(?:\.ofType\(\w+\)|/\*[^*]*\*/)?\.?(.*)$")


def _place(texts: list[str]) -> tuple[int | None, str]:
    """The entry that the first text names that names one, and the element that the first text, a FHIRPath, names."""
    entry = next((int(found[1]) for text in texts if (found := _ENTRY.search(text))), None)
    found = _ELEMENT.match(texts[0]) if len(texts) > 1 else None
    element = found[1] if found else ""
    return entry, "" if element.startswith(("Bundle", "http", "Line")) else re.sub(r"^[A-Z]\w+\.?", "", element)
