"""What a resource says of a fact: nothing lost, nothing invented, nothing more precise than the print."""

import json
from decimal import Decimal
from typing import Any

import pytest

import casefhir

HEAD = """\
casefhir: 1
id: statements
article: {title: An invented case}
patient: {sex: female}
events:
  admission: {date: 2021-01-09, encounter: inpatient}
  visit: {encounter: outpatient}
"""


def resources(text: str) -> dict[str, dict[str, Any]]:
    """The resources of a case with these parts, each under its key."""
    entries = json.loads(casefhir.convert((HEAD + text + "\n").encode()).json(), parse_float=Decimal)["entry"]
    return {key(entry["resource"]): entry["resource"] for entry in entries}


def key(resource: dict[str, Any]) -> str:
    match resource.get("identifier"):
        case [{"value": value}, *_] | {"value": value}:
            return str(value)
    return str(resource["resourceType"])


def at(resource: dict[str, Any], path: str) -> Any:
    """A part of a resource: `component.0.valueQuantity.value`; None where there is none."""
    part: Any = resource
    for step in path.split("."):
        part = dict(enumerate(part)).get(int(step)) if isinstance(part, list) else part.get(step)
        if part is None:
            return None
    return part


def lab(value: str) -> dict[str, Any]:
    """The Observation of a laboratory value."""
    found = resources(f"labs: [{{at: admission, values: {{{value}}}}}]")
    return next(made for name, made in found.items() if name.startswith("labs/") and name.count("/") == 2)


@pytest.mark.parametrize(
    ("value", "path", "expected"),
    [
        ("systolic blood pressure: 120 mmHg", "code.coding.0.code", "85354-9"),
        ("systolic blood pressure: 120 mmHg", "component.0.valueQuantity.value", 120),
        ("systolic blood pressure: 120 mmHg", "component.1.dataAbsentReason.coding.0.code", "unknown"),
        ("systolic blood pressure: 140-160 mmHg", "component.0.dataAbsentReason.text", "140-160 mmHg"),
        ("systolic blood pressure: 140-160 mmHg", "component.1.dataAbsentReason.coding.0.code", "unknown"),
        ("systolic blood pressure: 140-160 mmHg", "component.2.code.text", "lowest systolic blood pressure"),
        ("systolic blood pressure: 140-160 mmHg", "component.2.code.coding", None),
        ("systolic blood pressure: 140-160 mmHg", "component.2.valueQuantity.value", 140),
        ("systolic blood pressure: 140-160 mmHg", "component.3.valueQuantity.value", 160),
        ("systolic blood pressure: 140-160 mmHg", "extension.0.valueString", "140-160 mmHg"),
        ("diastolic blood pressure: high", "component.0.dataAbsentReason.coding.0.code", "unknown"),
        ("diastolic blood pressure: high", "component.1.dataAbsentReason.text", "high"),
        ("diastolic blood pressure: not measured", "component.0.dataAbsentReason.coding.0.code", "unknown"),
        ("systole: {value: 120-130 mmHg, code: SNOMED 271649006}", "component.3.valueQuantity.value", 130),
        ("systole: {value: 120 mmHg, code: SNOMED 271649006}", "component.1.dataAbsentReason.text", "not printed"),
        ("diastolic blood pressure: 10.7 kPa", "component.1.valueQuantity.value", Decimal("80.26")),
        ("diastolic blood pressure: 10.7 kPa", "extension.0.valueString", "10.7 kPa"),
        ("blood pressure: 16/10 kPa", "component.0.valueQuantity.value", 120),
        ("blood pressure: '> 180/110 mmHg'", "component.0.dataAbsentReason.coding.0.code", "as-text"),
        ("blood pressure: not measured", "component.0.dataAbsentReason.coding.0.code", "not-performed"),
        ("rectal temperature: 38.9 °C", "code.coding.1.code", "8310-5"),
        ("SpO2: {value: 92 %, code: LOINC 59408-5}", "code.coding.1.code", "2708-6"),
        ("pulse: {value: 92 /min, code: SNOMED 429525003}", "code.coding.1.code", "8867-4"),
        ("BMI: 18-20 kg/m2", "valueQuantity._value.extension.0.valueCode", "as-text"),
        ("BMI: 18-20 kg/m2", "extension.0.valueString", "18-20 kg/m2"),
        ("heart rate: normal", "dataAbsentReason.text", "normal"),
        ("heart rate: not measured", "dataAbsentReason.coding.0.code", "not-performed"),
        ("body height: 1.2 m", "valueQuantity.value", 120),
        ("body height: 3.61 ft", "valueQuantity.value", Decimal("110.03")),
        ("mean arterial pressure: 70-80 mmHg", "valueRange.low.value", 70),
        ("BK virus DNA: 2.0 x10^6 copies/mL", "valueQuantity.value", 2000000),
        ("BK virus DNA: 2.0 x10^6 copies/mL", "valueQuantity.code", "{copies}/mL"),
        ("BK virus DNA: 2.0 x10^6 copies/mL", "extension.0.valueString", "2.0 x10^6 copies/mL"),
        ("BK virus DNA: '>1 x 10^9 copies/mL'", "valueQuantity.comparator", ">"),
        ("BK viral load: 6.3 log10 copies/mL", "valueQuantity.code", "{Log_copies}/mL"),
        ("adenovirus PCR: 6.3 log10 copies/mL", "code.coding.0.code", "64038-3"),
        ("ALT: 3 times the upper limit of normal", "valueString", "3 times the upper limit of normal"),
        ("ALT: 3 times the upper limit of normal", "valueQuantity", None),
        ("ALT: 3 times the upper limit of normal", "code.coding.0.code", "1742-6"),
        ("ALT: 3 times the upper limit of normal", "interpretation.0.coding.0.code", "H"),
        ("ALT: more than 3 x ULN", "component.0.code.text", "ALT as a multiple of the upper limit of normal"),
        ("ALT: '> 3 x ULN'", "component.0.valueQuantity.value", 3),
        ("ALT: '> 3 x ULN'", "component.0.valueQuantity.comparator", ">"),
        ("ALT: '> 3 x ULN'", "component.0.valueQuantity.code", "1"),
        ("ALT: 2-3 x ULN", "component.0.valueRange.high.value", 3),
        ("ALT: 3 x ULN (normal < 40)", "referenceRange.0.high.unit", None),
        ("ALT: 3 x ULN (normal < 40 U/L)", "referenceRange.0.high.code", "U/L"),
        ("ALT: '< 3 x ULN'", "interpretation", None),
        ("CRP: pending", "dataAbsentReason.coding.0.code", "temp-unknown"),
        ("glucose: {value: 2.5 mmol/L, specimen: cerebrospinal fluid}", "specimen.display", "cerebrospinal fluid"),
        ("glucose: {value: 2.5 mmol/L, specimen: cerebrospinal fluid}", "code.coding", None),
        ("glucose: {value: 2.5 mmol/L, specimen: venous blood}", "code.coding.0.system", "http://loinc.org"),
    ],
)
def test_laboratory_value(value: str, path: str, expected: Any) -> None:
    assert at(lab(value), path) == expected


