"""The rules → docs/rules.md."""

import re
from collections.abc import Iterator
from pathlib import Path

from tools.docs.written import WRITTEN

from casefhir import SourceError, load
from casefhir.issue import Issue
from casefhir.report.text import line
from casefhir.rulebook import Entry, entries

INVALID = Path(__file__).parents[2] / "tests" / "invalid"


def rules() -> str:
    """docs/rules.md."""
    told = entries()
    cases = _cases([entry.name for entry in told])
    parts = (part for entry in told for part in _entry(entry, cases[entry.name]))
    return "\n".join([_RULES, *summary(told), *parts])


_RULES = f"""# Rules

{WRITTEN}

What `casefhir check` can say of a case file, rule by rule.
Each message names its rule in square brackets: `error[shape.type]`.

A case is read, then its shape is checked, then its grammars, then its rules; each only if nothing was wrong before.
An error keeps a case from being exported.
A warning does not: a true copy of an article may contain what it is about.
It is quiet once it is answered in [`doubts`](format.md#doubts).
"""


def begun(entry: Entry) -> Iterator[str]:
    """What a rule is about, why, and a bad and a good example."""
    yield f"## {entry.name}\n"
    yield f"{entry.told}\n"
    if entry.why:
        yield f"{entry.why}\n"
    examples = [f"- {label.lower()}: {code(entry.parts[label])}" for label in ("Bad", "Good") if label in entry.parts]
    if examples:
        yield "\n".join(examples) + "\n"


def summary(told: list[Entry]) -> Iterator[str]:
    """A table of rules."""
    yield "| rule | severity | what it says |"
    yield "|---|---|---|"
    for entry in told:
        yield f"| [{entry.name}](#{entry.name.replace('.', '')}) | {entry.severity} | {entry.summary} |"
    yield ""


def _cases(names: list[str]) -> dict[str, list[Path]]:
    """The cases that break each rule: `shape.type.yaml`, and its variants such as `shape.type-no.yaml`."""
    found: dict[str, list[Path]] = {name: [] for name in names}
    for case in sorted(INVALID.glob("*.yaml")):
        rule = max((name for name in names if f"{case.stem}-".startswith(f"{name}-")), key=len)
        found[rule].append(case)
    return found


def _entry(entry: Entry, cases: list[Path]) -> Iterator[str]:
    yield from begun(entry)
    for case in cases:
        if case.stem == entry.name:
            yield from _example(case)
    issues = (issue for case in cases if case.stem != entry.name for issue in _issues(case))
    if messages := dict.fromkeys(issue.message for issue in issues if issue.rule == entry.name):
        also = "also " if any(case.stem == entry.name for case in cases) else ""
        yield f"It {also}says:\n\n```text\n" + "\n".join(messages) + "\n```\n"
    if source := entry.parts.get("Source"):
        yield f"Source: {linked(source)}\n"


def code(text: str) -> str:
    """An example, set as code."""
    return text if "`" in text else f"`{text}`"


def linked(text: str) -> str:
    """A source with its addresses as links."""
    return re.sub(r"https?://[^\s),;]+", r"<\g<0>>", text)


def _example(case: Path) -> Iterator[str]:
    """A case that breaks the rule, and the report of it."""
    yield f"```yaml\n{case.read_text('utf-8').rstrip()}\n```\n"
    yield "```text\n" + "\n".join(line("case.yaml", issue) for issue in _issues(case)) + "\n```\n"


def _issues(case: Path) -> tuple[Issue, ...]:
    try:
        return load(case).issues
    except SourceError as error:
        return (Issue("error", "source.unreadable", (), error.message, error.mark),)
