"""Overdoses and poisons → Observation: what harmed must not look like what was given to heal."""

from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import HL7, META, coding, evidence, hedge, narrative, notes, sentence, written
from casefhir.fhir.dosage import amount_value, dose_text
from casefhir.fhir.times import times
from casefhir.model.dose import Dosage
from casefhir.model.exposure import Exposure

_CATEGORY = [{"coding": [coding(HL7 + "v3-ActClass", "EXPOS", "exposure")], "text": "Exposure"}]
"""As public health reports have it. Source: https://hl7.org/fhir/us/ecr/StructureDefinition-us-ph-exposure-contact-information.html"""


def exposure(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    An exposure to a drug or a poison: the agent as the value, how much and why in components.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Exposure = fact.record
    when, dose = times(record, cx), record.dose
    amount = dose.dosage.amount if dose and dose.dosage else None
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(exposure_in_words(record), when.said, record.why, record.note)),
        "extension": [*evidence(record), *when.extension],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "category": _CATEGORY,
        "code": {"text": f"{_kind(record)} {record.name}"},
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.effective,
        "valueCodeableConcept": cx.concept(concepts.qualifier, "absent") if record.absent else _agent(record, cx),
        "note": notes(hedge(amount), dose.note if dose else None, *written(record)),
        "component": list(_components(record, cx)),
    }


def exposure_in_words(record: Exposure) -> str:
    """What is said of an exposure, in words: `exposure to verapamil 9.6 g PO, self-harm`."""
    amount = dose_text(record.dose) if record.dose else ""
    told = " ".join(filter(None, (_kind(record), record.name, amount)))
    return ", ".join(filter(None, (f"no {told}" if record.absent else told, record.intent)))


def _kind(record: Exposure) -> str:
    return "exposure to" if record.certainty == "confirmed" else "possible exposure to"


def _agent(record: Exposure, cx: Context) -> Resource | None:
    return cx.concept(concepts.drug, record.name, record.code)


def _components(record: Exposure, cx: Context) -> Iterator[Resource]:
    if record.absent:
        yield {"code": {"text": "agent"}, "valueCodeableConcept": _agent(record, cx)}
    if record.dose:
        yield {"code": {"text": "dose"}, "valueString": dose_text(record.dose)}
        yield from _amounts(record.dose.dosage or Dosage(""), cx)
    if record.dose and record.dose.printed:
        yield {"code": {"text": "dose as printed"}, "valueString": record.dose.printed}
    if record.certainty != "confirmed":
        yield {"code": {"text": "certainty"}, "valueCodeableConcept": {"text": record.certainty}}
    for name, said in (("intent", record.intent), ("reason", record.why)):
        if said:
            yield {"code": {"text": name}, "valueCodeableConcept": {"text": said}}


def _amounts(d: Dosage, cx: Context) -> Iterator[Resource]:
    """The amount that was taken, and how much is in a tablet; nothing is multiplied."""
    if d.amount is not None and not d.others and not d.per_period:
        yield {"code": {"text": "amount"}, **amount_value(d.amount, d.per_weight)}
    for strength in d.strength:
        yield {"code": {"text": "strength"}, **amount_value(strength)}
    if d.route:
        yield {"code": {"text": "route"}, "valueCodeableConcept": cx.concept(concepts.route, d.route)}
