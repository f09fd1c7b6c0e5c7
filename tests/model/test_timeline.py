"""Dates among the events of a case: the days they may mean, their order, and what FHIR may say of them."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casefhir.model.days import OPEN, Interval
from casefhir.model.timeline import Timeline
from casefhir.model.when import Span, When, when

EVENTS = {
    "onset": "2020-06",
    "admission": "2020-06-15",
    "infusion": "within 2 days of admission",
    "transfer": "admission + 3 h",
    "review": "admission + 6 weeks",
    "check": "review + 2 days",
    "stay": "2020-06-10..2020-06-20",
    "course": "2020-05-30..2020-07-02",
    "guess": "about 2019",
    "moved": "onset",
    "surgery": None,
    "relapse": "surgery + 3 months",
}
FIRST_DAYS: dict[str, int | str] = {"admission": 1, "stay": 0, "surgery": 1, "check": "unknown"}


def maybe(text: str | None) -> When | None:
    return when(text) if text else None


def timeline(**events: str | None) -> Timeline:
    return Timeline({name: (maybe(text), FIRST_DAYS.get(name)) for name, text in events.items()})


CASE = timeline(**EVENTS)


def days(interval: Interval) -> str:
    earliest, latest = interval
    return f"{earliest or ''}..{latest or ''}"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2020", "2020-01-01..2020-12-31"),
        ("2020-02", "2020-02-01..2020-02-29"),
        ("2020-12", "2020-12-01..2020-12-31"),
        ("2020-06-15", "2020-06-15..2020-06-15"),
        ("early 2020-06", "2020-06-01..2020-06-15"),
        ("mid 2020-06", "2020-06-06..2020-06-25"),
        ("late 2020-02", "2020-02-16..2020-02-29"),
        ("early 2020", "2020-01-01..2020-06-30"),
        ("mid 2020", "2020-03-01..2020-10-31"),
        ("late 2020", "2020-07-01..2020-12-31"),
        ("mid 2020-06 + 3 h", "2020-06-06..2020-06-26"),
        ("before mid 2020-06", "..2020-06-25"),
        ("mid 2020-06..late 2020-08", "2020-06-06..2020-06-25"),
        ("onset", "2020-06-01..2020-06-30"),
        ("moved", "2020-06-01..2020-06-30"),
        ("2020-06-15 + 6 weeks", "2020-07-27..2020-07-27"),
        ("2020-06-15 - 20 days", "2020-05-26..2020-05-26"),
        ("2020-06 + 1 day", "2020-06-02..2020-07-01"),
        ("onset - 1 week", "2020-05-25..2020-06-23"),
        ("2020-06-15 + 2-3 weeks", "2020-06-29..2020-07-06"),
        ("2020-06-15 - 2-3 weeks", "2020-05-25..2020-06-01"),
        ("2020-06-15 + 1.5 weeks", "2020-06-25..2020-06-26"),
        ("2020-06-15 + > 2 weeks", "2020-06-29.."),
        ("2020-06-15 - > 2 weeks", "..2020-06-01"),
        ("2020-06-15 + < 2 weeks", "2020-06-15..2020-06-29"),
        ("2020-06-15 + about 2 weeks", ".."),
        ("2020-06-15 + 4 h", "2020-06-15..2020-06-16"),
        ("2020-06-15 - 4 h", "2020-06-14..2020-06-15"),
        ("2020-06-15 + 48 h", "2020-06-17..2020-06-17"),
        ("transfer + 20 h", "2020-06-15..2020-06-16"),
        ("transfer + 21 h", "2020-06-16..2020-06-16"),
        ("2020-06-15 + 3 months", "2020-09-01..2020-09-30"),
        ("2020-06-15 - 7 months", "2019-11-01..2019-11-30"),
        ("2020-01-31 + 1 month", "2020-02-01..2020-02-29"),
        ("2020-06-15 + 1.5 months", "2020-07-01..2020-08-31"),
        ("2020 + 2 months", "2020-03-01..2021-02-28"),
        ("2020-06-15 + 2 years", "2022-01-01..2022-12-31"),
        ("2020-06 - 1 year", "2019-01-01..2019-12-31"),
        ("review", "2020-07-27..2020-07-27"),
        ("check + 1 day", "2020-07-30..2020-07-30"),
        ("before 2020-06", "..2020-05-31"),
        ("by 2020-06", "..2020-06-30"),
        ("after 2020-06", "2020-07-01.."),
        ("before admission", "..2020-06-15"),
        ("by onset", "..2020-06-30"),
        ("after onset", "2020-06-01.."),
        ("after 2020-06-15 + 1 day", "2020-06-16.."),
        ("before about 2020", ".."),
        ("within 2 days of admission", "2020-06-13..2020-06-17"),
        ("within 2 days of onset", "2020-05-30..2020-07-02"),
        ("within 1 month of admission", "2020-05-01..2020-07-31"),
        ("within 3 days after admission", "2020-06-15..2020-06-18"),
        ("within 3 days before admission", "2020-06-12..2020-06-15"),
        ("within 3 days after onset", "2020-06-01..2020-07-03"),
        ("within 3 days before 2020-06", "2020-05-29..2020-06-30"),
        ("within 2-3 days after admission", "2020-06-15..2020-06-18"),
        ("within 3 months after admission", "2020-06-15..2020-09-30"),
        ("within 1 year before admission", "2019-01-01..2020-06-15"),
        ("within about 3 days after admission", ".."),
        ("within 3 days after surgery", ".."),
        ("within 4 h of admission", "2020-06-14..2020-06-16"),
        ("within 2-3 days of admission", "2020-06-12..2020-06-18"),
        ("within about 2 days of admission", ".."),
        ("infusion + 1 day", "2020-06-14..2020-06-18"),
        ("2020-06 or 2020-08", "2020-06-01..2020-08-31"),
        ("2020-08 or onset or 2019", "2019-01-01..2020-08-31"),
        ("2020-08 or before 2019", "..2020-08-31"),
        ("2020-06..2020-08", "2020-06-01..2020-06-30"),
        ("stay", "2020-06-10..2020-06-20"),
        ("stay + 1 day", "2020-06-11..2020-06-21"),
        ("day 5 of stay", "2020-06-15..2020-06-15"),
        ("day 5 of admission", "2020-06-19..2020-06-19"),
        ("day 1 of admission", "2020-06-15..2020-06-15"),
        ("day -1 of admission", "2020-06-14..2020-06-14"),
        ("day 3 of review", "2020-07-29..2020-07-30"),
        ("day 3 of check", "2020-07-31..2020-08-01"),
        ("day 0 of review", "2020-07-27..2020-07-27"),
        ("about 2020-06", ".."),
        ("guess", ".."),
        ("surgery", ".."),
        ("relapse", ".."),
        ("surgery or 2020", ".."),
        ("nowhere", ".."),
        ("age 6 months", ".."),
        ("36 weeks gestation + 2 days", ".."),
        ("unknown", ".."),
        ("2020-06-15 + 9999 years", ".."),
        ("2020-06-15 - 9999 months", "1187-03-01..1187-03-31"),
        ("2020-06-15 - 9999 years", ".."),
        ("admission + 9999 weeks + 9999 years", ".."),
    ],
)
def test_days_a_date_may_mean(written: str, meant: str) -> None:
    assert days(CASE.interval(when(written))) == meant


def test_an_open_end_of_a_span_leaves_its_start_known() -> None:
    assert CASE.span(when("2020-06..unknown")) == ((date(2020, 6, 1), date(2020, 6, 30)), OPEN)
    assert CASE.span(when("admission")) == ((date(2020, 6, 15), date(2020, 6, 15)),) * 2


@pytest.mark.parametrize(
    ("written", "calendar"),
    [
        ("2020", "2020"),
        ("2020-06", "2020-06"),
        ("2020-06-15", "2020-06-15"),
        ("onset", "2020-06"),
        ("review", "2020-07-27"),
        ("admission + 2 days", "2020-06-17"),
        ("admission + 3 months", "2020-09"),
        ("admission + 2 years", "2022"),
        ("admission + 2 years + 1 day", None),
        ("onset + 3 months", "2020-09"),
        ("onset + 0 days", "2020-06"),
        ("onset + 1 day", "2020"),
        ("onset + 7 months", "2021-01"),
        ("2020 + 1 month", None),
        ("admission + 2-3 days", "2020-06"),
        ("admission + 2-3 weeks", "2020"),
        ("infusion", "2020-06"),
        ("within 3 days after admission", "2020-06"),
        ("within 3 weeks after admission", "2020"),
        ("2020-06-01 or 2020-06-02", "2020-06"),
        ("2020-06 or 2020-08", "2020"),
        ("2019 or 2020", None),
        ("day 5 of admission", "2020-06-19"),
        ("day 3 of review", "2020-07"),
        ("stay", "2020-06"),
        ("course", "2020"),
        ("2020-06-10..2020-06-20", "2020-06"),
        ("2020-06..unknown", None),
        ("about 2020-06", None),
        ("before 2020-06", None),
        ("surgery", None),
        ("age 6 months", None),
        ("unknown", None),
    ],
)
def test_the_partial_date_is_never_finer_than_the_print(written: str, calendar: str | None) -> None:
    assert CASE.calendar(when(written)) == calendar


@pytest.mark.parametrize(
    ("start", "end", "period"),
    [
        ("2020-06", "2020-08", ("2020-06", "2020-08")),
        ("2020-06", "2020-06", ("2020-06", "2020-06")),
        ("2020-06", "2020-06-28", ("2020-06", "2020-06")),
        ("2020-06-15", "2020-06", ("2020-06", "2020-06")),
        ("2020", "2020-06-28", ("2020", "2020")),
        ("2020", "2021-03", ("2020", "2021-03")),
        ("2020-06", "2020-07-03", ("2020-06", "2020-07-03")),
        ("admission", "review", ("2020-06-15", "2020-07-27")),
        ("admission", "onset + 2 weeks", ("2020", "2020")),
        ("about 2020", "2020-07", (None, "2020-07")),
        ("2020-07", "unknown", ("2020-07", None)),
        ("2020-07", None, ("2020-07", None)),
        (None, "2020-07", (None, "2020-07")),
        (None, None, (None, None)),
        ("2020-06-10..2020-06-20", None, ("2020-06-10", "2020-06-20")),
        ("2020-06..2020-06-20", None, ("2020-06", "2020-06")),
    ],
)
def test_a_period_can_be_compared(start: str | None, end: str | None, period: tuple[str | None, str | None]) -> None:
    """Source: https://hl7.org/fhir/R4/datatypes.html#Period (per-1)"""
    assert CASE.period(maybe(start), maybe(end)) == period


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2020-06", None, True),
        ("onset", None, True),
        ("moved", None, True),
        ("review", None, False),
        ("admission + 2 days", None, False),
        ("infusion", None, False),
        ("stay", None, False),
        ("about 2020", None, False),
        ("surgery", None, False),
        ("unknown", None, False),
        ("2020-06", "2020-08", True),
        ("2020-06", "2020-06-28", False),
        ("2020-06", "unknown", False),
        ("onset", "review", False),
        ("2020-06..2020-08", None, True),
        ("2020-06..2020-06-28", None, False),
    ],
)
def test_a_text_is_kept_where_fhir_cannot_say_it(start: str, end: str | None, said: bool) -> None:
    assert CASE.written(when(start), maybe(end)) is said


