"""What was taken from the patient to be examined → Specimen."""

from casefhir.fhir import concepts
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import META, narrative


def specimen(name: str, key: str, cx: Context) -> Resource:
    """
    What was examined; when it was taken, an article says of the examination only.

    Source: https://hl7.org/fhir/R4/specimen.html
    """
    return {
        "resourceType": "Specimen",
        "id": cx.id(key),
        "meta": META,
        "text": narrative(name),
        "identifier": cx.identifier(key),
        "type": cx.concept(concepts.specimen, name),
        "subject": cx.subject,
    }


def specimen_key(key: str) -> str:
    """The key of the specimen of a test or a report."""
    return f"{key}/specimen"
