"""What is wrong with a bundle as a whole: a server would store it in one piece, or not at all."""

from casefhir.lint.document import Document
from casefhir.lint.nearest import nearest
from casefhir.lint.rule import Remarks
from casefhir.targets.table import Target

LOADED = ("transaction", "batch")


def no_resource(document: Document, target: Target) -> Remarks:
    """
    A JSON object that is no FHIR resource.

    Why: a server looks at `resourceType` first, and refuses what has none.
    Bad:  {"patient": {"gender": "male"}}
    Good: {"resourceType": "Patient", "gender": "male"}
    Source: https://hl7.org/fhir/R4/json.html#resources
    """
    for number, entry in enumerate(document.entries):
        resource = entry.get("resource")
        is_other = not isinstance(resource, dict) and document.form != "bundle"
        if is_other or (isinstance(resource, dict) and "resourceType" not in resource):
            yield ("entry", number, "resource"), "has no 'resourceType'; expected a resource, such as a Patient"


def type(document: Document, target: Target) -> Remarks:
    """
    The bundle is of a type that no server takes apart.

    Why: posted to the base, only a transaction or a batch is carried out; another is refused, and posted to `/Bundle`
    it is stored as one document, so that no patient is found afterwards.
    Bad:  {"resourceType": "Bundle", "type": "collection", "entry": […]}
    Good: {"resourceType": "Bundle", "type": "transaction", "entry": […]}
    Source: https://hl7.org/fhir/R4/http.html#transaction
    """
    if document.form != "bundle":
        return
    written = document.bundle.get("type")
    if written is None:
        yield ("type",), "is missing; expected transaction"
    elif written not in LOADED:
        meant = nearest(str(written), LOADED) or LOADED[0]
        yield ("type",), f"{written!r} is stored in one piece or refused; expected {meant}"


def empty(document: Document, target: Target) -> Remarks:
    """
    Nothing is in it.

    Why: servers refuse a bundle without entries, or answer that all went well.
    Bad:  {"resourceType": "Bundle", "type": "transaction"}
    Good: {"resourceType": "Bundle", "type": "transaction", "entry": [{"resource": …, "request": …}]}
    Source: https://hl7.org/fhir/R4/bundle.html
    """
    if not document.entries and not document.malformed:
        yield ("entry",), "there are no entries"


def inside(document: Document, target: Target) -> Remarks:
    """
    An entry is a bundle itself.

    Why: it is stored as one document, and nothing in it is created.
    Bad:  request: {"method": "POST", "url": "Bundle"}
    Good: the entries of the inner bundle, each with its own request
    Source: https://hl7.org/fhir/R4/http.html#transaction
    """
    for number, resource in document.resources:
        if resource.get("resourceType") == "Bundle":
            yield ("entry", number, "resource"), "a bundle in a bundle is stored in one piece; expected its entries"


def references_in_batch(document: Document, target: Target) -> Remarks:
    """
    A batch whose entries refer to each other.

    Why: a server carries out the entries of a batch apart from each other, and leaves `urn:uuid:…` as it stands.
    Bad:  "type": "batch" with {"reference": "urn:uuid:9a9df74f-…"}
    Good: "type": "transaction"
    Source: https://hl7.org/fhir/R4/http.html#brules
    """
    if document.bundle.get("type") == "batch" and any(name in document.names for _, name in document.references):
        yield ("type",), "the entries of a batch cannot refer to each other, as these do; expected transaction"
