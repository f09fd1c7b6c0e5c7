"""casefhir care: what it prints, and how it ends."""

import json
from pathlib import Path

import pytest
from tests.cli.console import CASES, START, call

from casefhir.packs import OURS

PACK = """pack: 1
id: ours
title: Ours
topics:
- title: Values
  points:
  - {id: labs, asks: some value, reported: labs, required: true}
  - {id: doubt, asks: a doubt, unseen: nobody knows, see: [patient.sex]}
"""
LABS = START + "labs: [{at: 2020, values: {CRP: 96 mg/L}}, {at: 2021, values: {CRP: 5 mg/L}}]\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "ours.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "labs.yaml").write_text(LABS, encoding="utf-8")
    (tmp_path / "none.yaml").write_text(START, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("here")
def test_points_are_printed_with_their_places() -> None:
    assert call("care", "labs.yaml", "--pack", "ours.yaml") == (
        0,
        """labs.yaml: Ours

Values
  labs   reported        some value
                         labs.yaml:5:8 labs/2020
                         labs.yaml:5:44 labs/2021
  doubt  not judged      a doubt
                         nobody knows
                         labs.yaml:4:11 patient.sex

2 points: 1 reported, 1 not judged
""",
        "",
    )


@pytest.mark.usefixtures("here")
def test_what_is_required_and_not_told_fails() -> None:
    said = call("care", "none.yaml", "--pack", "ours.yaml")

    assert said.code == 1
    assert "  labs   not reported    some value (required)\n" in said.out


@pytest.mark.parametrize("name", OURS)
def test_packs_of_ours_go_by_their_names(name: str) -> None:
    said = call("care", "-", "--pack", name, "--format", "json", stdin=LABS.encode())

    (file,) = json.loads(said.out)["files"]
    assert (file["file"], file["pack"]) == ("<stdin>", name)
    assert sum(file["counts"].values()) == sum(len(topic["points"]) for topic in file["topics"])


@pytest.mark.usefixtures("here")
def test_json_has_every_place() -> None:
    (file,) = json.loads(call("care", "labs.yaml", "--pack", "ours.yaml", "--format", "json").out)["files"]

    first, second = file["topics"][0]["points"]
    assert first == {
        "id": "labs",
        "asks": "some value",
        "status": "reported",
        "required": True,
        "why": None,
        "places": [
            {"file": "labs.yaml", "line": 5, "column": 8, "key": "labs/2020", "path": ["labs", 0]},
            {"file": "labs.yaml", "line": 5, "column": 44, "key": "labs/2021", "path": ["labs", 1]},
        ],
        "lacking": [],
    }
    assert (second["status"], second["why"]) == ("not judged", "nobody knows")


def test_places_beyond_the_third_are_counted_or_all_named() -> None:
    labs = ", ".join(f"{{at: {year}, values: {{CRP: 96 mg/L}}}}" for year in range(2000, 2005))
    many = f"{START}labs: [{labs}]\n".encode()

    few, all_ = (call("care", "-", *more, stdin=many).out for more in ([], ["--all"]))

    assert few.count(" labs/") == 3
    assert "\n                      and 2 more\n" in few
    assert all_.count(" labs/") == 5


@pytest.mark.usefixtures("here")
def test_several_files_are_told_one_after_the_other() -> None:
    said = call("care", "labs.yaml", "none.yaml", "--pack", "ours.yaml")

    assert said.code == 1
    assert said.out.count(": Ours\n") == 2


def test_case_with_errors_is_not_judged() -> None:
    said = call("care", "-", stdin=CASES["wrong"].encode())

    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("<stdin>:5:9: error[references.undefined-event] ")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("cares", "casefhir care: no pack 'cares'; did you mean care?\n"),
        ("zzzzzz", "casefhir care: no pack 'zzzzzz'; there is care, consent, registry, or name a file\n"),
    ],
)
def test_pack_that_is_not_there_is_wrong_use(name: str, told: str) -> None:
    assert call("care", "-", "--pack", name, stdin=START.encode()) == (2, "", told)


def test_pack_that_cannot_be_read_is_told() -> None:
    said = call("care", "-", "--pack", "missing.yaml", stdin=START.encode())

    assert said.code == 3
    assert said.err == "missing.yaml:1:1: error[source.unreadable] cannot be read: No such file or directory\n"


def test_pack_with_errors_is_told_and_no_case_is_judged(here: Path) -> None:
    (here / "wrong.yaml").write_text(PACK.replace("reported: labs", "reported: lab"), encoding="utf-8")

    assert call("care", "labs.yaml", "--pack", "wrong.yaml") == (
        2,
        "",
        "wrong.yaml:7:34: error[shape.unknown-key] unknown key 'lab'; did you mean 'labs'?\n",
    )


@pytest.mark.usefixtures("here")
def test_pack_may_come_from_standard_input() -> None:
    said = call("care", "labs.yaml", "--pack", "-", stdin=PACK.encode())

    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("labs.yaml: Ours\n")
    assert call("care", "-", "--pack", "-", stdin=PACK.encode()) == (
        2,
        "",
        "casefhir care: standard input is one file; name the pack, or the case\n",
    )


def test_folder_without_cases_is_wrong_use(tmp_path: Path) -> None:
    assert call("care", tmp_path) == (2, "", "casefhir care: no .yaml file in what was named\n")


def test_pack_cannot_steer_the_terminal(here: Path) -> None:
    (here / "evil.yaml").write_text(PACK.replace("some value", '"a \\e[2J b"'), encoding="utf-8")

    said = call("care", "labs.yaml", "--pack", "evil.yaml")

    assert "\x1b" not in said.out + said.err


def test_schema_of_a_pack_is_printed() -> None:
    assert json.loads(call("schema", "pack").out)["properties"]["pack"] == {
        "description": "The version of the language of packs.",
        "const": 1,
    }
