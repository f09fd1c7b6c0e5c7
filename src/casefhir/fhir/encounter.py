"""Events that are visits → Encounter."""

from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    HL7,
    META,
    coding,
    evidence,
    extension,
    narrative,
    present,
    sentence,
    unknown,
    written,
)
from casefhir.fhir.event import has_resource, remarks
from casefhir.fhir.times import effective, period, written_time
from casefhir.model.patient import Event

_CLASSES = {
    "inpatient": ("IMP", "inpatient encounter"),
    "outpatient": ("AMB", "ambulatory"),
    "emergency": ("EMER", "emergency"),
    "day-care": ("SS", "short stay"),
    "home": ("HH", "home health"),
    "virtual": ("VR", "virtual"),
}
"""Source: https://hl7.org/fhir/R4/v3/ActEncounterCode/vs.html"""


def encounter(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A visit. An event that is none is a moment only: it makes no resource, unless there is something to say of it.

    A class that the report does not print is a Coding that says so, for R4 demands one.
    Source: https://hl7.org/fhir/R4/encounter.html
    """
    record: Event = fact.record
    name = str(fact.path[1])
    if not record.encounter:
        yield from _remark(name, fact, cx)
        return
    yield {
        "resourceType": "Encounter",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(
            sentence(
                name,
                record.encounter,
                record.place,
                record.date and record.date.text,
                ", ".join(record.reason),
                record.note,
            )
        ),
        "extension": [*evidence(record), *_notes(record), *_written_time(record, cx)],
        "identifier": cx.identifier(fact.key),
        "status": "finished",
        "class": _class(record.encounter),
        "subject": cx.subject,
        "period": _period(record, cx),
        "reasonCode": present(*(cx.concept(concepts.finding, reason) for reason in record.reason)),
        "serviceProvider": {"display": record.place} if record.place else None,
    }


def _remark(name: str, fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    What is said of an event that is no visit: its note, its place and its reasons, or when it was.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Event = fact.record
    if not has_resource(record):
        return
    told = sentence(*remarks(record))
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(name, record.date and record.date.text, told)),
        "extension": [*evidence(record), *_written_time(record, cx)],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "code": {"text": name},
        "subject": cx.subject,
        **effective(record.date, record.to, cx),
        "valueString": told or (record.date.text if record.date else name),
    }


def _class(kind: str) -> Resource | None:
    if kind == "unknown":
        return unknown()
    return coding(HL7 + "v3-ActCode", *_CLASSES[kind])


def _notes(record: Event) -> list[Resource]:
    return [extension("note", valueString=text) for text in written(record)]


def _written_time(record: Event, cx: Context) -> list[Resource]:
    at, start = (None, record.date) if record.to else (record.date, None)
    return written_time(at, start, record.to, cx)


def _period(record: Event, cx: Context) -> Resource | None:
    """A visit of one printed date began and ended in it as far as anybody knows: only its start is certain."""
    return period(record.date, record.to, cx)
