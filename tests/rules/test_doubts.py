"""A warning is quiet once its fact is doubted; --strict lets the others fail."""

from pathlib import Path

import pytest
from tests.rules.written import HEAD, PATIENT, alarms

from casefhir.cli import main

LABS = """events: {admission: {date: 2020}, review: {date: 2021}}
labs:
  - {at: admission, values: {ferritin: 310 U/L}}
"""
TABLE = """tables:
  - name: cytokines
    unit: not printed
    rows: |
      date        IL-6   ferritin[U/L]
      2020-06-28  412.5  310
"""


@pytest.mark.parametrize(
    ("about", "is_quiet"),
    [
        ("{about: labs/ferritin/admission, says: odd}", True),
        ("{about: labs/ferritin, says: odd}", True),
        ("{about: ferritin, says: odd}", True),
        ("{about: labs/admission, says: odd}", True),
        ("{about: labs/ferritin, says: odd, rule: units.impossible}", True),
        ("{about: labs/ferritin, says: odd, rule: units.impossible-value}", False),
        ("{about: article, says: odd}", False),
        ("{about: events/admission, says: odd}", False),
    ],
)
def test_a_doubt_acknowledges_a_warning(about: str, is_quiet: bool) -> None:
    assert set(alarms(LABS, f"doubts:\n  - {about}")) == (set() if is_quiet else {"units.impossible"})


@pytest.mark.parametrize(
    ("about", "left"),
    [
        ("tables/cytokines", set()),
        ("tables/ferritin", {"units.not-printed"}),
        ("tables/ferritin/2020-06-28", {"units.not-printed"}),
        ("tables/IL-6", {"units.impossible", "units.not-printed"}),
    ],
)
def test_a_doubt_about_a_table_is_one_about_its_cells(about: str, left: set[str]) -> None:
    assert set(alarms(TABLE, f"doubts:\n  - {{about: {about}, says: odd}}")) == left


@pytest.mark.parametrize(("rule", "is_quiet"), [("", False), (", rule: quotes.other-number", True)])
def test_what_differs_from_its_quote_is_acknowledged_by_name_alone(rule: str, is_quiet: bool) -> None:
    labs = 'labs:\n  - {at: 2020, values: {CRP: {value: 146 mg/L, quote: "a CRP of 14.6 mg/L"}}}\n'

    assert set(alarms(labs, f"doubts: [{{about: labs/CRP, says: odd{rule}}}]")) == (
        set() if is_quiet else {"quotes.other-number"}
    )


def test_a_doubt_does_not_acknowledge_an_error() -> None:
    told = alarms("labs:\n  - {at: 2020, values: {CRP: 96}}\ndoubts:\n  - {about: labs/CRP, says: odd}")

    assert set(told) == {"units.missing"}


def test_a_doubt_about_one_fact_leaves_the_warning_of_another() -> None:
    told = alarms(
        LABS + "  - {at: review, values: {ferritin: 210 U/L}}",
        "doubts:\n  - {about: labs/ferritin/admission, says: odd}",
    )

    assert "units.impossible" in told


@pytest.mark.parametrize(
    ("body", "strict", "code"),
    [
        ("findings: [{name: fever}]", False, 0),
        ("findings: [{name: fever}]", True, 0),
        ("treatments: [{drug: herbal bath}]", True, 0),  # a note
        (LABS, False, 0),
        (LABS, True, 1),
        (LABS + "doubts:\n  - {about: labs/ferritin, says: odd}", True, 0),
        ("findings: [{name: fever, at: admission}]", False, 1),
        ("findings: [{name: fever", False, 3),
        ("findings: [{name: fever", True, 3),
    ],
)
def test_strict(body: str, strict: bool, code: int, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(f"{HEAD}{PATIENT}{body}\n", encoding="utf-8")

    assert main(["check", str(case), *(["--strict"] if strict else [])]) == code
