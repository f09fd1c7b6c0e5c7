"""Diagnoses, and what was ruled out → Condition."""

from collections.abc import Iterable, Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.body import body_site
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    HL7,
    META,
    coding,
    evidence,
    narrative,
    notes,
    sentence,
    value,
    written,
)
from casefhir.fhir.times import encounter, resolved, told, written_moment
from casefhir.model.course import Diagnosis, RuledOut
from casefhir.model.quantity import Amount
from casefhir.model.when import AtAge, When
from casefhir.terms.units import ucum

_DUE_TO = "http://hl7.org/fhir/StructureDefinition/condition-dueTo"
_RELATED = "http://hl7.org/fhir/StructureDefinition/condition-related"
_ASSERTED = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate"


def diagnosis(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A disease. How it stands is only said if the report says it; what set it off is linked.

    Source: https://hl7.org/fhir/R4/condition.html
    """
    record: Diagnosis = fact.record
    yield {
        "resourceType": "Condition",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(record.name, _onset_told(record, cx), record.status, record.note)),
        "extension": [
            *evidence(record),
            *_times(record, cx),
            *(_asserted(record.diagnosed, cx) if record.diagnosed else []),
            *([_due_to(record.cause, cx)] if record.cause else []),
            *_links(_RELATED, cx.named("diagnoses", record.flare_of), cx),
        ],
        "identifier": cx.identifier(fact.key),
        "clinicalStatus": _status("condition-clinical", _clinical(record)),
        "verificationStatus": _status("condition-ver-status", record.certainty),
        "severity": cx.concept(concepts.qualifier, record.severity) if record.severity else None,
        "code": cx.concept(concepts.diagnosis, record.name, record.code),
        "bodySite": [body_site(site, cx) for site in record.sites],
        "subject": cx.subject,
        "encounter": encounter(record.diagnosed or record.onset, cx),
        **onset(record.onset, cx),
        "abatementDateTime": cx.timeline.calendar(record.resolved) if record.resolved else None,
        "recordedDate": cx.timeline.calendar(record.diagnosed) if record.diagnosed else None,
        "evidence": [{"code": [{"text": text}]} for text in record.basis],
        "note": notes(*written(record)),
    }


def ruled_out(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A disease that was examined and excluded; con-4 and con-5 leave it without a clinical status.

    Source: https://hl7.org/fhir/R4/valueset-condition-ver-status.html
    """
    record: RuledOut = fact.record
    yield {
        "resourceType": "Condition",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"ruled out: {record.name}", told(record.at, cx) if record.at else None)),
        "extension": [*evidence(record), *(_asserted(record.at, cx) if record.at else [])],
        "identifier": cx.identifier(fact.key),
        "verificationStatus": _status("condition-ver-status", "refuted"),
        "code": cx.concept(concepts.diagnosis, record.name, record.code),
        "subject": cx.subject,
        "encounter": encounter(record.at, cx),
        "recordedDate": cx.timeline.calendar(record.at) if record.at else None,
        "note": notes(*written(record)),
    }


def onset(when: When | None, cx: Context) -> Resource:
    """onset[x]: an age, a partial date, or the words where no calendar date is known."""
    match resolved(when, cx) or when:
        case None:
            return {}
        case AtAge(_, age) if age.ucum:
            amount, code = age.ucum
            return {"onsetAge": value(Amount(age.text, amount, code), ucum(code), code)["valueQuantity"]}
    assert when is not None, "None was the first case"
    date = cx.timeline.calendar(when)
    return {"onsetDateTime": date} if date else {"onsetString": cx.timeline.explain(when)}


def _onset_told(record: Diagnosis, cx: Context) -> str | None:
    return f"since {told(record.onset, cx)}" if record.onset else None


def _clinical(record: Diagnosis) -> str | None:
    return record.status or ("resolved" if record.resolved else None)


def _status(system: str, code: str | None) -> Resource | None:
    return {"coding": [coding(HL7 + system, code, code.capitalize())], "text": code} if code else None


def _asserted(when: When, cx: Context) -> list[Resource]:
    """The date of the diagnosis. Source: https://hl7.org/fhir/R4/extension-condition-asserteddate.html"""
    date = cx.timeline.calendar(when)
    return [{"url": _ASSERTED, "valueDateTime": date}] if date else []


def _times(record: Diagnosis, cx: Context) -> list[Resource]:
    return [
        written_moment(name, cx.timeline.explain(when), when, cx)
        for name, when in (
            ("written-onset", record.onset),
            ("written-diagnosed", record.diagnosed),
            ("written-resolved", record.resolved),
        )
        if when and not cx.timeline.written(when)
    ]


def _due_to(cause: str, cx: Context) -> Resource:
    """The cause: a diagnosis of the case, or its name. Source: https://hl7.org/fhir/R4/extension-condition-dueto.html"""
    links = _links(_DUE_TO, cx.named("diagnoses", cause), cx)
    return links[0] if links else {"url": _DUE_TO, "valueCodeableConcept": cx.concept(concepts.diagnosis, cause)}


def _links(url: str, keys: Iterable[str], cx: Context) -> list[Resource]:
    return [{"url": url, "valueReference": cx.reference(key)} for key in keys]
