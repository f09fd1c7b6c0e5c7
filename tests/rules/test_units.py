"""What may be wrong with a unit or an amount, and what must not alarm."""

import pytest
from tests.rules.written import alarms, issues, lab, table


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        # another unit of the test
        ("CRP: 146 g/L", "146 mg/L"),
        ("CRP: 146.00 g/L high (normal < 6)", "146.00 mg/L"),
        ("CRP: '> 146 g/L'", "146 mg/L"),
        ("C-reactive protein: about 146 g/L", "146 mg/L"),
        ("haemoglobin: 91.8 g/dL", "91.8 g/L"),
        ("creatinine: 450 mg/dL", "450 µmol/L"),
        ("glucose: 180 mmol/L", "180 mg/dL"),
        ("IL-6: 287.95 mg/mL", "287.95 pg/mL"),
        # the decimal point
        ("potassium: 45 mmol/L", "4.5 mmol/L"),
        ("potassium: 45.0 mmol/L", "4.50 mmol/L"),
        ("sodium: 14 mmol/L", "140 mmol/L"),
        ("pH: 74", "7.4"),
        ("SpO2: 980 %", "98.0 %"),
        ("blood pressure: 1200/80 mmHg", "120.0 mmHg"),
        ("body temperature: 395 °C", "39.5 °C"),
        # any unit that fits, the nearest
        ("WBC: 15320 x10^9/L", "15320 /mm3"),
        ("platelets: 676000 x10^9/L", "676000 /mm3"),
    ],
)
def test_impossible_value_offers_what_would_be_possible(written: str, offered: str) -> None:
    assert alarms(lab(written))["units.impossible-value"].endswith(f"; {offered} would be")


@pytest.mark.parametrize(
    "written",
    [
        "ESR: 5000 mm/h",
        "CRP: -5 mg/L",
        "ALT: 530000000 U/L",
    ],
)
def test_impossible_value_offers_nothing_where_nothing_fits(written: str) -> None:
    assert alarms(lab(written))["units.impossible-value"].endswith(")")


def test_impossible_value_is_reported_once_for_a_range() -> None:
    assert alarms(lab("CRP: 120-146 g/L"))["units.impossible-value"].count("\n") == 0


def test_every_impossible_cell_is_reported() -> None:
    told = alarms(table("date CRP[g/L]", "2020 146", "2021 0.01", "2022 96"))

    assert told["units.impossible-value"].count("\n") == 1


@pytest.mark.parametrize(
    ("written", "units"),
    [
        ("ferritin: 310 U/L", "but in ng/mL or pmol/L"),
        ("CRP: 5 x10^9/L", "but in mg/L"),
        ("WBC: 15.3 mm3", "but in x10^9/L"),
        ("ALT: 53 mg/dL", "but in U/L"),
        ("INR: 2.1 s", "INR has no unit, but s is written"),
    ],
)
def test_impossible_unit_names_the_usual_ones(written: str, units: str) -> None:
    assert alarms(lab(written))["units.impossible"].endswith(units)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("CRP: 96 mgg/L", "did you mean 'mg/L'?"),
        ("IL-6: 39 pgg/mL", "did you mean 'pg/mL'?"),
        ("CRP: 96 crosses", "it stays text"),
    ],
)
def test_unknown_unit_offers_a_near_one(written: str, hint: str) -> None:
    assert hint in alarms(lab(written))["units.unknown"]


@pytest.mark.parametrize(
    "written",
    [
        # as reports print units
        "CRP: 96 mg/l",
        "CRP: 9.6 mg/dL",
        "CRP: 96 MG/L",
        "ALT: 53.3 IU/l",
        "ALT: 53.3 u/L",
        "ALT: 0.9 µkat/L",
        "creatinine: 55 µmol/L",
        "creatinine: 55 μmol/L",
        "creatinine: 55 umol/l",
        "WBC: 15320 /mm3",
        "WBC: 15320 cells/mm3",
        "WBC: 15.32 10^9/l",
        "WBC: 15.32 x10^9 /L",
        "WBC: 15.32 × 10⁹/L",
        "WBC: 15.32 G/L",
        "haemoglobin: 9.18 g/dL",
        "ferritin: 1103.8 µg/L",
        "sodium: 140 mEq/L",
        "glucose: 5.4 mmol/L",
        "ESR: 85 mm/1h",
        "blood pressure: 120/80 mmHg",
        # numbers without a unit, where there is none
        "INR: 1.1",
        "pH: 7.41",
        # far out, and yet seen
        "CRP: 620 mg/L",
        "ferritin: 98000 ng/mL",
        "ALT: 9800 U/L",
        "WBC: 480 x10^9/L",
        "platelets: 2 x10^9/L",
        "potassium: 8.9 mmol/L",
        "haemoglobin: 18 g/L",
        # without a number, or a test that no table has
        "creatinine: normal",
        "HLA-B27: negative",
        "antinuclear antibody: positive 1:320",
        "urine protein: 3+",
        "CRP: not measured",
        "a test of their own: 5 mg/L",
        "a test of their own: 5",
        # resolved in the open
        "CRP: {value: 146 mg/L, printed: 146 g/L, why: not possible}",
    ],
)
def test_what_a_report_may_print_is_quiet(written: str) -> None:
    assert alarms(lab(written)) == {}


@pytest.mark.parametrize(
    ("patient", "rule"),
    [
        ("weight: 20 kg, height: 110 cm", None),
        ("weight: 2500 g, height: 1.10 m", None),
        ("weight: 45 lb", None),
        ("weight: about 20 kg", None),
        ("age: 36 weeks gestation", None),
        ("weight: 20", "units.missing"),
        ("weight: 20 cm", "units.impossible"),
        ("weight: 20 kgg", "units.unknown"),
        ("height: 1.10 cm", "units.impossible-value"),
        ("weight: 20 unit not printed", "units.not-printed"),
    ],
)
def test_height_and_weight(patient: str, rule: str | None) -> None:
    assert set(alarms(patient=f"patient: {{sex: female, {patient}}}\n")) == ({rule} if rule else set())


@pytest.mark.parametrize(
    ("finding", "rule"),
    [
        ("name: fever, value: up to 39.5 °C", None),
        ("name: fever, value: 102 °F", None),
        ("name: lymph nodes, value: 3 x 4 cm", None),
        ("name: pain, value: 7/10", None),
        ("name: fever, value: 395 °C", "units.impossible-value"),
        ("name: recurrent fever, value: 39.5", "units.missing"),
        ("name: fever, value: 39.5 grad", "units.unknown"),
    ],
)
def test_what_is_measured_of_a_finding(finding: str, rule: str | None) -> None:
    assert set(alarms(f"findings:\n  - {{{finding}}}")) == ({rule} if rule else set())


def test_a_column_is_reported_at_its_first_cell_only() -> None:
    told = issues(table("date CRP ferritin[U/L]", "2020 -   5", "2021 12  6", "2022 13  7"))

    assert [(issue.rule, issue.mark.line) for issue in told] == [("units.impossible", 9), ("units.missing", 10)]
