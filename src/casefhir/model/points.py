"""What a score gives, text → a number, a grade between two of its numbers (`3+/5`), or its parts (`E3V3M5`)."""

import re
from decimal import Decimal
from typing import NamedTuple

from casefhir.model.grammar import GrammarError
from casefhir.model.quantity import Amount, Quantity, Ratio, quantity


class Points(NamedTuple):
    """What no single number says."""

    text: str
    """The whole, as written."""

    quantity: Quantity | None
    """The number: 3 of 5 of `3+/5`, 11 of `11 (E3V3M5)`; None where only the parts are written."""

    sign: str = ""
    """`+` or `-` of a grade that is a little more or less than its number."""

    parts: tuple[tuple[str, str], ...] = ()
    """Name of a part → its points as written, `T` and `NT` for what could not be tested."""

    approximate: bool = False


_SIGNED = re.compile(r"([0-9])\s*([+−–-])\s*(?:/\s*([0-9]{1,2}))?")
_PART = r"\s*([0-9]|NT|T|C)[\s,;+]*"
_COMA = re.compile(rf"(?:([0-9]{{1,2}}(?:\s*/\s*15)?)[\s:,=-]*)?\(?\s*E{_PART}V{_PART}M{_PART}\)?", re.IGNORECASE)
_COMA_PARTS = ("eye opening", "verbal response", "motor response")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}


def points(text: str) -> Quantity | Points:
    """
    A number as of `quantity`, `27/30` among them; `3+/5` and `4-` of a strength; `E3V3M5` and `11 (E3V3M5)` of a coma.

    Nothing is added up: where only the parts are printed, there is no number.

    Raises: GrammarError with the nearest right form.
    """
    written = " ".join(text.split())
    if signed := _SIGNED.fullmatch(written):
        number, sign, most = signed.groups()
        digits = Decimal(number)
        whole = Ratio(written, digits, Decimal(most), "") if most and int(most) else Amount(written, digits, "")
        return Points(written, whole, "+" if sign == "+" else "-")
    if coma := _COMA.fullmatch(written):
        total, *parts = coma.groups()
        named = tuple(zip(_COMA_PARTS, (part.upper() for part in parts), strict=True))
        return Points(written, quantity(total) if total else None, parts=named)
    if number_of := _ROMAN.get(re.sub(r"(?i)^(?:class|grade|stage)\s+", "", written)):
        told = f'"{text}" is a class; write {number_of}, or under stages: {{system: …, value: {written}}}'
        raise GrammarError(told)
    return quantity(text)
