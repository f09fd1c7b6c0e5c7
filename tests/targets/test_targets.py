"""The files of the targets: complete, typed, and each line with its source."""

from pathlib import Path

import pytest

from casefhir.fhir.bundle import ORDER
from casefhir.targets import NAMES, target
from casefhir.targets.table import RULES, read

FOLDER = Path(__file__).parents[2] / "src" / "casefhir" / "targets"
DEMANDED = ["title", "base", "login", "transaction", "batch", "ids", "order"]
HEADER = "rule\tvalue\trun\tsource\twords\n"


def test_every_file_is_a_target_and_every_target_a_file() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.tsv")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_target_says_each_rule_once_in_the_order_of_the_table_with_its_source(name: str) -> None:
    found = target(name)
    rows = [row.split("\t")[0] for row in (FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()[2:]]

    assert list(found.lines) == [rule for rule in RULES if rule in found.lines] == rows
    assert [rule for rule in DEMANDED if rule not in found.lines] == []
    assert all(line.source.startswith("https://") for line in found.lines.values())
    assert found.base.startswith(("https://", "http://localhost"))
    assert not found.base.endswith("/")


@pytest.mark.parametrize("name", NAMES)
def test_what_a_target_cannot_create_is_told_type_by_type(name: str) -> None:
    lacking = {type for type in ORDER if not target(name).holds(type)}

    assert bool(lacking) == (name == "openmrs")
    assert ("MedicationStatement" in lacking) == (name == "openmrs")


def test_limits_are_numbers() -> None:
    assert (target("firely").entries, target("firely").bytes) == (150, 5 * 2**20)
    assert (target("medplum").updates, target("medplum").conditional_entries) == (50, 8)
    assert target("hapi").entries is None


def test_unknown_target_is_refused() -> None:
    with pytest.raises(KeyError):
        target("nowhere")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rule\tvalue\n", "the header"),
        (HEADER + "entries\t5\trun\thttps://x\n", "not a line"),
        (HEADER + "colour\tred\trun\thttps://x\t\n", "not a line"),
        (HEADER + "entries\t5\tperhaps\thttps://x\t\n", "not a line"),
        (HEADER + "entries\tfive\trun\thttps://x\t\n", "five"),
        (HEADER + "ids\tnone\trun\thttps://x\t\n", "'none' is none of any, letter, server"),
        (HEADER + "transaction\tmaybe\trun\thttps://x\t\n", "'maybe' is none of yes, no"),
    ],
)
def test_file_that_says_something_else_is_refused(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read("a", text)
