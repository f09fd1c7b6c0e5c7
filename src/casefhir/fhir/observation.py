"""Patient's measures, findings, scores, course and the absence of harm → Observation."""

from collections.abc import Iterator

from casefhir.facts import Fact, Sign
from casefhir.fhir import concepts
from casefhir.fhir.body import body_site
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    HL7,
    LOINC,
    META,
    coding,
    concept,
    effective,
    effective_period,
    evidence,
    length,
    narrative,
    notes,
    present,
    said,
    sentence,
    value,
    value_of,
    written,
    written_time,
)
from casefhir.model.age import Age
from casefhir.model.course import AdverseEvent, Course
from casefhir.model.findings import Finding, ImagingFinding, Score
from casefhir.model.patient import Patient
from casefhir.model.quantity import Amount, Quantity
from casefhir.terms import Lab as Test
from casefhir.terms.units import ucum


def category(code: str, display: str) -> list[Resource]:
    """Observation.category. Source: https://hl7.org/fhir/R4/codesystem-observation-category.html"""
    return [{"coding": [coding(HL7 + "observation-category", code, display)], "text": display}]


VITAL_SIGNS = category("vital-signs", "Vital Signs")
LABORATORY = category("laboratory", "Laboratory")
SURVEY = category("survey", "Survey")
EXAM = category("exam", "Exam")
IMAGING = category("imaging", "Imaging")

_KINDS = {"exam": EXAM, "symptom": [{"text": "symptom"}], "function": [{"text": "function in daily life"}]}


def absent_reason(code: str, display: str, text: str = "") -> Resource:
    """Observation.dataAbsentReason. Source: https://hl7.org/fhir/R4/codesystem-data-absent-reason.html"""
    return {"coding": [coding(HL7 + "data-absent-reason", code, display)], "text": text or display}


