"""A transaction → the same without what a server cannot hold, and what was left out."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from casefhir.bundles.references import Json
from casefhir.targets.table import Target

Bundle = dict[str, Any]
Entry = dict[str, Any]


class Held(NamedTuple):
    """What a server can hold of a bundle, and the resources that it cannot."""

    bundle: Bundle
    left_out: list[dict[str, Any]]


def held(bundle: Bundle, target: Target) -> Held:
    """
    Leave out resources of a type that the server cannot create.

    A reference to one becomes a logical reference: it names the type and the identifier of what stays outside, so that
    nobody takes it for something on the server.
    Source: https://hl7.org/fhir/R4/references.html#logical
    """
    gone = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"] if not _is_held(entry, target)}
    if not gone:
        return Held(bundle, [])
    logical = {name: _logical(resource) for name, resource in gone.items()}
    kept = [
        {**entry, "resource": _without(entry["resource"], logical)}
        for entry in bundle["entry"]
        if entry["fullUrl"] not in gone
    ]
    return Held({**bundle, "entry": kept}, list(gone.values()))


def identifier(resource: Bundle) -> dict[str, Any] | None:
    """The first business identifier of a resource."""
    found = resource.get("identifier")
    first: dict[str, Any] | None = found[0] if isinstance(found, list) else found
    return first


def _is_held(entry: Entry, target: Target) -> bool:
    return target.holds(entry["resource"]["resourceType"])


def _logical(resource: Bundle) -> dict[str, Any]:
    type, named = resource["resourceType"], identifier(resource)
    return {"type": type, "identifier": named} if named else {"type": type, "display": type}


def _without(value: Json, logical: Mapping[str, dict[str, Any]]) -> Json:
    if isinstance(value, list):
        return [_without(item, logical) for item in value]
    if not isinstance(value, dict):
        return value
    name = value.get("reference")
    if isinstance(name, str) and name in logical:
        rest = {key: member for key, member in value.items() if key != "reference"}
        return {**logical[name], **rest}
    return {key: _without(member, logical) for key, member in value.items()}
