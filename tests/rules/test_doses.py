"""How many doses fit a time: both ends count, and one dose more or less is let pass."""

import pytest
from tests.rules.written import alarms, issues


def treated(dose: str, time: str) -> dict[str, str]:
    return alarms(
        "events: {start: {date: 2020-06-01}, undated: {}}",
        f"treatments:\n  - {{drug: tocilizumab, dose: 8 mg/kg {dose} IV, {time}}}",
    )


@pytest.mark.parametrize(
    ("dose", "time", "fitting"),
    [
        # 12 weeks to the day: 6 doses, or 7 with the one of the last day; one more or less passes
        ("every 2 weeks 4 doses", "from: 2020-06-01, to: 2020-08-24", "6 to 7"),
        ("every 2 weeks 9 doses", "from: 2020-06-01, to: 2020-08-24", "6 to 7"),
        ("every 2 weeks 9 doses", "from: start, to: start + 12 weeks", "6 to 7"),
        ("every 2 weeks 9 doses", "at: 2020-06-01..2020-08-24", "6 to 7"),
        ("every 2 weeks 20 doses", "from: 2020-06, to: 2020-09", "4 to 9"),
        ("TID 17 doses", "from: 2020-06-01, to: 2020-06-05", "12 to 15"),
        ("BID 2 doses", "from: 2020-06-01, to: 2020-06-05", "8 to 10"),
        ("daily 60 doses for 5 days", "at: start", "5"),
        ("every 4-6 hours 20 doses", "from: 2020-06-01, to: 2020-06-02", "4 to 12"),
        ("2-3 times a day 40 doses", "from: 2020-06-01, to: 2020-06-10", "18 to 30"),
        ("every 2 weeks 8-10 doses for 2 months", "at: start", "4 to 5"),
    ],
)
def test_count_does_not_fit(dose: str, time: str, fitting: str) -> None:
    assert treated(dose, time)["doses.count-against-period"].endswith(f": {fitting} would")


@pytest.mark.parametrize(
    ("dose", "time"),
    [
        *((f"every 2 weeks {count} doses", "from: 2020-06-01, to: 2020-08-24") for count in (5, 6, 7, 8)),
        *((f"every 2 weeks {count} doses", "from: 2020-06, to: 2020-09") for count in (3, 6, 10)),
        *((f"TID {count} doses", "from: 2020-06-01, to: 2020-06-05") for count in (11, 15, 16)),
        *((f"daily {count} doses for 5 days", "at: start") for count in (4, 5, 6)),
        ("every 4-6 hours 4 doses", "from: 2020-06-01, to: 2020-06-02"),
        ("every 4-6 hours 12 doses", "from: 2020-06-01, to: 2020-06-02"),
        ("every 2 weeks 4-20 doses", "from: 2020-06-01, to: 2020-08-24"),
        ("every 30 minutes 96 doses", "from: 2020-06-01, to: 2020-06-02"),
        ("monthly 6 doses for 6 months", "at: start"),
        ("monthly 12 doses for about 6 months", "at: start"),
        # a time that nobody knows
        ("every 2 weeks 20 doses", "from: 2020-06-01"),
        ("every 2 weeks 20 doses", "from: 2020-06-01, to: unknown"),
        ("every 2 weeks 20 doses", "from: undated, to: 2020-08-24"),
        ("every 2 weeks 20 doses", "from: 2020-06-01, to: about 2020-08"),
        # nothing to compare
        ("20 doses", "from: 2020-06-01, to: 2020-06-02"),
        ("every 2 weeks", "from: 2020-06-01, to: 2020-06-02"),
    ],
)
def test_count_fits(dose: str, time: str) -> None:
    assert treated(dose, time) == {}


def courses(dose: str, time: str) -> list[str]:
    events = (
        "events: {start: {date: 2020-06-01}, undated: {}, visit: {date: start..stay}, "
        "stay: {date: 2020-06-01, to: 2020-06-09}}"
    )
    found = issues(events, f"treatments:\n  - {{drug: cetirizine, dose: {dose}, {time}}}")
    assert {issue.severity for issue in found} <= {"information"}
    return [issue.message for issue in found if issue.rule == "doses.course-at-a-moment"]


@pytest.mark.parametrize(
    ("dose", "offer"),
    [
        ("5 mg once daily", "write from: start in place of at, or 1 dose"),
        ("5 mg every 8 hours PO", "write from: start in place of at, or 1 dose"),
        ("5 mg daily for 3 days", "write from: start in place of at"),
        ("20 mg/day PO", "write from: start in place of at, or the amount of that dose alone"),
        ("20 mg a day for 3 days", "write from: start in place of at"),
    ],
)
def test_a_course_at_one_moment(dose: str, offer: str) -> None:
    assert courses(dose, "at: start") == [
        f"'{dose}' of 'cetirizine' is a course, and 'at' is for a single dose; {offer}"
    ]


def test_a_course_at_an_event_without_a_date() -> None:
    assert len(courses("5 mg once daily", "at: undated")) == 1


@pytest.mark.parametrize(
    ("dose", "time"),
    [
        ("5 mg once daily", "from: start"),
        ("5 mg once daily", "at: start..stay"),
        ("5 mg once daily", "at: stay"),
        ("5 mg once daily", "at: visit"),
        ("5 mg once daily", "at: 2020-06"),
        ("5 mg once", "at: start"),
        ("5 mg daily 3 doses", "at: start"),
        ("5 mg", "at: start"),
        ("30 mg/kg/day in 3 doses", "at: start"),
        ("5 mL/h IV", "at: start"),
    ],
)
def test_no_course_or_no_moment(dose: str, time: str) -> None:
    assert courses(dose, time) == []
