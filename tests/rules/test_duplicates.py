"""What is written twice, what contradicts itself, and what only seems to."""

import pytest
from tests.rules.written import alarms, lab, table


@pytest.mark.parametrize(
    "records",
    [
        "findings:\n  - {name: fever, at: 2020}\n  - {name: fever, at: 2020}",
        "findings:\n  - {name: fever}\n  - {name: fever}",
        "findings:\n  - {name: fever, at: 2020, quote: hot}\n  - {name: fever, at: 2020, note: hot}",
        "findings:\n  - {names: [fever, rash], at: 2020}\n  - {name: Fever, at: 2020}",
        "findings:\n  - {name: rash, sites: [face, left knee]}\n  - {name: rash, sites: [face]}",
        "findings:\n  - {name: rash, sites: [face, face]}",
        lab("CRP: 96 mg/L", "C-reactive protein: 96 mg/L"),
        lab("CRP: 96 mg/L", "C-reactive protein: {value: 96 mg/L, note: again}"),
        "diagnoses:\n  - {name: measles, onset: 2020}\n  - {name: measles, onset: 2020}",
        "treatments:\n  - {drug: aspirin, dose: 5 mg PO}\n  - {drug: acetylsalicylic acid, dose: 5 mg PO}",
        "imaging:\n  - {name: chest X-ray, at: 2020}\n  - {name: chest X-ray, at: 2020}",
        "consent:\n  - {to: publication, by: patient}\n  - {to: publication, by: patient}",
        table("date CRP[mg/L]", "2020 96", "2020 96"),
    ],
)
def test_written_twice(records: str) -> None:
    assert set(alarms(records)) == {"duplicates.written-twice"}


@pytest.mark.parametrize(
    ("records", "told"),
    [
        (lab("CRP: 96 mg/L") + "\n  - {at: 2020-06, values: {CRP: 69 mg/L}}", "69 mg/L and 96 mg/L"),
        (lab("CRP: 96 mg/L", "C-reactive protein: normal"), "96 mg/L"),
        ("findings:\n  - {name: rash, at: 2020}\n  - {name: rash, at: 2020, absent: true}", "present and absent"),
        ("findings:\n  - {name: fever, value: 39 °C}\n  - {name: fever, value: 40 °C}", "39 °C and 40 °C"),
        ("scores:\n  - {name: JADAS-27, value: 5}\n  - {name: JADAS-27, value: 6}", "5 and 6"),
    ],
)
def test_two_values(records: str, told: str) -> None:
    assert told in alarms(records)["duplicates.two-values"]


@pytest.mark.parametrize(
    "records",
    [
        "findings:\n  - {name: fever, at: 2020}\n  - {name: fever, at: 2021}",
        "findings:\n  - {name: fever, kind: symptom}\n  - {name: fever, kind: exam}",
        "findings:\n  - {name: rash, sites: [left knee]}\n  - {name: rash, sites: [right knee]}",
        "findings:\n  - {name: rash, sites: [left knee, right knee]}\n  - {name: rash}",
        "findings:\n  - {name: fever, at: 2020, id: first}\n  - {name: fever, at: 2020, id: second}",
        "findings:\n  - {name: rash, severity: mild}\n  - {name: rash, severity: severe}",
        "labs:\n  - {at: 2020, values: {CRP: 96 mg/L}}\n  - {at: 2021, values: {CRP: 96 mg/L}}",
        "labs:\n  - {at: 2020, values: {IL-5: 3 pg/mL, IL-6: 3 pg/mL, ALT: 3 U/L, AST: 3 U/L}}",
        "treatments:\n  - {drug: aspirin, dose: 5 mg PO}\n  - {drug: aspirin, dose: 10 mg PO}",
        "imaging:\n  - {name: chest X-ray, findings: [{name: rash}]}\n  - {name: chest X-ray, conclusion: normal}",
        "scores:\n  - {name: JADAS-27, value: 5}\n  - {name: JADAS-27, means: low}",
        "ruled-out:\n  - {name: measles}\ndiagnoses:\n  - {name: rubella}",
        lab("parasitaemia: 18 %", "parasite density: about 640000 parasites/µL"),
        lab("CD4 count: 121 cells/µL", "CD4 cells: 14 %"),
        lab("base excess: -9 mmol/L", "base deficit: 9 mmol/L"),
        lab("visual acuity of the left eye: 20/60", "BCVA of the left eye: 20/20"),
        "procedures:\n  - {name: haemofiltration}\n  - {name: haemodiafiltration}",
        "findings:\n  - {name: fever, at: 2020-01-09 + 2.5 days}\n  - {name: fever, at: 2020-01-09 + 2-5 days}",
        "findings:\n  - {name: rash, at: 2020 + 2.5 days}\n  - {name: rash, at: 2020 + 2-5 days, absent: true}",
    ],
)
def test_no_duplicates(records: str) -> None:
    assert alarms(records) == {}


@pytest.mark.parametrize(
    ("records", "is_twice"),
    [
        ("findings:\n  - {name: fever, id: a}\n  - {name: rash, id: a}", True),
        ("imaging:\n  - {name: chest X-ray, findings: [{name: rash, id: a}, {name: fever, id: a}]}", True),
        (lab("CRP: {value: 96 mg/L, id: a}", "ESR: {value: 9 mm/h, id: a}"), True),
        ("findings:\n  - {name: fever, id: a}\nscores:\n  - {name: JADAS-27, value: 5, id: a}", False),
        ("findings:\n  - {names: [fever, rash], sites: [face, trunk], id: a}", False),
    ],
)
def test_id_twice(records: str, is_twice: bool) -> None:
    assert set(alarms(records)) == ({"duplicates.id-twice"} if is_twice else set())


def test_before_and_after_an_event_are_two_moments() -> None:
    panels = [
        f"  - {{at: {at}, values: {{CRP: {crp} mg/L}}}}"
        for at, crp in (("2020-05 + 2 days", 5), ("2020-05 - 2 days", 6))
    ]

    assert alarms("\n".join(["labs:", *panels])) == {}
