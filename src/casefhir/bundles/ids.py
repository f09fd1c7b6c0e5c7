"""A transaction whose resources get their ids from the server → one whose resources bring them."""

from collections.abc import Mapping
from typing import Any

from casefhir.bundles.references import renamed
from casefhir.fhir.bundle import server_id

Bundle = dict[str, Any]

_URN = "urn:uuid:"


def with_ids(bundle: Bundle) -> Bundle:
    """
    The same transaction as PUTs of ids of our own, which refer to each other as `Type/id`.

    Such a reference holds outside the bundle too, which that to a urn:uuid does not: a later bundle, or a line of
    another file, can name what an earlier one brought.
    Source: https://hl7.org/fhir/R4/http.html#upsert
    """
    places = {entry["fullUrl"]: place(entry) for entry in bundle["entry"]}
    return {**bundle, "entry": [_entry(entry, places) for entry in bundle["entry"]]}


def place(entry: Bundle) -> str:
    """Type and id of the resource of an entry: where it stands on a server that keeps our ids."""
    uuid = entry["fullUrl"].removeprefix(_URN)
    return f"{entry['resource']['resourceType']}/{server_id(uuid)}"


def _entry(entry: Bundle, places: Mapping[str, str]) -> Bundle:
    here = places[entry["fullUrl"]]
    type, id = here.split("/")
    members = {name: member for name, member in entry["resource"].items() if name != "resourceType"}
    resource = {"resourceType": type, "id": id, **renamed(members, places)}
    return {"fullUrl": entry["fullUrl"], "resource": resource, "request": {"method": "PUT", "url": here}}
