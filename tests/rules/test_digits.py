"""Digits that speak for another unit than the written one, and what is only rare or only given in two units."""

import pytest
from tests.rules.written import alarms, lab, table

DIGITS = {"digits.unusual", "digits.unlike-others", "digits.unlike-range"}


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("haemoglobin: 10.9 g/L", "10.9 g/dL or 10.9 mmol/L"),
        ("calcium: 8.6 mmol/L", "8.6 mg/dL"),
        ("creatinine: 8.7 µmol/L", "8.7 mg/dL"),
        ("testosterone: 4.12 ng/L", "4.12 ng/dL or 4.12 nmol/L"),
        ("TSH: 2.5 mIU/mL", "2.5 mIU/L"),
        ("platelets: 250 /µL", "250 x10^9/L"),
        ("lactate: 1.6 mg/dL", "1.6 mmol/L"),
        ("PaCO2: 5.2 mmHg", "5.2 kPa"),
        ("C3: 0.9 mg/dL", "0.9 g/L"),
        ("haematocrit: 0.36 %", ""),
        ("PSA: 486 ng/dL", "486 ng/mL"),
    ],
)
def test_the_unit_in_which_the_digits_are_usual_is_offered(written: str, offered: str) -> None:
    told = alarms(lab(written)).get("digits.unusual", "")

    assert f"; {offered} would be usual" in told if offered else not told


@pytest.mark.parametrize(
    "written",
    [
        "haemoglobin: 10.9 g%",
        "haemoglobin: 109 g/L",
        "haemoglobin: 6.8 mmol/L",
        "creatinine: 8.7 mg/L",  # usual in France
        "glucose: 5.4 mmol/L",
        "lactate: 8.9 mg/dL",
        "PSA: 0.02 ng/mL",
        "PSA: < 4 ng/dL",
        "PSA: 486 µg/L",
        "total protein: {value: 1.2 g/dL, specimen: ascitic fluid}",
        "neutrophils: 12 %",
    ],
)
def test_nothing_is_said_of_what_patients_have(written: str) -> None:
    assert not DIGITS & alarms(lab(written)).keys()


def test_a_column_is_told_of_once() -> None:
    told = alarms(table("date creatinine[µmol/L]", "2020 8.7", "2021 4.1"))

    assert told["digits.unusual"].count("\n") == 0


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("haemoglobin: 81 g/L", "haemoglobin: 8.3 g/dL"),
        ("D-dimer: 2.5 mg/L", "D-dimer: 980 ng/mL"),
        ("CRP: 12 mg/dL", "CRP: 118 mg/L"),
        ("PSA: 486 ng/mL", "PSA: 312 µg/L"),
        ("CRP: 12 mg/dL", "CRP: 1 mg/L"),  # it fell
        ("creatinine: 98 µmol/L", "creatinine: 1.2 mg/dL"),  # units of two kinds
    ],
)
def test_values_that_agree_may_be_in_two_units(first: str, second: str) -> None:
    section = f"labs:\n  - {{at: 2020-06-01, values: {{{first}}}}}\n  - {{at: 2020-06-02, values: {{{second}}}}}"

    assert not DIGITS & alarms(section).keys()


def test_the_unit_that_fewer_values_have_is_doubted() -> None:
    rows = table("date CRP[mg/L]", "2020-06-01 25", "2020-06-03 30")
    told = alarms(f"{rows}\nlabs:\n  - {{at: 2020-06-02, values: {{CRP: 28 mg/dL}}}}")

    assert told["digits.unlike-others"].startswith("CRP 28 mg/dL (2020-06-02) is like 25 mg/L (2020-06-01)")


@pytest.mark.parametrize("written", ["glucose: 0.9 g/L (normal 70-110 mg/dL)", "PSA: 11.2 ng/mL (normal 0-4 µg/L)"])
def test_a_range_in_another_unit_may_go_with_its_value(written: str) -> None:
    assert not DIGITS & alarms(lab(written)).keys()
