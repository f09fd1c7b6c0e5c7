"""A case for a server: what is written, and what is said of it."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from casefhir.bundles import references
from casefhir.delivery import Delivery, Form, delivery
from casefhir.pipeline import Loaded, converted, load
from casefhir.targets import NAMES, target
from casefhir.targets.table import Target

CASES = {path.stem: path for path in sorted((Path(__file__).parents[1] / "cases").glob("*.yaml"))}
LARGE = "sjia-tocilizumab-tofacitinib"


@cache
def case(name: str) -> Loaded:
    return load(CASES[name])


@cache
def delivered(name: str, to: str, form: Form = "transaction") -> Delivery:
    return delivery(case(name), form=form, ids="post", target=target(to))


def entries(made: Delivery) -> list[dict[str, Any]]:
    texts = [made.document] if made.document else list(made.files.values())
    return [entry for text in texts for entry in json.loads(text)["entry"]]


@pytest.mark.parametrize("to", [name for name in NAMES if name != "openmrs"])
@pytest.mark.parametrize("name", CASES)
def test_every_server_with_transactions_gets_every_resource_within_its_limits(name: str, to: str) -> None:
    made, server = delivered(name, to), target(to)
    plain = json.loads(converted(case(name), "fhir-r4").json())["entry"]

    assert Counter(entry["fullUrl"] for entry in entries(made)) == Counter(entry["fullUrl"] for entry in plain)
    for text in [made.document] if made.document else made.files.values():
        assert server.bytes is None or len(text) <= server.bytes
        assert server.entries is None or len(json.loads(text)["entry"]) <= server.entries
    assert bool(made.files) == any(issue.rule == "target.split" for issue in made.issues)


def test_a_case_that_is_small_enough_is_the_plain_bundle_and_nothing_is_said() -> None:
    made = delivered(LARGE, "hapi")

    assert json.loads(made.document or b"") == json.loads(converted(case(LARGE), "fhir-r4").json())
    assert made.issues == ()


def test_a_case_that_is_too_large_is_told_in_words() -> None:
    made = delivered(LARGE, "firely")
    count, parts = len(entries(made)), len(made.files)

    assert list(made.files) == [f"{number}-of-{parts}.json" for number in range(1, parts + 1)]
    assert [(issue.severity, issue.rule) for issue in made.issues] == [("information", "target.split")]
    assert made.issues[0].message == (
        f"{count} entries are more than the 150 that Firely Server takes in one bundle: "
        f"written as {parts} bundles with ids of their own, to be loaded in the order of their names"
    )


def limited(**limits: Any) -> Target:
    return target("medplum")._replace(**limits)


def test_a_server_that_gives_ids_itself_cannot_get_parts() -> None:
    made = delivery(case(LARGE), form="transaction", ids="post", target=limited(bytes=100_000))

    assert (made.document, made.files) == (None, {})
    assert [issue.severity for issue in made.issues] == ["error"]
    assert " bytes are more than the 100000 that Medplum takes" in made.issues[0].message
    assert "it gives ids itself" in made.issues[0].message


def test_an_entry_that_is_too_large_is_told() -> None:
    made = delivery(case(LARGE), form="transaction", ids="post", target=limited(ids="any", bytes=9_000))

    assert (made.document, made.files) == (None, {})
    assert "1 entry of " in made.issues[0].message


def test_a_bundle_that_fits_only_without_indentation_is_written_in_one_line() -> None:
    made = delivery(case(LARGE), form="transaction", ids="post", target=limited(bytes=500_000))

    assert made.document is not None
    assert (made.document.count(b"\n"), made.issues) == (0, ())


def test_limit_of_updates_counts_for_our_own_ids_alone() -> None:
    server = limited(ids="any", updates=50)

    assert delivery(case(LARGE), form="transaction", ids="post", target=server).document
    assert len(delivery(case(LARGE), form="transaction", ids="put", target=server).files) > 6


@pytest.mark.parametrize("to", ["aidbox", "healthlake"])
@pytest.mark.parametrize("name", CASES)
def test_a_server_that_goes_in_the_order_given_meets_no_reference_ahead(name: str, to: str) -> None:
    known: set[str] = set()
    for entry in entries(delivered(name, to)):
        known |= {entry["fullUrl"], entry["request"]["url"]}
        assert {reference for _, reference in references(entry["resource"])} <= known


def test_openmrs_is_told_what_it_cannot_create_at_the_line_of_the_author() -> None:
    source = case(LARGE).source.text.splitlines()
    told = [issue for issue in delivered(LARGE, "openmrs").issues if "MedicationStatement" in issue.message]

    assert len(told) >= 10
    assert all(issue.path[0] == "treatments" for issue in told)
    assert {"drug:" in source[issue.mark.line - 1] for issue in told} == {True}
    assert told[5].message == (
        "OpenMRS creates no MedicationStatement: this is left out, and what refers to it gives its identifier"
    )


@pytest.mark.parametrize("name", CASES)
def test_openmrs_gets_what_it_can_create_and_every_rest_is_counted(name: str) -> None:
    made = delivered(name, "openmrs")
    plain = Counter(e["resource"]["resourceType"] for e in json.loads(converted(case(name), "fhir-r4").json())["entry"])

    written = {Path(file).stem: text.count(b"\n") for file, text in made.files.items()}

    assert written == {type: count for type, count in plain.items() if target("openmrs").holds(type)}
    counted: Counter[str] = Counter()
    for issue in made.issues:
        if issue.rule == "target.type":
            words = issue.message.split("creates no ")[1].split(": ")
            counted[words[0]] += int(words[1].split()[0].replace("this", "1"))
    assert counted == {type: count for type, count in plain.items() if not target("openmrs").holds(type)}


@pytest.mark.parametrize("name", CASES)
def test_bulk_files_have_one_type_a_file_one_resource_a_line_and_references_that_hold(name: str) -> None:
    files = delivered(name, "generic", "ndjson").files
    lines = [(file, json.loads(line)) for file, text in files.items() for line in text.splitlines()]

    places = {f"{resource['resourceType']}/{resource['id']}" for _, resource in lines}
    assert len(places) == len(lines)
    assert {file for file, resource in lines if file != f"{resource['resourceType']}.ndjson"} == set()
    assert {reference for _, resource in lines for _, reference in references(resource)} <= places
    assert all(text.endswith(b"}\n") for text in files.values())


@pytest.mark.parametrize("name", CASES)
def test_every_line_of_a_bulk_file_is_read_by_fhir_resources(name: str) -> None:
    for file, text in delivered(name, "generic", "ndjson").files.items():
        for line in text.splitlines():
            assert get_fhir_model_class(Path(file).stem).model_validate_json(line)


def test_a_collection_is_as_it_was() -> None:
    made = delivered(LARGE, "generic", "collection")

    assert json.loads(made.document or b"")["type"] == "collection"
