"""What a server holds of a case: its resources as they stand there, each under its identity."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from casefhir.bundles import references
from casefhir.fhir.context import Resource
from casefhir.push.wanted import BESIDE, DOCUMENT, PATIENT, Identity, identity_of


class Stored(NamedTuple):
    """One resource on a server."""

    identity: Identity
    id: str
    version: str | None
    """None where the server keeps no versions."""
    resource: Resource
    """As the server gave it."""

    @property
    def place(self) -> str:
        """Its relative address: `Observation/42`."""
        return f"{self.identity[0]}/{self.id}"


def stored_case(resources: Iterable[Resource], system: str) -> Sequence[Stored]:
    """
    Those of the resources that a server found that are of the case, each once.

    What has no identifier of the case, its Provenance and Composition, is of it if it refers to its patient or
    document. A server leaves out a search parameter that it does not know, and finds what is of other cases too.
    Source: https://hl7.org/fhir/R4/search.html#errors
    """
    found: dict[str, Stored] = {}
    for resource in resources:
        if identity := identity_of(resource, system):
            one = Stored(identity, resource["id"], resource.get("meta", {}).get("versionId"), resource)
            found[one.place] = one
    ours = {one.place for one in found.values() if one.identity in (PATIENT, DOCUMENT)}
    return tuple(one for one in found.values() if one.identity[0] not in BESIDE or _refers(one, ours))


def _refers(one: Stored, to: Set[str]) -> bool:
    return any(relative(reference) in to for _, reference in references(one.resource))


def kept(stored: Iterable[Stored], known: Mapping[Identity, str]) -> Mapping[Identity, Stored]:
    """
    Of each identity the one resource that stays; `known` has the ids of the receipt.

    A server that gives ids itself may hold one twice: where the answer to the first was lost while it was still at
    work. The receipt's stays, or else the one whose id comes first, so that every run chooses the same.
    """
    chosen: dict[Identity, Stored] = {}
    for one in sorted(stored, key=lambda one: (one.id != known.get(one.identity), one.id)):
        chosen.setdefault(one.identity, one)
    return chosen


_PLACE = re.compile(r"(?:^|/)([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})(?:/_history/[^/]+)?$")


def relative(reference: str) -> str:
    """A reference as `Type/id`, whether the server writes it absolute, with a version, or so; a urn as it is."""
    found = _PLACE.search(reference)
    return found[1] if found else reference
