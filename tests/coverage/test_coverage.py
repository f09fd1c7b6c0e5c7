"""What an article prints of a patient is carried by a fact, waived with a reason, or missing."""

import json
import random
from pathlib import Path

import pytest
from tests.cli.console import call

import casefhir
from casefhir.article import read_article
from casefhir.coverage import Coverage

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "cases").glob("*.yaml"))


def coverage(case: str, article: str) -> Coverage:
    """Of sections that take the place of those of a small case, and of an article in Markdown."""
    return Coverage(casefhir.load(f"{HEAD}{case}".encode()), read_article(article.encode(), "article.md"))


HEAD = """casefhir: 1
id: invented
article: {title: An invented case}
patient: {sex: female, age: 9 years, at: admission}
events: {admission: {date: 2021-01-09}, review: {date: admission + 2 weeks}}
"""


def states(case: str, article: str) -> dict[str, str]:
    """Each mention, as printed, and its state."""
    return {one.mention.text: one.state for one in coverage(case, article).covered}


def asked(article: str) -> list[str]:
    return [one.mention.text for one in coverage("", article).covered]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_published_cases_leave_nothing_out(case: Path) -> None:
    found = Coverage(casefhir.load(case), read_article(ROOT / "tests" / "articles" / f"{case.stem}.txt"))

    assert [one.mention.text for one in found.covered if one.state == "missing"] == []
    assert found.idle == ()
    assert found.count("carried") > 50


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_laboratory_value_that_is_taken_away_is_missing(case: Path) -> None:
    article = read_article(ROOT / "tests" / "articles" / f"{case.stem}.txt")
    loaded = casefhir.load(case)
    data = json.loads(json.dumps(loaded.source.data, default=str))
    numbers = {
        key: value
        for panel in data["labs"]
        for key, value in list(panel["values"].items())
        if any(map(str.isdigit, str(value)))
    }
    for panel in data["labs"]:
        panel["values"] = {key: value for key, value in panel["values"].items() if key not in numbers}
    data["labs"] = [panel for panel in data["labs"] if panel["values"]]
    data["doubts"] = []
    without = casefhir.load(json.dumps(data).encode())
    assert without.chart

    found = Coverage(without, article)

    assert found.count("missing") >= len(numbers) * 0.7


@pytest.mark.long
@pytest.mark.parametrize("name", ["hellp-hepatic-infarction", "sjia-tocilizumab-tofacitinib"])
def test_a_digit_that_the_article_prints_otherwise_is_missing(name: str) -> None:
    loaded = casefhir.load(ROOT / "cases" / f"{name}.yaml")
    article = read_article(ROOT / "tests" / "articles" / f"{name}.txt")
    chance = random.Random(name)
    carried = [
        one.mention for one in Coverage(loaded, article).covered if one.state == "carried" and one.mention.digits()
    ]

    unseen = []
    for mention in chance.sample([mention for mention in carried if mention.kind != "name"], 15):
        assert mention.part.passage
        at = mention.part.passage.origin(chance.choice(mention.digits()))
        other = chance.choice([digit for digit in "123456789" if digit != article.text[at]])
        changed = f"{article.text[:at]}{other}{article.text[at + 1 :]}"
        if not Coverage(loaded, read_article(changed.encode())).count("missing"):
            unseen.append(f"{article.text[at - 40 : at + 20]}, {other}")

    assert unseen == []


@pytest.mark.parametrize(
    ("printed", "mentions"),
    [
        ("The ESR was 85 mm/h.", ["ESR", "85"]),
        ("One of them had two episodes, as in Figure 2 and Tab. 3 [4, 5].", ["two"]),
        ("Once, after one month, on the third day.", ["one", "third"]),
        ("Platelets were 450 x10^9/L and 12 /mm3.", ["Platelets", "450", "12"]),
        ("On May 5, 2021 CD117 was found.", ["May 5, 2021", "CD117"]),
        ("He had type 2 diabetes as such.", ["type 2 diabetes"]),
        ("The eGFR was 47 mL/min/1.73 m2.", ["eGFR", "47"]),
        ("As the biological work-up showed, it was fine.", []),
    ],
)
def test_numbers_dates_and_known_names_are_asked_for(printed: str, mentions: list[str]) -> None:
    assert asked(f"# Case presentation\n\n{printed}\n") == mentions


