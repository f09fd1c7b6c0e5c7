"""A FHIR server in one command: it holds the cases, says where, and leaves nothing behind."""

import json
import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.cli.console import PROGRAM, START, call, environment

pytestmark = [pytest.mark.long, pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")]


@contextmanager
def running(folder: Path, *arguments: str, end: signal.Signals = signal.SIGINT) -> Iterator[list[str]]:
    """What a sandbox says until it waits; it is ended after the block, and its own temporary folder is then empty."""
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    command = [*PROGRAM, "sandbox", *arguments]
    variables = environment(TMPDIR=str(temporary), PYTHONUNBUFFERED="1")
    with subprocess.Popen(command, cwd=folder, env=variables, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines: list[str] = []
        try:
            while not (lines and lines[-1].startswith("Ctrl-C")):
                line = process.stdout.readline()
                assert line, lines
                lines.append(line.rstrip())
            yield lines
            process.send_signal(end)
            assert process.wait(20) == 0
        finally:
            process.kill()
    assert list(temporary.iterdir()) == []


def got(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as response:
        content: bytes = response.read()
        return content


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_every_address_that_is_printed_shows_the_case(tmp_path: Path, end: signal.Signals) -> None:
    (tmp_path / "a.yaml").write_text(START + "labs: [{values: {CRP: 96 mg/L}}]\n", encoding="utf-8")

    with running(tmp_path, "a.yaml", end=end) as said:
        addresses = [word for line in said for word in line.split() if word.startswith("http") and "$" not in word]
        assert said[0].startswith("a.yaml → http://127.0.0.1:")
        assert any(b"an-id" in got(address) for address in addresses if "/Patient/" in address)
        assert any(b"Observation/" in got(address) for address in addresses if "type=Observation" in address)
        everything = next(line.split()[-1] for line in said if line.endswith("$everything"))
        kinds = {entry["resource"]["resourceType"] for entry in json.loads(got(everything))["entry"]}
        assert {"Patient", "Observation"} <= kinds

    with pytest.raises(OSError, match=r"refused|reset"):
        got(everything)


def test_what_is_kept_is_there_the_next_time(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(START, encoding="utf-8")
    with running(tmp_path, "a.yaml", "--keep", "data"):
        pass

    with running(tmp_path, "--keep", "data") as said:
        base = next(line.split()[-1] for line in said if line.startswith("FHIR:"))
        found = json.loads(got(f"{base}/Patient"))

    assert [entry["resource"]["resourceType"] for entry in found["entry"]] == ["Patient"]


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casefhir.sandbox.find_spec", lambda _: None)

    said = call("sandbox")

    assert (said.code, said.err) == (4, "casefhir sandbox: sekmet-fhir is missing: pip install 'casefhir[sandbox]'\n")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--port", "99999"), 2, "'99999' is no port; write one from 1 to 65535"),
        (("nope.yaml",), 3, "nope.yaml: No such file or directory"),
        (("folder",), 2, "no .yaml file in what was named"),
    ],
)
def test_what_is_wrong_is_told_before_a_server_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()

    said = call("sandbox", *arguments)

    assert said.code == code
    assert told in said.err
    assert said.out == ""
