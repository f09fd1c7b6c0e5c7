"""Moments that cannot follow each other as they are written."""

from collections.abc import Iterator

from casefhir.chart import Chart
from casefhir.model.when import Calendar, Span, Unknown, When
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
    for name, event in chart.case.events.items():
        if event.date and event.to:
            yield ("events", name, "to"), event.date, event.to
    for path, when in chart.moments:
        if isinstance(when, Span):
            yield path, when.start, when.end


def _told(chart: Chart, when: When) -> str:
    return chart.timeline.explain(when)


def uncounted_day(chart: Chart) -> Remarks:
    """
    A day is counted from an event that does not say whether its first day is day 0 or day 1.

    Why: reports count in both ways, and the date would be wrong by one.
    Bad:  events: {surgery: {date: 2020-06-15}} with at: day 5 of surgery
    Good: events: {surgery: {date: 2020-06-15, first-day: 0}}
    """
    for path, when in chart.moments:
        for name in chart.timeline.uncounted(when):
            yield (
                path,
                f"{when.text!r}: does the report count {name!r} as day 0 or day 1? write 'first-day:' in the event",
            )


def unknown_moment(chart: Chart) -> Remarks:
    """
    A moment is `unknown`, where leaving it out says the same.

    Why: only `to: unknown` says something: that it ended, and nobody knows when.
    Bad:  at: unknown
    Good: no `at:` at all
    """
    for path, when in chart.moments:
        if isinstance(when, Unknown) and path[-1] not in ("to", "resolved"):
            yield path, f"only 'to' and 'resolved' can be 'unknown'; leave {path[-1]!r} out"


def out_of_order(chart: Chart) -> Remarks:
    """
    Two moments of one disease or of two treatments are in an order that cannot be.

    Why: one of the two is probably misprinted, or was copied wrongly.
    Bad:  {name: measles, onset: 2020-06, diagnosed: 2020-03}
    Good: {name: measles, onset: 2020-03, diagnosed: 2020-06}
    """
    for i, d in enumerate(chart.case.diagnoses):
        path = ("diagnoses", i)
        for key, earlier, later in (
            ("diagnosed", d.onset, d.diagnosed),
            ("resolved", d.onset, d.resolved),
            ("resolved", d.diagnosed, d.resolved),
        ):
            if earlier and later and chart.timeline.certainly_before(later, earlier):
                told = f"{d.name!r} is {key} {_told(chart, later)}, before {_told(chart, earlier)}"
                yield (*path, key), told


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
    for path, when in chart.moments:
        if isinstance(when, Calendar) and chart.timeline.certainly_before(published, when):
            yield path, f"{when.text} is after the article was published ({published.text})"
