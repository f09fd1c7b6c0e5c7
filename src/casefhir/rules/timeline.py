"""Moments that cannot follow each other as they are written, or that no day fits."""

from collections.abc import Sequence
from itertools import pairwise

from casefhir.chart import Chart
from casefhir.chronology import Link, chronology
from casefhir.chronology.lengths import is_older
from casefhir.chronology.orders import orders, stretches
from casefhir.issue import Step, clashing
from casefhir.model.calendar import Calendar
from casefhir.model.family import Relative
from casefhir.model.others import Other
from casefhir.model.when import AtAge, PartOf, Span, Unknown, When
from casefhir.rules.rule import Chains, Remarks
from casefhir.source import Path


def ends_before_start(chart: Chart) -> Remarks:
    """
    A stretch of time ends before it starts, however its dates are read.

    Why: FHIR refuses such a Period, and every duration worked out from it is negative.
    Bad:  {drug: methotrexate, from: 2020-06, to: 2020-03}
    Good: {drug: methotrexate, from: 2020-03, to: 2020-06}
    Source: https://hl7.org/fhir/R4/datatypes.html#Period (per-1)
    """
    for path, _, start, end, _, is_reversed in chart.once(stretches):
        if is_reversed:
            called = chart.case.called(path)
            yield path, f"{called}{called and ' '}ends {_told(chart, end)}, before it starts: {_told(chart, start)}"


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
            what = f"write 'first-day: 0' or 'first-day: 1' in events → {name}, or unknown if it does not say"
            yield from ((path, f"{told} {what}") for path in paths)


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
    for path, what, later, before, earlier, is_reversed in chart.once(orders):
        if is_reversed:
            yield path, f"{what} {_told(chart, later)}, before {before} ({_told(chart, earlier)})"
    for path, person in chart.case.persons():
        for n, condition in enumerate(person.conditions):
            onset = condition.onset
            if onset and (over := _over(chart, person, onset)):
                told = f"{condition.name!r} of the {person.label} begins {_told(chart, onset)}, after {over}"
                yield (*path, "conditions", n, "onset"), told


def _over(chart: Chart, person: Relative | Other, onset: When) -> str:
    """The death or the age of a person that an onset is certainly after, in words; empty if it is after neither."""
    died = person.deceased
    if isinstance(onset, AtAge):
        until = died.age if isinstance(died, AtAge) else None if died else person.age
        is_over, told = bool(until and is_older(onset.age, until)), until.text if until else ""
    else:
        is_over, told = bool(died and chart.timeline.certainly_before(died, onset)), _told(chart, died) if died else ""
    return f"{'the death' if died else 'the age of now'} ({told})" if is_over else ""


def clash(chart: Chart) -> Chains:
    """
    Dates, ages, distances and what must follow what cannot all be true together, however they are rounded.

    Why: one of them is misprinted or was copied wrongly; each of them alone, and any without the rest, could be.
    Bad:  {age: 4 years, at: admission} with admission 2020-06 and birth 2012
    Good: {age: 8 years, at: admission}, or a doubt about it
    """
    for chain in chart.once(chronology).clashes:
        steps = tuple(Step(link.statement.path, link.words) for link in chain)
        yield _blamed(chain), clashing(steps, with_lines=False), steps


def _blamed(chain: Sequence[Link]) -> Path:
    """The last statement of a chain that is no date of the calendar: a printed date is the last to be doubted."""
    said = [link.statement for link in chain]
    return next((one.path for one in reversed(said) if not one.is_date), said[-1].path)


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
            if isinstance(moment, Calendar | PartOf) and chart.timeline.certainly_before(published, moment):
                told = f"{moment.text} is after the article was published ({published.text})"
                for path in paths:
                    called = chart.case.called(path)
                    yield path, f"{called}{called and ': '}{told}"


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
