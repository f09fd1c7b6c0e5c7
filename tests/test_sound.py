"""What is told besides the first errors: all that stands alone, and nothing that they bring about."""

import pytest
from tests.test_invalid import CASES, FOLDER, rule_of
from tests.test_mistakes import MISTAKES, Mistake, told

import casefhir
from casefhir.model.case import Case
from casefhir.rules import OF_ONE_RECORD, rule_name
from casefhir.schema import model_issues, shape_issues
from casefhir.sound import further_issues
from casefhir.source import SourceError, read_yaml
from casefhir.terms import terms

MISSHAPEN = "perspective:\n  - {says: it was hard, by: patient, wehn: 2020}\n"
"""A section that no other has to do with, and that has a key too many."""

ALONE = {rule_name(rule) for rule in OF_ONE_RECORD} | {"references.undefined-event"}


def errors(text: str) -> set[tuple[str, str]]:
    issues = casefhir.load(text.encode()).issues
    return {(issue.rule, issue.message) for issue in issues if issue.severity == "error"}


def invalid() -> dict[str, str]:
    """The smallest cases with an error of each kind, if they can be read and have no such section."""
    readable = (case for case in CASES if not case.startswith(("source.", "shape.value-version")))
    texts = {case: (FOLDER / f"{case}.yaml").read_text("utf-8") for case in readable}
    return {case: text for case, text in texts.items() if "perspective:" not in text and "include:" not in text}


INVALID = invalid()


@pytest.mark.parametrize("case", INVALID)
def test_beside_an_error_of_shape_is_told_what_is_told_without_it(case: str) -> None:
    alone = errors(INVALID[case])

    beside = errors(f"{INVALID[case].rstrip()}\n{MISSHAPEN}")

    [misshapen] = [error for error in beside if "wehn" in error[1]]
    assert beside - alone == {misshapen}
    if (rule_of(case) in ALONE or rule_of(case).startswith("grammar.")) and "in-a-table" not in case:
        assert {error for error in alone if "is used nowhere" not in error[1]} <= beside


@pytest.mark.parametrize("mistake", MISTAKES, ids=told)
def test_one_mistake_brings_about_nothing_elsewhere(mistake: Mistake) -> None:
    """The case that it was made in has no errors."""
    try:
        source = read_yaml(mistake.text.encode())
    except SourceError:
        return
    model = model_issues(source.data) if not (found := [*shape_issues(source)]) else found
    if not isinstance(model, Case):
        assert further_issues(source.data, model, terms()) == []


def test_all_errors_that_stand_alone_are_told_in_one_round() -> None:
    issues = casefhir.load(MANY.encode()).issues

    assert [(issue.mark.line, issue.rule) for issue in issues] == [
        (4, "shape.type"),
        (6, "grammar.date"),
        (8, "grammar.date"),
        (9, "names.negated"),
        (10, "shape.unknown-key"),
        (11, "references.undefined-event"),
        (14, "grammar.result"),
        (16, "units.missing"),
        (18, "grammar.dose"),
        (19, "records.one-of"),
    ]


MANY = """\
casefhir: 1
id: many
article: {title: An invented case}
patient: {sex: female, age: 61}
events:
  admission: {date: 9/1/2021}
findings:
  - {name: fever, at: on admission}
  - {name: no rash, at: admission}
  - {nmae: cough, at: admission}
  - {name: chills, at: discharge}
labs:
  - at: admission
    values: {CRP: "9,6 mg/L"}
  - at: admission
    values: {WBC: 17}
treatments:
  - {drug: ceftriaxone, dose: 2 g od}
  - {drug: ibuprofen, at: admission, from: admission}
"""


@pytest.mark.parametrize(
    "events",
    ["evnets: {admission: {}}", "events: {Admission: {}}", "events: admission", "events:", "wehn: x"],
)
def test_no_event_is_called_undefined_while_events_are_not_read(events: str) -> None:
    case = f"casefhir: 1\nid: a\narticle: {{title: T}}\npatient: {{sex: male}}\n{events}\n"
    finding = "findings: [{name: fever, at: admission}]\n"

    assert not any(rule == "references.undefined-event" for rule, _ in errors(case + finding))


def test_what_slipped_among_the_events_is_not_told_to_have_a_reserved_name() -> None:
    case = "casefhir: 1\nid: a\narticle: {title: T}\npatient: {sex: male}\nevents:\n  admission: {}\n"

    assert [rule for rule, _ in errors(f"{case}  gestation: 36 weeks\n")] == ["shape.type"]


def test_an_event_whose_date_is_wrong_is_defined_all_the_same() -> None:
    case = "casefhir: 1\nid: a\narticle: {title: T}\npatient: {sex: male}\nevents: {admission: {date: 9/1/2021}}\n"

    assert [rule for rule, _ in errors(case + "findings: [{name: fever, at: admission}]\n")] == ["grammar.date"]
