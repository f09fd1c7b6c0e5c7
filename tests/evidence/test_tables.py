"""A value in a table is proven by the heads of its row and its column: the name, the unit and the moment."""

import pytest

import casefhir
from casefhir.article import read_article

HEAD = """casefhir: 1
id: invented
article: {title: An invented case}
patient: {sex: female}
events:
  admission: {date: 2020-01-09}
  surgery: {date: 2020-01-10, first-day: 0}
  ingestion: {}
  ecmo: {}
  pre-ecmo: {}
  six: {date: ingestion + 6 h}
  first-day: {date: day 5 of surgery}
  quarter: {date: surgery + 3 months}
  year: {date: 2021-01}
"""


def told(facts: str, table: str) -> list[str]:
    """What evidence says of facts that stand in a table alone."""
    article = f"# Case presentation\n\nShe came.\n\nTable 1. Values\n\n{table}\n".encode()
    issues = casefhir.load(f"{HEAD}{facts}\n".encode(), article=read_article(article, "a.md")).issues
    assert not [issue for issue in issues if issue.rule.startswith(("shape.", "grammar.", "source."))], issues
    found = [issue for issue in issues if issue.rule.startswith("evidence.")]
    return [issue.message for issue in found if issue.path[0] not in ("events", "patient")]


IN_ROW = "| Test | 9 Jan 2020 |\n|---|---|\n| {} | 10.1 |"
UNITS = {
    "in the head of the row": IN_ROW.format("Haemoglobin (g/dL)"),
    "with its range": IN_ROW.format("Haemoglobin (13-17 g/dL)"),
    "in square brackets": IN_ROW.format("Hb [g/dL]"),
    "behind a comma": IN_ROW.format("Haemoglobin, g/dL"),
    "without brackets": IN_ROW.format("Haemoglobin g/dL"),
    "before its range": IN_ROW.format("Haemoglobin (g/dL; normal < 15)"),
    "in the head of the column": "| Date | CRP (mg/L) | Haemoglobin (g/dL) |\n|---|---|---|\n| 9 Jan 2020 | 3 | 10.1 |",
    "in a column of units": "| Test | Unit | Value |\n|---|---|---|\n| Haemoglobin | g/dL | 10.1 |",
    "in a column behind": "| Test | Value | Normal | \n|---|---|---|\n| Haemoglobin | 10.1 | g/dL |",
    "in its cell": "| Test | Value |\n|---|---|\n| Haemoglobin | 10.1 g/dL |",
}


@pytest.mark.parametrize("table", UNITS.values(), ids=UNITS)
def test_the_unit_of_a_value_may_stand_in_a_head(table: str) -> None:
    assert told("labs: [{values: {haemoglobin: 10.1 g/dL}}]", table) == []
    assert told("labs: [{values: {haemoglobin: 10.1 g/L}}]", table) != []
    assert told("labs: [{values: {haemoglobin: 10.2 g/dL}}]", table) != []
    assert told("labs: [{values: {haemoglobin: 10.1 unit not printed}}]", table) != []


def test_a_name_above_proves_the_values_of_its_own_column_only() -> None:
    table = UNITS["in the head of the column"]

    assert told("labs: [{values: {CRP: 3 mg/L}}]", table) == []
    assert told("labs: [{values: {haemoglobin: 3 mg/L}}]", table) != []


RATIO = "| Test | Reference | 9 Jan 2020 |\n|---|---|---|\n| Kappa/lambda ratio | 0.26-1.65 | 4.1 |"
COLUMN = 'tables: [{{name: t, rows: "date kappa/lambda-ratio{}\\n2020-01-09 4.1"}}]'


@pytest.mark.parametrize("unit", ["(0.26-1.65)", "[1](0.26-1.65)", "[not-printed](0.26-1.65)", "[ratio]", ""])
def test_the_last_word_of_a_name_is_no_unit(unit: str) -> None:
    assert told(COLUMN.format(unit), RATIO) == []
    assert told(COLUMN.format(unit).replace(" 4.1", " 4.2").replace("09 4.1", "09 4.2"), RATIO) != []


@pytest.mark.parametrize("unit", ["[1]", "[not-printed]"])
def test_a_column_without_a_unit_has_none_printed(unit: str) -> None:
    assert told(COLUMN.format(unit), RATIO.replace("ratio", "ratio (%)")) != []


