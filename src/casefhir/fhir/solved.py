"""The days in which a moment must lie, by all that a case says → an extension, where they say more than its date."""

from casefhir.chronology import chronology
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import extension, prune
from casefhir.model.calendar import Calendar
from casefhir.model.days import Interval, ends, partial_days
from casefhir.model.when import About, At, Unknown, When


def solved_times(cx: Context, **moments: When | None) -> list[Resource]:
    """
    An extension for each moment, named as in `onset=record.onset`, of which the case knows more than its printed date.

    The printed date stays in the element of the resource; this is beside it and never finer than what all statements
    give. What is dated by the birth has none: casefhir writes no birth date.
    """
    if not cx.chart.once(chronology).is_dated:
        return []
    return [_solved(name, days) for name, when in moments.items() if when and (days := cx.once(_more, when))]


def _more(when: When, cx: Context) -> Interval | None:
    """The days of a moment, if they exclude any that its printed date leaves open."""
    if type(when) in _AS_PRINTED:
        return None
    days = cx.chart.once(chronology).interval(when)
    printed = partial_days(cx.timeline.calendar(when))
    if days == printed:
        return None
    is_later = days.earliest is not None and (printed.earliest is None or days.earliest > printed.earliest)
    is_earlier = days.latest is not None and (printed.latest is None or days.latest < printed.latest)
    return days if (is_later or is_earlier) and not _is_birth(when, cx) else None


_AS_PRINTED = (Calendar, About, Unknown)
"""Of these, no more is known than what is printed: nothing else hangs on them."""


def _is_birth(when: When, cx: Context) -> bool:
    born = cx.case.birth.at if cx.case.birth else None
    return born is not None and not set(_same(when, cx)).isdisjoint(_same(born, cx))


def _same(when: When, cx: Context) -> list[When]:
    """A moment, and the events that it is the same as by name."""
    names = [when]
    while isinstance(when, At) and (date := cx.case.events[when.event].date):
        names.append(when := date)
    return [name for name in names if isinstance(name, At)] or [when]


def _solved(name: str, days: Interval) -> Resource:
    start, end = ends(days)
    within = prune({"start": start, "end": end})
    return extension(
        "solved-time", extension=[{"url": "of", "valueCode": name}, {"url": "within", "valuePeriod": within}]
    )
