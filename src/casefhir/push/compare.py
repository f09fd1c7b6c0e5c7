"""Wanted and stored resource → whether they say the same, and where they do not."""

from collections.abc import Iterator, Mapping
from typing import Any

from casefhir.bundles import renamed
from casefhir.fhir.context import Resource
from casefhir.push.stored import relative

KEPT_META = ("profile", "security", "tag")
"""Of `meta`, what an author says; version, time, source and whatever else is the server's own."""


def is_same(wanted: Resource, stored: Resource, places: Mapping[str, str], urns: Mapping[str, str]) -> bool:
    """
    Whether a stored resource says what is wanted.

    `places` has the `Type/id` of each urn of the case, `urns` the other way. Most servers write references as they
    were sent, so that is tried first: comparing alone takes a tenth of the time that rewriting takes.
    """
    return _said(stored) == renamed(wanted, places) or content(stored, urns) == wanted


def content(resource: Resource, urns: Mapping[str, str]) -> Resource:
    """
    What a stored resource says, as it would be wanted: without id and the server's own meta, its references as urns.

    Any reference that is not to the case becomes a `Type/id`, if it is one.
    """
    said: Resource = _with_urns(_said(resource), urns)
    return said


def _said(resource: Resource) -> Resource:
    said = {name: member for name, member in resource.items() if name not in ("id", "meta")}
    meta = {name: member for name, member in resource.get("meta", {}).items() if name in KEPT_META}
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
