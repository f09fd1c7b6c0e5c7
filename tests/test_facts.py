"""Every fact that readers found in an article stands in the bundle of its case, and nothing that is not there."""

import json
import re
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

pytestmark = pytest.mark.long

HERE = Path(__file__).parent
CASES = HERE.parent / "cases"
FACTS = HERE / "facts"
LEVELS = {"must", "should", "absent"}
QUOTE = 12
"""Printed words that a passage may have at most."""


class Fact(NamedTuple):
    """A row of a list of facts, such as sjia.tsv."""

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
    """A row of a table of names: what `%name` stands for."""

    name: str
    fhirpath: str
    meaning: str


Find = Callable[[str], list[Any]]
"""What an expression finds in the bundle."""


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table, without comments and the header."""
    lines = (FACTS / name).read_text("utf-8").splitlines()
    return (line.split("\t") for line in [line for line in lines if not line.startswith("#")][1:])


def case_of(facts: str) -> Path:
    """The case that has the name of a list of facts, or begins with it."""
    [case] = [CASES / f"{facts}.yaml"] if (CASES / f"{facts}.yaml").exists() else CASES.glob(f"{facts}-*.yaml")
    return case


def names_of(facts: str) -> list[Name]:
    """The names that a list uses: its own, if it has some, else those of all."""
    own = f"{facts}-names.tsv"
    return [Name(*row) for row in rows(own if (FACTS / own).exists() else "names.tsv")]


LISTS = sorted(path.stem for path in FACTS.glob("*.tsv") if not re.search(r"(^|-)(names|reader-[0-9])$", path.stem))
FACTS_OF = {name: [Fact(*row) for row in rows(f"{name}.tsv")] for name in LISTS}
SJIA = FACTS_OF["sjia"]

lists = pytest.mark.parametrize("facts", LISTS)


@cache
def finder(facts: str) -> Find:
    """Evaluates an expression over the bundle of the case, as it is written to a file."""
    bundle = json.loads(convert(case_of(facts)).json(), parse_float=Decimal)
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

    for name in names_of(facts):
        known[name.name] = evaluate(name.fhirpath)
    return evaluate


@pytest.mark.parametrize(
    ("facts", "fact"),
    [
        pytest.param(
            facts,
            fact,
            id=f"{facts}-{fact.id}",
            marks=pytest.mark.xfail(bool(fact.omitted), reason=fact.omitted, strict=True),
        )
        for facts in LISTS
        for fact in FACTS_OF[facts]
    ],
)
def test_bundle_says_the_fact(facts: str, fact: Fact) -> None:
    """A fact that is marked as omitted must not hold: when it does, the mark has to go."""
    assert finder(facts)(fact.fhirpath) == [True], f"{fact.level}: {fact.fact} ({fact.passage})"


OWN = [(facts, name) for facts in LISTS if (FACTS / f"{facts}-names.tsv").exists() for name in names_of(facts)]


@pytest.mark.parametrize(("facts", "name"), OWN, ids=[f"{facts}-{name.name}" for facts, name in OWN])
def test_name_stands_for_something(facts: str, name: Name) -> None:
    assert finder(facts)(f"%{name.name}.exists()") == [True], name.meaning


@pytest.mark.parametrize("reader", [1, 2])
def test_every_row_of_a_reader_is_named_once(reader: int) -> None:
    listed = [row[0] for row in rows(f"sjia-reader-{reader}.tsv")]
    named = Counter(id for fact in SJIA for id in fact.readers.split() if id.startswith(f"r{reader}-"))

    assert named == Counter(listed)


@lists
def test_facts_are_numbered(facts: str) -> None:
    listed = FACTS_OF[facts]

    assert [fact.id for fact in listed] == [f"f{number:03}" for number in range(1, len(listed) + 1)]


@lists
def test_every_fact_has_a_level_and_a_reader(facts: str) -> None:
    assert [fact.id for fact in FACTS_OF[facts] if fact.level not in LEVELS or not fact.readers] == []


@lists
def test_only_what_should_be_there_may_be_omitted(facts: str) -> None:
    assert [fact.id for fact in FACTS_OF[facts] if fact.omitted and fact.level != "should"] == []


@lists
def test_passages_are_short(facts: str) -> None:
    printed = {fact.id: [word for word in fact.passage.split() if word != "…"] for fact in FACTS_OF[facts]}

    assert [id for id, words in printed.items() if len(words) > QUOTE] == []
