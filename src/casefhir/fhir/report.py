"""Values of one moment, and what an image or a tissue shows → DiagnosticReport."""

from collections.abc import Iterator, Sequence

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.categories import VITAL_SIGNS, service
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    HL7,
    LOINC,
    META,
    coding,
    concept,
    evidence,
    extension,
    narrative,
    notes,
    sentence,
    written,
)
from casefhir.fhir.laboratory import of_laboratory, vital_signs
from casefhir.fhir.microbiology import test_code
from casefhir.fhir.specimen import specimens, specimens_of
from casefhir.fhir.times import effective_period, times
from casefhir.model.findings import Imaging, Panel, Table
from casefhir.model.microbiology import MicrobiologyTest
from casefhir.model.pathology import Pathology
from casefhir.statement import Report


def report(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A report whose results are the values of one moment; many systems show results only through it.

    That of a pathologist is an event of the procedure that the tissue comes from; that of an ECG is no image.
    Source: https://hl7.org/fhir/R4/diagnosticreport.html, https://hl7.org/fhir/R4/extension-event-partof.html
    """
    record: Report = fact.record
    when = times(record, cx)
    if fact.key in vital_signs(cx):
        yield _vital_signs(fact, cx)
        return
    if isinstance(record.record, Imaging) and record.record.not_done:
        yield _not_done(fact, record.record, cx)
        return
    results = _results(record, cx)
    yield from specimens(fact, cx)
    yield {
        "resourceType": "DiagnosticReport",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(_title(record, cx), when.said, _count(results), _conclusion(record))),
        "extension": [
            *evidence(record.record),
            *when.extension,
            *_part_of(record, cx),
            *_method(record, cx),
            *(extension("note", valueString=text) for text in written(record.record)),
        ],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "category": [_category(record, cx)],
        "code": _code(record, cx),
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.effective,
        "specimen": specimens_of(fact, cx),
        "result": [cx.reference(key) for key in results],
        "conclusion": _conclusion(record),
    }


def _not_done(fact: Fact, record: Imaging, cx: Context) -> Resource:
    """
    An examination that was not done: a report of R4 is cancelled if it was begun, and this was not.

    Source: https://hl7.org/fhir/R4/procedure.html
    """
    when = times(fact.record, cx)
    return {
        "resourceType": "Procedure",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(f"{record.name}: not done ({record.not_done})", when.said, record.note)),
        "extension": [*evidence(record), *when.extension],
        "identifier": cx.identifier(fact.key),
        "status": "not-done",
        "statusReason": {"text": record.not_done},
        "code": cx.concept(concepts.procedure, record.name, record.code),
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.performed,
        "note": notes(*written(record)),
    }


def _method(record: Report, cx: Context) -> list[Resource]:
    method = record.record.method if isinstance(record.record, Imaging) else None
    return [extension("method", valueCodeableConcept=cx.concept(concepts.procedure, method))] if method else []


def _results(record: Report, cx: Context) -> list[str]:
    """The keys of its values; a vital sign is no result of a laboratory."""
    keys = (cx.key_at[path] for path in record.members)
    return [key for key in keys if key not in vital_signs(cx)] if isinstance(record.record, Panel) else list(keys)


def _vital_signs(fact: Fact, cx: Context) -> Resource:
    """
    Vital signs that were taken together.

    Source: https://hl7.org/fhir/R4/vitalspanel.html
    """
    record: Report = fact.record
    when = times(record, cx)
    members = [cx.key_at[path] for path in record.members]
    return {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence("Vital signs", when.said, _count(members))),
        "extension": [*evidence(record.record), *when.extension],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "category": VITAL_SIGNS,
        "code": concept("Vital signs", coding(LOINC, "85353-1", _PANEL)),
        "subject": cx.subject,
        "encounter": when.encounter,
        **effective_period(when.effective),
        "note": notes(*written(record.record)),
        "hasMember": [cx.reference(key) for key in members],
    }


_PANEL = "Vital signs, weight, height, head circumference, oxygen saturation and BMI panel"


def _count(results: Sequence[str]) -> str:
    count = len(results)
    return "1 result" if count == 1 else f"{count} results" if count else ""


def _conclusion(record: Report) -> str | None:
    return record.record.conclusion if isinstance(record.record, Imaging | Pathology | MicrobiologyTest) else None


def _part_of(record: Report, cx: Context) -> list[Resource]:
    of = record.record.of if isinstance(record.record, Pathology) else None
    keys = cx.chart.procedures(of) if of else ()
    return [{"url": _PART_OF, "valueReference": cx.reference(key)} for key in keys]


_PART_OF = "http://hl7.org/fhir/StructureDefinition/event-partOf"


def _title(record: Report, cx: Context) -> str:
    if isinstance(record.record, Panel):
        return "Laboratory results" if _is_of_laboratory(record, cx) else "Measurements"
    return record.label


def _is_of_laboratory(record: Report, cx: Context) -> bool:
    """Whether a laboratory measured any value of a panel or a line of a table; one without values may be its."""
    keys = [cx.key_at[path] for path in record.members]
    return not keys or not of_laboratory(cx).isdisjoint(keys)


def _category(record: Report, cx: Context) -> Resource | None:
    if isinstance(record.record, Pathology):
        return concept("Pathology", coding(LOINC, "LP7839-6", "Pathology"))
    if isinstance(record.record, Imaging) and (code := service(record.record, cx)):
        return concept(_SERVICES[code], coding(HL7 + "v2-0074", code))
    code, display = _CATEGORIES[type(record.record)]
    if isinstance(record.record, Panel | Table) and not _is_of_laboratory(record, cx):
        code, display = "OTH", "Other"
    return concept(display, coding(HL7 + "v2-0074", code, display))


_SERVICES = {
    "AU": "Audiology",
    "CTH": "Cardiac catheterization",
    "EC": "Electrocardiography",
    "EN": "Electroneurography",
    "OTH": "Other",
    "PF": "Pulmonary function",
}
"""Of tests that are no images; the display of HL7 lists examples."""

_CATEGORIES: dict[type, tuple[str, str]] = {
    Panel: ("LAB", "Laboratory"),
    Table: ("LAB", "Laboratory"),
    Imaging: ("IMG", "Diagnostic Imaging"),
    MicrobiologyTest: ("MB", "Microbiology"),
}
"""Source: https://hl7.org/fhir/R4/valueset-diagnostic-service-sections.html"""


def _code(record: Report, cx: Context) -> Resource | None:
    match record.record:
        case Pathology(name=name, code=code):
            return cx.concept(concepts.pathology, name, code)
        case Imaging(name=name, code=code):
            return cx.concept(concepts.procedure, name, code)
        case MicrobiologyTest():
            return test_code(record.record, cx)
    title = record.label if isinstance(record.record, Table) else None
    if not _is_of_laboratory(record, cx):
        return concept(title or "Measurements")
    return concept(title or "Laboratory report", coding(LOINC, "11502-2", "Laboratory report"))
