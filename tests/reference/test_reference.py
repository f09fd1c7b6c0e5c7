"""The tables that rules hold a case against keep what their readers rely on."""

from itertools import pairwise

import pytest

from casefhir.model.dosage import dosage
from casefhir.reference import growth, labels
from casefhir.terms import terms

ROWS = [label for several in labels().values() for label in several]


def test_names_are_those_of_the_tables() -> None:
    for label in ROWS:
        assert terms().drugs.canonical(label.drug) == label.drug
        assert terms().diagnoses.canonical(label.indication) == label.indication
        assert terms().routes.canonical(label.route) == label.route


def test_every_dose_is_read_and_has_its_source() -> None:
    for label in ROWS:
        assert dosage(label.dose).amount
        assert dosage(label.dose).frequency
        assert label.source


def test_weights_follow_each_other() -> None:
    for one, two in pairwise(ROWS):
        if one[:3] == two[:3]:
            assert one.high == two.low


def test_lines_are_sorted() -> None:
    keys = [(label.drug, label.indication, label.route, label.low or 0) for label in ROWS]

    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("sex", "measure", "months", "value", "z"),
    [
        # From the percentiles that the CDC prints in statage and wtageinf: the 3rd and the 97th.
        ("male", "height", 24, 79.91084447, -1.88079),
        ("male", "weight", 0, 2.355450986, -1.88079),
        ("male", "weight", 0, 4.446488308, 1.88079),
    ],
)
def test_growth_gives_the_percentiles_of_its_source(
    sex: str, measure: str, months: float, value: float, z: float
) -> None:
    [age] = [age for age in growth(sex, measure) if age.months == months]

    assert age.value(z) == pytest.approx(value, rel=0.001)


@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("measure", ["height", "weight"])
def test_growth_rises_from_birth_to_20_years(sex: str, measure: str) -> None:
    ages = growth(sex, measure)

    assert (ages[0].months, ages[-1].months) == (0, 240)
    assert all(one.months < two.months and one.median < two.median + 0.5 for one, two in pairwise(ages))