def test_what_is_not_of_the_patient_is_not_asked_for() -> None:
    article = """# A title with 1

Received 2 May 2021, 3 authors.

## Abstract

It was 4.

## Background

Of 5 patients.

## Case presentation

It was 6.

### Treatment

It was 7.

Table 8. Values of 9 days

| day | value |
|---|---|
| 10 | 11 |

## Discussion

It was 12.

## References

1. Somebody, 13.
"""
    assert asked(article) == ["4", "6", "7", "10", "11"]


def test_an_article_without_the_usual_headings_is_asked_for_whole() -> None:
    assert asked("# A title\n\n## Story\n\nIt was 4.\n\n## References\n\n1. Somebody, 13.\n") == ["4"]


LABS = """labs: [{at: admission, values: {CRP: {value: 14.1 mg/L, quote: "CRP … (14.1 mg/L)"}}}]\n"""


def test_a_number_is_carried_in_the_passage_of_its_fact_and_where_its_name_stands_beside_it_again() -> None:
    article = "CRP was high (14.1 mg/L).\nThen CRP of 14.1 mg/L was told.\nThe ESR was 14.1 mm/h.\n"

    found = coverage(LABS, article)

    assert [one.state for one in found.covered if one.mention.text == "14.1"] == ["carried", "carried", "missing"]


def test_own_words_carry_what_they_name_in_their_passage() -> None:
    case = 'course: [{at: admission, what: two episodes of pain, quote: "pain came twice"}]\n'

    assert states(case, "In 2 episodes of 4 days pain came twice, and 3 times later.") == {
        "2": "carried",
        "4": "missing",
        "twice": "carried",
        "3": "missing",
    }


def test_the_distance_of_an_event_is_carried_where_its_facts_are_told() -> None:
    case = 'course: [{at: review, what: well, quote: "she was well"}]\n'

    found = coverage(case, "After 2 weeks she was well. The family waited 2 weeks.")

    assert [one.state for one in found.covered] == ["carried", "missing"]


@pytest.mark.parametrize(
    ("value", "printed", "state"),
    [
        ("lactate: 4.0 mmol/L", "At 6 h lactate was 4.0 mmol/L.", "carried"),
        ("lactate: 4.0 mmol/L", "Lactate was 4.0 mmol/L. At 6 h she slept.", "missing"),
        ("HIV serology: negative", "HIV serology was negative at 6 h.", "carried"),
        ("HIV serology: negative", "HIV serology was negative. Blood was taken at 6 h.", "missing"),
    ],
)
def test_the_distance_of_a_panel_is_carried_where_its_values_are_told(value: str, printed: str, state: str) -> None:
    assert states(f"labs: [{{at: admission + 6 h, values: {{{value}}}}}]", f"# Case\n\n{printed}")["6"] == state


def test_a_limit_in_words_is_carried_as_a_sign() -> None:
    lab = "labs: [{values: {isoniazid level: {value: 62 mg/L, note: toxic above 10}}}]"

    assert states(lab, "# Case\n\nThe isoniazid level was 62 mg/L (toxic > 10).")["10"] == "carried"
    assert states(lab, "# Case\n\nThe isoniazid level was 62 mg/L (toxic < 10).")["10"] == "missing"


def test_a_cell_of_a_table_is_carried_by_the_same_cell() -> None:
    case = """tables: [{name: values, rows: "date CRP[mg/L]\\n 2021-01-10 14.1\\n 2021-01-11 8"}]\n"""
    table = "Table 1. Values\n\n| date | CRP |\n|---|---|\n| Jan 10, 2021 | 14.1 |\n| Jan 11, 2021 | 9 |\n"

    assert states(case, table) == {
        "CRP": "carried",
        "Jan 10, 2021": "carried",
        "14.1": "carried",
        "Jan 11, 2021": "carried",
        "9": "missing",
    }


