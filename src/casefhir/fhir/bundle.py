"""Resources → Bundle: the order of the entries, and how a server is asked to store them."""

from collections.abc import Iterable
from typing import Literal

from casefhir.fhir.context import Resource
from casefhir.fhir.datatypes import prune

Kind = Literal["transaction", "collection"]
Ids = Literal["post", "put"]

ORDER = (
    "Organization",
    "Practitioner",
    "PractitionerRole",
    "Patient",
    "RelatedPerson",
    "DocumentReference",
    "Encounter",
    "BodyStructure",
    "Specimen",
    "Condition",
    "FamilyMemberHistory",
    "AllergyIntolerance",
    "Immunization",
    "Device",
    "MedicationStatement",
    "Goal",
    "Procedure",
    "Observation",
    "AdverseEvent",
    "DiagnosticReport",
    "Consent",
    "DetectedIssue",
    "Composition",
    "Provenance",
)
"""Each type after those it refers to: some servers store entries in the order given."""

_RANK = {name: rank for rank, name in enumerate(ORDER)}


def bundle(resources: Iterable[Resource], *, kind: Kind, ids: Ids) -> Resource:
    """
    A Bundle that loads everywhere.

    A transaction posts resources without ids under urn:uuid names, which the server resolves. With `put`, the ids
    are the case's own, so that loading twice changes nothing; they begin with a letter, for HAPI refuses bare numbers.
    Source: https://hl7.org/fhir/R4/bundle.html, https://hl7.org/fhir/R4/http.html#transaction
    """
    # Each becomes an entry before the next is made: its memory, most of it for empty members, is used again at once.
    entries = [_entry(resource, kind, ids) for resource in resources]
    return {
        "resourceType": "Bundle",
        "type": kind,
        "entry": sorted(entries, key=lambda entry: _RANK[entry["resource"]["resourceType"]]),
    }


def _entry(resource: Resource, kind: Kind, ids: Ids) -> Resource:
    uuid, type, kept = resource["id"], resource["resourceType"], prune(resource)
    if kind == "transaction" and ids == "post":
        del kept["id"]
        return {"fullUrl": f"urn:uuid:{uuid}", "resource": kept, "request": {"method": "POST", "url": type}}
    kept["id"] = server_id(uuid)
    entry = {"fullUrl": f"urn:uuid:{uuid}", "resource": kept}
    if kind == "collection":
        return entry
    return {**entry, "request": {"method": "PUT", "url": f"{type}/{server_id(uuid)}"}}


def server_id(uuid: str) -> str:
    """The id that a resource keeps on every server."""
    return f"c{uuid}"
