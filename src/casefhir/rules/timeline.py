"""Moments that cannot follow each other as they are written."""

from collections.abc import Iterator
from itertools import pairwise

from casefhir.chart import Chart
from casefhir.model.calendar import Calendar
from casefhir.model.procedure import Procedure
from casefhir.model.treatment import Treatment
from casefhir.model.when import Span, Unknown, When
from casefhir.rules.records import timed
from casefhir.rules.rule import Remarks
from casefhir.source import Path


def ends_before_start(chart: Chart) -> Remarks:
    """
    A stretch of time ends before it starts, however its dates are read.

    Why: FHIR refuses such a Period, and every duration worked out from it is negative.
    Bad:  {drug: methotrexate, from: 2020-06, to: 2020-03}
    Good: {drug: methotrexate, from: 2020-03, to: 2020-06}
    Source: https://hl7.org/fhir/R4/datatypes.html#Period (per-1)
    """
    for path, start, end in _stretches(chart):
        if chart.timeline.certainly_before(end, start):
            yield path, f"ends {_told(chart, end)}, before it starts: {_told(chart, start)}"


def _stretches(chart: Chart) -> Iterator[tuple[Path, When, When]]:
    for path, record in timed(chart):
        if record.from_ and record.to:
            yield (*path, "to"), record.from_, record.to
    for i, treatment in enumerate(chart.case.treatments):
        for n, gap in enumerate(treatment.interrupted):
            if gap.from_ and gap.to:
                yield ("treatments", i, "interrupted", n, "to"), gap.from_, gap.to
    for name, event in chart.case.events.items():
        if event.date and event.to:
            yield ("events", name, "to"), event.date, event.to
    for when, paths in chart.moments.items():
        if isinstance(when, Span):
            yield from ((path, when.start, when.end) for path in paths)


def _told(chart: Chart, when: When) -> str:
    return chart.timeline.explain(when)


def uncounted_day(chart: Chart) -> Remarks:
    """
    A day is counted from an event that does not say whether its first day is day 0 or day 1.

    Why: reports count in both ways, and the date would be wrong by one.
    Bad:  events: {surgery: {date: 2020-06-15}} with at: day 5 of surgery
    Good: events: {surgery: {date: 2020-06-15, first-day: 0}}
    """
    for when, paths in chart.moments.items():
        for name in chart.timeline.uncounted(when):
            told = f"{when.text!r}: does the report count {name!r} as day 0 or day 1?"
            for path in paths:
                yield path, f"{told} write 'first-day: 0' or 'first-day: 1' in events → {name}"


def unknown_moment(chart: Chart) -> Remarks:
    """
    A moment is `unknown`, where leaving it out says the same.

    Why: only `to: unknown` says something: that it ended, and nobody knows when.
    Bad:  at: unknown
    Good: no `at:` at all
    """
    for path in chart.moments.get(Unknown("unknown"), ()):
        if path[-1] not in ("to", "resolved", "deceased"):
            yield path, f"only 'to', 'resolved' and 'deceased' can be 'unknown'; leave {path[-1]!r} out"


def out_of_order(chart: Chart) -> Remarks:
    """
    Two moments of one disease, or of a treatment and what follows it, are in an order that cannot be.

    Why: one of the two is probably misprinted, or was copied wrongly.
    Bad:  {name: measles, onset: 2020-06, diagnosed: 2020-03}
    Good: {name: measles, onset: 2020-03, diagnosed: 2020-06}
    """
    for path, what, later, before, earlier in (*_of_diagnoses(chart), *_after_treatments(chart)):
        if chart.timeline.certainly_before(later, earlier):
            yield path, f"{what} {_told(chart, later)}, before {before} ({_told(chart, earlier)})"


_Order = tuple[Path, str, When, str, When]
"""A place, what is told there and its moment; what must have been before it, and when that was."""