def test_the_heads_of_its_rows_are_carried_by_a_table_and_its_cells_where_they_are_told_again() -> None:
    case = 'tables: [{name: t, rows: "at PEEP[cmH2O]\\nreview 11"}]'
    article = "It was PEEP 11 cmH2O.\n\n| Test | 2 weeks | 4 weeks |\n|---|---|---|\n| PEEP (cmH2O) | 11 | 17 |\n"

    numbers = [one for one in coverage(case, article).covered if one.mention.kind == "number"]

    assert [(one.mention.text, one.state) for one in numbers] == [
        ("11", "carried"), ("2", "carried"), ("4", "missing"), ("11", "carried"), ("17", "missing"),
    ]  # fmt: skip


TABLE = "Table 1. Values\n\n{}"
BESIDE = "| Test | Jan 9, 2021 | Reference |\n|---|---|---|\n| CRP | 14.1 | 0.5-5.2 |\n"
BELOW = "| Date | CRP |\n|---|---|\n| Jan 9, 2021 | 14.1 |\n| Normal range | 0.5-5.2 |\n"


@pytest.mark.parametrize("table", [BESIDE, BELOW])
def test_the_reference_range_of_a_table_is_carried_by_that_of_the_column(table: str) -> None:
    case = 'tables: [{name: t, rows: "date CRP[mg/L](0.5-5.2)\\n2021-01-09 14.1"}]\n'

    assert set(states(case, TABLE.format(table)).values()) == {"carried"}
    assert states(case.replace("5.2", "5.3"), TABLE.format(table))["5.2"] == "missing"


def test_what_is_measured_given_or_done_is_carried_under_the_name_of_the_tool() -> None:
    case = """procedures: [{name: packed red cell transfusion, amount: 4 units, at: admission}]
immunizations: [{name: yellow fever vaccine, at: admission}]
labs: [{at: admission, values: {urine haemoglobin: 3+}}]
"""

    assert states(case, "She was vaccinated against yellow fever. Red cells were given. Urinalysis was done.") == {
        "yellow fever": "carried",
        "Red cells": "carried",
        "Urinalysis": "carried",
    }


@pytest.mark.parametrize("note", ["three sets", "3 sets"])
def test_a_note_carries_its_number_where_a_fact_without_a_quote_is_named(note: str) -> None:
    case = f"microbiology: [{{name: blood culture, at: admission, result: negative, note: {note}}}]\n"

    assert states(case, "Three sets of blood cultures were negative. Three days later she left.") == {
        "Three": "missing",
        "blood cultures": "carried",
    }
    assert states(case, "Three sets of blood cultures were negative.")["Three"] == "carried"


def test_a_printed_code_is_carried_by_the_code_of_the_fact() -> None:
    case = "diagnoses: [{name: depression, code: ICD-10 F32.3}]"

    assert states(case, "She had depression (ICD-10 F32.3).")["F32.3"] == "carried"


def test_a_name_is_carried_under_any_of_its_names_and_by_a_kind_of_it() -> None:
    case = """diagnoses: [{name: aspiration pneumonia}]\ntreatments: [{drug: tocilizumab}]\n"""

    assert states(case, "For pneumonia, TCZ and ibuprofen were given.") == {
        "pneumonia": "carried",
        "TCZ": "carried",
        "ibuprofen": "missing",
    }


