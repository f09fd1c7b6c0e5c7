"""A transaction that is larger than a server takes → several, each of which refers to itself and to earlier ones."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from casefhir.bundles.dependency import groups

Bundle = dict[str, Any]
Entry = dict[str, Any]


class Limits(NamedTuple):
    """How large one bundle may be; None is no limit."""

    entries: int | None = None
    bytes: int | None = None

    def hold(self, entries: int, size: int) -> bool:
        """Whether a bundle of so many entries, whose JSON has so many bytes, is small enough."""
        return (self.entries is None or entries <= self.entries) and (self.bytes is None or size <= self.bytes)


class TooLarge(Exception):
    """No bundle within the limits holds what has to stand in one."""

    def __init__(self, entries: int, size: int) -> None:
        super().__init__(f"{entries} {'entry' if entries == 1 else 'entries'} of {size} bytes")
        self.entries = entries
        self.size = size


def split(bundle: Bundle, limits: Limits, size: Callable[[Any], int]) -> list[Bundle]:
    """
    A bundle as several within the limits, in the order to load; its references must not be to a urn:uuid.

    What refers to each other in a circle stays in one part. `size` gives the bytes of a value as JSON in one line.

    Raises: TooLarge if an entry, or a circle of them, is larger than one bundle may be.
    """
    empty = size({**bundle, "entry": []}) - len(",")  # one less than there are entries
    parts = _parts(bundle["entry"], limits, empty, lambda entry: size(entry) + len(","))
    return [{**bundle, "entry": part} for part in parts]


def _parts(entries: Sequence[Entry], limits: Limits, empty: int, size: Callable[[Entry], int]) -> Iterator[list[Entry]]:
    part: list[Entry] = []
    used = empty
    for group in groups(entries):
        added = [entries[at] for at in group]
        needed = sum(map(size, added))
        if not limits.hold(len(added), empty + needed):
            raise TooLarge(len(added), empty + needed)
        if not limits.hold(len(part) + len(added), used + needed):
            yield part
            part, used = [], empty
        part += added
        used += needed
    yield part
