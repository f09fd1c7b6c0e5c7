"""What was aimed at is a Goal, and never an Observation."""

from decimal import Decimal
from typing import Any

import pytest
from tests.fhir.test_statements import at, resources


@pytest.mark.parametrize(
    ("treatment", "path", "expected"),
    [
        ("drug: warfarin, target: {INR: 2.0-3.0}", "target.0.detailRange.low.value", Decimal("2.0")),
        ("drug: warfarin, target: {INR: 2.0-3.0}", "target.0.measure.coding.0.code", "6301-6"),
        ("drug: warfarin, target: {INR: 2.0-3.0}", "description.text", "target of warfarin: INR 2.0-3.0"),
        ("drug: warfarin, target: {INR: 2.0-3.0}", "lifecycleStatus", "accepted"),
        ("drug: warfarin, continues: true, target: {INR: about 2.5}", "lifecycleStatus", "active"),
        ("drug: warfarin, continues: true, target: {INR: about 2.5}", "note.0.text", "printed as about 2.5"),
        ("drug: warfarin, absent: true, target: {INR: 2.5}", "lifecycleStatus", "cancelled"),
        ("drug: warfarin, from: admission, to: visit, target: {INR: 2.5}", "lifecycleStatus", "completed"),
        ("drug: warfarin, from: admission, target: {INR: 2.5}", "startDate", "2021-01-09"),
        ("drug: tacrolimus, target: {trough: '> 5 ng/mL'}", "target.0.detailQuantity.comparator", ">"),
        ("drug: tacrolimus, target: {trough: '> 5 ng/mL'}", "target.0.measure.coding", None),
        ("drug: labetalol, target: {blood pressure: 120/80 mmHg}", "target.0.detailString", "120/80 mmHg"),
    ],
)
def test_target_of_a_drug(treatment: str, path: str, expected: Any) -> None:
    [goal] = [one for one in resources(f"treatments: [{{{treatment}}}]").values() if one["resourceType"] == "Goal"]

    assert at(goal, path) == expected
    assert len(goal["addresses"]) == 1


def test_a_target_is_no_observation() -> None:
    made = resources("treatments: [{drug: warfarin, target: {INR: 2.0-3.0}}]")

    assert "Observation" not in {one["resourceType"] for one in made.values()}
    assert "INR 2.0-3.0" in at(made["treatments/warfarin"], "text.div")


def test_a_procedure_names_its_target() -> None:
    made = resources("procedures: [{name: therapeutic hypothermia, at: admission, target: {body temperature: 33 °C}}]")
    procedure = made["procedures/therapeutic-hypothermia/admission"]
    goal = made["procedures/therapeutic-hypothermia/admission/its target body-temperature"]

    assert [one["url"].rpartition("/")[2] for one in procedure["extension"]] == ["resource-pertainsToGoal"]
    assert at(goal, "target.0.detailQuantity.code") == "Cel"
    assert "addresses" not in goal


def test_two_targets_of_one_name_are_two_goals() -> None:
    made = resources("treatments: [{drug: warfarin, id: it, target: {INR: 2-3, inr: 2.5-3.5}}]")

    assert [key for key, one in made.items() if one["resourceType"] == "Goal"] == [
        "treatments/it/its target inr",
        "treatments/it/its target inr/1",
    ]
