"""The least and the most that a printed length may be, and the days that months may have."""

from datetime import date, timedelta

import pytest
from tests.chronology.histories import later

from casefhir.chronology.bound import Bound, earliest_day, latest_day
from casefhir.chronology.lengths import Length, apart, fewest_days, most_days, since_birth, since_conception, within
from casefhir.model.age import age
from casefhir.model.duration import duration

DAYS = [date(year, 1, 1) + timedelta(day) for year in (1896, 1899, 1900, 1904, 2019, 2020) for day in range(366)]


@pytest.mark.parametrize(
    ("written", "least", "most"),
    [
        ("2 days", (0, 2), (0, 2)),
        ("6 weeks", (0, 36), (0, 48)),
        ("1 week", (0, 1), (0, 13)),
        ("3 months", (2, 1), (4, -1)),
        ("2 years", (12, 1), (36, -1)),
        ("1.5 weeks", (0, 4), (0, 17)),
        ("2-3 weeks", (0, 8), (0, 27)),
        ("4 h", (0, 0), (0, 1)),
        ("48 h", (0, 1), (0, 3)),
        ("30 min", (0, 0), (0, 1)),
        ("> 2 weeks", (0, 14), None),
        ("> 3 months", (3, -3), None),
        ("up to 3 days", (0, 0), (0, 3)),
        ("< 6 months", (0, 0), (6, 3)),
        ("about 2 weeks", (0, 0), None),
        ("0 days", (0, 0), (0, 0)),
    ],
)
def test_how_far_apart_two_moments_may_be(written: str, least: tuple[int, int], most: tuple[int, int] | None) -> None:
    assert apart(duration(written)) == (Length(*least), most and Length(*most))


@pytest.mark.parametrize(
    ("written", "most"),
    [("2 days", (0, 2)), ("2-3 weeks", (0, 21)), ("1 month", (1, 3)), ("4 h", (0, 1)), ("about 2 days", None)],
)
def test_how_far_a_limit_goes(written: str, most: tuple[int, int] | None) -> None:
    assert within(duration(written)) == (most and Length(*most))


@pytest.mark.parametrize(
    ("written", "least", "most"),
    [
        ("4 years", (48, 0), (60, -1)),
        ("4 y 2 mo", (50, 0), (51, -1)),
        ("6 months", (6, 0), (7, -1)),
        ("3 to 4 years", (36, 0), (60, -1)),
        ("2.5 years", (24, 0), (36, 0)),
        ("3 weeks", (0, 21), (0, 28)),
        ("3 days", (0, 3), (0, 4)),
        ("5 hours", (0, 0), (0, 2)),
        ("> 80 years", (960, 0), None),
        ("< 1 year", (0, 0), (12, 0)),
        ("about 60 years", (0, 0), None),
    ],
)
def test_how_long_since_the_birth(written: str, least: tuple[int, int], most: tuple[int, int] | None) -> None:
    assert since_birth(age(written)) == (Length(*least), most and Length(*most))


@pytest.mark.parametrize(
    ("written", "least", "most"),
    [
        ("36 weeks gestation", 252, 258),
        ("34+5 weeks gestation", 243, 243),
        ("about 36 weeks gestation", 0, None),
        ("< 37 weeks gestation", 0, 265),
    ],
)
def test_how_long_since_the_pregnancy_began(written: str, least: int, most: int | None) -> None:
    assert since_conception(age(written)) == (Length(0, least), None if most is None else Length(0, most))


@pytest.mark.parametrize("months", [*range(1, 61), 66 * 12, 100 * 12 + 5])
def test_no_months_of_the_calendar_have_fewer_or_more_days(months: int) -> None:
    found = [(later(day, months) - day).days for day in DAYS]

    assert fewest_days(months) <= min(found) <= max(found) <= most_days(months)
    assert most_days(months) - fewest_days(months) <= 9


@pytest.mark.parametrize("months", [1, 2, 11, 12, 13, 48])
def test_bounds_in_months_are_as_sharp_as_the_calendar(months: int) -> None:
    forth, back = Bound(1, 2, months, 1, 0), Bound(1, 2, -months, 1, 0)
    for day in range(date(2019, 12, 1).toordinal(), date(2020, 4, 1).toordinal()):
        near = range(day - 31 * months - 40, day + 31 * months + 40)

        def moved(ordinal: int) -> int:
            return later(date.fromordinal(ordinal), months).toordinal()

        assert latest_day(day, forth) == moved(day) + 1
        assert earliest_day(day, forth) == min(source for source in near if moved(source) + 1 >= day)
        assert latest_day(day, back) == max(target for target in near if moved(target) <= day + 1)
        assert earliest_day(day, back) == moved(day) - 1
