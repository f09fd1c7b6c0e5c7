"""What resources say of procedures, tissues and stages: nothing lost, nothing invented, nothing turned round."""

from typing import Any

import pytest
from tests.fhir.test_statements import at, resources

SURGERY = """\
diagnoses: [{name: colon adenocarcinoma, id: cancer}]
procedures:
  - {name: left colectomy, id: it, at: admission, for: [cancer, fever], PARTS}
"""


@pytest.mark.parametrize(
    ("parts", "path", "expected"),
    [
        ("note: n", "status", "completed"),
        ("note: n", "performedDateTime", "2021-01-09"),
        ("note: n", "reasonCode.0.text", "fever"),
        ("note: n", "reasonReference.1", None),
        ("not-done: refused", "status", "not-done"),
        ("not-done: refused", "statusReason.text", "refused"),
        ("complications: [cancer, rash]", "complication.0.text", "rash"),
        ("complications: [cancer, rash]", "complication.1", None),
        ("complications: [cancer, rash]", "complicationDetail.1", None),
        ("complications: none", "complication", None),
        ("method: open", "extension.0.valueCodeableConcept.text", "open"),
        ("outcome: good", "outcome.text", "good"),
        ("devices: [stapler]", "usedCode.0.text", "stapler"),
        ("devices: [stapler]", "usedReference", None),
        ("devices: [{name: stapler, size: 45 mm}]", "usedCode", None),
        ("sites: [left knee]", "bodySite.0.text", "left knee"),
        ("conflict: {says: a, where: b}", "note.0.text", "b says: a"),
    ],
)
def test_procedure(parts: str, path: str, expected: Any) -> None:
    made = resources(SURGERY.replace("PARTS", parts))["procedures/it"]

    assert at(made, path) == expected


@pytest.mark.parametrize(
    ("time", "status", "performed"),
    [
        ("from: 2021-01", "unknown", {"start": "2021-01"}),
        ("from: 2021-01, continues: true", "in-progress", {"start": "2021-01"}),
        ("from: 2021-01, to: 2021-02", "completed", {"start": "2021-01", "end": "2021-02"}),
        ("from: 2021-01, to: unknown", "completed", {"start": "2021-01"}),
    ],
)
def test_procedure_over_a_time(time: str, status: str, performed: dict[str, str]) -> None:
    made = resources(f"procedures: [{{name: hemodialysis, id: it, {time}}}]")["procedures/it"]

    assert made["status"] == status
    assert {name: date for name, date in made["performedPeriod"].items() if name != "_end"} == performed


@pytest.mark.parametrize(
    ("parts", "key", "path", "expected"),
    [
        ("anaesthesia: spinal", "its anaesthesia", "code.coding.0.code", "231249005"),
        ("anaesthesia: spinal", "its anaesthesia", "resourceType", "Procedure"),
        ("amount: 2 units", "its amount", "valueQuantity", {"value": 2, "unit": "units"}),
        ("amount: 50 Gy", "its amount", "valueQuantity.code", "Gy"),
        ("amount: about 1 L", "its amount", "note.0.text", "printed as about 1 L"),
        ("sessions: 25", "its number of sessions", "valueInteger", 25),
        ("duration: 2-3 hours", "its duration", "valueRange.high.value", 3),
        ("duration: about 2 hours", "its duration", "note.0.text", "printed as about 2 hours"),
        ("complications: none", "its complications", "valueCodeableConcept.text", "absent"),
        ("findings: [{name: ascites, absent: true}]", "ascites/admission", "valueCodeableConcept.text", "absent"),
    ],
)
def test_part_of_a_procedure(parts: str, key: str, path: str, expected: Any) -> None:
    made = resources(SURGERY.replace("PARTS", parts))

    assert at(made[f"procedures/it/{key}"], path) == expected
    assert len(made[f"procedures/it/{key}"]["partOf"]) == 1


PATHOLOGY = """\
procedures: [{name: left colectomy, findings: [{name: ascites}]}]
pathology:
  - name: histology
    id: it
    of: left colectomy
    findings: [{name: mitoses, absent: true}]
    values: {CD117: positive, resected margin: 2 mm}
"""


