"""The tables that rules hold a case against keep what their readers rely on."""

from itertools import pairwise

from casefhir.model.dosage import dosage
from casefhir.reference import labels
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
