"""Wanted and stored resource → whether they say the same, and where they do not."""

from collections.abc import Iterator, Mapping
from typing import Any

from casefhir.fhir.context import Resource
from casefhir.push.stored import relative

KEPT_META = ("profile", "security", "tag")
"""Of `meta`, what an author says; version, time, source and whatever else is the server's own."""


def content(resource: Resource, urns: Mapping[str, str]) -> Resource:
    """
    What a stored resource says, as it would be wanted: without id and the server's own meta, its references as urns.

    `urns` has the urn of each `Type/id` of the case; any other reference becomes a `Type/id`, if it is one.
    """
    meta = {name: member for name, member in resource.get("meta", {}).items() if name in KEPT_META}
    said = _with_urns({name: member for name, member in resource.items() if name not in ("id", "meta")}, urns)
    return {**said, "meta": meta} if meta else said


def _with_urns(value: Any, urns: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {
            name: _with_urns(member, urns)
            if isinstance(member, (dict, list))
            else urns.get(place := relative(member), place)
            if name == "reference" and isinstance(member, str)
            else member
            for name, member in value.items()
        }
    return [_with_urns(item, urns) if isinstance(item, (dict, list)) else item for item in value]


def differences(wanted: Any, found: Any, place: str = "") -> Iterator[str]:
    """Where two values differ, as places such as `dosage[0].text`; numbers are the same that have the same value."""
    if wanted == found:
        return
    if isinstance(wanted, dict) and isinstance(found, dict):
        for name in dict.fromkeys((*wanted, *found)):
            yield from differences(wanted.get(name), found.get(name), f"{place}.{name}" if place else name)
    elif isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        for i, (one, other) in enumerate(zip(wanted, found, strict=True)):
            yield from differences(one, other, f"{place}[{i}]")
    else:
        yield place
