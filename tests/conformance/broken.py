"""good.json → bundles broken on purpose, one fault each: what a judge must be able to see."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Bundle = dict[str, Any]
Edit = Callable[[Bundle], Bundle]
Step = str | int

GOOD = Path(__file__).parent / "good.json"

POSITION = {
    "Organization": 0,
    "Practitioner": 1,
    "Patient": 2,
    "Encounter": 3,
    "Condition": 4,
    "Lab": 5,
    "Weight": 6,
    "MedicationStatement": 7,
    "DiagnosticReport": 8,
    "DocumentReference": 9,
    "Composition": 10,
    "Consent": 11,
    "DetectedIssue": 12,
    "Provenance": 13,
}
"""Which entry of good.json a path starts in; every other first step is a member of the bundle."""

NOWHERE = "urn:uuid:00000000-0000-5000-8000-000000000000"
EXTENSION = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
CRP = {
    "coding": [
        {
            "system": "http://loinc.org",
            "code": "1988-5",
            "display": "C reactive protein [Mass/volume] in Serum or Plasma",
        }
    ]
}
"""The code of the laboratory value, as good.json has it."""


def good() -> Bundle:
    """The bundle without fault, fresh at every call."""
    bundle: Bundle = json.loads(GOOD.read_text(encoding="utf-8"))
    return bundle


def put(*path: Step, value: Any) -> Edit:
    """The bundle with `value` at `path`, whatever was there."""

    def edit(bundle: Bundle) -> Bundle:
        changed = copy.deepcopy(bundle)
        *parents, last = _steps(path)
        _follow(changed, parents)[last] = copy.deepcopy(value)
        return changed

    return edit


def drop(*path: Step) -> Edit:
    """The bundle without the member at `path`."""

    def edit(bundle: Bundle) -> Bundle:
        changed = copy.deepcopy(bundle)
        *parents, last = _steps(path)
        del _follow(changed, parents)[last]
        return changed

    return edit


def same(source: tuple[Step, ...], target: tuple[Step, ...]) -> Edit:
    """The bundle with what stands at `source` also at `target`."""

    def edit(bundle: Bundle) -> Bundle:
        return put(*target, value=_follow(bundle, _steps(source)))(bundle)

    return edit


def both(*edits: Edit) -> Edit:
    """One edit after the other, where a fault needs two places."""

    def edit(bundle: Bundle) -> Bundle:
        for each in edits:
            bundle = each(bundle)
        return bundle

    return edit


def _steps(path: tuple[Step, ...]) -> list[Step]:
    first, *rest = path
    if first in POSITION:
        return ["entry", POSITION[str(first)], "resource", *rest]
    return [first, *rest]


def _follow(bundle: Bundle, steps: list[Step]) -> Any:
    value: Any = bundle
    for step in steps:
        value = value[step]
    return value


def entry(of: str, *path: Step) -> tuple[Step, ...]:
    """The path of a member of the entry itself: its fullUrl, its request."""
    return ("entry", POSITION[of], *path)


def html(body: str) -> dict[str, str]:
    """A Narrative with this body."""
    return {
        "status": "generated",
        "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{body}</div>',
    }


def coding(system: str, code: str) -> dict[str, Any]:
    """A CodeableConcept of one HL7 code."""
    return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/{system}", "code": code}]}


def quantity(value: Any, code: str) -> dict[str, Any]:
    """A UCUM Quantity whose unit is its code."""
    return {"value": value, "unit": code, "system": "http://unitsofmeasure.org", "code": code}


CODES: dict[str, Edit] = {
    "gender is no code": put("Patient", "gender", value="woman"),
    "observation status is no code": put("Lab", "status", value="finished"),
    "encounter status is no code": put("Encounter", "status", value="final"),
    "medication status is no code": put("MedicationStatement", "status", value="final"),
    "report status is no code": put("DiagnosticReport", "status", value="done"),
    "document status is no code": put("DocumentReference", "status", value="final"),
    "composition status is no code": put("Composition", "status", value="current"),
    "consent status is no code": put("Consent", "status", value="given"),
    "issue status is no code": put("DetectedIssue", "status", value="open"),
    "provenance role is no code": put("Provenance", "entity", 0, "role", value="article"),
    "narrative status is no code": put("Patient", "text", value={**html("<p>x</p>"), "status": "final"}),
    "clinical status is no code": put("Condition", "clinicalStatus", value=coding("condition-clinical", "sick")),
    "verification status is no code": put(
        "Condition", "verificationStatus", value=coding("condition-ver-status", "sure")
    ),
    "period unit is no code": put("MedicationStatement", "dosage", 0, "timing", "repeat", "periodUnit", value="day"),
    "comparator is no code": put("Lab", "valueQuantity", "comparator", value="=<"),
    "bundle type is no code": put("type", value="bundle"),
    "request method is lower case": put(*entry("Lab", "request", "method"), value="post"),
}

UNITS: dict[str, Edit] = {
    "unit is not UCUM": put("Lab", "valueQuantity", value=quantity(85.25, "IU/mL")),
    "unit of a dose is not UCUM": put(
        "MedicationStatement",
        *("dosage", 0, "doseAndRate", 0, "doseQuantity"),
        value=quantity(40, "tablets"),
    ),
    "unit of a limit is not UCUM": put("Lab", "referenceRange", 0, "high", value=quantity(5, "mg per L")),
    "body weight in mm[Hg]": put("Weight", "valueQuantity", value=quantity(61.5, "mm[Hg]")),
    "unit of an age is not UCUM": put("Condition", "onsetAge", value=quantity(34, "years")),
    "unit in a ratio is not UCUM": both(
        drop("Lab", "valueQuantity"),
        put("Lab", "valueRatio", value={"numerator": quantity(1, "IU"), "denominator": quantity(1, "mL")}),
    ),
    "age in kilograms": put("Condition", "onsetAge", value=quantity(34, "kg")),
    "unit code without system (qty-3)": drop("Lab", "valueQuantity", "system"),
}

MISSING: dict[str, Edit] = {
    "observation without code": drop("Lab", "code"),
    "observation without status": drop("Lab", "status"),
    "encounter without class": drop("Encounter", "class"),
    "encounter without status": drop("Encounter", "status"),
    "condition without subject": drop("Condition", "subject"),
    "medication statement without medication": drop("MedicationStatement", "medicationCodeableConcept"),
    "report without code": drop("DiagnosticReport", "code"),
    "document without content": drop("DocumentReference", "content"),
    "composition without title": drop("Composition", "title"),
    "consent without scope": drop("Consent", "scope"),
    "provenance without agent": drop("Provenance", "agent"),
    "provenance without target": drop("Provenance", "target"),
    "provenance without recorded": drop("Provenance", "_recorded"),
    "vital sign without time (vs-1)": drop("Weight", "effectivePeriod"),
    "vital sign of a month (vs-1)": both(
        drop("Weight", "effectivePeriod"), put("Weight", "effectiveDateTime", value="2020-06")
    ),
    "consent without policy (ppc-1)": drop("Consent", "policyRule"),
    "entry without request (bdl-3)": drop(*entry("Lab", "request")),
    "entry without resource": drop(*entry("Lab", "resource")),
    "request without url": drop(*entry("Lab", "request", "url")),
    "bundle without type": drop("type"),
    "extension without url": put("Patient", "extension", value=[{"valueCode": "unknown"}]),
}

INVARIANTS: dict[str, Edit] = {
    "problem without clinical status (con-3)": drop("Condition", "clinicalStatus"),
    "abatement of an active condition (con-4)": put("Condition", "abatementDateTime", value="2020-07"),
    "entered in error, yet active (con-5)": put(
        "Condition", "verificationStatus", value=coding("condition-ver-status", "entered-in-error")
    ),
    "reference range of nothing (obs-3)": put("Lab", "referenceRange", value=[{"appliesTo": [{"text": "adults"}]}]),
    "value and reason for its absence (obs-6)": put(
        "Lab", "dataAbsentReason", value=coding("data-absent-reason", "unknown")
    ),
    "component of the same code as the value (obs-7)": put(
        "Lab", "component", value=[{"code": CRP, "valueString": "high"}]
    ),
    "period ends before it starts (per-1)": put(
        "Encounter", "period", value={"start": "2020-07-02", "end": "2020-06-01"}
    ),
    "section of nothing (cmp-1)": put("Composition", "section", 0, value={"title": "Findings"}),
    "range from high to low (rng-2)": both(
        drop("Lab", "valueQuantity"),
        put("Lab", "valueRange", value={"low": quantity(9, "mg"), "high": quantity(1, "mg")}),
    ),
    "period without its unit (tim-2)": drop("MedicationStatement", "dosage", 0, "timing", "repeat", "periodUnit"),
    "contact without details (pat-1)": put("Patient", "contact", value=[{"relationship": [{"text": "mother"}]}]),
    "telecom value without system (cpt-2)": put("Practitioner", "telecom", value=[{"value": "someone"}]),
    "attachment data without type (att-1)": put(
        "DocumentReference", "content", 0, "attachment", value={"data": "eA=="}
    ),
    "organization without name (org-1)": both(drop("Organization", "name"), drop("Organization", "identifier")),
    "extension of value and extension (ext-1)": put(
        "Patient",
        "extension",
        value=[
            {
                "url": EXTENSION,
                "valueCode": "unknown",
                "extension": [{"url": EXTENSION, "valueCode": "unknown"}],
            }
        ],
    ),
    "contained resource nobody refers to (dom-3)": put(
        "Patient",
        "contained",
        value=[{"resourceType": "Organization", "id": "lonely", "name": "Lonely"}],
    ),
    "reference to nothing contained (ref-1)": put("Encounter", "serviceProvider", value={"reference": "#nothing"}),
}

REFERENCES: dict[str, Edit] = {
    "urn not in the bundle": put("Lab", "subject", value={"reference": NOWHERE}),
    "urn in a list not in the bundle": put("Provenance", "target", 1, value={"reference": NOWHERE}),
    "urn in an extension not in the bundle": put(
        "Lab",
        "extension",
        value=[
            {
                "url": "http://hl7.org/fhir/StructureDefinition/workflow-supportingInfo",
                "valueReference": {"reference": NOWHERE},
            }
        ],
    ),
    "subject is a condition": same(entry("Condition", "fullUrl"), ("Lab", "subject", "reference")),
    "patient of consent is an organization": same(
        entry("Organization", "fullUrl"), ("Consent", "patient", "reference")
    ),
    "encounter is a patient": same(entry("Patient", "fullUrl"), ("Condition", "encounter", "reference")),
    "result is a practitioner": same(entry("Practitioner", "fullUrl"), ("DiagnosticReport", "result", 0, "reference")),
    "relative reference to nothing": put("Lab", "subject", value={"reference": "Patient/1"}),
    "reference is free text": put("Lab", "subject", value={"reference": "the patient"}),
    "type of a reference is another": put("Lab", "subject", "type", value="Practitioner"),
    "reference as a text": put("Lab", "subject", value="the patient"),
    "fullUrl is no UUID": put(*entry("Provenance", "fullUrl"), value="urn:uuid:passage"),
    "fullUrl of a UUID in capitals": put(
        *entry("Provenance", "fullUrl"), value="urn:uuid:A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"
    ),
    "fullUrl relative": put(*entry("Provenance", "fullUrl"), value="Provenance/passage"),
    "fullUrl twice (bdl-7)": same(entry("Lab", "fullUrl"), entry("Weight", "fullUrl")),
    "request url of another type": put(*entry("Lab", "request", "url"), value="Condition"),
    "request url of no type": put(*entry("Lab", "request", "url"), value="Labs"),
}

SHAPES: dict[str, Edit] = {
    "two values": put("Lab", "valueString", value="85.25 mg/L"),
    "two onsets": put("Condition", "onsetString", value="in childhood"),
    "value of a type not allowed": both(drop("Lab", "valueQuantity"), put("Lab", "valueDecimal", value=85.25)),
    "empty text": put("Condition", "code", "text", value=""),
    "blank text": put("Condition", "code", "text", value="   "),
    "empty object": put("Condition", "code", value={}),
    "empty list": put("Condition", "note", value=[]),
    "null": put("Patient", "gender", value=None),
    "null in a list": put("Practitioner", "name", 0, "given", value=["Josiah", None]),
    "month 13": put("Condition", "recordedDate", value="2020-13"),
    "day 30 of February": put("Lab", "effectiveDateTime", value="2020-02-30"),
    "date with slashes": put("Lab", "effectiveDateTime", value="12/06/2020"),
    "date in words": put("Composition", "date", value="March 2021"),
    "time without zone": put("Lab", "effectiveDateTime", value="2020-06-12T10:30:00"),
    "time without seconds": put("Lab", "effectiveDateTime", value="2020-06-12T10:30Z"),
    "birth date with a time": put("Patient", "birthDate", value="1986-01-01T00:00:00Z"),
    "instant of a day": both(drop("Provenance", "_recorded"), put("Provenance", "recorded", value="2020-06-12")),
    "number as text": put("Lab", "valueQuantity", "value", value="85.25"),
    "text as number": put("Condition", "code", "text", value=7),
    "boolean as text": put("Patient", "active", value="true"),
    "integer with a fraction": both(drop("Lab", "valueQuantity"), put("Lab", "valueInteger", value=3.5)),
    "positive integer of zero": put("MedicationStatement", "dosage", 0, "timing", "repeat", "frequency", value=0),
    "list where one is": put("Lab", "status", value=["final"]),
    "one where a list is": put("Lab", "category", value={"text": "laboratory"}),
    "element of no resource": put("Lab", "colour", value="red"),
    "element of another resource": put("Condition", "status", value="final"),
    "element of a data type unknown": put("Lab", "valueQuantity", "units", value="mg/L"),
    "resource type unknown": put("Lab", "resourceType", value="LabResult"),
    "resource without type": drop("Lab", "resourceType"),
    "uri with blanks": put("Lab", "code", "coding", 0, "system", value="http://loinc .org"),
    "code with blanks": put("Lab", "code", "coding", 0, "code", value="1988-5 "),
    "id with characters not allowed": put("Patient", "id", value="case 1/patient_ä"),
    "id of 65 characters": put("Patient", "id", value="a" * 65),
    "element ids twice": both(
        put("Patient", "identifier", 0, "id", value="one"),
        put("Patient", "contact", 0, "id", value="one"),
    ),
    "ids of contained resources twice": both(
        put("Encounter", "serviceProvider", value={"reference": "#one"}),
        put(
            "Encounter",
            "contained",
            value=[{"resourceType": "Organization", "id": "one", "name": n} for n in "AB"],
        ),
    ),
    "ids of resources twice": both(
        *(put(name, "id", value="one") for name in ("Lab", "Weight")),
        *(
            put(*entry(name, "request"), value={"method": "PUT", "url": "Observation/one"})
            for name in ("Lab", "Weight")
        ),
    ),
    "script in the narrative": put("Patient", "text", value=html("<script>alert(1)</script>")),
    "handler in the narrative": put("Patient", "text", value=html('<p onclick="x()">x</p>')),
    "narrative of nothing": put("Patient", "text", value=html(" ")),
    "narrative not well-formed": put("Patient", "text", value=html("<p>x")),
    "narrative of another namespace": put(
        "Patient", "text", value={"status": "generated", "div": "<div><p>x</p></div>"}
    ),
}

BROKEN: dict[str, Edit] = CODES | UNITS | MISSING | INVARIANTS | REFERENCES | SHAPES

VALIDATOR_MISSES: set[str] = {
    "age in kilograms",
    "blank text",
    "entry without resource",
    "ids of resources twice",
    "problem without clinical status (con-3)",
    "relative reference to nothing",
    "request url of another type",
    "request url of no type",
}
"""What the HL7 validator in HAPI 8.6.0 accepts; the output gate must see these all the same."""
