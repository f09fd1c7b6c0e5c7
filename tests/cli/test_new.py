"""casefhir new: what it writes, and that it never writes over a file."""

from pathlib import Path

import pytest
from tests.cli.console import call

from casefhir.starter import full_starter, starter


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The empty folder in which commands are called."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "file", "id"),
    [
        ([], "case.yaml", ""),
        (["my-case"], "my-case.yaml", "my-case"),
        (["-o", "first.yaml"], "first.yaml", ""),
        (["my-case", "-o", "new/deep/first.yaml"], "new/deep/first.yaml", "my-case"),
    ],
)
def test_file_is_named_or_has_the_name_of_the_case(arguments: list[str], file: str, id: str) -> None:
    said = call("new", *arguments)

    assert said == (0, "", f"{file}: fill it in, then: casefhir check {file}\n")
    assert Path(file).read_text(encoding="utf-8") == starter(id)


def test_it_is_printed_where_that_is_asked_for(empty: Path) -> None:
    assert call("new", "my-case", "-o", "-") == (0, starter("my-case"), "")
    assert list(empty.iterdir()) == []


def test_every_section_is_there_if_that_is_asked_for() -> None:
    assert call("new", "my-case", "--full", "-o", "-") == (0, full_starter("my-case"), "")


@pytest.mark.parametrize("arguments", [["old"], ["-o", "old.yaml"], ["-o", "."], ["-o", "link.yaml"]])
def test_nothing_is_written_over(arguments: list[str], empty: Path) -> None:
    (empty / "old.yaml").write_text("old")
    (empty / "link.yaml").symlink_to("nowhere")

    said = call("new", *arguments)

    assert (said.code, said.out) == (2, "")
    assert said.err.endswith(" is there already and stays as it is; name another file with -o\n")
    assert (empty / "old.yaml").read_text() == "old"
    assert not (empty / "nowhere").exists()


def test_file_in_place_of_a_folder_is_wrong_use(empty: Path) -> None:
    (empty / "file").touch()

    assert call("new", "-o", "file/case.yaml") == (2, "", "casefhir new: file is a file, and not a folder\n")


def test_file_that_cannot_be_written_is_named() -> None:
    said = call("new", "-o", "x" * 300)

    assert (said.code, said.out) == (3, "")
    assert said.err.endswith(" cannot be written: File name too long\n")


@pytest.mark.parametrize(
    ("id", "offer"),
    [("My Case", "; write my-case"), ("", ""), ("ü", ""), ("a/b", "; write a-b"), ("x" * 70, f"; write {'x' * 64}")],
)
def test_id_that_cannot_be_is_wrong_use(id: str, offer: str, empty: Path) -> None:
    said = call("new", id)

    assert said.code == 2
    assert said.err.endswith(f" cannot be the id of a case: small letters, digits and hyphens only{offer}\n")
    assert list(empty.iterdir()) == []
