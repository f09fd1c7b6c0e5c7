"""What an article of several patients prints of another proves nothing of this one."""

import pytest

import casefhir
from casefhir.article import read_article
from casefhir.coverage import Coverage

HEADED = """# Two cases

## Case presentation

### Patient 1

The girl had a ferritin of 9 µg/L.

### Patient 2 (index patient)

The boy had a ferritin of 6 µg/L. Patients 1 and 2 had a CRP of 3 mg/L. Both had a sodium of 139 mmol/L.

#### Follow-up

His haemoglobin was 7.4 g/dL.

### Treatment of both

The calcium was 2.2 mmol/L. Patient 2 had a potassium of 4.1 mmol/L.

## Discussion

The albumin was 40 g/L.
"""


def told(case: str, value: str, article: str) -> list[str]:
    """The rules of evidence that a case with one laboratory value, or other facts, breaks."""
    fact = value if value.partition(":")[0] in ("labs", "findings") else f"labs: [{{values: {{{value}}}}}]"
    text = f"casefhir: 1\nid: one\narticle: {{title: Two cases}}\n{case}\n{fact}\n"
    issues = casefhir.load(text.encode(), article=read_article(article.encode(), "a.md")).issues
    return sorted({issue.rule for issue in issues if issue.severity != "information"})


FIRST = "patient: {sex: female, called: Patient 1}"
WAIVED = "patient: {sex: female}\nleft-out: [{section: patient 2, why: another patient}]"
ERROR = ["evidence.number-not-printed"]


@pytest.mark.parametrize("case", [FIRST, WAIVED])
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ferritin: 9 µg/L", []),
        ("ferritin: 6 µg/L", ERROR),
        ("haemoglobin: 7.4 g/dL", ERROR),
        ("potassium: 4.1 mmol/L", ERROR),
        ("CRP: 3 mg/L", []),
        ("sodium: 139 mmol/L", []),
        ("calcium: 2.2 mmol/L", []),
        ("albumin: 40 g/L", []),
        ('haemoglobin: {value: 7.4 g/dL, quote: "haemoglobin was 7.4"}', ["evidence.other-patient"]),
    ],
)
def test_what_stands_under_the_heading_of_another_proves_nothing(case: str, value: str, expected: list[str]) -> None:
    assert told(case, value, HEADED) == expected


def test_the_second_is_another_for_the_first_and_the_other_way_round() -> None:
    second = "patient: {sex: male, called: the index patient}"

    assert told(second, "ferritin: 6 µg/L", HEADED) == []
    assert told(second, "ferritin: 9 µg/L", HEADED) == ERROR


def test_a_file_that_does_not_say_who_it_is_of_is_told_so() -> None:
    assert told("patient: {sex: female}", "ferritin: 9 µg/L", HEADED) == ["evidence.several-patients"]
    unknown = "patient: {sex: female, called: Patient 7}"
    assert told(unknown, "ferritin: 9 µg/L", HEADED) == ["evidence.several-patients"]


def test_one_patient_needs_no_name() -> None:
    article = HEADED.partition("### Patient 2")[0]

    assert told("patient: {sex: female}", "ferritin: 9 µg/L", article) == []


