"""All moments of a case together: what follows from them is true, sharp where it can be, and clashes are shown."""

from datetime import date

import pytest
from hypothesis import given, settings
from tests.chronology.histories import History, histories

from casefhir.chronology import Chronology, chronology
from casefhir.model.days import Interval
from casefhir.model.when import when
from casefhir.pipeline import Loaded, load


def solved(text: str) -> Chronology:
    return of(load(text.encode()))


def of(loaded: Loaded) -> Chronology:
    assert loaded.chart is not None, loaded.issues
    return loaded.chart.once(chronology)


def holds(interval: Interval, day: date) -> bool:
    earliest, latest = interval
    return (earliest is None or earliest <= day) and (latest is None or day <= latest)


@pytest.mark.long
@settings(max_examples=400, deadline=None)
@given(histories())
def test_what_is_solved_from_a_true_history_holds_its_days(history: History) -> None:
    loaded = load(history.text.encode())
    found = of(loaded)

    assert found.clashes == [], history.text
    assert holds(found.birth, history.born)
    for moment in history.moments:
        start, end = found.event(moment.name)
        assert holds(start, moment.start), (moment, start, history.text)
        assert holds(end, moment.end), (moment, end, history.text)
        least, most = found.reach(found.statements.birth).of(found.statements.start[moment.name])
        days = (moment.start - history.born).days
        assert least is None or least <= days, moment
        assert most is None or days <= most, moment


HEAD = "casefhir: 1\nid: c\narticle: {title: T}\npatient: {sex: female}\n"


def case(body: str, *, patient: str = "{sex: female}", published: str | None = None) -> Loaded:
    article = f"{{title: T, published: {published}}}" if published else "{title: T}"
    return load(f"casefhir: 1\nid: c\narticle: {article}\npatient: {patient}\n{body}\n".encode())


DATED = (
    "events:\n  admission: {date: 2020-06-15, to: 2020-06-25, first-day: 1}\n  surgery: {date: admission + 2 days}\n"
    "  flare: {date: 2020-06-15..2020-06-25}\n"
)


@pytest.mark.parametrize(
    ("written", "solved"),
    [
        ("2020-06-15 + 6 weeks", "2020-07-21..2020-08-02"),
        ("2020-06-15 + 3 months", "2020-08-16..2020-10-14"),
        ("2020-06-30 + 2 months", "2020-07-31..2020-09-29"),
        ("2020-06 + 3 months", "2020-08-02..2020-10-29"),
        ("2020-01-31 + 1 month", "2020-02-01..2020-03-30"),
        ("2020-06-15 - 3 months", "2020-02-16..2020-04-14"),
        ("2020-06-15 + 2 years", "2021-06-16..2023-06-14"),
        ("2020-06-15 + about 2 weeks", "2020-06-15.."),
        ("2020-06-15 + > 2 weeks", "2020-06-29.."),
        ("within 3 days after 2020-06-15", "2020-06-15..2020-06-18"),
        ("within 2 months of 2020-06-15", "2020-04-12..2020-08-18"),
        ("admission", "2020-06-15..2020-06-15"),
        ("surgery", "2020-06-17..2020-06-17"),
        ("flare", "2020-06-15..2020-06-25"),
        ("flare + 2 days", "2020-06-17..2020-06-27"),
        ("within 1 week before admission", "2020-06-08..2020-06-15"),
        ("day 5 of admission", "2020-06-19..2020-06-19"),
        ("day -1 of admission", "2020-06-14..2020-06-14"),
        ("before 2020-06", "..2020-05-31"),
        ("before admission", "..2020-06-15"),
        ("before flare", "..2020-06-25"),
        ("after 2020-06", "2020-07-01.."),
        ("by 2020-06", "..2020-06-30"),
        ("after surgery", "2020-06-17.."),
        ("2020-06 or 2020-08", "2020-06-01..2020-08-31"),
        ("2020-06 or surgery", ".."),
        ("about 2020", ".."),
        ("unknown", ".."),
        ("age 5 years", ".."),
        ("2020-06-15 + 9999 years", ".."),
        ("2020-06..2020-08", "2020-06-01..2020-08-31"),
    ],
)
def test_the_days_of_a_moment(written: str, solved: str) -> None:
    earliest, latest = of(case(DATED)).interval(when(written))

    assert f"{earliest or ''}..{latest or ''}" == solved


