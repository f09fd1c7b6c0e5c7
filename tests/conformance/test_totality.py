"""Whatever a check finds no error in, before judges that nobody here wrote: the inputs of tests/test_totality.py."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conformance.judge import Validator
from tests.totality.groups import GROUPS, checked, faults

from casefhir.pipeline import converted

OPTIONS = {
    "every test with every result": {"share": 100},
    "every name": {"one_in": 15},
    "every moment": {"one_in": 3},
    "background, every name": {"one_in": 8},
}
"""What keeps the judge busy for a minute and not for ten: vital signs have every result, other tests and names some."""

MOST = 800
"""Inputs of one bundle: the judge looks through all of it for each reference."""


@pytest.fixture(scope="module")
def validator() -> Iterator[Validator]:
    with Validator() as judge:
        yield judge


@pytest.mark.java
@pytest.mark.parametrize("group", GROUPS)
def test_validator_finds_no_error(group: str, validator: Validator, tmp_path: Path) -> None:
    for number, (_, loaded) in enumerate(checked(group, MOST, **OPTIONS.get(group, {}))):
        path = tmp_path / f"{number}.json"
        path.write_bytes(converted(loaded, "fhir-r4").json())

        messages = validator.validate([path])[path]

        assert [message for message in messages if message.is_error] == []


@pytest.mark.java
@pytest.mark.parametrize("group", GROUPS)
def test_fhir_resources_loads_all(group: str) -> None:
    for _, loaded in checked(group, **OPTIONS.get(group, {})):
        result = converted(loaded, "fhir-r4")
        sent = [entry["resource"]["resourceType"] for entry in json.loads(result.json())["entry"]]

        assert [entry.resource.get_resource_type() for entry in result.bundle().entry] == sent


@pytest.mark.java
def test_every_test_with_every_result_becomes_a_document() -> None:
    """One in four of them, of which the quick test takes a third."""
    for _, loaded in checked("every test with every result", share=4):
        assert faults(loaded) == []
