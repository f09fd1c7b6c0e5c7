"""What is wrong with references: what they name is not there, or will not be."""

import re
from collections.abc import Mapping

from casefhir.bundles import groups
from casefhir.lint.document import Document
from casefhir.lint.entry import is_sent
from casefhir.lint.nearest import hint
from casefhir.lint.rule import Remarks
from casefhir.targets.table import Target

_LOCAL = re.compile(r"([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(/_history/[A-Za-z0-9.-]{1,64})?")


def unresolved(document: Document, target: Target) -> Remarks:
    """
    A `urn:uuid` that names no entry of this bundle.

    Why: it means nothing outside its bundle; a server refuses it, or stores it as it stands and never finds it.
    Bad:  {"reference": "urn:uuid:00000000-0000-5000-8000-000000000000"}, which is no fullUrl
    Good: {"reference": …} with the fullUrl of an entry
    Source: https://hl7.org/fhir/R4/bundle.html#references
    """
    urns = [name for name in document.names if name.startswith("urn:")]
    for path, written in document.references:
        if written.lower().startswith("urn:") and written not in document.names:
            same = [name for name in urns if name.lower() == written.lower()]
            yield path, f"{written!r} is no fullUrl of this bundle{hint(written, same or urns)}"


def contained(document: Document, target: Target) -> Remarks:
    """
    A `#` that names no contained resource.

    Why: it looks inside its own resource only (ref-1).
    Bad:  {"reference": "#org"} without a contained resource of this id
    Good: "contained": [{"resourceType": "Organization", "id": "org"}] beside it
    Source: https://hl7.org/fhir/R4/references.html#contained
    """
    for path, written in document.references:
        if written.startswith("#") and written != "#":
            resource = document.entries[int(path[1])]["resource"]
            inner = resource.get("contained")
            ids = [one.get("id") for one in inner if isinstance(one, dict)] if isinstance(inner, list) else []
            if written[1:] not in ids:
                named = [f"#{id}" for id in ids if id]
                yield path, f"{written!r} names nothing that is contained in this{hint(written, named)}"


def no_reference(document: Document, target: Target) -> Remarks:
    """
    A reference that is no URL of a resource.

    Why: a server reads `Type/id`, an absolute URL, `urn:uuid:…`, `#…`, and in a transaction a search.
    Bad:  {"reference": "Patient 1"}
    Good: {"reference": "Patient/1"}
    Source: https://hl7.org/fhir/R4/references.html#literal
    """
    for path, written in document.references:
        is_url = written.startswith(("#", "urn:", "http://", "https://")) or written.lower().startswith("urn:uuid:")
        if not is_url and "?" not in written and not _LOCAL.fullmatch(written):
            yield path, f"{written!r} is no reference; expected Type/id, or the fullUrl of an entry"


def posted(document: Document, target: Target) -> Remarks:
    """
    A reference by id to what is posted here.

    Why: the server gives it another id; HAPI refuses the bundle (HAPI-1094), others keep a reference to nothing.
    Bad:  {"reference": "Patient/p1"}, where the entry of p1 is a POST
    Good: {"reference": "urn:uuid:…"}, the fullUrl of that entry
    Source: https://hl7.org/fhir/R4/http.html#trules
    """
    given = _posted(document)
    for path, written in document.references:
        if written in given and written not in document.names:
            meant = given[written] or "a fullUrl of its own"
            yield path, f"{written!r} is posted here, and gets another id; expected {meant}"


def outside(document: Document, target: Target) -> Remarks:
    """
    A reference to what is not in the bundle.

    Why: the server has to have it already; if it does not, it refuses the bundle, or keeps a reference to nothing.
    Bad:  {"reference": "Practitioner/77"} without an entry of that practitioner
    Good: the practitioner as an entry, and its fullUrl as reference
    Source: https://hl7.org/fhir/R4/bundle.html#references
    """
    known = {*document.names, *document.elsewhere, *_posted(document)}
    refused = f", which {target.title} refuses if it does not have it" if target.integrity else ""
    for path, written in document.references:
        found = _LOCAL.fullmatch(written)
        local = f"{found[1]}/{found[2]}" if found else written
        if (found or written.startswith(("http://", "https://"))) and local not in known:
            yield path, f"{written!r} is not in this bundle{refused}{hint(local, known)}"


def conditional(document: Document, target: Target) -> Remarks:
    """
    A reference by a search.

    Why: exactly one resource on the server has to match, or the whole bundle is refused (Practitioner not found, 412).
    Bad:  {"reference": "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999999999"}
    Good: the practitioner as an entry, and its fullUrl as reference
    Source: https://hl7.org/fhir/R4/http.html#trules
    """
    for path, written in document.references:
        if "?" in written and not written.startswith("#") and "identifier=" in written:
            yield (
                path,
                f"{written!r} has to match exactly one resource on the server; expected an entry, by its fullUrl",
            )


def ambiguous(document: Document, target: Target) -> Remarks:
    """
    A reference by a search that is not for an identifier.

    Why: several may match, and some servers resolve an identifier only.
    Bad:  {"reference": "Practitioner?name=Smith"}
    Good: {"reference": "Practitioner?identifier=SYSTEM|VALUE"}, or better an entry
    Source: https://hl7.org/fhir/R4/http.html#trules
    """
    for path, written in document.references:
        if "?" in written and not written.startswith("#") and "identifier=" not in written:
            type = written.partition("?")[0]
            yield path, f"{written!r} may match several; expected {type}?identifier=SYSTEM|VALUE"


def ahead(document: Document, target: Target) -> Remarks:
    """
    A reference to a later entry, for a server that takes entries in the order given.

    Why: what it names is not stored yet.
    Bad:  an Observation, then its Patient
    Good: the Patient, then the Observation
    Source: https://hl7.org/fhir/R4/http.html#trules
    """
    if target.order != "given" or not is_sent(document):
        return
    circles = {at: group for group in groups(document.entries) for at in group if len(group) > 1}
    for path, written in document.references:
        there, here = document.names.get(written, -1), int(path[1])
        if there > here:
            way = "they refer to each other" if there in circles.get(here, ()) else f"expected before entry[{here}]"
            yield path, f"names entry[{there}], which {target.title} stores later; {way}"


def _posted(document: Document) -> Mapping[str, str | None]:
    """Type and id of what is posted with an id → its fullUrl."""
    found: dict[str, str | None] = {}
    for number, method, _ in document.requests:
        resource = document.entries[number].get("resource")
        if method == "POST" and isinstance(resource, dict) and "id" in resource:
            found[f"{resource.get('resourceType')}/{resource['id']}"] = document.entries[number].get("fullUrl")
    return found
