"""Every case, as every kind of bundle, before judges that nobody here wrote."""

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.conformance.client import all_of, count, get, kinds, post
from tests.conformance.judge import Message, Validator, hapi_server

import casefhir
from casefhir.export import Options

CASES = sorted((Path(__file__).parents[2] / "cases").glob("*.yaml"))
WAYS = {
    "post": Options("transaction", "post"),
    "put": Options("transaction", "put"),
    "collection": Options("collection", "put"),
}

WARNINGS = {
    ("Type_Specific_Checks_DT_URL_Resolve", "identifier[1].system"): "https://orcid.org is ORCID's own name for its "
    "identifiers; no NamingSystem of it comes with R4",
    ("Type_Specific_Checks_DT_URL_Resolve", "identifier[2].system"): "https://pubmed.ncbi.nlm.nih.gov is PubMed's own "
    "address; no NamingSystem of it comes with R4",
    ("Terminology_TX_Code_ValueSet_Ext", "category[0]"): "a disease of the past is neither on the problem list nor a "
    "diagnosis of a visit, and R4 has no third code",
    ("Terminology_TX_Code_ValueSet_Ext", "interpretation[0]"): "what a report concludes from a score has no HL7 code",
    ("Terminology_TX_Code_ValueSet_Ext", "policyRule"): "the policies that HL7 lists are laws of some countries; a "
    "consent to a case report is told in words",
}
"""Message id and the end of its place → why the warning is let stand. Anything else fails."""


OUTSIDE_THE_COMPARTMENT = {"Provenance", "PractitionerRole", "Organization"}
"""What $everything leaves out: https://hl7.org/fhir/R4/compartmentdefinition-patient.html"""


@cache
def exported(case: Path, way: str) -> bytes:
    return casefhir.convert(case, options=WAYS[way]).json()


def entries(bundle: bytes) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in json.loads(bundle, parse_float=Decimal)["entry"]]


@pytest.fixture(scope="module")
def validator() -> Iterator[Validator]:
    with Validator() as judge:
        yield judge


@pytest.mark.java
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_validator_finds_no_error_and_no_warning_but_the_listed(
    case: Path, way: str, validator: Validator, tmp_path: Path
) -> None:
    path = tmp_path / "bundle.json"
    path.write_bytes(exported(case, way))

    messages = validator.validate([path])[path]

    assert [message for message in messages if message.is_error] == []
    warnings = [message for message in messages if message.severity == "warning"]
    assert [message for message in warnings if not is_listed(message)] == []
    assert len(warnings) <= 10


def is_listed(message: Message) -> bool:
    return any(message.id == id and message.location.endswith(place) for id, place in WARNINGS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_fhir_resources_loads_every_resource(case: Path) -> None:
    bundle = casefhir.convert(case).bundle()

    assert [entry.resource.get_resource_type() for entry in bundle.entry] == [
        resource["resourceType"] for resource in entries(exported(case, "post"))
    ]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with hapi_server() as base:
        yield base


@pytest.mark.java
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_server_takes_the_transaction_and_gives_it_back_equal(case: Path, server: str) -> None:
    sent = entries(exported(case, "post"))
    before = {kind: count(server, kind) for kind in kinds(sent)}

    status, outcome = post(server, exported(case, "post"))

    assert status == 200, outcome
    assert {kind: count(server, kind) - before[kind] for kind in before} == kinds(sent)
    stored = [get(server, location(entry))[1] for entry in outcome["entry"]]
    assert [comparable(resource) for resource in stored] == [comparable(resource) for resource in sent]


@pytest.mark.java
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_loading_twice_with_put_changes_nothing(case: Path, server: str) -> None:
    sent = entries(exported(case, "put"))

    first_status, outcome = post(server, exported(case, "put"))
    first = {kind: count(server, kind) for kind in kinds(sent)}
    second_status, _ = post(server, exported(case, "put"))

    assert (first_status, second_status) == (200, 200), outcome
    assert {kind: count(server, kind) for kind in kinds(sent)} == first
    stored = [get(server, f"{resource['resourceType']}/{resource['id']}")[1] for resource in sent]
    assert [comparable(resource) for resource in stored] == [comparable(resource) for resource in sent]


@pytest.mark.java
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_everything_of_the_patient_is_found(case: Path, server: str) -> None:
    sent = entries(exported(case, "put"))
    post(server, exported(case, "put"))
    patient = next(resource for resource in sent if resource["resourceType"] == "Patient")

    found = list(all_of(server, f"Patient/{patient['id']}/$everything", _count="200"))

    missing = kinds(sent) - kinds(found)
    assert set(missing) <= OUTSIDE_THE_COMPARTMENT


def location(entry: dict[str, Any]) -> str:
    """`Observation/12`, from `Observation/12/_history/1`."""
    path: str = entry["response"]["location"].split("/_history")[0]
    return "/".join(path.split("/")[-2:])


def comparable(value: Any) -> Any:
    """A resource without what the server writes itself, numbers by value, references without their targets."""
    if isinstance(value, dict):
        return {name: comparable(item) for name, item in value.items() if name not in ("id", "meta", "reference")}
    if isinstance(value, list):
        return [comparable(item) for item in value]
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else value
