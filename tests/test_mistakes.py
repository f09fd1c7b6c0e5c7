"""One slip in a whole case: the first error that is reported stands where the slip was made."""

import string
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from yaml import MappingNode, Node, ScalarNode

from casefhir.issue import Issue
from casefhir.pipeline import load
from casefhir.source import SourceError, read_yaml
from casefhir.terms import terms

CASE = Path(__file__).parents[1] / "cases" / "sjia-tocilizumab-tofacitinib.yaml"
EACH = 30
"""Mistakes of a sort."""


class Key(NamedTuple):
    """A key of any mapping of the case, with what stands under it."""

    name: str
    line: int
    column: int
    value: Node
    within: tuple[str, ...]
    """The keys that lead to it."""
    flow: bool
    """Whether its mapping is written in braces."""


class Mistake(NamedTuple):
    """A case with one slip in it."""

    slip: str
    line: int
    """Where the slip is, counted from 0."""
    text: str


def keys(node: Node, within: tuple[str, ...] = ()) -> Iterator[Key]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            mark = key.start_mark
            yield Key(key.value, mark.line, mark.column, value, within, bool(node.flow_style))
            yield from keys(value, (*within, key.value))
    elif not isinstance(node, ScalarNode):
        for item in node.value:
            yield from keys(item, within)


def misspelt(name: str, random: Random) -> str:
    """A name with two letters swapped, or one dropped, doubled or replaced."""
    at = random.choice([i for i, letter in enumerate(name) if letter.isalpha()])
    slips = [name[:at] + name[at] + name[at:], name[:at] + random.choice(string.ascii_lowercase) + name[at + 1 :]]
    if len(name) > 1:
        slips += [name[:at] + name[at + 1 :], name[:at] + name[at : at + 2][::-1] + name[at + 2 :]]
    slip = random.choice(slips)
    return misspelt(name, random) if slip in (name, "") else slip


TEXT = CASE.read_text(encoding="utf-8")
LINES = TEXT.split("\n")
KEYS = list(keys(read_yaml(TEXT.encode()).root))
TESTS = [key for key in KEYS if key.within[-1:] == ("values",)]
"""Names of laboratory tests, which are keys of the author's own."""


def edited(line: int, column: int, dropped: int, put: str) -> str:
    """The case with some characters of a line dropped and others put in their place."""
    changed = LINES[line][:column] + put + LINES[line][column + dropped :]
    return "\n".join([*LINES[:line], changed, *LINES[line + 1 :]])


def renamed(key: Key, random: Random) -> Mistake:
    slip = misspelt(key.name, random)
    if key in TESTS and terms().labs.get(slip):
        return renamed(key, random)  # `cytokine` is as good as `cytokines`
    return Mistake(f"{key.name} → {slip}", key.line, edited(key.line, key.column, len(key.name), slip))


def misspelt_key(random: Random) -> Mistake:
    return renamed(random.choice([key for key in KEYS if key not in TESTS]), random)


def key_twice(random: Random) -> Mistake:
    key = random.choice(KEYS)
    if key.flow:
        return Mistake(f"{key.name} twice", key.line, edited(key.line, key.column, 0, f"{key.name}: x, "))
    again = f"{key.name}: x\n{' ' * key.column}"
    return Mistake(f"{key.name} twice", key.line + 1, edited(key.line, key.column, 0, again))


def tab(random: Random) -> Mistake:
    line = random.choice([i for i, text in enumerate(LINES) if " " in text])
    column = random.choice([i for i, letter in enumerate(LINES[line]) if letter == " "])
    return Mistake(f"a tab in column {column + 1}", line, edited(line, column, 1, "\t"))


def anchor(random: Random) -> Mistake:
    key = random.choice(KEYS)
    mark = key.value.start_mark
    return Mistake(f"an anchor at {key.name}", mark.line, edited(mark.line, mark.column, 0, "&a "))


SORTS: tuple[Callable[[Random], Mistake], ...] = (misspelt_key, key_twice, tab, anchor)
MISTAKES = [sort(Random(f"{sort.__name__} {number}")) for sort in SORTS for number in range(EACH)]
MISNAMED = [renamed(key, Random(key.name)) for key in TESTS]


def told(mistake: Mistake) -> str:
    return f"{mistake.line + 1}: {mistake.slip}"


def issues(mistake: Mistake) -> tuple[Issue, ...]:
    try:
        return load(mistake.text.encode()).issues
    except SourceError as error:
        return (Issue("error", "source.unreadable", (), error.message, error.mark),)


@pytest.mark.parametrize("mistake", MISTAKES, ids=told)
def test_first_error_is_at_the_mistake(mistake: Mistake) -> None:
    errors = [issue for issue in issues(mistake) if issue.severity == "error"]

    assert errors
    assert errors[0].mark.line == mistake.line + 1, errors


@pytest.mark.parametrize("mistake", MISNAMED, ids=told)
def test_misspelt_name_of_a_test_is_told_of_at_its_line(mistake: Mistake) -> None:
    """A name that no table knows is no error: it is exported as text."""
    assert any(
        issue.rule in ("names.misspelt", "names.unknown") and issue.mark.line == mistake.line + 1
        for issue in issues(mistake)
    )
