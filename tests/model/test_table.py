"""The grammar of tables: columns parted by blanks, every cell with its place."""

from decimal import Decimal

import pytest

from casefhir.model.grammar import GrammarError
from casefhir.model.quantity import Amount, Range
from casefhir.model.result import Result
from casefhir.model.table import Cell, Row, table
from casefhir.model.when import when

CYTOKINES = """date        IL-6[pg/mL]     TNF-a
2021-01-09  412.5H   3.1

admission\t<2       -
"""


def test_rows_and_cells_have_their_place():
    first = Amount("412.5", Decimal("412.5"), "")
    second = Amount("<2", Decimal(2), "", "<")

    assert table(CYTOKINES) == (
        Row(
            "2021-01-09  412.5H   3.1",
            when("2021-01-09"),
            (
                Cell("412.5H", "IL-6", "pg/mL", Result("412.5H", first, flag="high"), 1, 12, (0, 12)),
                Cell("3.1", "TNF-a", None, Result("3.1", Amount("3.1", Decimal("3.1"), "")), 1, 21, (0, 28)),
            ),
            1,
        ),
        Row(
            "admission\t<2       -",
            when("admission"),
            (
                Cell("<2", "IL-6", "pg/mL", Result("<2", second), 3, 10, (0, 12)),
                Cell("-", "TNF-a", None, None, 3, 19, (0, 28)),
            ),
            3,
        ),
    )


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("IL-6[pg/mL]", "IL-6", "pg/mL"),
        ("dsDNA[[IU]/mL]", "dsDNA", "[IU]/mL"),
        ("TNF-α", "TNF-α", None),
        ("ALP[not-printed]", "ALP", "not printed"),
        ("INR(0.9-1.1)", "INR", None),
        ("CRP(<5)", "CRP", None),
        ("glucan(1→3)", "glucan(1→3)", None),
        ("HLA-B(27)", "HLA-B(27)", None),
        ("pain(rest)", "pain(rest)", None),
    ],
)
def test_a_column_may_have_its_unit(header, name, unit):
    [row] = table(f"at {header}\nadmission 5")

    assert row.cells[0][1:3] == (name, unit)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("neg", Result("neg", word="negative")),
        ("pos", Result("pos", word="positive")),
        ("+", Result("+", word="positive")),
        ("++", Result("++", grade="2+")),
        ("severe", Result("severe", grade="severe")),
        ("mild-to-moderate", Result("mild-to-moderate", grade="mild to moderate")),
        ("grade-2", Result("grade-2", grade="grade 2")),
        ("not-detected", Result("not-detected", word="not detected")),
        ("non-reactive", Result("non-reactive", word="non-reactive")),
        ("weakly-positive", Result("weakly-positive", word="positive", detail="weakly")),
        ("n/a", None),
        ("normal", Result("normal", word="normal")),
        ("0.8L", Result("0.8L", Amount("0.8", Decimal("0.8"), ""), flag="low")),
        ("9HH", Result("9HH", Amount("9", Decimal(9), ""), flag="critical-high")),
        ("12↑", Result("12↑", Amount("12", Decimal(12), ""), flag="high")),
        ("-2.6", Result("-2.6", Amount("-2.6", Decimal("-2.6"), ""))),
        ("–", None),
        ("—", None),
    ],
)
def test_a_cell_is_a_result_in_one_word(cell, expected):
    [row] = table(f"event CRP\nadmission {cell}")

    assert row.cells[0].result == expected


@pytest.mark.parametrize(
    ("written", "message", "offset"),
    [
        ("", "a table has a header and a line for each date: date IL-6[pg/mL] CRP[mg/L]", 0),
        ("date A\n\n", "a table has a header and a line for each date: date IL-6[pg/mL] CRP[mg/L]", 0),
        ("date\n2021", "a table has a header and a line for each date: date IL-6[pg/mL] CRP[mg/L]", 0),
        ("day A\n2021 1", '"day" is the first column; write date, at or event', 0),
        ("date A a\n2021 1 2", '"a" is the name of two columns', 7),
        ("date A [mg]\n2021 1", '"[mg]" stands apart from its column; write e.g. IL-6[pg/mL], without a blank', 7),
        ("date A[mg\n2021 1", '"A[mg" has no whole unit; write e.g. IL-6[pg/mL], without a blank', 5),
        (
            "date A B\n2021 1",
            '"2021 1" has 2 cells, the header has 3 columns; write - for what was not measured',
            15,
        ),
        (
            "date A\n2021 < 2",
            '"2021 < 2" has 3 cells, the header has 2 columns; no cell has a blank in it: write <2, 412.5H',
            14,
        ),
        ("date A\n2021 1,714", '"1,714" has a comma between thousands; write 1714', 13),
        (
            "date A\n2021 2.0x10^6",
            '"2.0x10^6" has a power of ten; write its column with a unit: HIV-RNA[copies/mL]',
            12,
        ),
        ("date A\n2021 5mg", '"5mg" has a unit; write it once, in the header: IL-6[mg]', 12),
        (
            "date A\n2021 turbid",
            '"turbid" is no number and no word such as neg; write - here and the words in labs',
            12,
        ),
    ],
)
def test_an_error_has_its_place_in_the_block(written, message, offset):
    with pytest.raises(GrammarError) as refused:
        table(written)

    assert (str(refused.value), refused.value.offset) == (message, offset)


def test_a_wrong_date_has_its_place_too():
    with pytest.raises(GrammarError) as refused:
        table("date A\n2021 1\n2021-13 1")

    assert 14 <= refused.value.offset < 21


@pytest.mark.parametrize(
    ("header", "low", "high", "strict"),
    [
        ("ALT[U/L](normal<41)", None, 41, True),
        ("ALT[U/L](≤41)", None, 41, False),
        ("verapamil[µg/L](20-250)", 20, 250, False),
        ("dsDNA[[IU]/mL](ref:0-10)", 0, 10, False),
        ("INR(0.9-1.1)", Decimal("0.9"), Decimal("1.1"), False),
        ("titre(<40)", None, 40, True),
    ],
)
def test_a_column_may_have_its_reference_range(header, low, high, strict):
    first, second = table(f"at {header}\nadmission 5\nadmission neg")

    assert first.cells[0].result.reference[1:4] == (low, high, strict)
    assert second.cells[0].result.reference is None


@pytest.mark.parametrize("cell", ["ND", "n.d."])
def test_a_cell_with_two_readings_is_refused(cell):
    with pytest.raises(GrammarError, match="two readings; write undetectable, or - if it was not measured"):
        table(f"at CRP\nadmission {cell}")


def test_a_reference_range_that_is_none_has_its_place():
    with pytest.raises(GrammarError) as refused:
        table("at ALT[U/L](x5)\nadmission 5")

    assert refused.value.offset >= len("at ")


@pytest.mark.parametrize("cell", ["2.0x10^6", "2.0×10⁶", ">2x10^6H", "1-2x10^6"])
def test_a_cell_with_a_power_of_ten_is_a_number_in_the_unit_of_its_column(cell: str) -> None:
    (row,) = table(f"date BK-virus-DNA[copies/mL]\n2021 {cell}")
    (value,) = (found.result.quantity for found in row.cells if found.result)

    assert isinstance(value, Amount | Range)
    assert (value[1 if isinstance(value, Amount) else 2], value.unit) == (2000000, "")
