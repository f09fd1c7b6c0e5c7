"""Times after the first dose, text → Schedule: `at 0, 12 and 24 hours`, `at weeks 0, 2 and 6`."""

import re
from decimal import Decimal
from typing import NamedTuple

from casefhir.model.duration import UNITS
from casefhir.model.grammar import GrammarError


class Schedule(NamedTuple):
    """When each of several doses is given, counted from the start: `at 0, 12 and 24 hours`."""

    text: str
    """The schedule, as written."""

    after: tuple[Decimal, ...]
    """The time from the start to each dose: 0, 12 and 24."""

    unit: str
    """UCUM code of their unit: h."""


_AND = r"\s*+(?:,\s*+and\b|,|and\b|&)\s*+"
_TIME = r"[0-9]{1,4}+(?:\.[0-9]{1,3}+)?+"
_UNIT = rf"(?:{'|'.join(sorted(UNITS, key=len, reverse=True))})\b"
_EACH = rf"(?:[\s-]*+{_UNIT})?+"
_SCHEDULE = rf"at\s++(?:({_UNIT})\s++)?+({_TIME}{_EACH}(?:{_AND}{_TIME}{_EACH}){{1,30}}+)(?![^\s,])"


def schedule(text: str, start: int = 0) -> tuple[Schedule, int] | None:
    """
    The schedule that stands at a place of the text, and where it ends; None where none does.

    `at 0, 12 and 24 hours`, `at hours 0, 12, 24`, `at 0 h, 12 h and 24 h`, `at weeks 0, 2 and 6`.

    Raises: GrammarError for times that do not rise, and for hours that may be those of a clock.
    """
    found = re.compile(_SCHEDULE, re.IGNORECASE).match(text, start)
    if found is None:
        return None
    said = " ".join(found[0].split())
    each = re.compile(rf"({_TIME})(?:[\s-]*+({_UNIT}))?+", re.IGNORECASE)
    times = [(Decimal(time), name) for time, name in each.findall(found[2])]
    units = {UNITS.get(name.lower()) for name in (found[1] or "", *(name for _, name in times)) if name}
    unit = units.pop() if len(units) == 1 else None
    if unit is None or not (found[1] or times[-1][1]):
        return None
    after = tuple(time for time, _ in times)
    if list(after) != sorted(set(after)):
        raise GrammarError(f'"{said}" has times that do not rise; write e.g. at 0, 12 and 24 hours', start)
    if unit == "h" and after[0] and after[-1] < 24:
        clock = " and ".join(f"{time:0>2f}:00" for time in (after[0], after[-1]))
        asked = f"the time of day or a time after the first dose; write at {clock}, or the first dose too: at 0, …"
        raise GrammarError(f'"{said}" is {asked}', start)
    return Schedule(said, after, unit), found.end()
