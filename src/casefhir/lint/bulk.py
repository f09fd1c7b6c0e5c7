"""What is wrong with a bulk file: one type a file, one resource a line, each with its id."""

from pathlib import PurePath

from casefhir.lint.document import Document
from casefhir.lint.rule import Remarks
from casefhir.targets.table import Target


def other_type(document: Document, target: Target) -> Remarks:
    """
    A resource of another type than the file.

    Why: importers are told the type of a file, and refuse others in it.
    Bad:  an Observation in Patient.ndjson
    Good: Observation.ndjson for it
    Source: https://hl7.org/fhir/uv/bulkdata/export.html#response---output-manifest
    """
    if document.form != "bulk":
        return
    kinds = [resource.get("resourceType") for _, resource in document.resources]
    stem = PurePath(document.name).stem.partition(".")[0]
    expected = stem if stem in kinds else next(iter(kinds), None)
    for number, resource in document.resources:
        if resource.get("resourceType") != expected:
            words = f"{resource.get('resourceType')} in a file of {expected}; expected a file of its own"
            yield ("entry", number, "resource", "resourceType"), words


def no_id(document: Document, target: Target) -> Remarks:
    """
    A line whose resource has no id.

    Why: references between files are by type and id, and importers demand it.
    Bad:  {"resourceType": "Patient"}
    Good: {"resourceType": "Patient", "id": "p1"}
    Source: https://hl7.org/fhir/uv/bulkdata/export.html#response---output-manifest
    """
    if document.form == "bulk":
        for number, resource in document.resources:
            if "id" not in resource:
                yield ("entry", number, "resource"), "has no 'id', so that no other line can refer to it"
