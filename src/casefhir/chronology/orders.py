"""Chart → what must have been before what: ends of stretches, diseases, treatments, their breaks, what follows them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casefhir.chart import Chart
from casefhir.model.duration import Duration
from casefhir.model.findings import Finding
from casefhir.model.record import Timed
from casefhir.model.when import AtAge, Span, When, parts
from casefhir.source import Path


class Stretch(NamedTuple):
    """What lasted from a start to an end."""

    path: Path
    """The place of the end."""
    what: str
    start: When
    end: When
    lasted: Duration | None = None
    """How long it went on each time, or in all."""
    is_reversed: bool = False
    """Whether it ends before it starts, as the two are printed."""


class Order(NamedTuple):
    """A place, what is told there and its moment; what must have been before it, and when that was."""

    path: Path
    what: str
    later: When
    before: str
    earlier: When
    is_reversed: bool = False
    """Whether it was before that, as the two are printed."""


def timed(chart: Chart) -> Iterator[tuple[Path, Timed]]:
    """Every record with a moment or a stretch of time, and its place."""
    case = chart.case
    for section, records in (
        ("history", case.history),
        ("social", case.social),
        ("exposures", case.exposures),
        ("findings", case.findings),
        ("vitals", case.vitals),
        ("labs", case.labs),
        ("imaging", case.imaging),
        ("procedures", case.procedures),
        ("pathology", case.pathology),
        ("stages", case.stages),
        ("scores", case.scores),
        ("microbiology", case.microbiology),
        ("genetics", case.genetics),
        ("treatments", case.treatments),
        ("course", case.course),
        ("adverse-events", case.adverse_events),
        ("pregnancy", case.pregnancy),
    ):
        for i, record in enumerate(records):
            yield (section, i), record


def stretches(chart: Chart) -> Sequence[Stretch]:
    """Every stretch of time that is written with both its ends; asked for with `chart.once`."""
    before = chart.timeline.certainly_before
    return tuple(s._replace(is_reversed=True) if before(s.end, s.start) else s for s in _stretches(chart))


def _stretches(chart: Chart) -> Iterator[Stretch]:
    for path, record in timed(chart):
        if record.from_ and record.to:
            lasted = getattr(record, "duration", None)
            yield Stretch((*path, "to"), _called(record, path), record.from_, record.to, lasted)
    for i, treatment in enumerate(chart.case.treatments):
        for n, gap in enumerate(treatment.interrupted):
            if gap.from_ and gap.to:
                place = ("treatments", i, "interrupted", n, "to")
                yield Stretch(place, f"the interruption of {treatment.drug!r}", gap.from_, gap.to, gap.duration)
    for name, event in chart.case.events.items():
        if event.date and event.to:
            yield Stretch(("events", name, "to"), name, event.date, event.to)
    for when, paths in chart.moments.items():
        if isinstance(when, Span):
            own = (path for path in paths if not is_of_another(path, when))
            yield from (Stretch(path, f"'{when.text}'", when.start, when.end) for path in own)


def is_of_another(path: Path, when: When) -> bool:
    """Whether a moment is told by the age of a relative or of another person, whose birth is no moment of the case."""
    return path[0] in ("family", "others") and any(isinstance(part, AtAge) for part in parts(when))


def _called(record: Timed, path: Path) -> str:
    names = (record.name, *record.names) if isinstance(record, Finding) else (record.label,)
    name = next(filter(None, names), None)
    return repr(name) if name else f"this item of {path[0]!r}"


def orders(chart: Chart) -> Sequence[Order]:
    """What must have been before what, by what the records are; asked for with `chart.once`."""
    before = chart.timeline.certainly_before
    found = (*_of_diagnoses(chart), *_after_treatments(chart), *_of_interruptions(chart), *_of_rechallenges(chart))
    return tuple(o._replace(is_reversed=True) if before(o.later, o.earlier) else o for o in found)


def _of_diagnoses(chart: Chart) -> Iterator[Order]:
    for i, d in enumerate(chart.case.diagnoses):
        for key, later, before, earlier in (
            ("diagnosed", d.diagnosed, "its onset", d.onset),
            ("resolved", d.resolved, "its onset", d.onset),
            ("resolved", d.resolved, "it was diagnosed", d.diagnosed),
        ):
            if earlier and later:
                yield Order(("diagnoses", i, key), f"{d.name!r} is {key}", later, before, earlier)


def _after_treatments(chart: Chart) -> Iterator[Order]:
    """What follows a treatment or a procedure: its successor, a response to it, harm by it, tissue that it yields."""
    case = chart.case
    for path, record, about in (
        *((("treatments", i), t, t.replaces) for i, t in enumerate(case.treatments)),
        *((("course", i), c, about) for i, c in enumerate(case.course) for about in c.after),
        *((("adverse-events", i), e, about) for i, e in enumerate(case.adverse_events) for about in e.of),
        *((("pathology", i), p, p.of) for i, p in enumerate(case.pathology)),
    ):
        moment = record.begun
        starts = [chart.begun[key] for key in chart.interventions(about, moment)] if about and moment else []
        if moment and starts and starts[0] and (len(starts) == 1 or _is_before_all(chart, moment, starts)):
            place = (*path, "from" if record.from_ else "at")
            yield Order(place, f"{record.label!r} is dated", moment, f"{about!r} was begun", starts[0])


def _of_interruptions(chart: Chart) -> Iterator[Order]:
    """
    An interruption lies in its course: it begins no earlier, and not after the end.

    What is resumed may be another course, with another dose, so that nothing is said of that and the end.
    """
    for i, treatment in enumerate(chart.case.treatments):
        drug, begun, ended = repr(treatment.drug), treatment.begun, treatment.to
        for n, gap in enumerate(treatment.interrupted):
            place, first = ("treatments", i, "interrupted", n), gap.from_ or gap.to
            if begun and first:
                key, told = ("from", "interrupted") if gap.from_ else ("to", "resumed")
                yield Order((*place, key), f"{drug} was {told}", first, "it was begun", begun)
            if ended and gap.from_:
                yield Order(("treatments", i, "to"), f"{drug} ended", ended, "it was interrupted", gap.from_)


def _of_rechallenges(chart: Chart) -> Iterator[Order]:
    """A treatment is given again after it did harm, and after it was stopped for that."""
    for i, event in enumerate(chart.case.adverse_events):
        again = event.rechallenge and event.rechallenge.at
        stopped = event.dechallenge and event.dechallenge.at
        for before, earlier in (("it happened", event.begun), ("the treatment was stopped", stopped)):
            if again and earlier:
                told = f"the rechallenge of {event.label!r} is dated"
                yield Order(("adverse-events", i, "rechallenge", "at"), told, again, before, earlier)


def _is_before_all(chart: Chart, moment: When, starts: Sequence[When | None]) -> bool:
    return all(start and chart.timeline.certainly_before(moment, start) for start in starts)
