"""What a laboratory value measures: the row of the table, by its name, its unit and what was examined."""

import pytest
from tests.rules.written import HEAD, PATIENT, lab

from casefhir.measurement import Measurement
from casefhir.pipeline import load
from casefhir.statement import Lab


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


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("{at: 2020-06, specimen: CSF, values: {protein: 2.4 g/L}}", "CSF protein"),
        ("{at: 2020-06, specimen: cerebrospinal fluid, values: {lymphocytes: 78 %}}", "CSF lymphocytes"),
        ("{at: 2020-06, values: {glucose: {value: 1.3 mmol/L, specimen: liquor}}}", "CSF glucose"),
        ("{at: 2020-06, specimen: CSF, values: {glucose: {value: 6.1 mmol/L, specimen: serum}}}", "glucose"),
        ("{at: 2020-06, specimen: pleural fluid, values: {LDH: 700 U/L}}", "pleural fluid LDH"),
        ("{at: 2020-06, specimen: serum, values: {LDH: 700 U/L}}", "LDH"),
    ],
)
def test_the_specimen_chooses_the_test(written: str, name: str) -> None:
    test = measured(f"labs: [{written}]").test

    assert test
    assert test.name == name


def test_the_specimen_of_a_table_is_that_of_its_cells() -> None:
    table = (
        'tables: [{name: t, specimen: CSF, rows: "date protein[g/L] glucose[mmol/L]\\n2020-06 2.4 1.3", cells: [{}]}]'
    )
    serum = "{row: 2020-06, column: glucose, specimen: serum}"
    chart = load((HEAD + PATIENT + table.replace("{}", serum) + "\n").encode()).chart
    assert chart

    cells = [fact for fact in chart.facts if isinstance(fact.record, Lab)]
    tests = [chart.measurements.of(fact).test for fact in cells]

    assert [test and test.name for test in tests] == ["CSF protein", "glucose"]
    assert [fact.record.value.specimen for fact in cells] == ["CSF", "serum"]


def test_the_specimen_of_a_report_is_that_of_its_values() -> None:
    report = "pathology:\n  - {{name: stone analysis, at: 2020-06, specimen: {}, values: {{uric acid: 100 %}}}}"

    assert not measured(report.format("calculus")).test
    assert measured(report.format("calculus")).fits
    assert not measured(report.format("serum")).fits


def test_what_a_report_of_any_other_tissue_counts_keeps_its_code() -> None:
    report = "pathology:\n  - {name: biopsy, at: 2020-06, specimen: kidney, values: {Ki-67: 20 %}}"
    alone = "labs:\n  - {at: 2020-06, values: {Ki-67: 20 %}}"

    assert measured(report) == measured(alone)
