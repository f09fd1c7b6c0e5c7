"""What authors see in an editor with a YAML language server: proposals, explanations and underlined slips."""

from collections.abc import Iterator

import pytest
from tests.conformance.toolchain import MissingToolError
from tests.mutated import SEEDS
from tests.node import Editor, editor, run_node

pytestmark = [pytest.mark.node, pytest.mark.xdist_group("node")]

CASE = SEEDS["published"]

START = """\
# yaml-language-server: $schema=../schema/case.schema.json
casefhir: 1
id: new
article: {title: T}
patient: {sex: male}
"""


@pytest.fixture(scope="module")
def opened() -> Iterator[Editor]:
    with editor(CASE.parent) as server:
        yield server


def test_published_case_has_nothing_underlined(opened: Editor) -> None:
    assert opened.diagnostics(CASE.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("labs:\n  - {at: admission, unti: mg/L, values: {CRP: 5 mg/L}}\n", 7, "Property unti is not allowed"),
        ("labs:\n  - at: admission\n    values:\n      CRP: {valu: 5 mg/L}\n", 9, "Property valu is not allowed"),
        ("tables:\n  - {name: a, rows: b, cells: [{row: 2021, column: CRP, notes: b}]}\n", 7, "Property notes is not"),
        ("diagnosis:\n  - {name: a}\n", 6, "Property diagnosis is not allowed"),
        ("events:\n  First Visit: {date: 2021}\n", 7, "Property First Visit is not allowed"),
        ("diagnoses:\n  - {onset: 2021}\n", 7, 'Missing property "name"'),
        ("diagnoses:\n  - {name: a, certainty: sure}\n", 7, "Value is not accepted"),
        ("findings:\n  - {name: fever, absent: perhaps}\n", 7, 'Incorrect type. Expected "boolean"'),
        ("findings: fever\n", 6, 'Incorrect type. Expected "array"'),
    ],
)
def test_slip_is_underlined(opened: Editor, text: str, line: int, words: str) -> None:
    ((found, message),) = opened.diagnostics(START + text)

    assert (found, message[: len(words)]) == (line, words)


def test_dialect_of_the_reader_is_that_of_the_editor(opened: Editor) -> None:
    """Names and dates that YAML 1.1 takes for something else are text for both."""
    text = (
        START
        + "events: {a: {date: 2021-01-09}}\nfindings: [{name: no, at: 2021}, {name: on}]\nlabs: [{values: {a: 1:30}}]\n"
    )

    assert opened.diagnostics(text) == []


@pytest.mark.parametrize(
    ("text", "proposals"),
    [
        ("|", {"events", "diagnoses", "ruled-out", "findings", "labs", "treatments", "doubts"}),
        ("treatments:\n  - drug: aspirin\n    |\n", {"dose", "at", "from", "to", "quote", "replaces"}),
        ("events:\n  visit:\n    |\n", {"date", "encounter", "reason"}),
        ("labs:\n  - values:\n      |\n", {"CRP", "ferritin", "IL-6"}),
        ("labs:\n  - values:\n      CRP:\n        |\n", {"value", "printed", "why"}),
        ("tables:\n  - name: a\n    cells:\n      - row: 2021\n        |\n", {"column", "printed", "why", "conflict"}),
        ("treatments:\n  - drug: |\n", {"tocilizumab", "aspirin"}),
        ("treatments:\n  - drug: toc|\n", {"tocilizumab"}),
        ("diagnoses:\n  - name: |\n", {"Kawasaki disease"}),
        ("ruled-out:\n  - name: |\n", {"measles"}),
        ("findings:\n  - name: |\n", {"fever", "joint swelling"}),
        ("imaging:\n  - name: |\n", {"chest X-ray"}),
        ("scores:\n  - name: |\n", {"JADAS-27"}),
        ("consent:\n  - to: publication\n    by: |\n", {"patient", "parent", "next of kin"}),
        ("events:\n  visit:\n    encounter: |\n", {"inpatient", "outpatient"}),
        ("findings:\n  - name: fever\n    absent: |\n", {"true", "false"}),
    ],
)
def test_keys_and_names_are_proposed(opened: Editor, text: str, proposals: set[str]) -> None:
    assert proposals - set(opened.proposals(START + text)) == set()


def test_keys_that_are_written_are_not_proposed_again(opened: Editor) -> None:
    proposed = opened.proposals(f"{START}treatments:\n  - drug: aspirin\n    dose: 100 mg PO\n    |\n")

    assert not {"drug", "dose"} & set(proposed)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("|events: {a: {date: 2021}}\n", "The moments of the case, named once"),
        ("events:\n  a: {|date: 2021}\n", "As precise as the report"),
        ("treatments:\n  - {drug: aspirin, |dose: 100 mg PO}\n", "8 mg/kg every 2 weeks IV"),
        ("treatments:\n  - {drug: aspirin, |stopped: {why: [fever]}}\n", "It was stopped before its time, and why"),
        ("findings:\n  - {name: fever, |conflict: {says: a, where: b}}\n", "What another place of the article says"),
        ("findings:\n  - {|name: fever}\n", "one name"),
        (
            "tables:\n  - name: a\n    cells: [{|row: 2021, column: CRP}]\n",
            "The date or event that its line begins with",
        ),
        ("labs:\n  - values:\n      |CRP: 5 mg/L\n", "A laboratory value"),
        ("labs:\n  - values:\n      CRP: {|value: 5 mg/L}\n", "Number, unit, flag and reference range"),
    ],
)
def test_keys_are_explained(opened: Editor, text: str, words: str) -> None:
    assert words in opened.hover(START + text)


def test_the_line_that_names_the_schema_leads_to_it() -> None:
    named = START.partition("$schema=")[2].partition("\n")[0]

    assert (CASE.parent / named).resolve().is_file()


def test_missing_program_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(MissingToolError, match=r"node is missing; install Node\.js .* apt-get install nodejs npm"):
        run_node("--version")
