"""A fact is proven however its sentence is typeset, and never by a sentence that means something else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import casefhir

HEAD = """casefhir: 1
id: invented
article: {title: An invented case}
patient: {sex: female}
"""


def told(facts: str, article: str) -> list[str]:
    """The rules of evidence that a case breaks."""
    head = HEAD.replace("patient: {sex: female}\n", "") if facts.startswith("patient") else HEAD
    issues = casefhir.load(f"{head}{facts}\n".encode(), article=f"She came. {article}".encode()).issues
    assert not [issue for issue in issues if issue.rule.startswith(("shape.", "grammar.", "source."))], issues
    return sorted({issue.rule for issue in issues if issue.rule.startswith("evidence.")})


def lab(value: str, name: str = "haemoglobin") -> str:
    return f'labs: [{{values: {{"{name}": "{value}"}}}}]'


PROVEN = {
    "as it is": (lab("91.8 g/L"), "Haemoglobin was 91.8 g/L."),
    "American": (lab("91.8 g/L"), "Hemoglobin was 91.8 g/L."),
    "another name": (lab("91.8 g/L"), "The Hb was 91.8 g/L."),
    "capitals of the unit": (lab("9.18 g/dL"), "Haemoglobin: 9.18g/dl"),
    "no blank": (lab("91.8 g/L"), "Haemoglobin 91.8g/L, well."),
    "hard blank": (lab("91.8 g/L"), "Haemoglobin was 91.8\u00a0g/L."),
    "middle dot": (lab("91.8 g/L"), "Haemoglobin was 91·8 g/L."),
    "decimal comma": (lab("91.8 g/L"), "Haemoglobin was 91,8 g/L."),
    "blank behind a decimal comma": (lab("91.8 g/L"), "Haemoglobin was 91, 8 g/L."),
    "degrees with a blank": (
        "vitals: [{values: {temperature: 38.5 °C}}]",
        "Her temperature was 38, 5°, and she was pale.",
    ),
    "degrees alone": ("findings: [{name: fever, value: 38.5 °C}]", "Fever of 38.5° was noted."),
    "degrees by quote": (
        'findings: [{name: fever, value: 38.5 °C, quote: "temperature of 38, 5°"}]',
        "At a temperature of 38, 5° she shivered.",
    ),
    "line end": (lab("91.8 g/L"), "The haemo-\nglobin was\n91.8 g/L."),
    "page break": (
        lab("91.8 g/L"),
        "On admission the girl was pale and tired, and in the laboratory the haemoglobin was\n\n91.8 g/L, as read.",
    ),
    "LaTeX": (lab("15.32 x10^9/L", "WBC"), "The white blood cell count was $15.32 \\times 10^9/L$ ."),
    "superscript": (lab("15.32 x10^9/L", "WBC"), "The white blood cell count was 15.32 × 10⁹/L."),
    "thousands": (lab("1103.8 ng/mL", "ferritin"), "Ferritin was 1,103.8 ng/ml."),
    "blank in thousands": (lab("450000 /mm3", "platelets"), "Platelets were 450 000/mm 3."),
    "micro": (lab("20000 /µL", "platelets"), "Platelets were 20,000 /ul."),
    "what is counted": (lab("about 640000 parasites/µL", "parasitaemia"), "A parasitaemia of 640,000 parasites/μL."),
    "what is counted, written without": (lab("640000 /µL", "parasitaemia"), "Parasitaemia: 640,000 parasites per µL."),
    "bare number of a conflict": (
        "scores: [{name: Burch-Wartofsky score, value: 60, conflict: {says: '65', where: abstract}}]",
        "The Burch-Wartofsky score of 65 fell. The Burch-Wartofsky score was 60.",
    ),
    "Greek mu": (lab("20000 /µL", "platelets"), "Platelets were 20000/μL."),
    "per minute": ("vitals: [{values: {heart rate: 140 /min}}]", "The heart rate was 140 beats per minute."),
    "minus": ("imaging: [{name: bone densitometry, values: {T-score: -2.6}}]", "Bone densitometry: T-score −2.6."),
    "range": (lab("96 mg/L (normal 3-5)", "CRP"), "CRP was 96 mg/L (normal 3–5 mg/L)."),
    "limit": (lab("3 mg/L (normal < 5)", "CRP"), "CRP was 3 mg/L (normal under 5 mg/L)."),
    "less than": (lab("< 2 pg/mL", "IL-6"), "IL-6 was less than 2 pg/ml."),
    "ratio": ("vitals: [{values: {blood pressure: 105/57 mmHg}}]", "Blood pressure was 105/57 mm Hg."),
    "words": ("findings: [{name: fever, duration: 6 weeks}]", "The fever went on for six weeks."),
    "age": ('patient: {sex: female, age: 4 years, quote: "4-year-old girl"}', "A 4-year-old girl came."),
    "twice": ("treatments: [{drug: etanercept, dose: 12.5 mg 2 doses SC}]", "Etanercept (12.5 mg SC) was given twice."),
    "BID": ("treatments: [{drug: ibuprofen, dose: 200 mg BID}]", "Ibuprofen 200 mg twice daily."),
    "TID": ("treatments: [{drug: ibuprofen, dose: 3 mL TID}]", "Ibuprofen (3 ml/three times/day)."),
    "every 8 hours": ("treatments: [{drug: ibuprofen, dose: 200 mg TID}]", "Ibuprofen, 200 mg every 8 hours."),
    "every 2 weeks": (
        "treatments: [{drug: tocilizumab, dose: 8 mg/kg every 2 weeks IV}]",
        "Tocilizumab 8 mg/kg/2 weeks.",
    ),
    "abbreviation": (
        "treatments: [{drug: tocilizumab, dose: 8 mg/kg IV}]",
        "We chose tocilizumab (TCX). TCX was given at 8 mg/kg.",
    ),
    "date": ('events: {onset: {date: 2020-06-28, quote: "on Jun. 28"}}', "It began on Jun. 28, 2020."),
    "date by numbers": ('events: {onset: {date: 2020-06-28, quote: "It began"}}', "It began on 28/06/2020."),
    "pieces": ('course: [{what: better, quote: "fever … subsided"}]', "The high fever of the girl subsided."),
    "own words": ("course: [{what: patient symptoms resolved}]", "After a week, patient symptoms resolved."),
    "own words with a number": (
        "course: [{at: 2020-06, what: fever fell to 37.5 °C}]",
        "In June 2020 the fever fell to 37.5 °C.",
    ),
    "two units": (lab("7.4 ng/dL (95 pmol/L)", "free T4"), "Free T4 was 7.4 ng/dL (95 pmol/L)."),
    "not pregnant": ("findings: [{name: pregnancy, absent: true}]", "She was not pregnant."),
    "hyphens": ('course: [{what: better, quote: "followup was short"}]', "Follow-up was short."),
}

REFUSED = {
    "a blank for a point": (lab("91.8 g/L"), "Haemoglobin was 91 8 g/L."),
    "a blank within": (lab("918 g/L"), "Haemoglobin was 91 8 g/L."),
    "a comma in a list": (lab("91.8 g/L"), "Haemoglobin was 91, 8 and 7 g/L."),
    "a list with a comma": (lab("91.8 g/L"), "Haemoglobin was 90, 91, 8 g/L."),
    "a comma without a unit": (lab("91.8 g/L"), "Haemoglobin was 91, 8 of them."),
    "days in a list": ("findings: [{name: fever, duration: 2.5 days}]", "The fever was high on 2, 5 days."),
    "the other scale": ("findings: [{name: fever, value: 38.5 °C}]", "Fever of 38.5 °F was noted."),
    "point moved": (lab("9.18 g/L"), "Haemoglobin was 91.8 g/L."),
    "part of a number": (lab("91 g/L"), "Haemoglobin was 91.8 g/L."),
    "another unit": (lab("91.8 g/dL"), "Haemoglobin was 91.8 g/L."),
    "giga for gram": (lab("15.3 G/L", "WBC"), "The white blood cell count was 15.3 g/L."),
    "another name": (lab("91.8 g/L"), "Albumin was 91.8 g/L."),
    "number of the next": (lab("26 g/L"), "Haemoglobin was 91.8 g/L, albumin 26 g/L."),
    "digits of a name": (lab("6 pg/mL", "IL-6"), "IL-6 was high."),
    "another interleukin": (lab("287.95 pg/mL", "IL-5"), "IL-6 was 287.95 pg/ml."),
    "comparator": (lab("2 pg/mL", "IL-6"), "IL-6 was less than 2 pg/ml."),
    "limit": (lab("3 mg/L (normal > 5)", "CRP"), "CRP was 3 mg/L (normal under 5 mg/L)."),
    "sign": ("imaging: [{name: bone densitometry, values: {T-score: 2.6}}]", "Bone densitometry: T-score −2.6."),
    "another power": (lab("15.32 x10^9/L", "WBC"), "The white blood cell count was 15.32 × 10⁶/L."),
    "mark of a reference": (lab("12 mg/L", "CRP"), "CRP fell [12]."),
    "another month": ('events: {onset: {date: 2020-06, quote: "It began"}}', "It began in July 2020."),
    "frequency": ("treatments: [{drug: ibuprofen, dose: 200 mg TID}]", "Ibuprofen 200 mg twice daily."),
    "order": ('course: [{what: better, quote: "subsided … fever"}]', "The fever subsided."),
    "own words in another order": ("course: [{what: resolved symptoms gone}]", "Gone; her symptoms resolved."),
    "two own words": ("course: [{what: much better}]", "She was much better."),
    "own words of two sentences": ("course: [{what: fever went down}]", "She had a fever. It went down."),
    "two sentences": ('course: [{what: better, quote: "fever … subsided"}]', "She had a fever. It subsided."),
    "part of a number in a quote": ('course: [{what: better, quote: "after 8 … days"}]', "Better after 18 good days."),
    "the other unit": (lab("7.4 ng/dL (59 pmol/L)", "free T4"), "Free T4 was 7.4 ng/dL (95 pmol/L)."),
    "conflict": (
        "scores: [{name: SOFA score, value: 4, conflict: {says: '65', where: abstract}}]",
        "SOFA score was 4.",
    ),
    "reference list": (lab("91.8 g/L"), "She was pale.\n\n## References\n\n1. Haemoglobin was 91.8 g/L. J. 2018."),
}


@pytest.mark.parametrize(("facts", "article"), PROVEN.values(), ids=PROVEN)
def test_proven(facts: str, article: str) -> None:
    assert told(facts, article) == []


@pytest.mark.parametrize(("facts", "article"), REFUSED.values(), ids=REFUSED)
def test_refused(facts: str, article: str) -> None:
    assert told(facts, article) != []


numbers = st.decimals(min_value=0, max_value=9999, places=1, allow_nan=False).filter(lambda value: value >= 1)


@settings(derandomize=True, deadline=None, database=None)
@given(numbers, st.sampled_from(["{} g/L", "{}g/L", "{}\u00a0g/L", "{}\n g/l", "$ {} $ g/L"]))
def test_any_number_is_proven_in_any_setting(value: object, setting: str) -> None:
    assert told(lab(f"{value} g/L"), f"Haemoglobin was {setting.format(value)}, and she was pale.") == []


@settings(derandomize=True, deadline=None, database=None)
@given(numbers, numbers)
def test_no_number_is_proven_by_another(value: object, other: object) -> None:
    expected = [] if value == other else ["evidence.number-not-printed"]

    assert told(lab(f"{value} g/L"), f"Haemoglobin was {other} g/L, and she was pale.") == expected
