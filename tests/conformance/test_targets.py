"""What `targets/hapi.tsv` says, seen on HAPI's own server; and that parts of a case load there, once and again."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.conformance.broken import good
from tests.conformance.judge import hapi_server
from tests.conformance.test_server import count, get, kinds, post, references

from casefhir.delivery import delivery
from casefhir.pipeline import load
from casefhir.targets import NAMES, target

LARGE = Path(__file__).parents[2] / "cases" / "sjia-tocilizumab-tofacitinib.yaml"
RUN = {("hapi", rule) for rule in ("transaction", "batch", "ids", "order", "integrity")}
"""The lines that are seen here: they are marked `run`."""

Json = dict[str, Any]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with hapi_server() as url:
        yield url


def transaction(*entries: Json, type: str = "transaction") -> Json:
    return {"resourceType": "Bundle", "type": type, "entry": list(entries)}


def entry(method: str, url: str, full_url: str | None = None, **members: Any) -> Json:
    resource = {"resourceType": url.partition("/")[0], **members}
    named = {"fullUrl": full_url} if full_url else {}
    return {**named, "resource": resource, "request": {"method": method, "url": url}}


def test_lines_marked_as_run_are_those_seen_here() -> None:
    assert {(name, line.rule) for name in NAMES for line in target(name).lines.values() if line.run} == RUN


@pytest.mark.java
def test_parts_of_a_case_load_in_their_order_and_change_nothing_when_loaded_again(server: str) -> None:
    made = delivery(load(LARGE), form="transaction", ids="post", target=target("firely"))
    parts = [json.loads(text) for text in made.files.values()]
    expected: Counter[str] = sum((kinds(part) for part in parts), Counter())
    before = {kind: count(server, kind) for kind in expected}

    for _ in range(2):
        for part in parts:
            status, outcome = post(server, part)
            assert status == 200, outcome
        assert {kind: count(server, kind) - before[kind] for kind in expected} == expected

    for kind in expected:
        assert "urn:uuid:" not in references(get(server, kind, _count="1000")[1])


@pytest.mark.java
def test_a_later_part_is_refused_without_the_earlier_ones() -> None:
    """On a server of its own, which has none of them."""
    made = delivery(load(LARGE), form="transaction", ids="post", target=target("firely"))
    with hapi_server() as url:
        status, outcome = post(url, json.loads(list(made.files.values())[-1]))

    assert status == 400, outcome


@pytest.mark.java
def test_transaction_is_stored_whole_or_not_at_all(server: str) -> None:
    before = count(server, "Patient")
    wrong = entry("POST", "Observation", subject={"reference": "Patient/nobody"}, status="final", code={"text": "x"})

    status, _ = post(server, transaction(entry("POST", "Patient"), wrong))

    assert status == 400
    assert count(server, "Patient") == before


@pytest.mark.java
def test_batch_stores_what_it_can(server: str) -> None:
    before = count(server, "Patient")
    wrong = entry("PUT", "Patient/7", id="7")

    status, outcome = post(server, transaction(entry("POST", "Patient"), wrong, type="batch"))

    assert status == 200
    assert [one["response"]["status"][:3] for one in outcome["entry"]] == ["201", "400"]
    assert count(server, "Patient") == before + 1


@pytest.mark.java
def test_id_of_digits_alone_is_refused_and_one_with_a_letter_is_kept(server: str) -> None:
    status, outcome = post(server, transaction(entry("PUT", "Patient/123", id="123")))
    assert (status, "HAPI-0960" in json.dumps(outcome)) == (400, True)

    status, _ = post(server, transaction(entry("PUT", "Patient/p123", id="p123")))
    assert (status, get(server, "Patient/p123")[0]) == (200, 200)


@pytest.mark.java
def test_entries_may_come_in_any_order(server: str) -> None:
    bundle = copy.deepcopy(good())
    bundle["entry"].reverse()

    status, outcome = post(server, bundle)

    assert status == 200, outcome


@pytest.mark.java
def test_reference_to_nothing_is_refused(server: str) -> None:
    lonely = entry("POST", "Observation", subject={"reference": "Patient/p999"}, status="final", code={"text": "x"})

    status, outcome = post(server, transaction(lonely))

    assert (status, "HAPI-1094" in json.dumps(outcome)) == (400, True)


@pytest.mark.java
def test_bundle_posted_to_the_type_is_stored_in_one_piece(server: str) -> None:
    before = count(server, "Patient"), count(server, "Bundle")

    status, _ = post(f"{server}/Bundle", transaction(entry("POST", "Patient"), type="collection"))

    assert status == 201
    assert (count(server, "Patient"), count(server, "Bundle")) == (before[0], before[1] + 1)


@pytest.mark.java
def test_collection_posted_to_the_base_is_refused(server: str) -> None:
    status, _ = post(
        server, {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {"resourceType": "Patient"}}]}
    )

    assert status >= 400


@pytest.mark.java
def test_reference_by_id_to_what_is_posted_is_refused(server: str) -> None:
    """What `reference.posted` of lint says."""
    patient = entry("POST", "Patient", "urn:uuid:9a9df74f-5773-5e08-9201-dc30420a9574", id="posted-p1")
    value = entry("POST", "Observation", subject={"reference": "Patient/posted-p1"}, status="final", code={"text": "x"})

    status, outcome = post(server, transaction(patient, value))

    assert (status, "HAPI-1094" in json.dumps(outcome)) == (400, True)
