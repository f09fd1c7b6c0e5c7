"""Typesetting is undone, meaning is kept, and the way back to the print is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefhir.article.normal import normalised


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$15.32 \times 10^9/L$", "15.32 x10^9/L"),
        (r"TNF- $\alpha$", "TNF- α"),
        (r"$39.5^{\circ}$C", "39.5°C"),
        ("37.1 o C", "37.1°C"),
        ("37.1 ° C", "37.1°C"),
        ("15.32 × 10⁹/L", "15.32 x10^9/L"),
        ("15.32 x 10 9 /L", "15.32 x10^9/L"),
        ("4.5 x109/L", "4.5 x10^9/L"),
        ("5.9 x 10^9/L", "5.9 x10^9/L"),
        ("5 x 10^-4/L", "5 x10^-4/L"),
        ("5390/mm 3 with", "5390/mm3 with"),
        ("10 kg/m²", "10 kg/m2"),
        ("resolved¹²", "resolved^12"),
        ("infec-\ntion", "infection"),
        ("IL-\n6", "IL-6"),
        ("soft\xadhyphen", "softhyphen"),
        ("a\x01b\x1fc", "abc"),
        ("one\xa0two\n\tthree", "one two three"),
        ("20 μg", "20 µg"),
        ("−2.6 ‐ –", "-2.6 - -"),
        ("**Case** of *fever* 10*9", "Case of fever 10*9"),
        ("[the trial](https://example.org/1)", "the trial"),
        ("54305UI/ml\\)", "54305UI/ml)"),
        ("&lt; 5 &micro;g", "< 5 µg"),
        ("ﬁbrosis", "fibrosis"),
        ("5 mm 3 times a day", "5 mm 3 times a day"),
    ],
)
def test_normal_form(text: str, expected: str) -> None:
    assert normalised(text).text == expected


@given(st.text(alphabet="aB 1.5-\n\t\xa0−µ³¹×$*[]()\\&;x0/m", max_size=60))
def test_every_place_leads_back_into_the_print(text: str) -> None:
    normal = normalised(text)
    origins = [normal.origin(at) for at in range(len(normal.text))]

    assert origins == sorted(origins)
    assert all(0 <= origin <= len(text) for origin in origins)


@given(st.text(alphabet="0123456789., ", max_size=30))
def test_digits_are_neither_changed_nor_joined(text: str) -> None:
    assert normalised(text).text.split() == text.split()
