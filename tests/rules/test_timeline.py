"""Moments that cannot follow each other; and those that may, however little is printed of them."""

import pytest
from tests.rules.written import HEAD, alarms

EVENTS = """events:
  undated: {}
  onset: {date: 2019-10}
  admission: {date: 2020-06-15}
  surgery: {date: admission + 3 days, first-day: 0}
  discharge: {date: surgery + 1 week}
"""


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2020-06", "2020-03"),
        ("2020-06-15", "2020-06-14"),
        ("2021", "2020-12-31"),
        ("discharge", "admission"),
        ("surgery + 1 day", "surgery"),
        ("undated + 2 weeks", "undated + 1 week"),
        ("after discharge", "before admission"),
    ],
)
def test_a_treatment_ends_before_it_starts(start: str, end: str) -> None:
    told = alarms(EVENTS, f"treatments:\n  - {{drug: aspirin, from: {start}, to: {end}}}")

    assert set(told) == {"timeline.ends-before-start"}


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2020-06", "2020-06-01"),
        ("2020", "2020-03"),
        ("2020-06-15", "2020-06"),
        ("admission", "admission"),
        ("admission", "2020-06-15"),
        ("discharge", "unknown"),
        ("undated", "admission"),
        ("discharge", "undated"),
        ("about 2021", "2020"),
        ("2020-06-15", "about 2020-06-10"),
        ("admission + 2 weeks", "admission + 14 days"),
        ("by discharge", "admission"),
        ("2020-06 or 2020-08", "2020-07"),
    ],
)
def test_a_treatment_may_end_so(start: str, end: str) -> None:
    assert alarms(EVENTS, f"treatments:\n  - {{drug: aspirin, from: {start}, to: {end}}}") == {}


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("diagnoses:\n  - {name: measles, onset: 2020-06, diagnosed: 2020-03}", "diagnosed 2020-03, before its onset"),
        ("diagnoses:\n  - {name: measles, onset: 2020-06, resolved: 2020-03}", "resolved 2020-03, before its onset"),
        ("diagnoses:\n  - {name: measles, diagnosed: discharge, resolved: admission}", "before it was diagnosed"),
        (
            "treatments:\n  - {drug: aspirin, from: discharge}\ncourse:\n  - {what: better, at: onset, after: aspirin}",
            "'better' is dated onset (onset is 2019-10), before 'aspirin' was begun",
        ),
        (
            "treatments:\n  - {drug: aspirin, at: 2020}\nadverse-events:\n  - {name: rash, from: 2019, of: aspirin}",
            "'rash' is dated 2019, before 'aspirin' was begun (2020)",
        ),
        (
            "treatments:\n  - {drug: aspirin, at: 2020}\n  - {drug: ibuprofen, from: 2019, replaces: aspirin}",
            "'ibuprofen' is dated 2019, before 'aspirin' was begun (2020)",
        ),
        (
            "treatments:\n  - {drug: aspirin, at: 2020}\n  - {drug: aspirin, at: 2021}\n"
            "adverse-events:\n  - {name: rash, at: 2019, of: aspirin}",
            "'rash' is dated 2019, before 'aspirin' was begun (2020)",
        ),
    ],
)
def test_out_of_order(record: str, told: str) -> None:
    assert told in alarms(EVENTS, record)["timeline.out-of-order"]


@pytest.mark.parametrize(
    "record",
    [
        "diagnoses:\n  - {name: measles, onset: 2020-06, diagnosed: 2020}",
        "diagnoses:\n  - {name: measles, onset: about 2020-06, diagnosed: 2020-03}",
        "diagnoses:\n  - {name: measles, onset: age 4 years, diagnosed: 2020-03, resolved: unknown}",
        "diagnoses:\n  - {name: measles, onset: undated, diagnosed: onset}",
        "treatments:\n  - {drug: aspirin, at: admission}\ncourse:\n  - {what: better, at: admission, after: aspirin}",
        "treatments:\n  - {drug: aspirin, from: 2020-06}\ncourse:\n  - {what: better, from: 2020, after: aspirin}",
        # which of the two courses was meant is not known
        "treatments:\n  - {drug: aspirin, at: 2018}\n  - {drug: aspirin, at: 2021}\n"
        "course:\n  - {what: better, at: 2020, after: aspirin}",
        "treatments:\n  - {drug: aspirin}\n  - {drug: ibuprofen, from: 2019, replaces: aspirin}",
    ],
)
def test_in_order_as_far_as_one_can_tell(record: str) -> None:
    assert alarms(EVENTS, record) == {}


def table(*dates: str) -> str:
    lines = "".join(f"      {date} {number}\n" for number, date in enumerate(dates, start=1))
    return f"tables:\n  - name: inflammation\n    rows: |\n      date CRP[mg/L]\n{lines}"


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (("2020-06", "2020-07", "2019-08", "2020-09"), "2019-08 follows 2020-07"),
        (("2021", "2020", "2020-06-15", "2019", "2018", "2022"), "2022 follows 2018"),
        (("onset", "discharge", "admission", "2021"), "admission follows discharge"),
    ],
)
def test_lines_of_a_table_out_of_order(dates: tuple[str, ...], told: str) -> None:
    assert told in alarms(EVENTS, table(*dates))["timeline.lines-out-of-order"]


@pytest.mark.parametrize(
    "dates",
    [
        ("2020-06", "2020-07", "2020-08"),
        ("2022", "2021", "2020-06-15"),
        ("2020", "2020-06-15", "2020-07", "2021"),
        ("2020",),
        ("2021", "2020"),
        ("onset", "undated", "admission", "discharge"),
    ],
)
def test_lines_of_a_table_in_an_order(dates: tuple[str, ...]) -> None:
    assert alarms(EVENTS, table(*dates)) == {}


@pytest.mark.parametrize(
    ("published", "moment", "is_late"),
    [
        ("2022-04-25", "2022-04-26", True),
        ("2022-04-25", "2022-05", True),
        ("2022", "2023", True),
        ("2022-04", "2020-01..2023-01", True),
        ("2022-04-25", "2022-04-25", False),
        ("2022-04-25", "2022-04", False),
        ("2022-04-25", "2022", False),
        ("2022", "2022-12-31", False),
        ("2022", "about 2023", False),
        ("2022", "discharge", False),
    ],
)
def test_after_publication(published: str, moment: str, is_late: bool) -> None:
    article = HEAD.replace("case}", f"case, published: {published}}}")
    told = alarms(EVENTS, f"findings:\n  - {{name: fever, at: {moment}}}", article=article)

    assert set(told) == ({"timeline.after-publication"} if is_late else set())


def test_a_late_event_is_reported_where_it_is_dated() -> None:
    article = HEAD.replace("case}", "case, published: 2020-01}")
    told = alarms(EVENTS, "findings:\n  - {name: fever, at: admission}", article=article)

    assert told == {
        "timeline.after-publication": "'admission': 2020-06-15 is after the article was published (2020-01)"
    }


@pytest.mark.parametrize(
    ("first_day", "moment", "is_asked"),
    [
        ("", "day 5 of visit", True),
        ("", "day 5 of visit + 2 days", True),
        (", first-day: 0", "day 5 of visit", False),
        (", first-day: 1", "day 5 of visit", False),
        ("", "visit + 5 days", False),
    ],
)
def test_a_numbered_day_needs_a_first_one(first_day: str, moment: str, is_asked: bool) -> None:
    told = alarms(f"events:\n  visit: {{date: 2020-06-15{first_day}}}\nfindings:\n  - {{name: fever, at: {moment}}}")

    assert set(told) == ({"timeline.uncounted-day"} if is_asked else set())
