"""good.json → bundles with one fault more, each with the place where the gate reports it."""

from __future__ import annotations

from decimal import Decimal

from tests.conformance.broken import (
    NOWHERE,
    Edit,
    both,
    drop,
    entry,
    html,
    put,
    quantity,
    same,
)
from tests.fhir.gate_allowed import (
    ABSENT,
    REPEAT,
    UNKNOWN,
    added,
    by_put,
    concept,
    document,
    patient,
    pressure,
    untyped,
    vital,
)

REFUSED: dict[str, tuple[str, Edit]] = {
    "severity": ("entry[12].resource.severity", put("DetectedIssue", "severity", value="urgent")),
    "use of a name": (
        "entry[1].resource.name[0].use",
        put("Practitioner", "name", 0, "use", value="pen"),
    ),
    "day of the week": (
        "entry[7].resource.dosage[0].timing.repeat.dayOfWeek[0]",
        put(*REPEAT, "dayOfWeek", value=["monday"]),
    ),
    "moment of the day": (
        "entry[7].resource.dosage[0].timing.repeat.when[0]",
        put(*REPEAT, "when", value=["breakfast"]),
    ),
    "gender of a contact": (
        "entry[2].resource.contact[0].gender",
        put("Patient", "contact", 0, "gender", value="F"),
    ),
    "type of a file": (
        "entry[9].resource.content[0].attachment.contentType",
        put("DocumentReference", "content", 0, "attachment", "contentType", value="pdf"),
    ),
    "language": ("entry[5].resource.language", put("Lab", "language", value="in English")),
    "confidentiality": (
        "entry[10].resource.confidentiality",
        put("Composition", "confidentiality", value="secret"),
    ),
    "concept without the code demanded": (
        "entry[4].resource.clinicalStatus.coding",
        put("Condition", "clinicalStatus", value=concept("active")),
    ),
    "comparator of a limit": (
        "entry[5].resource.referenceRange[0].high.comparator",
        put("Lab", "referenceRange", 0, "high", "comparator", value="<"),
    ),
    "author is an observation": (
        "entry[10].resource.author[0].reference",
        same(entry("Lab", "fullUrl"), ("Composition", "author", 0, "reference")),
    ),
    "assigner is a patient": (
        "entry[0].resource.identifier[0].assigner.reference",
        put("Organization", "identifier", 0, "assigner", value=patient()),
    ),
    "reference in an extension of a coding": (
        "entry[5].resource.code.coding[0].extension[0].valueReference.reference",
        put(
            "Lab",
            "code",
            "coding",
            0,
            "extension",
            value=[{"url": ABSENT, "valueReference": {"reference": NOWHERE}}],
        ),
    ),
    "type of a reference": (
        "entry[5].resource.subject.type",
        put("Lab", "subject", "type", value="Group"),
    ),
    "id in a POST": ("entry[2].resource.id", put("Patient", "id", value="me")),
    "PUT to another id": (
        "entry[2].request.url",
        both(by_put, put(*entry("Patient", "request", "url"), value="Patient/other")),
    ),
    "PUT without id": (
        "entry[2].request.url",
        put(*entry("Patient", "request"), value={"method": "PUT", "url": "Patient/me"}),
    ),
    "DELETE": (
        "entry[2].request.method",
        put(*entry("Patient", "request", "method"), value="DELETE"),
    ),
    "fullUrl of another resource": (
        "entry[2].fullUrl",
        both(by_put, put(*entry("Patient", "fullUrl"), value="https://example.net/Patient/other")),
    ),
    "request in a collection": ("entry[2].request", put("type", value="collection")),
    "document without identifier (bdl-9)": ("identifier", both(document, drop("identifier"))),
    "document without date (bdl-10)": ("timestamp", both(document, drop("timestamp"))),
    "document begins otherwise (bdl-11)": (
        "entry[0].resource.resourceType",
        both(untyped("document"), put("timestamp", value="2021-03-01T00:00:00Z")),
    ),
    "reason of an emptiness that is none (cmp-2)": (
        "entry[10].resource.section[0]",
        put("Composition", "section", 0, "emptyReason", value=concept("unknown")),
    ),
    "stage of nothing (con-1)": (
        "entry[4].resource.stage[0]",
        put("Condition", "stage", value=[{"type": concept("TNM")}]),
    ),
    "evidence of nothing (con-2)": (
        "entry[4].resource.evidence[0]",
        put("Condition", "evidence", 0, value={"extension": [UNKNOWN]}),
    ),
    "duration without unit (tim-1)": (
        "entry[7].resource.dosage[0].timing.repeat.durationUnit",
        put(*REPEAT, "duration", value=2),
    ),
    "negative period (tim-5)": (
        "entry[7].resource.dosage[0].timing.repeat.period",
        put(*REPEAT, "period", value=-1),
    ),
    "most without least (tim-8)": (
        "entry[7].resource.dosage[0].timing.repeat.count",
        put(*REPEAT, "countMax", value=3),
    ),
    "offset without moment (tim-9)": (
        "entry[7].resource.dosage[0].timing.repeat.when",
        put(*REPEAT, "offset", value=30),
    ),
    "half a ratio (rat-1)": (
        "entry[5].resource.valueRatio.denominator",
        both(
            drop("Lab", "valueQuantity"),
            put("Lab", "valueRatio", value={"numerator": quantity(1, "mg")}),
        ),
    ),
    "age of nothing (age-1)": (
        "entry[4].resource.onsetAge.value",
        put("Condition", "onsetAge", value=quantity(0, "a")),
    ),
    "age and birth of a relative (fhs-1)": (
        "entry[14].resource",
        added(
            "FamilyMemberHistory",
            status="completed",
            patient=patient(),
            relationship=concept("mother"),
            bornString="1950",
            ageString="70",
        ),
    ),
    "allergy without clinical status (ait-1)": (
        "entry[14].resource",
        added("AllergyIntolerance", patient=patient()),
    ),
    "organization at home (org-2)": (
        "entry[0].resource.address[0].use",
        put("Organization", "address", value=[{"use": "home", "city": "Example"}]),
    ),
    "whole number with a point": (
        "entry[7].resource.dosage[0].timing.repeat.frequency",
        put(*REPEAT, "frequency", value=Decimal("2.0")),
    ),
    "no number": (
        "entry[5].resource.valueQuantity.value",
        put("Lab", "valueQuantity", "value", value=float("nan")),
    ),
    "29 February of no leap year": (
        "entry[5].resource.effectiveDateTime",
        put("Lab", "effectiveDateTime", value="2021-02-29"),
    ),
    "31 April": (
        "entry[4].resource.recordedDate",
        put("Condition", "recordedDate", value="2021-04-31"),
    ),
    "two times": (
        "entry[5].resource.effectivePeriod",
        put("Lab", "effectivePeriod", value={"start": "2020"}),
    ),
    "empty element": ("entry[13].resource._recorded", put("Provenance", "_recorded", value={})),
    "extension with a bare name": (
        "entry[2].resource.extension[0].url",
        put("Patient", "extension", value=[{"url": "quote", "valueString": "x"}]),
    ),
    "extension of two values (ext-1)": (
        "entry[2].resource.extension[0]",
        put("Patient", "extension", value=[{"url": ABSENT, "valueCode": "x", "valueString": "x"}]),
    ),
    "extension of an id only (ext-1)": (
        "entry[2].resource.extension[0]",
        put("Patient", "extension", value=[{"url": ABSENT, "id": "x"}]),
    ),
    "link into a script": (
        "entry[2].resource.text.div",
        put("Patient", "text", value=html('<a href="javascript:x()">x</a>')),
    ),
    "heart rate in another unit": (
        "entry[14].resource.valueQuantity.code",
        vital("8867-4", valueQuantity=quantity(80, "{beats}/min")),
    ),
    "temperature in Kelvin": (
        "entry[14].resource.valueQuantity.code",
        vital("8310-5", valueQuantity=quantity(310, "K")),
    ),
    "saturation as text": ("entry[14].resource.valueString", vital("2708-6", valueString="98 %")),
    "height without category": (
        "entry[14].resource.category",
        vital("8302-2", category=None, valueQuantity=quantity(95, "cm")),
    ),
    "weight of a month (vs-1)": (
        "entry[14].resource.effectiveDateTime",
        vital("29463-7", effectiveDateTime="2020-06", valueQuantity=quantity(14, "kg")),
    ),
    "breathing without value (vs-2)": ("entry[14].resource", vital("9279-1")),
    "pressure without the diastolic": (
        "entry[14].resource.component",
        vital("85354-9", component=[pressure("8480-6")]),
    ),
    "pressure in kPa": (
        "entry[14].resource.component[0].valueQuantity.code",
        vital("85354-9", component=[pressure("8480-6", "kPa"), pressure("8462-4")]),
    ),
}
"""The place of the fault and the edit that makes it, by a name for both."""
