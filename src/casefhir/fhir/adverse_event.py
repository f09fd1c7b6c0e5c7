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
    evidence,
    extension,
    narrative,
    present,
    prune,
    sentence,
    written,
)
from casefhir.fhir.observation import no_adverse_event
from casefhir.fhir.times import times, written_time
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
    when, suspects = times(record, cx), cx.intervened(record.of)
    yield {
        "resourceType": "AdverseEvent",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"Adverse event: {record.name}", suspects, when.said, record.outcome)),
        "extension": [
            *evidence(record),
            *written_time(record.at, record.from_, record.to, cx, single=True),
            *(extension("note", valueString=text) for text in (*_challenges(record), *written(record))),
        ],
        "identifier": cx.identifier(fact.key)[0],
        "actuality": "actual",
        "event": cx.concept(concepts.finding, record.name or "", record.code),
        "subject": cx.subject,
        "encounter": when.encounter,
        "date": cx.timeline.calendar(record.moment) if record.moment else None,
        "seriousness": _seriousness(record.serious),
        "severity": _severity(record.severity),
        "outcome": concept(
            record.outcome,
            coding(HL7 + "adverse-event-outcome", *_OUTCOMES[record.outcome]) if record.outcome else None,
        ),
        "resultingCondition": [cx.reference(key) for key in cx.named("diagnoses", record.name)],
        "suspectEntity": [
            prune({"instance": cx.reference(key), "causality": _causality(record)})
            for key in cx.interventions(record.of, record.begun)
        ],
    }


_CAUSALITIES = {
    "certain": ("Certain", "Certain"),
    "probable": ("Probably-Likely", "Probably/Likely"),
    "possible": ("Possible", "Possible"),
    "unlikely": ("Unlikely", "Unlikely"),
    "conditional": ("Conditional-Classified", "Conditional/Classified"),
    "unassessable": ("Unassessable-Unclassifiable", "Unassessable/Unclassifiable"),
}
"""Source: https://hl7.org/fhir/R4/codesystem-adverse-event-causality-assess.html"""


def _causality(record: AdverseEvent) -> list[Resource]:
    """How surely the suspect did it, and how that was judged."""
    code = coding(HL7 + "adverse-event-causality-assess", *_CAUSALITIES[record.causality]) if record.causality else None
    judged = {"assessment": concept(record.causality, code), "method": concept(record.assessed_by)}
    return present(prune(judged))


def _challenges(record: AdverseEvent) -> Iterator[str]:
    """What R4 has no element for."""
    if record.dechallenge:
        yield f"dechallenge: {record.dechallenge}"
    if record.rechallenge:
        yield f"rechallenge: {record.rechallenge}"
    if record.reported:
        yield f"reported: {record.reported}"
    if not record.of and (judged := sentence(record.causality, record.assessed_by)):
        yield f"causality: {judged}"


def _seriousness(serious: bool | None) -> Resource | None:
    if serious is None:
        return None
    code = "Serious" if serious else "Non-serious"
    return concept(code, coding(HL7 + "adverse-event-seriousness", code, code))


def _severity(severity: str | None) -> Resource | None:
    return (
        concept(severity, coding(HL7 + "adverse-event-severity", severity, severity.capitalize())) if severity else None
    )
