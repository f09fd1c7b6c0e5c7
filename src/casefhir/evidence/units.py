"""A unit of the case file against the text behind a printed number."""

import re
from collections.abc import Iterator
from functools import lru_cache

from casefhir.model.multiple import agrees as is_of_limit
from casefhir.model.multiple import limit_of
from casefhir.terms.units import known, tidy

TIMES = {
    "s": r"s(?:ec(?:ond)?s?)?\b", "min": r"min(?:ute)?s?\b", "h": r"h(?:(?:ou)?rs?)?\b", "d": r"d(?:ays?)?\b",
    "wk": r"w(?:ee)?ks?\b", "mo": r"mo(?:n(?:th)?s?)?\b", "a": r"y(?:(?:ea)?rs?)?\b",
}  # fmt: skip
"""UCUM code of a unit of time → the forms in which it is printed."""

_COUNTED = re.compile(r"(?:beats|breaths|cycles|cells|copies|times|bpm)\b\s*", re.IGNORECASE)
_BEFORE_TIME = (
    r"(?:st|nd|rd|th)?[\s-]*(?:(?:more|further|consecutive|additional|full|whole|completed|hospital|illness|calendar|"
    r"post-?\s?(?:operative|partum|natal|burn|transplant)|gestational|treatment)[\s-])?"
)
"""What may stand between a number and its unit of time: `7th postoperative day`."""

_WORD = re.compile(r"\s?(?:in|of|a)\s")
_BRACKET = re.compile(r"(?:\([^()]*)?\)\s?")
"""What may stand between a number and its unit: `88/40 (mean 57) mmHg`, for the first and for the last number."""

_RATE = re.compile(
    r"(?:\sof\s[A-Za-z-]+)?\s(?:(?:in|over|per)\s(?P<several>[0-9]+\s?(?:h|hours?|days?|minutes?|min))|"
    r"(?:an?|each|every|per)\s(?P<unit>minute|hour|day|week|month|year)|(?P<adverb>hourly|daily|weekly|monthly))\b",
    re.IGNORECASE,
)
"""A time behind a unit, as words: `cigarettes a day`, `g of alcohol per day`, `mL in 8 hours`."""

_ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month"}
_POWER = re.compile(r"x\s?10\s?\^\s?(-?[0-9]+)\s(?:[A-Za-z][\w+]*\s?){0,3}(?:/|\bper\s)\s?", re.IGNORECASE)
"""A power of ten whose unit has a word for what is counted: `x 10^6 CD34+ cells/kg`."""

_HOURLY = re.compile(r"mm\s?(?:/|at the|in the|in|per)\s?(?:1\s?st|first|1|one)?\s?h(?:ou)?r?\b", re.IGNORECASE)
_PER_FIELD = re.compile(
    r"(?:(?:(?:red|white|blood|pus|epithelial|inflammatory)\s)*"
    r"(?:cells?|leu[ck]ocytes|erythrocytes|eosinophils|neutrophils|WBCs?|RBCs?|mitoses|mitotic\sfigures)\s?)?"
    r"(?:/|per)\s?(?:high[\s-]power(?:ed)?[\s-]field|HPF)\b",
    re.IGNORECASE,
)
"""What is counted in a field of the microscope: `10-15 white cells per high-power field`."""

_DEGREE_ALONE = re.compile(r"\s?°(?!\s?[CFK]\b)(?![A-Za-z])")
"""A degree sign without its scale: a temperature of a body in the one is none in the other."""

_BREAK = re.compile(r"[\s,;:()\[\]=<>|]|\.(?:\s|\Z)")


def agrees(unit: str, after: str, *, loose: bool = False) -> bool:
    """
    Whether a unit is what a text begins with: mg/L and `mg/l, and`, 10*9/L and `x10^9/L`, /min and `beats per minute`.

    With `loose` more may follow behind a stroke, as in doses: mg/kg and `mg/kg/2 weeks`.
    """
    if unit in TIMES and re.match(rf"{_BEFORE_TIME}{TIMES[unit]}", after, re.IGNORECASE):
        return True
    if unit == "mm/h" and _HOURLY.match(after):
        return True
    if _PER_FIELD.match(after) and (found := known().get(unit)) and found.ucum == "/[HPF]":
        return True
    if (limit := limit_of(unit)) and is_of_limit(limit, after):
        return True
    if _DEGREE_ALONE.match(after) and (found := known().get(unit)) and found.ucum in ("Cel", "[degF]"):
        return True
    return any(_same(unit, printed) for printed in _beginnings(after, loose=loose))


def agrees_by_day(unit: str, after: str, before: str) -> bool:
    """Whether a unit per day is printed as the amount of a day: 3.4 g/24 h of `24-hour urine protein was 3.4 g`."""
    found = known().get(unit)
    amount = _A_DAY.fullmatch(found.ucum) if found else None
    return bool(amount and agrees(amount[1], after) and _OF_A_DAY.search(before))


_A_DAY = re.compile(r"(.+)/(?:\(24\.h\)|d)")
_OF_A_DAY = re.compile(r"\b24[\s-]?h(?:(?:ou)?rs?)?\b(?=(?:[^.;]|\.(?=[0-9]))*\Z)", re.IGNORECASE)


def has_unit(after: str) -> bool:
    """Whether a text begins with a known unit; the `in` of `in 2019` is no inch."""
    return not _WORD.match(after) and any(known().get(printed) for printed in _beginnings(after, loose=False))


def printed_unit(after: str) -> str:
    """The unit that a text begins with, as printed; its first word where none is known."""
    found = list(_beginnings(after, loose=False))
    return next((printed for printed in reversed(found) if known().get(printed)), found[0] if found else "")


def _beginnings(after: str, *, loose: bool) -> Iterator[str]:
    """The texts, up to each place where a unit may end, of which one is the unit."""
    text = after.lstrip(" -")
    if bracket := _BRACKET.match(text):
        yield from _beginnings(text[bracket.end() :], loose=loose)
    if rate := _RATE.search(text):
        unit = rate["several"] or rate["unit"] or _ADVERBS[rate["adverb"].casefold()]
        yield from _beginnings(f"{text[: rate.start()]}/{unit}{text[rate.end() :]}", loose=loose)
    if power := _POWER.match(text):
        yield from _beginnings(f"x10^{power[1]}/{text[power.end() :]}", loose=loose)
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
    return _singular(unit) == _singular(printed)


def _singular(unit: str) -> str:
    """A unit that the table lacks, its words in the singular: `pack-year` of `pack-years`."""
    return re.sub(r"(?<=[a-z]{3})s\b", "", tidy(unit).casefold())
