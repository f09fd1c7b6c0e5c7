"""Values of one moment, and what an image shows → DiagnosticReport."""

from collections.abc import Iterator

from casefhir.facts import Fact, Report
from casefhir.fhir import concepts
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
    sentence,
    written,
)
from casefhir.fhir.times import times
from casefhir.model.findings import Imaging, Panel, Table


def report(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A report whose results are the values of one moment; many systems show results only through it.

    Source: https://hl7.org/fhir/R4/diagnosticreport.html
    """
    record: Report = fact.record
    when = times(record, cx)
    yield {
        "resourceType": "DiagnosticReport",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(_title(record), when.said, _count(record), _conclusion(record))),
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
        "result": [cx.reference(cx.key_at[path]) for path in record.members],
        "conclusion": _conclusion(record),
    }


def _count(record: Report) -> str:
    count = len(record.members)
    return "1 result" if count == 1 else f"{count} results" if count else ""


def _conclusion(record: Report) -> str | None:
    return record.record.conclusion if isinstance(record.record, Imaging) else None


def _title(record: Report) -> str:
    return "Laboratory results" if isinstance(record.record, Panel) else record.label


def _category(record: Report) -> Resource | None:
    code, display = ("IMG", "Diagnostic Imaging") if isinstance(record.record, Imaging) else ("LAB", "Laboratory")
    return concept(display, coding(HL7 + "v2-0074", code, display))


def _code(record: Report, cx: Context) -> Resource | None:
    match record.record:
        case Imaging(name=name, code=code):
            return cx.concept(concepts.procedure, name, code)
        case Table(name=name):
            return concept(name, coding(LOINC, "11502-2", "Laboratory report"))
    return concept("Laboratory report", coding(LOINC, "11502-2", "Laboratory report"))
