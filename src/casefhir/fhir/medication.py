"""Drugs → MedicationStatement."""

from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    META,
    evidence,
    extension,
    narrative,
    notes,
    present,
    sentence,
    written,
)
from casefhir.fhir.dosage import amount_value, dosage, dose_text
from casefhir.fhir.goal import goals, targets_in_words
from casefhir.fhir.others import taking_part
from casefhir.fhir.times import encounter, in_words, period, times, told
from casefhir.model.dose import Dosage
from casefhir.model.quantity import Amount, Range
from casefhir.model.timeline import beginning
from casefhir.model.treatment import Dose, Interruption, Treatment


def treatment(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A course of a drug, or a single dose.

    Source: https://hl7.org/fhir/R4/medicationstatement.html
    """
    record: Treatment = fact.record
    when = times(record, cx, continues=record.continues)
    successor = _successor(fact, cx)
    status = "completed" if successor and not record.stopped else _status(record)
    yield {
        "resourceType": "MedicationStatement",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(_told(record), when.said, *_ended(successor, cx), *_more(record, cx))),
        "extension": [
            *evidence(record),
            *when.extension,
            *_printed(record.dose),
            *_form(record.dose),
            *_strength(record.dose),
            *_regimen(record),
            *(_interrupted(interruption, cx) for interruption in record.interrupted),
            *(extension("replaces", valueReference=cx.reference(key)) for key in cx.chart.replaced(fact)),
            *taking_part(fact.key, cx),
            *(extension("ended-by", valueString=ended) for ended in _ended(successor, cx)),
        ],
        "identifier": cx.identifier(fact.key),
        "status": status,
        "statusReason": [{"text": why} for why in _status_reasons(record)],
        "medicationCodeableConcept": cx.concept(concepts.drug, record.drug, record.code),
        "subject": cx.subject,
        "context": encounter(record.begun, cx),
        **(_until(record, successor, cx) if successor else when.effective),
        "reasonCode": _reason_codes(record, cx),
        "reasonReference": [cx.reference(key) for name in record.for_ for key in cx.diseases(name)],
        "note": notes(*_notes(record), *_breaks(record, cx)),
        "dosage": [dosage(record.dose, cx)] if record.dose else [],
    }
    yield from goals(fact, status, cx)


def _more(record: Treatment, cx: Context) -> Iterator[str]:
    if told := targets_in_words(record):
        yield told
    yield from (*_why(record), *_breaks(record, cx))
    if record.note:
        yield record.note


def _successor(fact: Fact, cx: Context) -> Treatment | None:
    """
    The treatment that took the place of a course of which nothing else tells the end.

    A taper is written step by step, each with its start: without this, all steps would seem to be taken side by side.
    """
    record: Treatment = fact.record
    dosage = record.dose.dosage if record.dose else None
    if (
        record.at
        or record.to
        or record.continues
        or record.not_done
        or record.absent
        or (dosage and (dosage.count or dosage.for_))
    ):
        return None
    successor = cx.chart.successors.get(fact.key)
    return successor.record if successor else None


def _ended(successor: Treatment | None, cx: Context) -> Iterator[str]:
    """That the end of a course is the beginning of another: the article need not print it."""
    if successor and successor.begun:
        yield f"ended when {_told(successor)} took its place: {told(successor.begun, cx)}"


def _until(record: Treatment, successor: Treatment, cx: Context) -> Resource:
    lasted = period(record.from_, successor.begun and beginning(successor.begun), cx)
    return {"effectivePeriod": lasted} if lasted else {}


def _told(record: Treatment) -> str:
    dose = record.dose
    told = " ".join(part for part in (record.drug, dose and dose_text(dose)) if part)
    if record.not_done or record.absent:
        return f"{told}: not given" + (f" ({record.not_done})" if record.not_done else "")
    return told


def _why(record: Treatment) -> Iterator[str]:
    if record.regimen:
        yield f"regimen: {record.regimen}"
    if record.cycles:
        yield "1 cycle" if record.cycles == 1 else f"{record.cycles} cycles"
    if record.started and record.started.why:
        yield f"started because: {', '.join(record.started.why)}"
    if record.stopped and record.stopped.why:
        yield f"stopped because: {', '.join(record.stopped.why)}"


def _printed(dose: Dose | None) -> list[Resource]:
    return [extension("printed-value", valueString=dose.printed)] if dose and dose.printed else []


def _form(dose: Dose | None) -> list[Resource]:
    """The form (tablet, suspension), for which R4 has an element on Medication only."""
    form = dose.dosage.form if dose and dose.dosage else None
    return [extension("dose-form", valueCodeableConcept={"text": form})] if form else []


def _strength(dose: Dose | None) -> Iterator[Resource]:
    """How much is in each tablet or in the solution, of each drug of a product; R4 has it on Medication only."""
    for each in dose.dosage.strength if dose and dose.dosage else ():
        yield extension("strength", **amount_value(each))


def _regimen(record: Treatment) -> Iterator[Resource]:
    """The regimen and the number of its cycles, for which R4 has no element."""
    if record.regimen:
        yield extension("regimen", valueCodeableConcept={"text": record.regimen})
    if record.cycles:
        yield extension("cycles", valuePositiveInt=record.cycles)


def _interrupted(record: Interruption, cx: Context) -> Resource:
    """A stretch of time in which it was not given, for which R4 has no element."""
    time = period(record.from_, record.to, cx)
    parts = present(
        {"url": "text", "valueString": _break(record, cx)},
        {"url": "period", "valuePeriod": time} if time else None,
        {"url": "quote", "valueString": record.quote} if record.quote else None,
    )
    return extension("interrupted", extension=parts)


def _breaks(record: Treatment, cx: Context) -> Iterator[str]:
    yield from (_break(interruption, cx) for interruption in record.interrupted)


def _break(record: Interruption, cx: Context) -> str:
    when = in_words(None, record.from_, record.to, told, cx)
    lasted = f"for {record.duration.text}" if record.duration else ""
    because = f"because: {', '.join(record.why)}" if record.why else ""
    note = f"({record.note})" if record.note else ""
    return " ".join(filter(None, ("interrupted", when, lasted, because, note)))


def _status_reasons(record: Treatment) -> tuple[str, ...]:
    if record.not_done:
        return (record.not_done,)
    return record.stopped.why if record.stopped else ()


def _status(record: Treatment) -> str:
    """
    `active` only if the article says that it goes on; `unknown` if it says nothing of the end.

    Source: https://hl7.org/fhir/R4/valueset-medication-statement-status.html
    """
    if record.not_done or record.absent:
        return "not-taken"
    if record.stopped:
        return "stopped"
    if record.continues:
        return "active"
    dosage = record.dose.dosage if record.dose else None
    is_over = record.to or (dosage and (dosage.count or dosage.for_ or (record.at and _is_single(dosage))))
    return "completed" if is_over else "unknown"


def _is_single(dosage: Dosage) -> bool:
    """Whether a dose is an amount and no more: what is given at a moment and neither again nor as a rate."""
    again = (dosage.frequency, dosage.per_period, dosage.rate, dosage.cycle, dosage.cycles, dosage.in_doses)
    return isinstance(dosage.amount, Amount | Range) and not any(again) and not dosage.as_needed


def _reason_codes(record: Treatment, cx: Context) -> list[Resource]:
    """Reasons that are no diagnosis of the case: a reason is either coded here or referred to."""
    unlinked = (name for name in record.for_ if not cx.diseases(name))
    return present(*(cx.concept(concepts.finding, name) for name in unlinked))


def _notes(record: Treatment) -> Iterator[str]:
    yield from _why(record)
    for reasons in (record.started, record.stopped):
        if reasons and reasons.note:
            yield reasons.note
    if record.dose and record.dose.note:
        yield record.dose.note
    yield from written(record)
