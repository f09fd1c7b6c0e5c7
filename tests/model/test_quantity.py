"""The quantity grammar: what reports of any field print, what is refused, and what is offered instead."""

from decimal import Decimal

import pytest

from casefhir.model.grammar import GrammarError
from casefhir.model.number import Qualifier, qualifier
from casefhir.model.quantity import Amount, Extent, Range, Ratio, quantity


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("146 mg/L", "146", "mg/L"),
        ("146mg/L", "146", "mg/L"),
        ("85.00 mm/h", "85.00", "mm/h"),
        ("17.20 10*9/L", "17.20", "10*9/L"),
        ("15.32 x10^9/L", "15.32", "x10^9/L"),
        ("5 x10^6 cells/kg", "5", "x10^6 cells/kg"),
        ("2 x10^6 foo/mL", "2", "x10^6 foo/mL"),
        ("15.32x10^9/L", "15.32", "x10^9/L"),
        ("15.32 × 10^9/L", "15.32", "× 10^9/L"),
        ("15.32 10^9/L", "15.32", "10^9/L"),
        ("1.5×10⁹/L", "1.5", "×10⁹/L"),
        ("15.32 x109/L", "15.32", "x109/L"),
        ("5 x ULN", "5", "x ULN"),
        ("-2.6", "-2.6", ""),
        ("−2.6", "-2.6", ""),
        ("–2.6 SD", "-2.6", "SD"),
        ("+1.2", "1.2", ""),
        ("0", "0", ""),
        ("56.5", "56.5", ""),
        ("5 %", "5", "%"),
        ("98%", "98", "%"),
        ("38.5°C", "38.5", "°C"),
        ("85 µ3", "85", "µ3"),
        ("5390/mm3", "5390", "/mm3"),
        ("400/mm 3", "400", "/mm 3"),
        ("383000 /uL", "383000", "/uL"),
        ("3 x/day", "3", "x/day"),
        ("80 1/min", "80", "1/min"),
        ("12′′", "12", "′′"),
        ("5 /100 WBC", "5", "/100 WBC"),
        ("479 mg/24 h", "479", "mg/24 h"),
        ("12 mm/1 h", "12", "mm/1 h"),
        ("120 mm/1 st hour", "120", "mm/1 st hour"),
        ("12 mm at the first hour", "12", "mm at the first hour"),
        ("90 mL/min/1.73 m2", "90", "mL/min/1.73 m2"),
        ("5 mL.min-1.kg-1", "5", "mL.min-1.kg-1"),
        ("54305 [IU]/mL", "54305", "[IU]/mL"),
        ("25 {cells}/uL", "25", "{cells}/uL"),
        ("134 beats per minute", "134", "beats per minute"),
        ("5 mm Hg", "5", "mm Hg"),
        ("0.1 mL/(kg.d)", "0.1", "mL/(kg.d)"),
        ("123456789012345678", "123456789012345678", ""),
        ("  146  mg/L ", "146", "mg/L"),
        ("146\u00a0mg/L", "146", "mg/L"),
        ("5 mm\u00a0Hg\t", "5", "mm Hg"),
    ],
)
def test_one_number_keeps_its_digits_and_its_unit_as_written(written, value, unit):
    assert quantity(written) == Amount(written.strip(), Decimal(value), unit)
    assert str(quantity(written).value) == value


