"""Whole documents: our own, those of others, broken ones, and several together."""

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conformance.broken import BROKEN, good

from casefhir.delivery import Form, delivery
from casefhir.issue import Issue
from casefhir.lint import lint
from casefhir.lint.text import Malformed, Text
from casefhir.pipeline import load
from casefhir.targets import NAMES, target

CASES = {path.stem: path for path in sorted((Path(__file__).parents[2] / "cases").glob("*.yaml"))}

LAW = settings(derandomize=True, deadline=None, database=None)


def told(content: Any, to: str = "generic") -> list[Issue]:
    """What would fail of one document."""
    return lint({"b.json": json.dumps(content).encode()}, target(to))["b.json"]


def rules(issues: list[Issue]) -> dict[str, str]:
    """The place of what is told, by rule; notes are left out."""
    return {issue.rule: issue.message.split(": ")[0] for issue in issues if issue.severity != "information"}


@pytest.mark.parametrize("to", NAMES)
@pytest.mark.parametrize("name", CASES)
def test_nothing_is_wrong_with_what_casefhir_writes(name: str, to: str) -> None:
    form: Form = "transaction"
    made = delivery(load(CASES[name]), form=form, ids="post", target=target(to))
    files = made.files or {"one.json": made.document or b""}

    found = lint(files, target(to))

    assert {issue.rule for issues in found.values() for issue in issues} <= {"entry.doubled"}


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_wrong_with_bulk_files_together_and_references_are_missed_in_one_alone(name: str) -> None:
    files = delivery(load(CASES[name]), form="ndjson", ids="post", target=target("generic")).files

    assert [issue for issues in lint(files, target("generic")).values() for issue in issues] == []
    alone = lint({"Observation.ndjson": files["Observation.ndjson"]}, target("generic"))["Observation.ndjson"]
    assert {issue.rule for issue in alone} == {"reference.outside"}


def test_a_part_needs_the_parts_before_it() -> None:
    files = delivery(
        load(CASES["sjia-tocilizumab-tofacitinib"]), form="transaction", ids="post", target=target("firely")
    ).files
    backwards = dict(reversed(files.items()))

    found = lint(backwards, target("firely"))

    assert {issue.rule for issue in found["3-of-3.json"]} == {"reference.outside"}
    assert found["1-of-3.json"] == []


GOOD = good()


def test_nothing_is_wrong_with_a_good_bundle() -> None:
    assert rules(told(GOOD)) == {}


CONTAINED = {"contained resource nobody refers to (dom-3)", "ids of contained resources twice"}
"""Contained resources are not looked at inside."""


@pytest.mark.parametrize("name", sorted(set(BROKEN) - CONTAINED))
def test_what_the_validator_refuses_is_told(name: str) -> None:
    """Every fault that the official validator is shown in tests/conformance."""
    assert rules(told(BROKEN[name](copy.deepcopy(GOOD))))


SYNTHEA = {
    "resourceType": "Bundle",
    "type": "transaction",
    "entry": [
        {
            "fullUrl": "urn:uuid:8712799b-3834-10cc-87b8-9474304f2d04",
            "resource": {
                "resourceType": "Patient",
                "id": "8712799b-3834-10cc-87b8-9474304f2d04",
                "meta": {"profile": ["http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient"]},
                "gender": "male",
                "multipleBirthBoolean": False,
            },
            "request": {"method": "POST", "url": "Patient"},
        },
        {
            "fullUrl": "urn:uuid:62163921-0000-10cc-87b8-9474304f2d04",
            "resource": {
                "resourceType": "Encounter",
                "id": "62163921-0000-10cc-87b8-9474304f2d04",
                "status": "finished",
                "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
                "subject": {"reference": "urn:uuid:8712799b-3834-10cc-87b8-9474304f2d04"},
                "participant": [
                    {"individual": {"reference": "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999944999"}}
                ],
            },
            "request": {"method": "POST", "url": "Encounter"},
        },
        {
            "fullUrl": "urn:uuid:72163921-0000-10cc-87b8-9474304f2d04",
            "resource": {"resourceType": "Claim", "status": "active", "use": "claim"},
            "request": {"method": "POST", "url": "Claim"},
        },
    ],
}
"""The shape of what Synthea writes."""


def test_a_bundle_of_synthea_loads_if_the_practitioners_are_there() -> None:
    issues = told(SYNTHEA)

    assert {issue.severity for issue in issues} == {"warning", "information"}
    assert rules(issues) == {
        "entry.post-with-id": "entry[1].resource.id",
        "reference.conditional": "entry[1].resource.participant[0].individual.reference",
        "resource.profile": "entry[0].resource.meta.profile[0]",
    }


