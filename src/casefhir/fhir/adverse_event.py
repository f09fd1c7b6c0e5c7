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
    hedge,
    narrative,
    present,
    prune,
    sentence,
    value_of,
    written,
)
from casefhir.fhir.observation import no_adverse_event
from casefhir.fhir.times import times, told, written_time
from casefhir.model.course import AdverseEvent, Challenge

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
        "text": narrative(
            sentence(f"Adverse event: {record.name}", *_how_much(record), suspects, when.said, record.outcome)
        ),
        "extension": [
            *evidence(record),
            *written_time(record.at, record.from_, record.to, cx, single=True),
            *_more(record, cx),
        ],
        "identifier": cx.identifier(fact.key)[0],
        "actuality": "actual",
        "event": cx.concept(concepts.finding, record.name or "", record.code),
        "subject": cx.subject,
        "encounter": when.encounter,
        "date": cx.timeline.calendar(record.moment) if record.moment else None,
        "seriousness": _seriousness(record.serious),
        "severity": _severity(record.severity),
        "outcome": _outcome(record.outcome),
        "resultingCondition": [cx.reference(key) for key in cx.named("diagnoses", record.name)],
        "suspectEntity": [
            prune({"instance": cx.reference(key), "causality": _causality(record)})
            for one in record.of
            for key in cx.chart.suspects(one, record.name or "", record.begun)
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
    """How surely the suspect did it, and how that was judged; the words of other scales than WHO-UMC's are text."""
    known = _CAUSALITIES.get(record.causality or "")
    code = coding(HL7 + "adverse-event-causality-assess", *known) if known else None
    judged = {"assessment": concept(record.causality, code), "method": concept(record.assessed_by)}
    return present(prune(judged))


def _more(record: AdverseEvent, cx: Context) -> Iterator[Resource]:
    """What R4 has no element for."""
    yield from _measured(record)
    yield from _challenges(record, cx)
    yield from (extension("note", valueString=text) for text in (*_told(record, cx), *written(record)))


def _how_much(record: AdverseEvent) -> Iterator[str]:
    if record.value:
        yield record.value.text
    if record.severity:
        yield record.severity


def _measured(record: AdverseEvent) -> Iterator[Resource]:
    """The grade and the amount, for which R4 has no element: its severity has three words and no others."""
    if record.severity and record.severity not in _SEVERITIES:
        yield extension("grade", valueCodeableConcept={"text": record.severity})
    if record.value:
        yield extension("value", **value_of(record.value))


def _challenges(record: AdverseEvent, cx: Context) -> Iterator[Resource]:
    """A drug that was stopped, or given again: when, and in which course, for which R4 has no element."""
    for name, challenge in _each_challenge(record):
        date = cx.timeline.calendar(challenge.at) if challenge.at else None
        courses = cx.interventions((challenge.of,), challenge.at) if challenge.of else []
        if challenge.at or courses:
            parts = present(
                {"url": "result", "valueString": challenge.result},
                {"url": "time", "valueString": told(challenge.at, cx)} if challenge.at else None,
                {"url": "date", "valueDateTime": date} if date else None,
                *({"url": "course", "valueReference": cx.reference(key)} for key in courses),
            )
            yield extension(name, extension=parts)


def _each_challenge(record: AdverseEvent) -> Iterator[tuple[str, Challenge]]:
    for name, challenge in (("dechallenge", record.dechallenge), ("rechallenge", record.rechallenge)):
        if challenge:
            yield name, challenge


def _told(record: AdverseEvent, cx: Context) -> Iterator[str]:
    """What R4 has no element for, in words."""
    for name, challenge in _each_challenge(record):
        at = told(challenge.at, cx) if challenge.at else None
        yield f"{name}: {', '.join(filter(None, (challenge.result, challenge.of, at, challenge.note)))}"
    if record.value and (doubtful := hedge(record.value)):
        yield doubtful
    if record.reported:
        yield f"reported: {record.reported}"
    if not record.of and (judged := sentence(record.causality, record.assessed_by)):
        yield f"causality: {judged}"


def _seriousness(serious: bool | None) -> Resource | None:
    if serious is None:
        return None
    code = "Serious" if serious else "Non-serious"
    return concept(code, coding(HL7 + "adverse-event-seriousness", code, code))


def _outcome(outcome: str | None) -> Resource | None:
    return concept(outcome, coding(HL7 + "adverse-event-outcome", *_OUTCOMES[outcome])) if outcome else None


def _severity(severity: str | None) -> Resource | None:
    """How severe, in the words that R4 demands; a grade is none of them."""
    if severity not in _SEVERITIES:
        return None
    return concept(severity, coding(HL7 + "adverse-event-severity", severity, severity.capitalize()))


_SEVERITIES = ("mild", "moderate", "severe")
"""Source: https://hl7.org/fhir/R4/valueset-adverse-event-severity.html, a required binding"""
