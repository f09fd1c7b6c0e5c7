"""Invariants of R4 that compare values, as JSON Schema cannot: a predicate for each, by its key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from casefhir.fhir.gate.references import is_of_its_type

DAY = len("2020-06-12")


def starts_before_end(period: dict[str, Any]) -> bool:
    """
    Whether a Period starts before it ends, or on the same date.

    `2020-06` to `2020-06-28` is false: FHIRPath knows no order of dates where one is the less
    precise form of the other.
    Source: https://hl7.org/fhir/R4/datatypes.html#Period (per-1)
    """
    start, end = period["start"], period["end"]
    if not isinstance(start, str) or not isinstance(end, str):
        return True
    if "T" in start and "T" in end:
        return _instant(start) <= _instant(end)
    shared = min(len(start), len(end), DAY)
    if start[:shared] != end[:shared]:
        return start[:shared] < end[:shared]
    return len(start) == len(end)


def is_low_to_high(limits: dict[str, Any]) -> bool:
    """Whether the low value of a Range is below its high one; other units are not compared."""
    low, high = limits["low"], limits["high"]
    if not isinstance(low, dict) or not isinstance(high, dict) or _unit(low) != _unit(high):
        return True
    first, last = low.get("value"), high.get("value")
    numbers = (int, float, Decimal)
    return not isinstance(first, numbers) or not isinstance(last, numbers) or first <= last


def is_value_beside_component(observation: dict[str, Any]) -> bool:
    """Whether no component of an Observation that has a value repeats its code."""
    own = _codes(observation.get("code"))
    return not any(own & _codes(part.get("code")) for part in observation["component"])


def is_value_or_extension(extension: dict[str, Any]) -> bool:
    """Whether an Extension has one value, or extensions, and not both."""
    values = {name.lstrip("_") for name in extension if name.lstrip("_").startswith("value")}
    return len(values) == ("extension" not in extension)


def is_whole(value: Any) -> bool:
    """Whether a number is written without a point: JSON Schema takes `3.0` for an integer."""
    return isinstance(value, int)


PREDICATES: dict[str, Callable[[Any], bool]] = {
    "ext-1": is_value_or_extension,
    "obs-7": is_value_beside_component,
    "per-1": starts_before_end,
    "reference type": is_of_its_type,
    "rng-2": is_low_to_high,
    "whole": is_whole,
}
"""What the keyword `holds` of the schema calls."""


def _instant(text: str) -> datetime:
    """A date and time; a leap second counts as the second before it."""
    return datetime.fromisoformat(text.replace(":60", ":59", 1) if text[16:19] == ":60" else text)


def _unit(quantity: dict[str, Any]) -> tuple[Any, Any]:
    return quantity.get("system"), quantity.get("code", quantity.get("unit"))


def _codes(concept: Any) -> set[tuple[Any, Any]]:
    codings = concept.get("coding", ()) if isinstance(concept, dict) else ()
    coded = (coding for coding in codings if isinstance(coding, dict) and "code" in coding)
    return {(coding.get("system"), coding["code"]) for coding in coded}
