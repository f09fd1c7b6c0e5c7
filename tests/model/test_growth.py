"""How much of an organism a report prints: a number, or a grade."""

import pytest

from casefhir.model.grammar import GrammarError
from casefhir.model.growth import growth, outcome
from casefhir.model.quantity import quantity
from casefhir.model.result import Result, result


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("3+", "3+"),
        ("+++", "3+"),
        ("scanty", "scanty"),
        ("Very low", "very low"),
        ("high", "high"),
        ("heavy growth", "heavy"),
        ("small numbers", None),
        ("few", "few"),
    ],
)
def test_a_grade_is_kept_as_printed(text: str, grade: str | None) -> None:
    if grade is None:
        with pytest.raises(GrammarError):
            growth(text)
    else:
        assert growth(text) == Result(text, grade=grade)


def test_a_count_is_a_quantity() -> None:
    assert growth("> 100000 CFU/mL") == quantity("> 100000 CFU/mL")


@pytest.mark.parametrize("text", ["negative", "no growth", "3+", "positive 1:320", "high"])
def test_a_result_of_a_test_keeps_its_meaning(text: str) -> None:
    assert outcome(text) == result(text)


def test_a_smear_may_be_scanty() -> None:
    assert outcome("scanty") == Result("scanty", grade="scanty")


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("3+ AFB", "write it as organisms: [{name: AFB, value: 3+}]"),
        ("mixed flora", "write it under the key 'text' in place of 'result'"),
    ],
)
def test_what_is_no_result_has_its_place(text: str, advice: str) -> None:
    with pytest.raises(GrammarError) as raised:
        outcome(text)

    assert str(raised.value).endswith(advice)
