"""An event of the case → whether it has a resource, and the reference to it."""

from casefhir.fhir.context import Context, Resource
from casefhir.model.patient import Event


def has_resource(event: Event) -> bool:
    """Whether an event makes a resource of its own, to which others can refer."""
    return bool(event.encounter or event.quote or event.conflict or any(remarks(event)))


def remarks(event: Event) -> tuple[str | None, str | None, str]:
    """What is said of an event besides when it was: its note, its place and its reasons."""
    return event.note, event.place, ", ".join(event.reason)


def reference(name: str, cx: Context) -> Resource:
    """The resource of an event; of one that has none, its key."""
    key = f"events/{name}"
    return cx.reference(key) if has_resource(cx.case.events[name]) else {"display": key}
