"""Patient's measures, findings, scores, course and the absence of harm → Observation."""

from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.body import body_site, body_sites, in_one
from casefhir.fhir.categories import EXAM, SURVEY, absent_reason, of_section
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    META,
    evidence,
    hedge,
    lasting,
    narrative,
    notes,
    present,
    sentence,
    value_of,
    written,
)
from casefhir.fhir.points import parts, points
from casefhir.fhir.specimen import specimen_of
from casefhir.fhir.times import times
from casefhir.fhir.vital_signs import vital_sign
from casefhir.model.course import AdverseEvent, Course
from casefhir.model.findings import Finding, ImagingFinding, Score
from casefhir.model.quantity import Quantity
from casefhir.statement import Rating, Sign
from casefhir.terms.units import ucum

_KINDS = {"exam": EXAM, "symptom": [{"text": "symptom"}], "function": [{"text": "function in daily life"}]}


def sign(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A symptom, a sign or what a report shows: present, absent or not done; at one site, as R4 has one bodySite,
    or at several together, each a component.

    A temperature of a finding (fever up to 39.5 °C) is a vital sign of its own, of which the finding is derived.
    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Sign = fact.record
    finding: Finding | ImagingFinding = record.record
    when = times(record, cx)
    temperature = _temperature(finding.value)
    if temperature:
        yield vital_sign(f"{fact.key}/body temperature", "body temperature", temperature, fact, cx)
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(_told(record), when.said, finding.note)),
        "extension": [*evidence(finding), *when.extension],
        "identifier": cx.identifier(fact.key),
        "partOf": [cx.reference(cx.key_at[fact.path[:2]])] if fact.path[0] == "procedures" else [],
        "status": "final",
        "category": _KINDS.get(finding.kind or "") if isinstance(finding, Finding) else of_section(fact.path, cx),
        "code": cx.concept(concepts.finding, record.name, finding.code),
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.effective,
        **_presence(finding, cx),
        "note": notes(None if temperature else hedge(finding.value), _hedged_duration(finding), *written(finding)),
        "bodySite": body_sites(record.sites, cx),
        "specimen": specimen_of(fact, cx),
        "derivedFrom": [cx.reference(f"{fact.key}/body temperature")] if temperature else [],
        "component": [*_several(record, cx), *_components(finding, temperature is None, cx)],
    }


def _several(record: Sign, cx: Context) -> Iterator[Resource]:
    """The places that a finding has together, a component each."""
    for site in record.sites if len(record.sites) > 1 else ():
        yield {"code": {"text": "site"}, "valueCodeableConcept": cx.concept(concepts.site, site.text, site.name)}


def _temperature(amount: Quantity | None) -> Quantity | None:
    unit = ucum(amount.unit) if amount and amount.unit else None
    return amount if unit and unit.dimension == "temperature" else None


def _told(record: Sign) -> str:
    finding = record.record
    not_done = isinstance(finding, Finding) and finding.not_done
    state = f"not done: {not_done}" if not_done else "absent" if finding.absent else "present"
    site = f", {in_one(record.sites)}" if record.sites else ""
    more = [finding.value.text if finding.value else None, finding.severity]
    more += [finding.duration.text] if isinstance(finding, Finding) and finding.duration else []
    more += [finding.pattern]
    if isinstance(finding, Finding):
        more += [f"because of {finding.cause}" if finding.cause else None]
    details = ", ".join(filter(None, more))
    return f"{record.name}{site}: {state}" + (f" ({details})" if details else "")


def _hedged_duration(finding: Finding | ImagingFinding) -> str | None:
    duration = finding.duration if isinstance(finding, Finding) else None
    return f"its duration is printed as {duration.text}" if duration and duration.approximate else None


def _presence(finding: Finding | ImagingFinding, cx: Context) -> Resource:
    if isinstance(finding, Finding) and finding.not_done:
        return {"dataAbsentReason": absent_reason("not-performed", "Not Performed", finding.not_done)}
    return {"valueCodeableConcept": cx.concept(concepts.qualifier, "absent" if finding.absent else "present")}


