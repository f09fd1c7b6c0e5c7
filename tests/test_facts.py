"""Every fact that readers found in an article stands in the bundle of its case, and nothing that is not there."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fhirpathpy import compile as compiled
from fhirpathpy.engine.nodes import ResourceNode
from fhirpathpy.engine.util import get_data
from fhirpathpy.models import models

from casefhir.pipeline import convert

HERE = Path(__file__).parent
CASES = HERE.parent / "cases"
FACTS = HERE / "facts"
SHORT = {"sjia": "sjia-tocilizumab-tofacitinib"}
"""The list of a case has the case's name, but for these."""
CASE = {path.stem: CASES / f"{SHORT.get(path.stem, path.stem)}.yaml" for path in sorted(FACTS.glob("*.tsv"))}
LISTS = [name for name, case in CASE.items() if case.exists()]
"""The lists of facts; other tables have names, or rows of single readers."""
LEVELS = {"must", "should", "absent"}
QUOTE = 12
"""Printed words that a passage may have at most."""


class Fact(NamedTuple):
    """A row of a list of facts."""

    id: str
    level: str
    kind: str
    fact: str
    passage: str
    fhirpath: str
    readers: str
    omitted: str
    note: str


class Name(NamedTuple):
    """A row of the names of a list: what `%name` stands for."""

    name: str
    fhirpath: str
    meaning: str


Find = Callable[[str], list[Any]]
"""What an expression finds in the bundle."""


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table, without comments and the header."""
    lines = (FACTS / name).read_text("utf-8").splitlines()
    return (line.split("\t") for line in [line for line in lines if not line.startswith("#")][1:])


FACTS_OF = {of: [Fact(*row) for row in rows(f"{of}.tsv")] for of in LISTS}
ALL = [(of, fact) for of, facts in FACTS_OF.items() for fact in facts]
NAMES = [(of, Name(*row)) for of in LISTS for row in rows(f"{of}-names.tsv")]


@cache
def finder(of: str) -> Find:
    """Evaluates an expression over the bundle of the case of a list, as it is written to a file."""
    bundle = json.loads(convert(CASE[of]).json(), parse_float=Decimal)
    resource_by_url = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}
    data_of: Callable[[Any], Any] = get_data
    node_of: Callable[[Any], Any] = ResourceNode.create_node
    known: dict[str, Any] = {"loinc": "http://loinc.org", "sct": "http://snomed.info/sct"}

    def resolve(references: list[Any]) -> list[Any]:
        """What FHIR adds to FHIRPath: https://hl7.org/fhir/R4/fhirpath.html#functions"""
        urls = (data.get("reference") for each in references if isinstance(data := data_of(each), dict))
        return [node_of(resource_by_url[url]) for url in urls if url in resource_by_url]

    options = {"userInvocationTable": {"resolve": {"fn": resolve, "arity": {0: []}}}, "returnRawData": True}

    def evaluate(expression: str) -> list[Any]:
        return list(compiled(expression, models["r4"], options)(bundle, known))

    for row in rows(f"{of}-names.tsv"):
        name = Name(*row)
        known[name.name] = evaluate(name.fhirpath)
    return evaluate


@pytest.mark.parametrize(
    ("of", "fact"),
    [
        pytest.param(
            of,
            fact,
            id=f"{of}-{fact.id}",
            marks=pytest.mark.xfail(bool(fact.omitted), reason=fact.omitted, strict=True),
        )
        for of, fact in ALL
    ],
)
def test_bundle_says_the_fact(of: str, fact: Fact) -> None:
    """A fact that is marked as omitted must not hold: when it does, the mark has to go."""
    assert finder(of)(fact.fhirpath) == [True], f"{fact.level}: {fact.fact} ({fact.passage})"


@pytest.mark.parametrize(("of", "name"), NAMES, ids=[f"{of}-{name.name}" for of, name in NAMES])
def test_name_stands_for_something(of: str, name: Name) -> None:
    assert finder(of)(f"%{name.name}.exists()") == [True], name.meaning


@pytest.mark.parametrize("reader", [1, 2])
def test_every_row_of_a_reader_is_named_once(reader: int) -> None:
    listed = [row[0] for row in rows(f"sjia-reader-{reader}.tsv")]
    named = Counter(id for fact in FACTS_OF["sjia"] for id in fact.readers.split() if id.startswith(f"r{reader}-"))

    assert named == Counter(listed)


@pytest.mark.parametrize("of", LISTS)
def test_facts_are_numbered(of: str) -> None:
    ids = [fact.id for fact in FACTS_OF[of]]

    assert ids == [f"f{number:03}" for number in range(1, len(ids) + 1)]


def test_every_fact_has_a_level_and_a_reader() -> None:
    assert [(of, fact.id) for of, fact in ALL if fact.level not in LEVELS or not fact.readers] == []


def test_only_what_should_be_there_may_be_omitted() -> None:
    assert [(of, fact.id) for of, fact in ALL if fact.omitted and fact.level != "should"] == []


def test_passages_are_short() -> None:
    printed = {(of, fact.id): [word for word in fact.passage.split() if word != "…"] for of, fact in ALL}

    assert [id for id, words in printed.items() if len(words) > QUOTE] == []
