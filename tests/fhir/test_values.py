"""What becomes of a value by what is measured: results, vital signs, scores, settings of devices, doses."""

from decimal import Decimal
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


def test_limits_that_are_not_normal_have_a_type() -> None:
    made = panel("labs", "digoxin: 3.1 ng/mL (normal 0-1) (therapeutic 0.5-2) (toxic > 2.5)")

    normal, therapeutic, toxic = made["referenceRange"]
    assert "type" not in normal
    assert therapeutic["type"] == {
        "coding": [
            {
                "system": "http://terminology.hl7.org/CodeSystem/referencerange-meaning",
                "code": "therapeutic",
                "display": "Therapeutic Desired Level",
            }
        ],
        "text": "therapeutic",
    }
    assert (toxic["type"], toxic["text"], toxic["low"]["value"]) == ({"text": "toxic"}, "toxic > 2.5", Decimal("2.5"))
    assert "high" not in toxic


def test_limits_of_a_column_have_a_type() -> None:
    (limits,) = column("digoxin[ng/mL](toxic>2.5)", "3.1")["referenceRange"]

    assert (limits["type"], limits["text"]) == ({"text": "toxic"}, "toxic >2.5")


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


@pytest.mark.parametrize(
    ("value", "ends"),
    [
        ("heart rate: 96-110 /min", [96, 110]),
        ("temperature: 100-102 °F", [100, 102]),
        ("BMI: 20-21 kg/m2", [20, 21]),
        ("pulmonary artery pressure: 88/40 mmHg", [88, 40]),
        ("blood pressure: 120/80 mmHg", [120, 80]),
        ("PIP/PEEP: 30/10 cmH2O", None),
    ],
)
def test_two_numbers_are_two_components(value: str, ends: list[int] | None) -> None:
    made = panel("vitals", value)

    assert [part["valueQuantity"]["value"] for part in made.get("component", [])] == (ends or [])
    assert "dataAbsentReason" not in made
    assert at(made, "valueString") == (None if ends else "30/10 cmH2O")


def test_each_end_of_a_range_is_a_vital_sign() -> None:
    codes = [at(part, "code.coding.0.code") for part in panel("vitals", "heart rate: 96-110 /min")["component"]]

    assert codes == ["8867-4", "8867-4"]


def test_pressures_of_a_vessel_have_names_of_their_own() -> None:
    made = panel("labs", "PAP: 88/40 mmHg")

    assert [part["code"]["text"] for part in made["component"]] == ["systolic PAP", "diastolic PAP"]


@pytest.mark.parametrize(("together", "count"), [("true", 1), ("false", 2)])
def test_a_value_is_that_of_each_site_or_of_all_together(together: str, count: int) -> None:
    made = resources(f"findings: [{{name: burn, value: 38 %, sites: [face, left hand], together: {together}}}]")
    burns = [one for key, one in made.items() if key.startswith("findings/burn")]

    assert len(burns) == count
    assert all(at(one, f"component.{-1 % len(one['component'])}.valueQuantity.value") == 38 for one in burns)


def test_one_site_that_is_said_to_be_together_has_its_side() -> None:
    made = resources("findings: [{name: burn, value: 2 %, sites: [left hand], together: true}]")

    assert at(made["findings/burn"], "bodySite.extension.0.url").endswith("/bodySite")
    assert at(made["body/left/hand"], "locationQualifier.0.text") == "left"


def test_places_together_are_a_component_each() -> None:
    made = resources("findings: [{name: burn, value: 38 %, sites: [face, left hand], together: true}]")["findings/burn"]

    assert made["bodySite"] == {"text": "face, left hand"}
    assert [at(part, "valueCodeableConcept.coding.0.code") for part in made["component"][:2]] == [
        "89545001",
        "85562004",
    ]


def score(parts: str) -> dict[str, Any]:
    return resources(f"scores: [{{id: it, {parts}}}]")["scores/it"]


@pytest.mark.parametrize(
    ("parts", "path", "expected"),
    [
        ("name: MRC scale, value: 3+/5", "valueCodeableConcept.text", "3+/5"),
        ("name: MRC scale, value: 3+/5", "valueQuantity", None),
        ("name: MRC scale, value: 3+/5", "component.0.valueQuantity.value", 5),
        ("name: GCS, value: 11 (E3V3M5)", "valueQuantity.value", 11),
        ("name: GCS, value: 11 (E3V3M5)", "component.2.valueQuantity.value", 5),
        ("name: GCS, value: E2VTM4", "valueQuantity", None),
        ("name: GCS, value: E2VTM4", "component.1.valueCodeableConcept.text", "T"),
        ("name: SOFA, value: 6, parts: {respiration: 4, renal: 2}", "component.0.code.coding.0.code", "96823-0"),
        ("name: SOFA, value: 6, parts: {respiration: 4, renal: 2}", "component.1.valueQuantity.value", 2),
        ("name: a scale, parts: {part: 1}", "component.0.code.text", "part"),
        ("name: a scale, parts: {part: 1}", "valueCodeableConcept", None),
    ],
)
def test_a_score_has_its_parts(parts: str, path: str, expected: Any) -> None:
    assert at(score(parts), path) == expected


def test_a_score_of_two_sites_is_one_of_each() -> None:
    made = resources("scores: [{name: MRC scale, value: 4/5, sites: [left hand, right hand], at: admission}]")
    found = {key: at(one, "bodySite.text") for key, one in made.items() if key.startswith("scores/")}

    assert found == {
        "scores/mrc-scale/left-hand/admission": "left hand",
        "scores/mrc-scale/right-hand/admission": "right hand",
    }
