"""casefhir migrate: what it says of a file, and how it ends."""

from pathlib import Path

import pytest
from tests.cli.console import CASES, START, call


@pytest.mark.parametrize("option", [[], ["--fix"]], ids=str)
def test_newest_version_stays_as_it_is(option: list[str], folder: Path) -> None:
    told = "fine.yaml is of version 1, the newest\nwrong.yaml is of version 1, the newest\n"

    assert call("migrate", *option, "fine.yaml", "wrong.yaml") == (0, "", told)
    assert (folder / "wrong.yaml").read_text() == CASES["wrong"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("first", "told"),
    [
        (
            "casefhir: 2",
            "<stdin>:1:1: error[shape.value] version 2 of the format is newer than this casefhir, "
            "which knows version 1 at most",
        ),
        ("casefhir: x", "<stdin>:1:1: error[shape.value] 'x' is not known here; write 1"),
        ("casefhir: true", "<stdin>:1:1: error[shape.value] true is not known here; write 1"),
        ("casefhri: 1", "<stdin>:1:1: error[shape.missing-key] the key 'casefhir' is missing; write casefhir: 1"),
    ],
)  # fmt: skip
def test_version_that_is_unknown_is_told(first: str, told: str) -> None:
    said = call("migrate", "-", stdin=START.replace("casefhir: 1", first).encode())

    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(told)


@pytest.mark.usefixtures("folder")
def test_what_cannot_be_read_is_told() -> None:
    said = call("migrate", "unreadable.yaml", "missing.yaml", "fine.yaml")

    assert said.code == 3
    assert [line.partition(":")[0] for line in said.err.splitlines()] == [
        *("unreadable.yaml", "missing.yaml", "fine.yaml is of version 1, the newest"),
    ]


def test_standard_input_goes_to_standard_output() -> None:
    assert call("migrate", "-", "--fix", stdin=START.encode()).out == START


def test_folder_without_cases_is_wrong_use(tmp_path: Path) -> None:
    assert call("migrate", tmp_path) == (2, "", "casefhir migrate: no .yaml file in what was named\n")
