"""The unit of a column of doses × what heads and cells print → whether both are of a day, of an hour, or of no time."""

import re
from collections.abc import Iterable

from casefhir.evidence.units import agrees
from casefhir.terms.units import known

_TIMES = ("d", "h", "min", "wk", "mo")

TIME_WORDS = {
    "d": r"\b(?:daily|(?:per|a|each|every)\sday|q\.?d|o\.?d|24[\s-]?h)\b|/\s?d(?:ay)?\b",
    "h": r"\b(?:hourly|(?:per|an|each|every)\shour)\b|/\s?h(?:r|our)?\b",
    "min": r"\b(?:(?:per|a|each|every)\smin(?:ute)?)\b|/\s?min\b",
    "wk": r"\b(?:weekly|(?:per|a|each|every|once\sa)\sweek)\b|/\s?w(?:ee)?k\b",
    "mo": r"\b(?:monthly|(?:per|a|each|every)\smonth)\b|/\s?mo(?:nth)?\b",
}
"""UCUM code of a unit of time → the words that say of a dose that it is given in that time."""

_INTERVAL = re.compile(
    r"\s?(?:/|per\s|every\s|each\s)\s?(?!24\s?h)(?:[0-9]+\s?(?:h|hours?|d|days?|wks?|weeks?|months?)|dose|infusion|injection|body)\b",
    re.IGNORECASE,
)
"""When each dose is given, and what one is: `mg/kg/2 weeks`, `mg per dose`; such a dose is an amount without a time."""


def parted(unit: str) -> tuple[str, str]:
    """A unit as its amount and its time: `mg` and `d` of mg/day, `ug/kg` and `min`; "" where there is no time."""
    found = known().get(unit)
    amount, _, time = (found.ucum if found else unit).replace("(24.h)", "d").rpartition("/")
    return (amount, time) if time in _TIMES else (unit, "")


def is_unit(unit: str, text: str) -> bool:
    """Whether a text begins with the unit of a dose, whole: that of a day is none without a time."""
    bare = _INTERVAL.sub("", text)
    amount, time = parted(unit)
    if not time:
        return agrees(unit, bare) and not _is_timed(amount, text)
    of_a_day = (f"{amount}/d", f"{amount}/24 h") if time == "d" else ()
    return any(agrees(one, bare) for one in (unit, *of_a_day))


def timed(unit: str, texts: Iterable[str]) -> str:
    """What is printed of a unit without a time that has one there: `mg/day` of mg; "" where nothing is."""
    amount, time = parted(unit)
    found = (text for text in texts if not time and _is_timed(amount, text))
    return next((re.split(r"[)\]|;]", text)[0].strip() for text in found), "")


def worded(unit: str, labels: Iterable[str]) -> str:
    """The word in a head by which a dose without a time has one: `Daily` of `Daily prednisolone (mg)`."""
    said = (re.search(TIME_WORDS[time], label, re.IGNORECASE) for label in labels for time in _TIMES)
    return next((found[0] for found in said if found), "") if not parted(unit)[1] else ""


def is_without_time(unit: str, texts: Iterable[str]) -> bool:
    """Whether the amount of a unit with a time is printed without any."""
    amount, time = parted(unit)
    said = list(texts)
    return (
        bool(time) and any(is_unit(amount, text) for text in said) and not any(_is_timed(amount, text) for text in said)
    )


def _is_timed(amount: str, text: str) -> bool:
    """Whether a text begins with an amount and has a time behind it: `mg/day`, `mg daily`, `mg, daily`."""
    bare = _INTERVAL.sub("", text)
    if any(agrees(f"{amount}/{time}", bare) for time in _TIMES):
        return True
    own = re.split(r"[)\]|;]", bare)[0]
    return agrees(amount, bare) and any(re.search(said, own, re.IGNORECASE) for said in TIME_WORDS.values())
