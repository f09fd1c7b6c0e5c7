"""A number in the text of a report: its digits, and the words and signs that stand before and behind it."""

from typing import NamedTuple

MAX_DIGITS = 18
"""Digits a FHIR decimal may have. Source: https://hl7.org/fhir/R4/datatypes.html#decimal"""

COMPARATORS = {
    "<": "<", "less than": "<", "fewer than": "<", "shorter than": "<", "younger than": "<",
    "under": "<", "below": "<",
    "≤": "<=", "<=": "<=", "=<": "<=", "at most": "<=", "not more than": "<=", "no more than": "<=",
    ">": ">", "more than": ">", "greater than": ">", "longer than": ">", "older than": ">",
    "over": ">", "above": ">",
    "≥": ">=", ">=": ">=", "=>": ">=", "at least": ">=", "not less than": ">=", "no less than": ">=",
}  # fmt: skip
"""What may stand before a number → the comparator of FHIR's Quantity."""

ABOUT = frozenset("~ ≈ about around approximately approx approx. circa ca ca. roughly".split())
"""What before a number says that it is approximate."""

UP_TO = "up to"
"""What before a number says that it is the highest one seen."""

UNIT_NOT_PRINTED = "unit not printed"
"""What after a number says that the article forgot its unit."""

DASH = "−–‐‑-"
"""Characters printed for a hyphen or a minus, one for the other; within a [] they must be the last."""

DIGITS = r"(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?![0-9])"
"""Pattern of a number without its sign; `++` and `?+` give nothing back, so a wrong text fails at once."""

UNIT_TWICE = r"(?<=[0-9])\s*([^\W\d_][^\s\d]*|[%°]C?)(?=\s*(?:[xX×*−–-]|to\b|by\b)\s*[0-9.]+\s*\1)"
"""Pattern of a unit that stands behind both numbers of two: `5 cm x 3 cm`."""

_PLAIN = str.maketrans(f"{DASH}×≤≥≈±⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "-----x<>~~^^^^^^^^^^^")


class Qualifier(NamedTuple):
    """What the words before a number say of it."""

    comparator: str = ""
    maximum: bool = False
    approximate: bool = False


def plain(text: str) -> str:
    """The text with one sign for each of its printed forms, as long as before: − and – are `-`, × is `x`."""
    return text if text.isascii() else text.translate(_PLAIN)


def qualifier(before: str) -> Qualifier | None:
    """What stands before a number, e.g. `<`, `more than`, `up to`, `about`; None for other words."""
    words = " ".join(before.casefold().split())
    said = Qualifier(COMPARATORS.get(words, ""), words == UP_TO, words in ABOUT)
    return said if any(said) or not words else None
