"""When something was → effective[x], the visit it belongs to, and the words where no partial date says it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from casefhir.fhir import event
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import extension, length, present, prune, unknown
from casefhir.fhir.solved import solved_times
from casefhir.model.duration import Duration
from casefhir.model.when import At, DayOf, Offset, Span, When


class Times(NamedTuple):
    """All that resources say of one moment, or of one stretch of time."""

    said: str
    """In words: an event with its date, or what was written."""

    effective: Resource
    """effective[x]."""

    extension: list[Resource]
    """The moment as written, where FHIR's partial date cannot say it, and its days, where they are known better."""

    encounter: Resource | None
    """The reference to the visit."""

    @property
    def performed(self) -> Resource:
        """performed[x] of a Procedure: the dates of effective[x]."""
        return {name.replace("effective", "performed"): date for name, date in self.effective.items()}


def times(record: Any, cx: Context, *, continues: bool = False) -> Times:
    """When a record was; worked out once for each moment of the case."""
    return cx.once(_times, record.at, getattr(record, "from_", None), getattr(record, "to", None), continues)


def _times(at: When | None, start: When | None, end: When | None, continues: bool, cx: Context) -> Times:
    return Times(
        said=in_words(at, start, end, told, cx),
        effective=_effective(at, start, end, cx, continues=continues),
        extension=written_time(at, start, end, cx),
        encounter=encounter(at, cx),
    )


def encounter(when: When | None, cx: Context) -> Resource | None:
    """The reference to the visit that a moment belongs to; None if its event is none."""
    name = _visit(when, cx)
    return cx.reference(f"events/{name}") if name else None


def _visit(when: When | None, cx: Context) -> str | None:
    """The name of the event that a moment names, or is the same moment as, if that event is a visit."""
    while isinstance(when, At):
        known = cx.case.events[when.event]
        if known.encounter:
            return when.event
        when = known.date
    return None


def resolved(when: When | None, cx: Context) -> When | None:
    """What an event's name stands for, in the end: the date that is written of it, or None."""
    while isinstance(when, At):
        when = cx.case.events[when.event].date
    return when


def stretch(when: When | None, cx: Context) -> Span | None:
    """The stretch of time that a moment is, or that its event lasted; None for a moment."""
    dated = resolved(when, cx)
    return dated if isinstance(dated, Span) else None


def _effective(at: When | None, start: When | None, end: When | None, cx: Context, *, continues: bool) -> Resource:
    """
    effective[x]: a partial date for a moment, a Period for what lasted; nothing where no calendar date is known.

    Source: https://hl7.org/fhir/R4/datatypes.html#dateTime
    """
    if at is None:
        lasted = period(start, end, cx, continues=continues)
        return {"effectivePeriod": lasted} if lasted else {}
    if span := stretch(at, cx):
        lasted = period(span, None, cx)
        return {"effectivePeriod": lasted} if lasted else {}
    date = cx.timeline.calendar(at)
    return {"effectiveDateTime": date} if date else {}


def effective(start: When | None, end: When | None, cx: Context) -> Resource:
    """effective[x] of an event: that of a moment if it has no end."""
    return _effective(None if end else start, start, end, cx, continues=False)


def effective_period(effective: Resource) -> Resource:
    """
    effective[x] of a vital sign: to the day as a dateTime, else a Period, for the profile wants days (vs-1).

    A month becomes the Period of that month; no date, one that says so.
    Source: https://hl7.org/fhir/R4/vitalsigns.html
    """
    date = effective.get("effectiveDateTime")
    if date and len(date) < len("2020-06-15"):
        return {"effectivePeriod": {"start": date, "end": date}}
    return effective or {"effectivePeriod": {"_start": unknown()}}


def period(start: When | None, end: When | None, cx: Context, *, continues: bool = False) -> Resource:
    """
    A Period, as precise as printed.

    To FHIR a Period without an end goes on: unless the article says that it does, its end is unknown. One of which
    neither end has a date is left out.
    Source: https://hl7.org/fhir/R4/datatypes.html#Period
    """
    first, last = cx.timeline.period(start, end)
    is_open = first is not None and last is None and not continues
    return prune({"start": first, "end": last, "_end": unknown() if is_open else None})


