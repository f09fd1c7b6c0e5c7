"""What was given, and what came of it: courses, how they end, and the harm that they did."""

import json

import pytest
from tests.fhir.test_statements import HEAD, at, key, resources

import casefhir

COURSES = """
treatments:
  - {drug: mycophenolate mofetil, dose: 1 g daily, from: 2019-09-24, to: 2019-10-15}
  - {drug: mycophenolate mofetil, dose: 2 g daily, from: 2019-10-15, to: 2021-01-11}
  - {drug: mycophenolate mofetil, dose: 3 g daily, from: 2021-01-11}
course:
  - {what: better, after: mycophenolate mofetil, at: 2019-11-05}
adverse-events:
  - {name: herpes zoster, of: mycophenolate mofetil, at: 2019-11-05}
  - {none: true, of: mycophenolate mofetil, at: 2019-09-30}
  - {name: rash, of: mycophenolate mofetil}
"""


@pytest.mark.parametrize(
    ("fact", "path", "begun"),
    [
        ("adverse-events/herpes-zoster/2019-11-05", "suspectEntity.{}.instance", ["2019-10-15"]),
        ("course/better/2019-11-05", "focus.{}", ["2019-09-24", "2019-10-15"]),
        ("adverse-events/none/2019-09-30", "focus.{}", ["2019-09-24"]),
        ("adverse-events/rash", "suspectEntity.{}.instance", ["2019-09-24", "2019-10-15", "2021-01-11"]),
    ],
)
def test_nothing_follows_a_course_that_began_later(fact: str, path: str, begun: list[str]) -> None:
    entries = json.loads(casefhir.convert((HEAD + COURSES).encode()).json())["entry"]
    by_url = {entry["fullUrl"]: key(entry["resource"]) for entry in entries}
    made = resources(COURSES)[fact]
    named = [at(made, f"{path.format(n)}.reference") for n in range(3)]

    assert [by_url[one] for one in named if one] == [f"treatments/mycophenolate-mofetil/{day}" for day in begun]


TAPER = """
treatments:
  - {drug: prednisolone, dose: 60 mg/day, from: 2021-05-03}
  - {drug: prednisolone, dose: 50 mg/day, from: 2021-05-28, replaces: prednisolone/2021-05-03}
  - {drug: prednisolone, dose: 40 mg/day, from: visit, replaces: prednisolone/2021-05-28}
  - {drug: azathioprine, from: after visit, replaces: prednisolone}
  - {drug: ibuprofen, from: 2021-05-03, to: 2021-05-10}
  - {drug: naproxen, from: 2021-05-28, replaces: ibuprofen}
  - {drug: cetirizine, dose: 5 mg daily for 3 days, from: 2021-05-03}
  - {drug: loratadine, from: 2021-05-28, replaces: cetirizine}
"""


@pytest.mark.parametrize(
    ("course", "status", "end", "ended_by"),
    [
        ("prednisolone/2021-05-03", "completed", "2021-05-28", "prednisolone 50 mg/day took its place: 2021-05-28"),
        ("prednisolone/2021-05-28", "completed", None, "prednisolone 40 mg/day took its place: visit"),
        ("prednisolone/visit", "completed", None, "azathioprine took its place: after visit"),
        ("azathioprine/after-visit", "unknown", None, None),
        ("ibuprofen/2021-05-03", "completed", "2021-05-10", None),  # its own end
        ("cetirizine/2021-05-03", "completed", None, None),  # for 3 days, and not until the next
    ],
)
def test_what_is_replaced_ended(course: str, status: str, end: str | None, ended_by: str | None) -> None:
    made = resources(TAPER)[f"treatments/{course}"]
    said = [part["valueString"] for part in made.get("extension", ()) if part["url"].endswith("/ended-by")]

    assert (made["status"], at(made, "effectivePeriod.end")) == (status, end)
    assert said == ([f"ended when {ended_by}"] if ended_by else [])


STEPS = """
treatments:
  - {id: first, drug: insulin, dose: 1 IU/kg bolus, %s}
  - {id: third, drug: insulin, dose: 10 IU/kg/h, from: %s, replaces: insulin}
  - {id: second, drug: insulin, dose: 1 IU/kg/h, from: 2021-05-03%s}
"""


@pytest.mark.parametrize(
    ("first", "third", "second", "replaced"),
    [
        ("from: 2021-05-03", "2021-05-04", "", {"third": ["first", "second"]}),
        ("from: 2021-05-03", "2021-05-04", ", replaces: insulin", {"second": ["first"], "third": ["second"]}),
        ("at: 2021-05-03", "2021-05-04", "", {"third": ["second"]}),
        ("from: 2021-05-01, to: 2021-05-02", "2021-05-03", "", {"third": ["second"]}),
        ("at: 2021-05-03", "2021-05-05", ", to: 2021-05-04", {"third": ["first", "second"]}),  # none still ran
    ],
)
def test_a_drug_that_is_replaced_means_its_courses_that_still_ran(
    first: str, third: str, second: str, replaced: dict[str, list[str]]
) -> None:
    chart = casefhir.load((HEAD + STEPS % (first, third, second)).encode()).chart
    assert chart is not None
    taken = {fact.key.rpartition("/")[2]: chart.replaced(fact) for fact in chart.facts}

    assert {by: [key.rpartition("/")[2] for key in keys] for by, keys in taken.items() if keys} == replaced


