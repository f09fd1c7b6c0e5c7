"""A unit of the case file against the text behind a printed number."""

import re
from collections.abc import Iterator
from functools import lru_cache

from casefhir.terms.units import known, tidy

TIMES = {
    "s": r"s(?:ec(?:ond)?s?)?\b", "min": r"min(?:ute)?s?\b", "h": r"h(?:(?:ou)?rs?)?\b", "d": r"d(?:ays?)?\b",
    "wk": r"w(?:ee)?ks?\b", "mo": r"mo(?:n(?:th)?s?)?\b", "a": r"y(?:(?:ea)?rs?)?\b",
}  # fmt: skip
"""UCUM code of a unit of time → the forms in which it is printed."""

_COUNTED = re.compile(r"(?:beats|breaths|cycles|cells|copies|times|bpm)\b\s*", re.IGNORECASE)
_HOURLY = re.compile(r"mm\s?(?:/|at the|in the|in|per)\s?(?:1\s?st|first|1|one)?\s?h(?:ou)?r?\b", re.IGNORECASE)
_BREAK = re.compile(r"[\s,;:()\[\]=<>|]|\.(?:\s|\Z)")


def agrees(unit: str, after: str, *, loose: bool = False) -> bool:
    """
    Whether a unit is what a text begins with: mg/L and `mg/l, and`, 10*9/L and `x10^9/L`, /min and `beats per minute`.

    With `loose` more may follow behind a stroke, as in doses: mg/kg and `mg/kg/2 weeks`.
    """
    if unit in TIMES and (
        time := re.match(rf"[\s-]*(?:more\s|further\s|consecutive\s)?{TIMES[unit]}", after, re.IGNORECASE)
    ):
        return bool(time)
    if unit == "mm/h" and _HOURLY.match(after):
        return True
    return any(_same(unit, printed) for printed in _beginnings(after, loose=loose))


def has_unit(after: str) -> bool:
    """Whether a text begins with a known unit."""
    return any(known().get(printed) for printed in _beginnings(after, loose=False))


def printed_unit(after: str) -> str:
    """The unit that a text begins with, as printed; its first word where none is known."""
    found = list(_beginnings(after, loose=False))
    return next((printed for printed in reversed(found) if known().get(printed)), found[0] if found else "")


def _beginnings(after: str, *, loose: bool) -> Iterator[str]:
    """The texts, up to each place where a unit may end, of which one is the unit."""
    text = after.lstrip(" -")
    if counted := _COUNTED.match(text):
        rest = text[counted.end() :]
        yield counted[0].strip()
        yield from _beginnings(rest if rest.startswith("/") else rest.removeprefix("per ").join(("/", "")), loose=False)
    ends = [found.start() for found in _BREAK.finditer(text)][:5]
    for end in (*ends, len(text)):
        if printed := text[:end].strip(" .,;:"):
            yield printed
            if loose:
                yield from (printed[: stroke.start()] for stroke in re.finditer("/", printed) if stroke.start())
        if end < len(text) and text[end] in ",;:()":
            return


@lru_cache(maxsize=2048)
def _same(unit: str, printed: str) -> bool:
    first, second = known().get(unit), known().get(printed)
    if first and second:
        return first == second
    return tidy(unit).casefold() == tidy(printed).casefold()
