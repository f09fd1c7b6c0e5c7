"""A refusal that names no entry → which of the steps it means: some servers tell only what is wrong, and not where."""

import re
from collections.abc import Iterator, Mapping, Sequence

from casefhir.bundles import references
from casefhir.fhir.bundle import ORDER
from casefhir.push.outcome import Objection
from casefhir.push.parts import body
from casefhir.push.plan import Step
from casefhir.push.server import RefusedError, Server


def blamed(server: Server, error: RefusedError) -> Iterator[Objection]:
    """
    The objections of a refusal, each with its entry as far as it can be found out.

    It is the one that has the reference that the text names, or that `$validate`, which stores nothing, says the same
    of. Source: https://hl7.org/fhir/R4/resource-operation-validate.html
    """
    for objection in error.objections:
        if objection.entry is not None or len(error.part.steps) == 1:
            yield objection
            continue
        found = _named(objection, error.part.steps, error.places) or _alike(objection, error, server)
        yield from [objection._replace(entry=entry) for entry in found] or [objection]


def _named(objection: Objection, steps: Sequence[Step], places: Mapping[str, str]) -> Sequence[int]:
    """The entries with a reference that stands in the text, and that is none to the case itself."""
    own = {*places, *places.values()}
    words = set(re.findall(r"[A-Z][A-Za-z]+/[A-Za-z0-9.-]+", objection.text)) - own
    return [
        number
        for number, step in enumerate(steps)
        if step.resource and any(name in words for _, name in references(step.resource))
    ]


def _alike(objection: Objection, error: RefusedError, server: Server) -> Sequence[int]:
    """The entries of which the server says the same when they are shown to it one by one."""
    types = [type for type in ORDER if re.search(rf"\b{type}", objection.text)]
    return [
        number
        for number, step in enumerate(error.part.steps)
        if step.resource and (not types or step.identity[0] in types)
        if any(_is_same(objection, other) for other in server.validated(body(step, error.places)))
    ]


def _is_same(one: Objection, other: Objection) -> bool:
    """Whether two texts tell the same; the first may be wrapped in more words."""
    return bool(other.text) and (other.text in one.text or one.text in other.text)
