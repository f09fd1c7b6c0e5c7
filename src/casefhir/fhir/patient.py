"""The patient → Patient, and the Observations of what was measured at presentation."""

from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import META, evidence, extension, narrative, sentence, written
from casefhir.fhir.death import deceased
from casefhir.fhir.vital_signs import measures
from casefhir.model.patient import Patient


def patient(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    The patient, without a name or a birth date: the report prints none.

    What a report of several patients calls this one is an anonymous name.

    Source: https://hl7.org/fhir/R4/patient.html
    """
    record: Patient = fact.record
    yield {
        "resourceType": "Patient",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(
            sentence(
                f"The patient of the case report {cx.case.id}",
                f"there called {record.called}" if record.called else None,
                record.sex,
                record.note,
                "died" if deceased(cx) else None,
            )
        ),
        "extension": [*evidence(record), *(extension("note", valueString=text) for text in written(record))],
        "identifier": cx.identifier(fact.key),
        "name": [{"use": "anonymous", "text": record.called}] if record.called else None,
        "gender": record.sex,
        **deceased(cx),
    }
    yield from measures(fact, cx)