@pytest.mark.parametrize(
    ("diagnosis", "path", "expected"),
    [
        ("onset: age 6 months", "onsetAge.value", 6),
        ("onset: age > 5 years", "onsetAge.comparator", ">"),
        ("onset: age 3 to 4 years", "onsetRange.high.value", 4),
        ("onset: age 0 days", "onsetString", "age 0 days"),
        ("onset: 2020-01..2020-03", "onsetPeriod.end", "2020-03"),
        ("resolved: age 6 years", "abatementAge.value", 6),
        ("resolved: unknown", "abatementString", "unknown"),
        ("resolved: unknown", "clinicalStatus.coding.0.code", "resolved"),
        ("severity: life-threatening", "severity.text", "life-threatening"),
        ("severity: life-threatening", "severity.coding", None),
    ],
)
def test_diagnosis(diagnosis: str, path: str, expected: Any) -> None:
    made = resources(f"diagnoses: [{{name: measles, id: it, {diagnosis}}}]")["diagnoses/it"]

    assert at(made, path) == expected


@pytest.mark.parametrize(
    ("finding", "path", "expected"),
    [
        ("duration: 2-3 weeks", "component.0.valueRange.high.value", 3),
        ("duration: '> 4 h'", "component.0.valueQuantity.comparator", ">"),
        ("duration: about 5 months", "note.0.text", "its duration is printed as about 5 months"),
        ("from: about 2020", "extension.0.extension.0.valueString", "from about 2020"),
        ("to: about 2020", "extension.0.extension.0.valueString", "until about 2020"),
        ("at: admission + 2-3 weeks", "extension.0.extension.1.url", "event"),
        ("at: admission - > 2 weeks", "extension.0.extension.1.valueDuration.comparator", "<"),
        (
            "at: within 3 days after admission",
            "extension.0.extension.0.valueString",
            "within 3 days after admission (admission is 2021-01-09)",
        ),
        ("at: within 3 days after admission", "extension.0.extension.1.valueDuration.comparator", "<="),
        ("at: within 3 days after admission", "effectiveDateTime", "2021-01"),
        ("at: within 3 days before admission", "extension.0.extension.1.valueDuration.value", -3),
        ("at: within 3 days before admission", "extension.0.extension.1.valueDuration.comparator", ">="),
        ("conflict: {says: a, where: b, note: c}", "note.0.text", "b says: a (c)"),
    ],
)
def test_finding(finding: str, path: str, expected: Any) -> None:
    made = resources(f"findings: [{{name: rash, id: it, {finding}}}]")["findings/it"]

    assert at(made, path) == expected


