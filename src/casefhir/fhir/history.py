"""What the patient had before, or has besides → Condition; the statement that there is nothing → Observation."""

from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.body import body_site
from casefhir.fhir.condition import due_to, moment, status
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    HL7,
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
from casefhir.fhir.solved import solved_times
from casefhir.fhir.times import encounter, times, written_moment, written_time
from casefhir.model.history import History


def past(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A disease of the past or beside the reported one; one that was asked for and is not there is refuted.

    It stands in the problem list where the article says how it stands, as con-3 demands, and no status is invented.

    Source: https://hl7.org/fhir/R4/condition.html
    """
    record: History = fact.record.stated
    if record.none:
        yield _nothing(fact, cx)
        return
    begun = record.at or record.from_
    yield {
        "resourceType": "Condition",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"history: {fact.record.label}", *_told(record, cx), record.note)),
        "extension": [
            *evidence(record),
            *_written(record, cx),
            *([due_to(record.cause, fact, cx)] if record.cause else []),
        ],
        "identifier": cx.identifier(fact.key),
        "clinicalStatus": status("condition-clinical", _clinical(record)),
        "verificationStatus": status("condition-ver-status", "refuted" if record.absent else record.certainty),
        "category": [_category(record)],
        "severity": cx.concept(concepts.qualifier, record.severity) if record.severity else None,
        "code": cx.concept(concepts.diagnosis, fact.record.label, record.code),
        "bodySite": [body_site(site, cx) for site in record.sites],
        "subject": cx.subject,
        "encounter": encounter(begun, cx),
        **(moment("onset", begun, cx) if not record.absent else {}),
        **(moment("abatement", record.to, cx) if not record.absent else {}),
        "recordedDate": cx.timeline.calendar(record.at) if record.at and record.absent else None,
        "note": notes(*written(record)),
    }


def _clinical(record: History) -> str | None:
    return record.status or ("resolved" if record.to and not record.absent else None)


def _category(record: History) -> Resource | None:
    listed = coding(HL7 + "condition-category", "problem-list-item", "Problem List Item")
    return concept("history", listed if _clinical(record) else None)


def _told(record: History, cx: Context) -> Iterator[str | None]:
    yield "absent" if record.absent else record.status
    yield record.severity
    yield ", ".join(site.text for site in record.sites)
    yield f"because of {record.cause}" if record.cause else None
    yield times(record, cx).said


def _written(record: History, cx: Context) -> list[Resource]:
    """The moments as written, where no date says them; what was never there has no onset and no end."""
    if record.absent:
        return written_time(record.at, record.from_, record.to, cx, single=True)
    onset, resolved = record.at or record.from_, record.to
    moments = [
        written_moment(name, cx.timeline.explain(when), when, cx)
        for name, when in (("written-onset", onset), ("written-resolved", resolved))
        if when and not cx.timeline.written(when)
    ]
    return [*moments, *solved_times(cx, onset=onset, resolved=resolved)]


def _nothing(fact: Fact, cx: Context) -> Resource:
    """
    The statement that there is no history, which a Condition would turn into a disease.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: History = fact.record.stated
    when = times(record, cx)
    nothing = coding(SNOMED, "443508001", "No history of clinical finding in subject (situation)")
    return {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence("medical history: none", when.said, record.note)),
        "extension": [*evidence(record), *when.extension],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "code": {"text": "medical history"},
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.effective,
        "valueCodeableConcept": concept("none", nothing),
        "note": notes(*written(record)),
    }