TAKEN = """
exposures:
  - {name: verapamil, dose: 40 tablets of 240 mg PO, at: visit, intent: self-harm}
  - {name: paracetamol, at: visit, certainty: unconfirmed}
  - {name: ethanol, absent: true, at: visit}
  - {name: insulin, dose: up to 300 U SC, at: visit}
"""


@pytest.mark.parametrize(
    ("agent", "path", "expected"),
    [
        ("verapamil", "resourceType", "Observation"),
        ("verapamil", "category.0.coding.0.code", "EXPOS"),
        ("verapamil", "code.text", "exposure to verapamil"),
        ("verapamil", "valueCodeableConcept.coding.0.code", "11170"),
        ("verapamil", "component.0.valueString", "40 tablets of 240 mg PO"),
        ("verapamil", "component.1.valueQuantity", {"value": 40, "unit": "tablets"}),
        ("verapamil", "component.2.valueQuantity.code", "mg"),
        ("verapamil", "component.4.valueCodeableConcept.text", "self-harm"),
        ("acetaminophen", "code.text", "possible exposure to paracetamol"),
        ("ethanol", "valueCodeableConcept.text", "absent"),  # the agent as the value would read as taken
        ("ethanol", "component.0.valueCodeableConcept.text", "ethanol"),
        # units of insulin are none of UCUM
        ("insulin", "component.1.valueQuantity", {"value": 300, "comparator": "<=", "unit": "U"}),
    ],
)
def test_an_overdose_is_no_treatment(agent: str, path: str, expected: object) -> None:
    made = resources(TAKEN)

    assert at(made[f"exposures/{agent}/visit"], path) == expected
    assert "MedicationStatement" not in {resource["resourceType"] for resource in made.values()}


HARM = """
treatments:
  - {drug: amikacin, dose: 15 mg/kg daily IV, from: 2021-01-02, to: 2021-02}
  - {drug: amikacin, dose: 7.5 mg/kg daily IV, from: 2021-04}
adverse-events: [{id: it, name: tinnitus, of: amikacin/2021-01-02, %s}]
"""


@pytest.mark.parametrize(
    ("said", "path", "expected"),
    [
        ("severity: mild", "severity.coding.0.code", "mild"),
        ("severity: grade 2", "severity", None),  # R4 has no other words than mild, moderate and severe
        ("severity: grade 2", "extension.0.valueCodeableConcept.text", "grade 2"),
        ("value: 4 kg", "extension.0.valueQuantity.code", "kg"),
        ("value: about 4 kg", "extension.1.valueString", "printed as about 4 kg"),
        ("causality: probable", "suspectEntity.0.causality.0.assessment.coding.0.code", "Probably-Likely"),
        ("causality: highly probable", "suspectEntity.0.causality.0.assessment", {"text": "highly probable"}),
        ("rechallenge: negative", "extension.0.valueString", "rechallenge: negative"),
        ("rechallenge: {result: negative, at: 2021-04}", "extension.0.extension.2.valueDateTime", "2021-04"),
        ("rechallenge: {result: negative, of: amikacin/2021-04}", "extension.0.extension.0.valueString", "negative"),
        ("dechallenge: {result: positive, at: 2021-02}", "extension.1.valueString", "dechallenge: positive, 2021-02"),
    ],
)
def test_harm(said: str, path: str, expected: object) -> None:
    assert at(resources(HARM % said)["adverse-events/it"], path) == expected


def test_a_drug_that_was_given_again_is_linked() -> None:
    entries = json.loads(
        casefhir.convert(
            (HEAD + HARM % "rechallenge: {result: negative, at: 2021-04-03, of: amikacin}").encode()
        ).json()
    )["entry"]
    by_url = {entry["fullUrl"]: key(entry["resource"]) for entry in entries}
    (harm,) = (entry["resource"] for entry in entries if key(entry["resource"]) == "adverse-events/it")
    parts = [
        part["valueReference"]["reference"] for part in harm["extension"][0]["extension"] if part["url"] == "course"
    ]

    assert [by_url[url] for url in parts] == ["treatments/amikacin/2021-01-02", "treatments/amikacin/2021-04"]


@pytest.mark.parametrize(
    ("fact", "path", "expected"),
    [
        ("treatments: [{id: it, drug: acetylcysteine, absent: true}]", "status", "not-taken"),
        ("treatments: [{id: it, drug: acetylcysteine, absent: true}]", "statusReason", None),
        ("procedures: [{id: it, name: dialysis, absent: true}]", "status", "not-done"),
        ("procedures: [{id: it, name: dialysis, absent: true}]", "statusReason", None),
        ("procedures: [{id: it, name: bowel irrigation, stopped: {why: [ileus]}}]", "status", "stopped"),
        ("procedures: [{id: it, name: bowel irrigation, stopped: {why: [ileus]}}]", "statusReason.text", "ileus"),
        ("treatments: [{id: it, drug: bortezomib, dose: 'day 1, 4, 8, 11 of 21'}]", "dosage.0.timing.repeat",
         {"frequency": 4, "period": 21, "periodUnit": "d"}),
        ("treatments: [{id: it, drug: bortezomib, dose: 'day 1, 4 of 21'}]",
         "dosage.0.timing.extension.0.extension.1.valueInteger", 4),
        # twice on each of these days, and not twice in all
        ("treatments: [{id: it, drug: capecitabine, dose: 1 g BID days 1-14 of 21}]",
         "dosage.0.timing.repeat.frequency", 2),
    ],
)  # fmt: skip
def test_what_was_not_given_or_given_on_some_days(fact: str, path: str, expected: object) -> None:
    made = resources(fact)

    assert at(made[f"{fact.partition(':')[0]}/it"], path) == expected