def _of_diagnoses(chart: Chart) -> Iterator[_Order]:
    for i, d in enumerate(chart.case.diagnoses):
        for key, later, before, earlier in (
            ("diagnosed", d.diagnosed, "its onset", d.onset),
            ("resolved", d.resolved, "its onset", d.onset),
            ("resolved", d.resolved, "it was diagnosed", d.diagnosed),
        ):
            if earlier and later:
                yield ("diagnoses", i, key), f"{d.name!r} is {key}", later, before, earlier


def _after_treatments(chart: Chart) -> Iterator[_Order]:
    """What follows a treatment: its successor, a response to it, harm by it."""
    begun = {f.key: f.record.from_ or f.record.at for f in chart.facts if isinstance(f.record, Treatment | Procedure)}
    case = chart.case
    for path, record, about in (
        *((("treatments", i), t, t.replaces) for i, t in enumerate(case.treatments)),
        *((("course", i), c, about) for i, c in enumerate(case.course) for about in c.after),
        *((("adverse-events", i), e, about) for i, e in enumerate(case.adverse_events) for about in e.of),
    ):
        moment = record.from_ or record.at
        starts = [begun[key] for key in chart.interventions(about) if key in begun] if about and moment else []
        if moment and len(starts) == 1 and starts[0]:
            place = (*path, "from" if record.from_ else "at")
            yield place, f"{record.label!r} is dated", moment, f"{about!r} was begun", starts[0]


def lines_out_of_order(chart: Chart) -> Remarks:
    """
    The dates of a table neither rise nor fall from line to line.

    Why: a year or a month is probably mistyped.
    Bad:  lines of 2020-06, 2022-07, 2020-09
    Good: lines of 2020-06, 2020-07, 2020-09
    """
    before = chart.timeline.certainly_before
    for i, table in enumerate(chart.case.tables):
        falls = [n for n, (one, two) in enumerate(pairwise(table.rows)) if before(two.moment, one.moment)]
        rises = [n for n, (one, two) in enumerate(pairwise(table.rows)) if before(one.moment, two.moment)]
        for n in min(falls, rises, key=len):
            one, two = table.rows[n], table.rows[n + 1]
            told = f"{two.moment.text} follows {one.moment.text}, the other lines stand in the opposite order"
            yield ("tables", i, "rows", two.row, 0), told


def after_publication(chart: Chart) -> Remarks:
    """
    Something is dated after the article was published.

    Why: an article cannot report it; a year is probably mistyped.
    Bad:  {drug: tofacitinib, from: 2023-09} in an article of 2022
    Good: {drug: tofacitinib, from: 2020-09}
    """
    published = chart.case.article.published
    if published is None:
        return
    for when, paths in chart.moments.items():
        for moment in (when.start, when.end) if isinstance(when, Span) else (when,):
            if isinstance(moment, Calendar) and chart.timeline.certainly_before(published, moment):
                told = f"{moment.text} is after the article was published ({published.text})"
                yield from ((path, told) for path in paths)


def after_death(chart: Chart) -> Remarks:
    """
    Something that only the living have, a symptom, a test or a treatment, is dated after the death.

    Why: one of the dates is wrong. What an autopsy finds belongs in `pathology`, or in `autopsy` of the death.
    Bad:  {name: fever, at: 2020-07} of a patient who died in 2020-06
    Good: {name: fever, at: 2020-05} of a patient who died in 2020-06
    """
    died = chart.case.death.at if chart.case.death else None
    for fact in chart.facts if died else ():
        moment = fact.record.moment if fact.path[0] in _OF_THE_LIVING else None
        if died and moment and chart.timeline.certainly_before(died, moment):
            told = f"is dated {_told(chart, moment)}, after the death"
            yield fact.path, f"{fact.record.label or fact.path[0]} {told} ({_told(chart, died)})"


_OF_THE_LIVING = frozenset("findings vitals labs tables scores treatments procedures course adverse-events".split())
