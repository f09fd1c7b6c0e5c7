"""Entries of a bundle: what names each, and whether its fullUrl, request and id agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casefhir.fhir.gate.fault import Fault, place

Entry = dict[str, Any]


def register(bundle: dict[str, Any]) -> tuple[dict[str, str], bool]:
    """
    The type of each resource by all its names, and whether every entry is plain.

    A plain entry is a POST of a resource without id, under a fullUrl of its own: `faults` has
    nothing to say of it. A bundle of others is looked at again, entry by entry.
    """
    types: dict[str, str] = {}
    try:
        for entry in bundle["entry"]:
            resource, request = entry["resource"], entry["request"]
            kind = types[entry["fullUrl"]] = resource["resourceType"]
            if request["url"] != kind or request["method"] != "POST" or "id" in resource:
                return dict(_names(bundle)), False
    except (KeyError, TypeError):
        return dict(_names(bundle)), False
    is_sent = bundle.get("type") in ("transaction", "batch")
    return types, is_sent and len(types) == len(bundle["entry"])


def faults(bundle: dict[str, Any]) -> Iterator[Fault]:
    """What is wrong with the entries of a bundle, one beside the other."""
    seen: dict[str, int] = {}
    is_sent = bundle.get("type") not in ("collection", "document")
    for number, entry in enumerate(_entries(bundle)):
        url, name = entry.get("fullUrl"), _name(_resource(entry))
        for step, key in (("fullUrl", url), ("resource.id", name)):
            if isinstance(key, str) and seen.setdefault(key, number) != number:
                words = f"{key} is entry[{seen[key]}] already (bdl-7)"
                yield Fault(place("entry", number, step), words, "named twice")
        if isinstance(url, str) and url.startswith("http") and not url.endswith(f"/{name}"):
            words = f"{url!r} does not end in the type and id"
            yield Fault(place("entry", number, "fullUrl"), words, "named otherwise")
        yield from _request(number, entry, is_sent=is_sent)


def _request(number: int, entry: Entry, *, is_sent: bool) -> Iterator[Fault]:
    """What is wrong with the request of an entry: a POST creates a type, a PUT writes an id."""
    request, resource = entry.get("request"), _resource(entry)
    here = place("entry", number)
    if not is_sent and request is not None:
        yield Fault(f"{here}.request", "only a transaction or a batch has requests (bdl-3)", "request")
    elif is_sent and request is None:
        yield Fault(f"{here}.request", "is missing (bdl-3)", "request")
    if not isinstance(request, dict) or "url" not in request:
        return
    kind, url, method = resource.get("resourceType"), request["url"], request.get("method")
    expected = {"POST": kind, "PUT": f"{kind}/{resource.get('id')}"}.get(str(method), url)
    if method == "POST" and "id" in resource:
        yield Fault(f"{here}.resource.id", "a POST has no id: the server gives one", "id")
    if kind and url != expected:
        yield Fault(f"{here}.request.url", f"{url!r} is not {expected}", "url")


def _names(bundle: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for entry in _entries(bundle):
        resource = _resource(entry)
        kind = resource.get("resourceType")
        for name in (entry.get("fullUrl"), _name(resource)):
            if isinstance(name, str) and isinstance(kind, str):
                yield name, kind


def _name(resource: dict[str, Any]) -> str | None:
    """The relative URL of a resource that has an id."""
    return f"{resource.get('resourceType')}/{resource['id']}" if "id" in resource else None


def _entries(bundle: dict[str, Any]) -> Iterator[Entry]:
    """The entries as far as they have the shape of one; the schema reports the others."""
    entries = bundle.get("entry")
    for entry in entries if isinstance(entries, list) else ():
        yield entry if isinstance(entry, dict) else {}


def _resource(entry: Entry) -> dict[str, Any]:
    resource = entry.get("resource")
    return resource if isinstance(resource, dict) else {}
