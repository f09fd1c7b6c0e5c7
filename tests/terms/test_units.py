"""Units are found as print has them, are valid UCUM, and convert as a UCUM library does."""

import sys
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from ucumvert import InvalidUcumError, PintUcumRegistry, get_ucum_parser, parse_ucum

from casefhir.terms import Lab, Unit, terms
from casefhir.terms.units import convert, is_convertible, known, measures, tidy, ucum, value_of

ROWS = known().rows
DIMENSIONS = sorted({row.dimension for row in ROWS})


def unit(code: str) -> Unit:
    found = known().get(code)
    assert found, code
    return found


def lab(name: str, loinc: str) -> Lab:
    return next(row for row in terms().labs.get(name) if row.loinc == loinc)


@cache
def grammar() -> Any:
    return get_ucum_parser()


@cache
def registry() -> Any:
    return PintUcumRegistry()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.ucum)
def test_a_library_reads_the_code(row: Unit) -> None:
    parse_ucum(row.ucum, grammar())


def test_the_library_refuses_what_is_no_unit() -> None:
    with pytest.raises(InvalidUcumError):
        parse_ucum("mgg/L", grammar())


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_factors_are_those_of_the_library(dimension: str) -> None:
    rows = [row for row in ROWS if row.dimension == dimension and row.factor and is_a_quantity(row)]
    for one, other in pairwise(rows):
        assert one.factor
        assert other.factor
        ratio = (registry().from_ucum(one.ucum) / registry().from_ucum(other.ucum)).to_base_units()
        assert ratio.dimensionless, f"{one.ucum} and {other.ucum}"
        assert float(one.factor / other.factor) == pytest.approx(ratio.magnitude, rel=1e-9), one.ucum


def is_a_quantity(row: Unit) -> bool:
    """The library can count in the unit: it reads {points} and [pH], but gives them no size."""
    return not row.ucum.startswith("{") and row.ucum != "[pH]"


def test_only_temperatures_have_no_factor() -> None:
    assert [row.ucum for row in ROWS if row.factor is None] == ["Cel", "[degF]"]


def test_every_unit_of_a_lab_is_in_the_table() -> None:
    assert {row.unit for row in terms().labs.rows} - {""} <= {row.ucum for row in ROWS}


def test_a_printed_unit_means_one_row() -> None:
    meanings: dict[str, set[str]] = {}
    for row in ROWS:
        for name in (row.ucum, *row.also):
            meanings.setdefault(tidy(name), set()).add(row.ucum)

    assert {name: rows for name, rows in meanings.items() if len(rows) > 1} == {}


def test_other_names_are_tidy_but_for_blanks() -> None:
    names = [name for row in ROWS for name in (row.ucum, *row.also)]

    assert [name for name in names if tidy(name) != name.replace(" ", "")] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.ucum)
