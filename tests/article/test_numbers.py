"""Printed text → the numbers and dates in it: tolerant of typesetting, intolerant of meaning."""

import pytest

from casefhir.article import dates, numbers
from casefhir.article.normal import normalised


def printed(text: str) -> list[str]:
    return [f"{number.comparator}{number.value}" for number in numbers(normalised(text).text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"a count of  $15.32 \times 10^9/L$ , and", ["15.32"]),
        ("1,103.8 U/L", ["1103.8"]),
        ("18,000/µL", ["18000"]),
        ("9,1 g/dl", ["9.1"]),
        ("450 000/mm 3", ["450000"]),
        ("91 8", ["91", "8"]),
        ("91.8", ["91.8"]),
        ("91·8 g/L", ["91.8"]),
        ("85.00 mm/h", ["85.00"]),
        ("(T-score: -2.6)", ["-2.6"]),
        ("(T-score: −2.6)", ["-2.6"]),
        ("10–20 mg", ["10", "20"]),
        ("130/90 mmHg", ["130", "90"]),
        ("8 × 5 × 2.5cm", ["8", "5", "2.5"]),
        ("less than 1% CD19, CD20", ["<1"]),
        ("normal: < 6 mg/L", ["<6"]),
        ("more than 4 hours", [">4"]),
        ("≥ 3 days", [">=3"]),
        ("IL-6, sIL-2R, interleukin (IL)-6, C37C, pT2N0M0", []),
        ("twice a day, six infusions, forty-eight hours, the tenth day", ["2", "6", "48", "10"]),
        ("as shown [4, 5] for 3 days [12]", ["3"]),
        ("NCT 01500551", []),
        ("IL-6 level at 287.95 pg/ml", ["287.95"]),
        ("0.1 ml/10 kg/12h", ["0.1", "10", "12"]),
        ("on May 5 she took 5 mg", ["5"]),
    ],
)
def test_numbers(text: str, expected: list[str]) -> None:
    assert printed(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In October 2019, she", [(2019, 10, None)]),
        ("Jun. 28,2020", [(2020, 6, 28)]),
        ("Sep.30.2021", [(2021, 9, 30)]),
        ("April 25th, 2022", [(2022, 4, 25)]),
        ("the 28th of June 2020", [(2020, 6, 28)]),
        ("2020-06-28", [(2020, 6, 28)]),
        ("28.06.2020", [(2020, 6, 28)]),
        ("2020.06.28", [(2020, 6, 28)]),
        ("a count of 1800.1", []),
        ("06/28/2020", [(2020, 6, 28)]),
        ("03/04/2020", [(2020, 4, 3)]),
        ("it may 5 times", []),
        ("10.1016/j.2015.04", []),
    ],
)
def test_dates(text: str, expected: list[tuple[int, int, int | None]]) -> None:
    assert [(date.year, date.month, date.day) for date in dates(normalised(text).text)] == expected


def test_date_with_two_readings_has_both() -> None:
    [date] = dates("03/04/2020")

    assert (date.month, date.day, date.other) == (4, 3, (3, 4))


def test_number_knows_its_place_and_what_is_behind_it() -> None:
    text = normalised("albumin level of 26 g/L.").text
    [number] = numbers(text)

    assert text[number.start : number.end] == "26"
    assert number.after == "g/L."
