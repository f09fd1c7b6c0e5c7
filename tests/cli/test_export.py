"""casefhir export: what it writes and where, and that it never leaves half a file."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.cli.console import CASES, START, call

from casefhir.cli.writing import write_whole


def bundle(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def written(folder: Path) -> list[str]:
    """The files below a folder, but for the cases that were there before."""
    return sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix != ".yaml" and path.is_file()
    )


def test_document_is_written_beside_the_case(folder: Path) -> None:
    said = call("export", "fine.yaml")

    assert said == (0, "", "fine.yaml → fine.fhir-r4.json\n")
    assert written(folder) == ["fine.fhir-r4.json"]
    assert bundle(folder / "fine.fhir-r4.json")["resourceType"] == "Bundle"


@pytest.mark.parametrize(
    ("output", "target"),
    [
        ("out.json", "out.json"),
        ("new/deep/out.json", "new/deep/out.json"),
        ("new/", "new/fine.fhir-r4.json"),
        (".", "fine.fhir-r4.json"),
        ("there", "there/fine.fhir-r4.json"),
        ("{folder}/absolute.json", "absolute.json"),
    ],
)
def test_output_names_a_file_or_a_folder(output: str, target: str, folder: Path) -> None:
    (folder / "there").mkdir()

    assert call("export", "fine.yaml", "-o", output.format(folder=folder)).code == 0
    assert written(folder) == [target]


def test_output_to_standard_output_is_the_document_and_nothing_else(folder: Path) -> None:
    said = call("export", "doubtful.yaml", "-o", "-")

    assert said.code == 0
    assert said.err.startswith("doubtful.yaml:5:18: warning[units.unknown] unknown unit")
    assert len(said.err.splitlines()) == 1
    assert call("export", "doubtful.yaml", "-o", "same.json").code == 0
    assert said.out == (folder / "same.json").read_text(encoding="utf-8")


def test_standard_input_goes_to_standard_output(folder: Path) -> None:
    said = call("export", "-", stdin=CASES["fine"].encode())

    assert json.loads(said.out)["resourceType"] == "Bundle"
    assert (said.code, said.err, written(folder)) == (0, "", [])


def test_standard_input_goes_to_a_file_that_is_named(folder: Path) -> None:
    assert call("export", "-", "-o", "out.json", stdin=START.encode()) == (0, "", "<stdin> → out.json\n")
    assert call("export", "-", "-o", "out/", stdin=START.encode()) == (0, "", "<stdin> → out/stdin.fhir-r4.json\n")


def test_several_cases_go_to_a_folder(folder: Path) -> None:
    assert call("export", "fine.yaml", "noted.yaml", "-o", "out").code == 0
    assert written(folder) == ["out/fine.fhir-r4.json", "out/noted.fhir-r4.json"]


def test_several_cases_stay_beside_their_files(folder: Path) -> None:
    assert call("export", "fine.yaml", "noted.yaml").code == 0
    assert written(folder) == ["fine.fhir-r4.json", "noted.fhir-r4.json"]


def test_the_one_case_of_a_folder_goes_to_a_folder_too(folder: Path) -> None:
    (folder / "cases").mkdir()
    (folder / "cases" / "one.yaml").write_text(START)

    assert call("export", "cases", "-o", "out").code == 0
    assert written(folder) == ["out/one.fhir-r4.json"]


def test_cases_without_errors_are_written_when_others_have_errors(folder: Path) -> None:
    said = call("export", ".", "-o", "out")

    assert said.code == 3
    assert written(folder) == [f"out/{name}.fhir-r4.json" for name in ("doubtful", "fine", "noted")]
    assert [line.partition(":")[0] for line in said.err.splitlines()] == [
        *("doubtful.yaml", "doubtful.yaml → out/doubtful.fhir-r4.json", "fine.yaml → out/fine.fhir-r4.json"),
        *("noted.yaml → out/noted.fhir-r4.json", "unreadable.yaml", "wrong.yaml"),
    ]


@pytest.mark.parametrize(("name", "code"), [("wrong", 1), ("unreadable", 3), ("missing", 3)])
@pytest.mark.parametrize("output", [[], ["-o", "out.json"], ["-o", "-"]], ids=["beside", "file", "standard output"])
def test_case_with_errors_writes_nothing_and_leaves_the_old_file(
    name: str, code: int, output: list[str], folder: Path
) -> None:
    for old in (f"{name}.fhir-r4.json", "out.json"):
        (folder / old).write_text("old")

    said = call("export", f"{name}.yaml", *output)

    assert (said.code, said.out) == (code, "")
    assert said.err.startswith(f"{name}.yaml:")
    assert [(folder / old).read_text() for old in written(folder)] == ["old", "old"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fine.yaml", "noted.yaml", "-o", "-"], "fine.yaml and noted.yaml would both go to standard output"),
        (["fine.yaml", "noted.yaml", "-o", "old.json"], "old.json is a file, and not a folder"),
        (["fine.yaml", "-o", "old.json/x.json"], "old.json is a file, and not a folder"),
        (
            ["fine.yaml", "sub/fine.yaml", "-o", "out"],
            "fine.yaml and sub/fine.yaml would both go to out/fine.fhir-r4.json",
        ),
        (["fine.yaml", "fine.yml"], "fine.yaml and fine.yml would both go to fine.fhir-r4.json"),
        (["-", "fine.yaml", "-o", "-"], "- and fine.yaml would both go to standard output"),
        (["fine.yaml", "-o", "./fine.yaml"], "fine.yaml is a case file, and would be written over"),
        (["link.yaml", "-o", "fine.yaml"], "link.yaml is a case file, and would be written over"),
        (["empty"], "no .yaml file in what was named"),
    ],
)
def test_wrong_use_is_told_before_anything_is_written(arguments: list[str], words: str, folder: Path) -> None:
    for name in ("sub", "empty"):
        (folder / name).mkdir()
    for name in ("sub/fine.yaml", "fine.yml", "old.json"):
        (folder / name).write_text(START)
    (folder / "link.yaml").symlink_to("fine.yaml")
    before = written(folder)

    said = call("export", *arguments)

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"casefhir export: {words}")
    assert said.err.count("\n") == 1
    assert written(folder) == before
    assert (folder / "fine.yaml").read_text() == START


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("old.json/deep/x.json", "Not a directory"),
        ("x" * 300, "File name too long"),
        pytest.param(
            "/dev/full", "No space left on device", marks=pytest.mark.skipif(os.name == "nt", reason="no /dev")
        ),
    ],
)
def test_target_that_cannot_be_written_is_named(output: str, words: str, folder: Path) -> None:
    (folder / "old.json").write_text("old")

    said = call("export", "fine.yaml", "-o", output)

    assert (said.code, said.out) == (3, "")
    assert said.err == f"casefhir export: {output} cannot be written: {words}\n"
    assert (folder / "old.json").read_text() == "old"


def test_other_cases_are_written_when_one_cannot_be(folder: Path) -> None:
    (folder / "out" / "fine.fhir-r4.json").mkdir(parents=True)

    said = call("export", "fine.yaml", "noted.yaml", "-o", "out")

    assert said.code == 3
    assert written(folder) == ["out/noted.fhir-r4.json"]


def test_file_is_replaced_whole_or_not_at_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full after half of the document: the old file stands, and nothing else is left."""
    target = folder / "out.json"
    target.write_text("old")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    said = call("export", "fine.yaml", "-o", target)

    assert said.code == 3
    assert "No space left on device" in said.err
    assert written(folder) == ["out.json"]
    assert target.read_text() == "old"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_rights_are_those_of_the_old_file_or_of_any_new_file(folder: Path) -> None:
    old, new, any_file = folder / "old.json", folder / "new.json", folder / "any.json"
    old.write_text("old")
    old.chmod(0o640)
    any_file.write_text("any")

    for target in (old, new):
        assert call("export", "fine.yaml", "-o", target).code == 0

    assert old.stat().st_mode & 0o777 == 0o640
    assert new.stat().st_mode == any_file.stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="needs /dev/null")
