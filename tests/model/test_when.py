"""The date grammar: what is read, what is refused, and what is offered instead."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefhir.model.calendar import Calendar
from casefhir.model.grammar import GrammarError
from casefhir.model.when import (
    MAX_LENGTH,
    RESERVED,
    About,
    At,
    AtAge,
    Bound,
    DayOf,
    Either,
    Offset,
    Span,
    Unknown,
    When,
    Within,
    event_name,
    events_named,
    parts,
    when,
)


def outline(w: When) -> str:
    """A When as one nested term, for comparing shapes without texts."""
    match w:
        case Calendar(_, year, month, day):
            return "/".join(str(part) for part in (year, month, day) if part)
        case At(_, event):
            return event
        case Offset(_, anchor, sign, length, _):
            limit = f"{length.comparator} " if length.comparator else ""
            return f"({outline(anchor)} {'+' if sign > 0 else '-'} {limit}{length.value} {length.unit})"
        case Bound(_, kind, anchor):
            return f"{kind}[{outline(anchor)}]"
        case Within(_, length, anchor):
            return f"within {length.value} {length.unit}[{outline(anchor)}]"
        case About(_, anchor):
            return f"about[{outline(anchor)}]"
        case Span(_, start, end):
            return f"<{outline(start)} .. {outline(end)}>"
        case Either(_, first, second):
            return f"{{{outline(first)} | {outline(second)}}}"
        case DayOf(_, number, event):
            return f"day {number}[{event}]"
        case AtAge(_, age):
            return f"age[{age.text}]"
        case Unknown():
            return "?"


@pytest.mark.parametrize(
    ("written", "shape"),
    [
        ("2021", "2021"),
        ("2021-01", "2021/1"),
        ("2021-01-09", "2021/1/9"),
        ("2020-02-29", "2020/2/29"),
        (" 2021 ", "2021"),
        ("admission", "admission"),
        ("follow-up-1", "follow-up-1"),
        ("admission + 6 weeks", "(admission + 6 wk)"),
        ("admission - 3 months", "(admission - 3 mo)"),
        ("day-2 - 1 day", "(day-2 - 1 d)"),
        ("2020-06 + 1 day", "(2020/6 + 1 d)"),
        ("6 weeks after admission", "(admission + 6 wk)"),
        ("one week before 2021-01", "(2021/1 - 1 wk)"),
        ("about 2 days before day 5 of surgery", "(day 5[surgery] - 2 d)"),
        ("more than 2 days after admission", "(admission + > 2 d)"),
        ("2 weeks after 1 year after onset", "((onset + 1 a) + 2 wk)"),
        ("before 2 days after admission", "before[(admission + 2 d)]"),
        ("2 weeks before admission..3 days after admission", "<(admission - 2 wk) .. (admission + 3 d)>"),
        ("onset + 1 year - 2 weeks", "((onset + 1 a) - 2 wk)"),
        ("age 6 months + 2 weeks", "(age[6 months] + 2 wk)"),
        ("36 weeks gestation + 2 days", "(age[36 weeks gestation] + 2 d)"),
        ("day 5 of surgery + 4 h", "(day 5[surgery] + 4 h)"),
        ("about 2020-06", "about[2020/6]"),
        ("about admission + 3 months", "about[(admission + 3 mo)]"),
        ("before 2020-06", "before[2020/6]"),
        ("after admission", "after[admission]"),
        ("by admission + 2 days", "by[(admission + 2 d)]"),
        ("before about 2020", "before[about[2020]]"),
        ("within 2 days of admission", "within 2 d[admission]"),
        ("within 2 days of day 5 of surgery", "within 2 d[day 5[surgery]]"),
        ("within 3 days after admission", "(admission + <= 3 d)"),
        ("within 3 days before 2020-06", "(2020/6 - <= 3 d)"),
        ("within 2-3 days after admission", "(admission + <= 2 d)"),
        ("within less than 3 days after day 5 of surgery", "(day 5[surgery] + < 3 d)"),
        ("within 3 days after admission + 2 weeks", "((admission + 2 wk) + <= 3 d)"),
        (
            "within 1 week before admission..within 3 days after surgery",
            "<(admission - <= 1 wk) .. (surgery + <= 3 d)>",
        ),
        ("2020-06..2020-08", "<2020/6 .. 2020/8>"),
        ("2020-06 .. 2020-08", "<2020/6 .. 2020/8>"),
        ("2020-06..admission + 2 weeks", "<2020/6 .. (admission + 2 wk)>"),
        ("onset + 3 months..admission", "<(onset + 3 mo) .. admission>"),
        ("about 2020..before 2021-03", "<about[2020] .. before[2021/3]>"),
        ("admission..unknown", "<admission .. ?>"),
        ("2020-06 or 2020-08", "{2020/6 | 2020/8}"),
        ("2019 or about 2020 or onset", "{2019 | {about[2020] | onset}}"),
        ("onset..2020 or 2021", "<onset .. {2020 | 2021}>"),
        ("day 5 of surgery", "day 5[surgery]"),
        ("day 0 of surgery", "day 0[surgery]"),
        ("day -2 of transplant", "day -2[transplant]"),
        ("age 6 months", "age[6 months]"),
        ("age 4 y 2 mo", "age[4 y 2 mo]"),
        ("36 weeks gestation", "age[36 weeks gestation]"),
        ("34+5 weeks gestation", "age[34+5 weeks gestation]"),
        ("unknown", "?"),
    ],
)
def test_written_dates_have_this_shape(written: str, shape: str) -> None:
    assert outline(when(written)) == shape


def test_an_approximate_distance_is_kept_as_such() -> None:
    offset = when("admission + about 6 weeks")

    assert isinstance(offset, Offset)
    assert offset.approximate


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2021-13", '"2021-13" has no month 13; write 2021-01 to 2021-12, or 2021'),
        ("2021-25-03", '"2021-25-03" has no month 25; write 2021-03-25'),
        (
            "2021-02-30",
            '"2021-02-30" is not a day of the calendar; write 2021-02 if the day is not known',
        ),
        ("3021", '"3021" is not a date of a case report; years go from 1800 to 2100'),
        ("01/02/2021", '"01/02/2021" has two readings; write 2021-02-01 or 2021-01-02'),
        ("1.2.2021", '"1.2.2021" has two readings; write 2021-02-01 or 2021-01-02'),
        ("2020..2021..2022", '"2020..2021..2022" has more than two ends; write the first and the last: A..B'),
        (
            "day 5",
            '"day 5" of which event? write day 5 of EVENT, and in events → EVENT first-day: 0 or 1, '
            "as the article counts, or unknown if it does not say",
        ),
        (
            "POD 5",
            '"POD 5" of which event? write day 5 of EVENT, and in events → EVENT first-day: 0 or 1, '
            "as the article counts, or unknown if it does not say",
        ),
        ("day 5 of day", '"day" is a word of the date grammar; write day-1 or another name'),
        (
            "day 5 of 2021",
            '"2021" cannot name an event: a-z first, then a-z, 0-9 and hyphens',
        ),
        (
            "about before 2020",
            '"before 2020" cannot stand inside another date; write it alone, or name an event with this date',
        ),
        (
            "about unknown",
            '"unknown" stands alone, or ends a stretch of time; write unknown or admission..unknown',
        ),
        (
            "age",
            '"age" alone is no date, but a word of the date grammar; write it with a date or an event',
        ),
        ("2020..", "a date or an event is missing here"),
        ("about", "a date or an event is missing here"),
        ("", "a date or an event is missing here"),
        ("admission + 100000 years", '"100000 years" is too far away; write at most 9999 of a unit'),
        (
            "first visit",
            '"first visit" is not a date; write 2021, 2021-01, 2021-01-09, EVENT or EVENT + 6 weeks; '
            "if it is an event, write first-visit, and name it below 'events:'",
        ),
        ("???", '"???" is not a date; write 2021, 2021-01, 2021-01-09, EVENT or EVENT + 6 weeks'),
        ("visit + several months", '"several months" has no number; write after visit, and the words as a note'),
        ("visit - a few days", '"a few days" has no number; write before visit, and the words as a note'),
        ("some weeks before visit", '"some weeks" has no number; write before visit, and the words as a note'),
        ("within a few days after visit", '"a few days" has no number; write after visit, and the words as a note'),
        ("within several days of visit", '"several days" has no number; write about visit, and the words as a note'),
        (
            "within 2 days",
            '"within 2 days" is not a date; write within 2 days after EVENT, or within 2 days of EVENT for either side',
        ),
        ("several months later", '"several months" has no number; write after EVENT, and the words as a note'),
        ("mid-March 2020", '"mid-March 2020" is not a date; write mid 2020-03'),
        ("mid 2020-13", '"2020-13" has no month 13; write 2020-01 to 2020-12, or 2020'),
        (
            "March to May 2020",
            '"March to May 2020" is not a date; write 2021, 2021-01, 2021-01-09, EVENT or EVENT + 6 weeks',
        ),
    ],
)
def test_what_is_refused_says_why(written: str, message: str) -> None:
    with pytest.raises(GrammarError) as refused:
        when(written)

    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("written", "offer"),
    [
        ("Jan 2021", "2021-01"),
        ("Jan. 2021", "2021-01"),
        ("January 9th, 2021", "2021-01-09"),
        ("9 Jan 2021", "2021-01-09"),
        ("09-Jan-2021", "2021-01-09"),
        ("2021-1-9", "2021-01-09"),
        ("2021-1", "2021-01"),
        ("2021/01/09", "2021-01-09"),
        ("20210109", "2021-01-09"),
        ("13/02/2021", "2021-02-13"),
        ("02/13/2021", "2021-02-13"),
        ("2021-01-09T10:30", "2021-01-09"),
        ("Admission", "admission"),
        ("the admission", "admission"),
        ("admission+6 weeks", "admission + 6 weeks"),
        ("admission +6 weeks", "admission + 6 weeks"),
        ("admission-3 months", "admission - 3 months"),
        ("admission − 3 months", "admission - 3 months"),
        ("admission\u00a0+ 3 months", "admission + 3 months"),
        ("about 2 weeks prior to admission", "admission - about 2 weeks"),
        ("about 3 years old", "age about 3 years"),
        ("the day before admission", "admission - 1 day"),
        ("day after surgery", "surgery + 1 day"),
        ("2 weeks later", "EVENT + 2 weeks"),
        ("3 days ago", "EVENT - 3 days"),
        ("6 weeks", "age 6 weeks, or 6 weeks after EVENT"),
        ("3/2020", "2020-03"),
        ("third day of admission", "day 3 of admission"),
        ("on the third hospital day of admission", "day 3 of admission"),
        ("at the age of 3", "age 3 years"),
        ("2020-06 to 2020-08", "2020-06..2020-08"),
        ("2020-06 - 2020-08", "2020-06..2020-08"),
        ("2020-06–2020-08", "2020-06..2020-08"),
        ("2020...2021", "2020..2021"),
        ("from Jan 2021 to March 2021", "2021-01..2021-03"),
        ("circa 2020", "about 2020"),
        ("~2020", "about 2020"),
        ("< 2020", "before 2020"),
        ("until admission", "by admission"),
        ("Early 2020", "early 2020"),
        ("in mid-January 2019", "mid 2019-01"),
        ("at the end of January 2019", "late 2019-01"),
        ("the beginning of 2019", "early 2019"),
        ("within 2 days from admission", "within 2 days after admission"),
        ("within the first 2 days following admission", "within 2 days after admission"),
        ("within the first 2 days of admission", "within 2 days after admission"),
        ("within 2 days prior to admission", "within 2 days before admission"),
        ("Within 2 days of Admission", "within 2 days of admission"),
        ("first 2 days after admission", "within 2 days after admission"),
        ("day 5 after surgery", "day 5 of surgery"),
        ("GA 36 weeks", "36 weeks gestation"),
        ("3 years old", "age 3 years"),
    ],
)
def test_what_is_refused_comes_with_the_right_form(written: str, offer: str) -> None:
    with pytest.raises(GrammarError) as refused:
        when(written)

    assert str(refused.value) == f'"{written}" is not a date; write {offer}'


@pytest.mark.parametrize(
    ("written", "offset"),
    [
        ("Jan 2021", 0),
        (" Jan 2021", 1),
        ("about Jan 2021", 6),
        ("before about Jan 2021", 13),
        ("2020 or Jan 2021", 8),
        ("2020..2021-13", 6),
        ("2020 ..  2021-13", 9),
        ("6 weeks after 2021-13", 14),
        ("within 2 days of 2021-13", 17),
        ("within 2 days after 2021-13", 20),
        ("2021-13 + 2 days", 0),
        ("admission + 2 days + 10000 days", 21),
        ("day 5 of of", 9),
    ],
)
def test_the_place_of_the_trouble_is_told(written: str, offset: int) -> None:
    with pytest.raises(GrammarError) as refused:
        when(written)

    assert refused.value.offset == offset


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(GrammarError, match="too long"):
        when("admission" + " + 1 day" * MAX_LENGTH)


@pytest.mark.parametrize("name", ["admission", "follow-up-1", "day-2", "a", "age-6"])
def test_event_names(name: str) -> None:
    assert event_name(name) == name
    assert when(name) == At(name, name)


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_words_of_the_grammar_are_no_event_names(name: str) -> None:
    with pytest.raises(GrammarError, match="word of the date grammar"):
        event_name(name)


@pytest.mark.parametrize(
    ("name", "offer"), [("Follow up 1", "follow-up-1"), ("first_visit", "first-visit"), ("1st visit", "")]
)
def test_other_event_names_are_refused(name: str, offer: str) -> None:
    with pytest.raises(GrammarError) as refused:
        event_name(name)

    assert str(refused.value).endswith(f"; write {offer}" if offer else "and hyphens")


def test_the_events_named_come_in_the_order_written() -> None:
    w = when("within 2 days of onset..day 5 of surgery or admission + 2 days or onset")

    assert list(events_named(w)) == ["onset", "surgery", "admission", "onset"]


PIECES = st.sampled_from(
    [
        *(
            *sorted(RESERVED),
            *" +-./…–",
            "..",
            " + ",
            " - ",
            " or ",
            " of ",
            "2021",
            "-01",
            "-13",
            "/02/",
            "Jan",
        ),
        *(
            "admission",
            "2 days",
            "6 weeks",
            "36 weeks",
            "age 3 years",
            "10000 a",
            "day 5",
            "ſep 2021",
            "EVENT",
        ),
    ]
)


def read(text: str) -> When | GrammarError:
    try:
        return when(text)
    except GrammarError as refused:
        return refused


@settings(derandomize=True, deadline=None, database=None)
@given(st.text() | st.lists(PIECES, max_size=9).map("".join) | st.lists(PIECES, max_size=9).map(" ".join))
def test_any_text_is_read_or_refused_with_a_place_inside_it(text: str) -> None:
    found = read(text)

    if isinstance(found, GrammarError):
        assert str(found)
        assert 0 <= found.offset <= len(text)
    else:
        assert found.text == text.strip()


@settings(derandomize=True, deadline=None, database=None)
@given(st.lists(PIECES, max_size=9).map(" ".join))
def test_each_part_of_a_date_reads_the_same_alone(text: str) -> None:
    """A message may quote a part, and the author may write just that."""
    found = read(text)

    assert isinstance(found, GrammarError) or all(
        isinstance(part, Unknown) or when(part.text) == part for part in parts(found)
    )


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "week 8 of admission",
            "write admission + 7-8 weeks if it counts from 1, admission + 8 weeks if so long was over; "
            "the words go into quote: or note:",
        ),
        (
            "in month 4",
            "write EVENT + 3-4 months if it counts from 1, EVENT + 4 months if so long was over; "
            "the words go into quote: or note:",
        ),
        ("the autumn of 2020", "write 2020, and the words as quote: or note:"),
        ("winter 2020", "write 2020, or 2020..2021, and the words as quote: or note:"),
        ("Christmas 2020", "write about 2020-12-25"),
    ],
)
def test_weeks_and_seasons_are_answered_with_what_is_surely_true(written: str, told: str) -> None:
    with pytest.raises(GrammarError) as refused:
        when(written)

    assert str(refused.value).endswith(told)
