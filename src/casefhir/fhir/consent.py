"""Consents → Consent, and RelatedPerson for who gave them in the patient's place."""

from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    HL7,
    LOINC,
    META,
    coding,
    concept,
    evidence,
    extension,
    narrative,
    prune,
    sentence,
    written,
)
from casefhir.fhir.times import written_time
from casefhir.keys import slug
from casefhir.model.course import Consent

_RELATIONS = {
    "parent": ("PRN", "parent"),
    "parent or guardian": ("", ""),
    "guardian": ("GUARD", "guardian"),
    "next of kin": ("NOK", "next of kin"),
}
"""Source: https://hl7.org/fhir/R4/v3/RoleCode/cs.html; `parent or guardian` leaves open which, so it has no code."""

_SCOPES = {
    "treatment": ("treatment", "Treatment"),
    "procedures": ("treatment", "Treatment"),
    "participation": ("research", "Research"),
}
"""Source: https://hl7.org/fhir/R4/codesystem-consent-scope.html; publication is patient-privacy."""


def consent(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    What somebody consented to; ppc-1 demands a policy, which is the consent in words.

    Source: https://hl7.org/fhir/R4/consent.html
    """
    record: Consent = fact.record
    told = " ".join(part for part in (record.form, "consent to", record.to) if part)
    yield {
        "resourceType": "Consent",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"{told}, by {record.by}", ", ".join(record.covers), record.note)),
        "extension": [
            *evidence(record),
            *written_time(record.at, None, None, cx, single=True),
            *(extension("note", valueString=text) for text in written(record)),
        ],
        "identifier": cx.identifier(fact.key),
        "status": "active",
        "scope": _scope(record.to),
        "category": [concept("Consent", coding(LOINC, "59284-0", "Patient Consent"))],
        "patient": cx.subject,
        "dateTime": cx.timeline.calendar(record.at) if record.at else None,
        "performer": _performer(record.by, cx),
        "policyRule": {"text": f"{told}, by {record.by}"},
        "provision": prune({"type": "permit", "code": [{"text": text} for text in record.covers]}),
    }


def _scope(to: str) -> Resource | None:
    code, display = _SCOPES.get(to, ("patient-privacy", "Privacy Consent"))
    return concept(to, coding(HL7 + "consentscope", code, display))


def _performer(by: str, cx: Context) -> list[Resource]:
    if by == "patient":
        return [cx.subject]
    return [cx.reference(_key(by))] if by in _RELATIONS else []


def _key(by: str) -> str:
    return f"related/{slug(by)}"


def related_persons(cx: Context) -> Iterator[Resource]:
    """
    Who consented in the patient's place, once each.

    Source: https://hl7.org/fhir/R4/relatedperson.html
    """
    for by in dict.fromkeys(consent.by for consent in cx.case.consent if consent.by in _RELATIONS):
        key = _key(by)
        yield {
            "resourceType": "RelatedPerson",
            "id": cx.id(key),
            "meta": META,
            "text": narrative(f"{by} of the patient"),
            "identifier": cx.identifier(key),
            "patient": cx.subject,
            "relationship": [concept(by, coding(HL7 + "v3-RoleCode", *_RELATIONS[by]))],
        }