@pytest.mark.parametrize(
    ("first", "second", "certain"),
    [
        ("2020-05", "2020-06-01", True),
        ("2020-06", "2020-06-01", False),
        ("2020-06-14", "admission", True),
        ("2020-06-15", "admission", False),
        ("before 2020-06", "onset", True),
        ("before admission", "admission", False),
        ("2020-05..2020-06", "2020-07", True),
        ("2020-05..2020-08", "2020-07", False),
        ("2020-05..unknown", "2020-07", False),
        ("about 2010", "2020", False),
        ("surgery + 1 week", "surgery + 2 weeks", True),
        ("surgery - 1 day", "surgery + 1 day", True),
        ("within 3 days after surgery", "surgery + 1 week", True),
        ("within 3 days after surgery", "surgery + 2 days", False),
        ("surgery - 1 week", "within 3 days before surgery", True),
        ("surgery", "within 3 days after surgery", False),
        ("surgery + 1 week", "relapse", True),
        ("surgery + 2 months", "relapse", False),
        ("surgery + 2 months", "surgery + 3 years", True),
        ("surgery", "surgery + 2 days", False),
        ("surgery + about 1 week", "surgery + 2 weeks", False),
        ("surgery + 4 h", "surgery + 1 day", False),
        ("surgery + 4 h", "surgery + 9 h", True),
        ("surgery + 45 min", "surgery + 1-2 h", True),
        ("surgery + 4 h", "surgery + 4-6 h", False),
        ("surgery + > 4 h", "surgery + 3 h", False),
        ("surgery - 2 h", "within 1 h before surgery", True),
        ("surgery", "surgery + 4 h", False),
        ("transfer + 2 h", "admission + 6 h", True),
        ("transfer", "admission + 4 h", True),
        ("transfer + 20 h", "admission + 26 h", True),
        ("transfer + 20 h", "surgery + 30 h", False),
        ("moved + 4 h", "onset + 9 h", True),
        ("day 1 of surgery", "day 2 of surgery", True),
        ("day 1 of surgery", "surgery + 4 weeks", False),
        ("day 1 of review", "day 2 of review", False),
        ("onset + 1 week", "onset + 2 weeks", True),
        ("relapse + 1 week..relapse + 2 weeks", "relapse + 3 weeks", True),
        ("surgery + 1 week", "relapse + 1 month", True),
        ("surgery + 1 week", "admission + 2 weeks", False),
    ],
)
def test_only_what_every_reading_orders_is_certain(first: str, second: str, certain: bool) -> None:
    a, b = when(first), when(second)

    assert CASE.certainly_before(a, b) is certain
    assert CASE.certainly_after(b, a) is certain
    assert not CASE.certainly_before(b, a)


