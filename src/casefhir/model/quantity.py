"""A number as the article prints it, text → Amount, Range, Ratio or Extent; digits and unit as written."""

import re
from decimal import Decimal
from typing import NamedTuple, TypeVar

from casefhir.model.grammar import GrammarError
from casefhir.model.number import DIGITS, MAX_DIGITS, UNIT_NOT_PRINTED, UNIT_TWICE, Qualifier, plain, qualifier


class Amount(NamedTuple):
    """One number: `146 mg/L`, `< 2 pg/mL`, `up to 39.5 °C`, `about 3 cm`."""

    text: str
    """The whole quantity, as written."""

    value: Decimal
    """The number with the digits that were written: 85.00 stays 85.00."""

    unit: str | None
    """The unit as written; "" for a pure number, None for `unit not printed`."""

    comparator: str = ""
    """One of `<`, `<=`, `>`, `>=`, or ""."""

    maximum: bool = False
    """Whether the number is the highest one seen: `up to`."""

    approximate: bool = False
    """Whether the number is approximate: `about`."""

    multiplied: bool = False
    """Whether a power of ten is printed before the unit: `2.0 x10^6 copies/mL` is 2000000 copies/mL."""


class Range(NamedTuple):
    """Everything between two numbers, both included: `10-20 mg/dL`, `10 to 20`, `-5 to -2 °C`."""

    text: str
    low: Decimal
    high: Decimal
    unit: str | None
    maximum: bool = False
    approximate: bool = False
    multiplied: bool = False


class Ratio(NamedTuple):
    """One number over another: `0/10`, `120/80 mmHg`, `1:320`, `> 1:640`."""

    text: str
    numerator: Decimal
    denominator: Decimal
    unit: str | None
    comparator: str = ""
    """As printed before the whole; of a titre it is said of the dilution: `> 1:640` is beyond 640."""

    approximate: bool = False


class Extent(NamedTuple):
    """Two or three sides of a thing: `8 x 5 x 2.5 cm`."""

    text: str
    values: tuple[Decimal, ...]
    unit: str | None
    approximate: bool = False


Quantity = Amount | Range | Ratio | Extent


def is_multiplied(q: object) -> bool:
    """Whether a value is an amount or a range whose number has its printed power of ten written out."""
    return isinstance(q, Amount | Range) and q.multiplied


M = TypeVar("M", Amount, Range)


# A second number makes a range, a ratio or the sides of a thing, but `x 10^9/L` and `x109/L` are units.
_CROSS = r"(?:[xX*]|by\b)"
_RANGE = rf"(?:-|to\b)\s*+(-?+{DIGITS})\s*+"
_RATIO = rf"(?:(?<!\s)/|:|/(?=\s))\s*+({DIGITS})(?!\s*+[:/])\s*+"  # ` /100 WBC` is a unit
_SIDES = rf"{_CROSS}\s*+({DIGITS})(?![*^])(?:\s*+{_CROSS}\s*+({DIGITS}))?+(?!\s*+[xX*/0-9])\s*+"
_UNIT = (
    r"(?!(?:to|by|or|and|of)\b|[eE][+-]?[0-9])"
    r"(?:[^\W\d_xX]|[%‰°˚′″\[{]|[xX*]\s*+(?:10[*^]|ULN)|10[*^]|[xX]10|[xX]/"
    r"|/(?=\s*+[^\s\d/]|10[*^])|(?<=\s)(?:/(?=[0-9]++\s*+[^\W\d_])|1/(?=[^\W\d_])))"
    r"[^,;:<>=~\"]*+"
)
_FORM = re.compile(rf"([^0-9+-]*+)([+-]?+{DIGITS})\s*+({_RANGE}|{_RATIO}|{_SIDES})?+({_UNIT})?+")


def quantity(text: str) -> Quantity:
    """
    A number, two or three, with the unit as written.

    `146 mg/L`, `< 2 pg/mL`, `up to 39.5 °C`, `about 3 cm` and `174 unit not printed` are an Amount,
    `10-20 mg/dL` and `10 to 20` a Range, `0/10`, `120/80 mmHg` and `1:320` a Ratio, `8 x 5 x 2.5 cm` an
    Extent. A hyphen between two numbers makes a range, before a number it is a minus. A power of ten before a known
    unit belongs to the number: `2.0 x10^6 copies/mL`; else no unit is looked up, and none converted or inferred.

    Raises: GrammarError with the nearest right form where there is one.
    """
    found = _FORM.fullmatch(plain(text))
    if found is None:
        raise _refusal(text)
    before, first, more, _, _, _, _, unit = found.groups()
    if before or more or len(first) > MAX_DIGITS or (unit and not _is_one_word(unit)):
        return _uncommon(text, found)
    amount = Amount(text.strip(), Decimal(first), text[found.start(8) :] if unit else "")
    return _multiplied(amount) if unit and "10" in unit else amount


def _is_one_word(unit: str) -> bool:
    return " " not in unit and "-" not in unit and unit.isprintable()  # a tab is not printable


