"""Donors, partners, contacts and animals → RelatedPerson, and an Observation of what is told of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.ages import measured_age
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import META, evidence, extension, narrative, notes, present, prune, sentence, written
from casefhir.fhir.times import resolved
from casefhir.model.others import Other
from casefhir.model.when import AtAge, Unknown, When


def other(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    Somebody who is neither the patient nor a relative: who it is, and what is told of her, him or it.

    Source: https://hl7.org/fhir/R4/relatedperson.html
    """
    record: Other = fact.record
    roles = (record.who, record.relation)
    yield {
        "resourceType": "RelatedPerson",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(other_in_words(record), *_told(record), record.note)),
        "extension": [*evidence(record), *(extension("note", valueString=text) for text in written(record))],
        "identifier": cx.identifier(fact.key),
        "patient": cx.subject,
        "relationship": present(*(cx.concept(concepts.person, role) for role in roles if role)),
        "gender": record.sex,
    }
    if parts := list(_parts(record, cx)):
        yield _state(fact, parts, cx)


def other_in_words(record: Other) -> str:
    """Who it is, and what she, he or it has: `donor (mother): hypertension`."""
    who = f"{record.who} ({record.relation})" if record.relation else record.who
    diseases = [f"{one.name} (died of it)" if one.died else one.name for one in record.conditions]
    return ": ".join(filter(None, (who, ", ".join(diseases))))


def taking_part(key: str, cx: Context) -> list[Resource]:
    """The extensions of a procedure or a treatment that name the donors, or whoever else took part in it."""
    who = cx.once(_taking_part)
    return [extension("other-person", valueReference=cx.reference(one)) for one in who.get(key, ())]


def _taking_part(cx: Context) -> Mapping[str, Sequence[str]]:
    """The key of each procedure and treatment → the keys of those who gave for it, or took part."""
    found: dict[str, list[str]] = defaultdict(list)
    for i, one in enumerate(cx.case.others):
        for key in cx.interventions(one.of):
            found[key].append(cx.key_at["others", i])
    return found


def _told(record: Other) -> Iterator[str | None]:
    yield record.sex
    yield record.age.text if record.age else None
    if record.deceased:
        yield "died" if isinstance(record.deceased, Unknown) else f"died {record.deceased.text}"


def _state(fact: Fact, parts: list[Resource], cx: Context) -> Resource:
    """
    The age, the death and the diseases of somebody else, which RelatedPerson has no element for; all are components.

    Source: https://hl7.org/fhir/R4/observation-definitions.html#Observation.focus
    """
    record: Other = fact.record
    key = f"{fact.key}/its state"
    return {
        "resourceType": "Observation",
        "id": cx.id(key),
        "meta": META,
        "text": narrative(sentence(other_in_words(record), *_told(record))),
        "extension": evidence(record),
        "identifier": cx.identifier(key),
        "status": "final",
        "code": {"text": f"what is told of the {record.who}"},
        "subject": cx.subject,
        "focus": [cx.reference(fact.key)],
        "note": notes(*(one.note for one in record.conditions)),
        "component": parts,
    }


def _parts(record: Other, cx: Context) -> Iterator[Resource]:
    if record.age:
        yield {"code": {"text": "age"}, **measured_age(record.age)}
    if record.deceased or any(one.died for one in record.conditions):
        yield {"code": {"text": "deceased"}, **_moment(record.deceased, cx)}
    for one in record.conditions:
        found = cx.concept(concepts.diagnosis, one.name, one.code)
        yield prune({"code": {"text": "condition"}, "valueCodeableConcept": found})
        if one.onset:
            yield {"code": {"text": f"onset of {one.name}"}, **_moment(one.onset, cx)}
        if one.died:
            yield prune({"code": {"text": "cause of death"}, "valueCodeableConcept": found})


def _moment(when: When | None, cx: Context) -> Resource:
    """A moment as value[x]: an age of this person, a date, or the words; that it was, where nothing else is said."""
    if when is None or isinstance(when, Unknown):
        return {"valueBoolean": True}
    dated = resolved(when, cx)
    if isinstance(dated, AtAge):
        return measured_age(dated.age)
    date = cx.timeline.calendar(when) if cx.timeline.written(when) else None
    return {"valueDateTime": date} if date else {"valueString": cx.timeline.explain(when)}