def written_time(
    at: When | None, start: When | None, end: When | None, cx: Context, *, single: bool = False
) -> list[Resource]:
    """
    The moment as written, where FHIR's partial date cannot say it: `admission + 2 days`, `about 2019`.

    Beside it stand the days in which it must lie, where they are known better than that date says. A resource that
    takes a `single` date cannot say an end. Both stand on the resource and not on its date: servers do not resolve
    references in extensions on primitives.
    """
    first = at or start or end
    last = end if start and not at else None
    if first is None:
        return []
    solved = _solved(at, start, None if single else end, cx)
    is_said = cx.timeline.written(first, last) and not (single and (first is not at or stretch(first, cx)))
    if is_said:
        return solved
    return [written_moment("written-time", in_words(at, start, end, _explained, cx), first, cx), *solved]


def _solved(at: When | None, start: When | None, end: When | None, cx: Context) -> list[Resource]:
    if at is None:
        return solved_times(cx, start=start, end=end)
    span = stretch(at, cx)
    return solved_times(cx, start=span.start, end=span.end) if span else solved_times(cx, moment=at)


def written_moment(name: str, text: str, when: When, cx: Context) -> Resource:
    """A written moment as an extension: its words, its distance, and the event that it is counted from."""
    anchor, distances = _counted(when, cx)
    distance = distances[0] if len(distances) == 1 else None
    parts = present(
        {"url": "text", "valueString": text},
        {"url": "offset", "valueDuration": distance} if distance else None,
        {"url": "event", "valueReference": anchor} if anchor else None,
    )
    return extension(name, extension=parts)


def _counted(when: When, cx: Context) -> tuple[Resource | None, list[Resource | None]]:
    """
    The reference to the event that a moment is, or is counted from, and each distance to it.

    None for a distance that is not one number, and for no event; a day that an event numbers is counted from there.
    """
    dated, distances = resolved(when, cx), list[Resource | None]()
    if isinstance(dated, DayOf):
        return event.reference(dated.event, cx), [_days(*cx.timeline.numbered(dated.number, dated.event))]
    anchor = dated if isinstance(dated, Offset) else when
    while isinstance(anchor, Offset):
        distances.append(_signed(anchor) if _is_one(anchor.duration) else None)
        anchor = anchor.anchor
    named = event.reference(anchor.event, cx) if isinstance(anchor, At) else None
    return encounter(anchor, cx) or named, distances


def _days(least: Decimal | None, most: Decimal | None) -> Resource | None:
    """So many days, if it is known how many; the day 5 of an event that may have been its day 0 or 1 has none."""
    return length(Duration("", least, None, "d")) if least is not None and least == most else None


def _is_one(duration: Duration) -> bool:
    """Whether a distance is one number; `2-3 weeks` and `about 2 weeks` are words only."""
    return duration.high is None and not duration.approximate


_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _signed(when: Offset) -> Resource:
    """The distance of a moment to its anchor; before it, negative."""
    distance = length(when.duration)
    if when.sign > 0:
        return distance
    comparator = distance.get("comparator")
    flipped = {"comparator": _FLIPPED[comparator]} if comparator else {}
    return {**distance, **flipped, "value": -distance["value"]}


def in_words(
    at: When | None, start: When | None, end: When | None, words: Callable[[When, Context], str], cx: Context
) -> str:
    """A moment, or a stretch of time, each of its dates in some words."""
    if at:
        return words(at, cx)
    if start and end:
        return f"{words(start, cx)} to {words(end, cx)}"
    return f"from {words(start, cx)}" if start else f"until {words(end, cx)}" if end else ""


def _explained(when: When, cx: Context) -> str:
    return cx.timeline.explain(when)


def told(when: When, cx: Context) -> str:
    """A moment in words: an event with its date, or what was written."""
    date = cx.timeline.calendar(when)
    return f"{when.text} ({date})" if date and date != when.text else when.text
