"""
The text of a TSV of this folder → the profiles of a guide, and what each demands that no article has to print.

A line has five cells: the type of the resource, a code that it has to have, the profile, what else it asks, by the
words of `DEMANDS` and `CONDITIONS`, and the page that says so.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from casefhir.fhir.context import Resource
from casefhir.fhir.datatypes import unknown


class Profile(NamedTuple):
    """A profile, and the resources that it is for."""

    type: str
    code: str
    """A code of theirs, or of their category; "" for all of the type."""

    url: str
    asks: tuple[str, ...]
    """Words of `DEMANDS` and `CONDITIONS`."""
    source: str


Guide = Sequence[Profile]


def read(text: str) -> Guide:
    """A guide as its file has it. Raises: ValueError, with the line that is wrong."""
    header, *rows = [line for line in text.splitlines() if line and not line.startswith("#")] or [""]
    if header.split("\t") != ["type", "code", "profile", "asks", "source"]:
        raise ValueError(f"not the header of a guide: {header!r}")
    return tuple(map(_profile, rows))


def _profile(row: str) -> Profile:
    cells = row.split("\t")
    if len(cells) != 5 or not {*DEMANDS, *CONDITIONS} >= set(cells[3].split()):
        raise ValueError(f"not a line of a guide: {row!r}")
    type, code, url, asks, source = cells
    return Profile(type, code, url, tuple(asks.split()), source)


def conformed(resource: Resource, profiles: Iterable[Profile]) -> Resource:
    """
    A resource under the profiles that are for it.

    What they demand and the article does not print is there without a value, and says that it is unknown.
    Source: https://hl7.org/fhir/R4/extension-data-absent-reason.html
    """
    claimed = [profile for profile in profiles if _is_for(profile, resource)]
    if not claimed:
        return resource
    made = {**resource, "meta": {"profile": [profile.url for profile in claimed], **resource.get("meta", {})}}
    for asked in dict.fromkeys(asked for profile in claimed for asked in profile.asks):
        made |= DEMANDS[asked](made) if asked in DEMANDS else {}
    return made


def _is_for(profile: Profile, resource: Resource) -> bool:
    if profile.type != resource["resourceType"]:
        return False
    concepts = [resource.get("code"), *(resource.get("category") or ())]
    has_code = not profile.code or any(profile.code in _codes(concept) for concept in concepts)
    return has_code and all(CONDITIONS[asked](resource) for asked in profile.asks if asked in CONDITIONS)


def _is_whole_hgvs(variant: Resource) -> bool:
    """Whether every change that is told of a variant is a code of HGVS."""
    changes = (part for part in variant.get("component") or () if _codes(part["code"]) & _CHANGES)
    return all("coding" in change["valueCodeableConcept"] for change in changes)


_CHANGES = frozenset(("48004-6", "48005-3", "81290-9"))


def _codes(concept: Resource | None) -> set[str]:
    return {coding["code"] for coding in (concept or {}).get("coding") or ()}


def _dated(start: str) -> Callable[[Resource], Resource]:
    """A time that is not told, for members such as `effectiveDateTime` and `effectivePeriod`."""
    return lambda resource: {} if _has(resource, start, f"_{start}") else {f"_{start}DateTime": unknown()}


def _has(resource: Resource, *starts: str) -> bool:
    return any(value and name.startswith(starts) for name, value in resource.items())


def _to_the_day(resource: Resource) -> Resource:
    """A date for a profile whose dates are days: a period, where a month, a year or nothing is told."""
    if not _has(resource, "effective", "_effective"):
        return {"effectivePeriod": {"_start": unknown()}}
    date = resource.get("effectiveDateTime")
    if not date or len(date) >= len("2020-06-12"):
        return {}
    return {"effectiveDateTime": None, "effectivePeriod": {"start": date, "end": date}}


def _without(name: str, absent: Any) -> Callable[[Resource], Resource]:
    """A member that is not told."""
    return lambda resource: {} if _has(resource, name, f"_{name}") else absent


DEMANDS: Mapping[str, Callable[[Resource], Resource]] = {
    "effective": _dated("effective"),
    "performed": _dated("performed"),
    "effective-days": _to_the_day,
    "performer": _without("performer", {"performer": [{**unknown(), "display": "unknown"}]}),
    "name": _without("name", {"name": [{"_text": unknown()}]}),
    "birthDate": _without("birthDate", {"_birthDate": unknown()}),
}
"""What a profile demands → the members that a resource without it gets."""

CONDITIONS: Mapping[str, Callable[[Resource], bool]] = {"whole-hgvs": _is_whole_hgvs}
"""What a profile takes no other resource with; one that is not so does not claim it."""
