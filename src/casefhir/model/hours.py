"""A When told by hours → how many they are, and the event that they are counted from."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from casefhir.model.days import reach
from casefhir.model.when import At, Offset, When

_PER_HOUR: Final = {"h": 1, "min": 60, "s": 3600}


class Hours(NamedTuple):
    """So many hours after (negative: before) an event that no hours tell, through all events between."""

    event: str
    least: Decimal
    most: Decimal
    distances: int = 0
    """How many printed distances they are the sum of; each may have been rounded."""


def hours(w: When | None, events: Mapping[str, Hours]) -> Hours | None:
    """
    The hours of a When, by those of the events; an event that is told by no hours is its own beginning.

    None for what is told otherwise, or by an open distance: a date, a number of days, `> 4 h`.
    """
    match w:
        case At(_, event):
            return events.get(event)
        case Offset(_, anchor, sign, duration) if per_hour := _PER_HOUR.get(duration.unit):
            base, (least, most) = hours(anchor, events), reach(duration, sign)
            if base and least is not None and most is not None:
                first, last = base.least + least / per_hour, base.most + most / per_hour
                return Hours(base.event, first, last, base.distances + 1)
    return None


def is_earlier(one: Hours | None, other: Hours | None) -> bool:
    """Whether one is earlier than the other by every reading; not than the event itself, which may last."""
    if not (one and other and one.distances and other.distances):
        return False
    return one.event == other.event and one.most < other.least
