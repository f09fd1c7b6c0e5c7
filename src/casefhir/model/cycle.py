"""Days of a treatment cycle, text → Cycle: `day 1, 8 of 21`, `days 1-5 of a 28-day cycle`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from casefhir.model.grammar import GrammarError


class Cycle(NamedTuple):
    """Days of a treatment cycle: `day 1, 8 of 21`."""

    text: str
    """The cycle, as written."""

    days: tuple[int, ...]
    """The days a dose is given on; the first day of a cycle is 1."""

    length: int
    """Days from the start of one cycle to the start of the next."""


_NUMBER = r"[0-9]{1,3}+"
_RUN = rf"{_NUMBER}(?:\s*+(?:[-–]|to\b)\s*+{_NUMBER})?+"
_CYCLE = (
    rf"days?\s++({_RUN}(?:\s*+(?:,\s*+(?:and\b\s*+)?+|and\b\s*+){_RUN}){{0,30}}+),?\s++"
    rf"(?:of|every)\s++(?:(?:an?|each|every)\s++)?+({_NUMBER})(?:[\s-]*+days?\b)?(?:\s*+cycles?\b)?(?![^\s,])"
)


def cycle(text: str, start: int = 0) -> tuple[Cycle, int] | None:
    """
    The cycle that stands at a place of the text, and where it ends; None where none does.

    `day 1, 8 of 21`, `days 1-5 of 28`, `days 1, 8 and 15 of a 28-day cycle`, `days 1-5 every 28 days`.

    Raises: GrammarError for days that are not in their cycle, or not in order.
    """
    found = re.compile(_CYCLE, re.IGNORECASE).match(text, start)
    if found is None:
        return None
    days, length = tuple(_days(found[1])), int(found[2])
    if list(days) != sorted(set(days)) or not days or days[0] < 1 or days[-1] > length:
        trouble = f"has days that do not rise from 1 to {length}; the first day of a cycle is 1"
        raise GrammarError(f'"{found[0]}" {trouble}', start)
    return Cycle(found[0], days, length), found.end()


def _days(written: str) -> Iterator[int]:
    for run in re.findall(_RUN, written, re.IGNORECASE):
        numbers = re.findall(_NUMBER, run)
        yield from range(int(numbers[0]), int(numbers[-1]) + 1)