AUDIOGRAM = "# Case presentation\n\nShe came.\n\nTable 1. Audiogram in week 20, dB HL\n\n{}\n"
EARS = "| Frequency (Hz) | 250 | 500 |\n|---|---|---|\n| Right ear | 15 | 30 |"


def test_the_unit_of_a_value_may_stand_in_the_caption() -> None:
    def said(value: str, table: str) -> set[str]:
        case = (
            f'{HEAD}imaging: [{{name: audiometry, values: {{threshold: {{value: {value}, quote: "Right ear … 15"}}}}}}]'
        )
        issues = casefhir.load(case.encode(), article=AUDIOGRAM.format(table).encode()).issues
        return {i.rule for i in issues if i.rule.startswith("evidence.") and "threshold" in i.path}

    assert said("15 dB", EARS) == set()
    assert said("15 mmol/L", EARS) != set()
    assert said("15 weeks", EARS) != set()
    assert said("15 dB", EARS.replace("Right ear", "Right ear (%)")) != set()


def test_a_ratio_without_a_unit_has_none_printed() -> None:
    assert told("labs: [{values: {kappa/lambda ratio: 4.1 unit not printed}}]", RATIO) == []
    assert told("labs: [{values: {kappa/lambda ratio: 4.1 unit not printed}}]", RATIO.replace("ratio", "(g/L)")) != []


CSF = "| Test | Reference | 9 Jan 2020 |\n|---|---|---|\n| Glucose (mmol/L) | 2.2-3.9 | 1.3 |"
FLUID = 'tables: [{{name: t, {}rows: "date {}[mmol/L](2.2-3.9)\\n2020-01-09 1.3"}}]'


def of_fluid(caption: str, specimen: str, column: str) -> list[str]:
    """What evidence says of a table with a caption, whose column is of a specimen."""
    case = FLUID.format(specimen and f"specimen: {specimen}, ", column)
    article = f"# Case presentation\n\nShe came.\n\nTable 1. {caption}\n\n{CSF}\n".encode()
    issues = casefhir.load(f"{HEAD}{case}\n".encode(), article=read_article(article, "a.md")).issues
    assert not [issue for issue in issues if issue.rule.startswith(("shape.", "grammar.", "source."))], issues
    return [i.message for i in issues if i.rule.startswith("evidence.") and i.path[0] == "tables"]


@pytest.mark.parametrize("specimen", ["", "CSF", "cerebrospinal fluid"])
def test_a_column_is_of_the_specimen_of_its_caption(specimen: str) -> None:
    assert of_fluid("Cerebrospinal fluid", specimen, "CSF-glucose") == []
    assert of_fluid("Blood", "", "CSF-glucose") != []
    assert of_fluid("Values", "", "CSF-glucose") != []


def test_a_table_of_another_specimen_is_told() -> None:
    assert of_fluid("Cerebrospinal fluid", "CSF", "glucose") == []
    assert of_fluid("Blood and cerebrospinal fluid", "", "glucose") == []
    assert of_fluid("Values during illness", "", "glucose") == []
    assert of_fluid("Blood", "", "glucose") == []
    (blood,) = of_fluid("Cerebrospinal fluid", "", "glucose")
    assert blood.startswith("glucose is printed under 'Cerebrospinal fluid', and coded as that of blood")
    (other,) = of_fluid("Serum", "urine", "glucose")
    assert "coded as that of urine" in other
    assert of_fluid("Values", "urine", "glucose") == ["the article names no 'urine'"]


def test_an_event_may_be_the_end_of_what_a_head_names() -> None:
    table = "| Test | Cycle 1 | Cycle 2 |\n|---|---|---|\n| CRP (mg/L) | 3.7 | 4.2 |"
    events = "  after-cycle-1: {}\n  cycle-2-end: {}\n  before-cycle-2: {}\n  cycle-1: {}\n"
    case = 'tables: [{{name: t, rows: "at CRP[mg/L]\\n{} 3.7\\n{} 4.2"}}]'

    assert told(events + case.format("after-cycle-1", "cycle-2-end"), table) == []
    assert told(events + case.format("cycle-2-end", "after-cycle-1"), table) != []
    assert told(events + case.format("after-cycle-1", "before-cycle-2"), table) != []
    assert told(events + case.format("cycle-1", "after-cycle-1"), table) != []