@pytest.mark.parametrize(
    ("key", "path", "expected"),
    [
        ("it", "code.coding.0.code", "11526-1"),
        ("it", "category.0.text", "Pathology"),
        ("it", "extension.1", None),  # part of the procedure, and not of what was seen in it
        ("it", "result.2.reference", "…"),
        ("it/mitoses", "valueCodeableConcept.text", "absent"),
        ("it/cd117", "valueCodeableConcept.coding.0.code", "10828004"),
        ("it/cd117", "category.0.text", "Laboratory"),
        ("it/resected-margin", "valueQuantity.value", 2),
    ],
)
def test_pathology(key: str, path: str, expected: Any) -> None:
    found = at(resources(PATHOLOGY)[f"pathology/{key}"], path)

    assert found == expected or (expected == "…" and found)


@pytest.mark.parametrize(
    ("taken", "kinds", "sites"),
    [
        ("specimen: biopsy, sites: [left kidney]", ["biopsy"], ["left kidney"]),
        ("specimen: biopsy, sites: [left leg, right leg]", ["biopsy", "biopsy"], ["left leg", "right leg"]),
        ("specimen: kidney", ["kidney"], ["kidney"]),
        ("specimen: tissue", ["tissue"], [None]),
        ("sites: [skin]", [None], ["skin"]),
        ("note: n", [], []),
    ],
)
def test_specimens(taken: str, kinds: list[str | None], sites: list[str | None]) -> None:
    made = resources(f"pathology: [{{name: x, id: it, {taken}, values: {{CD117: positive}}}}]")
    specimens = [resource for resource in made.values() if resource["resourceType"] == "Specimen"]

    assert [at(specimen, "type.text") for specimen in specimens] == kinds
    assert [at(specimen, "collection.bodySite.text") for specimen in specimens] == sites
    assert len(made["pathology/it"].get("specimen", [])) == len(specimens)
    assert ("specimen" in made["pathology/it/cd117"]) == (len(specimens) == 1)


STAGE = """\
diagnoses: [{name: colon adenocarcinoma, id: cancer}, {name: gout}]
stages: [{system: SYSTEM, value: VALUE, id: it, of: cancer, at: admission}]
"""


def staged(system: str, value: str) -> dict[str, dict[str, Any]]:
    return resources(STAGE.replace("SYSTEM", system).replace("VALUE", value))


@pytest.mark.parametrize(
    ("written", "letter", "test", "level", "text"),
    [
        ("pT2N0M0", "T", "21899-0", "67673008", "pT2"),
        ("pT2N0M0", "N", None, "62455006", "N0"),
        ("pT2N0M0", "M", None, None, "M0"),
        ("cT2 pN0 pM0", "T", "21905-5", "67673008", "cT2"),
        ("cT2 pN0 pM0", "M", "21901-4", "19408000", "pM0"),
        ("ypT2", "T", None, "67673008", "ypT2"),
        ("pN1mi", "N", "21900-6", None, "pN1mi"),
    ],
)
def test_category_of_tnm(written: str, letter: str, test: str | None, level: str | None, text: str) -> None:
    made = staged("TNM", written)[f"stages/it/its {letter}"]

    assert at(made, "code.coding.0.code") == test
    assert at(made, "valueCodeableConcept.coding.0.code") == level
    assert at(made, "valueCodeableConcept.text") == text
    assert len(made["focus"]) == 1
    assert made["effectiveDateTime"] == "2021-01-09"


def test_stage_is_that_of_its_diagnosis() -> None:
    made = staged("lupus nephritis class", "III (A/C)")

    assert at(made["stages/it"], "valueCodeableConcept.text") == "III (A/C)"
    assert "hasMember" not in made["stages/it"]
    assert made["diagnoses/cancer"]["stage"] == [
        {"summary": {"text": "III (A/C)"}, "type": {"text": "lupus nephritis class"}}
    ]
    assert "stage" not in made["diagnoses/gout"]


