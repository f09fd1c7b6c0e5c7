"""What a score gives: numbers, grades between two of them, and the parts of a coma."""

from decimal import Decimal

import pytest

from casefhir.model.grammar import GrammarError
from casefhir.model.points import Points, points
from casefhir.model.quantity import Amount, Ratio, quantity


@pytest.mark.parametrize("written", ["14", "27/30", "3.5", "> 10", "7 points", "10 to 12", "-2"])
def test_a_number_is_a_quantity(written):
    assert points(written) == quantity(written)


@pytest.mark.parametrize(
    ("written", "number", "sign"),
    [
        ("3+/5", Ratio("3+/5", Decimal(3), Decimal(5), ""), "+"),
        ("4- / 5", Ratio("4- / 5", Decimal(4), Decimal(5), ""), "-"),
        ("4−/5", Ratio("4−/5", Decimal(4), Decimal(5), ""), "-"),
        ("4+", Amount("4+", Decimal(4), ""), "+"),
    ],
)
def test_a_grade_between_two_numbers(written, number, sign):
    assert points(written) == Points(written, number, sign)


@pytest.mark.parametrize(
    ("written", "total", "parts"),
    [
        ("E3V3M5", None, "335"),
        ("E2VTM4", None, "2T4"),
        ("e4 v5 m6", None, "456"),
        ("11 (E3V3M5)", "11", "335"),
        ("11/15 (E3 V3 M5)", "11/15", "335"),
        ("11: E3, V3, M5", "11", "335"),
    ],
)
def test_the_parts_of_a_coma(written, total, parts):
    found = points(written)

    assert found.quantity == (quantity(total) if total else None)
    assert [said for _, said in found.parts] == list(parts)


@pytest.mark.parametrize(("written", "number"), [("III", 3), ("class II", 2), ("grade IV", 4)])
def test_a_class_is_answered_with_its_number_and_with_stages(written, number):
    with pytest.raises(GrammarError, match=rf"write {number}, or under stages: \{{system: …, value: {written}\}}"):
        points(written)


@pytest.mark.parametrize("written", ["good", "", "E3V3", "3+/x"])
def test_what_is_none(written):
    with pytest.raises(GrammarError):
        points(written)