def test_no_line_is_looked_for_where_no_column_is() -> None:
    (column,) = of_fluid("Values", "", "CSF-glucose")
    assert column.startswith("no table of the article has a column 'CSF-glucose'")


def test_the_unit_in_a_message_is_that_of_the_head() -> None:
    (said,) = told("labs: [{values: {haemoglobin: 10.1 g/L}}]", UNITS["in the head of the row"])

    assert said.startswith("\"10.1 g/L\" is printed with another unit, 'g/dL': ")


MOMENTS = {
    "an event": ("pre-ecmo", "Pre-ECMO"),
    "a date": ("2020-01-09", "Jan. 9, 2020"),
    "a month": ("2020-01", "01/2020"),
    "a distance": ("six", "6 h"),
    "a distance with words": ("six", "ECMO 6 hours"),
    "the number of a day": ("first-day", "Day 5"),
    "a day after surgery": ("first-day", "POD 5"),
    "months": ("quarter", "3 months"),
    "months after": ("quarter", "3 months after surgery"),
    "a date counted from an event": ("2020-01-15", "POD 5"),
    "a month counted from an event": ("year", "12 months"),
}


@pytest.mark.parametrize(("moment", "label"), MOMENTS.values(), ids=MOMENTS)
def test_a_row_of_the_case_is_a_row_or_a_column_of_the_print(moment: str, label: str) -> None:
    case = f'tables: [{{name: t, rows: "at CRP[mg/L] sodium[mmol/L]\\n{moment} 3.7 139"}}]'
    as_column = f"| Test | {label} |\n|---|---|\n| CRP (mg/L) | 3.7 |\n| Sodium (mmol/L) | 139 |"
    as_row = f"| Time | CRP (mg/L) | Sodium (mmol/L) |\n|---|---|---|\n| {label} | 3.7 | 139 |"

    for table in (as_column, as_row):
        assert told(case, table) == []
        assert told(case.replace("3.7", "3.8"), table) != []


@pytest.mark.parametrize("corner", ["Time after ingestion (h)", "Hours", "Time, hours"])
def test_the_unit_of_time_may_stand_in_the_corner(corner: str) -> None:
    case = 'tables: [{name: t, rows: "at CRP[mg/L]\\nsix 3.7"}]'

    assert told(case, f"| {corner} | 3 | 6 |\n|---|---|---|\n| CRP (mg/L) | 3.1 | 3.7 |") == []
    assert told(case, f"| {corner} | 3 | 6 |\n|---|---|---|\n| CRP (mg/L) | 3.7 | 3.1 |") != []


@pytest.mark.parametrize(
    ("moment", "label"),
    [("six", "24 h"), ("first-day", "Day 9"), ("six", "6 h after admission"), ("six", "6 days")],
)
def test_another_moment_is_another_row(moment: str, label: str) -> None:
    case = f'tables: [{{name: t, rows: "at CRP[mg/L]\\n{moment} 3.7"}}]'

    (said,) = told(case, f"| Test | {label} |\n|---|---|\n| CRP (mg/L) | 3.7 |")

    assert said == f"no table of the article has a line of {moment}; there is {label!r}"


@pytest.mark.parametrize(
    ("column", "label"),
    [
        ("HCO3-[mmol/L]", "HCO3- (mmol/L)"),
        ("ionised-calcium[mmol/L]", "Ionised Ca (mmol/L)"),
        ("QRS-duration[ms]", "QRS (ms)"),
        ("6-minute-walk-distance[m]", "6-minute walk (m)"),
    ],
)
def test_a_column_may_be_called_otherwise(column: str, label: str) -> None:
    case = f'tables: [{{name: t, rows: "at {column}\\n2020-01-09 3.7"}}]'

    assert told(case, f"| Date | {label} |\n|---|---|\n| Jan. 9, 2020 | 3.7 |") == []


