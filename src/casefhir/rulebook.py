"""Every rule as a user meets it: what it says, why, and what to write instead."""

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from casefhir.model import fields, findings, genetics, microbiology, treatment
from casefhir.model.base import Grammar
from casefhir.rules import RULES, rule_name
from casefhir.rules.evidence import EVIDENCE


class Entry(NamedTuple):
    """A rule with what is told of it."""

    name: str
    severity: str
    told: str
    parts: dict[str, str]
    """Why, Bad, Good and Source of the docstring."""

    @property
    def summary(self) -> str:
        """What is told of it in one line."""
        return " ".join(self.told.partition("\n\n")[0].split())

    @property
    def why(self) -> str:
        """Why there is such a rule, as a sentence; empty where that is not told."""
        why = self.parts.get("Why", "")
        return f"{why[:1].upper()}{why[1:]}"


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
    "dose": ("A dose", "format.md#doses"),
    "duration": ("A length of time", "format.md#durations"),
    "exon": ("An exon", "format.md#genetics"),
    "hgvs": ("A change of a gene or protein", "format.md#genetics"),
    "orcid": ("An ORCID", "format.md#article"),
    "quantity": ("A number with its unit", "format.md#quantities"),
    "reaction": ("The reaction to a drug", "format.md#microbiology"),
    "result": ("A laboratory result", "format.md#laboratory-values"),
    "site": ("A body site", "format.md#sites"),
    "table": ("A table", "format.md#tables"),
}
"""Name of a grammar → what it reads, and where its forms are told."""


def entries() -> list[Entry]:
    """All rules, in the order in which a case meets them."""
    return [*_reading(), *_grammars(), *_rules()]


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
    for severity, rules in RULES.items():
        yield from (Entry(rule_name(rule), severity, *docstring(rule)) for rule in rules)
    for severity, of_evidence in EVIDENCE.items():
        yield from (Entry(rule_name(rule), severity, *docstring(rule)) for rule in of_evidence)


def docstring(function: Callable[..., Any]) -> tuple[str, dict[str, str]]:
    """What the docstring of a function tells, and its parts by their labels."""
    text = inspect.cleandoc(function.__doc__ or "")
    told, *labelled = re.split(r"(?:^|(?<=[.] ))(Why|Bad|Good|Source|Raises|Unit):", text, flags=re.MULTILINE)
    values = (" ".join(value.split()) for value in labelled[1::2])
    return told.strip(), dict(zip(labelled[::2], values, strict=True))


def plain(text: str) -> str:
    """What is told, without the links of Markdown: a link to the format names the document."""
    return re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r"\1 (docs/\2)", text)
