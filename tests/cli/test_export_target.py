"""casefhir export --target and --bundle ndjson: files, folders, and what is said."""

import json
from pathlib import Path

import pytest
from tests.cli.console import call

from casefhir.cli.writing import write_folder

CASE = Path(__file__).parents[2] / "cases" / "bruton-xla-btk.yaml"
LARGE = Path(__file__).parents[2] / "cases" / "sjia-tocilizumab-tofacitinib.yaml"


def written(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def last(text: str) -> str:
    return text.splitlines()[-1]


def test_one_bundle_is_one_file(tmp_path: Path) -> None:
    said = call("export", CASE, "--target", "firely", "-o", tmp_path / "out")

    assert (said.code, last(said.err)) == (0, f"{CASE} → {tmp_path}/out/bruton-xla-btk.fhir-r4.json")
    assert written(tmp_path) == ["out/bruton-xla-btk.fhir-r4.json"]


@pytest.mark.parametrize("output", ["out", "out/", "out/sjia-tocilizumab-tofacitinib.fhir-r4.json"])
def test_several_bundles_are_a_folder_and_it_is_told_why(output: str, tmp_path: Path) -> None:
    said = call("export", LARGE, "--target", "healthlake", "-o", f"{tmp_path}/{output}")

    folder = "out/sjia-tocilizumab-tofacitinib.fhir-r4"
    assert said.code == 0
    assert f"{LARGE}:1:1: information[target.split] " in said.err
    assert " entries are more than the 160 that AWS HealthLake takes in one bundle: written as 3 bundles" in said.err
    assert last(said.err) == f"{LARGE} → {tmp_path}/{folder}, 3 files"
    assert written(tmp_path) == [f"{folder}/{number}-of-3.json" for number in (1, 2, 3)]


def test_bulk_files_are_a_folder_and_the_same_again(tmp_path: Path) -> None:
    for _ in range(2):
        assert call("export", CASE, "--bundle", "ndjson", "-o", tmp_path).code == 0

    assert "bruton-xla-btk.fhir-r4/Patient.ndjson" in written(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["bruton-xla-btk.fhir-r4"]


def test_old_parts_do_not_stay_beside_new_ones(tmp_path: Path) -> None:
    call("export", LARGE, "--target", "firely", "-o", tmp_path)
    call("export", LARGE, "--bundle", "ndjson", "-o", tmp_path)

    assert {Path(name).suffix for name in written(tmp_path)} == {".ndjson"}


def test_folder_with_other_files_stays_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "bruton-xla-btk.fhir-r4"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")

    said = call("export", CASE, "--bundle", "ndjson", "-o", tmp_path)

    assert said.code == 3
    assert (
        last(said.err) == f"casefhir export: {folder} cannot be written: there is something else, which would be lost"
    )
    assert written(tmp_path) == ["bruton-xla-btk.fhir-r4/notes.txt"]


def test_folder_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full at the second file: the old folder stands, and nothing else is left."""
    folder = tmp_path / "bulk"
    write_folder(folder, {"Patient.ndjson": b"old"})
    original = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "Observation.ndjson":
            raise OSError(28, "No space left on device")
        return original(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write_folder(folder, {"Patient.ndjson": b"new", "Observation.ndjson": b"new"})

    assert written(tmp_path) == ["bulk/Patient.ndjson"]
    assert (folder / "Patient.ndjson").read_bytes() == b"old"


def test_old_folder_comes_back_if_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bulk"
    write_folder(folder, {"Patient.ndjson": b"old"})
    original = Path.rename

    def refused(path: Path, place: Path) -> Path:
        if path.name == "new":
            raise OSError(13, "Permission denied")
        return original(path, place)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(OSError, match="Permission denied"):
        write_folder(folder, {"Patient.ndjson": b"new"})

    assert (folder / "Patient.ndjson").read_bytes() == b"old"
    assert written(tmp_path) == ["bulk/Patient.ndjson"]


def test_one_bundle_goes_to_standard_output_and_several_do_not() -> None:
    said = call("export", CASE, "--target", "hapi", "-o", "-")
    assert json.loads(said.out)["resourceType"] == "Bundle"

    said = call("export", LARGE, "--target", "firely", "-o", "-")
    assert (said.code, said.out) == (2, "")
    assert last(said.err) == f"casefhir export: {LARGE} becomes 3 files; name a folder for them with -o"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--target", "medplum", "--ids", "put"], "Medplum gives ids itself; leave out --ids put"),
        (["--target", "openmrs", "--ids", "put"], "OpenMRS gives ids itself; leave out --ids put"),
        (
            ["--target", "hapi", "--bundle", "collection"],
            "no server loads a collection; leave out --bundle or --target",
        ),
        (
            ["--bundle", "ndjson", "--ids", "post"],
            "bulk files keep the case's own ids, by which they refer to each other; leave out --ids post",
        ),
    ],
)
def test_options_that_do_not_go_together_are_told(options: list[str], words: str, tmp_path: Path) -> None:
    said = call("export", CASE, *options, "-o", tmp_path)

    assert (said.code, said.err) == (2, f"casefhir export: {words}\n")
    assert written(tmp_path) == []


def test_unknown_server_is_refused_with_those_that_are_known() -> None:
    said = call("export", CASE, "--target", "nowhere")

    assert said.code == 2
    assert "'generic', 'hapi'" in said.err