@pytest.mark.parametrize("head", ["Lactate (mg/dL)", "Lactate, mg/dL"])
def test_a_misprinted_unit_in_a_head_is_what_is_printed(head: str) -> None:
    value = "value: 8.9 mmol/L, printed: 8.9 mg/dL, why: elsewhere it is in mmol/L"

    assert told(f"labs: [{{values: {{lactate: {{{value}}}}}}}]", f"| Test | Day 1 |\n|---|---|\n| {head} | 8.9 |") == []
    assert told(f"labs: [{{values: {{lactate: {{{value}}}}}}}]", "| Test | Day 1 |\n|---|---|\n| Lactate (g/L) | 8.9 |")


AS_COLUMNS = "| Date | Creatinine (mg/dL) | CRP |\n|---|---|---|\n| 9 Jan 2020 | 1.6 | 42 |\n| 10 Jan 2020 | 0.9 | 31 |"
AS_ROWS = "| Test | 9 Jan 2020 | 10 Jan 2020 |\n|---|---|---|\n| Creatinine (mg/dL) | 1.6 | 0.9 |\n| CRP | 42 | 31 |"
AS_TEXT = (
    "                    9 Jan 2020  10 Jan 2020  Reference\nCreatinine (mg/dL)  1.6         0.9          0.5-1.2\n"
    "CRP                 42          31           0-5"
)


def columns(first: str, second: str) -> str:
    return f'tables: [{{name: t, rows: "date creatinine{first} CRP{second}\\n2020-01-09 1.6 42\\n2020-01-10 0.9 31"}}]'


@pytest.mark.parametrize("table", [AS_COLUMNS, AS_ROWS, AS_TEXT], ids=["columns", "rows", "text"])
def test_the_unit_of_a_column_is_that_of_the_print(table: str) -> None:
    assert told(columns("[mg/dL]", "[not-printed]"), table) == []

    (other,) = told(columns("[µmol/L]", "[not-printed]"), table)
    (nowhere,) = told(columns("[mg/dL]", "[mg/L]"), table)
    (printed,) = told(columns("[not-printed]", "[not-printed]"), table)

    assert other.startswith("creatinine[µmol/L] is printed with another unit, 'mg/dL': \"Creatinine (mg/dL) | 1.6\"")
    assert nowhere.startswith("the article prints no 'mg/L' for CRP: \"CRP | 42\" (line ")
    assert nowhere.endswith("; write CRP[not-printed]")
    assert printed.startswith("creatinine is printed with a unit, 'mg/dL': ")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "Her CRP was 42 mg/L.",
        "C-reactive protein (normal below 5 mg/L) was high.",
        "All values are given in mg/L.",
        "Table 2. Ranges\n\n| Test | Normal |\n|---|---|\n| CRP | 0-5 mg/L |",
        "Table 2. Ranges\n\n| What | CRP |\n|---|---|\n| normal | 0-5 mg/L |",
    ],
)
def test_the_unit_of_a_column_may_stand_elsewhere_for_its_test(elsewhere: str) -> None:
    case = columns("[mg/dL]", "[mg/L]")

    assert told(case, f"{AS_ROWS}\n\n{elsewhere}") == []
    assert told(case, f"{AS_ROWS}\n\n{elsewhere.replace('mg/L', 'mg/dL')}") != []


def test_the_unit_of_another_test_proves_no_column() -> None:
    assert told(columns("[mg/dL]", "[mg/L]"), f"{AS_ROWS}\n\nHer CRP was 42 and her ferritin 3 mg/L.") != []


def test_the_unit_of_all_columns_may_stand_in_the_caption() -> None:
    case = 'tables: [{name: t, unit: pg/mL, rows: "date IL-6 IL-10\\n2020-01-09 42 31"}]'
    article = "Table 2. Cytokines (pg/mL)\n\n| Date | IL-6 | IL-10 |\n|---|---|---|\n| 9 Jan 2020 | 42 | 31 |"

    assert told(case, article) == []
    assert len(told(case.replace("pg/mL", "ng/L"), article)) == 2


def test_the_moment_of_a_row_is_no_unit() -> None:
    case = 'tables: [{name: t, rows: "at CRP[not-printed]\\nsix 3.7"}]'

    assert told(case, "| Test | 6 h |\n|---|---|\n| CRP | 3.7 |") == []


