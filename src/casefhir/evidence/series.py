"""A number without a unit → the unit that its series prints once: mmol/L of `9.1 at 2 h, 4.0 at 6 h and 1.6 mmol/L`."""

import re

from casefhir.evidence.index import Searched
from casefhir.evidence.units import has_unit


def unit_of_series(part: Searched, at: int) -> str:
    """
    The text that begins with the unit of a series which the number at a position belongs to; "" if there is none.

    Of a series each number has its moment behind it, or an arrow: `10.9 → 7.3 g/dL`. The next unit behind it is meant,
    or else the last before it.
    """
    if part.row or has_unit(part.numbers[at].after):
        return ""
    place = _next(part, at)
    while place is not None:
        if has_unit(part.numbers[place].after):
            return part.numbers[place].after
        place = _next(part, place)
    for place in range(at - 1, max(-1, at - _MOST), -1):
        if _next(part, place) == at:
            after = part.numbers[place].after
            return after if has_unit(after) else _unit_before(part, place)
    return ""


def _unit_before(part: Searched, at: int) -> str:
    """The unit of the numbers before one in its series."""
    for place in range(at - 1, max(-1, at - _MOST), -1):
        if _next(part, place) == at:
            after = part.numbers[place].after
            return after if has_unit(after) else _unit_before(part, place)
    return ""


def _next(part: Searched, at: int) -> int | None:
    """The position of the number that follows in a series; those of its moment lie between."""
    first = part.numbers[at]
    if first.spelled:
        return None
    places = range(at + 1, min(at + _MOST, len(part.numbers)))
    is_next = (place for place in places if _STEP.fullmatch(part.text, first.end, part.numbers[place].start))
    return next((place for place in is_next if not part.numbers[place].spelled), None)


_MOST = 5
"""Numbers within which the next one of a series stands, those of a moment among them."""

_STEP = re.compile(
    r"(?:\s?[^\s,;()→]{1,12})?"
    r"(?:\s(?:at|on|after|by|before|in|during)\s[^,;.()→]{1,30}?(?:,\s(?:and\s|then\s)?|;\s|\s(?:and|then)\s)(?:to\s)?"
    r"|\s?(?:→|->)\s?)(?:[<>≤≥]=?\s?)?",
    re.IGNORECASE,
)
