"""The death of the patient → Observation; Patient.deceased[x] tells it too."""

from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.categories import absent_reason
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    META,
    SNOMED,
    coding,
    concept,
    evidence,
    narrative,
    notes,
    present,
    sentence,
    written,
)
from casefhir.fhir.times import effective, encounter, told, written_time
from casefhir.model.perinatal import Death


def death(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    What the patient died of, as far as the report says.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Death = fact.record
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(
            sentence("Died", ", ".join(record.cause), told(record.at, cx) if record.at else None, _autopsy(record))
        ),
        "extension": [*evidence(record), *written_time(record.at, None, None, cx)],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "code": concept("cause of death", coding(SNOMED, "184305005", "Cause of death (observable entity)")),
        "subject": cx.subject,
        "encounter": encounter(record.at, cx),
        **effective(record.at, None, cx),
        **_cause(record, cx),
        "note": notes(*written(record)),
        "component": present(
            {"code": {"text": "autopsy"}, "valueString": record.autopsy} if record.autopsy else None,
        ),
    }


def deceased(cx: Context) -> Resource:
    """
    Patient.deceased[x]: the date of death as precise as it is known, or only that it was.

    Source: https://hl7.org/fhir/R4/patient-definitions.html#Patient.deceased_x_
    """
    record = cx.case.death
    if date := record and record.at and cx.timeline.calendar(record.at):
        return {"deceasedDateTime": date}
    is_fatal = any(event.outcome == "fatal" for event in cx.case.adverse_events)
    return {"deceasedBoolean": True} if record or is_fatal else {}


def _cause(record: Death, cx: Context) -> Resource:
    """One cause is coded; several are one text; none is said to be unknown."""
    match record.cause:
        case ():
            return {"dataAbsentReason": absent_reason("unknown", "Unknown", "the report names no cause")}
        case (cause,):
            return {"valueCodeableConcept": cx.concept(concepts.finding, cause)}
    return {"valueCodeableConcept": {"text": ", ".join(record.cause)}}


def _autopsy(record: Death) -> str | None:
    return f"autopsy: {record.autopsy}" if record.autopsy else None