FSH = {
    "resourceType": "Bundle",
    "id": "ExampleBundle",
    "type": "collection",
    "entry": [
        {
            "fullUrl": "http://example.org/Patient/ExamplePatient",
            "resource": {"resourceType": "Patient", "id": "ExamplePatient", "active": True},
        },
        {
            "fullUrl": "http://example.org/Observation/ExampleObservation",
            "resource": {
                "resourceType": "Observation",
                "id": "ExampleObservation",
                "status": "final",
                "code": {"text": "weight"},
                "subject": {"reference": "Patient/ExamplePatient"},
            },
        },
    ],
}
"""The shape of an example of an implementation guide."""


def test_an_example_of_a_guide_is_not_loaded_and_has_no_other_fault() -> None:
    assert rules(told(FSH)) == {"bundle.type": "type"}


def test_requests_that_store_nothing_need_no_resource() -> None:
    requests = [
        {"method": "GET", "url": "Patient?identifier=a|b"},
        {"method": "DELETE", "url": "Patient/p1"},
        {"method": "HEAD", "url": "Patient/p1"},
    ]

    assert told({"resourceType": "Bundle", "type": "batch", "entry": [{"request": one} for one in requests]}) == []


def test_a_conditional_update_has_a_search_in_its_url() -> None:
    entry = {
        "fullUrl": "urn:uuid:9a9df74f-5773-5e08-9201-dc30420a9574",
        "resource": {"resourceType": "Patient"},
        "request": {"method": "PUT", "url": "Patient?identifier=a|b"},
    }

    assert told({"resourceType": "Bundle", "type": "transaction", "entry": [entry]}) == []


def test_a_contained_resource_is_no_fault() -> None:
    observation = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "weight"},
        "contained": [{"resourceType": "Patient", "id": "p"}],
        "subject": {"reference": "#p"},
    }

    assert rules(told(observation)) == {}


def test_line_and_column_are_those_of_the_value_or_of_what_should_have_it() -> None:
    text = (
        b'{"resourceType": "Bundle",\n "type": "transaction", "entry": [\n  {"resource": {"resourceType": "Patient"}}]}'
    )
    (issue,) = (issue for issue in lint({"b.json": text}, target("generic"))["b.json"] if issue.severity == "error")

    assert (issue.rule, issue.mark, issue.path) == ("entry.no-request", (3, 3), ("entry", 0, "request"))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@LAW
@given(values)
def test_every_part_of_a_value_is_found_at_its_place(value: Any) -> None:
    text = Text(json.dumps(value, indent=1, ensure_ascii=False))

    def parts(value: Any, path: tuple[str | int, ...] = ()) -> Any:
        yield path, value
        members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for step, member in members:
            yield from parts(member, (*path, step))

    lines = text.text.split("\n")
    for path, part in parts(value):
        line, column = text.locate(path)
        rest = "\n".join(lines[line - 1 :])[column - 1 :]
        assert json.JSONDecoder().raw_decode(rest)[0] == part


HARMFUL = st.sampled_from([None, [], {}, "", 0, True, [None], {"reference": 1}, "Patient?", {"resourceType": []}, "#"])


@st.composite
def spoilt(draw: Any) -> Any:
    """A good bundle with something else at a few places."""
    bundle = json.loads(json.dumps(draw(st.sampled_from([GOOD, SYNTHEA, FSH]))))
    for _ in range(draw(st.integers(1, 3))):
        place: Any = bundle
        while True:
            steps = list(place) if isinstance(place, dict) else list(range(len(place)))
            step = draw(st.sampled_from(steps))
            if isinstance(place[step], (dict, list)) and place[step] and draw(st.integers(0, 3)):
                place = place[step]
                continue
            place[step] = copy.deepcopy(draw(HARMFUL))
            break
    return bundle


@LAW
@given(spoilt(), st.sampled_from(NAMES))
def test_whatever_a_file_has_it_is_told_and_nothing_fails(bundle: Any, to: str) -> None:
    lint({"b.json": json.dumps(bundle).encode(), "b.ndjson": json.dumps(bundle).encode()}, target(to))


@LAW
@given(st.binary(max_size=60) | st.text(alphabet='{}[]",:0 \n/', max_size=40).map(str.encode))
def test_whatever_bytes_a_file_has_it_is_told_and_nothing_fails(content: bytes) -> None:
    assert lint({"b.json": content}, target("generic"))["b.json"]


@cache
def malformed(text: str) -> str:
    with pytest.raises(Malformed) as error:
        Text(text)
    return error.value.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": 1,}', 'is no JSON: the comma before "}" is too many'),
        ("[1, 2, ]", 'is no JSON: the comma before "]" is too many'),
        ("{'a': 1}", "is no JSON: expected a name in double quotes"),
        ('{"a" 1}', 'is no JSON: expected ":" after the name'),
        ("/* x */ {}", "is no JSON: it has no comments"),
        ("", "is no JSON: expected a value, or the file ends too early"),
        ('{"a": -Infinity}', "is no JSON: -Infinity is no number"),
    ],
)
def test_what_is_no_json_is_told_in_words(text: str, words: str) -> None:
    assert malformed(text) == words
