"""How much of a drug is given, text → DoseAmount: `8 mg/kg`, `7.5 mg/week`, `5 mL/h`, `245/200/600 mg`."""

import re
from decimal import Decimal
from typing import NamedTuple

from casefhir.model.duration import NUMBER_WORDS, UNITS, Duration, duration
from casefhir.model.grammar import GrammarError
from casefhir.model.quantity import Amount, Range, quantity


class DoseAmount(NamedTuple):
    """A quantity of drug with what it is per, a weight or a time, and the other drugs beside it."""

    quantity: Amount | Range
    """The amount without its time, `7.5 mg` of `7.5 mg/week`; a rate keeps it: `mL/h`."""

    start: int
    """Where the amount begins in the text."""

    end: int
    """Where the amount ends in the text."""

    others: tuple[Amount | Range, ...] = ()
    """The other drugs of a product: `0.5 g` of `4 g/0.5 g`, 200 and 600 mg of `245/200/600 mg`."""

    per_weight: str = ""
    """What the amount is per, where that has a number: `10 kg` of `0.1 mL per 10 kg`; `mg/kg` is a unit."""

    period: Duration | None = None
    """The time that the amount is the total of: 1 wk of `7.5 mg/week`, 24 h of `2 g/24 h`."""

    is_rate: bool = False
    """Whether the amount is a flow: per second, minute or hour."""


_DASH = "[−–‐‑-]"
_NUMBER = r"[.,]?+[0-9]++(?:[.,][0-9]++)*+"
_BEFORE = r"[<>≤≥~≈]=?|(?:up to|about|around|approximately|at least|at most|more than|less than)\b"
_UNIT = r"(?:(?:million|billion|international)\s++)?+(?:[^\W\d_]|[%µ])[^\s,/]*+(?:/(?:kg|m2|m²)(?![^\s,/]))?+"
_COMMON = re.compile(
    r"\s*+([0-9]++(?:\.[0-9]++)?+)((?!))?\s*+"
    r"(?!(?:to|x|unit|million|billion|international)\b)([A-Za-zµ%]++(?:/(?:kg|m2)\b)?+)(?![^\s,/])"
)
"""A number and a unit of one word. Both patterns have the groups number, numbers of the other drugs, unit."""

_ANY = (
    rf"\s*+((?:{_BEFORE})?+\s*+{_DASH}?+{_NUMBER}(?:\s*+(?:{_DASH}|to\b)\s*+{_NUMBER})?+)"
    rf"((?:\s*+/\s*+{_NUMBER})++)?+\s*+"
    rf"(unit not printed|[x×*]\s*+10[*^]?+[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]++(?:/kg\b|\s*+{_UNIT})?+|{_UNIT})?+"
)
"""Every amount; compiled when first needed."""

_UNDER = re.compile(rf"\s*+(/|per\b|an?\b)\s*+({_NUMBER})?+\s*+([^\s,/0-9][^\s,/]*+)", re.IGNORECASE)

_COUNTED = UNITS.keys() | {"dose", "doses", "time", "times", "x", "×", "hourly", "cycle", "cycles"}
"""What makes a number no amount: `2 doses`, `3 times`, `8 hourly`, `6 cycles`, `5 days a week`."""

_NOT_UNDER = frozenset(("times", "time", "x", "once", "twice", "thrice", *(NUMBER_WORDS.keys() - UNITS.keys())))
"""What after a line is a frequency: `/twice/day`."""

_BODY = frozenset(("kg", "m2", "m²"))
_VOLUMES = frozenset(("ml", "l", "dl", "µl", "ul"))
_DRUGS = frozenset("g mg mcg µg μg ug ng iu miu u unit units mmol meq".split())
"""Units in which the other drugs of a product may be printed, in lower case."""

_FLOWS = ("s", "min", "h")


def dose_amount(text: str, start: int = 0) -> DoseAmount | None:
    """
    The amount that stands at a place of the text; None where none does.

    `/day`, `/week` and `/month` make it a total per period, `/h` and `/min` a rate, `/dose` neither.

    Raises: GrammarError for a fraction, a concentration, and what is no quantity.
    """
    found = _COMMON.match(text, start) or re.compile(_ANY, re.IGNORECASE).match(text, start)
    if found is None or (found[3] or "").lower() in _COUNTED or _goes_on(text, found):
        return None
    amount = _product(text, found) if found[2] else DoseAmount(_quantity(text, *found.span(), ""), *found.span())
    while under := _UNDER.match(text, amount.end):
        divided = _divided(amount, under)
        if divided is None:
            break
        amount = divided
    return amount


def in_brackets(text: str, start: int) -> tuple[DoseAmount, int] | None:
    """
    The amount that all of a bracket says, and where the bracket ends: 2.4 mg/kg of `200 mg (2.4 mg/kg)`.

    None for a bracket with anything else in it. Raises: GrammarError as `dose_amount` does.
    """
    end = text.find(")", start)
    amount = dose_amount(text[:end], start + 1) if end > 0 else None
    if amount is None or amount.quantity.unit is None or text[amount.end : end].strip():
        return None
    return (amount, end + 1) if not text[end + 1 : end + 2].strip(" ,") else None