@pytest.mark.parametrize(
    ("dose", "path", "expected"),
    [
        ("up to 4 mg daily", "doseAndRate.0.doseRange.high.value", 4),
        ("< 4 mg daily", "doseAndRate.0.doseRange.high.value", 4),
        ("> 4 mg daily", "doseAndRate.0.doseRange.low.value", 4),
        ("up to 4 g/day", "doseAndRate.0.rateRatio.numerator.comparator", "<="),
        ("0.1 mL per 10 kg", "doseAndRate.0.doseQuantity.code", "mL/(10.kg)"),
        ("0.1 mL per 10 kg", "doseAndRate.0.doseQuantity.unit", "mL/10 kg"),
        ("3 mg/1.73 m2", "doseAndRate.0.doseQuantity.code", None),
        ("5 mg over more than 2 hours", "timing", None),
        ("5 mg over 2-3 h", "timing.repeat.durationMax", 3),
    ],
)
def test_dose(dose: str, path: str, expected: Any) -> None:
    made = resources(f"treatments: [{{drug: aspirin, dose: '{dose}'}}]")["treatments/aspirin"]

    assert at(made["dosage"][0], path) == expected
    assert made["dosage"][0]["text"] == dose


def test_temperature_of_a_fever_has_its_whole_time() -> None:
    made = resources("findings: [{name: fever, value: about 39 °C, from: 2021-01-05, to: 2021-01-09}]")
    temperature = made["findings/fever/2021-01-05/body temperature"]

    assert temperature["effectivePeriod"] == {"start": "2021-01-05", "end": "2021-01-09"}
    assert temperature["note"] == [{"text": "printed as about 39 °C"}]


def test_a_flare_is_related_to_the_disease_and_not_to_itself() -> None:
    made = resources("diagnoses: [{name: gout, onset: 2020}, {name: gout, onset: 2021, flare-of: gout, cause: gout}]")

    links = [extension["url"].rpartition("/")[2] for extension in made["diagnoses/gout/2021"]["extension"]]
    assert links == ["condition-dueTo", "condition-related"]


def test_course_of_a_finding_has_focus_on_it() -> None:
    made = resources("findings: [{name: fever}]\ncourse: [{what: gone, of: fever}]")

    assert len(made["course/gone"]["focus"]) == 1


def test_course_is_called_by_the_name_of_its_subject_and_not_by_a_key() -> None:
    made = resources(
        "findings: [{name: fever, at: admission}, {name: fever, at: 2022}]\n"
        "course: [{what: gone, of: fever/admission}, {what: less, of: fever}]"
    )

    assert made["course/gone"]["code"]["text"] == "course of fever"
    assert made["course/less"]["code"]["text"] == "course of fever"


def test_harm_keeps_its_end_and_its_note() -> None:
    made = resources("adverse-events: [{name: rash, from: 2021-01, to: 2021-02, outcome: fatal, note: late}]")
    harm = made["adverse-events/rash/2021-01"]

    assert at(harm, "extension.0.extension.0.valueString") == "2021-01 to 2021-02"
    assert at(harm, "extension.1.valueString") == "late"
    assert made["patient"]["deceasedBoolean"] is True


def test_visit_keeps_an_unsure_end() -> None:
    stay = resources("  stay: {date: 2021-01-09, to: about 2021-02, encounter: inpatient}")["events/stay"]

    assert at(stay, "extension.0.extension.0.valueString") == "2021-01-09 to about 2021-02"


def test_authors_of_one_name_are_two() -> None:
    article = "{title: T, authors: [{name: Wei Zhang, affiliations: [X, X.]}, {name: Wei Zhang, affiliations: [X, X]}]}"
    text = HEAD.replace("{title: An invented case}", article)
    kinds = [entry["resource"]["resourceType"] for entry in casefhir.convert(text.encode()).document["entry"]]

    assert (kinds.count("Practitioner"), kinds.count("PractitionerRole"), kinds.count("Organization")) == (2, 3, 2)


def test_doubt_about_a_mere_moment_names_it() -> None:
    made = resources("  fall: {}\ndoubts: [{about: events/fall, says: unsure}]")

    assert made["doubts/events/fall/unsure"]["implicated"] == [{"display": "events/fall"}]


@pytest.mark.parametrize(
    ("past", "path", "expected"),
    [
        ("name: asthma", "clinicalStatus", None),
        ("name: asthma", "category.0", {"text": "history"}),
        ("name: asthma, status: active", "category.0.coding.0.code", "problem-list-item"),
        ("name: asthma, at: age 1 year", "onsetAge.value", 1),
        ("name: asthma, from: 2010-05", "onsetDateTime", "2010-05"),
        ("name: asthma, from: 2010-05, to: 2012", "abatementDateTime", "2012"),
        ("name: asthma, to: unknown", "clinicalStatus.text", "resolved"),
        ("name: asthma, from: about 2010", "extension.0.extension.0.valueString", "about 2010"),
        ("name: asthma, absent: true, at: admission", "verificationStatus.coding.0.code", "refuted"),
        ("name: asthma, absent: true, at: admission", "recordedDate", "2021-01-09"),
        ("name: asthma, absent: true, at: admission", "onsetDateTime", None),
        ("name: asthma, absent: true, to: 2020", "clinicalStatus", None),
        ("none: true", "resourceType", "Observation"),
        ("none: true", "valueCodeableConcept.coding.0.code", "443508001"),
    ],
)
def test_history(past: str, path: str, expected: Any) -> None:
    assert at(resources(f"history: [{{id: it, {past}}}]")["history/it"], path) == expected


