"""A heading, the head of a column or the beginning of a sentence names a patient, or nobody."""

import pytest

from casefhir.article.people import is_another, is_heading, is_of_all, mentioned, named

NAMED = {
    "Patient 2 (index patient)": {"2", "index"},
    "Case 1": {"1"},
    "Case II": {"2"},
    "Case IX:": {"9"},
    "2.1. Case 3": {"3"},
    "Case 2: A 5-year-old boy": {"2"},
    "Case report 2": {"2"},
    "Case No. 4": {"4"},
    "Patient A": {"a"},
    "Twin B": {"b"},
    "The second case": {"2"},
    "First patient": {"1"},
    "In patient 2, fever": {"2"},
    "The index patient (a boy)": {"index"},
    "P1": {"1"},
    "Pt. 12": {"12"},
    "II-3": {"ii-3"},
    "II:3": {"ii-3"},
    "Mother": {"mother"},
    "The newborn": {"newborn"},
    "Present case": {"present"},
    "Our patient": {"present"},
}
NOBODY = (
    "Case presentation", "Patient information", "Patient", "Case history", "case series of 12", "IL-6", "1", "",
    "Case A 45-year-old man", "Patient 2 weeks after surgery", "Patient 3.5", "The mother was well", "Ferritin (g/L)",
)  # fmt: skip


@pytest.mark.parametrize(("label", "keys"), NAMED.items())
def test_names_of_patients(label: str, keys: set[str]) -> None:
    assert named(label) == keys


@pytest.mark.parametrize("label", NOBODY)
def test_what_names_nobody(label: str) -> None:
    assert named(label) == frozenset()


def test_a_line_of_plain_text_is_a_heading_if_it_has_nothing_else() -> None:
    assert [is_heading(line) for line in ("Patient 1", "Patient 2 (index patient)", "Case 3:")] == [True] * 3
    assert [is_heading(line) for line in ("patient 1", "Patient 1 was well.", "Case report")] == [False] * 3


def test_who_is_mentioned_in_a_sentence() -> None:
    assert mentioned("It was given to patients 1 and 2 for 3 days.") == {"1", "2"}
    assert is_of_all("All three had iron deficiency.")
    assert is_of_all("Both were treated.")
    assert not is_of_all("There was pain in both eyes.")


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("another patient", True),
        ("other patients", True),
        ("of patient 2", True),
        ("the sister", True),
        ("it tells of her twin brother", True),
        ("a figure of the population", False),
        ("not coded yet", False),
        ("normal values for the age of the child are given", False),
        ("another disease of the child is meant", False),
    ],
)
def test_a_reason_says_whether_it_is_another(reason: str, expected: bool) -> None:
    assert is_another(reason) is expected
