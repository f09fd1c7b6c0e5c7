"""The rules → docs/rules.md."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tools.docs.docstring import WRITTEN, docstring

from casefhir import SourceError, load
from casefhir.issue import Issue
from casefhir.model import fields, findings, genetics, microbiology, treatment
from casefhir.model.base import Grammar
from casefhir.report.text import line
from casefhir.rules import RULES, rule_name

INVALID = Path(__file__).parents[2] / "tests" / "invalid"


class Entry(NamedTuple):
    """A rule with what is told of it."""

    name: str
    severity: str
    told: str
    parts: dict[str, str]
    """Why, Bad, Good and Source of the docstring."""


READING = {
    "source.unreadable": "The file is no text in UTF-8, or no YAML that casefhir reads. The exit code is 3.",
    "shape.unknown-key": "A key is not known at its place.",
    "shape.missing-key": "A key that is needed is not there.",
    "shape.type": "A value is of another kind than expected: a text, a number, a list, a mapping, true or false.",
    "shape.value": "A value is none of those that are possible.",
}
"""What is told of the rules that are no functions: how a file is read, and its shape."""

GRAMMARS = {
    "age": ("An age", "format.md#patient"),
    "code": ("A code", "format.md#names-and-codes"),
    "date": ("A moment", "format.md#events-and-dates"),
    "doi": ("A DOI", "format.md#article"),
    "dose": ("A dose", "format.md#treatments"),
    "duration": ("A length of time", "format.md#findings"),
    "exon": ("An exon", "format.md#genetics"),
    "hgvs": ("A change of a gene or protein", "format.md#genetics"),
    "orcid": ("An ORCID", "format.md#article"),
    "quantity": ("A number with its unit", "format.md#findings"),
    "reaction": ("The reaction to a drug", "format.md#microbiology"),
    "result": ("A laboratory result", "format.md#laboratory-values"),
    "site": ("A body site", "format.md#findings"),
    "table": ("A table", "format.md#tables"),
}
"""Name of a grammar → what it reads, and where its forms are told."""


def rules() -> str:
    """docs/rules.md."""
    entries = [*_reading(), *_grammars(), *_rules()]
    cases = _cases([entry.name for entry in entries])
    parts = (part for entry in entries for part in _entry(entry, cases[entry.name]))
    return "\n".join([_RULES, *_summary(entries), *parts])


_RULES = f"""# Rules

{WRITTEN}

What `casefhir check` can say of a case file, rule by rule.
Each message names its rule in square brackets: `error[shape.type]`.

A case is read, then its shape is checked, then its grammars, then its rules; each only if nothing was wrong before.
An error keeps a case from being exported.
A warning does not: a true copy of an article may contain what it is about.
It is quiet once it is answered in [`doubts`](format.md#doubts).
"""


def _reading() -> Iterator[Entry]:
    for name, told in READING.items():
        yield Entry(name, "error", told, {})


def _grammars() -> Iterator[Entry]:
    """The grammars that the fields of the model are marked with."""
    names = {
        mark.name
        for module in (fields, findings, genetics, microbiology, treatment)
        for field in vars(module).values()
        for mark in getattr(field, "__metadata__", ())
        if isinstance(mark, Grammar)
    }
    for name in sorted(names):
        what, link = GRAMMARS[name]
        yield Entry(f"grammar.{name}", "error", f"{what} is not written in one of [its forms]({link}).", {})


def _rules() -> Iterator[Entry]:
    for severity, of_severity in RULES.items():
        for rule in of_severity:
            yield Entry(rule_name(rule), severity, *docstring(rule))


def _summary(entries: list[Entry]) -> Iterator[str]:
    yield "| rule | severity | what it says |"
    yield "|---|---|---|"
    for entry in entries:
        told = " ".join(entry.told.partition("\n\n")[0].split())
        yield f"| [{entry.name}](#{entry.name.replace('.', '')}) | {entry.severity} | {told} |"
    yield ""


def _cases(names: list[str]) -> dict[str, list[Path]]:
    """The cases that break each rule: `shape.type.yaml`, and its variants such as `shape.type-no.yaml`."""
    found: dict[str, list[Path]] = {name: [] for name in names}
    for case in sorted(INVALID.glob("*.yaml")):
        rule = max((name for name in names if f"{case.stem}-".startswith(f"{name}-")), key=len)
        found[rule].append(case)
    return found


def _entry(entry: Entry, cases: list[Path]) -> Iterator[str]:
    yield f"## {entry.name}\n"
    yield f"{entry.told}\n"
    if why := entry.parts.get("Why"):
        yield f"{why[0].upper()}{why[1:]}\n"
    examples = [f"- {label.lower()}: {_code(entry.parts[label])}" for label in ("Bad", "Good") if label in entry.parts]
    if examples:
        yield "\n".join(examples) + "\n"
    for case in cases:
        if case.stem == entry.name:
            yield from _example(case)
    issues = (issue for case in cases if case.stem != entry.name for issue in _issues(case))
    if messages := dict.fromkeys(issue.message for issue in issues if issue.rule == entry.name):
        also = "also " if any(case.stem == entry.name for case in cases) else ""
        yield f"It {also}says:\n\n```text\n" + "\n".join(messages) + "\n```\n"
    if source := entry.parts.get("Source"):
        yield f"Source: {_linked(source)}\n"


def _code(text: str) -> str:
    return text if "`" in text else f"`{text}`"


def _linked(text: str) -> str:
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