def test_what_is_displayed_can_be_written(row: Unit) -> None:
    assert known().get(row.display) == row


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("mg/l", "mg/L"),
        ("MG/DL", "mg/dL"),
        ("Mg", "mg"),
        ("g/l", "g/L"),
        ("g/L", "g/L"),
        ("G/L", "10*9/L"),
        ("gm/dl", "g/dL"),
        ("mg %", "mg/dL"),
        ("mg/100 ml", "mg/dL"),
        ("pg/ml", "pg/mL"),
        ("ng/ml", "ng/mL"),
        ("ug/L", "ug/L"),
        ("µg/L", "ug/L"),
        ("μg/L", "ug/L"),
        ("mcg/L", "ug/L"),
        ("mcL", "uL"),
        ("IU/l", "[IU]/L"),
        ("UI/L", "[IU]/L"),
        ("u/L", "U/L"),
        ("μIU/mL", "u[IU]/mL"),
        ("mU/l", "mU/L"),
        ("mEq/L", "meq/L"),
        ("mmol/l", "mmol/L"),
        ("mmol L-1", "mmol/L"),
        ("mg·L⁻¹", "mg/L"),
        ("µg kg⁻¹ d⁻¹", "ug/kg/d"),
        ("10^9/l", "10*9/L"),
        ("10*9/L", "10*9/L"),
        ("x 10 9 / L", "10*9/L"),
        ("x10^9/L", "10*9/L"),
        ("× 10^9/L", "10*9/L"),
        ("×10⁹/L", "10*9/L"),
        ("10e9/L", "10*9/L"),
        ("109/L", "10*9/L"),
        ("x10(9)/L", "10*9/L"),
        ("x10^12/L", "10*12/L"),
        ("× 10¹²/L", "10*12/L"),
        ("10³/µL", "10*3/uL"),
        ("K/uL", "10*3/uL"),
        ("mm3", "mm3"),
        ("/mm3", "/mm3"),
        ("/ mm³", "/mm3"),
        ("/mm 3", "/mm3"),
        ("cells/mm3", "/mm3"),
        ("/μL", "/uL"),
        ("/ul", "/uL"),
        ("cells/μL", "/uL"),
        ("/HPF", "/[HPF]"),
        ("mmHg", "mm[Hg]"),
        ("mm Hg", "mm[Hg]"),
        ("cmH2O", "cm[H2O]"),
        ("°C", "Cel"),
        ("℃", "Cel"),
        ("º C", "Cel"),
        ("o C", "Cel"),
        ("°F", "[degF]"),
        ("bpm", "/min"),
        ("beats per minute", "/min"),
        ("breaths/min", "/min"),
        ("mm/h", "mm/h"),
        ("mm/hr", "mm/h"),
        ("mm/1h", "mm/h"),
        ("mm/1 st hour", "mm/h"),
        ("mm in the first hour", "mm/h"),
        ("mg/24 h", "mg/(24.h)"),
        ("g/24 hours", "g/(24.h)"),
        ("mg/day", "mg/d"),
        ("mg per day", "mg/d"),
        ("mg/kg/day", "mg/kg/d"),
        ("mg/m²", "mg/m2"),
        ("mg/m 2", "mg/m2"),
        ("kg/m²", "kg/m2"),
        ("mL/min/1.73 m²", "mL/min/{1.73_m2}"),
        ("ug FEU/mL", "ug{FEU}/mL"),
        ("GPL", "[GPL'U]/mL"),
        ("copies/ml", "{copies}/mL"),
        ("mOsm/kg", "mosm/kg"),
        ("µ 3", "fL"),
        ("years", "a"),
        ("y", "a"),
        ("months", "mo"),
        ("cc", "mL"),
        ("L/L", "L/L"),
        ("%", "%"),
        ("", "1"),
        ("parasites/µL", "/uL"),
        ("asexual parasites per mm3", "/mm3"),
        ("CD4+ T cells/µL", "/uL"),
        ("x10^3 lymphocytes/µL", "10*3/uL"),
        ("K cells/µL", "10*3/uL"),
        ("white blood cells/HPF", "/[HPF]"),
    ],
)
def test_units_are_found_as_print_has_them(written: str, code: str) -> None:
    found = known().get(written)

    assert found
    assert found.ucum == code


@pytest.mark.parametrize(
    "written",
    ["parasites/kat", "hundred cells/µL", "Tsd leukocytes/µL", "mgg/L", "MM", "100/L", "10-9/L", "foo", "high"],
)
def test_what_is_no_unit_is_in_no_row(written: str) -> None:
    assert known().get(written) is None


def test_near_units() -> None:
    assert known().near("mgg/L") == ["mg/L"]


def test_the_table_of_units_is_one() -> None:
    assert terms().units is known()


def test_a_unit_that_only_ucum_knows() -> None:
    assert ucum("kg.m/s2") == Unit("kg.m/s2", "kg.m/s2", "", None, ())
    assert ucum("mg/l") == unit("mg/L")
    assert ucum("mgg/L") is None


def test_the_library_is_not_needed_for_a_unit_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ucumvert", None)

    assert ucum("x10^9/L") == unit("10*9/L")


@pytest.mark.parametrize(
    ("value", "written", "into", "expected"),
    [
        ("146", "mg/L", "mg/dL", "14.6"),
        ("9.18", "g/dL", "g/L", "91.8"),
        ("15.32", "10*9/L", "/uL", "15320"),
        ("18000", "/uL", "10*9/L", "18"),
        ("18", "K/uL", "10*9/L", "18"),
        ("1", "ukat/L", "U/L", "60"),
        ("39.5", "°C", "K", "312.65"),
        ("104", "°F", "°C", "40"),
        ("37", "°C", "°F", "98.6"),
        ("4", "y", "mo", "48"),
        ("2", "wk", "d", "14"),
        ("120", "mmHg", "kPa", "15.9986864898"),
        ("3.2", "g/day", "mg/24 h", "3200"),
        ("1", "lb", "kg", "0.45359237"),
        ("35", "%", "1", "0.35"),
        ("7.40", "mg/L", "mg/L", "7.40"),
    ],
)
def test_amounts_convert(value: str, written: str, into: str, expected: str) -> None:
    converted = convert(Decimal(value), unit(written), unit(into))

    assert converted is not None
    assert float(converted) == pytest.approx(float(Decimal(expected)), rel=1e-12)


def test_an_amount_in_its_own_unit_keeps_its_digits() -> None:
    assert str(convert(Decimal("85.00"), unit("mm/h"), unit("mm/hr"))) == "85.00"