PANEL = """labs:
  - at: admission
    values:
      direct antiglobulin test C3d: positive
      cocaine in urine: negative
      malaria rapid test: {value: positive, note: HRP2/pLDH}
allergies: [{none: true, of: drugs}]
diagnoses: [{name: severe acute kidney injury}]
imaging: [{name: CT chest, at: admission}]
scores: [{name: IPSS, value: 23, at: admission}]
treatments: [{drug: mycophenolate mofetil}, {drug: potassium chloride}]
"""
CALLED = {
    "The direct antiglobulin test was positive for C3d.": {"direct antiglobulin test": "carried"},
    "Cocaine was negative, and so was phenytoin.": {"Cocaine": "carried", "phenytoin": "missing"},
    "A rapid test (HRP2/pLDH) was positive.": {"HRP2/pLDH": "carried"},
    "A rapid test (HRP3/pLDH) was positive.": {"HRP3/pLDH": "missing"},
    "She had no known drug allergies, but a food allergy.": {"drug allergies": "carried", "food allergy": "missing"},
    "She had acute kidney injury and heart failure.": {"acute kidney injury": "carried", "heart failure": "missing"},
    "CT of the chest was normal, and so was MRI.": {"CT": "carried", "MRI": "missing"},
    "The International Prostate Symptom Score [IPSS] was 23.": {
        "International Prostate Symptom Score": "carried", "23": "carried",
    },
    "Mycophenolate was stopped, potassium was normal.": {"Mycophenolate": "carried", "potassium": "missing"},
}  # fmt: skip


@pytest.mark.parametrize(("printed", "expected"), CALLED.items())
def test_a_name_is_carried_by_what_it_is_called_in_the_file(printed: str, expected: dict[str, str]) -> None:
    assert states(PANEL, printed).items() >= expected.items()


@pytest.mark.parametrize(
    ("printed", "state"),
    [
        ("On 20 January 2021 she had fever, eleven days after the admission.", "carried"),
        ("She was admitted on 9 January 2021, 11 days before the fever.", "carried"),
        ("On 20 January 2021 she had fever, twelve days after the admission.", "missing"),
        ("She had fever, eleven days after the admission.", "missing"),
        ("On 20 January 2021 she had fever for eleven days.", "missing"),
    ],
)
def test_a_distance_that_two_dates_say_is_carried(printed: str, state: str) -> None:
    case = CASE_OF_DATES.encode()
    found = Coverage(casefhir.load(case), read_article(printed.encode(), "article.md")).covered

    assert {one.state for one in found if one.mention.text in ("11", "eleven", "twelve")} == {state}


CASE_OF_DATES = """casefhir: 1
id: invented
article: {title: An invented case}
patient: {sex: female}
events: {admission: {date: 2021-01-09, first-day: 0}, fever: {date: 2021-01-20}}
treatments: [{drug: tocilizumab, dose: 8 mg/kg once, at: admission}]
"""


def test_the_first_day_of_an_event_is_carried_by_what_was_on_it() -> None:
    article = read_article(b"Tocilizumab 8 mg/kg was given on days 0 and 4.", "article.md")
    found = Coverage(casefhir.load(CASE_OF_DATES.encode()), article).covered

    assert {one.mention.text: one.state for one in found if one.mention.text in ("0", "4")} == {
        "0": "carried",
        "4": "missing",
    }


def test_words_of_the_article_in_quotes_carry_nothing() -> None:
    case = 'course: [{at: admission, what: better, quote: "after ibuprofen it was better"}]\n'

    assert states(case, "Some hours after ibuprofen it was better.") == {"ibuprofen": "missing"}


LEFT_OUT = 'left-out: [{quote: "7 to … children", why: a figure of the population}]\n'


def test_what_stands_between_the_first_and_the_last_word_is_left_out() -> None:
    article = "It was 6.\nOf 5 boys, 7 to 8 percent of the children.\n"

    assert states(LEFT_OUT, article) == {"6": "missing", "5": "missing", "7": "waived", "8": "waived"}


def test_a_section_is_left_out_as_a_whole() -> None:
    article = "# Abstract\n\nIt was 6.\n\n# Case presentation\n\nIt was 7.\n"

    assert states("left-out: [{section: Abstract, why: another patient}]\n", article) == {
        "6": "waived",
        "7": "missing",
    }


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("quote: nowhere", 'the article has no "nowhere" in one sentence or row'),
        ("section: table 3", "the article has no section 'table 3'"),
        ("quote: It was", "this leaves out nothing that is asked for and not carried"),
    ],
)
def test_what_leaves_nothing_out_is_told(item: str, message: str) -> None:
    found = coverage(f"left-out: [{{{item}, why: to try}}]\n", "It was fine.")

    assert [waiver.message for waiver in found.idle] == [message]
    assert not found.is_complete


