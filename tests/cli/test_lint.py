"""casefhir lint: which files it reads, what it writes, and the exit codes."""

import json
import subprocess
from pathlib import Path

import pytest
from tests.cli.console import PROGRAM, call, environment

FULL_URL = "urn:uuid:9a9df74f-5773-5e08-9201-dc30420a9574"


def bundle(**members: object) -> str:
    resource = {"resourceType": "Patient", **members}
    entry = {"fullUrl": FULL_URL, "resource": resource, "request": {"method": "POST", "url": "Patient"}}
    return json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": [entry]})


@pytest.fixture
def bundles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "fine.json").write_text(bundle())
    (tmp_path / "doubtful.json").write_text(bundle(id="p1"))
    (tmp_path / "wrong.json").write_text(bundle(gender="M"))
    (tmp_path / "bulk").mkdir()
    (tmp_path / "bulk" / "Patient.ndjson").write_text('{"resourceType": "Patient", "id": "p1"}\n')
    (tmp_path / "bulk" / "notes.txt").write_text("mine")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code", "last"),
    [
        (["fine.json"], 0, "1 file checked: 1 note"),
        (["doubtful.json"], 0, "1 file checked: 1 warning, 1 note"),
        (["doubtful.json", "--strict"], 1, "1 file checked: 1 warning, 1 note"),
        (["wrong.json"], 1, "1 file checked: 1 error, 1 note"),
        (["fine.json", "wrong.json", "fine.json"], 1, "2 files checked: 1 error, 2 notes"),
        (["bulk"], 0, "1 file checked: nothing to report"),
        (["."], 1, "4 files checked: 1 error, 1 warning, 3 notes"),
        (["missing.json", "fine.json"], 3, "2 files checked: 1 error, 1 note"),
        (["fine.json", "--target", "openmrs"], 1, "1 file checked: 1 error, 1 note"),
    ],
)
def test_exit_code_and_sum(arguments: list[str], code: int, last: str, bundles: Path) -> None:
    said = call("lint", *arguments)

    assert (said.code, said.err, said.out.splitlines()[-1]) == (code, "", last)


def test_message_has_line_column_rule_and_place(bundles: Path) -> None:
    said = call("lint", "-", stdin=bundle(gender="Male").encode())

    column = bundle(gender="Male").index('"Male"') + 1
    words = "entry[0].resource.gender: \"Male\" is none of male, female, other, unknown; did you mean 'male'?"
    assert f"<stdin>:1:{column}: error[resource.content] {words}\n" in said.out


def test_report_for_programs_has_the_path(bundles: Path) -> None:
    (file,) = json.loads(call("lint", "wrong.json", "--format", "json").out)["files"]

    assert [issue["path"] for issue in file["issues"]] == [["entry"], ["entry", 0, "resource", "gender"]]


def test_nothing_to_look_at_is_wrong_use(bundles: Path) -> None:
    (bundles / "empty").mkdir()

    assert call("lint", "empty") == (2, "", "casefhir lint: no .json or .ndjson file in what was named\n")


def test_closed_standard_input_is_told(bundles: Path) -> None:
    command = " ".join([*PROGRAM, "lint - <&-"])
    done = subprocess.run(["sh", "-c", command], env=environment(), capture_output=True, text=True, timeout=60)

    told = "<stdin>:1:1: error[source.unreadable] cannot be read: standard input is closed\n1 file checked: 1 error\n"
    assert (done.returncode, done.stdout, done.stderr) == (3, told, "")