@pytest.mark.parametrize(
    ("events", "circle"),
    [
        ({"a": "2020", "b": "a + 1 day", "c": "a or b"}, None),
        ({"a": "a + 1 day"}, ["a"]),
        ({"a": "day 5 of a"}, ["a"]),
        ({"a": "b", "b": "c + 1 day", "c": "before a"}, ["a", "b", "c"]),
        ({"x": "2020..b", "a": "b", "b": "a"}, ["b", "a"]),
        ({"a": "nowhere"}, None),
    ],
)
def test_events_in_a_circle_are_found(events: dict[str, str | None], circle: list[str] | None) -> None:
    assert timeline(**events).cycle() == circle


def test_what_stands_in_a_circle_is_open() -> None:
    assert timeline(a="b + 1 day", b="a + 1 day").interval(when("a")) == OPEN


def test_a_chain_of_events_may_be_long() -> None:
    chain = {f"e{n}": f"e{n + 1} + 1 day" for n in range(3000)}

    assert timeline(**chain, e3000="2000").calendar(when("e0")) is None
    assert timeline(**chain, e3000="2000-01-01").calendar(when("e0")) == "2008-03-19"


def test_names_that_are_no_events() -> None:
    assert CASE.undefined(when("nowhere..day 5 of never or onset or nowhere")) == ["nowhere", "never"]


