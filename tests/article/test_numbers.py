"""Printed text → the numbers and dates in it: tolerant of typesetting, intolerant of meaning."""

import pytest

from casefhir.article import dates, numbers
from casefhir.article.normal import normalised
from casefhir.article.numbers import powers


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
        ("2023 Oct 5;12:4", [(2023, 10, 5)]),
        ("2023 Oct.", [(2023, 10, None)]),
        ("on 2 and 16 March 2020", [(2020, 3, 2), (2020, 3, 16)]),
        ("30 April, 1 and 2 May 2019", [(None, 4, 30), (2019, 5, 1), (2019, 5, 2)]),
        ("(6-10 May 2019)", [(2019, 5, 6), (2019, 5, 10)]),
        ("12, 13, and 14 January", [(None, 1, 12), (None, 1, 13), (None, 1, 14)]),
        ("January 12, 13 and 14, 2019", [(2019, 1, 12), (2019, 1, 13), (2019, 1, 14)]),
        ("from May 6 to 10, 2019", [(2019, 5, 6), (2019, 5, 10)]),
        ("in May and July 2019", [(2019, 5, None), (2019, 7, None)]),
        ("May 6 and 8 June 2019", [(None, 5, 6), (2019, 6, 8)]),
        ("5 May and July 2019", [(None, 5, 5), (2019, 7, None)]),
        ("day 3 to 12 June 2019", [(2019, 6, 12)]),
        ("on May 5 and 12 mg of", [(None, 5, 5)]),
        ("on day 3, 12 March 2020", [(2020, 3, 12)]),
        ("May 6 and 45.", [(None, 5, 6)]),
        ("it may 5 times", []),
        ("10.1016/j.2015.04", []),
    ],
)
def test_dates(text: str, expected: list[tuple[int, int, int | None]]) -> None:
    assert [(date.year, date.month, date.day) for date in dates(normalised(text).text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10^6 CFU/mL", ["1000000"]),
        ("10⁶ CFU/mL", ["1000000"]),
        ("2.5 × 10⁶ copies/mL", ["2500000"]),
        ("less than 3 x 10^-4", ["<0.0003"]),
        ("110^6, 10 6", []),
    ],
)
def test_powers(text: str, expected: list[str]) -> None:
    found = powers(normalised(text).text)

    assert [f"{power.comparator}{power.value:f}" for power in found] == expected


def test_date_with_two_readings_has_both() -> None:
    [date] = dates("03/04/2020")

    assert (date.month, date.day, date.other) == (4, 3, (3, 4))


def test_number_knows_its_place_and_what_is_behind_it() -> None:
    text = normalised("albumin level of 26 g/L.").text
    [number] = numbers(text)

    assert text[number.start : number.end] == "26"
    assert number.after == "g/L."
