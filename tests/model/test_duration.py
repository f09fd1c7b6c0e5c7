"""The grammar of lengths of time."""

from decimal import Decimal

import pytest

from casefhir.model.duration import Duration, duration, in_digits, in_smaller, parts
from casefhir.model.grammar import GrammarError


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("8 months", "8", "mo"),
        ("8 mo", "8", "mo"),
        ("3 weeks", "3", "wk"),
        ("3 wk", "3", "wk"),
        ("3-day", "3", "d"),
        ("10d", "10", "d"),
        ("1.5 years", "1.5", "a"),
        ("2 y", "2", "a"),
        ("48 hrs.", "48", "h"),
        ("30 min", "30", "min"),
        ("45 Seconds", "45", "s"),
        ("one week", "1", "wk"),
        ("a month", "1", "mo"),
        ("Twelve hours", "12", "h"),
        ("0 days", "0", "d"),
    ],
)
def test_a_length_in_one_unit(written, value, unit):
    assert duration(written) == Duration(written, Decimal(value), None, unit)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("> 4 h", Duration("", Decimal(4), None, "h", comparator=">")),
        ("more than 4 hours", Duration("", Decimal(4), None, "h", comparator=">")),
        ("at least two weeks", Duration("", Decimal(2), None, "wk", comparator=">=")),
        ("up to 3 days", Duration("", Decimal(3), None, "d", comparator="<=")),
        ("longer than 6 weeks", Duration("", Decimal(6), None, "wk", comparator=">")),
        ("about 5 months", Duration("", Decimal(5), None, "mo", approximate=True)),
        ("approximately one year", Duration("", Decimal(1), None, "a", approximate=True)),
        ("2-3 weeks", Duration("", Decimal(2), Decimal(3), "wk")),
        ("2–3 weeks", Duration("", Decimal(2), Decimal(3), "wk")),
        ("two to three weeks", Duration("", Decimal(2), Decimal(3), "wk")),
        ("about 2 to 3 weeks", Duration("", Decimal(2), Decimal(3), "wk", approximate=True)),
    ],
)
def test_comparators_ranges_and_about(written, expected):
    assert duration(written) == expected._replace(text=written)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("3", '"3" has no unit of time; write 3 days, 3 weeks or 3 months'),
        ("5 m", '"5 m" may mean minutes or months; write 5 min or 5 months'),
        ("1,5 years", '"1,5 years" has a decimal comma; write 1.5 years'),
        ("1 h 30 min", '"1 h 30 min" has more than one unit; write 90 min'),
        ("2 years and 3 months", '"2 years and 3 months" has more than one unit; write 27 mo'),
        ("3 months 10 days", '"3 months 10 days" has more than one unit; write 3 mo'),
        ("2 or 3 days", '"2 or 3 days" may be either; write 2-3 days'),
        ("about two or three days", '"about two or three days" may be either; write about 2-3 days'),
        ("half an hour", '"half an hour" has no number in digits; write 30 min'),
        ("half a year", '"half a year" has no number in digits; write 6 months'),
        ("3-2 days", '"3-2 days" runs from long to short; write the lower number first'),
        ("> 2-3 weeks", '"> 2-3 weeks" compares with a range; write one number, or the range alone'),
        ("several weeks", '"several weeks" has no number; write it as 8 months, > 4 h, 2-3 weeks or about 5 days'),
        ("", '"" has no number; write it as 8 months, > 4 h, 2-3 weeks or about 5 days'),
    ],
)
def test_the_nearest_right_form_is_offered(written, message):
    with pytest.raises(GrammarError) as refused:
        duration(written)

    assert str(refused.value) == message


@pytest.mark.parametrize(
    "written",
    ["-3 days", "5 fortnights", "3 weeks ago", "forty-eight hours", "x 3 days", "9" * 19 + " days", "1 2 days"],
)
def test_other_texts_are_refused(written):
    with pytest.raises(GrammarError, match="is not a length of time"):
        duration(written)


def test_number_words_are_read_only_in_a_text_without_digits():
    assert in_digits("about two weeks") == "about 2 weeks"
    assert in_digits("one of 2 weeks") == "one of 2 weeks"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("4 y 2 mo", [(Decimal(4), "a"), (Decimal(2), "mo")]),
        ("4 years, and 2 months", [(Decimal(4), "a"), (Decimal(2), "mo")]),
        ("3 weeks", [(Decimal(3), "wk")]),
        ("3 apples", []),
        ("about 3 weeks", []),
        ("", []),
    ],
)
def test_parts_of_a_time_in_several_units(written, expected):
    assert parts(written) == expected


def test_days_do_not_fill_a_month():
    assert in_smaller(parts("4 years 2 months")) == (Decimal(50), "mo")
    assert in_smaller(parts("3 months 10 days")) is None
    assert in_smaller(parts("1 year 2 months 3 days")) is None
