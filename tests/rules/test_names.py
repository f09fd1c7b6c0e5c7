"""Names that no table knows: misspelt, unknown, or no names at all."""

import pytest
from tests.rules.written import alarms, issues, lab


@pytest.mark.parametrize(
    ("records", "meant"),
    [
        ("treatments:\n  - {drug: tocilizumap}", "tocilizumab"),
        ("diagnoses:\n  - {name: meazles}", "measles"),
        ("findings:\n  - {name: joint sweling}", "joint swelling"),
        ("findings:\n  - {names: [fever, joint sweling]}", "joint swelling"),
        ("findings:\n  - {name: rash, sites: [left sholder]}", "shoulder"),
        (lab("ferritine: 310 ng/mL"), "ferritin"),
        ("diagnoses:\n  - {name: measles}\ntreatments:\n  - {drug: aspirin, for: [meazles]}", "measles"),
    ],
)
def test_misspelt(records: str, meant: str) -> None:
    assert alarms(records)["names.misspelt"].endswith(f"did you mean {meant!r}?")


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ("findings:\n  - {name: rash, sites: [knie]}", "it stays text; near names: 'knee'"),
        (lab("CRPP: 96 mg/L"), "give some with 'code:', or leave it as text; near names: 'CPP', 'CRP'"),
        ("treatments:\n  - {drug: herbal bath}", "give some with 'code:', or leave it as text"),
    ],
)
def test_unknown_offers_near_names(records: str, told: str) -> None:
    (issue,) = issues(records)

    assert (issue.severity, issue.rule) == ("information", "names.unknown")
    assert issue.message.endswith(told)


@pytest.mark.parametrize(
    ("name", "positive"),
    [
        ("afebrile", "fever"),
        ("acyanotic", "cyanosis"),
        ("anicteric", "jaundice"),
        ("nontender", "tenderness"),
        ("painless", "pain"),
        ("conscious", "loss of consciousness"),
        ("isocoria", "anisocoria"),
    ],
)
def test_the_opposite_is_never_offered_but_its_absence(name: str, positive: str) -> None:
    (issue,) = issues(f"findings:\n  - {{name: {name}}}")

    assert (issue.severity, issue.rule) == ("information", "names.unknown")
    assert issue.message.endswith(
        f"so it has no codes; if it says that there is no {positive}, write {{name: {positive}, absent: true}}"
    )


@pytest.mark.parametrize("name", ["normocephaly", "non-pitting oedema", "non-tender abdomen"])
def test_no_opposite_is_a_near_name(name: str) -> None:
    (issue,) = issues(f"findings:\n  - {{name: {name}}}")

    assert "cephaly'" not in issue.message.partition("near names")[2]
    assert "absent" not in issue.message


def test_a_short_name_with_another_first_letter_is_no_near_name() -> None:
    (issue,) = issues(lab("cells: 5 /uL"))

    assert issue.message == "'cells' is in no table, so it has no codes; give some with 'code:', or leave it as text"


@pytest.mark.parametrize(
    ("section", "name", "offered"),
    [
        ("imaging", "knee ultrasound", "joint ultrasound, ultrasound"),
        ("imaging", "ultrasound of the knee", "joint ultrasound, ultrasound"),
        ("imaging", "tongue ultrasound", "ultrasound"),
        ("findings", "urticarial rash", "urticaria, rash"),
        ("findings", "evanescent rash", "rash"),
        ("findings", "rash with fever", "rash"),
        ("findings", "severe headache of both temples", "headache"),
        ("diagnoses", "viral meningitis of the newborn", "viral meningitis, meningitis"),
        ("diagnoses", "hepatitis F", ""),
        ("diagnoses", "non-Hodgkin lymphoma of the skin", ""),
        ("diagnoses", "skin cancer", "cancer"),
    ],
)
def test_names_of_other_words_are_never_offered(section: str, name: str, offered: str) -> None:
    (issue,) = issues(f"{section}:\n  - {{name: {name}}}")

    near = ", ".join(f"'{other}'" for other in offered.split(", ")) if offered else ""
    assert issue.message.partition("; near names: ")[2] == near


@pytest.mark.parametrize("name", ["prednisolone sodium tartrate", "sodium salt of aspirin"])
def test_a_drug_is_no_kind_of_another(name: str) -> None:
    (issue,) = issues(f"treatments:\n  - {{drug: {name}}}")

    assert "near names" not in issue.message


@pytest.mark.parametrize(
    "records",
    [
        lab("IL-6: 3 pg/mL", "interleukin 6 receptor: 3 pg/mL"),
        lab("AST: 3 U/L", "ALT: 3 U/L"),
        "treatments:\n  - {drug: Actemra}\n  - {drug: paracetamol}",
        "findings:\n  - {name: joint swelling, sites: [left knee, both wrists]}",
        "diagnoses:\n  - {name: hypothyroidism}\n  - {name: hyperthyroidism}",
        "treatments:\n  - {drug: aspirin, for: [pain]}",
        "findings:\n  - {name: tocilizumap, code: SNOMED 271807003}",
    ],
)
def test_names_without_alarm(records: str) -> None:
    assert alarms(records) == {}


@pytest.mark.parametrize("name", ["at", "from", "to", "note", "id", "2020", "2020-06", "2020-06-15"])
def test_a_key_or_a_date_is_no_name_of_a_test(name: str) -> None:
    assert set(alarms(lab("CRP: 96 mg/L", f"{name}: 2020"))) == {"names.not-a-name"}


@pytest.mark.parametrize(("name", "kinds"), [("myeloma", "'multiple myeloma'"), ("wanderlust", "")])
def test_one_word_is_answered_with_kinds_of_it(name: str, kinds: str) -> None:
    (issue,) = issues(f"diagnoses:\n  - {{name: {name}}}")

    assert issue.message.partition("; near names: ")[2] == kinds
