"""How one is let in: by a real server that checks all of it, and never by a word to anybody else."""

from __future__ import annotations

import json
import logging
import threading
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from tests.cli.console import START, call
from tests.conformance.servers import sekmet_server

CASE = START + "diagnoses: [{name: pneumonia}]\n"
PASSWORD, TOKEN, CLIENT_SECRET = "pass-Xq7-word", "token-Xq7-bearer", "client-Xq7-secret"
KEYS = {"RS384": rsa.generate_private_key(65537, 2048), "ES384": ec.generate_private_key(ec.SECP384R1())}


def pem(key: Any) -> str:
    kind = serialization
    return str(key.private_bytes(kind.Encoding.PEM, kind.PrivateFormat.PKCS8, kind.NoEncryption()).decode())


def public(key: Any, folder: Path, name: str) -> str:
    kind = serialization
    path = folder / f"{name}.pub"
    path.write_bytes(key.public_key().public_bytes(kind.Encoding.PEM, kind.PublicFormat.SubjectPublicKeyInfo))
    return str(path)


WAYS: dict[str, dict[str, str]] = {
    "basic": {"CASEFHIR_USER": "ann", "CASEFHIR_PASSWORD": PASSWORD},
    "bearer": {"CASEFHIR_TOKEN": TOKEN},
    "oauth2": {"CASEFHIR_CLIENT_ID": "secretive", "CASEFHIR_CLIENT_SECRET": CLIENT_SECRET},
    "smart RS384": {"CASEFHIR_CLIENT_ID": "RS384", "CASEFHIR_PRIVATE_KEY": pem(KEYS["RS384"]), "CASEFHIR_KEY_ID": "k"},
    "smart ES384": {"CASEFHIR_CLIENT_ID": "ES384", "CASEFHIR_PRIVATE_KEY": pem(KEYS["ES384"])},
}


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """SEKMET, which lets nobody in without being shown who it is."""
    folder = tmp_path_factory.mktemp("keys")
    clients: list[dict[str, str]] = [
        {"client_id": name, "public_key_path": public(key, folder, name)} for name, key in KEYS.items()
    ]
    clients.append({"client_id": "secretive", "client_secret": CLIENT_SECRET})
    auth = {
        "types": ["basic", "bearer", "smart"],
        "users": {"ann": PASSWORD},
        "tokens": [TOKEN],
        "smart_clients": clients,
    }
    with sekmet_server(server_auth=auth) as base:
        yield base


@pytest.fixture
def case(tmp_path: Path) -> Path:
    file = tmp_path / "case.yaml"
    file.write_text(CASE, encoding="utf-8")
    return file


def secrets(way: dict[str, str]) -> list[str]:
    """What must stand nowhere: the secrets, and what is made of them."""
    made = [
        b64encode(f"{way[name]}:{way[word]}".encode()).decode()
        for name, word in (("CASEFHIR_USER", "CASEFHIR_PASSWORD"), ("CASEFHIR_CLIENT_ID", "CASEFHIR_CLIENT_SECRET"))
        if word in way
    ]
    key = way.get("CASEFHIR_PRIVATE_KEY", "").splitlines()
    own = [way[name] for name in ("CASEFHIR_PASSWORD", "CASEFHIR_TOKEN", "CASEFHIR_CLIENT_SECRET") if name in way]
    return [*own, *made, *key[1:-1]]


def push(case: Path, base: str, name: str, monkeypatch: pytest.MonkeyPatch, **others: str) -> tuple[int, str]:
    """The exit code, and all that was written, logged and kept."""
    for variable, value in {**WAYS[name], **others}.items():
        monkeypatch.setenv(variable, value)
    said = call("push", str(case), "--server", base, "--auth", name.split()[0], "--tries", "1", "--wait", "0.01")
    kept = "".join(path.read_text("utf-8") for path in case.parent.iterdir())
    return said.code, said.out + said.err + kept


