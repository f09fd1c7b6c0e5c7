"""Which courses of a drug are suspects of harm, and which doses are over."""

import json

import pytest
from tests.fhir.test_statements import HEAD, key, resources

import casefhir

COURSES = """\
treatments:
  - {id: first, drug: tacrolimus, dose: 7 mg daily, from: admission, to: admission + 3 weeks}
  - {id: second, drug: tacrolimus, dose: 4 mg daily, from: admission + 4 weeks, %s}
adverse-events:
  - {name: tremor, of: tacrolimus, at: %s}
"""


@pytest.mark.parametrize(
    ("end", "harm", "suspects"),
    [
        ("continues: true", "admission + 7 weeks", ["second"]),
        ("to: admission + 9 weeks", "admission + 7 weeks", ["second"]),
        ("to: admission + 5 weeks", "admission + 7 weeks", ["first", "second"]),
        ("continues: true", "after admission", ["first", "second"]),
        ("continues: true", "admission + 2 weeks", ["first"]),
    ],
)
def test_a_course_that_had_ended_is_no_suspect_while_another_ran(end: str, harm: str, suspects: list[str]) -> None:
    entries = json.loads(casefhir.convert((HEAD + COURSES % (end, harm)).encode()).json())["entry"]
    named = {entry["fullUrl"]: key(entry["resource"]) for entry in entries}
    event = next(entry["resource"] for entry in entries if entry["resource"]["resourceType"] == "AdverseEvent")

    assert [named[one["instance"]["reference"]] for one in event["suspectEntity"]] == [
        f"treatments/{name}" for name in suspects
    ]


def test_a_course_begun_because_of_harm_is_no_suspect_of_it() -> None:
    courses = (
        COURSES % ("to: admission + 9 weeks, started: {why: [Tremor of the hands]}", "admission + 4 weeks")
    ).encode()
    entries = json.loads(casefhir.convert(HEAD.encode() + courses).json())["entry"]
    named = {entry["fullUrl"]: key(entry["resource"]) for entry in entries}
    event = next(entry["resource"] for entry in entries if entry["resource"]["resourceType"] == "AdverseEvent")

    assert [named[one["instance"]["reference"]] for one in event["suspectEntity"]] == ["treatments/first"]


def test_a_visit_at_which_a_course_ended_is_not_its_context() -> None:
    made = resources("treatments: [{id: a, drug: tacrolimus, to: admission}, {id: b, drug: aspirin, from: admission}]")

    assert "context" not in made["treatments/a"]
    assert "context" in made["treatments/b"]


@pytest.mark.parametrize(
    ("dose", "status"),
    [
        ("20 mg IV", "completed"),
        ("20 mg IV once", "completed"),
        ("20 mg q8h IV", "unknown"),
        ("20 mg/day", "unknown"),
        ("20 mg as needed", "unknown"),
        ("0.1 µg/kg/min", "unknown"),
    ],
)
def test_an_amount_at_a_moment_is_over(dose: str, status: str) -> None:
    made = resources(f"treatments: [{{drug: basiliximab, dose: {dose}, at: surgery}}]".replace("surgery", "admission"))

    assert [r["status"] for r in made.values() if r["resourceType"] == "MedicationStatement"] == [status]
