"""The table below → schema/fhir: a StructureDefinition for each of our extensions, and the CodeSystem of our tag."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from casefhir.fhir.context import BASE

FOLDER = Path(__file__).parents[1] / "schema" / "fhir"
DATE = "2026-11-23"


class Definition(NamedTuple):
    """One extension: what it says, where it stands, and its type, or its parts."""

    name: str
    title: str
    description: str
    contexts: tuple[str, ...]
    types: tuple[str, ...] = ()
    parts: tuple[tuple[str, str, str], ...] = ()
    """Name, type and description of each part of a complex extension."""


_MOMENT = (
    ("text", "string", "The moment as written: `admission + 2 days`."),
    ("offset", "Duration", "The distance to the moment that it is counted from; before it, negative."),
    ("event", "Reference", "The event that it is counted from, or that it is."),
)

_DRUG = ("MedicationStatement",)
DEFINITIONS = (
    Definition(
        "quote",
        "Quote",
        "At most 12 printed words of the article that a fact rests on; … stands for words left out.",
        ("DomainResource", "Provenance.entity"),
        ("string",),
    ),
    Definition(
        "place",
        "Place",
        "Where in the article a fact is proven: its section, and which sentence or row of a table it is there.",
        ("Provenance.entity",),
        ("string",),
    ),
    Definition(
        "printed-value",
        "Printed value",
        "What the article prints, where the value says it in another way or corrects it.",
        ("Observation", "MedicationStatement"),
        ("string",),
    ),
    Definition(
        "note",
        "Note",
        "What is to be said of a resource that has no note.",
        ("Encounter", "Consent", "DiagnosticReport", "AdverseEvent", "Patient", "RelatedPerson"),
        ("string",),
    ),
    Definition(
        "method",
        "Method",
        "How an examination was done, which R4 says of each result and not of the report.",
        ("DiagnosticReport",),
        ("CodeableConcept",),
    ),
    Definition(
        "dose-form",
        "Dose form",
        "The form that a drug was given in, which R4 says on a Medication only.",
        _DRUG,
        ("CodeableConcept",),
    ),
    Definition(
        "strength",
        "Strength",
        "How much is in each tablet, or in the solution, which R4 says on a Medication only. "
        "Of a product of several drugs one for each, in the order of the print.",
        _DRUG,
        ("Quantity", "Range"),
    ),
    Definition(
        "regimen", "Regimen", "The regimen that a drug was given in, with other drugs.", _DRUG, ("CodeableConcept",)
    ),
    Definition(
        "other-person",
        "Other person",
        "Somebody who is not the patient and gave for it, or took part in it: the donor of a kidney.",
        ("Procedure", "MedicationStatement"),
        ("Reference",),
    ),
    Definition("cycles", "Cycles", "The number of cycles that were given.", _DRUG, ("positiveInt",)),
    Definition(
        "interrupted",
        "Interrupted",
        "A stretch of time in which a drug was not given; it went on afterwards.",
        _DRUG,
        parts=(
            ("text", "string", "When and why, in words."),
            ("period", "Period", "When, as precise as printed."),
            ("quote", "string", "The printed words that it rests on."),
        ),
    ),
    Definition("replaces", "Replaces", "The course of treatment whose place this one takes.", _DRUG, ("Reference",)),
    Definition(
        "days-of-cycle",
        "Days of cycle",
        "The days of a cycle on which a dose is given; the first day of a cycle is 1.",
        ("Timing",),
        parts=(("day", "integer", "A day of the cycle."),),
    ),
    Definition(
        "ended-by",
        "Ended by",
        "The treatment that took the place of this one, in words; the end of the period is its beginning.",
        _DRUG,
        ("string",),
    ),
    Definition(
        "grade",
        "Grade",
        "The grade of an adverse event, as printed; R4 has codes for mild, moderate and severe only.",
        ("AdverseEvent",),
        ("CodeableConcept",),
    ),
    Definition(
        "value",
        "Value",
        "How much an adverse event was, if it was measured.",
        ("AdverseEvent",),
        ("Quantity", "Range", "Ratio", "string"),
    ),
    *(
        Definition(
            name,
            title,
            told,
            ("AdverseEvent",),
            parts=(
                ("result", "string", "What came of it: positive, negative or not done."),
                ("time", "string", "When, in the words of the case."),
                ("date", "dateTime", "When, as precise as printed."),
                ("course", "Reference", "The course of treatment that it was."),
            ),
        )
        for name, title, told in (
            ("dechallenge", "Dechallenge", "That the suspected treatment was stopped, when, and what came of it."),
            ("rechallenge", "Rechallenge", "That the suspected treatment was given again, when, and what came of it."),
        )
    ),
    Definition(
        "written-time",
        "Written time",
        "When it was, in the words of the case, where a partial date cannot say it.",
        (
            *("Observation", "DiagnosticReport", "MedicationStatement", "Encounter", "AdverseEvent", "Condition"),
            *("Consent", "AllergyIntolerance", "Immunization", "Procedure"),
        ),
        parts=_MOMENT,
    ),
    *(
        Definition(
            f"written-{name}",
            f"Written time of {told}",
            f"The time of {told}, in the words of the case, where a partial date cannot say it.",
            ("Condition",),
            parts=_MOMENT,
        )
        for name, told in (("onset", "the onset"), ("diagnosed", "the diagnosis"), ("resolved", "the end"))
    ),
    Definition(
        "solved-time",
        "Solved time",
        "The days in which a moment must lie, by all dates, ages, distances and orders of the case together, however"
        " they were rounded; only where that says more than the printed date.",
        (
            *("Observation", "DiagnosticReport", "MedicationStatement", "Encounter", "AdverseEvent", "Condition"),
            *("Consent", "AllergyIntolerance", "Immunization", "Procedure"),
        ),
        parts=(
            ("of", "code", "Which moment of the resource: moment, start, end, onset, diagnosed or resolved."),
            ("within", "Period", "The first and the last day that it may have been; without one, that side is open."),
        ),
    ),
)


def structure_definition(definition: Definition) -> dict[str, Any]:
    """Source: https://hl7.org/fhir/R4/structuredefinition.html"""
    url = f"{BASE}/StructureDefinition/{definition.name}"
    return {
        "resourceType": "StructureDefinition",
        "id": definition.name,
        "url": url,
        "version": "1.0.0",
        "name": definition.title.title().replace(" ", ""),
        "title": definition.title,
        "status": "active",
        "date": DATE,
        "publisher": "casefhir",
        "description": definition.description,
        "fhirVersion": "4.0.1",
        "kind": "complex-type",
        "abstract": False,
        "context": [{"type": "element", "expression": context} for context in definition.contexts],
        "type": "Extension",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Extension",
        "derivation": "constraint",
        "differential": {"element": [_root(definition), *_elements(definition, url)]},
    }


