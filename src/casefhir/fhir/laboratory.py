"""Laboratory values → Observation."""

from collections.abc import Iterator
from typing import NamedTuple

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.categories import EXAM, LABORATORY, OF_TEST, SURVEY, VITAL_SIGNS, absent_reason, of_section
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    META,
    concept,
    evidence,
    extension,
    hedge,
    narrative,
    notes,
    present,
    prune,
    sentence,
    value,
    written,
)
from casefhir.fhir.points import points
from casefhir.fhir.pressure import is_pair, pair
from casefhir.fhir.reference_range import reference_ranges
from casefhir.fhir.specimen import specimen_of
from casefhir.fhir.times import effective_period, times
from casefhir.fhir.vital_signs import BLOOD_PRESSURES, absent, profile_row, vital_value
from casefhir.measurement import Measurement
from casefhir.model.code import Code
from casefhir.model.findings import LabValue, Panel
from casefhir.model.multiple import Limit, beyond
from casefhir.model.quantity import Quantity, is_multiplied
from casefhir.model.result import Result
from casefhir.statement import CellValue, Lab, OfAnother, Report
from casefhir.terms import Lab as Test
from casefhir.terms import VitalSign
from casefhir.terms.units import ucum


def lab(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A laboratory value, a vital sign, a score or the setting of a device, each with the category of what is measured.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    record: Lab = fact.record
    found, kind = cx.measurements.of(fact), _kind_of(fact, cx)
    when = times(record, cx)
    told = _result(record, found, kind, cx)
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"{record.name}: {_shown(record)}", when.said)),
        "extension": [
            *evidence(record.value),
            *when.extension,
            *_print(record.value),
            *told.pop("extension", []),
        ],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "category": _category(fact, kind, cx),
        "code": kind.code,
        "subject": cx.subject,
        "encounter": when.encounter,
        **(effective_period(when.effective) if kind.is_vital else when.effective),
        **told,
        "interpretation": _interpretations(record.value.value, found, cx),
        "note": notes(*_lab_notes(record, found)),
        "method": concept(record.value.method),
        "specimen": specimen_of(fact, cx),
        "referenceRange": reference_ranges(record.value.value, found),
    }


