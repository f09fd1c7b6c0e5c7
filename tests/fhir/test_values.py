"""What becomes of a value by what is measured: results, vital signs, scores, settings of devices, doses."""

from typing import Any

import pytest
from tests.fhir.test_statements import at, resources

import casefhir

VITAL, LAB, SURVEY = "vital-signs", "laboratory", "survey"


def column(header: str, cell: str) -> dict[str, Any]:
    """The resource of the only cell of a table."""
    made = resources(f"tables:\n  - name: t\n    rows: |\n      at {header}\n      admission {cell}")
    return next(one for key, one in made.items() if key.startswith("tables/") and not key.startswith("tables/t/"))


def panel(section: str, value: str) -> dict[str, Any]:
    made = resources(f"{section}: [{{at: admission, values: {{{value}}}}}]")
    return next(one for key, one in made.items() if key.startswith(f"{section}/") and key.count("/") == 2)


@pytest.mark.parametrize(
    ("header", "cell", "category", "code"),
    [
        ("CRP[mg/L]", "5", LAB, "1988-5"),
        ("heart-rate[/min]", "88", VITAL, "8867-4"),
        ("SOFA[1]", "12", SURVEY, "96790-1"),
        ("HAQ-DI[not-printed]", "2", SURVEY, "75874-8"),
        ("PHQ-9", "13H", SURVEY, "44261-6"),
        ("PEEP[cmH2O]", "12", "therapy", None),
        ("FiO2[1]", "0.4", "therapy", "3150-0"),
        ("FVC[%]", "70", "procedure", None),
        ("LVEF[%]", "40", "imaging", "10230-1"),
        ("grip-strength[kg]", "20", "exam", None),
        ("verapamil[µg/L]", "300", LAB, None),
        ("insulin[mIU/L]", "12", LAB, "20448-7"),
    ],
)
def test_a_column_has_the_category_of_what_is_measured(header: str, cell: str, category: str, code: str | None) -> None:
    made = column(header, cell)

    assert (at(made, "category.0.coding.0.code"), at(made, "code.coding.0.code")) == (category, code)


@pytest.mark.parametrize(
    ("header", "cell", "path", "expected"),
    [
        ("prednisolone[mg/day]", "40", "dosage.0.doseAndRate.0.rateRatio.numerator.value", 40),
        ("prednisolone[mg/day]", "40", "medicationCodeableConcept.coding.0.code", "8638"),
        ("prednisolone[mg/day]", "40", "effectiveDateTime", "2021-01-09"),
        ("prednisolone[mg/day]", "40", "status", "unknown"),
        ("prednisolone[mg/day]", "0", "dosage.0.doseAndRate.0.rateRatio.numerator.value", 0),
        ("norepinephrine[µg/kg/min]", "1.2", "dosage.0.doseAndRate.0.rateQuantity.code", "ug/kg/min"),
        ("insulin[IU/kg/h]", "10", "dosage.0.doseAndRate.0.rateQuantity.value", 10),
    ],
)
def test_a_column_of_a_drug_is_what_was_given(header: str, cell: str, path: str, expected: Any) -> None:
    made = column(header, cell)

    assert made["resourceType"] == "MedicationStatement"
    assert at(made, path) == expected


def test_a_line_without_laboratory_values_is_no_laboratory_report() -> None:
    made = resources(
        "tables:\n  - name: t\n    rows: |\n      at PEEP[cmH2O] prednisolone[mg/day]\n      admission 5 40"
    )
    report = made["tables/t/admission"]

    assert at(report, "category.0.coding.0.code") == "OTH"
    assert report["code"] == {"text": "t"}
    assert len(report["result"]) == 1


@pytest.mark.parametrize(
    ("value", "category"),
    [
        ("PEEP: 14 cmH2O", "therapy"),
        ("tidal volume: 5.2 mL/kg", "therapy"),
        ("ECMO flow: 4.8 L/min", "therapy"),
        ("set rate: 30 /min", "therapy"),
        ("plateau pressure: 33 cmH2O", "procedure"),
        ("GCS: 14", SURVEY),
        ("some reading: 3 mm", "exam"),
    ],
)
def test_what_stands_among_the_vital_signs_keeps_its_own_category(value: str, category: str) -> None:
    assert at(panel("vitals", value), "category.0.coding.0.code") == category


@pytest.mark.parametrize("value", ["FiO2: 1.0", "FiO2: 0.4", "FiO2: 40 %", "FdO2: 0.6"])
def test_a_fraction_of_oxygen_needs_no_unit(value: str) -> None:
    head = "casefhir: 1\nid: m\narticle: {title: x}\npatient: {sex: male}\nevents: {a: {}}\n"
    issues = casefhir.convert(f"{head}labs: [{{at: a, values: {{{value}}}}}]\n".encode()).issues

    assert [issue.message for issue in issues] == []


def test_a_percentage_of_oxygen_needs_one() -> None:
    head = "casefhir: 1\nid: m\narticle: {title: x}\npatient: {sex: male}\nevents: {a: {}}\n"
    issues = casefhir.convert(f"{head}labs: [{{at: a, values: {{FiO2: 40}}}}]\n".encode()).issues

    told = "FiO2 40 is not possible in a living patient (at most 1); 40 % would be"
    assert [issue.message for issue in issues] == [told]


@pytest.mark.parametrize(
    ("score", "value", "most"),
    [("MMSE, value: 27/30", 27, 30), ("pain VAS, value: 7/10", 7, 10), ("MMSE, value: 27", 27, None)],
)
def test_points_of_a_score_are_a_number_with_the_most_beside_it(score: str, value: int, most: int | None) -> None:
    made = resources(f"scores: [{{name: {score}, id: it}}]")["scores/it"]

    assert at(made, "valueQuantity.value") == value
    assert at(made, "valueQuantity.code") == "{score}"
    assert at(made, "component.0.valueQuantity.value") == most


def test_points_of_a_table_are_those_of_a_score() -> None:
    made = column("MMSE", "27/30")

    assert (at(made, "valueQuantity.value"), at(made, "component.0.valueQuantity.value")) == (27, 30)
