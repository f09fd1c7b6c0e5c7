"""Stages, grades and classes of diseases → Observation, and Condition.stage of the disease."""

from collections.abc import Iterator, Mapping

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    LOINC,
    META,
    SNOMED,
    coding,
    concept,
    evidence,
    narrative,
    notes,
    sentence,
    written,
)
from casefhir.fhir.times import times
from casefhir.model.stage import Stage
from casefhir.model.tnm import Category

_TESTS = {
    ("c", "T"): ("21905-5", "Primary tumor.clinical [Class] Cancer"),
    ("p", "T"): ("21899-0", "Primary tumor.pathology Cancer"),
    ("c", "N"): ("21906-3", "Regional lymph nodes.clinical [Class] Cancer"),
    ("p", "N"): ("21900-6", "Regional lymph nodes.pathology [Class] Cancer"),
    ("c", "M"): ("21907-1", "Distant metastases.clinical [Class] Cancer"),
    ("p", "M"): ("21901-4", "Distant metastases.pathology [Class] Cancer"),
}
"""
Prefix and letter of a category → what was judged; without a prefix nobody says how, so there is no code.

Source: mCODE 4.0.0, http://hl7.org/fhir/us/mcode/ValueSet/mcode-tnm-primary-tumor-staging-type-max-vs and those of
nodes and metastases. LOINC is copyright Regenstrief Institute, http://loinc.org/license.
"""

_LETTERS = {
    "T": "primary tumour",
    "N": "regional lymph nodes",
    "M": "distant metastases",
    "G": "grade of differentiation",
    "R": "residual tumour",
    "L": "invasion of lymph vessels",
    "V": "invasion of veins",
    "Pn": "invasion round nerves",
}


def stage(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A stage, with focus on the disease; of TNM each category is an Observation of its own, as mCODE has it.

    Source: https://hl7.org/fhir/R4/observation.html, http://hl7.org/fhir/us/mcode
    """
    record: Stage = fact.record
    when = times(record, cx)
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(_told(record), when.said)),
        "extension": [*evidence(record), *when.extension],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "code": cx.concept(concepts.score, record.system, record.code),
        "subject": cx.subject,
        "focus": _focus(record, cx),
        "encounter": when.encounter,
        **when.effective,
        "valueCodeableConcept": {"text": record.value},
        "note": notes(*written(record)),
        "hasMember": [cx.reference(_key(category, fact)) for category in record.categories],
    }
    for category in record.categories:
        yield _category(category, fact, cx)


def _told(record: Stage) -> str:
    return f"{record.system}: {record.value}" + (f" ({record.of})" if record.of else "")


def _focus(record: Stage, cx: Context) -> list[Resource]:
    return [cx.reference(key) for key in (*cx.diseases(record.of), *cx.named("findings", record.of))]


def _key(category: Category, fact: Fact) -> str:
    return f"{fact.key}/its {category.letter}"


def _category(category: Category, fact: Fact, cx: Context) -> Resource:
    """
    One category of TNM: LOINC says what was judged and how, SNOMED CT the level.

    Source: http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-tnm-category
    """
    record: Stage = fact.record
    when = times(record, cx)
    key, name = _key(category, fact), f"{category.prefix}{category.letter} ({_LETTERS[category.letter]})"
    return {
        "resourceType": "Observation",
        "id": cx.id(key),
        "meta": META,
        "text": narrative(sentence(f"{name}: {category.text}", record.of, when.said)),
        "extension": [*evidence(record), *when.extension],
        "identifier": cx.identifier(key),
        "status": "final",
        "code": concept(name, coding(LOINC, *_TESTS.get((category.prefix, category.letter), ("", "")))),
        "subject": cx.subject,
        "focus": _focus(record, cx),
        "encounter": when.encounter,
        **when.effective,
        "valueCodeableConcept": _level(category, cx),
    }


def _level(category: Category, cx: Context) -> Resource | None:
    """The level, by its own code or by that of the level without its prefix: `pT2` is T2."""
    known = cx.terms.tnm
    row = known.get(category.text) or known.get(f"{category.letter}{category.level}")
    return concept(category.text, coding(SNOMED, row.snomed, row.display) if row else None)


def condition_stages(fact: Fact, cx: Context) -> list[Resource]:
    """
    Condition.stage of a diagnosis; the Observation refers to the diagnosis, and not this to it, for one comes first.

    Source: https://hl7.org/fhir/R4/condition-definitions.html#Condition.stage
    """
    staged: Mapping[str, list[Resource]] = cx.once(_by_diagnosis)
    return staged.get(fact.key, [])


def _by_diagnosis(cx: Context) -> dict[str, list[Resource]]:
    """The stages of each diagnosis, by its key."""
    found: dict[str, list[Resource]] = {}
    for record in cx.case.stages:
        one = {"summary": {"text": record.value}, "type": cx.concept(concepts.score, record.system, record.code)}
        for key in cx.named("diagnoses", record.of):
            found.setdefault(key, []).append(one)
    return found
