"""casefhir push as a user meets it, before any server is asked, and after."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.console import CASES, START, call, program
from tests.conformance.servers import sekmet_server

NOWHERE = ("--server", "http://127.0.0.1:9/fhir", "--tries", "1", "--wait", "0.01")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with sekmet_server() as base:
        yield base


def test_a_case_with_errors_is_reported_and_the_others_are_sent(server: str, tmp_path: Path) -> None:
    (tmp_path / "fine.yaml").write_text(START.replace("an-id", "fine"), encoding="utf-8")
    (tmp_path / "wrong.yaml").write_text(CASES["wrong"], encoding="utf-8")

    said = call("push", str(tmp_path), "--server", server)

    assert said.code == 1
    assert said.out == f"{tmp_path}/fine.yaml → {server}: 4 new\n"
    assert f"{tmp_path}/wrong.yaml:5:9: error[references.undefined-event]" in said.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("empty",), 2, "no .yaml file in what was named"),
        (("missing.yaml",), 3, "missing.yaml:1:1: error[source.unreadable]"),
        (("a.yaml", "b.yaml"), 2, "a.yaml and b.yaml are the same case, an-id"),
        (("a.yaml", "c.yaml", "--receipt", "one.json"), 2, "one.json is no folder, and there are several cases"),
        (("a.yaml", "--receipt", "a.yaml"), 2, "a.yaml is no receipt"),
        (("a.yaml", "--tries", "0"), 2, "'0' is no number from 1"),
        (("a.yaml", "--wait", "0"), 2, "'0' is no number of seconds above 0"),
        (("a.yaml", "--wait", "nan"), 2, "'nan' is no number of seconds above 0"),
        (("a.yaml", "--server", "http://127.0.0.1:99999/fhir"), 2, "the port 99999; there are 1 to 65535"),
        (("a.yaml",), 4, "it cannot be reached"),
    ],
)
def test_wrong_use_is_told(
    arguments: tuple[str, ...], code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    for name, id in (("a", "an-id"), ("b", "an-id"), ("c", "another")):
        (tmp_path / f"{name}.yaml").write_text(START.replace("an-id", id), encoding="utf-8")
    where = ("--server", server) if "no receipt" in words else NOWHERE

    said = call("push", *where, *arguments)

    assert said.code == code
    assert words in said.err
    assert "Traceback" not in said.err


def test_a_receipt_of_another_case_is_not_written_over(server: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(START.replace("an-id", name), encoding="utf-8")
    receipt = tmp_path / "receipt.json"
    assert call("push", str(tmp_path / "one.yaml"), "--server", server, "--receipt", str(receipt)).code == 0
    before = receipt.read_bytes()

    said = call("push", str(tmp_path / "two.yaml"), "--server", server, "--receipt", str(receipt))

    assert said.code == 2
    assert f"{receipt} is the receipt of the case one on {server}" in said.err
    assert receipt.read_bytes() == before


def test_a_dry_run_changes_nothing_and_keeps_no_receipt(server: str, tmp_path: Path) -> None:
    (tmp_path / "dry.yaml").write_text(START.replace("an-id", "dry"), encoding="utf-8")

    said = call("push", str(tmp_path / "dry.yaml"), "--server", server, "--dry-run")

    assert said.code == 0
    assert said.out.startswith(f"{tmp_path}/dry.yaml: 4 new\n  new: 1 Patient, 1 DocumentReference")
    assert [path.name for path in tmp_path.iterdir()] == ["dry.yaml"]
    assert call("push", str(tmp_path / "dry.yaml"), "--server", server, "--dry-run").out == said.out


def test_standard_input_keeps_its_receipt_where_it_is_told(server: str, tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.json"

    said = program("push", "-", "--server", server, "--receipt", str(receipt), stdin=START.replace("an-id", "piped"))

    assert (said.code, said.err) == (0, "")
    assert said.out == f"<stdin> → {server}: 4 new\n"
    kept = json.loads(receipt.read_bytes())
    assert (kept["case"], kept["state"]) == ("piped", "complete")
    assert {line["key"] for line in kept["resources"]} >= {"patient", "article/document", "article"}


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(START, encoding="utf-8")
    (tmp_path / "httpx.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'httpx'\", name='httpx')\n", "utf-8"
    )

    said = program("push", str(tmp_path / "a.yaml"), *NOWHERE, PYTHONPATH=f"{tmp_path}:{Path(__file__).parents[2]}/src")

    assert said.code == 2
    assert said.err == "casefhir push: httpx is missing: pip install 'casefhir[push]'\n"


def test_no_other_command_pays_for_it(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(START, encoding="utf-8")
    (tmp_path / "httpx.py").write_text("raise RuntimeError('imported')\n", "utf-8")

    said = program("check", str(tmp_path / "a.yaml"), PYTHONPATH=f"{tmp_path}:{Path(__file__).parents[2]}/src")

    assert said.code == 0