def test_a_disease_of_the_history_is_a_reason_a_cause_and_a_subject() -> None:
    made = resources(
        "history: [{name: asthma}, {name: gout, cause: asthma}]\n"
        "treatments: [{drug: aspirin, for: [asthma]}]\n"
        "course: [{what: better, of: asthma}]"
    )

    assert len(made["treatments/aspirin"]["reasonReference"]) == 1
    assert at(made["history/gout"], "extension.0.valueReference")
    assert len(made["course/better"]["focus"]) == 1


def test_a_disease_that_the_patient_never_had_is_no_reason() -> None:
    """The blood pressure is high now, and never was before."""
    made = resources(
        "history: [{name: hypertension, absent: true}]\n"
        "treatments: [{drug: nicardipine, for: [hypertension]}]\n"
        "procedures: [{name: caesarean section, for: [hypertension]}]"
    )

    for made_for in (made["treatments/nicardipine"], made["procedures/cesarean-section"]):
        assert "reasonReference" not in made_for
        assert at(made_for, "reasonCode.0.text") == "hypertension"


@pytest.mark.parametrize(
    ("relative", "path", "expected"),
    [
        ("relation: mother, conditions: [{name: gout, died: true}]", "condition.0.contributedToDeath", True),
        ("relation: mother, conditions: [{name: gout, died: false}]", "condition.0.contributedToDeath", False),
        ("relation: mother, conditions: [{name: gout}]", "condition.0.contributedToDeath", None),
        ("relation: mother, conditions: [{name: gout, died: true}]", "deceasedBoolean", True),
        ("relation: mother, conditions: [{name: gout}]", "deceasedBoolean", None),
        ("relation: mother, conditions: [{name: gout}]", "relationship.coding.0.code", "MTH"),
        ("relation: second cousin, conditions: [{name: gout}]", "relationship", {"text": "second cousin"}),
        ("relation: mother, deceased: unknown", "deceasedBoolean", True),
        ("relation: mother, deceased: age 60 years", "deceasedAge.value", 60),
        ("relation: mother, deceased: 2010-05", "deceasedDate", "2010-05"),
        ("relation: mother, deceased: about 2010", "deceasedString", "about 2010"),
        ("relation: mother, age: about 60 years", "estimatedAge", True),
        (
            "relation: mother, conditions: [{name: gout, onset: age 40 to 50 years}]",
            "condition.0.onsetRange.low.value",
            40,
        ),
        ("relation: mother, conditions: [{name: gout, onset: 2010}]", "condition.0.onsetPeriod.end", "2010"),
        ("relation: mother, conditions: [{name: gout, onset: after 2010}]", "condition.0.onsetString", "after 2010"),
        ("none: true, of: [gout]", "component.0.valueCodeableConcept.text", "absent"),
        ("relation: mother, none: true", "code.text", "family history: mother"),
        ("consanguinity: true", "valueCodeableConcept.text", "present"),
        ("consanguinity: false", "valueCodeableConcept.text", "absent"),
    ],
)
def test_family(relative: str, path: str, expected: Any) -> None:
    assert at(resources(f"family: [{{id: it, {relative}}}]")["family/it"], path) == expected


@pytest.mark.parametrize(
    ("allergy", "path", "expected"),
    [
        ("name: aspirin", "clinicalStatus.coding.0.code", "active"),
        ("name: aspirin", "verificationStatus", None),
        ("name: aspirin, status: resolved", "clinicalStatus.coding.0.code", "resolved"),
        ("name: aspirin, absent: true", "verificationStatus.coding.0.code", "refuted"),
        ("name: aspirin, absent: true", "clinicalStatus.coding.0.code", "inactive"),
        ("name: aspirin, at: age 2 years", "onsetAge.value", 2),
        ("name: aspirin, reaction: [rash], severity: mild", "reaction.0.severity", "mild"),
        ("none: true", "code.coding.0.code", "716186003"),
        ("none: true, of: drugs", "code.coding.0.code", "409137002"),
    ],
)
def test_allergy(allergy: str, path: str, expected: Any) -> None:
    assert at(resources(f"allergies: [{{id: it, {allergy}}}]")["allergies/it"], path) == expected


