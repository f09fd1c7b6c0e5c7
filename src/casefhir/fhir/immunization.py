"""A vaccination → Immunization; what is said of all of them → Observation."""

from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    META,
    SNOMED,
    coding,
    concept,
    evidence,
    narrative,
    notes,
    sentence,
    written,
)
from casefhir.fhir.times import encounter, stretch, times, written_time
from casefhir.model.immunization import Immunization


def immunization(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A vaccination that was given, or was not; when nobody says when, that is said.

    Source: https://hl7.org/fhir/R4/immunization.html
    """
    record: Immunization = fact.record
    if not record.name:
        yield _of_all(fact, cx)
        return
    yield {
        "resourceType": "Immunization",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(_told(record), times(record, cx).said, record.note)),
        "extension": [*evidence(record), *written_time(record.at, None, None, cx, single=True)],
        "identifier": cx.identifier(fact.key),
        "status": "not-done" if record.absent or record.not_done else "completed",
        "statusReason": {"text": record.not_done} if record.not_done else None,
        "vaccineCode": cx.concept(concepts.drug, record.name, record.code),
        "patient": cx.subject,
        "encounter": encounter(record.at, cx),
        **_occurrence(record, cx),
        "note": notes(*written(record)),
        "protocolApplied": [{"doseNumberString": record.dose}] if record.dose else [],
    }


def _told(record: Immunization) -> str:
    state = f"not done: {record.not_done}" if record.not_done else "not given" if record.absent else "given"
    return sentence(f"{record.name}: {state}", f"dose: {record.dose}" if record.dose else None)


def _occurrence(record: Immunization, cx: Context) -> Resource:
    """occurrence[x], which R4 demands: a partial date, or the words."""
    if record.at is None:
        return {"occurrenceString": "unknown"}
    date = None if stretch(record.at, cx) else cx.timeline.calendar(record.at)
    return {"occurrenceDateTime": date} if date else {"occurrenceString": cx.timeline.explain(record.at)}


def _of_all(fact: Fact, cx: Context) -> Resource:
    """
    What the article says of all vaccinations, which an Immunization cannot.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Immunization = fact.record
    when = times(record, cx)
    none = concept("none", coding(SNOMED, "787482006", "No known immunizations (situation)"))
    return {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"immunizations: {record.says or 'none'}", when.said, record.note)),
        "extension": [*evidence(record), *when.extension],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "code": {"text": "immunization status"},
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.effective,
        "valueCodeableConcept": none if record.none else {"text": record.says},
        "note": notes(*written(record)),
    }