def of_another(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A value of somebody else: the code stands on a component, so that no search finds it as the patient's.

    Source: https://hl7.org/fhir/R4/observation-definitions.html#Observation.focus
    """
    record: OfAnother = fact.record
    lab, found = record.lab, cx.measurements.of(fact)
    kind = cx.once(_kind, lab.name, lab.value.code, found.test)
    told = _result(lab, found, kind, cx)
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"{lab.name} of the {record.who}: {_shown(lab)}")),
        "extension": [*evidence(lab.value), *_print(lab.value)],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "code": {"text": f"{lab.name} of the {record.who}"},
        "subject": cx.subject,
        "focus": [cx.reference(cx.key_at[fact.path[:2]])],
        "note": notes(*_lab_notes(lab, found)),
        "method": concept(lab.value.method),
        "specimen": specimen_of(fact._replace(record=lab), cx),
        "component": [*_coded(told, kind, lab, found, cx), *told.get("component", [])],
    }


def _coded(told: Resource, kind: "_Kind", lab: Lab, found: Measurement, cx: Context) -> Iterator[Resource]:
    """The component with the code of the test; none where each part of the value has one of its own."""
    values = {name: told[name] for name in told if name.startswith(("value", "dataAbsent"))}
    judged = {
        "interpretation": _interpretations(lab.value.value, found, cx),
        "referenceRange": reference_ranges(lab.value.value, found),
    }
    if values or "component" not in told:
        yield prune({"code": kind.code, **values, **judged})


def _shown(record: Lab) -> str:
    value = record.value
    text = value.text or (value.value.text if value.value else "")
    return f"{text} (unit {record.unit})" if record.unit and value.value and value.value.quantity else text


def _print(value: LabValue | CellValue) -> list[Resource]:
    """What is printed where the value says it otherwise: a misprint, or a number with a power of ten."""
    q = value.value.quantity if value.value else None
    printed = value.printed or (q.text if q and is_multiplied(q) else None)
    return [extension("printed-value", valueString=printed)] if printed else []


def vital_signs(cx: Context) -> frozenset[str]:
    """The keys of the values that are vital signs, and of the panels that have no others."""
    return cx.once(_vital_signs)


def _vital_signs(cx: Context) -> frozenset[str]:
    facts = cx.chart.facts
    signs = {fact.path: fact.key for fact in facts if isinstance(fact.record, Lab) and _kind_of(fact, cx).is_vital}
    panels = (fact for fact in facts if isinstance(fact.record, Report) and isinstance(fact.record.record, Panel))
    return frozenset((*signs.values(), *(panel.key for panel in panels if signs.keys() >= {*panel.record.members})))


def of_laboratory(cx: Context) -> frozenset[str]:
    """The keys of the values of panels and tables that a laboratory measured."""
    return cx.once(_of_laboratory)


def _of_laboratory(cx: Context) -> frozenset[str]:
    labs = (fact for fact in cx.chart.facts if isinstance(fact.record, Lab))
    return frozenset(fact.key for fact in labs if _category(fact, _kind_of(fact, cx), cx) is LABORATORY)


def _kind_of(fact: Fact, cx: Context) -> "_Kind":
    return cx.once(_kind, fact.record.name, fact.record.value.code, cx.measurements.of(fact).test)


class _Kind(NamedTuple):
    """What all values of one test have in common."""

    codes: tuple[tuple[str, str], ...]
    """The codes of what is measured, each with its system: those of the author, or that of the table."""

    vital: VitalSign | None
    """The vital sign whose profile the values have to fit."""

    is_vital: bool
    category: list[Resource] | None
    """What its values are, where neither they are vital signs nor the section says it; None if no table knows it."""

    code: Resource | None


def _kind(name: str, written: tuple[Code, ...], test: Test | None, cx: Context) -> _Kind:
    table = (("LOINC", test.loinc),) if test else ()
    codes = tuple((code.system, code.code) for code in written) or table
    vital = next(filter(None, (cx.terms.vital_sign(*code) for code in codes)), None)
    is_vital = vital is not None or (test is not None and test.category == "vital-signs")
    category = OF_TEST.get(test.category, LABORATORY) if test else None
    return _Kind(codes, vital, is_vital, category, _code(name, written, test, vital and profile_row(vital, cx)))


def _category(fact: Fact, kind: _Kind, cx: Context) -> list[Resource]:
    """Vital signs wherever they are told; else what the section says, such as `imaging`, or the table of tests."""
    if kind.is_vital:
        return VITAL_SIGNS
    return of_section(fact.path, cx) or kind.category or (EXAM if fact.path[0] == "vitals" else LABORATORY)


def _code(name: str, written: tuple[Code, ...], test: Test | None, profile: Test | None) -> Resource | None:
    """The test; a systolic pressure alone is a blood pressure, for its own code stands on a component."""
    is_part = test is not None and test.loinc in BLOOD_PRESSURES
    return concepts.laboratory_test(name, profile if is_part else test, written, profile)


NO_RESULT = {
    "not measured": ("not-performed", "Not Performed"),
    "pending": ("temp-unknown", "Temporarily Unknown"),
}
"""A word that says why there is no result → its code."""


def _result(record: Lab, found: Measurement, kind: _Kind, cx: Context) -> Resource:
    result, vital = record.value.value, kind.vital
    if result is not None and (reason := NO_RESULT.get(result.word)):
        why = absent_reason(*reason, result.text)
        codes = [code for _, code in kind.codes]
        return absent(vital, reason, result.text, codes) if vital else {"dataAbsentReason": why}
    if vital:
        quantity, text = (result.quantity, result.text) if result else (None, record.value.text or "")
        return vital_value(quantity, found.trusted_unit, vital, text, [code for _, code in kind.codes])
    if result is None:
        return {"valueString": record.value.text}
    if kind.category is SURVEY and result.quantity:
        return points(result.quantity)
    if found.limit and result.quantity:
        return _multiple(record, result.quantity, found.limit)
    if is_pair(result.quantity, found.trusted_unit):
        return pair(record.name, result.quantity, found.trusted_unit, cx)
    if result.quantity:
        return value(result.quantity, found.trusted_unit, found.printed_unit)
    if result.titre:
        return value(result.titre, None, None)
    return {"valueCodeableConcept": cx.concept(concepts.qualifier, result.word or result.grade, result.text)}


def _multiple(record: Lab, q: Quantity, limit: Limit) -> Resource:
    """
    How many times a limit a value is: the words, for no unit of the test says it; the number is a component.

    Source: https://hl7.org/fhir/R4/observation-definitions.html#Observation.component
    """
    number = value(q, ucum("1"), limit.unit)
    return {
        "valueString": q.text if q.unit else f"{q.text} {limit.unit}",
        "component": [{"code": {"text": f"{record.name} as a multiple of {limit.name}"}, **number}],
    }


def _interpretations(result: Result | None, found: Measurement, cx: Context) -> list[Resource]:
    """What the article judges, or a multiple of a limit says by itself: three times the upper limit is high."""
    if result is None or not (result.flag or result.word or found.limit):
        return []
    words = dict.fromkeys((result.flag, result.word))
    if found.limit and not result.flag:
        words = dict.fromkeys((beyond(result.quantity, found.limit),))
    return present(*(cx.concept(concepts.interpretation, word) for word in words if word))


def _lab_notes(record: Lab, found: Measurement) -> Iterator[str]:
    value, result = record.value, record.value.value
    if value.printed:
        yield f"printed as {value.printed}" + (f": {value.why}" if value.why else "")
    if result and result.also:
        yield f"printed as {result.also.text} as well"
    if result and (told := hedge(result.quantity)):
        yield told
    if found.printed_unit is None and result and result.quantity:
        yield "the source prints no unit; none is inferred"
    if not found.fits:
        yield f"{record.name} is not measured in {found.printed_unit}; the unit is kept as text"
    if found.impossible:
        yield f"{found.impossible.text} is not possible" + ("; the unit is kept as text" if found.printed_unit else "")
    if result and result.detail:
        yield f"the result in full: {result.text}"
    yield from written(value)