def test_events_that_do_not_say_how_they_count() -> None:
    assert CASE.uncounted(when("day 5 of review or day 5 of stay or day 5 of never")) == ["review"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2020-06", "2020-06"),
        ("admission + 2 days", "admission + 2 days (admission is 2020-06-15)"),
        (
            "check or onset",
            "check or onset (check is review + 2 days, onset is 2020-06, "
            "review is admission + 6 weeks, admission is 2020-06-15)",
        ),
        ("surgery", "surgery (surgery has no date)"),
        ("nowhere", "nowhere (nowhere is not defined)"),
    ],
)
def test_a_date_is_explained_by_what_it_hangs_on(written: str, told: str) -> None:
    assert CASE.explain(when(written)) == told


def test_an_explanation_of_a_circle_ends() -> None:
    assert timeline(a="b", b="a").explain(when("a")) == "a (a is b, b is a)"


NAMES = list("abcdef")
DATES = st.dates(date(1990, 1, 1), date(2030, 12, 31)).map(str)
LENGTHS = st.builds(
    "{}{} {}".format,
    st.sampled_from(["", "", "about ", "> ", "< ", "1-"]),
    st.integers(1, 9999),
    st.sampled_from(["h", "days", "weeks", "months", "years"]),
)
PLAIN = (
    st.builds(lambda text, cut: text[:cut], DATES, st.sampled_from([4, 7, 10]))
    | st.sampled_from(NAMES)
    | st.builds("day {} of {}".format, st.integers(-3, 30), st.sampled_from(NAMES))
    | st.just("age 6 months")
)
ANCHORS = PLAIN | st.builds("{} {} {}".format, PLAIN, st.sampled_from("+-"), LENGTHS)
FRAMED = (
    ANCHORS
    | st.builds("{} {}".format, st.sampled_from(["about", "before", "after", "by"]), ANCHORS)
    | st.builds("within {} {} {}".format, LENGTHS, st.sampled_from(["of", "after", "before"]), ANCHORS)
)
MOMENTS = FRAMED | st.builds("{} or {}".format, FRAMED, FRAMED)
WHENS = (MOMENTS | st.builds("{}..{}".format, MOMENTS, MOMENTS | st.just("unknown"))).map(when)
CASES = st.dictionaries(
    st.sampled_from(NAMES), st.tuples(st.none() | WHENS, st.sampled_from([None, 0, 1])), max_size=6
).map(Timeline)

