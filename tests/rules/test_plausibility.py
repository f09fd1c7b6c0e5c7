"""What is unlikely, and what only looks so."""

import pytest
from tests.rules.written import alarms, lab, table

CHILD = "patient: {{sex: {sex}, age: {age}, height: {height}, weight: {weight}}}\n"


@pytest.mark.parametrize(
    ("sex", "age", "height", "weight"),
    [
        ("female", "4 years", "110 cm", "20 kg"),
        ("male", "3 years", "81 cm", "11 kg"),  # severely short, and true
        ("female", "0 days", "49 cm", "3.2 kg"),
        ("male", "17 years", "201 cm", "150 kg"),
        ("female", "about 4 years", "11 m", "20 kg"),  # nobody knows the age; the bounds of units tell the height
        ("female", "60 years", "150 cm", "38 kg"),
        ("other", "4 years", "150 cm", "38 kg"),
    ],
)
def test_bodies_that_there_are(sex: str, age: str, height: str, weight: str) -> None:
    patient = CHILD.format(sex=sex, age=age, height=height, weight=weight)

    assert "body.unlikely-for-age" not in alarms(patient=patient)


@pytest.mark.parametrize(("height", "weight"), [("110 cm", "200 kg"), ("11 cm", "20 kg"), ("110 cm", "2.0 kg")])
def test_bodies_of_another_age(height: str, weight: str) -> None:
    patient = CHILD.format(sex="female", age="4 years", height=height, weight=weight)

    assert "body.unlikely-for-age" in alarms(patient=patient)


def test_more_lymph_nodes_with_cancer_than_were_taken() -> None:
    values = "pathology:\n  - {name: histology, at: 2020-06, values: {positive lymph nodes: 12/10}}"

    assert "12/10 the first number is more than the second" in alarms(values)["values.part-above-whole"]


@pytest.mark.parametrize(
    "lines",
    [
        ("WBC: 5390 /mm3", "neutrophils: 60 %"),
        ("WBC: 15.3 x10^9/L", "neutrophils: 500 /mm3"),
        ("antinuclear antibody: positive 1:320",),
        ("total bilirubin: 37 mg/L", "direct bilirubin: 36 µmol/L"),
    ],
)
def test_parts_that_cannot_be_compared_or_are_less(lines: tuple[str, ...]) -> None:
    assert "values.part-above-whole" not in alarms(lab(*lines))


@pytest.mark.parametrize(
    "quote",
    [
        "the patient had fever for 8 months ago",
        "In 2019 she had fever",
        "3-year-old girl",
        "after several months she was well",
    ],
)
def test_quotes_without_a_date_or_a_distance(quote: str) -> None:
    told = alarms(
        "events: {admission: {date: 2020-06}}", f'findings: [{{name: fever, at: admission, quote: "{quote}"}}]'
    )

    assert told == {}


def test_a_distance_is_the_same_in_another_unit() -> None:
    events = 'events: {surgery: {date: 2020-06}, later: {date: surgery + 48 h, quote: "Two days later"}}'

    assert alarms(events) == {}


@pytest.mark.parametrize("quote", ["1,234.5.6 mg/L", "1.2.3 and 1,2,3.4", "2020.05.03", "CRP 146,00 mg/L"])
def test_a_quote_may_have_any_digits(quote: str) -> None:
    labs = f'labs: [{{at: 2020-06, values: {{CRP: {{value: 146 mg/L, quote: "{quote}"}}}}}}]'

    assert set(alarms(labs)) <= {"quotes.other-number"}


def test_a_taper_is_no_drug_given_again() -> None:
    steps = (
        "treatments:",
        "  - {drug: prednisolone, dose: 60 mg daily, from: 2019-05-03}",
        "  - {drug: prednisolone, dose: 50 mg daily, from: 2019-05-28, replaces: prednisolone/2019-05-03}",
        "  - {drug: prednisolone, dose: 40 mg daily, from: 2019-06-10, replaces: prednisolone/2019-05-28}",
        "  - {drug: prednisolone, dose: 30 mg daily, from: 2019-06-20, replaces: prednisolone/2019-06-10}",
    )

    assert alarms(*steps) == {}


@pytest.mark.parametrize(
    ("date", "quote", "is_told"),
    [
        ("admission - 3 days", "after three days of vomiting", False),
        ("admission - 3 days", "following about 3 days of fever", False),
        ("admission - 3 days", "after a 3-day history of fever", False),
        ("admission - 3 days", "three days after admission", True),
        ("admission - 3 days", "3 days after the onset of fever", False),
        ("admission - 3 days", "3 days after the operation", True),
    ],
)
def test_what_lasted_before_is_no_distance_after(date: str, quote: str, is_told: bool) -> None:
    told = alarms(f'events: {{admission: {{date: 2020-06}}, onset: {{date: {date}, quote: "{quote}"}}}}')

    assert ("lengths.other-direction" in told) == is_told


@pytest.mark.parametrize(
    ("test", "values", "is_told"),
    [
        ("IL-6", "287.95 pg/mL|2500 pg/mL|458.02 pg/mL", True),
        ("IL-6", "287.95 pg/mL|2500 pg/mL (normal < 3000)|458.02 pg/mL", False),
        ("sodium", "128 mmol/L|137 mmol/L|140 mmol/L", False),
        ("sodium", "128.5 mmol/L|137.2 mmol/L|140 mmol/L", False),
        ("glucose", "612 mg/dL|287 mg/dL|630 mg/dL", False),
    ],
)
def test_a_round_number_is_a_ceiling_only_where_it_is_no_chance(test: str, values: str, is_told: bool) -> None:
    labs = [
        f"  - {{at: 2020-0{month}, values: {{{test}: {value}}}}}" for month, value in enumerate(values.split("|"), 1)
    ]

    assert ("values.assay-ceiling" in alarms("labs:", *labs)) == is_told


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ("glucose: 612 mg/dL (34.0 mmol/L)", False),
        ("glucose: 612 mg/dL (3.40 mmol/L)", True),
        ("free T4: 7.4 ng/dL (95 pmol/L) high (normal 0.8-1.8)", False),
        ("free T4: 95 pmol/L (74 ng/dL)", True),
        ("BUN: 28 mg/dL (10 mmol/L)", False),
        ("haemoglobin: 10.1 g/dL (101 g/L)", False),
        ("haemoglobin: 10.1 g/dL (110 g/L)", True),
        ("HbA1c: 12.1 % (109 mmol/mol)", False),  # no factor leads from the one to the other
        ("HIV viral load: 48000 copies/mL (4.68 log10 copies/mL)", False),
    ],
)
def test_two_prints_of_one_amount_agree(line: str, is_told: bool) -> None:
    assert set(alarms(lab(line))) - {"units.unknown"} == ({"values.other-amount"} if is_told else set())


def test_the_text_and_a_table_may_have_units_of_two_kinds() -> None:
    values = table("date free-T4[pmol/L]", "2020-07 60", "2020-08 21")

    assert alarms(lab("free T4: 7.4 ng/dL"), values) == {}


@pytest.mark.parametrize("also", ["", " (5.4 mmol/L)"])
def test_one_text_has_units_of_one_kind_unless_it_prints_both(also: str) -> None:
    second = "  - {at: 2020-07, values: {glucose: 6.4 mmol/L}}"

    assert ("values.two-dimensions" in alarms(lab(f"glucose: 98 mg/dL{also}"), second)) == (not also)
