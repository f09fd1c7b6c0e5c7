"""The grammar of ages: as printed, never a date of birth."""

from decimal import Decimal

import pytest

from casefhir.model.age import Age, age
from casefhir.model.grammar import GrammarError


@pytest.mark.parametrize(
    ("written", "expected", "ucum"),
    [
        ("3 years", {"years": Decimal(3)}, (Decimal(3), "a")),
        ("3 y", {"years": Decimal(3)}, (Decimal(3), "a")),
        ("3 years old", {"years": Decimal(3)}, (Decimal(3), "a")),
        ("4-year-old", {"years": Decimal(4)}, (Decimal(4), "a")),
        ("aged 3 years", {"years": Decimal(3)}, (Decimal(3), "a")),
        ("4 years of age", {"years": Decimal(4)}, (Decimal(4), "a")),
        ("at the age of one year", {"years": Decimal(1)}, (Decimal(1), "a")),
        ("18-month-old", {"months": Decimal(18)}, (Decimal(18), "mo")),
        ("5 months", {"months": Decimal(5)}, (Decimal(5), "mo")),
        ("6 weeks", {"weeks": Decimal(6)}, (Decimal(6), "wk")),
        ("10 days", {"days": Decimal(10)}, (Decimal(10), "d")),
        ("two days", {"days": Decimal(2)}, (Decimal(2), "d")),
        ("6 hours", {"hours": Decimal(6)}, (Decimal(6), "h")),
        ("1.5 years", {"years": Decimal("1.5")}, (Decimal("1.5"), "a")),
        ("4 y 2 mo", {"years": Decimal(4), "months": Decimal(2)}, (Decimal(50), "mo")),
        ("4 years and 2 months", {"years": Decimal(4), "months": Decimal(2)}, (Decimal(50), "mo")),
        ("4-year 2-month-old", {"years": Decimal(4), "months": Decimal(2)}, (Decimal(50), "mo")),
        ("2 weeks 3 days", {"weeks": Decimal(2), "days": Decimal(3)}, (Decimal(17), "d")),
        ("1 day 6 hours", {"days": Decimal(1), "hours": Decimal(6)}, (Decimal(30), "h")),
        ("3 mo 10 d", {"months": Decimal(3), "days": Decimal(10)}, None),
        ("1 y 2 mo 3 d", {"years": Decimal(1), "months": Decimal(2), "days": Decimal(3)}, None),
        ("about 60 years", {"years": Decimal(60), "approximate": True}, (Decimal(60), "a")),
        ("about 4 y 2 mo", {"years": Decimal(4), "months": Decimal(2), "approximate": True}, (Decimal(50), "mo")),
        ("> 80 years", {"years": Decimal(80), "comparator": ">"}, (Decimal(80), "a")),
        ("older than 80 years", {"years": Decimal(80), "comparator": ">"}, (Decimal(80), "a")),
        ("up to 3 years", {"years": Decimal(3), "comparator": "<="}, (Decimal(3), "a")),
        ("3 to 4 years", {"years": Decimal(3), "high": Decimal(4)}, None),
        ("36 weeks gestation", {"gestation_weeks": 36}, None),
        ("36-week gestation", {"gestation_weeks": 36}, None),
        ("36 weeks' gestation", {"gestation_weeks": 36}, None),
        ("GA 36 weeks", {"gestation_weeks": 36}, None),
        ("gestational age of 36 weeks", {"gestation_weeks": 36}, None),
        ("about 36 weeks gestation", {"gestation_weeks": 36, "approximate": True}, None),
        ("34+5 weeks gestation", {"gestation_weeks": 34, "gestation_days": 5}, None),
        ("34 5/7 weeks gestation", {"gestation_weeks": 34, "gestation_days": 5}, None),
        ("30 weeks and 4 days of gestation", {"gestation_weeks": 30, "gestation_days": 4}, None),
        ("34w5d gestation", {"gestation_weeks": 34, "gestation_days": 5}, None),
        ("34+0 weeks gestation", {"gestation_weeks": 34, "gestation_days": 0}, None),
    ],
)
def test_age_as_printed_and_as_one_ucum_quantity(written, expected, ucum):
    found = age(written)

    assert found == Age(written, **expected)
    assert found.ucum == ucum


def test_a_range_of_ages_has_both_ends_in_one_unit():
    assert age("3–4 months").ucum_range == (Decimal(3), Decimal(4), "mo")
    assert age("3 months").ucum_range is None


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("3", '"3" has no unit; write 3 years, 3 months or 3 days'),
        ("18 m", '"18 m" has an unclear unit; write 18 months'),
        ("3,5 years", '"3,5 years" has a decimal comma; write 3.5 years'),
        ("in her 60s", '"in her 60s" is a decade; write 60 to 69 years'),
        ("34+5", '"34+5" may be gestation; write 34+5 weeks gestation'),
        ("newborn", '"newborn" says no number; write hours or days, e.g. 1 day'),
        ("34+7 weeks gestation", '"34+7 weeks gestation" counts 7 days beyond whole weeks; they go from 0 to 6'),
        (
            "36 GA",
            '"36 GA" is not read as gestation; write it as 36 weeks gestation or 34+5 weeks gestation',
        ),
        ("4-3 years", '"4-3 years" runs from old to young; write the lower number first'),
        ("> 3-4 years", '"> 3-4 years" compares with a range; write one age, or the range alone'),
        (
            "2 mo 4 y",
            '"2 mo 4 y" is not one age; write the larger unit first, each in whole numbers, e.g. 4 years 2 months',
        ),
        (
            "4.5 y 2 mo",
            '"4.5 y 2 mo" is not one age; write the larger unit first, each in whole numbers, e.g. 4 years 2 months',
        ),
        ("adult", '"adult" is not an age; write it as 3 years, 4 y 2 mo, about 60 years or 36 weeks gestation'),
    ],
)
def test_the_nearest_right_form_is_offered(written, message):
    with pytest.raises(GrammarError) as refused:
        age(written)

    assert str(refused.value) == message


@pytest.mark.parametrize("written", ["", "5 min", "x years", "36 weeks postmenstrual age", "-3 years", "9" * 19 + " y"])
def test_other_texts_are_refused(written):
    with pytest.raises(GrammarError, match="is not an age"):
        age(written)
