"""The entries of a bundle → groups of them, each after those it refers to; entries in a circle are one group."""

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from heapq import heapify, heappop, heappush
from typing import Any

from casefhir.bundles.references import references

Entry = dict[str, Any]


def groups(entries: Sequence[Entry]) -> list[list[int]]:
    """
    The positions of entries, in groups that can be stored one after the other.

    An entry comes after those that it refers to, else in the order given. Entries that refer to each other in a circle
    are one group: none of them can come first. A reference to what is not among the entries counts for nothing.
    """
    needed = list(_needed(entries))
    first = list(range(len(needed)))  # of the circle that each belongs to
    while True:
        graph: dict[int, set[int]] = {at: set() for at in first}
        for at, others in enumerate(needed):
            graph[first[at]] |= {first[other] for other in others} - {first[at]}
        try:
            order = list(_order(graph))
        except CycleError as error:
            circle = error.args[1]
            first = [min(circle) if at in circle else at for at in first]
        else:
            members: dict[int, list[int]] = {at: [] for at in order}
            for at, leader in enumerate(first):
                members[leader].append(at)
            return list(members.values())


def names(entry: Entry) -> Iterator[str]:
    """What other entries call an entry: its fullUrl, and its type and id."""
    resource = entry.get("resource") or {}
    if "fullUrl" in entry:
        yield entry["fullUrl"]
    if "id" in resource:
        yield f"{resource['resourceType']}/{resource['id']}"


def _needed(entries: Sequence[Entry]) -> Iterator[set[int]]:
    """For each entry, the others that it refers to."""
    position = {name: at for at, entry in enumerate(entries) for name in names(entry)}
    for at, entry in enumerate(entries):
        found = {position[name] for _, name in references(entry.get("resource")) if name in position}
        yield found - {at}


def _order(graph: dict[int, set[int]]) -> Iterator[int]:
    """Each after those that it needs, the smallest first. Raises: CycleError, which names a circle."""
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    ready = list(sorter.get_ready())
    heapify(ready)
    while ready:
        at = heappop(ready)
        yield at
        sorter.done(at)
        for other in sorter.get_ready():
            heappush(ready, other)