# The command


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "case.yaml").write_text(HEAD + LABS, "utf-8")
    (tmp_path / "broken.yaml").write_text(f"{HEAD}labs: [{{at: holiday, values: {{CRP: 1 mg/L}}}}]\n", "utf-8")
    (tmp_path / "other.yaml").write_text(HEAD.replace("An invented", "Another"), "utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "whole.txt").write_text("CRP was high (14.1 mg/L) on January 9, 2021.\n", "utf-8")
    (tmp_path / "more.txt").write_text("CRP was high (14.1 mg/L), ESR < 8 & <b>9</b> > 7.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_nothing_missing_is_0_and_something_is_1() -> None:
    whole = call("coverage", "case.yaml", "--article", "whole.txt")
    more = call("coverage", "case.yaml", "--article", "more.txt")

    assert (whole.code, whole.out) == (0, "case.yaml: 3 of 3 carried or waived (3 carried, 0 waived)\n")
    assert more.code == 1
    assert more.out == (
        'more.txt:1: missing ESR, 8, 9, 7, in text: "CRP was high (14.1 mg/L), «ESR» < «8» & <b>«9»</b> > «7»."\n'
        "case.yaml: 2 of 6 carried or waived (2 carried, 0 waived); 4 missing\n"
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("case.yaml",), 2, "--article"),
        (("empty", "--article", "whole.txt"), 2, "no case files in empty"),
        (("case.yaml", "other.yaml", "--article", "whole.txt"), 2, "different articles"),
        (("case.yaml", "--article", "none.txt"), 3, "none.txt cannot be read"),
        (("none.yaml", "--article", "whole.txt"), 3, "none.yaml"),
        (("broken.yaml", "--article", "whole.txt"), 1, "broken.yaml:6:"),
        (("case.yaml", "--article", "whole.txt", "--html", "case.yaml/page.html"), 3, "cannot be written"),
        (("case.yaml", "--article", "whole.txt", "--html", "case.yaml"), 2, "would be written over"),
        (("case.yaml", "--article", "whole.txt", "--html", "whole.txt"), 2, "would be written over"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(arguments: tuple[str, ...], code: int, words: str) -> None:
    said = call("coverage", *arguments)

    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert said.err.count("\n") == 1


def test_the_page_is_complete_in_itself_and_shows_what_is_printed(folder: Path) -> None:
    said = call("coverage", "case.yaml", "--article", "more.txt", "--html", "page.html")
    page = (folder / "page.html").read_text("utf-8")

    assert said.err == "case.yaml → page.html\n"
    assert call("coverage", "case.yaml", "--article", "more.txt", "--html", "-") == (said.code, page, "")
    assert "&lt; <strong" in page
    assert "<b>" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "<script" not in page
    assert "labs/crp/admission, case.yaml:6:" in page


def test_links_of_the_page_lead_somewhere(folder: Path) -> None:
    from lxml import html

    call("coverage", "case.yaml", "--article", "more.txt", "--html", "page.html")
    page = html.parse(str(folder / "page.html"))
    ids = page.xpath("//@id")

    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//a/@href")} <= set(ids)


@pytest.mark.usefixtures("folder")
def test_json_has_each_mention_with_its_fact() -> None:
    said = call("coverage", "case.yaml", "--article", "more.txt", "--format", "json")
    report = json.loads(said.out)

    assert (report["total"], report["carried"], report["waived"], report["missing"]) == (6, 2, 0, 4)
    assert [one["state"] for one in report["mentions"]] == ["carried", "carried", *["missing"] * 4]
    assert report["mentions"][1]["case"] == {
        "fact": "labs/crp/admission",
        "file": "case.yaml",
        "line": 6,
        "path": ["labs", 0, "values", "CRP", "value"],
    }


SERIES = """\
# Two invented cases

## Case presentation

### Patient 1

Her C-reactive protein was 96 mg/L and her ferritin 310 ng/mL.

### Patient 2

His C-reactive protein was 214 mg/L.
"""


@pytest.fixture
def series(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, more in {
        "first": "labs: [{at: admission, values: {CRP: 96 mg/L}}]",
        "second": 'labs: [{at: admission, values: {CRP: 214 mg/L}}]\nleft-out: [{quote: "three", why: none}]',
    }.items():
        (tmp_path / f"{name}.yaml").write_text(f"{HEAD.replace('invented', name, 1)}{more}\n", "utf-8")
    (tmp_path / "series.md").write_text(SERIES, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("series")
@pytest.mark.parametrize("named", [(".",), ("first.yaml", "second.yaml")])
def test_what_one_patient_of_a_series_has_is_not_missing_in_the_others(named: tuple[str, ...]) -> None:
    assert call("coverage", *named, "--article", "series.md").out == (
        'series.md:7: missing ferritin, 310, in patient 1: "Her C-reactive protein was 96 mg/L and her «ferritin» '
        '«310» ng/mL."\n'
        'second.yaml:7:13: the article has no "three" in one sentence or row\n'
        "2 cases: 4 of 6 carried or waived (4 carried, 0 waived); 2 missing\n"
    )


def test_a_sentence_is_marked_with_its_own_words_whoever_it_is_of(series: Path) -> None:
    told = "Patient 1 had a ferritin of 310 ng/mL. Patient 2 had a troponin of 14 ng/L."
    (series / "series.md").write_text(f"# Two invented cases\n\n## Abstract\n\n{told}\n", "utf-8")
    for number, name in enumerate(("first", "second"), start=1):
        case = HEAD.replace("invented", name, 1).replace("sex: female", f"sex: female, called: Patient {number}")
        (series / f"{name}.yaml").write_text(case, "utf-8")

    assert call("coverage", ".", "--article", "series.md").out.splitlines()[:2] == [
        'series.md:5: missing ferritin, 310, in abstract: "Patient 1 had a «ferritin» of «310» ng/mL."',
        'series.md:5: missing troponin, 14, in abstract: "Patient 2 had a «troponin» of «14» ng/L."',
    ]


def test_that_it_is_of_another_patient_carries_nothing_of_a_series(series: Path) -> None:
    for name, others in (("first", "patient 2"), ("second", "patient 1")):
        called = "\npatient: {sex: female, " if name == "first" else "\npatient: {called: Patient 2, sex: female, "
        left_out = "" if name == "second" else f"left-out: [{{section: {others}, why: another patient}}]\n"
        case = HEAD.replace("invented", name, 1).replace("\npatient: {sex: female, ", called)
        (series / f"{name}.yaml").write_text(case + left_out, "utf-8")

    assert call("coverage", "first.yaml", "--article", "series.md").out.count("missing") == 2
    assert "214" in call("coverage", ".", "--article", "series.md").out
    assert "2 cases: 0 of 6 carried" in call("coverage", ".", "--article", "series.md").out


@pytest.mark.usefixtures("series")
def test_json_says_which_patient_has_it() -> None:
    report = json.loads(call("coverage", ".", "--article", "series.md", "--format", "json").out)

    assert report["files"] == ["first.yaml", "second.yaml"]
    assert [(one["text"], one["case"]["file"]) for one in report["mentions"] if "case" in one] == [
        ("C-reactive protein", "first.yaml"),
        ("96", "first.yaml"),
        ("C-reactive protein", "first.yaml"),
        ("214", "second.yaml"),
    ]


def test_links_of_the_page_of_a_series_lead_somewhere(series: Path) -> None:
    from lxml import html

    call("coverage", ".", "--article", "series.md", "--html", "page.html")
    page = html.parse(str(series / "page.html"))
    ids = page.xpath("//@id")

    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//a/@href")} <= set(ids)
