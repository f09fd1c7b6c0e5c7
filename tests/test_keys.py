"""Written names and moments → the parts of a key."""

import pytest

from casefhir.keys import slug
from casefhir.pipeline import load


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("IL-6", "il-6"),
        ("IL - 6", "il-6"),
        ("fraction 2 - 3", "fraction-2-3"),
        ("admission + 2 days", "admission-2-days"),
        ("admission - 2 days", "admission-minus-2-days"),
        ("admission - about 2-3 weeks", "admission-minus-about-2-3-weeks"),
        ("admission - one week", "admission-minus-one-week"),
        ("surgery - 1 h..surgery + 1 h", "surgery-minus-1-h-surgery-1-h"),
        ("day 3 of surgery", "day-3-of-surgery"),
        ("day -3 of surgery", "day-minus-3-of-surgery"),
    ],
)
def test_a_minus_is_a_word_of_moments_alone(written: str, part: str) -> None:
    assert slug(written) == part


def test_as_long_before_is_not_as_long_after() -> None:
    """The two fevers are no duplicates, neither has a number, and a reference means one of them."""
    case = """casefhir: 1
id: invented
article: {title: An invented case}
patient: {sex: female}
events: {admission: {date: 2021-01-09}}
findings: [{name: fever, at: admission + 2 days}, {name: fever, at: admission - 2 days}]
doubts: [{about: fever/admission - 2 days, says: told once only}]
"""
    loaded = load(case.encode())

    assert loaded.issues == ()
    assert loaded.chart
    assert [fact.key for fact in loaded.chart.facts if fact.key.startswith("findings")] == [
        "findings/fever/admission-2-days",
        "findings/fever/admission-minus-2-days",
    ]
    assert loaded.chart.keys.named("fever/admission - 2 days") == ("findings/fever/admission-minus-2-days",)