@pytest.mark.parametrize(
    ("habit", "path", "expected"),
    [
        ("name: tobacco smoking, value: 20 pack-years", "valueQuantity.value", 20),
        (
            "name: tobacco smoking, value: 20 pack-years, status: former",
            "component.0.valueCodeableConcept.text",
            "former",
        ),
        ("name: smoking, status: never", "valueCodeableConcept.coding.0.code", "266919005"),
        ("name: alcohol use, status: never", "valueCodeableConcept", {"text": "never"}),
        ("name: alcohol use, absent: true", "valueCodeableConcept.text", "absent"),
        ("name: alcohol use", "valueCodeableConcept.text", "present"),
        ("name: occupation, says: farmer", "valueString", "farmer"),
    ],
)
def test_habit(habit: str, path: str, expected: Any) -> None:
    assert at(resources(f"social: [{{id: it, {habit}}}]")["social/it"], path) == expected


@pytest.mark.parametrize(
    ("vaccination", "path", "expected"),
    [
        ("name: MMR, at: 2010-05", "occurrenceDateTime", "2010-05"),
        ("name: MMR, at: age 9 months", "occurrenceString", "age 9 months"),
        ("name: MMR", "occurrenceString", "unknown"),
        ("name: MMR", "status", "completed"),
        ("name: MMR, absent: true", "status", "not-done"),
        ("name: MMR, not-done: refused", "statusReason.text", "refused"),
        ("name: MMR, dose: second", "protocolApplied.0.doseNumberString", "second"),
        ("says: up to date", "valueCodeableConcept", {"text": "up to date"}),
        ("none: true", "valueCodeableConcept.coding.0.code", "787482006"),
    ],
)
def test_immunization(vaccination: str, path: str, expected: Any) -> None:
    assert at(resources(f"immunizations: [{{id: it, {vaccination}}}]")["immunizations/it"], path) == expected


def test_perspective_of_a_patient_is_told_by_the_patient() -> None:
    made = resources("perspective: [{says: glad, by: patient}, {says: afraid, by: mother}]")

    assert made["perspective/patient"]["performer"] == [made["perspective/patient"]["subject"]]
    assert made["perspective/mother"]["performer"] == [{"display": "mother"}]


def test_patient_of_another_case_is_named_by_the_identifier_that_it_has_there() -> None:
    mother = resources("part-of: child\nrelation: mother")
    child = json.loads(casefhir.convert(HEAD.replace("id: statements", "id: child").encode()).json())["entry"]
    [patient] = [entry["resource"] for entry in child if entry["resource"]["resourceType"] == "Patient"]

    assert mother["part-of"]["patient"]["identifier"] == patient["identifier"][0]
    assert mother["part-of"]["identifier"][1] == mother["patient"]["identifier"][0]
    assert at(mother["part-of"], "relationship.0.coding.0.code") == "MTH"


def test_a_relation_stands_beside_its_case_or_below_it() -> None:
    assert resources("part-of: {child: mother}") == resources("part-of: child\nrelation: mother")


def test_one_of_three_siblings_is_the_sister_of_both_others() -> None:
    made = resources("part-of: [first, third]\nrelation: sister")
    document = next(one for one in made.values() if one["resourceType"] == "DocumentReference")

    assert at(made["part-of/first"], "patient.display") == "the patient of the case first"
    assert at(made["part-of/third"], "patient.display") == "the patient of the case third"
    assert at(made["part-of/third"], "relationship.0.text") == "sister"
    assert len(at(document, "context.related")) == 2


@pytest.mark.parametrize(
    "written", ["part-of: [child, niece]\nrelation: [mother, aunt]", "part-of: {child: mother, niece: aunt}"]
)
def test_of_a_mother_and_her_sister_each_has_her_relation(written: str) -> None:
    made = resources(written)

    assert [at(made[key], "relationship.0.text") for key in ("part-of/child", "part-of/niece")] == ["mother", "aunt"]


def test_a_value_of_a_relative_is_none_of_the_patient() -> None:
    made = resources("family: [{relation: mother, values: {CRP: 48 mg/L, blood pressure: 120/80 mmHg}}]")
    protein = made["family/mother/crp"]

    assert protein["code"] == {"text": "CRP of the mother"}
    assert str(at(protein, "component.0.valueQuantity.value")) == "48"
    assert at(protein, "component.0.code.coding.0.system") == "http://loinc.org"
    assert len(protein["focus"]) == 1
    pressure = next(one for key, one in made.items() if "pressure" in key)
    assert [part["valueQuantity"]["value"] for part in pressure["component"]] == [120, 80]
    family = next(one for one in at(made["article"], "section") if one["title"] == "Family history")
    assert "CRP of the mother" in family["text"]["div"]


def test_a_class_of_response_stands_by_itself() -> None:
    made = resources("course: [{what: better, id: it, at: visit, response: VGPR, criteria: IMWG}]")["course/it"]

    assert made["valueString"] == "better"
    assert at(made, "component.0.valueCodeableConcept.text") == "VGPR"
    assert at(made, "method.text") == "IMWG"


