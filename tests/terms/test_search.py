"""Names, words and codes are found in all tables; near names only if nothing else is."""

import pytest

from casefhir.terms import Table, Terms, terms
from casefhir.terms.search import PLACES, search


def test_every_table_of_names_is_looked_in() -> None:
    tables = {name for name in vars(Terms) if name[0] != "_" and isinstance(getattr(terms(), name), Table)}

    assert tables - set(PLACES) == {"vital_signs"}, "of which the names are codes, and labs has the vital signs"


@pytest.mark.parametrize(
    ("written", "table", "name", "match"),
    [
        ("CRP", "labs", "CRP", "name"),
        ("c reactive PROTEIN", "labs", "CRP", "name"),
        ("1988-5", "labs", "CRP", "code"),
        ("LOINC 1988-5", "labs", "CRP", "code"),
        ("snomed ct 386661006", "findings", "fever", "code"),
        ("hp:0001945", "findings", "fever", "code"),
        ("ORPHA:85414", "diagnoses", "systemic juvenile idiopathic arthritis", "code"),
        ("joint ultra", "procedures", "joint ultrasound", "words"),
        ("ultra joint", "procedures", "joint ultrasound", "words"),
        ("haematoma epid", "findings", "epidural hematoma", "words"),
        ("ferittin", "labs", "ferritin", "near"),
    ],
)
def test_first_hit(written: str, table: str, name: str, match: str) -> None:
    found = [(hit.table, hit.name, hit.match) for hit in search(written, terms())]

    assert (table, name, match) in found[:2]


def test_a_name_comes_before_words_and_the_shorter_before_the_longer() -> None:
    found = search("glucose", terms(), ["labs"])

    assert (found[0].name, found[0].match) == ("glucose", "name")
    assert {hit.match for hit in found[1:]} == {"words"}
    assert found[1].name == "CSF glucose"


def test_a_name_is_found_once_with_all_its_codes_and_bounds() -> None:
    (found,) = (hit for hit in search("glucose", terms(), ["labs"]) if hit.name == "glucose")

    assert [(entry.system, entry.code, entry.unit) for entry in found.entries] == [
        ("LOINC", "2345-7", "mg/dL"),
        ("LOINC", "14749-6", "mmol/L"),
    ]
    assert all(entry.low is not None and entry.display for entry in found.entries)


def test_a_row_may_name_its_system() -> None:
    (found,) = (hit for hit in search("heterozygous", terms(), ["genetics"]) if hit.match == "name")

    assert [(entry.system, entry.code) for entry in found.entries] == [("LOINC", "LA6706-1")]


def test_only_the_tables_asked_for_are_looked_in() -> None:
    assert {hit.table for hit in search("glucose", terms(), ["drugs"])} == {"drugs"}


@pytest.mark.parametrize("written", ["", " ", "--", "no such thing at all", "\n", "2", "x" * 500])
def test_nothing_is_found_without_a_fault(written: str) -> None:
    assert [hit for hit in search(written, terms()) if hit.match == "code"] == []