def test_a_remark_on_a_column_stands_at_its_head() -> None:
    case = f"{HEAD}tables:\n  - name: t\n    rows: |\n      date CRP[mg/dL]\n      2020-01-09 42\n"
    article = b"# Case presentation\n\n| Date | CRP (mg/L) |\n|---|---|\n| 9 Jan 2020 | 42 |\n"

    issues = casefhir.load(case.encode(), article=read_article(article, "a.md")).issues

    (found,) = (issue for issue in issues if issue.rule == "evidence.other-unit")
    assert tuple(found.mark) == (HEAD.count("\n") + 4, 12)


def test_a_table_of_plain_text_may_have_two_columns_and_nothing_above_its_labels() -> None:
    table = AS_TEXT.replace("  Reference", "").replace("0.5-1.2", "").replace("0-5", "")

    assert told(columns("[mg/dL]", "[not-printed]"), table) == []
    (wrong,) = told(columns("[mg/dL]", "[not-printed]").replace(" 31", " 13"), table)
    assert wrong.startswith("CRP of 2020-01-10 is printed as '31', and not '13'")


CORRECTED = """tables:
  - name: Table 1
    rows: |
      date        CRP[mg/L]  haemoglobin[g/dL]  film
      2020-01-09  96         10.9               -
      2020-01-10  31         11.2               neg
    cells:
      - {}
"""
MISPRINTED = """| Date | CRP (mg/L) | Haemoglobin (mg/dL) | Film |
|---|---|---|---|
| 9 Jan 2020 | 960 | 10.9 | target cells |
| 10 Jan 2020 | 31 | 11.2 | neg |"""
UNIT = "{column: haemoglobin, printed: mg/dL, why: not possible}"
FILM = "{row: 2020-01-09, column: film, text: target cells}"
MISPRINT = "{row: 2020-01-09, column: CRP, printed: 960 mg/L, why: 96 is meant}"


def corrected(*cells: str) -> list[str]:
    return told(CORRECTED.format("\n      - ".join(cells)), MISPRINTED)


def test_the_print_is_held_against_what_the_case_says_that_it_is() -> None:
    assert corrected(UNIT, FILM, MISPRINT) == []
    assert corrected(UNIT, FILM, MISPRINT.replace("960 mg/L", "960")) == []


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ((UNIT, FILM), "CRP of 2020-01-09 is printed as '960', and not '96'"),
        ((UNIT, FILM, MISPRINT.replace("960", "690")), "CRP of 2020-01-09 is printed as '960', and not '690 mg/L'"),
        ((UNIT, FILM, MISPRINT.replace("960 mg", "960 g")), "'960 g/L' is printed with another unit, 'mg/L'"),
        ((UNIT, FILM, MISPRINT.replace("96 is meant", "too much")), '"96" is not what is printed: "960 mg/L"'),
        ((FILM, MISPRINT), "haemoglobin[g/dL] is printed with another unit, 'mg/dL'"),
        ((FILM, MISPRINT, UNIT.replace("mg/dL", "g/L")), "haemoglobin[g/L] is printed with another unit, 'mg/dL'"),
        ((UNIT, FILM.replace("target", "5 % target"), MISPRINT), 'the article has no "5"'),
        ((UNIT, FILM, MISPRINT, "{row: 2020-01-10, column: CRP, quote: CRP rose}"), 'the article has no "CRP rose"'),
        (
            (UNIT, FILM, MISPRINT, "{row: 2020-01-10, column: CRP, conflict: {says: 13 mg/L, where: text}}"),
            'the article has no "13"',
        ),
    ],
)
def test_what_is_said_of_a_cell_and_is_not_printed_is_told(cells: tuple[str, ...], message: str) -> None:
    assert [one for one in corrected(*cells) if one.startswith(message)], corrected(*cells)
    assert len(corrected(*cells)) == 1


RANGES = {
    "in the head of the column": "| Date | CRP (mg/L; <5) |\n|---|---|\n| 9 Jan 2020 | 96 |",
    "in a row of references": "| Date | CRP (mg/L) |\n|---|---|\n| Reference | <5 |\n| 9 Jan 2020 | 96 |",
    "in a column of references": "| Test | Normal range | 9 Jan 2020 |\n|---|---|---|\n| CRP (mg/L) | 0-5 | 96 |",
    "in a footnote": "| Date | CRP (mg/L) |\n|---|---|\n| 9 Jan 2020 | 96 |\n\nReference range of CRP: below 5 mg/L.",
}


