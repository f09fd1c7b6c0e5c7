"""What a server is to hold, and what it holds → the steps between them, in an order in which each may be taken."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from casefhir.bundles import groups
from casefhir.fhir.context import Resource
from casefhir.push.compare import content, is_same
from casefhir.push.stored import Stored, kept
from casefhir.push.wanted import Identity, Wanted

Method = Literal["POST", "PUT", "DELETE"]


class Step(NamedTuple):
    """One change on a server."""

    method: Method
    identity: Identity
    id: str | None
    """The id on the server; None where the server is to give one."""
    urn: str = ""
    resource: Resource | None = None
    """As wanted, with urns; None of what is to be removed."""
    is_new: bool = False
    """Whether the server does not hold it yet."""

    @property
    def url(self) -> str:
        """The address of the request, relative to the base."""
        return self.identity[0] if self.id is None else f"{self.identity[0]}/{self.id}"


class Plan(NamedTuple):
    """All changes between what a server holds and what it is to hold, and where everything is."""

    steps: Sequence[Step]
    places: Mapping[str, str]
    """Of each urn the `Type/id` on the server, as far as it is known."""
    held: Mapping[Identity, Stored]
    """What the server holds of what it is to hold."""
    altered: Sequence[Wanted]
    """What the server stored otherwise than it was sent, so that sending it again is of no use."""


def plan(
    wanted: Sequence[Wanted],
    stored: Sequence[Stored],
    *,
    known: Mapping[Identity, str],
    settled: frozenset[Identity],
    chosen_ids: bool,
) -> Plan:
    """
    The least that has to be done.

    `known` has the ids of the receipt, `settled` what the receipt says is stored as it was sent. `chosen_ids`:
    whether the server lets the client choose ids. What is there and not wanted goes last, and what refers to
    others before them.
    """
    held = kept(stored, known)
    ids = {one.identity: _id(one, held, chosen_ids) for one in wanted}
    places = {one.urn: f"{one.identity[0]}/{id}" for one in wanted if (id := ids[one.identity])}
    urns = {place: urn for urn, place in places.items()}
    missing = [one for one in wanted if one.identity not in held]
    there = [one for one in wanted if one.identity in held]
    others = [one for one in there if not is_same(one.resource, held[one.identity].resource, places, urns)]
    to_write = (*missing, *(one for one in others if one.identity not in settled))
    steps = [
        Step("PUT" if id else "POST", one.identity, id, one.urn, one.resource, one.identity not in held)
        for one in in_order(to_write)
        for id in (ids[one.identity],)
    ]
    stay = {held[one.identity].place for one in there}
    removals = _removals([one for one in stored if one.place not in stay])
    altered = [one for one in others if one.identity in settled]
    return Plan((*steps, *removals), places, {one.identity: held[one.identity] for one in there}, altered)


def _id(one: Wanted, held: Mapping[Identity, Stored], chosen_ids: bool) -> str | None:
    if one.identity in held:
        return held[one.identity].id
    return one.id if chosen_ids else None


def in_order(wanted: Sequence[Wanted]) -> Iterator[Wanted]:
    """Each after those that it refers to; of a circle, one comes first."""
    entries = [{"fullUrl": one.urn, "resource": one.resource} for one in wanted]
    yield from (wanted[at] for group in groups(entries) for at in group)


def _removals(stored: Sequence[Stored]) -> Iterator[Step]:
    """What refers to others goes before them."""
    entries = [{"fullUrl": one.place, "resource": content(one.resource, {})} for one in stored]
    for at in reversed([at for group in groups(entries) for at in group]):
        yield Step("DELETE", stored[at].identity, stored[at].id)