def measures(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    Age, height and weight of the patient at the moment that they belong to.

    Source: https://hl7.org/fhir/R4/vitalsigns.html
    """
    patient: Patient = fact.record
    if patient.age:
        yield _age(fact, patient.age, cx)
    for name, amount in (("body height", patient.height), ("body weight", patient.weight)):
        if amount:
            yield vital_sign(f"patient/{name}", name, amount, fact, cx)


def _age(fact: Fact, age: Age, cx: Context) -> Resource:
    patient: Patient = fact.record
    return {
        "resourceType": "Observation",
        "id": cx.id("patient/age"),
        "meta": META,
        "text": narrative(sentence(f"Age: {age.text}", said(cx, patient))),
        "extension": [*evidence(patient), *written_time(cx, patient)],
        "identifier": cx.identifier("patient/age"),
        "status": "final",
        "code": concept("Age", coding(LOINC, "30525-0", "Age")),
        "subject": cx.subject,
        "encounter": cx.encounter(patient.at),
        **effective(cx, patient),
        **_age_value(age),
    }


def _age_value(age: Age) -> Resource:
    if age.ucum is None:
        return {"valueString": age.text}
    amount, code = age.ucum
    return value(Amount(age.text, amount, age.text, age.comparator), ucum(code), _unit_words(age.text))


def _unit_words(text: str) -> str:
    """The words of an age without its number: `4 years` → `years`."""
    return text.lstrip("0123456789. ") or text


def vital_sign(key: str, name: str, amount: Quantity, fact: Fact, cx: Context) -> Resource:
    """
    A vital sign by its profile: LOINC code, UCUM unit, a time.

    Source: https://hl7.org/fhir/R4/vitalsigns.html
    """
    test: Test = cx.terms.labs.get(name)[0]
    highest = isinstance(amount, Amount) and amount.maximum
    return {
        "resourceType": "Observation",
        "id": cx.id(key),
        "meta": META,
        "text": narrative(sentence(f"{name}: {amount.text}", said(cx, fact.record))),
        "extension": [*_evidence(fact), *written_time(cx, fact.record)],
        "identifier": cx.identifier(key),
        "status": "final",
        "category": VITAL_SIGNS,
        "code": concepts.laboratory_test(f"{name} (maximum)" if highest else name, test),
        "subject": cx.subject,
        "encounter": cx.encounter(fact.record.moment),
        **effective_period(cx, fact.record.moment),
        **value_of(amount),
        "note": notes("the highest value" if highest else None),
    }


def _evidence(fact: Fact) -> list[Resource]:
    record = fact.record.record if isinstance(fact.record, Sign) else fact.record
    return evidence(record)


def sign(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A symptom, a sign or what an image shows: present, absent or not done; at one site, as R4 has one bodySite.

    A temperature of a finding (fever up to 39.5 °C) is a vital sign of its own, of which the finding is derived.
    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Sign = fact.record
    finding: Finding | ImagingFinding = record.record
    temperature = _temperature(finding.value)
    if temperature:
        yield vital_sign(f"{fact.key}/body temperature", "body temperature", temperature, fact, cx)
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(_told(record), said(cx, record), finding.note)),
        "extension": [*evidence(finding), *written_time(cx, record)],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "category": _KINDS.get(finding.kind or "") if isinstance(finding, Finding) else IMAGING,
        "code": concepts.finding(record.name, cx.terms, finding.code),
        "subject": cx.subject,
        "encounter": cx.encounter(record.moment),
        **effective(cx, record),
        **_presence(finding, cx),
        "note": notes(*written(finding)),
        "bodySite": body_site(record.site, cx),
        "derivedFrom": [cx.reference(f"{fact.key}/body temperature")] if temperature else [],
        "component": list(_components(finding, temperature is None, cx)),
    }


def _temperature(amount: Quantity | None) -> Quantity | None:
    unit = ucum(amount.unit) if amount and amount.unit else None
    return amount if unit and unit.dimension == "temperature" else None


def _told(record: Sign) -> str:
    finding = record.record
    not_done = isinstance(finding, Finding) and finding.not_done
    state = f"not done: {not_done}" if not_done else "absent" if finding.absent else "present"
    site = f", {record.site.text}" if record.site else ""
    amount = f" ({finding.value.text})" if finding.value else ""
    return f"{record.name}{site}: {state}{amount}"


def _presence(finding: Finding | ImagingFinding, cx: Context) -> Resource:
    if isinstance(finding, Finding) and finding.not_done:
        return {"dataAbsentReason": absent_reason("not-performed", "Not Performed", finding.not_done)}
    return {"valueCodeableConcept": concepts.qualifier("absent" if finding.absent else "present", cx.terms)}


def _components(finding: Finding | ImagingFinding, with_value: bool, cx: Context) -> Iterator[Resource]:
    if finding.value and with_value:
        yield {"code": {"text": "value"}, **value_of(finding.value)}
    if finding.severity:
        severity = concepts.qualifier(finding.severity, cx.terms)
        yield {"code": concepts.attribute("severity", cx.terms), "valueCodeableConcept": severity}
    if not isinstance(finding, Finding):
        return
    if finding.duration:
        yield {"code": {"text": "duration"}, "valueQuantity": length(finding.duration)}
    if finding.pattern:
        yield {"code": {"text": "pattern"}, "valueString": finding.pattern}
    if finding.cause:
        yield {"code": {"text": "cause"}, "valueCodeableConcept": concepts.diagnosis(finding.cause, cx.terms)}


def score(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A score; without a number, what the report concludes from it.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Score = fact.record
    shown = " ".join(part for part in (record.value.text if record.value else "", record.means) if part)
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"{record.name}: {shown}", said(cx, record))),
        "extension": [*evidence(record), *written_time(cx, record)],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "category": SURVEY,
        "code": concepts.score(record.name, cx.terms, record.code),
        "subject": cx.subject,
        "encounter": cx.encounter(record.moment),
        **effective(cx, record),
        **_score_value(record),
        "interpretation": [{"text": record.means}] if record.means else [],
        "note": notes(*written(record)),
    }


def _score_value(record: Score) -> Resource:
    match record.value:
        case None:
            return {"valueCodeableConcept": {"text": record.means}}
        case Amount(_, _, ""):
            return value(record.value, ucum("{score}"), "score")
    return value_of(record.value)


def course(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    How things went, with focus on the treatment and the diagnosis or finding that it is about.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Course = fact.record
    about = [*cx.named("treatments", record.after), *cx.named("diagnoses", record.of)]
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(record.what, said(cx, record), record.after and f"after {record.after}")),
        "extension": [*evidence(record), *written_time(cx, record)],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "code": {"text": f"course of {record.of}" if record.of else "clinical course"},
        "subject": cx.subject,
        "focus": [cx.reference(key) for key in about],
        "encounter": cx.encounter(record.moment),
        **effective(cx, record),
        "valueString": record.what,
        "note": notes(*written(record)),
        "component": present(
            {"code": {"text": "value"}, **value_of(record.value)} if record.value else None,
            {"code": {"text": "cause"}, "valueString": record.cause} if record.cause else None,
        ),
    }


def no_adverse_event(fact: Fact, cx: Context) -> Resource:
    """
    The statement that a treatment did no harm, which FHIR's AdverseEvent cannot say.

    Source: https://hl7.org/fhir/R4/adverseevent.html
    """
    record: AdverseEvent = fact.record
    return {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence("Adverse events: none", record.of, said(cx, record))),
        "extension": [*evidence(record), *written_time(cx, record)],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "code": concepts.finding("adverse event", cx.terms),
        "subject": cx.subject,
        "focus": [cx.reference(key) for key in cx.named("treatments", record.of)],
        "encounter": cx.encounter(record.moment),
        **effective(cx, record),
        "valueCodeableConcept": concepts.qualifier("absent", cx.terms),
        "note": notes(*written(record)),
    }
