"""Diagnoses, and what was ruled out → Condition."""

from collections.abc import Iterable, Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.ages import aged
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
    written,
)
from casefhir.fhir.solved import solved_times
from casefhir.fhir.stage import condition_stages
from casefhir.fhir.times import encounter, period, resolved, stretch, told, written_moment, written_time
from casefhir.model.course import Diagnosis, RuledOut
from casefhir.model.when import AtAge, When

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
        "text": narrative(sentence(record.name, *_told(record, cx), record.note)),
        "extension": [
            *evidence(record),
            *_times(record, cx),
            *(_asserted(record.diagnosed, cx) if record.diagnosed else []),
            *([due_to(record.cause, fact, cx)] if record.cause else []),
            *_links(_RELATED, _others(record.flare_of, fact, cx), cx),
        ],
        "identifier": cx.identifier(fact.key),
        "clinicalStatus": status("condition-clinical", _clinical(record)),
        "verificationStatus": status("condition-ver-status", record.certainty),
        "severity": cx.concept(concepts.qualifier, record.severity) if record.severity else None,
        "code": cx.concept(concepts.diagnosis, record.name, record.code),
        "bodySite": [body_site(site, cx) for site in record.sites],
        "subject": cx.subject,
        "encounter": encounter(record.diagnosed or record.onset, cx),
        **moment("onset", record.onset, cx),
        **moment("abatement", record.resolved, cx),
        "recordedDate": cx.timeline.calendar(record.diagnosed) if record.diagnosed else None,
        "stage": condition_stages(fact, cx),
        "evidence": [{"code": [{"text": text}]} for text in record.basis],
        "note": notes(*written(record), _unlinked(record, fact, cx)),
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
        "text": narrative(
            sentence(f"ruled out: {record.name}", told(record.at, cx) if record.at else None, record.note)
        ),
        "extension": [
            *evidence(record),
            *written_time(record.at, None, None, cx, single=True),
            *(_asserted(record.at, cx) if record.at else []),
        ],
        "identifier": cx.identifier(fact.key),
        "verificationStatus": status("condition-ver-status", "refuted"),
        "code": cx.concept(concepts.diagnosis, record.name, record.code),
        "subject": cx.subject,
        "encounter": encounter(record.at, cx),
        "recordedDate": cx.timeline.calendar(record.at) if record.at else None,
        "note": notes(*written(record)),
    }


def moment(element: str, when: When | None, cx: Context) -> Resource:
    """onset[x] or abatement[x]: an age or two, a partial date or two, or the words where no date is known."""
    if when is None:
        return {}
    dated = resolved(when, cx)
    if isinstance(dated, AtAge) and (said := aged(element, dated.age)):
        return said
    if (span := stretch(when, cx)) and (lasted := period(span, None, cx)):
        return {f"{element}Period": lasted}
    date = cx.timeline.calendar(when)
    return {f"{element}DateTime": date} if date else {f"{element}String": cx.timeline.explain(when)}


def _told(record: Diagnosis, cx: Context) -> Iterator[str | None]:
    yield record.certainty if record.certainty != "confirmed" else None
    yield record.severity
    yield f"since {told(record.onset, cx)}" if record.onset else None
    yield f"resolved {told(record.resolved, cx)}" if record.resolved else record.status


def _clinical(record: Diagnosis) -> str | None:
    return record.status or ("resolved" if record.resolved else None)


def status(system: str, code: str | None) -> Resource | None:
    """A status of HL7's list, with its code as text."""
    return {"coding": [coding(HL7 + system, code, code.capitalize())], "text": code} if code else None


def _asserted(when: When, cx: Context) -> list[Resource]:
    """The date of the diagnosis. Source: https://hl7.org/fhir/R4/extension-condition-asserteddate.html"""
    date = cx.timeline.calendar(when)
    return [{"url": _ASSERTED, "valueDateTime": date}] if date else []


def _times(record: Diagnosis, cx: Context) -> list[Resource]:
    solved = solved_times(cx, onset=record.onset, diagnosed=record.diagnosed, resolved=record.resolved)
    written = [
        written_moment(name, cx.timeline.explain(when), when, cx)
        for name, when in (
            ("written-onset", record.onset),
            ("written-diagnosed", record.diagnosed),
            ("written-resolved", record.resolved),
        )
        if when and (not cx.timeline.written(when) or (when is record.diagnosed and stretch(when, cx)))
    ]
    return [*written, *solved]


def due_to(cause: str, fact: Fact, cx: Context) -> Resource:
    """
    The cause: the diagnosis or the treatment of the case that it means, or its name.

    Source: https://hl7.org/fhir/R4/extension-condition-dueto.html
    """
    links = _links(_DUE_TO, _others(cause, fact, cx) or cx.named("treatments", cause), cx)
    name = cx.concept(concepts.diagnosis, cause)
    return links[0] if len(links) == 1 else {"url": _DUE_TO, "valueCodeableConcept": name}


def _others(about: str | None, fact: Fact, cx: Context) -> list[str]:
    """The diagnoses, of now or before, that a name means; a relapse may have the disease's name, and is not itself."""
    return [key for key in cx.diseases(about) if key != fact.key]


def _unlinked(record: Diagnosis, fact: Fact, cx: Context) -> str | None:
    """What it is a flare of, if that is no diagnosis of the case but a finding."""
    return f"flare of {record.flare_of}" if record.flare_of and not _others(record.flare_of, fact, cx) else None


def _links(url: str, keys: Iterable[str], cx: Context) -> list[Resource]:
    return [{"url": url, "valueReference": cx.reference(key)} for key in keys]