def test_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    write_whole(Path("/dev/null"), b"x")

    assert Path("/dev/null").is_char_device()


def test_link_is_followed(folder: Path) -> None:
    (folder / "real.json").write_text("old")
    (folder / "link.json").symlink_to("real.json")

    assert call("export", "fine.yaml", "-o", "link.json").code == 0
    assert (folder / "link.json").is_symlink()
    assert bundle(folder / "real.json")["resourceType"] == "Bundle"


# How the document is wanted


def test_transaction_that_posts_is_what_is_written_by_default(folder: Path) -> None:
    by_default = call("export", "fine.yaml", "-o", "-").out

    assert by_default == call("export", "fine.yaml", "-o", "-", "--bundle", "transaction", "--ids", "post").out
    assert json.loads(by_default)["type"] == "transaction"
    assert {entry["request"]["method"] for entry in json.loads(by_default)["entry"]} == {"POST"}


def test_ids_put_keep_those_of_the_case(folder: Path) -> None:
    made = json.loads(call("export", "fine.yaml", "-o", "-", "--ids", "put").out)

    assert all(entry["request"]["method"] == "PUT" for entry in made["entry"])
    for entry in made["entry"]:
        resource = entry["resource"]
        assert entry["request"]["url"] == f"{resource['resourceType']}/{resource['id']}"


@pytest.mark.parametrize("ids", ["post", "put"])
def test_collection_asks_nothing_of_a_server(ids: str, folder: Path) -> None:
    made = json.loads(call("export", "fine.yaml", "-o", "-", "--bundle", "collection", "--ids", ids).out)

    assert made["type"] == "collection"
    assert not any("request" in entry for entry in made["entry"])


def test_article_that_cannot_be_read_is_told_and_nothing_is_written(folder: Path) -> None:
    said = call("export", "fine.yaml", "--article", "missing.md")

    assert said.code == 3
    assert said.err == "casefhir: missing.md cannot be read: No such file or directory\n"
    assert not (folder / "fine.fhir-r4.json").exists()
