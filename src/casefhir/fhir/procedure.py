"""What was done to the patient → Procedure, and Observations of how much it was and that it did no harm."""

from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.body import body_site
from casefhir.fhir.categories import PROCEDURE
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    META,
    concept,
    evidence,
    hedge,
    lasting,
    narrative,
    notes,
    present,
    sentence,
    value,
    written,
)
from casefhir.fhir.goal import goals, pertaining, targets_in_words
from casefhir.fhir.others import taking_part
from casefhir.fhir.times import Times, times
from casefhir.model.procedure import Device, Procedure
from casefhir.model.quantity import Quantity
from casefhir.terms import Unit
from casefhir.terms.units import ucum

_METHOD = "http://hl7.org/fhir/StructureDefinition/procedure-method"


def procedure(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    What was done, or was not done and why. Its anaesthesia is a Procedure that is a part of it.

    Source: https://hl7.org/fhir/R4/procedure.html, https://hl7.org/fhir/R4/extension-procedure-method.html
    """
    record: Procedure = fact.record
    when = times(record, cx, continues=record.continues)
    yield {
        "resourceType": "Procedure",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(*_told(record), when.said, record.note)),
        "extension": [
            *evidence(record),
            *when.extension,
            *_method(record),
            *taking_part(fact.key, cx),
            *pertaining(fact, cx),
        ],
        "identifier": cx.identifier(fact.key),
        "status": _status(record),
        "statusReason": _reason(record),
        "code": cx.concept(concepts.procedure, record.name, record.code),
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.performed,
        **_linked("reasonCode", "reasonReference", record.for_, cx),
        "bodySite": [body_site(site, cx) for site in record.sites],
        "outcome": {"text": record.outcome} if record.outcome else None,
        **_linked("complication", "complicationDetail", _complications(record), cx),
        "note": notes(record.stopped.note if record.stopped else None, *written(record)),
        "usedReference": [cx.reference(key) for key, _ in _known_devices(fact)],
        "usedCode": present(*(concept(d.name, written=d.code) for d in record.devices if not _has_more(d))),
    }
    yield from (_device(key, device, cx) for key, device in _known_devices(fact))
    yield from goals(fact, _status(record), cx)
    yield from _parts(fact, when, cx)


def _told(record: Procedure) -> Iterator[str | None]:
    reason = record.not_done or ", ".join(record.stopped.why if record.stopped else ())
    state = ": not done" if record.not_done or record.absent else ": stopped" if record.stopped else ""
    yield f"{record.name}{state}" + (f" ({reason})" if reason else "")
    yield record.method
    yield ", ".join(site.text for site in record.sites)
    yield f"for {', '.join(record.for_)}" if record.for_ else None
    yield targets_in_words(record)
    yield ", ".join(text for text, _ in _measures(record).values())
    yield f"with {', '.join(device.text for device in record.devices)}" if record.devices else None
    yield f"outcome: {record.outcome}" if record.outcome else None
    complications = ", ".join(_complications(record)) or record.complications
    yield f"complications: {complications}" if complications else None


def _has_more(device: Device) -> bool:
    return bool(device.size or device.maker or device.model)


def _known_devices(fact: Fact) -> Iterator[tuple[str, Device]]:
    """The devices of which more than the name is known, each with its key."""
    record: Procedure = fact.record
    for number, device in enumerate(record.devices):
        if _has_more(device):
            twice = any(device.name == other.name for other in record.devices[:number])
            yield f"{fact.key}/its {device.name}" + (f" {number + 1}" if twice else ""), device


def _device(key: str, device: Device, cx: Context) -> Resource:
    """
    A device of which the size, the maker or the model is known.

    Source: https://hl7.org/fhir/R4/device.html
    """
    return {
        "resourceType": "Device",
        "id": cx.id(key),
        "meta": META,
        "text": narrative(device.text),
        "identifier": cx.identifier(key),
        "manufacturer": device.maker,
        "deviceName": [{"name": device.model, "type": "model-name"}] if device.model else [],
        "type": concept(device.name, written=device.code),
        "property": [{"type": {"text": "size"}, **_size(device.size)}] if device.size else [],
        "patient": cx.subject,
    }


def _size(size: Quantity) -> Resource:
    """The value of a property: a Quantity, or the words for what is none, `3 x 18 mm`."""
    said = value(size, ucum(size.unit) if size.unit else None, size.unit)
    if "valueQuantity" in said:
        return {"valueQuantity": [said["valueQuantity"]]}
    return {"valueCode": [{"text": size.text}]}


def _complications(record: Procedure) -> tuple[str, ...]:
    return () if record.complications == "none" else record.complications


def _method(record: Procedure) -> list[Resource]:
    return [{"url": _METHOD, "valueCodeableConcept": {"text": record.method}}] if record.method else []


def _status(record: Procedure) -> str:
    """
    `completed` for what was done at a moment or has an end; `unknown` if nothing is said of the end.

    Source: https://hl7.org/fhir/R4/valueset-event-status.html
    """
    if record.not_done or record.absent:
        return "not-done"
    if record.stopped:
        return "stopped"
    if record.continues:
        return "in-progress"
    return "unknown" if record.from_ and not record.to else "completed"


def _reason(record: Procedure) -> Resource | None:
    """Why it was not done, or was stopped."""
    text = record.not_done or ", ".join(record.stopped.why if record.stopped else ())
    return {"text": text} if text else None


def _linked(code: str, reference: str, names: tuple[str, ...], cx: Context) -> Resource:
    """Reasons or complications: references to the diagnoses of the case that are named, codes of all others."""
    others = (name for name in names if not cx.diseases(name))
    return {
        code: present(*(cx.concept(concepts.finding, name) for name in others)),
        reference: [cx.reference(key) for key in cx.diseases(*names)],
    }


def _parts(fact: Fact, when: Times, cx: Context) -> Iterator[Resource]:
    """What Procedure has no element for."""
    record: Procedure = fact.record
    if record.anaesthesia:
        yield _anaesthesia(fact, when, cx)
    for name, (text, measured) in _measures(record).items():
        yield _measure(name, text, measured, fact, when, cx)
    if record.complications == "none":
        yield _no_complication(fact, when, cx)


def _anaesthesia(fact: Fact, when: Times, cx: Context) -> Resource:
    """
    The anaesthesia of a procedure, as a part of it.

    Source: https://hl7.org/fhir/R4/procedure-definitions.html#Procedure.partOf
    """
    record: Procedure = fact.record
    key, name = f"{fact.key}/its anaesthesia", record.anaesthesia or ""
    full = name if "sthesi" in name else f"{name} anaesthesia"
    return {
        "resourceType": "Procedure",
        "id": cx.id(key),
        "meta": META,
        "text": narrative(sentence(f"{full} for {record.name}", when.said)),
        "extension": [*evidence(record), *when.extension],
        "identifier": cx.identifier(key),
        "partOf": [cx.reference(fact.key)],
        "status": _status(record),
        "code": cx.concept(concepts.procedure, full),
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.performed,
    }


def _measures(record: Procedure) -> dict[str, tuple[str, Resource]]:
    """How much, how often and how long: each with its words and its value[x]."""
    amount, duration, lost = record.amount, record.duration, record.blood_loss
    count = "1 session" if record.sessions == 1 else f"{record.sessions} sessions"
    measures = {
        "amount": amount and (amount.text, value(amount, _unit(amount), amount.unit)),
        "number of sessions": record.sessions and (count, {"valueInteger": record.sessions}),
        "blood loss": lost and (lost.text, value(lost, _unit(lost), lost.unit)),
        "duration": duration and (duration.text, lasting(duration)),
    }
    return {name: measure for name, measure in measures.items() if measure}


def _unit(amount: Quantity) -> Unit | None:
    """The unit of an amount; `2 units` of blood are bags, and not the units of enzymes and drugs that UCUM means."""
    unit = ucum(amount.unit) if amount.unit else None
    return None if unit and unit.ucum == "U" else unit


def _measure(name: str, text: str, measured: Resource, fact: Fact, when: Times, cx: Context) -> Resource:
    """
    What is said of a procedure that has no element for it: its amount, sessions, duration, or that all went well.

    Source: https://hl7.org/fhir/R4/observation-definitions.html#Observation.partOf
    """
    record: Procedure = fact.record
    key = f"{fact.key}/its {name}"
    return {
        "resourceType": "Observation",
        "id": cx.id(key),
        "meta": META,
        "text": narrative(sentence(f"{record.name}, {name}: {text}", when.said)),
        "extension": [*evidence(record), *when.extension],
        "identifier": cx.identifier(key),
        "partOf": [cx.reference(fact.key)],
        "status": "final",
        "category": PROCEDURE,
        "code": {"text": f"{name} of {record.name}"},
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.effective,
        **measured,
        "note": notes(_hedged(name, record)),
    }


def _hedged(name: str, record: Procedure) -> str | None:
    """What is printed, where a number alone says too much."""
    if name in ("amount", "blood loss"):
        return hedge(record.amount if name == "amount" else record.blood_loss)
    duration = record.duration if name == "duration" else None
    return f"printed as {duration.text}" if duration and duration.approximate else None


def _no_complication(fact: Fact, when: Times, cx: Context) -> Resource:
    """
    The statement that a procedure had no complication, which Procedure.complication cannot say.

    Source: https://hl7.org/fhir/R4/procedure.html
    """
    absent = {"valueCodeableConcept": cx.concept(concepts.qualifier, "absent")}
    return _measure("complications", "none", absent, fact, when, cx)
