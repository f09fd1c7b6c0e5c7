"""Who is no relative: a donor is a RelatedPerson, and nothing that is told of one is the patient's."""

from typing import Any

import pytest
from tests.fhir.test_statements import at, resources

DONOR = """\
procedures: [{name: kidney transplantation, at: admission}, {name: biopsy, at: admission}]
treatments: [{drug: tacrolimus, from: admission}]
others:
  - who: deceased donor
    relation: friend
    of: [kidney transplantation, tacrolimus]
    sex: male
    age: 45 years
    conditions: [{name: stroke, onset: age 44 years, died: true, note: of the brain stem}]
    values: {creatinine: 0.8 mg/dL}
    note: the only one
"""


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Any]]:
    return resources(DONOR)


def test_a_donor_is_a_related_person_and_no_relative(made: dict[str, dict[str, Any]]) -> None:
    donor = made["others/deceased-donor"]
    [role, relation] = donor["relationship"]

    assert (donor["resourceType"], donor["gender"]) == ("RelatedPerson", "male")
    assert (at(role, "coding.0.code"), at(relation, "coding.0.code")) == ("DON", "FRND")
    assert at(donor, "extension.0.valueString") == "the only one"
    assert "FamilyMemberHistory" not in {one["resourceType"] for one in made.values()}


def test_what_is_told_of_a_donor_has_no_code_that_a_search_for_the_patient_finds(
    made: dict[str, dict[str, Any]],
) -> None:
    state, creatinine = made["others/deceased-donor/its state"], made["others/deceased-donor/creatinine"]

    assert state["focus"] == creatinine["focus"] == [first_of("Others", made)]
    assert "coding" not in state["code"] | creatinine["code"]
    assert at(creatinine, "component.0.code.coding.0.code") == "2160-0"
    told = {part["code"]["text"]: part for part in state["component"]}
    assert list(told) == ["age", "deceased", "condition", "onset of stroke", "cause of death"]
    assert at(told["age"], "valueQuantity.value") == 45
    assert told["deceased"]["valueBoolean"] is True
    assert at(told["cause of death"], "valueCodeableConcept.text") == "stroke"
    assert at(state, "note.0.text") == "of the brain stem"


def test_the_transplantation_names_its_donor(made: dict[str, dict[str, Any]]) -> None:
    for key in ("procedures/kidney-transplantation/admission", "treatments/tacrolimus/admission"):
        named = [one for one in made[key]["extension"] if one["url"].endswith("/other-person")]
        assert [one["valueReference"] for one in named] == [first_of("Others", made)]
    assert "extension" not in made["procedures/biopsy/admission"]


def test_two_donors_are_two() -> None:
    made = resources("others: [{who: donor, values: {creatinine: 1 mg/dL}}, {who: donor, age: about 50 years}]")

    people = {key for key, one in made.items() if one["resourceType"] == "RelatedPerson"}
    assert people == {"others/donor/1", "others/donor/2"}


def first_of(section: str, made: dict[str, dict[str, Any]]) -> Any:
    """The reference to the first fact of a section of the document."""
    return next(one["entry"][0] for one in made["article"]["section"] if one["title"].startswith(section))
