"""casefhir timeline: when everything was, for people and for programs."""

import json
from pathlib import Path

import pytest
from tests.cli.console import CASES, call

CASE = """casefhir: 1
id: an-id
article: {title: T, published: 2021}
patient: {sex: male, age: 4 years, at: admission}
events:
  admission: {date: 2020-06, encounter: inpatient}
  onset: {date: before admission}
  review: {date: admission + 6 weeks}
  stay: {date: admission, to: admission + 10 days}
findings:
  - {name: fever, from: onset, to: admission + 2 days}
  - {names: [rash, itch, cough, sneezing], at: review}
  - {name: cough, from: onset, to: unknown}
"""
UNDATED = """casefhir: 1
id: an-id
article: {title: T}
patient: {sex: male}
events:
  surgery: {}
  control: {date: by surgery + 5 days}
  discharge: {date: surgery + 2 weeks}
  visit: {date: after discharge}
  scan: {date: surgery}
"""


def table(text: str, *options: str) -> str:
    said = call("timeline", "-", *options, stdin=text.encode())
    assert (said.code, said.err) == (0, "")
    return said.out


TABLE = """born between 2015-06-02 and 2016-06-30
when                               age        what                  as written                        line
..2020-06-30                       up to 4 y  onset                 before admission                  7
2020-06                            4 y        admission             2020-06                           6
2020-06 to 2020-06-11..2020-07-10  4 y        stay                  admission to admission + 10 days  9
2020-06-03..2020-07-02             4 y        findings: fever ends  admission + 2 days                11
2020-07-07..2020-08-17             4-5 y      review                admission + 6 weeks               8
"""


def test_events_and_what_has_a_moment_of_its_own_stand_in_the_order_of_time() -> None:
    assert table(CASE) == TABLE


def test_facts_at_an_event_are_shown_if_asked_for() -> None:
    shown = table(CASE, "--facts")

    assert "findings: rash, itch, cough and 1 more" in shown
    assert "patient" in shown
    assert len(shown.splitlines()) == 11


def test_without_dates_moments_are_counted_from_events() -> None:
    assert [line[:32].strip() for line in table(UNDATED).splitlines()] == [
        "when",
        "",
        "5 days after surgery or earlier",
        "surgery",
        "8 to 20 days after surgery",
        "8 days after surgery or later",
    ]


HOURS = """casefhir: 1
id: an-id
article: {title: T}
patient: {sex: male, age: 46 years, at: admission}
events:
  ingestion: {}
  admission: {date: ingestion + 3 h}
procedures:
  - {name: plasma exchange, at: ingestion + 20 h}
  - {name: intubation, at: admission + 3 days}
  - {name: dialysis, at: ingestion + 28-30 h}
treatments:
  - {drug: activated charcoal, dose: 50 g PO, at: ingestion + 3.5 h}
  - {drug: naloxone, dose: 0.4 mg IV, at: admission - 20 min}
"""


def test_hours_are_shown_and_put_in_order() -> None:
    assert [line.partition("  ")[0] for line in table(HOURS).splitlines()[1:]] == [
        "",
        "20 min before admission",
        "3 h after ingestion",
        "30 min after admission",
        "17 h after admission",
        "25 to 27 h after admission",
        "3 days after admission",
    ]


def test_programs_get_hours() -> None:
    (file,) = json.loads(table(HOURS, "--format", "json"))["files"]
    found = {moment["what"]: moment["hours_apart"] for moment in file["moments"]}

    assert found["treatments: activated charcoal"] == {"event": "admission", "least": 0.5, "most": 0.5}


def test_the_age_of_a_relative_is_none_of_the_patient() -> None:
    family = """family:
  - {relation: mother, deceased: age 52 years, conditions: [{name: stroke, onset: age 30 years..age 40 years}]}
  - {relation: father, deceased: 2019}
"""

    shown = table(CASE + family).splitlines()

    assert [line for line in shown if "family" not in line] == TABLE.splitlines()
    assert len(shown) == len(TABLE.splitlines()) + 1


def test_programs_get_every_moment_with_its_days() -> None:
    (file,) = json.loads(table(CASE, "--format", "json"))["files"]
    moments = {moment["what"]: moment for moment in file["moments"]}

    assert file["birth"] == {"earliest": "2015-06-02", "latest": "2016-06-30"}
    assert file["clashes"] == []
    assert moments["review"] == {
        "what": "review",
        "path": ["events", "review"],
        "line": 8,
        "column": 3,
        "written": "admission + 6 weeks",
        "earliest": "2020-07-07",
        "latest": "2020-08-17",
        "end": None,
        "days_of_age": {"least": 1496, "most": 1874},
        "days_apart": None,
        "hours_apart": None,
    }
    assert moments["stay"]["end"] == {"earliest": "2020-06-11", "latest": "2020-07-10"}


def test_what_clashes_stands_below() -> None:
    text = CASE + "birth: {at: 2010, order: first}\n"

    assert "warning[timeline.clash] these 3 cannot all be true" in table(text).splitlines()[-1]
    assert json.loads(table(text, "--format", "json"))["files"][0]["clashes"][0]["rule"] == "timeline.clash"


@pytest.mark.parametrize(("kind", "code"), [("wrong", 1), ("unreadable", 3)])
def test_a_file_with_errors_has_no_time_line(kind: str, code: int) -> None:
    said = call("timeline", "-", stdin=CASES[kind].encode())

    assert (said.code, said.out) == (code, "")
    assert ": error[" in said.err


def test_several_files_are_named(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(CASE, "utf-8")

    said = call("timeline", tmp_path)

    assert [line for line in said.out.splitlines() if line.endswith(".yaml")] == [
        str(tmp_path / "a.yaml"),
        str(tmp_path / "b.yaml"),
    ]


def test_a_folder_without_cases_is_wrong_use(tmp_path: Path) -> None:
    assert call("timeline", tmp_path).code == 2


def test_a_stay_of_which_only_the_end_is_told_is_written_so() -> None:
    """`discharge` alone would read as the moment of the arrival."""
    shown = table(UNDATED.replace("surgery: {}", "arrival: {to: surgery}\n  surgery: {}"))

    assert [line for line in shown.splitlines() if "arrival" in line and "until surgery" in line]
