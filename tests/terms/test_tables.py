"""Every table keeps the rules that its readers rely on."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from casefhir.fhir.categories import OF_TEST
from casefhir.terms import fold, rows, terms
from casefhir.terms.table import Rows

FOLDER = Path(rows.__file__).parent
KINDS = {
    "diagnoses": rows.Diagnosis,
    "drugs": rows.Drug,
    "findings": rows.Finding,
    "forms": rows.Concept,
    "genetics": rows.GeneticWord,
    "labs": rows.Lab,
    "laterality": rows.Concept,
    "molar": rows.Mole,
    "organisms": rows.Concept,
    "persons": rows.Person,
    "procedures": rows.Procedure,
    "qualifiers": rows.Qualifier,
    "relations": rows.Relation,
    "routes": rows.Concept,
    "scores": rows.Score,
    "sites": rows.Site,
    "social": rows.Habit,
    "specimens": rows.Concept,
    "tnm": rows.Concept,
    "susceptibilities": rows.Susceptibility,
    "units": rows.Unit,
    "usual": rows.Usual,
    "vital_signs": rows.VitalSign,
}
CODES = {
    "diagnoses": ("snomed", "mondo", "icd10cm", "icd10"),
    "drugs": ("rxnorm",),
    "findings": ("hpo", "snomed"),
    "forms": ("snomed",),
    "labs": ("loinc",),
    "laterality": ("snomed",),
    "organisms": ("snomed",),
    "persons": ("code",),
    "procedures": ("snomed", "loinc"),
    "relations": ("code",),
    "routes": ("snomed",),
    "scores": ("loinc",),
    "sites": ("snomed",),
    "social": ("snomed", "loinc"),
    "specimens": ("snomed",),
    "tnm": ("snomed",),
    "susceptibilities": ("loinc",),
}
DISPLAYS = {
    "hpo": "hpo_label",
    "icd10": "icd10_display",
    "icd10cm": "icd10cm_display",
    "mondo": "mondo_label",
    "rxnorm": "display",
}
SOURCES = {
    "loinc": {"loinc_lookup", "codes"},
    "snomed": {"snomed_gps"},
    "code": {"v3-RoleCode", "v3-ParticipationType"},
    "rxnorm": {"rxnorm_lookup", "codes"},
    "hpo": {"hpo"},
    "mondo": {"mondo_xrefs"},
    "icd10cm": {"icd10cm"},
    "icd10": {"codes"},
}
CREDITS = {
    "loinc": "This material contains content from LOINC (http://loinc.org). LOINC is copyright (c) Regenstrief "
    "Institute, Inc. and the LOINC Committee and is available at no cost under the license at "
    "http://loinc.org/license. LOINC(R) is a registered trademark of Regenstrief Institute, Inc.",
    "snomed": "release 2020-09, (c) SNOMED International, used under CC BY 4.0",
    "code": " of FHIR R4, http://terminology.hl7.org/CodeSystem/v3-RoleCode",
    "rxnorm": "RxNorm, U.S. National Library of Medicine",
    "hpo": "hp.obo release 2025-01-16",
    "mondo": "Mondo Disease Ontology, https://mondo.monarchinitiative.org, used under CC BY 4.0",
    "icd10cm": "National Center for Health Statistics",
    "icd10": "ICD-10 (WHO): one single code",
}
FORMS = {
    "loinc": r"\d{1,6}-\d",
    "snomed": r"\d{6,18}",
    "code": r"[A-Z]{3,10}",
    "rxnorm": r"\d{1,7}",
    "hpo": r"HP:\d{7}",
    "mondo": r"MONDO:\d{7}",
    "icd10cm": r"[A-Z]\d[\dA-Z](\.[\dA-Z]{1,4})?",
    "icd10": r"[A-Z]\d\d(\.\d)?",
}


@cache
def lines(table: str) -> tuple[tuple[str, ...], ...]:
    text = (FOLDER / f"{table}.tsv").read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if not line.startswith("#"))


def header(table: str) -> str:
    text = (FOLDER / f"{table}.tsv").read_text("utf-8")
    return "\n".join(line for line in text.splitlines() if line.startswith("#"))


def all_rows(table: str) -> Any:
    return getattr(terms(), table).rows


def coded() -> Iterator[Any]:
    for table, systems in CODES.items():
        for row in all_rows(table):
            for system in systems:
                if getattr(row, system):
                    yield table, row, system


def test_every_table_is_checked_here() -> None:
    assert sorted(KINDS) == sorted(file.stem for file in FOLDER.glob("*.tsv"))


@pytest.mark.parametrize(("table", "kind"), KINDS.items())
def test_columns_are_the_fields_of_the_row(table: str, kind: Any) -> None:
    fields = [field for field in kind._fields if (table, field) != ("labs", "dimension")]

    assert list(lines(table)[0]) == fields
    assert {len(line) for line in lines(table)} == {len(fields)}


@pytest.mark.parametrize("table", KINDS)
def test_cells_have_no_blanks_around_them(table: str) -> None:
    cells = [name for line in lines(table) for cell in line for name in cell.split("|")]

    assert [cell for cell in cells if cell != cell.strip()] == []


@pytest.mark.parametrize("table", KINDS)
def test_rows_are_sorted_by_name(table: str) -> None:
    keys = [("" if table == "units" else line[0].casefold(), line[0]) for line in lines(table)[1:]]

    assert [b for a, b in pairwise(keys) if a > b] == []


@pytest.mark.parametrize("table", sorted(KINDS.keys() - {"labs", "molar", "usual"}))
def test_a_name_has_one_row(table: str) -> None:
    names = [row[0] for row in all_rows(table)]

    assert len(names) == len(set(names))


def test_a_property_of_a_lab_has_one_row() -> None:
    keys = [(lab.name, lab.scale, lab.dimension) for lab in all_rows("labs")]

    assert [key for key in keys if keys.count(key) > 1] == []


@pytest.mark.parametrize("table", sorted(KINDS.keys() - {"molar", "units", "usual"}))
def test_a_written_name_means_one_row(table: str) -> None:
    meanings: dict[str, set[str]] = {}
    for row in all_rows(table):
        for name in (row.name, *row.also):
            meanings.setdefault(fold(name), set()).add(row.name)

    assert {name: rows for name, rows in meanings.items() if len(rows) > 1} == {}


@pytest.mark.parametrize("table", sorted(KINDS.keys() - {"molar", "units", "usual"}))
def test_other_names_say_something_new(table: str) -> None:
    for row in all_rows(table):
        keys = [fold(name) for name in (row.name, *row.also)]
        assert len(keys) == len(set(keys)), row.name


@pytest.mark.parametrize("table", CODES)
def test_a_row_without_a_code_says_why(table: str) -> None:
    silent = [r.name for r in all_rows(table) if not r.why and not any(getattr(r, s) for s in CODES[table])]

    assert silent == []


def test_every_code_names_its_source_and_its_display() -> None:
    for table, row, system in coded():
        named = set(row.source.split("|"))
        display = DISPLAYS.get(system) or (f"{system}_display" if f"{system}_display" in row._fields else "display")
        assert named & SOURCES[system], f"{table}: {row.name}: {system} has no source"
        assert getattr(row, display), f"{table}: {row.name}: {system} has no display"


def test_a_display_without_a_code_is_left_out() -> None:
    for table, systems in CODES.items():
        for row in all_rows(table):
            if not any(getattr(row, system) for system in systems):
                assert not any(getattr(row, field) for field in row._fields if "display" in field or "label" in field)
                assert not row.source, f"{table}: {row.name} has a source, but no code"


@pytest.mark.parametrize(("table", "systems"), CODES.items())
def test_header_credits_every_system(table: str, systems: tuple[str, ...]) -> None:
    for system in systems:
        if any(getattr(row, system) for row in all_rows(table)):
            assert CREDITS[system] in header(table)


def test_codes_have_the_form_of_their_system() -> None:
    for table, row, system in coded():
        assert re.fullmatch(FORMS[system], getattr(row, system)), f"{table}: {row.name}"


def test_check_digits_are_right() -> None:
    for table, row, system in coded():
        code = getattr(row, system)
        if system == "loinc":
            assert luhn(code.replace("-", "")), f"{table}: {row.name}: {code}"
        if system == "snomed":
            assert verhoeff(code), f"{table}: {row.name}: {code}"


def luhn(digits: str) -> bool:
    odd = sum(int(digit) for digit in digits[::-2])
    even = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (odd + even) % 10 == 0


def verhoeff(digits: str) -> bool:
    check = 0
    for at, digit in enumerate(reversed(digits)):
        check = _TIMES[check][_PERMUTED[at % 8][int(digit)]]
    return check == 0


_TIMES = [
    [int(digit) for digit in row]
    for row in (
        "0123456789 1234067895 2340178956 3401289567 4012395678 5987604321 6598710432 7659821043 8765932104 9876543210"
    ).split()
]
_PERMUTED = [list(range(10)), [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]]
for _ in range(6):
    _PERMUTED.append([_PERMUTED[-1][digit] for digit in _PERMUTED[1]])


@pytest.mark.parametrize(("digits", "right"), [("19885", True), ("19875", False), ("264648", True), ("264640", False)])
def test_luhn(digits: str, right: bool) -> None:
    assert luhn(digits) is right


@pytest.mark.parametrize(
    ("digits", "right"), [("386661006", True), ("386661009", False), ("7771000", True), ("7717000", False)]
)
def test_verhoeff(digits: str, right: bool) -> None:
    assert verhoeff(digits) is right


def test_labs_have_a_scale_where_they_have_a_code() -> None:
    assert {lab.scale for lab in all_rows("labs") if lab.loinc} <= {"Qn", "Ord", "SemiQn", "Nom", "Nar"}
    assert {lab.category for lab in all_rows("labs")} == {"vital-signs", "laboratory", *OF_TEST} - {"survey"}


def test_only_numbers_have_a_unit_and_bounds() -> None:
    for lab in all_rows("labs"):
        if lab.scale != "Qn":
            assert (lab.unit, lab.low, lab.high) == ("", None, None), lab.name


@pytest.mark.parametrize("table", ["labs", "scores"])
def test_low_is_below_high(table: str) -> None:
    for row in all_rows(table):
        if row.low is not None and row.high is not None:
            assert row.low < row.high, row.name


def test_the_vital_signs_of_the_profile_are_there() -> None:
    codes = {lab.loinc for lab in all_rows("labs") if lab.category == "vital-signs"}

    assert codes >= {
        "8302-2", "29463-7", "8310-5", "8867-4", "9279-1", "2708-6", "8480-6", "8462-4", "85354-9", "39156-5",
        "9843-4",
    }  # fmt: skip


def test_sides() -> None:
    sides = {row.name: row.snomed for row in all_rows("laterality")}

    assert sides == {"left": "7771000", "right": "24028007", "both": "51440002"}


def test_notes_of_doubt_are_kept() -> None:
    [il17] = terms().labs.get("IL-17")

    assert (il17.loinc, il17.why) == ("", "82334-4 is IL-17A, specimen not verified")


def test_words_for_variants_have_a_code_or_say_why_not() -> None:
    for word in all_rows("genetics"):
        assert bool(word.code) == bool(word.system) == bool(word.display) == bool(word.source) != bool(word.why), (
            word.name
        )


def test_what_organisms_are_tested_against_are_drugs() -> None:
    names = [row.name for row in all_rows("susceptibilities")]

    assert [name for name in names if terms().drugs.canonical(name) != name] == []


def test_what_is_usual_is_of_a_test_in_the_table() -> None:
    for name, usual in terms().usual.items():
        tests = {row.unit: row for row in terms().labs.named(name)}
        for row in usual:
            assert row.unit in tests, name
            low, high = tests[row.unit].low, tests[row.unit].high
            assert low is not None, name
            assert high is not None, name
            assert low <= row.low < row.high <= high, name


def test_the_units_of_what_is_usual_are_of_one_dimension_and_of_several_sizes() -> None:
    for usual in terms().usual.values():
        for row in usual:
            units = [terms().units.get(unit) for unit in (row.unit, *row.units)]
            assert {unit.dimension for unit in units if unit} == {units[0].dimension if units[0] else ""}, row
            assert len({unit.factor for unit in units[1:] if unit}) == len(row.units), row


_WEIGHTS = {
    "H": "1.008", "C": "12.011", "N": "14.007", "O": "15.999", "P": "30.974", "Mg": "24.305", "Ca": "40.078",
    "Fe": "55.845", "Cu": "63.546", "Zn": "65.38", "I": "126.90",
}  # fmt: skip
"""Abridged standard atomic weights of CIAAW (IUPAC, 2021): https://ciaaw.org/abridged-atomic-weights.htm."""


@pytest.mark.parametrize("row", tuple(Rows("molar", rows.Mole._make)), ids=lambda row: row.name)
def test_a_mole_weighs_what_its_atoms_weigh(row: rows.Mole) -> None:
    atoms = re.findall("([A-Z][a-z]?)([0-9]*)", row.formula)

    assert sum(Decimal(_WEIGHTS[atom]) * int(count or 1) for atom, count in atoms) == row.factor
    assert {lab.name for lab in terms().labs.get(row.name)} == {row.name}