@pytest.mark.parametrize(
    ("patient", "body", "birth"),
    [
        ("age: 4 years, at: admission", "events: {admission: {date: 2020-06-15}}", "2015-06-16..2016-06-15"),
        ("age: 4 years, at: admission", "events: {admission: {date: 2020-06}}", "2015-06-02..2016-06-30"),
        ("age: 66 years, at: admission", "events: {admission: {date: 2012-09}}", "1945-09-02..1946-09-30"),
        ("age: 6 months, at: admission", "events: {admission: {date: 2020-03-31}}", "2019-09-01..2019-09-30"),
        ("age: about 4 years, at: admission", "events: {admission: {date: 2020-06}}", "..2020-06-30"),
        ("age: 4 years", "events: {admission: {date: 2020-06}}", ".."),
        (
            "age: 4 years, at: admission",
            "events: {admission: {date: 2020-06-15}, onset: {date: age 3 years}, visit: {date: 2019-03-02}}\n"
            "diagnoses: [{name: measles, onset: onset, diagnosed: visit}]",
            "2015-06-16..2016-03-02",
        ),
    ],
)
def test_the_birth_is_as_narrow_as_the_ages_allow(patient: str, body: str, birth: str) -> None:
    earliest, latest = of(case(body, patient=f"{{sex: male, {patient}}}")).birth

    assert f"{earliest or ''}..{latest or ''}" == birth


AGED = "{sex: female, age: 4 years, at: admission}"


@pytest.mark.parametrize(
    ("patient", "body", "chain"),
    [
        (
            "{sex: male}",
            "treatments:\n  - {drug: aspirin, from: age 4 years, to: age 3 years}",
            "'aspirin' lasts from age 4 years to age 3 years (line 6)",
        ),
        (
            AGED,
            "events: {admission: {date: 2020-06}}\nbirth: {at: 2012-03, order: first}",
            "the birth is 2012-03 (line 6); the patient is 4 years at admission, so admission is 2017-03-30 at the"
            " latest (line 4); but admission is 2020-06 (line 5)",
        ),
        (
            AGED,
            "events:\n  admission: {}\n  onset: {date: age 5 years}\n"
            "diagnoses:\n  - {name: measles, onset: onset, diagnosed: admission}",
            "the patient is 4 years at admission (line 4); 'measles' is diagnosed admission, and not before its onset"
            " (onset) (line 9); but onset is age 5 years (line 7)",
        ),
        (
            "{sex: male}",
            "events:\n  a: {}\n  b: {date: a + 3 weeks}\n"
            "findings:\n  - {name: fever, from: a, to: b, duration: 2 months}",
            "b is a + 3 weeks (line 7); but 'fever' has the duration 2 months (line 9)",
        ),
        (
            "{sex: male}",
            "events:\n  birth: {date: 2020-06-01}\n  scan: {date: 30 weeks gestation}\n  visit: {date: 2020-06-20}\n"
            "birth: {at: birth, gestation: 36 weeks}\n"
            "findings:\n  - {name: cyst, from: visit, to: scan}",
            "birth is 2020-06-01 (line 6); the birth is birth, so the birth is 2020-06-01 at the latest (line 9);"
            " the birth is at 36 weeks, so the beginning of"
            " the pregnancy is 2019-09-23 at the latest (line 9); scan is 30 weeks gestation, so scan is 2020-04-26 at"
            " the latest (line 7); 'cyst' lasts from visit to scan, so visit is 2020-04-26 at the latest (line 11); but"
            " visit is 2020-06-20 (line 8)",
        ),
    ],
)
def test_what_clashes_is_told_as_a_chain(patient: str, body: str, chain: str) -> None:
    told = [issue for issue in case(body, patient=patient).issues if issue.rule == "timeline.clash"]

    assert [issue.message.partition(" true: ")[2] for issue in told] == [chain]


def test_each_of_several_clashes_is_told() -> None:
    body = "events:\n  admission: {date: 2020-06}\n  review: {date: admission + 3 years}\n  onset: {date: age 9 years}"
    harm = "\ndiagnoses:\n  - {name: measles, onset: onset, diagnosed: admission}"
    found = of(case(body + harm, patient=AGED, published="2021"))

    assert [len(chain) for chain in found.clashes] == [3, 3]


def test_what_clashes_is_left_out_but_for_printed_dates() -> None:
    found = of(case("events: {admission: {date: 2020-06}}\nbirth: {at: 2012-03, order: first}", patient=AGED))

    assert found.event("admission")[0] == (date(2020, 6, 1), date(2020, 6, 30))
    assert found.birth == (date(2012, 3, 1), date(2012, 3, 31))


def test_publication_bounds_nothing() -> None:
    found = of(case("events: {admission: {date: 2020-06}, review: {date: after admission}}", published="2021"))

    assert found.event("review")[0] == (date(2020, 6, 1), None)


@pytest.mark.parametrize("doubted", ["patient", "events/admission", "birth"])
def test_a_clash_is_acknowledged_at_any_of_its_statements(doubted: str) -> None:
    body = "events: {admission: {date: 2020-06}}\nbirth: {id: birth, at: 2012-03, order: first}\n"
    doubt = f"doubts: [{{about: {doubted}, says: the article prints both, rule: timeline.clash}}]"

    assert [i.rule for i in case(body + doubt, patient=AGED).issues if i.severity == "warning"] == []