TABLES = {
    "columns": "| Test | Patient 1 | Patient 2 |\n|---|---|---|\n| {0} | {1} | {2} |\n| Sex | f | m |",
    "bare numbers": "| Patient | 1 | 2 |\n|---|---|---|\n| {0} | {1} | {2} |\n| Sex | f | m |",
    "rows": "| Patient | Sex | {0} |\n|---|---|---|\n| 1 | f | {1} |\n| 2 | m | {2} |",
    "captions": "Table 1. Values of patient 1\n\n| Test | Value |\n|---|---|\n| {0} | {1} |\n\n"
    "Table 2. Values of patient 2\n\n| Test | Value |\n|---|---|\n| {0} | {2} |",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_columns_rows_and_tables_of_another_prove_nothing(table: str) -> None:
    article = "## Case presentation\n\nTwo came.\n\n" + table.format("Ferritin grade", "grade 12", "grade 17")
    own = "findings: [{name: ferritin grade, severity: grade 12}]"
    other = "findings: [{name: ferritin grade, severity: grade 17}]"

    assert "evidence.number-not-printed" not in told(FIRST, own, article)
    assert "evidence.number-not-printed" in told(FIRST, other, article)


def test_words_that_are_left_out_as_those_of_another_prove_nothing() -> None:
    article = "## Case presentation\n\nHer ferritin was 9 µg/L, that of the sister 6 µg/L.\n"
    case = 'patient: {sex: female}\nleft-out: [{quote: "that of the sister 6 µg/L", why: the sister}]'

    assert told(case, "ferritin: 9 µg/L", article) == []
    assert told(case, "ferritin: 6 µg/L", article) == ERROR
    assert told(case.replace("why: the sister", "why: a second sample"), "ferritin: 6 µg/L", article) != ERROR


def test_what_is_of_another_is_waived_in_coverage_by_the_name_of_this_one() -> None:
    article = HEADED + "\n" + TABLES["columns"].format("CRP (mg/L)", "3", "5")
    labs = "labs: [{values: {ferritin: 9 µg/L, CRP: 3 mg/L}}]"
    text = f"casefhir: 1\nid: one\narticle: {{title: Two cases}}\n{FIRST}\n{labs}\n"

    found = Coverage(casefhir.load(text.encode()), read_article(article.encode(), "a.md"))
    states = [(one.mention.text, one.state) for one in found.covered if one.mention.kind == "number"]

    assert ("6", "waived") in states
    assert ("7.4", "waived") in states
    assert ("5", "waived") in states
    assert states[0] == ("9", "carried")
    assert ("3", "carried") in states
    assert {one.path for one in found.covered if one.state == "waived"} == {("patient", "called")}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("others: [{who: kidney donor, age: 45 years, values: {creatinine: 0.8 mg/dL}}]", []),
        ("others: [{who: kidney donor, age: 46 years}]", ["evidence.number-not-printed"]),
        ("others: [{who: nurse, age: 45 years}]", ["evidence.number-not-printed"]),
        ("labs: [{values: {creatinine: 0.8 mg/dL}}]", ["evidence.number-not-printed"]),
    ],
)
def test_what_stands_under_the_name_of_a_donor_proves_facts_of_the_donor_alone(facts: str, expected: list[str]) -> None:
    article = (
        "# Two cases\n\n## Recipient\n\nThe creatinine of the woman was 9.1 mg/dL.\n\n"
        "## Donor\n\nThe man, aged 45 years, had a creatinine of 0.8 mg/dL.\n"
    )
    head = "casefhir: 1\nid: one\narticle: {title: Two cases}\npatient: {sex: female, called: Recipient}\n"
    issues = casefhir.load(f"{head}{facts}\n".encode(), article=read_article(article.encode(), "a.md")).issues

    assert sorted({issue.rule for issue in issues if issue.severity != "information"}) == expected


def test_the_numbers_of_a_target_are_carried() -> None:
    article = "# Two cases\n\n## Case report\n\nTacrolimus was given. Its target trough was 10 to 15 ng/mL.\n"
    text = "casefhir: 1\nid: one\narticle: {title: Two cases}\ntreatments: "
    case = f"{text}[{{drug: tacrolimus, target: {{trough: 10-15 ng/mL}}}}]\npatient: {{sex: female}}\n"
    printed = read_article(article.encode(), "a.md")
    loaded = casefhir.load(case.encode(), article=printed)

    assert [issue.message for issue in loaded.issues if issue.severity == "error"] == []
    assert [one.mention for one in Coverage(loaded, printed).covered if one.state == "missing"] == []
