"""Steps → the requests that carry them: Bundles, or one request each."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from casefhir.bundles import Limits, references, renamed
from casefhir.export import encoded
from casefhir.fhir.context import Resource
from casefhir.push.capability import Way
from casefhir.push.plan import Step
from casefhir.push.stored import relative
from casefhir.push.wanted import Identity


class Part(NamedTuple):
    """Steps that go in one request."""

    steps: Sequence[Step]
    is_bundle: bool


def parts(steps: Sequence[Step], way: Way, limits: Limits) -> Iterator[Part]:
    """
    The steps, in requests within the limits.

    Removals go by themselves, after all that is written. In a batch each entry stands for itself, so that none may
    refer to one that is written by it: it ends before such a one.
    """
    if way == "single":
        yield from (Part((step,), is_bundle=False) for step in steps)
        return
    for group in ([step for step in steps if step.resource], [step for step in steps if not step.resource]):
        for chunk in _chunks(group, limits):
            independent = [chunk] if way == "transaction" else _independent(chunk)
            yield from (Part(one, is_bundle=True) for one in independent)


def _chunks(steps: Sequence[Step], limits: Limits) -> Iterator[Sequence[Step]]:
    chunk: list[Step] = []
    used = 0
    for step in steps:
        size = len(encoded(step.resource)) + _AROUND if limits.bytes and step.resource else 0
        if chunk and not limits.hold(len(chunk) + 1, used + size):
            yield chunk
            chunk, used = [], 0
        chunk.append(step)
        used += size
    if chunk:
        yield chunk


_AROUND = 400
"""More bytes than an entry has besides its resource, and than the address of a reference is longer than its urn."""


def _independent(steps: Sequence[Step]) -> Iterator[Sequence[Step]]:
    chunk: list[Step] = []
    names: set[str] = set()
    for step in steps:
        if chunk and (not step.resource or _refers(step, names)):
            yield chunk
            chunk, names = [], set()
        chunk.append(step)
        names.add(step.urn)
    if chunk:
        yield chunk


def _refers(step: Step, names: Set[str]) -> bool:
    return any(name in names for _, name in references(step.resource))


def bundle(part: Part, kind: Way, places: Mapping[str, str]) -> Resource:
    """The request for a part, as a Bundle; what is not yet anywhere is referred to by its urn."""
    return {"resourceType": "Bundle", "type": kind, "entry": [_entry(step, places) for step in part.steps]}


def _entry(step: Step, places: Mapping[str, str]) -> Resource:
    request = {"method": step.method, "url": step.url}
    if step.resource is None:
        return {"request": request}
    return {"fullUrl": step.urn, "resource": body(step, places), "request": request}


def body(step: Step, places: Mapping[str, str]) -> Resource:
    """The resource of a step as the server is to store it."""
    assert step.resource is not None
    resource: dict[str, Any] = renamed(step.resource, places)
    return {"resourceType": resource.pop("resourceType"), **({"id": step.id} if step.id else {}), **resource}


class Done(NamedTuple):
    """A step that the server took."""

    identity: Identity
    urn: str
    place: str | None
    """`Type/id`; None of what was removed."""
    version: str | None


def done(step: Step, location: str | None, etag: str | None, resource: Resource | None) -> Done | None:
    """
    What became of a step; None where the answer to a create does not tell the id.

    Servers write `location` absolute, relative, with or without a version, or not at all; some give the resource.
    Source: https://hl7.org/fhir/R4/http.html#create
    """
    if step.resource is None:
        return Done(step.identity, step.urn, None, None)
    address, _, version = (location or "").partition("/_history/")
    given = (resource or {}).get("id")
    place = relative(address) or (f"{step.identity[0]}/{given}" if given else step.url)
    told = version or (etag or "").removeprefix("W/").strip('"') or (resource or {}).get("meta", {}).get("versionId")
    return Done(step.identity, step.urn, place, told or None) if "/" in place else None
