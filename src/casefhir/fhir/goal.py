"""What a treatment or a procedure aimed at → Goal: a target is no value that was measured."""

from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import META, evidence, hedge, narrative, notes, prune, value_of
from casefhir.keys import slug
from casefhir.measurement import test_of
from casefhir.model.procedure import Procedure
from casefhir.model.quantity import Quantity
from casefhir.model.treatment import Treatment

_PERTAINS = "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal"


def goals(fact: Fact, status: str, cx: Context) -> Iterator[Resource]:
    """
    A target of a treatment or a procedure: what is measured, and the range or limit that was aimed at.

    Whether it is still pursued is what the treatment says of itself, `status`; whether it was reached is not said.
    Source: https://hl7.org/fhir/R4/goal.html
    """
    record: Treatment | Procedure = fact.record
    begun = cx.timeline.calendar(record.begun) if record.begun and cx.timeline.written(record.begun) else None
    keys = _keys(fact)
    for name, wanted in record.target.items():
        told = f"target of {record.label}: {name} {wanted.text}"
        yield {
            "resourceType": "Goal",
            "id": cx.id(keys[name]),
            "meta": META,
            "text": narrative(told),
            "extension": evidence(record),
            "identifier": cx.identifier(keys[name]),
            "lifecycleStatus": _LIFECYCLE.get(status, "accepted"),
            "description": {"text": told},
            "subject": cx.subject,
            "startDate": begun,
            "target": [_target(name, wanted, cx)],
            "addresses": [cx.reference(fact.key)] if isinstance(record, Treatment) else [],
            "note": notes(hedge(wanted)),
        }


def pertaining(fact: Fact, cx: Context) -> list[Resource]:
    """The extensions of a procedure that name its targets, for a Goal addresses none."""
    return [{"url": _PERTAINS, "valueReference": cx.reference(key)} for key in _keys(fact).values()]


def targets_in_words(record: Treatment | Procedure) -> str | None:
    """`target INR 2.0-3.0`; None where there is none."""
    told = ", ".join(f"{name} {wanted.text}" for name, wanted in record.target.items())
    return f"target {told}" if told else None


def _keys(fact: Fact) -> dict[str, str]:
    """Name of a target → its key; of names that differ in spelling alone, `INR` and `inr`, the later are numbered."""
    keys: dict[str, str] = {}
    for name in fact.record.target:
        key = f"{fact.key}/its target {slug(name)}"
        keys[name] = f"{key}/{len(keys)}" if key in keys.values() else key
    return keys


_LIFECYCLE = {
    **dict.fromkeys(("active", "in-progress"), "active"),
    **dict.fromkeys(("completed", "stopped"), "completed"),
    **dict.fromkeys(("not-taken", "not-done"), "cancelled"),
}
"""
Status of a treatment or a procedure → that of its target: `completed` is one that is no longer sought.

Of any other nobody says whether it still is: it was `accepted`, for R4 has no code for unknown here.
Source: https://hl7.org/fhir/R4/valueset-goal-status.html
"""


def _target(name: str, wanted: Quantity, cx: Context) -> Resource:
    """What is measured, and the amount, range or limit; a comparator stays one."""
    measure = concepts.laboratory_test(name, test_of(name, wanted, cx.terms))
    detail = {key.replace("value", "detail", 1): said for key, said in value_of(wanted).items()}
    return prune({"measure": measure, **detail})
