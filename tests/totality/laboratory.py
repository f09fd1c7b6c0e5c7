"""The table of tests and the grammar of results → laboratory values: every test with every kind of result."""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from tests.totality.written import Input

from casefhir.model.degree import GRADES
from casefhir.model.result_words import FLAGS, WORDS
from casefhir.terms import Lab, terms
from casefhir.terms.units import measures

NUMBERS = (
    *("5.0 {}", "< 5 {}", "≤ 5 {}", "> 5 {}", "≥ 5 {}", "up to 5 {}", "about 5 {}", "-0.50 {}", "0 {}"),
    *("1-5 {}", "about 1-5 {}", "120/80 {}", "> 120/80 {}", "about 120/80 {}", "1 x 5 {}", "1 x 2 x 5 {}"),
    *("5 {} high", "5 {} markedly elevated", "critically low 5 {}", "5 {} (normal < 5)", "5 {} H (normal 3-5)"),
    *("5 {} (normal > 60 mL/min)", "5 {} (normal up to 40 U/L)", "5 {} (ref -5 to -2)", "5 {} (normal negative)"),
    *("5 {} (normal 0/10)", "< 5 {} (ref ≤ 5)"),
)
"""Every form of a number, with the place of its unit."""

WORDLESS = (
    *("1:320", "< 1:10", "> 1:640 positive", "positive 1:320 homogeneous", "1:320 high", "1:320 (normal < 1:80)"),
    *("weakly positive", "normal for age", "4+ high", "positive 4+", "negative 0.3 U/mL", "high normal"),
)
"""Results that are no number with a unit."""

CELLS = (
    *("17.20", "17.2H", "17LL", "<2", "≥5↑", "neg", "+", "++", "+/-", "1:320", "<1:10", "normal", "0"),
    *("-0.5", "1-5", "120/80", "positive", "trace"),
)
"""Every form of a cell of a table."""

CODES = ("LOINC 1988-5", "LOINC 59408-5", "LOINC 8480-6", "SNOMED 271649006", "ICD-10 R50.9")


@cache
def rows() -> dict[str, tuple[Lab, ...]]:
    """Each test of the table with all its properties."""
    return {row.name: terms().labs.get(row.name) for row in terms().labs.rows}


@cache
def units(name: str) -> list[str]:
    """The units that fit a test, and "" where a pure number does."""
    fitting = [unit.display for unit in terms().units.rows if any(measures(row, unit) for row in rows()[name])]
    pure = [""] if any(row.scale == "Qn" and row.unit in ("", "1") for row in rows()[name]) else []
    return pure + [unit for unit in fitting if unit != "1" and unit[0] not in "/1"] or [NOT_PRINTED]


NOT_PRINTED = "unit not printed"
OTHER_UNITS = ("mg/L", "mmHg", "U/L", "kg", "%", "frogs/L", NOT_PRINTED)
"""Of these one at least does not fit."""


def every_test_with_every_result(share: int = 3) -> Iterator[Input]:
    """
    Each test with each form of a number in a fitting and another unit, each word, each code and each extra.

    Of all these, one in `share`, another one for each test; vital signs have all.
    """
    for position, (name, properties) in enumerate(rows().items()):
        is_vital = any(row.category == "vital-signs" for row in properties)
        yield from islice(_results(name, position), position % share, None, 1 if is_vital else share)


def _results(name: str, position: int) -> Iterator[Input]:
    for number, form in enumerate(NUMBERS):
        fitting = units(name)[(position + number) % len(units(name))]
        other = OTHER_UNITS[(position + number) % len(OTHER_UNITS)]
        yield _value(f"fits {form}", name, form.format(fitting).replace("  ", " ").strip())
        yield _value(f"other {form}", name, form.format(other))
    for word in sorted({*WORDS.values(), *GRADES.values()}) + list(WORDLESS):
        yield _value(word, name, word)
    yield from _mappings(name)


def every_unit() -> Iterator[Input]:
    """Each unit, on a test that it fits if there is one, and on vital signs."""
    for number, unit in enumerate(unit.display for unit in terms().units.rows if unit.display[0] not in "/1"):
        fitting = next((name for name in rows() if unit in units(name)), "CRP")
        for name in (fitting, ("body weight", "body temperature", "blood pressure", "BMI")[number % 4]):
            yield _value(f"unit {number} {name == fitting}", name, f"5.1 {unit}")


def every_vital_sign_code() -> Iterator[Input]:
    """Each code that HL7's validator holds against a profile, on a value that fits and on others."""
    for row in terms().vital_signs.rows[:-1]:
        for code in (row.loinc, *row.also):
            written = f"LOINC {code}" if "-" in code else f"SNOMED {code}"
            for result in (row.example, "5 mg/L", "5 unit not printed", "10-20 %", "normal", "2+", "not measured"):
                yield _value(f"{code} {result}", row.name, {"value": result, "code": written})
            for name in ("CRP", "something else"):
                yield _value(f"{code} of {name}", name, {"value": row.example, "code": written})


def every_cell() -> Iterator[Input]:
    """Each form of a cell in columns of every kind."""
    header = "date CRP[mg/L] ferritin[not-printed] pulse[/min] BP[mmHg] BMI[kg/m2] ANA something[frogs]"
    for number, cell in enumerate(CELLS):
        line = " ".join([f"{1901 + number}", *[cell] * 7])
        yield Input("tables", {"name": "values", "rows": f"{header}\nadmission - - - - - - -\n{line}"})
        yield Input("tables", {"name": "t", "unit": "not printed", "rows": f"date CRP pulse\n{1801 + number} 5 {cell}"})


def every_printed_word() -> Iterator[Input]:
    """Each word and grade in each of its printed forms."""
    for word in (*WORDS, *GRADES):
        if not {word} & {"H", "HH", "L", "LL", "↑", "↑↑", "↓", "↓↓"}:
            yield _value(f"word {word}", "CRP", word)
        if WORDS.get(word) in FLAGS:
            yield _value(f"flag {word}", "CRP", f"5 mg/L {word}")


def _mappings(name: str) -> Iterator[Input]:
    unit = units(name)[0]
    number = f"5 {unit}".strip()
    yield _value("text", name, {"text": "a few"})
    corrected = {"value": number, "printed": "5 frogs", "why": "no frogs", "method": "by eye", "note": "a note"}
    yield _value("corrected", name, corrected)
    yield _value("doubtful", name, {"value": number, "conflict": {"says": "6", "where": "abstract", "note": "why"}})
    for specimen in ("serum", "cerebrospinal fluid", "whatever there was"):
        yield _value(f"of {specimen}", name, {"value": number, "specimen": specimen, "quote": "5 … printed"})
    for code in CODES:
        yield _value(f"coded {code}", name, {"value": f"5 {unit or NOT_PRINTED}", "code": [code]})


def _value(panel: str, name: str, value: Any) -> Input:
    return Input("labs", {"panel": panel, "name": name, "value": value})
