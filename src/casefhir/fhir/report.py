"""Values of one moment, and what an image shows → DiagnosticReport."""

from collections.abc import Iterator, Sequence

from casefhir.facts import Fact, Report
from casefhir.fhir import concepts
from casefhir.fhir.categories import VITAL_SIGNS
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
from casefhir.fhir.laboratory import vital_signs
from casefhir.fhir.microbiology import test_code
from casefhir.fhir.specimen import specimen, specimen_key
from casefhir.fhir.times import effective_period, times
from casefhir.model.findings import Imaging, Panel, Table
from casefhir.model.microbiology import MicrobiologyTest


def report(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A report whose results are the values of one moment; many systems show results only through it.

    Source: https://hl7.org/fhir/R4/diagnosticreport.html
    """
    record: Report = fact.record
    when = times(record, cx)
    if fact.key in vital_signs(cx):
        yield _vital_signs(fact, cx)
        return
    results = _results(record, cx)
    taken = _specimen(record)
    if taken:
        yield specimen(taken, specimen_key(fact.key), cx)
    yield {
        "resourceType": "DiagnosticReport",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(_title(record), when.said, _count(results), _conclusion(record))),
        "extension": [
            *evidence(record.record),
            *when.extension,
            *(extension("note", valueString=text) for text in written(record.record)),
        ],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "category": [_category(record)],
        "code": _code(record, cx),
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.effective,
        "specimen": [cx.reference(specimen_key(fact.key))] if taken else [],
        "result": [cx.reference(key) for key in results],
        "conclusion": _conclusion(record),
    }


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
    return record.record.conclusion if isinstance(record.record, Imaging | MicrobiologyTest) else None


def _specimen(record: Report) -> str | None:
    return record.record.specimen if isinstance(record.record, MicrobiologyTest) else None


def _title(record: Report) -> str:
    return "Laboratory results" if isinstance(record.record, Panel) else record.label


def _category(record: Report) -> Resource | None:
    code, display = _CATEGORIES[type(record.record)]
    return concept(display, coding(HL7 + "v2-0074", code, display))


_CATEGORIES: dict[type, tuple[str, str]] = {
    Panel: ("LAB", "Laboratory"),
    Table: ("LAB", "Laboratory"),
    Imaging: ("IMG", "Diagnostic Imaging"),
    MicrobiologyTest: ("MB", "Microbiology"),
}
"""Source: https://hl7.org/fhir/R4/valueset-diagnostic-service-sections.html"""


def _code(record: Report, cx: Context) -> Resource | None:
    match record.record:
        case Imaging(name=name, code=code):
            return cx.concept(concepts.procedure, name, code)
        case MicrobiologyTest():
            return test_code(record.record, cx)
        case Table(name=name):
            return concept(name, coding(LOINC, "11502-2", "Laboratory report"))
    return concept("Laboratory report", coding(LOINC, "11502-2", "Laboratory report"))