def test_values_of_an_image_are_results_of_its_report() -> None:
    made = resources("imaging: [{name: echocardiography, id: it, values: {LVEF: 55 %, heart rate: 80 /min}}]")

    assert len(made["imaging/it"]["result"]) == 2
    names = {key: value["category"][0]["text"] for key, value in made.items() if key.startswith("imaging/it/")}
    assert sorted(names.values()) == ["Imaging", "Vital Signs"]


def test_what_was_not_done_does_not_read_as_done() -> None:
    made = resources("procedures: [{name: colonoscopy, not-done: refused, findings: []}]")
    sections = {section["title"]: section["text"]["div"] for section in made["article"]["section"]}

    assert "colonoscopy (not done)" in sections["Procedures"]


def test_course_and_harm_may_follow_a_procedure() -> None:
    made = resources(
        "procedures: [{name: appendectomy, findings: [{name: ascites}]}]\n"
        "course: [{what: better, after: appendectomy}]\n"
        "adverse-events: [{name: rash, of: appendectomy}]"
    )

    assert len(made["course/better"]["focus"]) == 1
    assert len(made["adverse-events/rash"]["suspectEntity"]) == 1


def test_a_device_with_a_maker_is_a_resource() -> None:
    said = "devices: [{name: mitral valve, size: 27 mm, maker: A maker, model: B 3}, {name: stent, size: 3 x 18 mm}, x]"
    made = resources(SURGERY.replace("PARTS", said))
    valve = made["procedures/it/its mitral valve"]

    assert (valve["resourceType"], valve["manufacturer"]) == ("Device", "A maker")
    assert at(valve, "property.0.valueQuantity.0.code") == "mm"
    assert at(valve, "deviceName.0.name") == "B 3"
    assert at(made["procedures/it/its stent"], "property.0.valueCode.0.text") == "3 x 18 mm"
    assert len(made["procedures/it"]["usedReference"]) == 2
    assert at(made["procedures/it"], "usedCode.0.text") == "x"


def test_lost_blood_is_a_part_of_the_operation() -> None:
    made = resources(SURGERY.replace("PARTS", "blood-loss: about 300 mL"))["procedures/it/its blood loss"]

    assert str(at(made, "valueQuantity.value")) == "300"
    assert at(made, "note.0.text") == "printed as about 300 mL"
    assert len(made["partOf"]) == 1


def test_an_image_that_was_not_taken_is_no_report() -> None:
    made = resources("imaging: [{name: chest X-ray, id: it, at: admission, not-done: refused}]")["imaging/it"]

    assert (made["resourceType"], made["status"]) == ("Procedure", "not-done")
    assert made["statusReason"] == {"text": "refused"}
    assert made["performedDateTime"] == "2021-01-09"


def test_an_image_has_a_method_and_its_findings_a_pattern() -> None:
    seen = "findings: [{name: abscess, id: seen, pattern: thick-walled}]"
    made = resources(f"imaging: [{{name: abdominal CT, id: it, method: without contrast, {seen}}}]")

    assert at(made["imaging/it"], "extension.0.valueCodeableConcept.text") == "without contrast"
    assert at(made["imaging/it/seen"], "component.0.valueString") == "thick-walled"


@pytest.mark.parametrize(
    ("name", "code", "category"),
    [
        ("chest X-ray", "IMG", "Imaging"),
        ("12-lead ECG", "EC", "Procedure"),
        ("EEG", "EN", "Procedure"),
        ("audiogram", "AU", "Procedure"),
        ("spirometry", "PF", "Procedure"),
        ("gastroscopy", "OTH", "Procedure"),
        ("a test that no table has", "IMG", "Imaging"),
    ],
)
def test_a_test_that_is_no_image_is_none_in_fhir(name: str, code: str, category: str) -> None:
    made = resources(f"imaging: [{{name: {name}, id: it, findings: [{{name: swelling, id: seen}}]}}]")

    assert at(made["imaging/it"], "category.0.coding.0.code") == code
    assert at(made["imaging/it/seen"], "category.0.text") == category