def is_mass(unit: str | None) -> bool:
    """Whether a unit is that of an amount of drug, and not of what it is in: `mg`, and not `tablets`."""
    return unit is None or unit.casefold().removeprefix("million ") in _DRUGS | _VOLUMES


def _goes_on(text: str, found: re.Match[str]) -> bool:
    """Whether a number is a part of a word: `8-hourly`, `08:00`."""
    return not found[3] and bool(text[found.end() : found.end() + 1].strip(" ,"))


def _divided(amount: DoseAmount, under: re.Match[str]) -> DoseAmount | None:
    """The amount per what stands under its line; None where that is no part of the amount."""
    line, count, name = under.groups()
    word, end = name.lower(), under.end()
    if word in _NOT_UNDER or not (line == "/" or word in UNITS or word in _BODY or word == "dose"):
        return None
    if amount.period or amount.is_rate:
        said = _written(amount, under)
        raise GrammarError(f'"{said}" has its time in the middle; write it last, e.g. mg/kg/day', amount.start)
    if word in UNITS:
        return _timed(amount, under, UNITS[word])
    if word == "dose":
        return amount._replace(end=end)
    if count and word in _BODY:
        return amount._replace(end=end, per_weight=f"{count} {name}")
    if count or word in _VOLUMES:
        return _beside(amount, under)
    return _per(amount, under, name)


def _timed(amount: DoseAmount, under: re.Match[str], unit: str) -> DoseAmount:
    """A rate where the time is one second, minute or hour; else a total per period."""
    if unit in _FLOWS and not under[2]:
        return _per(amount, under, unit)._replace(is_rate=True)
    period = duration(f"{under[2]} {under[3]}") if under[2] else Duration(under[3], Decimal(1), None, unit)
    return amount._replace(end=under.end(), period=period)


def _beside(amount: DoseAmount, under: re.Match[str]) -> DoseAmount:
    """The amount with that of another drug."""
    if under[3].lower() not in _DRUGS:
        said = _written(amount, under)
        given = (
            f"{amount.quantity.text} ({under[2]} {under[3]}) if so much was given" if under[2] else "the amount given"
        )
        raise GrammarError(f'"{said}" is a concentration or a strength; write {given}', amount.start)
    other = _quantity(under.string, under.start(2), under.end(), "")
    return amount._replace(end=under.end(), others=(*amount.others, other))


def _per(amount: DoseAmount, under: re.Match[str], name: str) -> DoseAmount:
    """The amount with a further unit under its line."""
    quantity = amount.quantity._replace(text=_written(amount, under), unit=f"{amount.quantity.unit}/{name}")
    return amount._replace(quantity=quantity, end=under.end())


def _product(text: str, found: re.Match[str]) -> DoseAmount:
    """Several drugs in one unit: `875/125 mg`, `245/200/600 mg`."""
    unit = found[3] or ""
    if unit.lower() not in _DRUGS:
        raise GrammarError(_no_product(found), found.start(1))
    places = [found.span(1), *(other.span() for other in re.compile(_NUMBER).finditer(text, *found.span(2)))]
    first, *others = (_quantity(text, *place, f" {unit}") for place in places)
    return DoseAmount(first, *found.span(), tuple(others))


def _no_product(found: re.Match[str]) -> str:
    """What to say of numbers with strokes that are in no unit of a drug."""
    numbers = "".join((found[1] + found[2]).split())
    if re.fullmatch("[1-9]/[1-9]", numbers):
        return f'"{found[0].strip()}" is a fraction; write it with a point, e.g. 0.5 tablet'
    return f'"{numbers}" has no unit of a drug behind it; write e.g. {numbers} mg, or 2 tablets of {numbers} mg'


def _quantity(text: str, start: int, end: int, unit: str) -> Amount | Range:
    written = text[start:end] + unit
    try:
        value = quantity(written)
    except GrammarError as wrong:
        raise GrammarError(str(wrong), start + wrong.offset) from None
    if value.unit and value.unit[0] == "%":
        examples = f"50 mL of {value.text}, or 125 mL/h of {value.text}; without an amount note:"
        raise GrammarError(f'"{value.text}" is a strength and no amount; write e.g. {examples}', start)
    if isinstance(value, Amount | Range) and value[1] >= 0:
        return value
    form = "one number or two, e.g. 5-10 mg"
    if several := re.match(r"\s*([0-9]+)\s*[x×*]\s*([0-9].*)", text[start:]):
        form = f"{several[2]} {several[1]} doses, or {several[2]} {several[1]} times a day"
    raise GrammarError(f'"{written.strip()}" is no amount of a drug; write {form}', start)


def _written(amount: DoseAmount, under: re.Match[str]) -> str:
    return " ".join(under.string[amount.start : under.end()].split())
