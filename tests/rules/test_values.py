"""What the rules say of values."""

import pytest

import casefhir


@pytest.mark.parametrize(("name", "is_told"), [("seizure", True), ("capillary refill time", False)])
def test_a_length_of_time_may_be_what_was_measured(name: str, is_told: bool) -> None:
    case = (
        f"casefhir: 1\nid: a\narticle: {{title: A}}\npatient: {{sex: male}}\nfindings: [{{name: {name}, value: 4 s}}]"
    )
    issues = casefhir.load(case.encode()).issues

    assert any(issue.rule == "values.length-as-value" for issue in issues) == is_told
