"""What a laboratory value measures: the row of the table, by its name, its unit and what was examined."""

import pytest
from tests.rules.written import HEAD, PATIENT, lab

from casefhir.measurement import Measurement
from casefhir.pipeline import load


def measured(section: str) -> Measurement:
    chart = load((HEAD + PATIENT + section + "\n").encode()).chart
    assert chart
    fact = next(fact for fact in chart.facts if "values" in fact.path)
    return chart.measurements.of(fact)


@pytest.mark.parametrize(
    ("written", "loinc", "code"),
    [
        # a substance in the urine of a day, under either of its names
        ("urine uric acid: 610 mg/day", "3087-4", "mg/d"),
        ("urine uric acid: 61 mg/dL", "3086-6", "mg/dL"),
        ("24-hour urine uric acid: 61 mg/dL", "3086-6", "mg/dL"),
        ("urine oxalate: 31 mg/24 h", "2701-1", "mg/(24.h)"),
        ("24-hour urine protein: 3.4 g", "2889-4", "g/(24.h)"),
        ("24-hour urine protein: 3.4 g/24 h", "2889-4", "g/(24.h)"),
        ("urine output: 350 mL/12 h", "", "mL/(12.h)"),
        # a part of the whole
        ("free PSA: 6 %", "12841-3", "%"),
        ("free PSA: 0.9 ng/mL", "10886-0", "ng/mL"),
        ("CK-MB: 8 %", "", "%"),
        ("aPTT: 1.4 ratio", "", "{index}"),
        # an amount of substance
        ("lead: 5.2 µmol/L", "", "umol/L"),
        ("zinc protoporphyrin: 412 µmol/mol haem", "29763-0", "umol/mol"),
        ("salicylate: 4.2 mmol/L", "", "mmol/L"),
        ("paracetamol: 1100 µmol/L", "", "umol/L"),
        # as the makers of assays count
        ("anti-MPO: 5.1 AI", "", "{index}"),
        ("anti-PR3: 210 CU", "6968-2", "{CU}"),
        ("factor VIII: 20 IU/dL", "", "[IU]/dL"),
        ("FVC: 65 % predicted", "", "%"),
    ],
)
def test_a_value_fits_the_row_of_its_unit(written: str, loinc: str, code: str) -> None:
    found = measured(lab(written))

    assert found.fits
    assert (found.test.loinc if found.test else "") == loinc
    assert found.unit
    assert found.unit.ucum == code


@pytest.mark.parametrize(
    "written",
    ["urine uric acid: 610 mg/kg", "ferritin: 310 U/L", "ferritin: 5 %", "ALT: 5 index", "urine nitrite: 5 g/d"],
)
def test_another_unit_does_not_fit(written: str) -> None:
    assert not measured(lab(written)).fits


def test_the_specimen_of_a_report_is_that_of_its_values() -> None:
    report = "pathology:\n  - {{name: stone analysis, at: 2020-06, specimen: {}, values: {{uric acid: 100 %}}}}"

    assert not measured(report.format("calculus")).test
    assert measured(report.format("calculus")).fits
    assert not measured(report.format("serum")).fits


def test_what_a_report_of_any_other_tissue_counts_keeps_its_code() -> None:
    report = "pathology:\n  - {name: biopsy, at: 2020-06, specimen: kidney, values: {Ki-67: 20 %}}"
    alone = "labs:\n  - {at: 2020-06, values: {Ki-67: 20 %}}"

    assert measured(report) == measured(alone)
