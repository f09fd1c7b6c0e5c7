"""Allergies, and the statement that there is none → AllergyIntolerance."""

from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.condition import moment
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
    prune,
    sentence,
    written,
)
from casefhir.fhir.solved import solved_times
from casefhir.fhir.times import encounter, told, written_moment
from casefhir.model.allergy import Allergy

_NONE = {
    None: ("716186003", "No known allergy (situation)"),
    "drugs": ("409137002", "No known drug allergy (situation)"),
    "food": ("429625007", "No known food allergy (situation)"),
    "environment": ("428607008", "No known environmental allergy (situation)"),
}
"""What `none` is about → its code. Source: SNOMED CT Global Patient Set, release 2020-09."""


def allergy(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    An allergy or intolerance; ait-1 demands to say how it stands: what is refuted is inactive, all else active.

    Source: https://hl7.org/fhir/R4/allergyintolerance.html
    """
    record: Allergy = fact.record
    code = _code(record, cx)
    yield {
        "resourceType": "AllergyIntolerance",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(_told(record), told(record.at, cx) if record.at else None, record.note)),
        "extension": [*evidence(record), *_written(record, cx)],
        "identifier": cx.identifier(fact.key),
        "clinicalStatus": _status("clinical", record.status or ("inactive" if record.absent else "active")),
        "verificationStatus": _status("verification", _verified(record)),
        "type": record.kind,
        "code": code,
        "patient": cx.subject,
        "encounter": encounter(record.at, cx),
        **moment("onset", record.at, cx),
        "note": notes(*written(record)),
        "reaction": [_reaction(record, cx)] if record.reaction else [],
    }


def _code(record: Allergy, cx: Context) -> Resource | None:
    if record.name:
        return cx.concept(concepts.drug, record.name, record.code)
    return concept(allergy_in_words(record), coding(SNOMED, *_NONE[record.of]), written=record.code)


def allergy_in_words(record: Allergy) -> str:
    """An allergy, or that there is none, in words."""
    if record.none:
        return f"no known allergy to {record.of}" if record.of else "no known allergy"
    what = f"{record.kind or 'allergy'} to {record.name}"
    return f"no {what}" if record.absent else what


def _told(record: Allergy) -> str:
    return sentence(allergy_in_words(record), ", ".join(record.reaction), record.severity, record.status)


def _verified(record: Allergy) -> str | None:
    """FHIR's own example of no known allergy is confirmed; of any other, the article says no more than its name."""
    return "refuted" if record.absent else "confirmed" if record.none else None


def _status(kind: str, code: str | None) -> Resource | None:
    return concept(code, coding(f"{HL7}allergyintolerance-{kind}", code, code.capitalize())) if code else None


def _written(record: Allergy, cx: Context) -> list[Resource]:
    solved = solved_times(cx, moment=record.at)
    if record.at is None or cx.timeline.written(record.at):
        return solved
    return [written_moment("written-time", cx.timeline.explain(record.at), record.at, cx), *solved]


def _reaction(record: Allergy, cx: Context) -> Resource:
    return prune(
        {
            "manifestation": [cx.concept(concepts.finding, name) for name in record.reaction],
            "severity": record.severity,
        }
    )
