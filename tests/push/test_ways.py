"""One case on real servers, in every way that a server may ask for: at once, in parts, in batches, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.conformance.servers import medplum_server, sekmet_server
from tests.push.census import counts, everything, versions

from casefhir.bundles import Limits
from casefhir.fhir.bundle import ORDER
from casefhir.pipeline import load
from casefhir.push.capability import Way
from casefhir.push.receipt import Receipt
from casefhir.push.run import Push, Pushed
from casefhir.push.server import HEADERS, Server, Waiting
from casefhir.push.wanted import WantedCase

pytestmark = pytest.mark.long

CASE = Path(__file__).parents[2] / "cases" / "dihs-carbamazepine-child.yaml"
SERVERS = {"sekmet": sekmet_server, "medplum": medplum_server}
WAYS: list[tuple[Way, Limits]] = [
    ("transaction", Limits()),
    ("transaction", Limits(entries=17)),
    ("transaction", Limits(bytes=60_000)),
    ("batch", Limits(entries=50)),
    ("single", Limits()),
]


class Kept:
    """A receipt in memory."""

    def __init__(self, case: str, server: str) -> None:
        self.receipt = Receipt(case, server, "under way")

    def __call__(self, receipt: Receipt) -> None:
        self.receipt = receipt


def push(text: bytes, base: str, kept: Kept, way: Way, limits: Limits, transport: httpx.BaseTransport | None) -> Pushed:
    case = WantedCase(load(text))
    with httpx.Client(base_url=base, headers=HEADERS, timeout=120, transport=transport) as client:
        server = Server(client, Waiting(2, 0.1))
        can = server.capability()._replace(way=way)
        return Push(case, server, can, kept.receipt, kept).run(lambda *_: None, limits)


@pytest.mark.parametrize(("way", "limits"), WAYS)
@pytest.mark.parametrize("name", ["sekmet", pytest.param("medplum", marks=pytest.mark.node)])
def test_every_way_leads_to_the_same(name: str, way: Way, limits: Limits) -> None:
    text = CASE.read_bytes()
    with SERVERS[name]() as base:
        kept = Kept("dihs-carbamazepine-child", base)
        first = push(text, base, kept, way, limits, None)
        there = everything(base, ORDER)

        assert counts(there) == counts([one.resource for one in WantedCase(load(text)).resources])
        assert first.altered == ()
        assert all(line.version for line in kept.receipt.resources)

        again = push(text, base, kept, way, limits, None)

        assert again.steps == ()
        assert versions(everything(base, ORDER)) == versions(there)

        less = text[: text.index(b"\ntreatments:")] + b"\n"
        assert push(less, base, kept, way, limits, None).altered == ()

        assert counts(everything(base, ORDER)) == counts([one.resource for one in WantedCase(load(less)).resources])


class Forgetful(httpx.HTTPTransport):
    """A way to a server on which a value changes."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        content = request.read().replace(b'"value":96,', b'"value":95,')
        headers = {name: value for name, value in request.headers.items() if name != "content-length"}
        return super().handle_request(httpx.Request(request.method, request.url, headers=headers, content=content))


@pytest.fixture
def sekmet() -> Iterator[str]:
    with sekmet_server() as base:
        yield base


def test_what_is_stored_otherwise_is_told_each_time_and_not_sent_again_and_again(sekmet: str) -> None:
    text = b"casefhir: 1\nid: a\narticle: {title: T}\npatient: {sex: male}\nlabs: [{values: {CRP: 96 mg/L}}]\n"
    kept, way = Kept("a", sekmet), ("transaction", Limits())

    first = push(text, sekmet, kept, *way, Forgetful())
    before = versions(everything(sekmet, ORDER))
    second = push(text, sekmet, kept, *way, Forgetful())

    for pushed in (first, second):
        assert [(one.identity[0], one.places) for one in pushed.altered] == [("Observation", ("valueQuantity.value",))]
    assert second.steps == ()
    assert versions(everything(sekmet, ORDER)) == before


def test_what_somebody_changed_on_the_server_is_mended(sekmet: str) -> None:
    text = b"casefhir: 1\nid: a\narticle: {title: T}\npatient: {sex: male}\n"
    kept, way = Kept("a", sekmet), ("transaction", Limits())
    push(text, sekmet, kept, *way, None)
    (patient,) = everything(sekmet, ("Patient",))
    httpx.put(f"{sekmet}/Patient/{patient['id']}", json=patient | {"gender": "female"}).raise_for_status()

    pushed = push(text, sekmet, kept, *way, None)

    assert [step.identity for step in pushed.steps] == [("Patient", "patient")]
    assert [one["gender"] for one in everything(sekmet, ("Patient",))] == ["male"]


def test_a_case_that_was_loaded_by_hand_is_kept_in_step_and_not_doubled(sekmet: str) -> None:
    from casefhir.pipeline import convert

    httpx.post(sekmet, content=convert(CASE).json(), headers=HEADERS, timeout=120).raise_for_status()
    before = versions(everything(sekmet, ORDER))

    pushed = push(CASE.read_bytes(), sekmet, Kept("dihs-carbamazepine-child", sekmet), "transaction", Limits(), None)

    assert pushed.steps == ()
    assert versions(everything(sekmet, ORDER)) == before


def test_resources_of_others_stay(sekmet: str) -> None:
    """Even those that refer to the patient of the case, or look like what has no identifier of the case."""
    text = b"casefhir: 1\nid: a\narticle: {title: T}\npatient: {sex: male}\nlabs: [{values: {CRP: 96 mg/L}}]\n"
    kept, way = Kept("a", sekmet), ("transaction", Limits())
    push(text, sekmet, kept, *way, None)
    (patient,) = everything(sekmet, ("Patient",))
    subject = {"reference": f"Patient/{patient['id']}"}
    others = [
        {"resourceType": "Observation", "status": "final", "code": {"text": "of others"}, "subject": subject},
        {"resourceType": "Composition", "status": "final", "type": {"text": "T"}, "subject": subject, "title": "T",
         "date": "2024", "author": [{"display": "A"}]},
    ]  # fmt: skip
    for other in others:
        httpx.post(f"{sekmet}/{other['resourceType']}", json=other).raise_for_status()
    before = versions(everything(sekmet, ORDER))

    pushed = push(text, sekmet, kept, *way, None)

    assert pushed.steps == ()
    assert versions(everything(sekmet, ORDER)) == before
