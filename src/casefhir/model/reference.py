"""What stands in brackets behind a result: its reference range, or the same amount in another unit."""

import re
from decimal import Decimal
from typing import NamedTuple

from casefhir.model.duration import UNITS
from casefhir.model.grammar import GrammarError
from casefhir.model.quantity import Amount, Quantity, Range, Ratio, quantity


class Reference(NamedTuple):
    """The limits that the article prints beside a result: `(normal < 5)`, `(ref 3.5-5.1 mmol/L)`, `(toxic > 10)`."""

    text: str
    """The limits as written, without the word that says what they are: `< 5`."""

    low: Decimal | None
    """Lower limit; None where there is none, or where the range is no number: `(normal negative)`."""

    high: Decimal | None
    """Upper limit; None where there is none."""

    strict: bool
    """Whether the limit is outside the range: of `< 5`, but not of `≤ 5`, `up to 5` or `3-5`."""

    unit: str
    """The unit as written; "" where the unit of the result is meant."""

    meaning: str = ""
    """What the limits are, one of `MEANINGS`; "" for what is normal."""


MEANINGS = {
    "toxic": "", "therapeutic": "", "target": "", "recommended": "", "treatment": "", "critical": "",
    "cut-off": "cutoff|cut off|threshold", "positive": "", "negative": "",
}  # fmt: skip
"""What limits are that do not say what is normal → what articles call them else."""

_ONE_NUMBER = frozenset(("target", "cut-off", "positive", "negative"))
"""Limits that one number may be, `(cut-off 10)`; of the others it would not say which side is meant."""

_MEANT = {said: word for word, also in MEANINGS.items() for said in (word, *also.split("|")) if said}
_KIND = r"(?:\s+(?:range|values?|limits?|levels?|interval|concentrations?))?"
_NORMAL = re.compile(rf"(?i)\s*(?:(?:normal|reference|ref){_KIND}|n\.?v|nr|rr|n)(?![a-z])\.?\s*[:=]?\s*(?=\S)")
_OTHER = re.compile(rf"(?i)\s*({'|'.join(_MEANT)}){_KIND}(?![a-z])\s*[:=]?\s*(?=\S)")


class Heading(NamedTuple):
    """What a bracket says that its limits are."""

    meaning: str
    """One of `MEANINGS`; "" for what is normal."""

    start: int
    """The characters before the limits."""


def heading(text: str) -> Heading | None:
    """What limits a text begins with: `normal 3-5`, `toxic > 10`; None for any other text."""
    if normal := _NORMAL.match(text):
        return Heading("", normal.end())
    other = _OTHER.match(text) if any(map(str.isdigit, text)) else None
    return Heading(_MEANT[other[1].casefold()], other.end()) if other else None


def limits(found: Quantity, text: str, meaning: str) -> Reference | None:
    """A quantity as limits, `< 5`, `up to 40 U/L`, `3.5-5.1`; None for one that says no side, where one is needed."""
    match found:
        case Range(_, low, high, unit):
            return Reference(text, low, high, False, unit or "", meaning)
        case Amount(_, value, unit, ">" | ">=" as comparator):
            return Reference(text, value, None, comparator == ">", unit or "", meaning)
        case Amount(_, value, unit, comparator, maximum) if comparator or maximum:
            return Reference(text, None, value, comparator == "<", unit or "", meaning)
        case Ratio():
            return Reference(text, None, None, False, "", meaning)
        case Amount() if meaning in _ONE_NUMBER:
            return Reference(text, None, None, False, "", meaning)
    return None


def in_another_unit(text: str, before: str) -> Amount | None:
    """
    The amount that a bracket says in another unit than what is before it: `34.0 mmol/L` of `612 mg/dL (34.0 mmol/L)`.

    None for a text that is no amount with a unit, or is one of time, or is a limit.
    """
    if not text[:1].isdigit():
        return None
    try:
        found = quantity(text)
    except GrammarError:
        return None
    unit = found.unit if isinstance(found, Amount) and not found.maximum else None
    is_another = unit and unit not in UNITS and not re.search(rf"(?<![A-Za-zµμ]){re.escape(unit)}(?!\S)", before)
    return found if is_another and isinstance(found, Amount) else None