def test_lists_of_the_document_tell_what_is_absent() -> None:
    made = resources(
        "history: [{name: gout, absent: true}]\nfamily: [{none: true, of: [gout]}]\nallergies: [{none: true}]\n"
        "social: [{name: alcohol use, absent: true}]\nimmunizations: [{name: MMR, absent: true}]"
    )
    [document] = [one for one in made.values() if one["resourceType"] == "Composition"]
    told = {section["title"]: section["text"]["div"].split(">")[1].split("<")[0] for section in document["section"]}

    assert told["History"] == "no gout"
    assert told["Family history"] == "none of gout"
    assert told["Allergies"] == "no known allergy"
    assert told["Social history"] == "alcohol use: absent"
    assert told["Immunizations"] == "no MMR"


def microbiology(said: str) -> dict[str, dict[str, Any]]:
    return resources(f"microbiology: [{{name: blood culture, id: it, at: visit, {said}}}]")


@pytest.mark.parametrize(
    ("said", "key", "path", "expected"),
    [
        ("result: no growth", "result", "code.coding.0.code", "600-7"),
        ("result: no growth", "result", "valueCodeableConcept.coding.0.code", "260385009"),
        ("result: no growth", "result", "valueCodeableConcept.text", "no growth"),
        ("result: no growth", "result", "interpretation.0.coding.0.code", "NEG"),
        ("result: not measured", "result", "dataAbsentReason.coding.0.code", "not-performed"),
        ("result: no growth, specimen: cerebrospinal fluid", "result", "code.coding", None),
        ("text: mixed flora, method: by eye", "result", "valueString", "mixed flora"),
        ("text: mixed flora, method: by eye", "result", "method.text", "by eye"),
        ("organisms: [E. coli]", "escherichia-coli", "valueCodeableConcept.coding.0.system", "http://snomed.info/sct"),
        ("organisms: [E. coli]", "escherichia-coli", "valueCodeableConcept.text", "E. coli"),
        ("organisms: [{name: E. coli, absent: true}]", "escherichia-coli", "valueCodeableConcept.text", "absent"),
        ("organisms: [{name: E. coli, absent: true}]", "escherichia-coli", "code.text", "E. coli by blood culture"),
        ("organisms: [{name: E. coli, absent: true}]", "escherichia-coli", "code.coding", None),
        (
            "organisms: [{name: E. coli, value: about 5 CFU/mL}]",
            "escherichia-coli",
            "component.0.valueQuantity.value",
            5,
        ),
        ("organisms: [{name: E. coli, note: late}]", "escherichia-coli", "note.0.text", "late"),
        ("susceptibility: {amikacin: sensitive}", "amikacin", "interpretation.0.coding.0.code", "S"),
        ("susceptibility: {amikacin: R}", "amikacin", "code.coding.0.code", "18860-7"),
        ("susceptibility: {amikacin: R}", "amikacin", "valueCodeableConcept.text", "resistant"),
        ("susceptibility: {amikacin: {value: R, mic: '> 8 mg/L'}}", "amikacin", "valueQuantity.comparator", ">"),
        ("susceptibility: {amikacin: {value: R, mic: '> 8 mg/L'}}", "amikacin", "interpretation.0.text", "resistant"),
        ("organisms: [E. coli], susceptibility: {amikacin: R}", "escherichia-coli/amikacin", "effectiveDateTime", None),
    ],
)
def test_microbiology(said: str, key: str, path: str, expected: Any) -> None:
    assert at(microbiology(said)[f"microbiology/it/{key}"], path) == expected


def test_a_culture_is_a_report_of_one_specimen() -> None:
    made = resources("microbiology: [{name: blood culture, specimen: blood, organisms: [E. coli], at: admission}]")
    report = made["microbiology/blood-culture/blood/admission"]

    assert at(report, "category.0.coding.0.code") == "MB"
    assert len(report["specimen"]) == len(report["result"]) == 1
    assert made["microbiology/blood-culture/blood/admission/its specimen"]["type"]["text"] == "blood"
    assert report["effectiveDateTime"] == "2021-01-09"


def test_a_susceptibility_is_of_its_organism() -> None:
    made = microbiology("organisms: [{name: E. coli, susceptibility: {amikacin: R}}, Klebsiella]")

    assert len(made["microbiology/it/escherichia-coli/amikacin"]["derivedFrom"]) == 1


def test_what_did_not_grow_is_not_listed_as_there() -> None:
    sections = microbiology("organisms: [{name: E. coli, absent: true}]")["article"]["section"]

    assert "no E. coli" in next(section for section in sections if section["title"] == "Microbiology")["text"]["div"]