@pytest.mark.parametrize("written", ["174 unit not printed", "174 Unit not printed"])
def test_a_unit_that_is_not_printed_is_none(written):
    assert quantity(written) == Amount(written, Decimal(174), None)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("< 2 pg/mL", Amount("", Decimal(2), "pg/mL", "<")),
        ("<2", Amount("", Decimal(2), "", "<")),
        ("≤5", Amount("", Decimal(5), "", "<=")),
        (">= 60 mL/min", Amount("", Decimal(60), "mL/min", ">=")),
        ("> 4 h", Amount("", Decimal(4), "h", ">")),
        ("less than 1%", Amount("", Decimal(1), "%", "<")),
        ("more  than 4 hours", Amount("", Decimal(4), "hours", ">")),
        ("at least 3", Amount("", Decimal(3), "", ">=")),
        ("under 5 µg/L", Amount("", Decimal(5), "µg/L", "<")),
        ("> -2.5", Amount("", Decimal("-2.5"), "", ">")),
        ("up to 39.5 °C", Amount("", Decimal("39.5"), "°C", maximum=True)),
        ("Up to 39.5 °C", Amount("", Decimal("39.5"), "°C", maximum=True)),
        ("about 3 cm", Amount("", Decimal(3), "cm", approximate=True)),
        ("~5 cm", Amount("", Decimal(5), "cm", approximate=True)),
        ("≈ 5", Amount("", Decimal(5), "", approximate=True)),
        ("approx. 20 kg", Amount("", Decimal(20), "kg", approximate=True)),
    ],
)
def test_what_stands_before_a_number_is_kept_apart(written, expected):
    assert quantity(written) == expected._replace(text=written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("10-20 mg/dL", Range("", Decimal(10), Decimal(20), "mg/dL")),
        ("10–20 mg/dL", Range("", Decimal(10), Decimal(20), "mg/dL")),
        ("10−20 mg/dL", Range("", Decimal(10), Decimal(20), "mg/dL")),
        ("10 - 20", Range("", Decimal(10), Decimal(20), "")),
        ("10 to 20", Range("", Decimal(10), Decimal(20), "")),
        ("3.5-5.10 mmol/L", Range("", Decimal("3.5"), Decimal("5.10"), "mmol/L")),
        ("-5 to -2 °C", Range("", Decimal(-5), Decimal(-2), "°C")),
        ("-5--2", Range("", Decimal(-5), Decimal(-2), "")),
        ("5-5", Range("", Decimal(5), Decimal(5), "")),
        ("1000-4000/mm³", Range("", Decimal(1000), Decimal(4000), "/mm³")),
        ("4-10 x10^9/L", Range("", Decimal(4), Decimal(10), "x10^9/L")),
        ("about 3-4 cm", Range("", Decimal(3), Decimal(4), "cm", approximate=True)),
        ("up to 39-40 °C", Range("", Decimal(39), Decimal(40), "°C", maximum=True)),
        ("10-20 unit not printed", Range("", Decimal(10), Decimal(20), None)),
    ],
)
def test_a_hyphen_between_two_numbers_is_a_range(written, expected):
    assert quantity(written) == expected._replace(text=written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0/10", Ratio("", Decimal(0), Decimal(10), "")),
        ("15/15", Ratio("", Decimal(15), Decimal(15), "")),
        ("120/80 mmHg", Ratio("", Decimal(120), Decimal(80), "mmHg")),
        ("105/57 mm Hg", Ratio("", Decimal(105), Decimal(57), "mm Hg")),
        ("120 / 80 mmHg", Ratio("", Decimal(120), Decimal(80), "mmHg")),
        ("1:320", Ratio("", Decimal(1), Decimal(320), "")),
        ("1 : 320", Ratio("", Decimal(1), Decimal(320), "")),
        (">1:640", Ratio("", Decimal(1), Decimal(640), "", ">")),
        ("< 1/10", Ratio("", Decimal(1), Decimal(10), "", "<")),
        ("8 x 5 x 2.5 cm", Extent("", (Decimal(8), Decimal(5), Decimal("2.5")), "cm")),
        ("8 × 5 cm", Extent("", (Decimal(8), Decimal(5)), "cm")),
        ("8x5cm", Extent("", (Decimal(8), Decimal(5)), "cm")),
        ("1.9 x 1.5 x 1 cm", Extent("", (Decimal("1.9"), Decimal("1.5"), Decimal(1)), "cm")),
        ("2 by 3 cm", Extent("", (Decimal(2), Decimal(3)), "cm")),
        ("8 * 5 mm", Extent("", (Decimal(8), Decimal(5)), "mm")),
        ("about 10 x 12 mm", Extent("", (Decimal(10), Decimal(12)), "mm", approximate=True)),
    ],
)
def test_ratios_and_extents(written, expected):
    assert quantity(written) == expected._replace(text=written)