@pytest.mark.parametrize("name", WAYS)
def test_each_way_lets_in_and_no_secret_is_told(
    name: str, strict: str, case: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    code, told = push(case, strict, name, monkeypatch)

    assert code == 0, told
    assert "→" in told
    for secret in secrets(WAYS[name]):
        assert secret not in told + caplog.text
    assert "eyJ" not in told + caplog.text, "the beginning of every JWT"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("basic", {"CASEFHIR_PASSWORD": "another-Xq7"}),
        ("bearer", {"CASEFHIR_TOKEN": "another-Xq7"}),
        ("oauth2", {"CASEFHIR_CLIENT_SECRET": "another-Xq7"}),
        ("smart RS384", {"CASEFHIR_CLIENT_ID": "nobody"}),
    ],
)
def test_who_is_not_let_in_is_told_so_and_no_secret(
    name: str, wrong: dict[str, str], strict: str, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, told = push(case, strict, name, monkeypatch, **wrong)

    assert code == 4
    assert "does not let us in (status 401)" in told or "status 401: invalid_client" in told
    for secret in secrets(WAYS[name] | wrong):
        assert secret not in told


class _Parrot(BaseHTTPRequestHandler):
    """A server that repeats all that it is sent, as an error."""

    def do_GET(self) -> None:
        if self.path.endswith("smart-configuration"):
            self._say(200, {"token_endpoint": f"http://{self.headers['Host']}/token"})
        else:
            self._repeat("")

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/token" and self.server.grants:  # type: ignore[attr-defined]
            self._say(200, {"access_token": "eyJ-Xq7-granted", "expires_in": 3600})
        else:
            self._repeat(sent)

    def _repeat(self, sent: str) -> None:
        text = f"you said: {dict(self.headers)} {sent}"
        issue = {"severity": "error", "code": "invalid", "diagnostics": text}
        self._say(400, {"resourceType": "OperationOutcome", "issue": [issue], "error": text})

    def _say(self, status: int, said: Any) -> None:
        content = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(params=[True, False], ids=["grants", "grants nothing"])
def parrot(request: pytest.FixtureRequest) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Parrot)
    server.grants = request.param  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/fhir"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("name", WAYS)
def test_a_server_that_repeats_secrets_is_not_repeated(
    name: str, parrot: str, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, told = push(case, parrot, name, monkeypatch)

    assert code == 4
    assert "status 400" in told
    for secret in (*secrets(WAYS[name]), "eyJ"):
        assert secret not in told


def test_secrets_may_stand_in_files(strict: str, case: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    folder.mkdir()
    (folder / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    monkeypatch.setenv("CASEFHIR_TOKEN_FILE", str(folder / "token"))

    said = call("push", str(case), "--server", strict, "--auth", "bearer")

    assert said.code == 0, said


@pytest.mark.parametrize("way", ["basic", "bearer", "oauth2", "smart"])
def test_what_is_missing_is_named(way: str, case: Path) -> None:
    said = call("push", str(case), "--server", "http://127.0.0.1:1/fhir", "--auth", way)

    assert said.code == 2
    assert f"--auth {way} needs CASEFHIR_" in said.err


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://ann:pass-Xq7@127.0.0.1/fhir", "holds a user or password"),
        ("http://127.0.0.1/fhir?token=pass-Xq7", "has no ?"),
        ("ftp://127.0.0.1/pass-Xq7", "begins with https://"),
        ("pass-Xq7", "begins with https://"),
    ],
)
def test_address_with_a_secret_is_refused_and_not_repeated(address: str, words: str, case: Path) -> None:
    said = call("push", str(case), "--server", address)

    assert said.code == 2
    assert words in said.err
    assert "Xq7" not in said.err + said.out


def test_secrets_do_not_go_where_others_read_along(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEFHIR_TOKEN", TOKEN)

    said = call("push", str(case), "--server", "http://fhir.example.org/r4", "--auth", "bearer", "--yes")

    assert said.code == 2
    assert "https:// addresses only" in said.err


def test_a_key_that_is_none_is_told_without_it(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEFHIR_CLIENT_ID", "me")
    monkeypatch.setenv("CASEFHIR_PRIVATE_KEY", "no-Xq7-key")

    said = call("push", str(case), "--server", "http://127.0.0.1:1/fhir", "--auth", "smart")

    assert said.code == 2
    assert "CASEFHIR_PRIVATE_KEY is no private key" in said.err
    assert "Xq7" not in said.err


def test_case_that_is_not_published_stays_on_this_machine(case: Path) -> None:
    said = call("push", str(case), "--server", "https://fhir.example.org/r4")

    assert said.code == 2
    assert "names no doi, pmid or date of publication" in said.err
    assert "--yes" in said.err
