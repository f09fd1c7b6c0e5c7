"""What the client does with answers: it waits as it is told, believes no foreign address, and trusts no certificate."""

from __future__ import annotations

import datetime
import ipaddress
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.cli.console import START, call
from tests.conformance.servers import sekmet_server

from casefhir.push.capability import NoCapabilityError, capability
from casefhir.push.server import HEADERS, Server, ServerError, Waiting

CAPABILITY: dict[str, Any] = {
    "resourceType": "CapabilityStatement",
    "fhirVersion": "4.0.1",
    "rest": [
        {
            "mode": "server",
            "interaction": [{"code": "transaction"}],
            "resource": [{"type": "Patient", "updateCreate": True}, {"type": "Observation", "updateCreate": True}],
        }
    ],
}


def server(answer: Callable[[httpx.Request], httpx.Response], waiting: Waiting = Waiting(3, 0.01)) -> Server:
    client = httpx.Client(base_url="http://fhir.example/r4", headers=HEADERS, transport=httpx.MockTransport(answer))
    return Server(client, waiting)


def test_it_waits_as_long_as_it_is_told() -> None:
    answers = iter((httpx.Response(429, headers={"Retry-After": "1"}), httpx.Response(200, json=CAPABILITY)))
    began = time.monotonic()

    found = server(lambda _: next(answers), Waiting(3, 60)).capability()

    assert found.way == "transaction"
    assert time.monotonic() - began >= 1


def test_it_gives_up_in_the_end_and_says_why() -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(503, json={"resourceType": "OperationOutcome", "issue": [{"diagnostics": "asleep"}]})

    with pytest.raises(ServerError, match="status 503: asleep"):
        server(answer).capability()
    assert len(asked) == 4


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            httpx.Response(200, text="<html>", headers={"Content-Type": "text/html"}),
            "no FHIR server: /metadata is text/",
        ),
        (httpx.Response(200, json=CAPABILITY | {"fhirVersion": "5.0.0"}), r"speaks FHIR 5.0.0; casefhir writes R4"),
        (httpx.Response(401), r"does not let us in \(status 401\)"),
        (httpx.Response(404), "status 404"),
    ],
)
def test_what_is_no_server_for_a_case_is_told(answer: httpx.Response, words: str) -> None:
    with pytest.raises(ServerError, match=words):
        server(lambda _: answer).capability()


def test_the_next_page_is_asked_of_the_server_that_was_named() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        link = [{"relation": "next", "url": "https://elsewhere.example:99/r4/Patient?page=2"}]
        return httpx.Response(200, json={"resourceType": "Bundle", "link": link if len(asked) == 1 else []})

    server(answer).held(
        "urn:uuid:a", capability(json.dumps(CAPABILITY).encode())._replace(types=frozenset()), ["Patient"]
    )

    assert asked == [
        "http://fhir.example/r4/Patient?identifier=urn%3Auuid%3Aa%7C&_count=1000",
        "http://fhir.example/r4/Patient?page=2",
    ]


def test_what_a_server_does_not_say_it_cannot() -> None:
    bare = capability(b'{"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1"}')
    mixed = json.loads(json.dumps(CAPABILITY))
    del mixed["rest"][0]["resource"][1]["updateCreate"]

    assert (bare.way, bare.chosen_ids, bare.can_batch) == ("single", False, False)
    assert capability(json.dumps(CAPABILITY).encode()).chosen_ids
    assert not capability(json.dumps(mixed).encode()).chosen_ids
    with pytest.raises(NoCapabilityError):
        capability(b'{"resourceType": "Patient"}')


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One that 127.0.0.1 signed for itself, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    built = built.not_valid_before(now - datetime.timedelta(1)).not_valid_after(now + datetime.timedelta(1))
    signed = built.add_extension(names, critical=False).sign(key, hashes.SHA256())
    (folder / "cert.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(pem)
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture(scope="module")
def tls(certificate: tuple[Path, Path]) -> Iterator[str]:
    cert, key = certificate
    with sekmet_server(tls_certfile=str(cert), tls_keyfile=str(key)) as base:
        yield base


def test_a_certificate_that_nobody_vouches_for_is_refused(tls: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(START, encoding="utf-8")

    said = call("push", str(tmp_path / "a.yaml"), "--server", tls, "--tries", "1", "--wait", "0.01")

    assert said.code == 4
    assert "CERTIFICATE_VERIFY_FAILED" in said.err


def test_a_certificate_of_ones_own_authority_is_taken(
    tls: str, certificate: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.yaml").write_text(START, encoding="utf-8")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))

    said = call("push", str(tmp_path / "a.yaml"), "--server", tls)

    assert (said.code, said.err) == (0, "")


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(START, encoding="utf-8")

    said = call(
        "push", str(tmp_path / "a.yaml"), "--server", "http://127.0.0.1:9/fhir", "--tries", "1", "--wait", "0.01"
    )

    assert said.code == 4
    assert said.err.startswith("casefhir push: http://127.0.0.1:9/fhir: it cannot be reached: ")