@pytest.mark.parametrize(
    ("written", "message", "offset"),
    [
        ("3,5 mg", '"3,5 mg" has a decimal comma; write 3.5 mg', 1),
        ("38, 5°", '"38, 5°" has a decimal comma; write 38.5°', 2),
        ("0,125 mg", '"0,125 mg" has a decimal comma; write 0.125 mg', 1),
        ("1,103.8 U/L", '"1,103.8 U/L" has a comma between thousands; write 1103.8 U/L', 1),
        ("18,000/µL", '"18,000/µL" has a comma between thousands; write 18000/µL', 2),
        ("1:1,280", '"1:1,280" has a comma between thousands; write 1:1280', 3),
        ("5.000,3 mg", '"5.000,3 mg" has points between thousands; write 5000.3 mg', 0),
        ("450 000/mm3", '"450 000/mm3" has a blank between thousands; write 450000/mm3', 3),
        ("1.5e3 mg", '"1.5e3 mg" has an exponent; write 1500 mg', 0),
        ("2E-2", '"2E-2" has an exponent; write 0.02', 0),
        (".5 mg", '".5 mg" has no digit before the point; write 0.5 mg', 0),
        ("5. mg", '"5. mg" has no digit after the point; write 5 mg', 1),
        ("010 mg", '"010 mg" has a zero before the number; write 10 mg', 0),
        ("< 10^-5", '"< 10^-5" has a power of ten as its number; write < 1 x10^-5', 2),
        ("15.32 x 10 9 / L", '"15.32 x 10 9 / L" has a power of ten without its ^; write 15.32 x10^9/ L', 5),
        ("15.32 109/L", '"15.32 109/L" has a power of ten without its ^; write 15.32 x10^9/L', 5),
        ("15.32 10e9/L", '"15.32 10e9/L" has a power of ten without its ^; write 15.32 x10^9/L', 5),
        ("2cm x 1 cm", '"2cm x 1 cm" has its unit twice; write 2 x 1 cm', 1),
        ("20mg-30mg", '"20mg-30mg" has its unit twice; write 20-30mg', 2),
        ("10 mg to 20 mg", '"10 mg to 20 mg" has its unit twice; write 10 to 20 mg', 2),
        ("between 1 and 2 mg", '"between 1 and 2 mg" has "between … and"; write 1 to 2 mg', 0),
        ("10 of 12", '"10 of 12" has "of" between two numbers; write 10/12', 2),
        ("174 (unit not printed)", '"174 (unit not printed)" has brackets; write 174 unit not printed', 4),
        (
            "98% on room air",
            '"98% on room air" goes on after the unit ("on room air"); write 98%, the rest as a note',
            3,
        ),
        ("5 mg 6 mg", '"5 mg 6 mg" goes on after the unit ("6 mg"); write 5 mg, the rest as a note', 4),
        (
            "20-10",
            '"20-10" runs from high to low; write the lower number first, '
            "or what it was before and after each at its own moment",
            0,
        ),
        ("> 10-20", '"> 10-20" compares with a range; write one number, or the range alone', 0),
        ("5/0", '"5/0" is no ratio; write it as 0/10, 120/80 mmHg, 1:320 or > 1:640', 0),
        ("-1 x 5 cm", '"-1 x 5 cm" is no size; write its sides alone, e.g. 8 x 5 x 2.5 cm', 0),
        ("1234567890123456789", '"1234567890123456789" has more than 18 digits, which FHIR cannot hold', 0),
        (
            "5 - 1234567890.123456789 g",
            '"5 - 1234567890.123456789 g" has more than 18 digits, which FHIR cannot hold',
            4,
        ),
    ],
)
def test_the_nearest_right_form_is_offered(written, message, offset):
    with pytest.raises(GrammarError) as refused:
        quantity(written)

    assert (str(refused.value), refused.value.offset) == (message, offset)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "nothing is written"),
        ("mg/L", '"mg/L" has no number'),
        ("½ cm", '"½ cm" has no number'),
        ("fever 39 °C", '"fever 39 °C" begins with "fever", which says nothing of a number'),
        ("about < 5", '"about < 5" begins with "about <"'),
        ("1/2/3", '"1/2/3" is not a number and its unit'),
        ("5 x 5 x 5 x 5", '"5 x 5 x 5 x 5" is not a number and its unit'),
        ("1.2.3", '"1.2.3" is not a number and its unit'),
        ("10 to", '"10 to" is not a number and its unit'),
        ("5 or 6 lesions", '"5 or 6 lesions" is not a number and its unit'),
        ("5 mg; 6 mg", '"5 mg; 6 mg" has more than one value; write each at its own moment'),
        ("96 -> 12 mg/L", '"96 -> 12 mg/L" has more than one value; write each at its own moment'),
        ("96 mg/L [0-5]", '"[0-5]" is unclear; a reference is (normal 0-5)'),
        ("1e999999999", '"1e999999999" is not a number and its unit'),
        ("up to 0/10", '"up to 0/10" is no ratio'),
        ("> 5 x 5 cm", '"> 5 x 5 cm" is no size'),
    ],
)
def test_other_texts_are_refused_with_what_is_wrong(written, said):
    with pytest.raises(GrammarError) as refused:
        quantity(written)

    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", Qualifier()),
        (" ", Qualifier()),
        ("≥", Qualifier(comparator=">=")),
        ("No more than ", Qualifier(comparator="<=")),
        ("up to", Qualifier(maximum=True)),
        ("circa", Qualifier(approximate=True)),
        ("nearly", None),
    ],
)
def test_words_before_a_number(before, expected):
    assert qualifier(before) == expected


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("2.0 x10^6 copies/mL", "2000000", "copies/mL"),
        ("2.0 × 10⁶ copies/mL", "2000000", "copies/mL"),
        ("2.1 x10^-3 mmol/L", "0.0021", "mmol/L"),
    ],
)
def test_a_power_of_ten_before_a_unit_belongs_to_the_number(written, value, unit):
    assert quantity(written) == Amount(written, Decimal(value), unit, multiplied=True)