def with_range(limit: str) -> str:
    return f"tables:\n  - name: A\n    rows: |\n      date        CRP[mg/L](<{limit})\n      2020-01-09  96\n"


@pytest.mark.parametrize("table", RANGES.values(), ids=RANGES)
def test_the_range_of_a_column_is_that_of_the_print(table: str) -> None:
    assert told(with_range("5"), table) == []
    [message] = told(with_range("7"), table)
    assert message.startswith(("the range of CRP is printed as", "the article has no range '<7' of CRP"))


@pytest.mark.parametrize("table", RANGES.values(), ids=RANGES)
def test_the_range_of_a_value_may_stand_apart_from_it(table: str) -> None:
    def of(limit: str) -> list[str]:
        return told(f"labs: [{{at: 2020-01-09, values: {{CRP: 96 mg/L (normal < {limit})}}}}]", table)

    assert of("5") == []
    assert [message[:23] for message in of("7")] == ['the article has no "< 7']


@pytest.mark.parametrize(
    "table",
    [
        "| Date | CRP (mg/L) |\n|---|---|\n| Normal saline | 12 |\n| 9 Jan 2020 | 96 |\n\nNormal CRP is below 5 mg/L.",
        "| Date | CRP (mg/L), 0-24 h |\n|---|---|\n| 9 Jan 2020 | 96 |\n\nNormal CRP is below 5 mg/L.",
    ],
    ids=["a row of other values", "a stretch of time"],
)
def test_what_is_no_range_is_held_against_none(table: str) -> None:
    assert told(with_range("5"), table) == []


def doses(unit: str, head: str, more: str = "", cells: str = "") -> list[str]:
    rows = f"      date        prednisolone[{unit}]\n      2020-01-09  30\n      2020-01-10  20\n"
    table = f"| Date | {head} |\n|---|---|\n| 9 Jan 2020 | 30 |\n| 10 Jan 2020 | 20 |\n\n{more}"
    return told(f"tables:\n  - name: A\n    rows: |\n{rows}{cells}", table)


@pytest.mark.parametrize(
    ("unit", "head", "more"),
    [
        ("mg/day", "Prednisolone (mg/day)", ""),
        ("mg/day", "Prednisolone (mg/24 h)", ""),
        ("mg/day", "Prednisolone (mg daily)", ""),
        ("mg/day", "Prednisolone, daily dose (mg)", ""),
        ("mg/day", "Prednisolone (mg)", "She took prednisolone daily."),
        ("mg/day", "Prednisolone (mg)", "All doses are given per day."),
        ("mg", "Prednisolone (mg)", "She was weighed daily."),
        ("mg", "Prednisolone (mg every 2 weeks)", ""),
        ("mg", "Prednisolone (mg per dose)", ""),
        ("mg/kg", "Prednisolone (mg/kg/2 weeks)", ""),
    ],
)
def test_a_dose_is_printed_with_its_time(unit: str, head: str, more: str) -> None:
    assert doses(unit, head, more) == []


@pytest.mark.parametrize(
    ("unit", "head", "message"),
    [
        ("mg/day", "Prednisolone (mg)", "without a time, 'mg'"),
        ("mg/kg/day", "Prednisolone (mg/kg)", "without a time, 'mg/kg'"),
        ("mg", "Prednisolone (mg/day)", "with a time, 'mg/day'"),
        ("mg", "Prednisolone (mg daily)", "with a time, 'mg daily'"),
        ("mg", "Prednisolone, daily dose (mg)", "with a time, 'daily'"),
        ("mg", "Prednisolone (mg/kg)", "with another unit, 'mg/kg'"),
        ("mg/day", "Prednisolone (mg/week)", "with another unit, 'mg/week'"),
    ],
)
def test_a_dose_with_another_time_is_told(unit: str, head: str, message: str) -> None:
    [found] = doses(unit, head, "She was weighed daily.")
    assert found.startswith(f"prednisolone[{unit}] is printed {message}: ")


def test_the_time_of_a_dose_that_is_meant_is_said_below_cells() -> None:
    cells = "    cells: [{column: prednisolone, printed: mg, why: the dose of a day is meant}]"
    assert doses("mg/day", "Prednisolone (mg)", cells=cells) == []
