"""Every fact that two readers found in the article stands in the bundle of the case, and nothing that is not there."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fhirpathpy import compile as compiled
from fhirpathpy.engine.nodes import ResourceNode
from fhirpathpy.engine.util import get_data
from fhirpathpy.models import models

from casefhir.pipeline import convert

HERE = Path(__file__).parent
CASE = HERE.parent / "cases" / "sjia-tocilizumab-tofacitinib.yaml"
FACTS = HERE / "facts"
LEVELS = {"must", "should", "absent"}
QUOTE = 12
"""Printed words that a passage may have at most."""


class Fact(NamedTuple):
    """A row of sjia.tsv."""

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
    """A row of sjia-names.tsv: what `%name` stands for."""

    name: str
    fhirpath: str
    meaning: str


Find = Callable[[str], list[Any]]
"""What an expression finds in the bundle."""


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table, without comments and the header."""
    lines = (FACTS / name).read_text("utf-8").splitlines()
    return (line.split("\t") for line in [line for line in lines if not line.startswith("#")][1:])


SJIA = [Fact(*row) for row in rows("sjia.tsv")]


@pytest.fixture(scope="session")
def find() -> Find:
    """Evaluates an expression over the bundle of the case, as it is written to a file."""
    bundle = json.loads(convert(CASE).json(), parse_float=Decimal)
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

    for row in rows("sjia-names.tsv"):
        name = Name(*row)
        known[name.name] = evaluate(name.fhirpath)
    return evaluate


@pytest.mark.parametrize(
    "fact",
    [
        pytest.param(fact, id=fact.id, marks=pytest.mark.xfail(bool(fact.omitted), reason=fact.omitted, strict=True))
        for fact in SJIA
    ],
)
def test_bundle_says_the_fact(fact: Fact, find: Find) -> None:
    """A fact that is marked as omitted must not hold: when it does, the mark has to go."""
    assert find(fact.fhirpath) == [True], f"{fact.level}: {fact.fact} ({fact.passage})"


@pytest.mark.parametrize("name", [Name(*row) for row in rows("sjia-names.tsv")], ids=lambda name: name.name)
def test_name_stands_for_something(name: Name, find: Find) -> None:
    assert find(f"%{name.name}.exists()") == [True], name.meaning


@pytest.mark.parametrize("reader", [1, 2])
def test_every_row_of_a_reader_is_named_once(reader: int) -> None:
    listed = [row[0] for row in rows(f"sjia-reader-{reader}.tsv")]
    named = Counter(id for fact in SJIA for id in fact.readers.split() if id.startswith(f"r{reader}-"))

    assert named == Counter(listed)


def test_facts_are_numbered() -> None:
    assert [fact.id for fact in SJIA] == [f"f{number:03}" for number in range(1, len(SJIA) + 1)]


def test_every_fact_has_a_level_and_a_reader() -> None:
    assert [fact.id for fact in SJIA if fact.level not in LEVELS or not fact.readers] == []


def test_only_what_should_be_there_may_be_omitted() -> None:
    assert [fact.id for fact in SJIA if fact.omitted and fact.level != "should"] == []


def test_passages_are_short() -> None:
    printed = {fact.id: [word for word in fact.passage.split() if word != "…"] for fact in SJIA}

    assert [id for id, words in printed.items() if len(words) > QUOTE] == []
