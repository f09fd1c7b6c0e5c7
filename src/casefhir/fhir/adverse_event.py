"""Harm done by a treatment → AdverseEvent; the statement that there was none → Observation."""

from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    HL7,
    META,
    coding,
    concept,
    ends,
    evidence,
    narrative,
    said,
    sentence,
    written_time,
)
from casefhir.fhir.observation import no_adverse_event
from casefhir.model.course import AdverseEvent

_OUTCOMES = {
    "recovered": ("resolved", "Resolved"),
    "recovering": ("recovering", "Recovering"),
    "ongoing": ("ongoing", "Ongoing"),
    "recovered with sequelae": ("resolvedWithSequelae", "Resolved with Sequelae"),
    "fatal": ("fatal", "Fatal"),
}
"""Source: https://hl7.org/fhir/R4/codesystem-adverse-event-outcome.html"""


def adverse_event(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    What a treatment did to the patient, with the treatment as suspect.

    Source: https://hl7.org/fhir/R4/adverseevent.html
    """
    record: AdverseEvent = fact.record
    if record.none:
        yield no_adverse_event(fact, cx)
        return
    start, _ = ends(record)
    yield {
        "resourceType": "AdverseEvent",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"Adverse event: {record.name}", record.of, said(cx, record), record.outcome)),
        "extension": [*evidence(record), *written_time(cx, record)],
        "identifier": cx.identifier(fact.key)[0],
        "actuality": "actual",
        "event": concepts.finding(record.name or "", cx.terms, record.code),
        "subject": cx.subject,
        "encounter": cx.encounter(record.moment),
        "date": cx.timeline.calendar(start) if start else None,
        "seriousness": _seriousness(record.serious),
        "severity": _severity(record.severity),
        "outcome": concept(
            record.outcome,
            coding(HL7 + "adverse-event-outcome", *_OUTCOMES[record.outcome]) if record.outcome else None,
        ),
        "suspectEntity": [{"instance": cx.reference(key)} for key in cx.named("treatments", record.of)],
    }


def _seriousness(serious: bool | None) -> Resource | None:
    if serious is None:
        return None
    code = "Serious" if serious else "Non-serious"
    return concept(code, coding(HL7 + "adverse-event-seriousness", code, code))


def _severity(severity: str | None) -> Resource | None:
    return (
        concept(severity, coding(HL7 + "adverse-event-severity", severity, severity.capitalize())) if severity else None
    )
