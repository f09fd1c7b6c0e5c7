"""Members of the family → FamilyMemberHistory; what nobody has, and kinship of the parents → Observation."""

from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.ages import aged
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import META, coding, concept, evidence, narrative, notes, prune, sentence, written
from casefhir.fhir.times import period, resolved, stretch
from casefhir.model.age import Age
from casefhir.model.family import Relative, RelativeCondition
from casefhir.model.when import AtAge, Unknown, When

_GENDER = "http://hl7.org/fhir/administrative-gender"


def relative(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A member of the family, with what she or he has or had.

    Source: https://hl7.org/fhir/R4/familymemberhistory.html
    """
    record: Relative = fact.record
    if not record.relation or record.none:
        yield _of_all(fact, cx)
        return
    yield {
        "resourceType": "FamilyMemberHistory",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(relative_in_words(record), *_told(record), record.note)),
        "extension": evidence(record),
        "identifier": cx.identifier(fact.key),
        "status": "partial",
        "patient": cx.subject,
        "relationship": cx.concept(concepts.relation, record.relation),
        "sex": concept(record.sex, coding(_GENDER, record.sex, record.sex.capitalize())) if record.sex else None,
        **_age(record.age),
        "estimatedAge": True if record.age and record.age.approximate else None,
        **_deceased(record, cx),
        "note": notes(*written(record)),
        "condition": [_condition(condition, cx) for condition in record.conditions],
    }


def relative_in_words(record: Relative) -> str:
    """What is told of a relative, or of the whole family."""
    if record.consanguinity is not None:
        return "parents related by blood" if record.consanguinity else "parents not related by blood"
    diseases = [f"{one.name} (died of it)" if one.died else one.name for one in record.conditions]
    nothing = f"none of {', '.join(record.of)}" if record.of else "none" if record.none else ""
    return ": ".join(filter(None, (record.relation, nothing or ", ".join(diseases))))


def _told(record: Relative) -> Iterator[str | None]:
    yield record.sex
    yield record.age.text if record.age else None
    if record.deceased:
        yield "died" if isinstance(record.deceased, Unknown) else f"died {record.deceased.text}"


def _age(age: Age | None) -> Resource:
    if age is None:
        return {}
    return aged("age", age) or {"ageString": age.text}


def _deceased(record: Relative, cx: Context) -> Resource:
    """deceased[x]: the age, the date or the words; only that, where nothing else is printed."""
    when = record.deceased
    if when is None or isinstance(when, Unknown):
        return {"deceasedBoolean": True} if when or any(one.died for one in record.conditions) else {}
    dated = resolved(when, cx)
    if isinstance(dated, AtAge) and (said := aged("deceased", dated.age)):
        return said
    date = None if stretch(when, cx) or not cx.timeline.written(when) else cx.timeline.calendar(when)
    return {"deceasedDate": date} if date else {"deceasedString": cx.timeline.explain(when)}


def _condition(condition: RelativeCondition, cx: Context) -> Resource:
    return prune(
        {
            "code": cx.concept(concepts.diagnosis, condition.name, condition.code),
            "contributedToDeath": condition.died,
            **_onset(condition.onset, cx),
            "note": notes(condition.note),
        }
    )


def _onset(when: When | None, cx: Context) -> Resource:
    """onset[x]: an age, a Period, or the words; there is no date."""
    if when is None:
        return {}
    dated = resolved(when, cx)
    if isinstance(dated, AtAge) and (said := aged("onset", dated.age)):
        return said
    if not cx.timeline.written(when):
        return {"onsetString": cx.timeline.explain(when)}
    if span := stretch(when, cx):
        return {"onsetPeriod": period(span, None, cx)}
    date = cx.timeline.calendar(when)
    return {"onsetPeriod": {"start": date, "end": date}} if date else {"onsetString": cx.timeline.explain(when)}


def _of_all(fact: Fact, cx: Context) -> Resource:
    """
    What nobody of the family or not this relative has, or whether the parents are related by blood.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Relative = fact.record
    about = "family history" if record.none else "consanguinity of the parents"
    about += f": {record.relation}" if record.relation else ""
    state = "present" if record.consanguinity else "absent"
    return {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"family: {relative_in_words(record)}", record.note)),
        "extension": evidence(record),
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "code": {"text": about},
        "subject": cx.subject,
        "valueCodeableConcept": cx.concept(concepts.qualifier, state),
        "note": notes(*written(record)),
        "component": [_absent(name, cx) for name in record.of],
    }


def _absent(name: str, cx: Context) -> Resource:
    return {
        "code": cx.concept(concepts.diagnosis, name),
        "valueCodeableConcept": cx.concept(concepts.qualifier, "absent"),
    }
