"""Steps → the requests that carry them: Bundles, or one request each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from casefhir.bundles import references, renamed
from casefhir.fhir.context import Resource
from casefhir.push.capability import Way
from casefhir.push.plan import Step
from casefhir.push.stored import relative
from casefhir.push.wanted import Identity


class Part(NamedTuple):
    """Steps that go in one request."""

    steps: Sequence[Step]
    is_bundle: bool


def parts(steps: Sequence[Step], way: Way, limit: int) -> Iterator[Part]:
    """
    The steps, not more than `limit` in a request.

    Removals go by themselves, after all that is written. In a batch each entry stands for itself, so that none may
    refer to one that is written by it: it ends before such a one.
    """
    if way == "single":
        yield from (Part((step,), is_bundle=False) for step in steps)
        return
    for group in ([step for step in steps if step.resource], [step for step in steps if not step.resource]):
        chunks = _chunks(group, limit) if way == "transaction" else _independent(group, limit)
        yield from (Part(chunk, is_bundle=True) for chunk in chunks)


def _chunks(steps: Sequence[Step], limit: int) -> Iterator[Sequence[Step]]:
    yield from (steps[start : start + limit] for start in range(0, len(steps), limit))


def _independent(steps: Iterable[Step], limit: int) -> Iterator[Sequence[Step]]:
    chunk: list[Step] = []
    names: set[str] = set()
    for step in steps:
        if len(chunk) == limit or (chunk and (not step.resource or _refers(step, names))):
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


def done(step: Step, location: str | None, etag: str | None) -> Done:
    """
    What became of a step; servers write `location` absolute, relative, with or without a version, or not at all.

    Source: https://hl7.org/fhir/R4/http.html#create
    """
    if step.resource is None:
        return Done(step.identity, step.urn, None, None)
    address, _, version = (location or "").partition("/_history/")
    place = relative(address) if address else step.url
    return Done(step.identity, step.urn, place, version or (etag or "").removeprefix("W/").strip('"') or None)
