"""The good bundle, posted to HAPI's own server, and read back from it."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from tests.conformance.broken import BROKEN, Bundle, good
from tests.conformance.judge import hapi_server

Answer = tuple[int, dict[str, Any]]

pytestmark = pytest.mark.java


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with hapi_server() as url:
        yield url


def post(url: str, bundle: Bundle) -> Answer:
    body = json.dumps(bundle).encode()
    headers = {"Content-Type": "application/fhir+json", "Accept": "application/fhir+json"}
    return answer(urllib.request.Request(url, body, headers))


def get(url: str, path: str, **query: str) -> Answer:
    return answer(urllib.request.Request(f"{url}/{path}?{urllib.parse.urlencode(query)}"))


def answer(request: urllib.request.Request) -> Answer:
    try:
        with urllib.request.urlopen(request, timeout=120) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def count(url: str, kind: str) -> int:
    total: int = get(url, kind, _summary="count")[1]["total"]
    return total


def kinds(bundle: Bundle) -> Counter[str]:
    return Counter(entry["resource"]["resourceType"] for entry in bundle["entry"])


def test_transaction_creates_every_resource_and_resolves_every_reference(server: str) -> None:
    bundle = good()
    before = {kind: count(server, kind) for kind in kinds(bundle)}

    status, outcome = post(server, bundle)

    assert status == 200, outcome
    assert [entry["response"]["status"] for entry in outcome["entry"]] == ["201 Created"] * 14
    for kind, number in kinds(bundle).items():
        assert count(server, kind) == before[kind] + number
        assert "urn:uuid:" not in references(get(server, kind)[1])


def references(value: Any) -> str:
    """Every reference in a JSON value, in one text."""
    if isinstance(value, dict):
        return " ".join(
            str(member) if key == "reference" and isinstance(member, str) else references(member)
            for key, member in value.items()
        )
    return " ".join(map(references, value)) if isinstance(value, list) else ""


def test_resource_is_found_by_its_identifier_and_equals_what_was_posted(server: str) -> None:
    post(server, good())
    written = good()["entry"][5]["resource"]
    identifier = written["identifier"][0]

    _, found = get(server, "Observation", identifier=f"{identifier['system']}|{identifier['value']}")

    read = found["entry"][0]["resource"]
    for member in ("code", "valueQuantity", "interpretation", "referenceRange", "category"):
        assert read[member] == written[member]


def test_everything_of_the_patient_has_what_refers_to_the_patient(server: str) -> None:
    _, outcome = post(server, good())
    patient = outcome["entry"][2]["response"]["location"].split("/_history")[0]

    status, found = get(server, f"{patient}/$everything", _count="100")

    assert status == 200, found
    # A Provenance whose targets are observations is in no patient's compartment.
    # https://hl7.org/fhir/R4/compartmentdefinition-patient.html
    assert kinds(found) == kinds(good()) - Counter(Provenance=1)


def test_reference_to_a_resource_that_is_not_there_is_refused(server: str) -> None:
    before = count(server, "Patient")

    status, outcome = post(server, BROKEN["relative reference to nothing"](good()))

    assert status == 400, outcome
    assert count(server, "Patient") == before


def test_strict_server_takes_what_is_right_and_refuses_what_is_broken() -> None:
    with hapi_server(validate=True) as strict_server:
        status, outcome = post(strict_server, good())
        assert status == 200, outcome

        for name in ("observation status is no code", "observation without code", "two values"):
            status, outcome = post(strict_server, BROKEN[name](good()))
            assert (status, outcome["resourceType"]) == (422, "OperationOutcome"), name
