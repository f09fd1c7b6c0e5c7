"""Habits and circumstances of life, and what the patient tells of the disease → Observation."""

from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.categories import SOCIAL_HISTORY
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    META,
    SNOMED,
    coding,
    concept,
    evidence,
    hedge,
    narrative,
    notes,
    sentence,
    value_of,
    written,
)
from casefhir.fhir.times import times
from casefhir.model.perspective import Perspective
from casefhir.model.social import Habit


def habit(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A habit or a circumstance of life: how much, or in words, or whether it is so.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Habit = fact.record
    when = times(record, cx)
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"{record.name}: {habit_in_words(record)}", when.said, record.note)),
        "extension": [*evidence(record), *when.extension],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "category": SOCIAL_HISTORY,
        "code": cx.concept(concepts.habit, record.name, record.code),
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.effective,
        **_value(record, cx),
        "note": notes(hedge(record.value), *written(record)),
        "component": list(_components(record, cx)),
    }


def habit_in_words(record: Habit) -> str:
    """What is said of a habit, in words."""
    parts = (record.value.text if record.value else None, record.says, record.status)
    return ", ".join(filter(None, parts)) or ("absent" if record.absent else "present")


def _value(record: Habit, cx: Context) -> Resource:
    """value[x]: how much, or in words, or how it stands, or whether it is so."""
    if record.value:
        return value_of(record.value)
    if record.says:
        return {"valueString": record.says}
    if record.status:
        return {"valueCodeableConcept": _status(record, record.status, cx)}
    return {"valueCodeableConcept": cx.concept(concepts.qualifier, "absent" if record.absent else "present")}


def _components(record: Habit, cx: Context) -> Iterator[Resource]:
    """What is said besides the value."""
    if record.status and (record.value or record.says):
        yield {"code": {"text": "status"}, "valueCodeableConcept": _status(record, record.status, cx)}
    if record.value and record.says:
        yield {"code": {"text": "detail"}, "valueString": record.says}


_SMOKING = {
    "current": ("77176002", "Smoker (finding)"),
    "former": ("8517006", "Ex-smoker (finding)"),
    "never": ("266919005", "Never smoked tobacco (finding)"),
}
"""Codes of the International Patient Summary for smoking. Source: SNOMED CT Global Patient Set, release 2020-09."""


def _status(record: Habit, status: str, cx: Context) -> Resource | None:
    is_smoking = cx.terms.social.canonical(record.name) == "tobacco smoking"
    return concept(status, coding(SNOMED, *_SMOKING[status]) if is_smoking else None)


def perspective(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    How the patient, or somebody near, saw the disease and its treatment.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Perspective = fact.record
    when = times(record, cx)
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"{record.by}: {record.says}", when.said)),
        "extension": [*evidence(record), *when.extension],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "code": {"text": f"perspective of the {record.by}"},
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.effective,
        "performer": [cx.subject] if record.by == "patient" else [{"display": record.by}],
        "valueString": record.says,
        "note": notes(*written(record)),
    }
