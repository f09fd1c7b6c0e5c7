"""The JSON Schema, another validator of its published form, and the models: all accept the same, with exceptions."""

import re
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from functools import cache
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from pydantic_core import ValidationError
from tests.mutated import DATA, SEEDS, mutated, places
from tools.make_schema import case_schema

from casefhir.model.case import Case
from casefhir.model.engine import read
from casefhir.schema import published_schema

ONLY_MODELS_REFUSE = {
    "grammar.age": "a schema could only repeat the grammar as a pattern, without its reasons",
    "grammar.code": "a check digit is no pattern",
    "grammar.date": "the days of a month are no pattern",
    "grammar.doi": "a schema could only repeat the grammar as a pattern, without its reasons",
    "grammar.dose": "the parts of a dose may stand in any order, which as a pattern nobody can read",
    "grammar.duration": "a schema could only repeat the grammar as a pattern, without its reasons",
    "grammar.exon": "a number is taken as well as a text, of which only the empty one is refused",
    "grammar.hgvs": "a schema could only repeat the grammar as a pattern, without its reasons",
    "grammar.orcid": "a check digit is no pattern",
    "grammar.quantity": "a schema could only repeat the grammar as a pattern, without its reasons",
    "grammar.reaction": "a schema could only repeat the grammar as a pattern, without its reasons",
    "grammar.result": "a schema could only repeat the grammar as a pattern, without its reasons",
    "grammar.site": "a schema could only repeat the grammar as a pattern, without its reasons",
    "literal_error": "a text beside a mapping: an enum would be one of the mapping as well",
    "grammar.table": "that all lines have the cells of the first is no pattern",
}
"""What the schema accepts and the models refuse; each text is read by a small grammar, which says what is wrong."""

ONLY_SCHEMA_REFUSES = {
    "integer": "pydantic takes the text '5' for a number",
    "enum": "pydantic takes true for the number 1 of 'first-day'",
}
"""
What pydantic would take for something else. Its strict mode would refuse this and, with it, numbers in `value:`;
the gate of the schema stands before it.
"""

GATE = jsonschema_rs.Draft7Validator(case_schema())


@cache
def other_validator() -> Any:
    """The reference implementation, in Python, with two of its own ways set right: whole Decimals, and `$`."""
    types = jsonschema.Draft7Validator.TYPE_CHECKER.redefine("integer", lambda _, value: is_whole(value))
    kind = jsonschema.validators.extend(jsonschema.Draft7Validator, {"pattern": lacks_pattern}, type_checker=types)
    return kind(published_schema())


def lacks_pattern(_: Any, pattern: str, value: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    """Python's `$` also stands before a last line end, that of JSON Schema does not."""
    if isinstance(value, str) and not re.search(pattern.replace("$", r"\Z"), value):
        yield jsonschema.ValidationError(f"{value!r} does not match {pattern!r}")


def is_whole(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and value == int(value)


def refusals(data: Any) -> set[str]:
    """The kinds of what the models refuse."""
    try:
        read(Case, data)
    except ValidationError as error:
        return {details["type"] for details in error.errors(include_url=False)}
    return set()


def refused_types(data: Any) -> set[str]:
    """The types that the schema misses; "null" where nothing stands, and the keyword where no type is missed."""
    errors = [inner for error in GATE.iter_errors(data) for inner in leaves(error)]
    missed = {str(e.instance_path): e.kind.types[0] for e in errors if e.kind.name == "type"}
    return {"null" if e.instance is None else missed.get(str(e.instance_path), e.kind.name) for e in errors}


def leaves(error: Any) -> Iterator[Any]:
    """The errors of that branch of an `anyOf` that takes what has this type; of the last one if none does."""
    if error.kind.name == "anyOf":
        branches = list(reversed(error.kind.context))
        for inner in next((errors for errors in branches if not misses_type(error, errors)), branches[0]):
            yield from leaves(inner)
    else:
        yield error


def misses_type(error: Any, errors: list[Any]) -> bool:
    """Whether a branch takes nothing of the type that is written."""
    return any(inner.kind.name == "type" and inner.instance_path == error.instance_path for inner in errors)


def assert_agreement(data: Any) -> set[str]:
    """That schema and models agree; the exceptions that were met."""
    refused_by_models = refusals(data)
    if GATE.is_valid(data):
        assert refused_by_models <= set(ONLY_MODELS_REFUSE)
        return refused_by_models
    if not refused_by_models:
        types = refused_types(data)
        assert types <= set(ONLY_SCHEMA_REFUSES)
        return types
    return set()


SECTIONS = [key for key in DATA["every key"] if key not in ("casefhir", "id")]
OTHERS = (
    *(None, True, False, 0, 1, -1, 5, Decimal("1.0"), Decimal("1.5"), Decimal("9" * 30), 10**18),
    *("", " ", "x", "é", "5", "yes", "2021", "\u00a0", "a\n", "x" * 65, "negative", "1 mg", "unknown", "mild", "none"),
    *([], [None], [[]], ["x"], [5], {}, {"x": 1}, {"name": "x"}, {"value": 5}, {"": "x"}, [{}]),
)


def changed(section: str) -> Iterator[Any]:
    """A small case with one section, with each of its places taken, removed, or with an unknown key beside it."""
    case: dict[str, Any] = {"casefhir": 1, "id": "x", "article": {"title": "t"}, "patient": {"sex": "male"}}
    case[section] = deepcopy(DATA["every key"][section])
    yield case
    for within, step in list(places(case)):
        kept = list(within.items()) if isinstance(within, dict) else list(within)
        for other in OTHERS:
            within[step] = other
            yield case
        del within[step]
        yield case
        if isinstance(within, dict):
            within["nonsense"] = 1
            yield case
            within.clear()
            within.update(kept)
        else:
            within[:] = kept


@pytest.mark.parametrize("section", SECTIONS)
def test_models_refuse_what_the_schema_refuses(section: str) -> None:
    for case in changed(section):
        assert_agreement(case)


@pytest.mark.long
def test_every_exception_is_met() -> None:
    met = {exception for section in SECTIONS for case in changed(section) for exception in assert_agreement(case)}

    assert met == {*ONLY_MODELS_REFUSE, *ONLY_SCHEMA_REFUSES}


@pytest.mark.parametrize("section", SECTIONS)
def test_another_validator_refuses_the_same(section: str) -> None:
    for number, case in enumerate(changed(section)):
        if number % 11 == 0:  # it takes 50 times as long
            assert other_validator().is_valid(case) == GATE.is_valid(case)


@pytest.mark.parametrize("seed", SEEDS)
def test_cases_are_accepted_by_all(seed: str) -> None:
    assert GATE.is_valid(DATA[seed])
    assert other_validator().is_valid(DATA[seed])
    assert not refusals(DATA[seed])


slow = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@settings(slow, max_examples=80)
@given(mutated("every key") | mutated("published"))
def test_whole_cases_with_slips_agree(case: Any) -> None:
    assert_agreement(case)


@settings(slow, max_examples=20)
@given(mutated("every key"))
def test_another_validator_agrees_on_whole_cases_with_slips(case: Any) -> None:
    assert other_validator().is_valid(case) == GATE.is_valid(case)
