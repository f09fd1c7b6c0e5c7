"""What stands in brackets behind a result: its reference range, or the same amount in another unit."""

import re
from decimal import Decimal
from typing import NamedTuple

from casefhir.model.duration import UNITS
from casefhir.model.grammar import GrammarError
from casefhir.model.quantity import Amount, quantity


class Reference(NamedTuple):
    """The reference range that the article prints: `(normal < 5)`, `(ref 3.5-5.1 mmol/L)`."""

    text: str
    """The range as written, without the word `normal`: `< 5`."""

    low: Decimal | None
    """Lower limit; None where there is none, or where the range is no number: `(normal negative)`."""

    high: Decimal | None
    """Upper limit; None where there is none."""

    strict: bool
    """Whether the limit is outside the range: of `< 5`, but not of `≤ 5`, `up to 5` or `3-5`."""

    unit: str
    """The unit as written; "" where the unit of the result is meant."""


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
