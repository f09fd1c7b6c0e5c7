"""good.json → bundles that FHIR R4 allows, and the parts to build others: the gate passes them."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

from tests.conformance.broken import (
    POSITION,
    Bundle,
    Edit,
    both,
    coding,
    entry,
    html,
    put,
    quantity,
)

PATIENT = "urn:uuid:9a9df74f-5773-5e08-9201-dc30420a9574"
NEW = "urn:uuid:11111111-2222-5333-8444-555555555555"
LOINC = "http://loinc.org"
REPEAT = ("MedicationStatement", "dosage", 0, "timing", "repeat")
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
MAIDEN = "http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName"
UNKNOWN = {"url": ABSENT, "valueCode": "unknown"}


def concept(text: str) -> dict[str, Any]:
    return {"text": text}


def patient() -> dict[str, str]:
    return {"reference": PATIENT}


def added(kind: str, **members: Any) -> Edit:
    """The bundle with one resource more, as the last entry."""

    def edit(bundle: Bundle) -> Bundle:
        resource = {"resourceType": kind, **members}
        request = {"method": "POST", "url": kind}
        last = {"fullUrl": NEW, "resource": resource, "request": request}
        return {**bundle, "entry": [*bundle["entry"], last]}

    return edit


def vital(code: str, **members: Any) -> Edit:
    """The bundle with an Observation more that has the LOINC code of a vital sign."""
    whole = {
        "status": "final",
        "category": [coding("observation-category", "vital-signs")],
        "code": {"coding": [{"system": LOINC, "code": code}]},
        "subject": patient(),
        "effectiveDateTime": "2020-06-12",
        **members,
    }
    return added("Observation", **{k: v for k, v in whole.items() if v is not None})


def pressure(code: str, unit: str = "mm[Hg]") -> dict[str, Any]:
    value = {"value": 120, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    return {"code": {"coding": [{"system": LOINC, "code": code}]}, "valueQuantity": value}


def untyped(kind: str) -> Edit:
    """The bundle as one of another type, without requests."""

    def edit(bundle: Bundle) -> Bundle:
        entries = [{k: v for k, v in e.items() if k != "request"} for e in bundle["entry"]]
        return {**bundle, "type": kind, "entry": entries}

    return edit


def document(bundle: Bundle) -> Bundle:
    """The bundle as a document: the Composition first, an identifier, a date."""
    whole = untyped("document")(bundle)
    entries = whole["entry"]
    first = entries[POSITION["Composition"]]
    return {
        **whole,
        "identifier": {"system": "urn:uuid:8575cd07-602b-5696-8bbd-4d52317a4e6c", "value": "doc"},
        "timestamp": "2021-03-01T00:00:00Z",
        "entry": [first, *(e for e in entries if e is not first)],
    }


def by_put(bundle: Bundle) -> Bundle:
    """The bundle with a PUT to an id of its own for each entry."""
    whole = copy.deepcopy(bundle)
    for number, each in enumerate(whole["entry"]):
        kind = each["resource"]["resourceType"]
        each["resource"] = {"resourceType": kind, "id": f"case-{number}", **each["resource"]}
        each["request"] = {"method": "PUT", "url": f"{kind}/case-{number}"}
    return whole


ALLOWED: dict[str, Edit] = {
    "a collection": untyped("collection"),
    "a document": document,
    "PUT with ids": by_put,
    "relative reference to an id": both(
        by_put,
        put("Lab", "subject", value={"reference": "Patient/case-2"}),
    ),
    "fullUrl that is a URL": both(
        by_put,
        put(
            *entry("DetectedIssue", "fullUrl"),
            value="https://example.net/fhir/DetectedIssue/case-12",
        ),
    ),
    "printed digits": put("Lab", "valueQuantity", "value", value=Decimal("85.00")),
    "leap day": put("Lab", "effectiveDateTime", value="2020-02-29"),
    "leap second": put("Lab", "effectiveDateTime", value="2016-12-31T23:59:60Z"),
    "UCUM that is in no table": put("Lab", "valueQuantity", value=quantity(1, "10*3.[IU]/mL")),
    "unit of another system": put(
        "Lab",
        "valueQuantity",
        value={
            "value": 2,
            "unit": "tablets",
            "system": "http://snomed.info/sct",
            "code": "385055001",
        },
    ),
    "reference by identifier": put(
        *("Lab", "subject"),
        value={"type": "Patient", "identifier": {"value": "x"}},
    ),
    "element ids that differ": both(
        put("Patient", "identifier", 0, "id", value="one"),
        put("Patient", "contact", 0, "id", value="two"),
    ),
    "one element id in two resources": both(
        put("Patient", "identifier", 0, "id", value="one"),
        put("Lab", "identifier", 0, "id", value="one"),
    ),
    "extension with id and value": put(
        "Patient", "extension", value=[{"id": "x", "url": ABSENT, "valueCode": "unknown"}]
    ),
    "extension without value, and why": put(
        "Patient",
        "extension",
        value=[{"url": MAIDEN, "_valueString": {"extension": [UNKNOWN]}}],
    ),
    "table in a narrative": put(
        *("Patient", "text"),
        value=html("<table><tr><td>x</td></tr></table>"),
    ),
    "telephone in a narrative": put(
        *("Patient", "text"),
        value=html("<a href='tel:+31788700800'>call</a>"),
    ),
    "vital sign in a month": vital(
        "8867-4",
        effectiveDateTime=None,
        effectivePeriod={"start": "2020-06"},
        valueQuantity=quantity(80, "/min"),
    ),
    "blood pressure": vital("85354-9", component=[pressure("8480-6"), pressure("8462-4")]),
    "value not known": vital("8310-5", dataAbsentReason=coding("data-absent-reason", "unknown")),
    "procedure": added("Procedure", status="completed", subject=patient(), performedString="then"),
    "specimen": added("Specimen", subject=patient(), type=concept("biopsy")),
    "family history": added(
        "FamilyMemberHistory",
        status="completed",
        patient=patient(),
        relationship=concept("mother"),
        condition=[{"code": concept("asthma"), "onsetAge": quantity(30, "a")}],
    ),
    "allergy": added(
        "AllergyIntolerance",
        clinicalStatus=coding("allergyintolerance-clinical", "active"),
        patient=patient(),
    ),
    "adverse event": added("AdverseEvent", actuality="actual", subject=patient()),
    "device": added(
        "DeviceUseStatement",
        status="active",
        subject=patient(),
        device={"display": "stent"},
    ),
    "medication": added("Medication", code=concept("prednisolone")),
    "body structure": added("BodyStructure", patient=patient(), location=concept("left knee")),
    "related person": added("RelatedPerson", patient=patient(), gender="female"),
    "role": added("PractitionerRole", specialty=[concept("paediatrics")]),
}
"""What may be written, each by its name."""