law = settings(derandomize=True, deadline=None, database=None, max_examples=300)


def holds(partial: str, interval: Interval) -> bool:
    """Whether every day of an interval begins with the partial date."""
    earliest, latest = map(str, interval)
    return earliest.startswith(partial) and latest.startswith(partial)


@law
@given(CASES, WHENS)
def test_the_earliest_day_is_never_after_the_latest(case: Timeline, w: When) -> None:
    for earliest, latest in (case.interval(w), *case.span(w)):
        assert earliest is None or latest is None or earliest <= latest


@law
@given(CASES, WHENS)
def test_the_partial_date_holds_every_day_it_may_be(case: Timeline, w: When) -> None:
    partial = case.calendar(w)

    assert partial is None or holds(partial, case.interval(w))


@law
@given(CASES, WHENS, WHENS)
def test_a_period_is_in_order_unless_it_certainly_is_not(case: Timeline, a: When, b: When) -> None:
    first, last = case.period(a, b)
    start, end = a.start if isinstance(a, Span) else a, b.end if isinstance(b, Span) else b

    if first and last:
        assert first == last or not (first.startswith(last) or last.startswith(first))
        assert first <= last or case.certainly_after(start, end)


@law
@given(CASES, WHENS, WHENS)
def test_two_moments_are_ordered_in_one_way_only(case: Timeline, a: When, b: When) -> None:
    assume(not isinstance(a, Span) and not isinstance(b, Span))

    assert not (case.certainly_before(a, b) and case.certainly_after(a, b))
    assert not case.certainly_before(a, a)


@law
@given(DATES.map(date.fromisoformat), st.integers(0, 999), st.sampled_from("+-"))
def test_days_are_counted_exactly(day: date, count: int, sign: str) -> None:
    moved = day + timedelta(days=count if sign == "+" else -count)

    assert Timeline({}).interval(when(f"{day} {sign} {count} days")) == (moved, moved)
