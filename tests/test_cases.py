"""Every case of `cases/`: it has no errors, and becomes exactly the document that stands beside it."""

from collections import Counter
from pathlib import Path

import pytest

import casefhir
from casefhir.export import EXPORTERS, indented

FOLDER = Path(__file__).parents[1] / "cases"
CASES = sorted(FOLDER.glob("*.yaml"))

cases = pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)


def golden(case: Path, to: str) -> Path:
    return case.with_name(f"{case.stem}.{to}.json")


def test_there_are_cases() -> None:
    assert CASES


@cases
def test_case_has_no_errors_and_no_warnings(case: Path) -> None:
    """A warning about a published case is acknowledged in its `doubts:`."""
    issues = casefhir.load(case).issues

    assert [issue for issue in issues if issue.severity != "information"] == []


@cases
def test_case_is_named_as_its_file(case: Path) -> None:
    loaded = casefhir.load(case)

    assert loaded.case
    assert loaded.case.id == case.stem


@cases
def test_case_tells_editors_its_schema(case: Path) -> None:
    first = case.read_text(encoding="utf-8").partition("\n")[0]

    assert first == "# yaml-language-server: $schema=../schema/case.schema.json"


@cases
@pytest.mark.parametrize("to", EXPORTERS)
def test_document(case: Path, to: str, update_golden: bool) -> None:
    """If it differs: `make golden`, and read the diff as carefully as code."""
    made = indented(casefhir.convert(case, to=to).json())
    if update_golden:
        golden(case, to).write_bytes(made)

    assert made == golden(case, to).read_bytes()


def test_every_document_has_its_case() -> None:
    expected = {golden(case, to).name for case in CASES for to in EXPORTERS}

    assert {path.name for path in FOLDER.glob("*.json")} == expected


def test_ids_of_cases_are_unique() -> None:
    ids = Counter(loaded.case.id for case in CASES if (loaded := casefhir.load(case)).case)

    assert not [id for id, count in ids.items() if count > 1]