def _components(finding: Finding | ImagingFinding, with_value: bool, cx: Context) -> Iterator[Resource]:
    if finding.value and with_value:
        yield {"code": {"text": "value"}, **value_of(finding.value)}
    if finding.severity:
        severity = cx.concept(concepts.qualifier, finding.severity)
        yield {"code": cx.concept(concepts.attribute, "severity"), "valueCodeableConcept": severity}
    if isinstance(finding, Finding) and finding.duration:
        yield {"code": {"text": "duration"}, **lasting(finding.duration)}
    if finding.pattern:
        yield {"code": {"text": "pattern"}, "valueString": finding.pattern}
    if isinstance(finding, Finding) and finding.cause:
        yield {"code": {"text": "cause"}, "valueCodeableConcept": cx.concept(concepts.diagnosis, finding.cause)}


def score(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A score; without a number, what the report concludes from it. Its parts are components.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    rating: Rating = fact.record
    record = rating.record
    when = times(rating, cx)
    site = f", {rating.site.text}" if rating.site else ""
    shown = " ".join(filter(None, (record.value.text if record.value else "", *_parts(record), record.means)))
    told = points(record.value) if record.value else {}
    component = [*told.pop("component", []), *parts(record, cx)]
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"{record.name}{site}: {shown}", when.said)),
        "extension": [*evidence(record), *when.extension],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "category": SURVEY,
        "code": cx.concept(concepts.score, record.name, record.code),
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.effective,
        **(told if told or component else {"valueCodeableConcept": {"text": record.means}}),
        "interpretation": [{"text": record.means}] if record.means else [],
        "note": notes(hedge(record.value), *written(record)),
        "bodySite": body_site(rating.site, cx),
        "component": component,
    }


def _parts(record: Score) -> Iterator[str]:
    yield from (f"{name} {value.text}" for name, value in record.parts.items())


def course(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    How things went, with focus on the treatment and the diagnosis or finding that it is about.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Course = fact.record
    when = times(record, cx)
    about = [*cx.diseases(record.of), *cx.named("findings", record.of)]
    subject = ", ".join(dict.fromkeys(cx.chart.label(key) for key in about))
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(record.what, _response(record), when.said, _after(record, cx))),
        "extension": [*evidence(record), *when.extension],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "code": {"text": f"course of {subject or record.of}" if record.of else "clinical course"},
        "subject": cx.subject,
        "focus": [cx.reference(key) for key in (*cx.interventions(record.after, record.begun), *about)],
        "encounter": when.encounter,
        **when.effective,
        "valueString": record.what,
        "note": notes(hedge(record.value), *written(record)),
        "method": {"text": record.criteria} if record.criteria else None,
        "component": present(
            _class_of_response(record),
            {"code": {"text": "value"}, **value_of(record.value)} if record.value else None,
            {"code": {"text": "cause"}, "valueString": record.cause} if record.cause else None,
        ),
    }


def _class_of_response(record: Course) -> Resource | None:
    """`VGPR` as a component; no table of ours has a code for the classes of the many criteria."""
    if not record.response:
        return None
    return {"code": {"text": "response"}, "valueCodeableConcept": {"text": record.response}}


def _response(record: Course) -> str | None:
    criteria = f" by {record.criteria}" if record.criteria else ""
    return f"response: {record.response}{criteria}" if record.response else None


def _after(record: Course, cx: Context) -> str | None:
    named = cx.intervened(record.after)
    return f"after {named}" if named else None


def no_adverse_event(fact: Fact, cx: Context) -> Resource:
    """
    The statement that a treatment did no harm, which FHIR's AdverseEvent cannot say.

    Source: https://hl7.org/fhir/R4/adverseevent.html
    """
    record: AdverseEvent = fact.record
    when = times(record, cx)
    return {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence("Adverse events: none", cx.intervened(record.of), when.said)),
        "extension": [*evidence(record), *when.extension],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "code": cx.concept(concepts.finding, "adverse event", record.code),
        "subject": cx.subject,
        "focus": [cx.reference(key) for key in cx.interventions(record.of, record.begun)],
        "encounter": when.encounter,
        **when.effective,
        "valueCodeableConcept": cx.concept(concepts.qualifier, "absent"),
        "note": notes(*written(record)),
    }