@pytest.mark.parametrize(
    ("written", "into"),
    [("mg/L", "mmol/L"), ("U/L", "IU/L"), ("mEq/L", "mmol/L"), ("mg", "mL"), ("mmol/mol", "%"), ("mg/kg", "mg/m2")],
)
def test_different_dimensions_do_not_convert(written: str, into: str) -> None:
    assert not is_convertible(unit(written), unit(into))
    assert convert(Decimal(1), unit(written), unit(into)) is None


@pytest.mark.parametrize("scale", ["Cel", "[degF]"])
def test_degrees_are_those_of_the_library(scale: str) -> None:
    theirs = registry().from_ucum(scale).to("kelvin").magnitude
    ours = convert(Decimal(1), unit(scale), unit("K"))

    assert ours is not None
    assert float(ours) == pytest.approx(theirs, rel=1e-12)


def test_units_that_only_ucum_knows_do_not_convert() -> None:
    one, other = ucum("kg.m/s2"), ucum("kg.m/s3")

    assert one
    assert other
    assert is_convertible(one, one)
    assert not is_convertible(one, other)


@pytest.mark.parametrize(
    ("name", "loinc", "written", "fits"),
    [
        ("CRP", "1988-5", "mg/dL", True),
        ("CRP", "1988-5", "mmol/L", False),
        ("ferritin", "2276-4", "ng/mL", True),
        ("ferritin", "2276-4", "U/L", False),
        ("ALT", "1742-6", "U/L", True),
        ("ALT", "1742-6", "IU/L", True),
        ("ALT", "1742-6", "ukat/L", True),
        ("ALT", "1742-6", "g/L", False),
        ("rheumatoid factor", "11572-5", "U/mL", True),
        ("anti-CCP", "53027-9", "AU/mL", True),
        ("sodium", "2951-2", "mEq/L", True),
        ("INR", "6301-6", "", True),
        ("INR", "6301-6", "s", False),
        ("antinuclear antibody", "29953-7", "titer", True),
        ("antinuclear antibody", "8061-4", "", False),
        ("body temperature", "8310-5", "°F", True),
        ("WBC", "26464-8", "/mm3", True),
    ],
)
def test_a_lab_is_measured_in_some_units(name: str, loinc: str, written: str, fits: bool) -> None:
    assert measures(lab(name, loinc), unit(written)) is fits


@pytest.mark.parametrize(
    ("name", "loinc", "value", "written", "expected"),
    [
        ("CRP", "1988-5", "14.6", "mg/dL", "146"),
        ("ALT", "1742-6", "53.3", "IU/L", "53.3"),
        ("sodium", "2951-2", "140", "mEq/L", "140"),
        ("INR", "6301-6", "1.2", "", "1.2"),
        ("anti-cardiolipin IgG", "3181-5", "25", "U/mL", "25"),
    ],
)
def test_a_value_in_the_unit_of_the_lab(name: str, loinc: str, value: str, written: str, expected: str) -> None:
    assert value_of(lab(name, loinc), Decimal(value), unit(written)) == Decimal(expected)


def test_a_value_that_does_not_fit_is_none() -> None:
    assert value_of(lab("ferritin", "2276-4"), Decimal("1103.8"), unit("U/L")) is None


@pytest.mark.parametrize(
    ("name", "loinc", "value", "written", "possible"),
    [
        ("CRP", "1988-5", "146", "mg/L", True),
        ("CRP", "1988-5", "146.00", "g/L", False),
        ("WBC", "26464-8", "15.32", "x10^9/L", True),
        ("haemoglobin", "718-7", "91.8", "g/L", True),
        ("haemoglobin", "718-7", "91.8", "g/dL", False),
        ("platelets", "26515-7", "676.8", "x10^9/L", True),
        ("albumin", "1751-7", "26", "g/L", True),
        ("ESR", "30341-2", "85.00", "mm/h", True),
        ("temperature", "8310-5", "39.5", "°C", True),
        ("temperature", "8310-5", "395", "°C", False),
        ("height", "8302-2", "110", "cm", True),
        ("weight", "29463-7", "20", "kg", True),
        ("weight", "29463-7", "1700", "g", True),
        ("creatinine", "2160-0", "16", "mg/L", True),
        ("calcium", "17861-6", "132", "mg/L", True),
        ("total bilirubin", "1975-2", "151", "mg/L", True),
        ("direct bilirubin", "1968-7", "47", "mg/mL", False),
        ("IL-6", "26881-3", "2500", "pg/mL", True),
        ("PTH", "2731-8", "628", "pg/ml", True),
        ("IgG", "2465-3", "0.6", "g/l", True),
    ],
)
def test_bounds_tell_possible_from_impossible(name: str, loinc: str, value: str, written: str, possible: bool) -> None:
    row = lab(name, loinc)
    converted = value_of(row, Decimal(value), unit(written))

    assert converted is not None
    assert row.low is not None
    assert row.high is not None
    assert (row.low <= converted <= row.high) is possible
