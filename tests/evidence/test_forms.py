"""What readers of new articles met: usual forms of print prove a fact, and none proves another value."""

import pytest

import casefhir

CASE = """casefhir: 1
id: invented
article: {title: An invented case}
"""
PATIENT = "patient: {sex: female}\n"


def told(facts: str, article: str) -> set[str]:
    """The rules of evidence, quotes and lengths that a case breaks."""
    patient = "" if facts.startswith("patient") else PATIENT
    issues = casefhir.load(f"{CASE}{patient}{facts}\n".encode(), article=f"She came. {article}".encode()).issues
    assert not [issue for issue in issues if issue.rule.startswith(("shape.", "grammar.", "source."))], issues
    return {issue.rule for issue in issues if issue.rule.startswith(("evidence.", "quotes.", "lengths."))}


def lab(name: str, value: str, quote: str = "") -> str:
    return f'labs: [{{values: {{"{name}": {{value: "{value}"{quote and f", quote: {quote!r}"}}}}}}}]'


def ischaemia(value: str, quote: str = "") -> str:
    return f'procedures: [{{name: dialysis, duration: "{value}"{quote and f", quote: {quote!r}"}}}]'


def drug(dose: str, more: str = "") -> str:
    return f"treatments: [{{drug: immunoglobulin, dose: {dose}{more}}}]"


def image(name: str) -> str:
    return f"imaging: [{{name: {name}}}]"


SIZES = "patient: {sex: female, age: 34 years, weight: 52 kg, height: 168 cm}"
DIALYSIS = "Dialysis took 2 h 10 min in all."

BANFF = "scores: [{{name: Banff score, parts: {{i: {}, C4d: 0}}, quote: 'Banff scores were i2, t3'}}]"
SCORES = "The Banff scores were i2, t3, v0 and C4d0."

SMOKING = "social: [{name: tobacco smoking, value: 15 cigarettes/day}]"

UNITS_OF_CELLS = "procedures: [{name: packed red cell transfusion, amount: 2 units}]"
ENDED = """events:
  day-0: {{date: 2021-02-03, quote: On 3 February 2021}}
  change: {{date: day {} of day-0, quote: known (day {})}}
treatments: [{{drug: HRZE, dose: 3 tablets daily, quote: 3 tablets of HRZE daily, to: day 8 of day-0}}]"""
PACKS = "social: [{name: tobacco smoking, value: 40 pack-years}]"
TRANSLOCATION = "genetics: [{{printed: 't(4;14)(p16;q32)', locus: [{}], change: translocation, cells: 81 %}}]"
FISH = "FISH showed t(4;14)(p16;q32) in 81% and gain of 1q21 in 45%."

