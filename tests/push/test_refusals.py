"""What a server refuses is told at the line of the case that it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.conformance.judge import hapi_server
from tests.conformance.servers import medplum_server, sekmet_server

from casefhir.pipeline import load
from casefhir.push.blame import blamed
from casefhir.push.outcome import Objection, objections
from casefhir.push.receipt import Receipt
from casefhir.push.run import Push
from casefhir.push.server import HEADERS, RefusedError, Server, Waiting
from casefhir.push.wanted import WantedCase
from casefhir.push.words import refused

CASE = Path(__file__).parents[2] / "cases" / "bruton-xla-btk.yaml"
SERVERS = {"sekmet": sekmet_server, "medplum": medplum_server, "hapi": hapi_server}
MARKS = {"medplum": [pytest.mark.node], "hapi": [pytest.mark.java]}


@pytest.fixture(scope="module", params=[pytest.param(name, marks=MARKS.get(name, ())) for name in SERVERS])
def base(request: pytest.FixtureRequest) -> Iterator[str]:
    with SERVERS[request.param]() as url:
        yield url


def test_the_line_of_what_was_refused_is_told(base: str) -> None:
    """casefhir makes nothing that a server refuses, so one treatment is spoilt on its way."""
    case = WantedCase(load(CASE))
    spoilt = next(one for one in case.resources if one.identity[0] == "MedicationStatement")
    spoilt.resource["dosage"][0]["timing"] = {"repeat": {"count": "many"}}
    line = case.loaded.source.locate(case.path(spoilt.identity)).line

    with httpx.Client(base_url=base, headers=HEADERS, timeout=120) as client:
        server = Server(client, Waiting(1, 0.1))
        push = Push(case, server, server.capability(), Receipt(case.id, base, "under way"), lambda _: None)
        with pytest.raises(RefusedError) as caught:
            push.run(lambda *_: None)
        told = list(refused("a.yaml", caught.value, blamed(server, caught.value), case))

    assert told
    assert all(text.startswith(f"a.yaml:{line}:") for text in told), told
    assert f"the server refused {spoilt.identity[1]} (MedicationStatement" in told[0]


HAPI: dict[str, Any] = {
    "resourceType": "OperationOutcome",
    "issue": [
        {"severity": "information", "code": "processing", "diagnostics": "Unknown extension"},
        {
            "severity": "error",
            "code": "processing",
            "diagnostics": "Unknown code 'nonsense'",
            "location": ["Bundle.entry[21].resource/*MedicationStatement/c1*/.status", "Line[1] Col[3]"],
        },
    ],
}
BATCH = {
    "resourceType": "Bundle",
    "type": "batch-response",
    "entry": [
        {"response": {"status": "201 Created"}},
        {
            "response": {
                "status": "422",
                "outcome": {
                    "resourceType": "OperationOutcome",
                    "issue": [
                        {
                            "severity": "error",
                            "code": "invalid",
                            "details": {"text": "no such code"},
                            "expression": ["Observation.code"],
                        }
                    ],
                },
            }
        },
        {"response": {"status": "412"}},
    ],
}


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (HAPI, [Objection(21, "status", "Unknown code 'nonsense'")]),
        (BATCH, [Objection(1, "code", "no such code"), Objection(2, "", "status 412")]),
        ("<html>", [Objection(None, "", "status 400, without a reason")]),
        (
            {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "too-costly"}]},
            [Objection(None, "", "too-costly")],
        ),
    ],
)
def test_what_servers_object_to(answer: Any, found: list[Objection]) -> None:
    assert list(objections(answer, 400)) == found


def test_every_resource_of_every_case_has_a_line_of_its_own_kind() -> None:
    """Only what is of the case as a whole stands at its first line."""
    for path in CASE.parent.glob("*.yaml"):
        case = WantedCase(load(path))
        nowhere = [one.identity for one in case.resources if not case.path(one.identity)]
        assert nowhere == [], path.name