@pytest.mark.parametrize(
    ("said", "path", "expected"),
    [
        ("gene: BTK", "valueCodeableConcept.coding.0.code", "LA9633-4"),
        ("gene: BTK, absent: true", "valueCodeableConcept.text", "absent"),
        ("gene: BTK, absent: true, origin: germline", "component.1.code.coding.0.code", "48002-0"),
        ("printed: x, allele-fraction: 21 %", "component.0.code.coding.0.code", "81258-6"),
        ("printed: x, allele-fraction: 21 %", "component.0.valueQuantity.code", "%"),
        ("printed: x, allele-fraction: about 21 %", "note.1.text", "printed as about 21 %"),
        ("printed: x, cells: 176/200", "component.0.valueRatio.denominator.value", 200),
        ('gene: "CCND1::IGH"', "component.1.valueCodeableConcept.text", "IGH"),
        ('gene: "BCR::ABL1", code: [HGNC:1014, HGNC:76]', "component.1.valueCodeableConcept.coding.0.code", "HGNC:76"),
        ('gene: "BCR::ABL1", code: [HGNC:1014]', "component.0.valueCodeableConcept.text", "BCR::ABL1"),
        ("printed: x, locus: [11q13, 14q32]", "component.1.valueCodeableConcept.text", "14q32"),
        ("none: true", "valueCodeableConcept.text", "absent"),
        ("none: true", "component", None),
        ("gene: BTK, not-done: too dear", "valueCodeableConcept", None),
        ("gene: BTK, not-done: too dear", "dataAbsentReason.text", "too dear"),
        ("gene: BTK, code: HGNC:3236", "component.0.valueCodeableConcept.coding.0.system", "http://www.genenames.org"),
        ("gene: BTK, printed: C37C", "extension.0.valueString", "C37C"),
        ("gene: BTK, printed: C37C", "component.1", None),
        ("gene: BTK, dna: c.1A>G", "component.1.valueCodeableConcept.text", "c.1A>G"),
        ("gene: BTK, dna: c.1A>G", "component.1.valueCodeableConcept.coding", None),
        (
            "gene: BTK, dna: c.1A>G, transcript: NM_1.2",
            "component.1.valueCodeableConcept.coding.0.code",
            "NM_1.2:c.1A>G",
        ),
        ("gene: BTK, exon: 2", "component.1.valueCodeableConcept.text", "2"),
        ("gene: BTK, consequence: stop", "component.1.valueCodeableConcept.coding.0.code", "SO:0001587"),
        ("gene: BTK, consequence: stop", "component.1.valueCodeableConcept.text", "stop"),
        ("gene: BTK, zygosity: hemizygous", "component.1.valueCodeableConcept.coding", None),
        ("gene: BTK, zygosity: homozygous", "component.1.valueCodeableConcept.coding.0.code", "LA6705-3"),
        ("gene: BTK, origin: maternal", "component.1.code.coding.0.code", "94186-4"),
        ("gene: BTK, origin: somatic", "component.1.code.coding.0.code", "48002-0"),
        ("gene: BTK, class: pathogenic", "component.1.valueCodeableConcept.coding.0.code", "LA6668-3"),
        ("gene: BTK, of: measles", "extension.0.valueReference.reference", None),
        ("gene: BTK, of: measles", "component.1.code.coding.0.code", "81259-4"),
        ("gene: BTK, of: measles, absent: true", "component.1", None),
        ("gene: BTK, of: measles, absent: true", "note.0.text", "looked for because of measles"),
        ("karyotype: '46,XY'", "component.0.valueCodeableConcept.coding.0.code", "46,XY"),
        ("gene: BTK, at: about 2020", "extension.0.extension.0.valueString", "about 2020"),
        ("gene: BTK, at: 2020", "effectiveDateTime", "2020"),
    ],
)
def test_variant(said: str, path: str, expected: Any) -> None:
    made = resources(f"genetics: [{{id: it, {said}}}]")["genetics/it"]

    assert at(made, path) == expected


def test_a_variant_is_linked_to_the_disease_that_it_explains() -> None:
    made = resources("diagnoses: [{name: gout}]\ngenetics: [{gene: BTK, of: gout}]")

    assert at(made["genetics/btk"], "extension.0.valueReference.reference")


def test_a_variant_is_not_told_as_the_work_of_the_disease_that_it_explains() -> None:
    made = resources("genetics: [{gene: BTK, of: measles}]")

    assert "Genetic variant BTK: present · for measles" in at(made["genetics/btk"], "text.div")


@pytest.mark.parametrize(
    ("said", "path", "expected"),
    [
        ("not-done: refused", "status", "not-taken"),
        ("not-done: refused", "statusReason.0.text", "refused"),
        ("regimen: FOLFOX", "extension.0.valueCodeableConcept.text", "FOLFOX"),
        ("cycles: 6", "extension.0.valuePositiveInt", 6),
        ("cycles: 6", "dosage", None),
        ("interrupted: [{from: 2020-02, to: 2020-03}]", "extension.0.extension.1.valuePeriod.end", "2020-03"),
        ("interrupted: [{from: 2020-02, why: [a, b]}]", "note.0.text", "interrupted from 2020-02 because: a, b"),
        (
            "interrupted: [{duration: 45 min, note: no pump, quote: paused for 45}]",
            "note.0.text",
            "interrupted for 45 min (no pump)",
        ),
        (
            "interrupted: [{duration: 45 min, quote: paused for 45}]",
            "extension.0.extension.1.valueString",
            "paused for 45",
        ),
        ("interrupted: [{duration: 30 minutes}]", "note.0.text", "interrupted for 30 minutes"),
        ("interrupted: [{why: [fever]}]", "extension.0.extension.1", None),
    ],
)
def test_treatment(said: str, path: str, expected: Any) -> None:
    made = resources(f"treatments: [{{drug: aspirin, {said}}}]")["treatments/aspirin"]

    assert at(made, path) == expected


