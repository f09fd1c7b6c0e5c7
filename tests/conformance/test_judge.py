"""The judge judges: it passes what is right and sees what is broken on purpose."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.conformance.broken import BROKEN, GOOD, POSITION, VALIDATOR_MISSES, coding, good, put
from tests.conformance.judge import FILTERED, Message, Validator

pytestmark = pytest.mark.java


@pytest.fixture(scope="module")
def validator() -> Iterator[Validator]:
    with Validator() as judge:
        yield judge


def errors(validator: Validator, path: Path) -> list[Message]:
    return [message for message in validator.validate([path])[path] if message.is_error]


def test_good_bundle_has_no_error(validator: Validator) -> None:
    assert errors(validator, GOOD) == []


@pytest.mark.parametrize("name", [name for name in BROKEN if name not in VALIDATOR_MISSES])
def test_fault_is_seen(validator: Validator, name: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(BROKEN[name](good())), encoding="utf-8")

    assert errors(validator, path)


@pytest.mark.parametrize("name", sorted(VALIDATOR_MISSES))
def test_fault_is_missed(validator: Validator, name: str, tmp_path: Path) -> None:
    """When a newer validator sees one of these, its name leaves `VALIDATOR_MISSES`."""
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(BROKEN[name](good())), encoding="utf-8")

    assert errors(validator, path) == []


def test_every_coding_is_checked_not_only_the_one_that_meets_the_binding(validator: Validator, tmp_path: Path) -> None:
    path = tmp_path / "codings.json"
    codings = [*coding("condition-clinical", "active")["coding"], *coding("condition-category", "x")["coding"]]
    path.write_text(json.dumps(put("Condition", "clinicalStatus", "coding", value=codings)(good())))

    assert any("condition-category#x" in message.text for message in errors(validator, path))


def test_own_extension_is_known_and_held_to_its_definition(tmp_path: Path) -> None:
    url = "https://casefhir.test/StructureDefinition/place"
    folder = tmp_path / "definitions"
    folder.mkdir()
    (folder / "place.json").write_text(json.dumps(extension(url, "string")), encoding="utf-8")
    right, wrong = tmp_path / "right.json", tmp_path / "wrong.json"
    for path, value in ((right, {"valueString": "page 2"}), (wrong, {"valueInteger": 2})):
        edit = put("Lab", "extension", value=[{"url": url, **value}])
        path.write_text(json.dumps(edit(good())), encoding="utf-8")

    with Validator(folder) as judge:
        assert errors(judge, right) == []
        assert [message.id for message in errors(judge, wrong)] == ["Extension_EXT_Type"]


def extension(url: str, kind: str) -> dict[str, Any]:
    """The definition of an extension with one value, as it is written by hand: no snapshot."""
    return {
        "resourceType": "StructureDefinition",
        "url": url,
        "name": "Place",
        "status": "active",
        "fhirVersion": "4.0.1",
        "kind": "complex-type",
        "abstract": False,
        "context": [{"type": "element", "expression": "Element"}],
        "type": "Extension",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Extension",
        "derivation": "constraint",
        "differential": {
            "element": [
                {"id": "Extension", "path": "Extension"},
                {"id": "Extension.extension", "path": "Extension.extension", "max": "0"},
                {"id": "Extension.url", "path": "Extension.url", "fixedUri": url},
                {
                    "id": "Extension.value[x]",
                    "path": "Extension.value[x]",
                    "type": [{"code": kind}],
                },
            ]
        },
    }


def test_every_edit_breaks_something_and_leaves_its_argument_alone() -> None:
    for name, edit in BROKEN.items():
        bundle = good()

        assert edit(bundle) != good(), name
        assert bundle == good(), name


def test_positions_name_the_resources_of_the_good_bundle() -> None:
    types = [entry["resource"]["resourceType"] for entry in good()["entry"]]

    assert types == [{"Lab": "Observation", "Weight": "Observation"}.get(p, p) for p in POSITION]


def test_only_vs_1_on_a_period_is_filtered() -> None:
    known = "http://hl7.org/fhir/StructureDefinition/bodyweight#vs-1"
    on_period = Message("error", known, "Bundle.entry[6].effective.ofType(Period)", "", 1, 1)
    on_day = on_period._replace(location="Bundle.entry[6].effective.ofType(dateTime)")

    assert len(FILTERED) == 1
    assert FILTERED[0].matches(on_period)
    assert not FILTERED[0].matches(on_day)
    assert not FILTERED[0].matches(on_period._replace(id=None))
