"""How many times the limit of what is normal, text → Amount or Range with the limit as its unit: `3 x ULN`."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from casefhir.model.duration import NUMBER_WORDS
from casefhir.model.number import DIGITS, MAX_DIGITS, plain, qualifier
from casefhir.model.quantity import Amount, Range


class Limit(NamedTuple):
    """What a value is a multiple of."""

    unit: str
    """As casefhir writes it behind the number."""

    name: str
    """In words, for a reader of FHIR."""


UPPER = Limit("x ULN", "the upper limit of normal")
LOWER = Limit("x LLN", "the lower limit of normal")
NORMAL = Limit("x normal", "normal")
UNTOLD = Limit("fold", "what the article leaves open")

_OF_NORMAL = r"(?: (?:of|for) (?:the )?(?:normal|reference)(?: (?:range|values?|limits?|interval))?)?"
_SIDE = rf"(?:(?:normal|reference) )?(?:limit|bound|end|border)s?{_OF_NORMAL}"
_UPPER = rf"(?:uln|url|upper {_SIDE}|(?:normal|reference) upper (?:limit|bound)s?)(?: ?\((?:uln|url)\))?"
_LOWER = rf"(?:lln|lower {_SIDE}|(?:normal|reference) lower (?:limit|bound)s?)(?: ?\(lln\))?"
_NORMAL = r"normal(?: (?:range|values?|levels?|limits?|reference range))?"
_LOWERED = ("decreased", "reduced", "low", "lower")
_RAISED = "|".join(("elevated", "elevation", "raised", "increased", "high", "higher", *_LOWERED))
_TIMES = r"(?:x|\*|times|fold) ?"
_ABOVE = r"(?:(?:(?:higher|greater|more|lower|less) than|of|the|above|over|its) ){0,3}"
_BEHIND = re.compile(
    rf"(?:{_TIMES})?{_ABOVE}(?:(?P<upper>{_UPPER})|(?P<lower>{_LOWER}))(?!\w)"
    rf"|(?P<times>{_TIMES})?{_ABOVE}(?P<normal>{_NORMAL})(?!\w)|(?:times|fold) (?P<untold>(?=(?:{_RAISED})\b))"
)
_FORM = re.compile(
    rf"(?:(?P<led>{_RAISED})[,:]? (?:(?:to|at|by) )?)?(?P<before>[^0-9]*?)"
    rf"(?P<first>{DIGITS})(?: ?(?:-|to) ?(?P<last>{DIGITS}))? ?(?P<behind>[^0-9]*?)(?:,? (?P<said>{_RAISED}))?"
)
_LONGEST = 120
_WORDS = {word: digits for word, digits in NUMBER_WORDS.items() if len(word) > 2}
_TWICE = {"twice": "2 times", "double": "2 times", "thrice": "3 times", "triple": "3 times"}


class Multiple(NamedTuple):
    """A value as a multiple of a limit."""

    quantity: Amount | Range
    flag: str
    """How the article judges it, if it does: `high` or `low`."""


def multiple(text: str) -> Multiple | None:
    """
    A multiple of a limit, in any of its spellings; None for any other text.

    `3 x ULN`, `more than 3 times the upper limit of normal`, `twice the ULN`, `5-10-fold the upper limit`,
    `0.5 x LLN`, `3 times normal`, `two-fold elevated`. The unit is one of the four that casefhir writes.
    """
    found = _FORM.fullmatch(_even(text, with_digits=True)) if len(text) <= _LONGEST else None
    if found is None or (said := qualifier(found["before"])) is None:
        return None
    word = found["said"] or found["led"] or ""
    limit = _limit(f"{found['behind']} {word}" if word else found["behind"])
    if limit is None or max(len(found["first"]), len(found["last"] or "")) > MAX_DIGITS:
        return None
    flag = "" if not word else "low" if word in _LOWERED else "high"
    first, written = Decimal(found["first"]), text.strip()
    if not found["last"]:
        return Multiple(Amount(written, first, limit.unit, said.comparator, said.maximum, said.approximate), flag)
    last = Decimal(found["last"])
    if said.comparator or first > last:
        return None
    return Multiple(Range(written, first, last, limit.unit, said.maximum, said.approximate), flag)


@lru_cache(maxsize=256)
def limit_of(unit: str) -> Limit | None:
    """The limit that a unit names, in any spelling: `xULN`, `× ULN`, `times the upper limit of normal`."""
    even = _even(unit)
    if even == UNTOLD.unit:
        return UNTOLD
    found = _BEHIND.match(even)
    return _named(found) if found and found.end() == len(even) and (found["times"] or not found["normal"]) else None


def agrees(limit: Limit, after: str) -> bool:
    """Whether a limit is what a printed text begins with, behind the number."""
    found = _BEHIND.match(_even(after))
    return found is not None and _named(found) == limit


def printed(value: Decimal, limit: Limit) -> str:
    """A pattern of the print of a multiple whose number is no word of its own, `threefold`, or stands behind."""
    spelled = [word for word, digits in _WORDS.items() if digits == str(value)]
    number = f"(?:{'|'.join((re.escape(str(value)), *spelled))})"
    if limit == UNTOLD:
        fold = rf"{number}(?:[ -]?fold| times)"
        led = rf"\b(?:{_RAISED}) (?:(?:by|to|about|approximately|almost|nearly) ){{0,2}}"
        return rf"(?i:{led}{fold}\b|\b{fold} (?:{_RAISED})\b)"
    word = {UPPER: _UPPER, LOWER: _LOWER}.get(limit, _NORMAL)
    return rf"(?i:\b{number}[ -]?fold {_ABOVE}{word}(?!\w))"


def beyond(quantity: object, limit: Limit) -> str:
    """On which side of normal a multiple is by what it says: `high`, `low`, or "" where that is left open."""
    lowest, highest = _ends(quantity)
    if limit in (UPPER, NORMAL) and lowest is not None and lowest > 1:
        return "high"
    if limit in (LOWER, NORMAL) and highest is not None and highest < 1:
        return "low"
    return ""


def _ends(quantity: object) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and the highest number that a multiple may be; None where it is open."""
    match quantity:
        case Range(_, low, high):
            return low, high
        case Amount(_, value, _, comparator, maximum):
            return None if "<" in comparator or maximum else value, None if ">" in comparator else value
    return None, None


def _limit(behind: str) -> Limit | None:
    """The limit that is all of a text behind a number, but for a word that judges."""
    found = _BEHIND.match(behind)
    if found is None or (found["normal"] and not found["times"]):
        return None
    return _named(found) if re.fullmatch(rf"(?: ?(?:{_RAISED}))?", behind[found.end() :]) else None


def _named(found: re.Match[str]) -> Limit:
    return UPPER if found["upper"] else LOWER if found["lower"] else NORMAL if found["normal"] else UNTOLD


def _even(text: str, *, with_digits: bool = False) -> str:
    """A text in small letters and single blanks, with `fold` by itself, and number words as digits if asked for."""
    even = re.sub(r"[\s-]*fold\b", " fold ", plain(text).casefold())
    if with_digits:
        even = re.sub(r"[a-z]+", lambda word: _TWICE.get(word[0]) or _WORDS.get(word[0], word[0]), even)
    return " ".join(even.split())