def test_what_was_not_given_is_not_listed_as_given() -> None:
    made = resources("treatments: [{drug: aspirin, not-done: refused}]")

    assert "aspirin (not done)" in str(made["article"]["section"])


@pytest.mark.parametrize(("dose", "code"), [("10 U SC", None), ("400 U/day PO", None), ("400 IU PO", "[IU]")])
def test_units_of_a_drug_are_none_of_an_enzyme(dose: str, code: str | None) -> None:
    [given] = resources(f"treatments: [{{drug: insulin, dose: {dose}}}]")["treatments/insulin"]["dosage"]
    amount = given["doseAndRate"][0]
    quantity = amount.get("doseQuantity") or amount["rateRatio"]["numerator"]

    assert quantity.get("code") == code


def test_what_follows_treatments_is_told_by_their_names() -> None:
    made = resources("treatments: [{drug: aspirin, at: admission}]\ncourse: [{what: better, after: aspirin/admission}]")

    assert "after aspirin<" in made["course/better"]["text"]["div"]


def test_a_mere_moment_keeps_its_quote() -> None:
    entries = casefhir.convert(HEAD.replace("events:\n", 'events:\n  fall: {quote: "she fell"}\n').encode()).document
    [told] = [e["resource"] for e in entries["entry"] if "she fell" in str(e["resource"].get("extension"))]

    assert (told["resourceType"], told["valueString"]) == ("Observation", "fall")


def test_a_course_does_not_replace_itself() -> None:
    courses = "{drug: aspirin, from: 2019}, {drug: aspirin, from: 2020, replaces: aspirin}"
    made = resources(f"treatments: [{courses}]")["treatments/aspirin/2020"]

    assert [part["url"].rpartition("/")[2] for part in made["extension"]] == ["replaces"]


def test_a_drug_that_was_tested_at_two_concentrations_has_two_results() -> None:
    both = "[{value: R, at-concentration: 0.1 mg/L}, {value: S, at-concentration: 0.4 mg/L}]"
    made = microbiology(f"organisms: [{{name: E. coli, susceptibility: {{isoniazid: {both}}}}}]")
    low = made["microbiology/it/escherichia-coli/isoniazid/0-1-mg-l"]

    assert at(low, "valueCodeableConcept.text") == "resistant"
    assert at(low, "valueQuantity") is None
    assert str(at(low, "component.0.valueQuantity.value")) == "0.1"
    assert at(made["microbiology/it/escherichia-coli/isoniazid/0-4-mg-l"], "valueCodeableConcept.text") == "susceptible"


def test_a_test_of_the_genes_says_nothing_of_growth() -> None:
    said = "susceptibility: {rifampicin: {value: not detected, method: Xpert MTB/RIF}}"
    made = microbiology(f"organisms: [{{name: Mycobacterium tuberculosis, {said}}}]")
    found = made["microbiology/it/mycobacterium-tuberculosis/rifampin/xpert-mtb-rif"]

    assert found["code"] == {"text": "rifampicin resistance"}
    assert at(found, "valueCodeableConcept.text") == "not detected"
    assert at(found, "interpretation.0.coding.0.code") == "ND"


def test_a_mutation_of_an_organism_is_no_variant_of_the_patient() -> None:
    said = "genotype: [{name: katG S315T, resistance-to: isoniazid}, {name: inhA, absent: true}]"
    made = microbiology(f"organisms: [{{name: Mycobacterium tuberculosis, {said}}}]")
    found = made["microbiology/it/mycobacterium-tuberculosis/genotype/katg-s315t"]

    assert [category["text"] for category in found["category"]] == ["Laboratory"]
    assert at(found, "valueCodeableConcept.text") == "katG S315T"
    assert at(found, "component.0.valueCodeableConcept.text") == "isoniazid"
    assert len(found["derivedFrom"]) == 1
    absent = made["microbiology/it/mycobacterium-tuberculosis/genotype/inha"]
    assert at(absent, "valueCodeableConcept.text") == "absent"


def test_an_amount_may_be_a_grade() -> None:
    made = microbiology("organisms: [{name: E. coli, value: 3+}]")

    assert at(made["microbiology/it/escherichia-coli"], "component.0.valueCodeableConcept.text") == "3+"