PROVEN = {
    "smoked": (SMOKING, "She smoked 15 cigarettes a day."),
    "smoker": ("social: [{name: smoking, absent: true}]", "She was a non-smoker."),
    "letters of a score": (BANFF.format(2), SCORES),
    "two units": (ischaemia("130 min"), DIALYSIS),
    "two units by quote": (ischaemia("130 min", "Dialysis took 2 h 10 min"), DIALYSIS),
    "hours and minutes": (ischaemia("860 min"), "Dialysis took 14 hours and 20 minutes."),
    "a value in two units": (
        lab("clotting time", "130 min", "clotting time was 2 h 10 min"),
        "The clotting time was 2 h 10 min.",
    ),
    "sizes apart": (SIZES, "A 34-year-old woman was ill. She weighed 52 kg with a height of 168 cm."),
    "exceeded": (lab("urine output", "> 2 L/day"), "Urine output exceeded 2 L/day."),
    "in excess of": (lab("ferritin", "> 1500 ng/mL"), "Ferritin was in excess of 1500 ng/mL."),
    "consecutive days": (
        drug("0.5 g/kg daily for 4 days"),
        "Immunoglobulin 0.5 g/kg was given on four consecutive days.",
    ),
    "field": (
        lab("urine leukocytes", "10-15 /HPF", "10-15 white cells per high-power field"),
        "There were 10-15 white cells per high-power field.",
    ),
    "the place behind": (image("head CT"), "CT of the head was normal."),
    "the place behind a scan": (image("brain CT"), "A CT scan of his head was normal."),
    "the place in the middle": (image("contrast-enhanced head CT"), "Contrast-enhanced CT of the head was normal."),
    "the side with its place": (image("left knee MRI"), "MRI of the left knee was normal."),
    "the place before": (image("MRI of the left knee"), "Left knee MRI was normal."),
    "another word of the place": (image("abdominal CT"), "CT of the abdomen was normal."),
    "an X-ray": (image("chest X-ray"), "An X-ray of the chest was normal."),
    "a tissue": ("pathology: [{name: kidney biopsy}]", "Biopsy of the kidney was normal."),
    "the next dose": (
        drug("250 mg every 12 hours"),
        "Immunoglobulin 400 mg was given, followed by 250 mg every 12 hours.",
    ),
    "a dose after a loading dose": (
        drug("200 mg every 4 hours"),
        "A loading dose of immunoglobulin of 600 mg i.v. and then 200 mg every 4 hours were given.",
    ),
    "absent in one word": ("findings: [{name: fever, absent: true}]", "She was afebrile."),
    "a flow of oxygen": (
        'vitals: [{values: {"oxygen flow": 15 L/min}}]',
        "SpO2 was 88% on 15 L/min oxygen by mask, and glucose 4 mmol/L.",
    ),
    "corrected for albumin": (
        lab("corrected calcium", "3.12 mmol/L"),
        "Calcium was 2.94 mmol/L (albumin-corrected 3.12 mmol/L).",
    ),
    "what was transfused": (UNITS_OF_CELLS, "Two units of packed red cells were transfused."),
    "the letters of a stage": ("stages: [{system: TNM, value: pT1b}]", "The tumour was pT1b."),
    "a power of five": ("scores: [{name: MRC scale, value: 4/5}]", "The power of the legs was 4/5."),
    "sizes beside the age": (SIZES, "A 34-year-old woman was ill. This 34-year-old teacher (168 cm, 52 kg) was ill."),
    "the end of a course as an event": (
        ENDED.format(8, 8),
        "On 3 February 2021 came 3 tablets of HRZE daily. It was known (day 8).",
    ),
    "units in the singular": (PACKS, "A woman with a 40 pack-year smoking history came."),
    "one unit of two values": (lab("Hb", "10.9 g/dL", "Hb 10.9 → 7.3 g/dL"), "She had anaemia (Hb 10.9 → 7.3 g/dL)."),
    "twice an amount": (drug("850 mg BID"), "She took immunoglobulin 2 × 850 mg."),
    "so many doses": (drug("850 mg 2 doses"), "She took immunoglobulin 2 × 850 mg."),
    "days of a week": (drug("15 mg/kg 5 days per week"), "She took immunoglobulin 15 mg/kg five days per week."),
    "days of a week in words": (drug("15 mg five days per week"), "She took immunoglobulin 15 mg five days per week."),
    "two places of chromosomes": (TRANSLOCATION.format("4p16, 14q32"), FISH),
    "an inversion": (
        "genetics: [{printed: inv(16)(p13q22), locus: [16p13, 16q22], change: inversion}]",
        "FISH showed inv(16)(p13q22).",
    ),
}
REFUSED = {
    "present in one word": ("findings: [{name: fever}]", "She was afebrile."),
    "a flow of something": ('vitals: [{values: {"oxygen flow": 15 L/min}}]', "Her urine flow was 15 L/min."),
    "corrected for nothing": (
        lab("corrected calcium", "2.94 mmol/L"),
        "Calcium was 2.94 mmol/L (albumin-corrected 3.12 mmol/L).",
    ),
    "what was transfused otherwise": (UNITS_OF_CELLS, "Two units of plasma were transfused."),
    "other letters of a stage": ("stages: [{system: TNM, value: pT1c}]", "The tumour was pT1b."),
    "a group of stages": ("stages: [{system: FIGO, value: IB2}]", "The tumour was IB2."),
    "a power of ten": ("scores: [{name: MRC scale, value: 4/10}]", "The power of the legs was 4/10."),
    "other sizes beside the age": (
        SIZES,
        "A 34-year-old woman came. This 34-year-old (168 cm, 62 kg) was ill.",
    ),
    "sizes beside another age": (SIZES, "A 34-year-old woman was ill. Her son of 12 years (168 cm, 52 kg) was ill."),
    "the end of a course that is no event": (
        ENDED.format(9, 9),
        "On 3 February 2021 came 3 tablets of HRZE daily. It was known (day 9). On day 8 she ate.",
    ),
    "other packs": (PACKS, "A woman with a 40 pack smoking history came."),
    "another unit of two values": (
        lab("Hb", "10.9 g/L", "Hb 10.9 → 7.3 g/dL"),
        "She had anaemia (Hb 10.9 → 7.3 g/dL).",
    ),
    "cycles of an amount": (drug("850 mg for 2 cycles"), "She took immunoglobulin 2 × 850 mg."),
    "three times an amount": (drug("850 mg TID"), "She took immunoglobulin 2 × 850 mg."),
    "twice an amount a week": (drug("850 mg BID"), "She took immunoglobulin 2 × 850 mg weekly."),
    "an amount crossed": (drug("11 mg BID"), "She took immunoglobulin for a lesion of 2 × 11 mm."),
    "other days of a week": (drug("15 mg 3 days per week"), "She took immunoglobulin 15 mg five days per week."),
    "other places of chromosomes": (TRANSLOCATION.format("4p15, 14q32"), FISH),
    "places of chromosomes crossed": (TRANSLOCATION.format("14p16, 4q32"), FISH),
    "the cells of another variant": (TRANSLOCATION.format("4p16, 14q32").replace("81", "45"), FISH),
    "smoked another number": (SMOKING, "She smoked 25 cigarettes a day."),
    "smoked by the next": (SMOKING, "She smoked 20 pipes, and her son bought 15 cigarettes a day."),
    "another letter of a score": (BANFF.format(3), SCORES),
    "another sum": (ischaemia("140 min"), DIALYSIS),
    "a part of a sum": (ischaemia("10 h"), DIALYSIS),
    "another sum by quote": (ischaemia("140 min", "Dialysis took 2 h 10 min"), DIALYSIS),
    "two lengths": (ischaemia("130 min"), "Dialysis took 2 h, 10 mL and 10 min."),
    "another weight": (SIZES, "A 34-year-old woman was ill. She weighed 53 kg with a height of 168 cm."),
    "a weight of something": (SIZES, "A 34-year-old woman of 168 cm was ill. Her stone had 52 kg."),
    "comparator": (lab("urine output", "2 L/day"), "Urine output exceeded 2 L/day."),
    "other consecutive days": (
        drug("0.5 g/kg BID for 4 days"),
        "Immunoglobulin 0.5 g/kg was given on four consecutive days.",
    ),
    "another field": (
        lab("urine leukocytes", "10-15 /HPF", "10-15 white cells per low-power field"),
        "There were 10-15 white cells per low-power field.",
    ),
    "another place": (image("head CT"), "CT of the chest was normal, as was her head."),
    "another image": (image("head CT"), "MRI of the head was normal, and no CT was done."),
    "another side": (image("left knee MRI"), "MRI of the right knee was normal."),
    "the dose of another drug": (
        drug("2 g every 8 hours"),
        "Immunoglobulin 1 g followed by meropenem 2 g every 8 hours was given.",
    ),
    "the value of something": (drug("2 g daily"), "Immunoglobulin 1 g was given, then protein was 2 g daily."),
}


@pytest.mark.parametrize(("facts", "article"), PROVEN.values(), ids=PROVEN)
def test_proven(facts: str, article: str) -> None:
    assert told(facts, article) == set()


@pytest.mark.parametrize(("facts", "article"), REFUSED.values(), ids=REFUSED)
def test_refused(facts: str, article: str) -> None:
    assert told(facts, article) != set()


def test_a_single_dose_need_not_be_printed() -> None:
    assert told(drug("0.5 g/kg once"), "Immunoglobulin was given. Then came 0.5 g/kg.") == {"evidence.no-passage"}


def test_a_unit_of_time_ends_a_sentence() -> None:
    article = casefhir.read_article(b"The QTc was 438 ms. CT of the head was normal. Ms. Smith left.")

    assert len(list(article.told())) == 3