def _uncommon(text: str, found: re.Match[str]) -> Quantity:
    said = qualifier(text[: found.end(1)])
    if said is None:
        raise _refusal(text)
    unit = _unit(text, found)
    numbers = [_number(text, found, group) for group in (2, 4, 5, 6, 7) if found[group]]
    written = text.strip()
    if found[4]:
        return _range(_multiplied(Range(written, numbers[0], numbers[1], unit, said.maximum, said.approximate)), said)
    if found[5]:
        return _ratio(Ratio(written, numbers[0], numbers[1], unit, said.comparator, said.approximate), said)
    if found[6]:
        return _extent(Extent(written, tuple(numbers), unit, said.approximate), said)
    return _multiplied(Amount(written, numbers[0], unit, said.comparator, said.maximum, said.approximate))


def _multiplied(value: M) -> M:
    """
    An amount or a range times the power of ten that stands before its unit; as it is, if that is none or its unit.

    `15 x10^9/L` stays as it is, for x10^9/L is a unit.
    """
    if not value.unit or "10" not in value.unit:
        return value
    from casefhir.terms.units import power_of_ten  # the table is read for such a unit only

    if (found := power_of_ten(value.unit)) is None:
        return value
    exponent, unit = found
    if isinstance(value, Amount):
        return value._replace(value=_times(value, value.value, exponent), unit=unit, multiplied=True)
    low, high = (_times(value, one, exponent) for one in (value.low, value.high))
    return value._replace(low=low, high=high, unit=unit, multiplied=True)


def _times(whole: Amount | Range, number: Decimal, exponent: int) -> Decimal:
    """A number times a power of ten, written out: 2000000 of 2.0 and 6."""
    digits = f"{number.scaleb(exponent):f}"
    if sum(map(str.isdigit, digits)) > MAX_DIGITS:
        raise GrammarError(f'"{whole.text}" has more than {MAX_DIGITS} digits, which FHIR cannot hold')
    return Decimal(digits)


def _unit(text: str, found: re.Match[str]) -> str | None:
    """The unit as written, None for `unit not printed`; refuses what goes on after a unit."""
    start = found.start(8)
    written = text[start:] if found[8] else ""
    unit = " ".join(written.split())
    if _is_one_word(unit):
        return unit
    if unit.casefold() == UNIT_NOT_PRINTED:
        return None
    if re.match(r"(?i)(?:times|fold)\b.*\b(?:upper|normal|ULN)\b", unit):
        raise GrammarError(f'"{text}" has no unit; write {{value: high, note: {text.strip()}}}', start)
    if re.search(UNIT_TWICE, text):
        raise _refusal(text)
    if stray := re.search(_STRAY, written):
        kept, rest = text[: start + stray.start()].strip(), written[stray.start() :].strip()
        if rest.startswith("["):
            told = f'"{rest}" is unclear; a reference is (normal {rest.strip("[]")})'
            raise GrammarError(told, start + stray.start() + 1)
        trouble = f'goes on after the unit ("{rest}")'
        raise GrammarError(f'"{text}" {trouble}; write {kept}, the rest as a note', start + stray.start())
    return unit


def _number(text: str, found: re.Match[str], group: int) -> Decimal:
    digits = found[group]
    if sum(map(str.isdigit, digits)) > MAX_DIGITS:
        start = found.start(group)
        raise GrammarError(f'"{text}" has more than {MAX_DIGITS} digits, which FHIR cannot hold', start)
    return Decimal(digits)


def _range(value: Range, said: Qualifier) -> Range:
    if said.comparator:
        raise GrammarError(f'"{value.text}" compares with a range; write one number, or the range alone')
    if value.low > value.high:
        raise GrammarError(f'"{value.text}" runs from high to low; {_LOWER_FIRST}')
    return value


_LOWER_FIRST = "write the lower number first, or what it was before and after each at its own moment"


def _ratio(value: Ratio, said: Qualifier) -> Ratio:
    if said.maximum or value.numerator < 0 or value.denominator == 0:
        raise GrammarError(f'"{value.text}" is no ratio; write it as 0/10, 120/80 mmHg, 1:320 or > 1:640')
    return value


def _extent(value: Extent, said: Qualifier) -> Extent:
    if said.maximum or said.comparator or value.values[0] < 0:
        raise GrammarError(f'"{value.text}" is no size; write its sides alone, e.g. 8 x 5 x 2.5 cm')
    return value


_STRAY = (
    r"(?<![x×*X])\s(?:(?:after|and|before|but|by|from|on|or|than|then|to|until|with|x)\b|[-×(]|\[(?=[<>≤≥]?\s?[0-9])"
    r"|[0-9]++(?<!\s1)(?<!\s2)(?<!\s3)(?<!\s24)(?<!\s60))"
)


def _refusal(text: str) -> GrammarError:
    from casefhir.model.quantity_advice import refusal  # only for a text that is wrong

    return refusal(text, _is_right)


def _is_right(offer: str) -> bool:
    found = _FORM.fullmatch(plain(offer))
    if found is None or re.search(UNIT_TWICE, offer) or qualifier(offer[: found.end(1)]) is None:
        return False
    try:
        _uncommon(offer, found)
    except GrammarError:
        return False
    return True
