"""A case in a few lines → what `casefhir check` says of it."""

from casefhir.issue import Issue
from casefhir.pipeline import load

HEAD = "casefhir: 1\nid: rule\narticle: {title: An invented case}\n"
PATIENT = "patient: {sex: female}\n"


def issues(*parts: str, article: str = HEAD, patient: str = PATIENT) -> tuple[Issue, ...]:
    """All that is said of a case of these parts."""
    return load((article + patient + "\n".join(parts) + "\n").encode()).issues


def alarms(*parts: str, article: str = HEAD, patient: str = PATIENT) -> dict[str, str]:
    """The errors and warnings: rule → what is said, several lines if it is said of several places."""
    told: dict[str, list[str]] = {}
    for issue in issues(*parts, article=article, patient=patient):
        if issue.severity != "information":
            told.setdefault(issue.rule, []).append(issue.message)
    return {rule: "\n".join(messages) for rule, messages in told.items()}


def lab(*lines: str) -> str:
    """A block of laboratory values."""
    return "\n      ".join(["labs:\n  - at: 2020-06\n    values:", *lines])


def table(*lines: str) -> str:
    """A table of values, its header first."""
    return "\n      ".join(["tables:\n  - name: values\n    rows: |", *lines])
