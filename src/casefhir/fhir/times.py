"""When something was → effective[x], the visit it belongs to, and the words where no partial date says it."""

from typing import Any, NamedTuple

from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import extension, length, present, prune, unknown
from casefhir.model.when import At, Offset, Span, When


class Times(NamedTuple):
    """All that resources say of one moment, or of one stretch of time."""

    said: str
    """In words: an event with its date, or what was written."""

    effective: Resource
    """effective[x]."""

    extension: list[Resource]
    """The moment as written, where FHIR's partial date cannot say it; else empty."""

    encounter: Resource | None
    """The reference to the visit."""


def times(record: Any, cx: Context, *, continues: bool = False) -> Times:
    """When a record was; worked out once for each moment of the case."""
    return cx.once(_times, record.at, getattr(record, "from_", None), getattr(record, "to", None), continues)


def _times(at: When | None, start: When | None, end: When | None, continues: bool, cx: Context) -> Times:
    return Times(
        said=_said(_ends(at, start, end), cx),
        effective=_effective(at, start, end, cx, continues=continues),
        extension=_written_time(*_ends(at, start, end), cx),
        encounter=encounter(at, cx),
    )


def encounter(when: When | None, cx: Context) -> Resource | None:
    """The reference to the visit that a moment belongs to; None if its event is none."""
    name = _visit(when, cx)
    return cx.reference(f"events/{name}") if name else None


def _visit(when: When | None, cx: Context) -> str | None:
    """The name of the event that a moment names, or is the same moment as, if that event is a visit."""
    while isinstance(when, At):
        event = cx.case.events[when.event]
        if event.encounter:
            return when.event
        when = event.date
    return None


def resolved(when: When | None, cx: Context) -> When | None:
    """What an event's name stands for, in the end: the date that is written of it, or None."""
    while isinstance(when, At):
        when = cx.case.events[when.event].date
    return when


def _stretch(when: When | None, cx: Context) -> Span | None:
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
    if span := _stretch(at, cx):
        return {"effectivePeriod": period(span, None, cx)}
    date = cx.timeline.calendar(at)
    return {"effectiveDateTime": date} if date else {}


def effective_period(when: When | None, cx: Context) -> Resource:
    """
    effective[x] of a vital sign: to the day as a dateTime, else a Period, for the profile wants days (vs-1).

    A month becomes the Period of that month; no date, one that says so.
    Source: https://hl7.org/fhir/R4/vitalsigns.html
    """
    date = cx.timeline.calendar(when) if when else None
    if date and len(date) == len("2020-06-15"):
        return {"effectiveDateTime": date}
    if date:
        return {"effectivePeriod": {"start": date, "end": date}}
    return {"effectivePeriod": {"_start": unknown()}}


def period(start: When | None, end: When | None, cx: Context, *, continues: bool = False) -> Resource:
    """
    A Period, as precise as printed.

    To FHIR a Period without an end goes on: unless the article says that it does, its end is unknown.
    Source: https://hl7.org/fhir/R4/datatypes.html#Period
    """
    first, last = cx.timeline.period(start, end)
    is_open = last is None and not continues and (first is not None or end is not None)
    return prune({"start": first, "end": last, "_end": unknown() if is_open else None})


def _written_time(start: When | None, end: When | None, cx: Context) -> list[Resource]:
    """
    The moment as written, where FHIR's partial date cannot say it: `admission + 2 days`, `about 2019`.

    It stands on the resource and not on its date: servers do not resolve references in extensions on primitives.
    """
    if start is None or cx.timeline.written(start, end):
        return []
    words = cx.timeline.explain(start)
    text = words if end is None else f"{words} to {cx.timeline.explain(end)}"
    return [written_moment("written-time", text, start, cx)]


def written_moment(name: str, text: str, when: When, cx: Context) -> Resource:
    """A written moment as an extension: its words, its distance, and the visit that it is counted from."""
    dated = resolved(when, cx)
    anchor = dated.anchor if isinstance(dated, Offset) else when
    distance = _signed(dated) if isinstance(dated, Offset) else None
    visit = encounter(anchor, cx)
    parts = present(
        {"url": "text", "valueString": text},
        {"url": "offset", "valueDuration": distance} if distance else None,
        {"url": "event", "valueReference": visit} if visit else None,
    )
    return extension(name, extension=parts)


def _signed(when: Offset) -> Resource:
    """The distance of a moment to its anchor; before it, negative."""
    distance = length(when.duration)
    return {**distance, "value": distance["value"] * when.sign}


def _ends(at: When | None, start: When | None, end: When | None) -> tuple[When | None, When | None]:
    """The moment alone, or the beginning and the end; an end alone counts as a moment."""
    return (at, None) if at else (start, end) if start else (end, None)


def _said(ends: tuple[When | None, When | None], cx: Context) -> str:
    return " to ".join(told(when, cx) for when in ends if when is not None)


def told(when: When, cx: Context) -> str:
    """A moment in words: an event with its date, or what was written."""
    date = cx.timeline.calendar(when)
    return f"{when.text} ({date})" if date and date != when.text else when.text
