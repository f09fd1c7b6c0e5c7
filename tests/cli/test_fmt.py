"""casefhir fmt: what it shows, what it writes, and how it ends."""

from pathlib import Path

import pytest
from tests.cli.console import CASES, START, call

SLIP = START + "findngs: [{name: rash}]  \n"
RIGHT = START + "findings: [{name: rash}]\n"
DIFF = """\
--- slip.yaml
+++ slip.yaml
@@ -2,4 +2,4 @@
 id: an-id
 article: {title: T}
 patient: {sex: male}
-findngs: [{name: rash}]··
+findings: [{name: rash}]
""".replace("·", " ")


@pytest.fixture
def slip(folder: Path) -> Path:
    path = folder / "slip.yaml"
    path.write_text(SLIP, encoding="utf-8")
    return path


def test_changes_are_shown_and_not_made(slip: Path) -> None:
    assert call("fmt", "slip.yaml") == (0, DIFF, "")
    assert slip.read_text() == SLIP


def test_changes_are_made_once(slip: Path) -> None:
    slip.chmod(0o640)

    assert call("fmt", "--fix", "slip.yaml") == (0, "", "slip.yaml: 1 line changed\n")
    assert slip.read_text() == RIGHT
    assert slip.stat().st_mode & 0o777 == 0o640
    assert call("fmt", "--fix", "slip.yaml") == (0, "", "")


def test_check_names_what_would_change_and_ends_with_1(slip: Path) -> None:
    assert call("fmt", "--check", "slip.yaml", "fine.yaml") == (1, "", "slip.yaml would change\n")
    assert slip.read_text() == SLIP


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("option", [[], ["--fix"], ["--check"]], ids=str)
def test_nothing_is_said_of_what_is_right_or_merely_wrong(option: list[str]) -> None:
    assert call("fmt", *option, "fine.yaml", "noted.yaml", "doubtful.yaml", "wrong.yaml") == (0, "", "")


@pytest.mark.parametrize("option", [[], ["--fix"], ["--check"]], ids=str)
def test_what_cannot_be_read_is_told_and_stays(option: list[str], slip: Path) -> None:
    said = call("fmt", *option, "unreadable.yaml", "missing.yaml", "slip.yaml")

    assert said.code == 3
    assert said.err.startswith("unreadable.yaml:5:7: error[source.unreadable] '[' opens here and is not closed\n")
    assert "\nmissing.yaml:1:1: error[source.unreadable] cannot be read: No such file or directory\n" in said.err
    assert (slip.parent / "unreadable.yaml").read_text() == CASES["unreadable"]
    assert slip.read_text() == (RIGHT if option == ["--fix"] else SLIP)


def test_standard_input_goes_to_standard_output() -> None:
    assert call("fmt", "-", "--fix", stdin=SLIP.encode()) == (0, RIGHT, "")
    assert call("fmt", "-", "--fix", stdin=RIGHT.encode()) == (0, RIGHT, "")
    assert call("fmt", "-", stdin=SLIP.encode()) == (0, DIFF.replace("slip.yaml", "<stdin>"), "")
    assert call("fmt", "-", "--check", stdin=SLIP.encode()) == (1, "", "<stdin> would change\n")


def test_byte_order_mark_and_line_ends_stay(slip: Path) -> None:
    slip.write_bytes(b"\xef\xbb\xbf" + SLIP.replace("\n", "\r\n").encode())

    assert call("fmt", "--fix", "slip.yaml").code == 0
    assert slip.read_bytes() == b"\xef\xbb\xbf" + RIGHT.replace("\n", "\r\n").encode()


def test_file_that_cannot_be_written_stays_whole(slip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)

    assert call("fmt", "--fix", "slip.yaml") == (
        3,
        "",
        "casefhir fmt: slip.yaml cannot be written: No space left on device\n",
    )
    assert slip.read_text() == SLIP
    assert not list(slip.parent.glob(".slip*"))


def test_a_link_stays_a_link(slip: Path) -> None:
    link = slip.parent / "link.yaml"
    link.symlink_to(slip)

    assert call("fmt", "--fix", "link.yaml").code == 0
    assert link.is_symlink()
    assert slip.read_text() == RIGHT


def test_wrong_use(tmp_path: Path) -> None:
    assert call("fmt", tmp_path) == (2, "", "casefhir fmt: no .yaml file in what was named\n")
    assert call("fmt", "--fix", "--check", "x").code == 2