def _root(definition: Definition) -> dict[str, Any]:
    return {
        "id": "Extension",
        "path": "Extension",
        "short": definition.title,
        "definition": definition.description,
        "min": 0,
        "max": "1" if definition.parts == _MOMENT else "*",
    }


def _elements(definition: Definition, url: str) -> list[dict[str, Any]]:
    fixed = {"id": "Extension.url", "path": "Extension.url", "fixedUri": url}
    if not definition.parts:
        return [_none("Extension"), fixed, _value("Extension", definition.types)]
    elements: list[dict[str, Any]] = [
        {
            "id": "Extension.extension",
            "path": "Extension.extension",
            "slicing": {"discriminator": [{"type": "value", "path": "url"}], "rules": "closed"},
            "min": 1,
        }
    ]
    for name, type, description in definition.parts:
        id = f"Extension.extension:{name}"
        elements += [
            {
                "id": id,
                "path": "Extension.extension",
                "sliceName": name,
                "short": description,
                "min": 1 if name in _NEEDED else 0,
                "max": "*" if name == "day" else "1",
            },
            _none(id),
            {"id": f"{id}.url", "path": "Extension.extension.url", "fixedUri": name},
            _value(id, (type,)),
        ]
    return [*elements, fixed, {"id": "Extension.value[x]", "path": "Extension.value[x]", "max": "0"}]


_NEEDED = ("text", "of", "within", "day")
"""The parts that an extension is never without."""


def _none(id: str) -> dict[str, Any]:
    path = "Extension.extension.extension" if ":" in id else "Extension.extension"
    return {"id": f"{id}.extension", "path": path, "max": "0"}


def _value(id: str, types: tuple[str, ...]) -> dict[str, Any]:
    path = "Extension.extension.value[x]" if ":" in id else "Extension.value[x]"
    return {"id": f"{id}.value[x]", "path": path, "min": 1, "type": [{"code": code} for code in types]}


def code_system() -> dict[str, Any]:
    """Source: https://hl7.org/fhir/R4/codesystem.html"""
    return {
        "resourceType": "CodeSystem",
        "id": "kind",
        "url": f"{BASE}/CodeSystem/kind",
        "version": "1.0.0",
        "name": "Kind",
        "title": "Kinds of data",
        "status": "active",
        "date": DATE,
        "publisher": "casefhir",
        "description": "What a resource is, told in its tag.",
        "caseSensitive": True,
        "content": "complete",
        "concept": [
            {
                "code": "published-case",
                "display": "Published case, not a patient in care",
                "definition": "The resource comes from a published case report and not from a patient in care.",
            }
        ],
    }


def main() -> None:
    for definition in DEFINITIONS:
        _write(f"StructureDefinition-{definition.name}", structure_definition(definition))
    _write("CodeSystem-kind", code_system())


def _write(name: str, resource: dict[str, Any]) -> None:
    text = json.dumps(resource, indent=2, ensure_ascii=False) + "\n"
    (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
