"""How often a dose is given, words → Frequency: `every 2 weeks`, `BID`, `q8h`, `3 times a day`."""

import re
from decimal import Decimal
from typing import NamedTuple

from casefhir.model.duration import UNITS, Duration
from casefhir.model.grammar import GrammarError
from casefhir.model.words import Words, duration_at, number, span, whole


class Frequency(NamedTuple):
    """A number of doses in a period: `3 times a day` is 3 in 1 day, `every 8 hours` 1 in 8 hours."""

    text: str
    """The frequency, as written."""

    times: int
    """Doses in one period; of `1-2 times a day` the lower number."""

    period: Decimal
    """Length of the period in `unit`; of `every 4-6 hours` the lower number."""

    unit: str
    """UCUM code of the period's unit: s, min, h, d, wk, mo or a."""

    times_high: int | None = None
    """The higher number of `1-2 times a day`, else None."""

    period_high: Decimal | None = None
    """The higher number of `every 4-6 hours`, else None."""

    code: str = ""
    """
    GTSAbbreviation of what is written as an abbreviation, `BID` or `q8h` (Q8H); a phrase has none.

    FHIR reads a code as the whole timing but for its bounds: it fits only where nothing else times the doses.
    Source: https://hl7.org/fhir/R4/valueset-timing-abbreviation.html
    """


Found = tuple[Frequency, int]
"""What was read, and the index of the word after it."""

_Period = tuple[Decimal, Decimal | None, str, int]
"""Length of a period, the higher one of a range, unit, and the index of the word after it."""

_ONE, _TWO, _THREE = Decimal(1), Decimal(2), Decimal(3)
_FIXED = {
    "daily": (1, _ONE, "d", ""),
    "qd": (1, _ONE, "d", "QD"),
    "bid": (2, _ONE, "d", "BID"),
    "bd": (2, _ONE, "d", "BID"),
    "tid": (3, _ONE, "d", "TID"),
    "tds": (3, _ONE, "d", "TID"),
    "qid": (4, _ONE, "d", "QID"),
    "qds": (4, _ONE, "d", "QID"),
    "hourly": (1, _ONE, "h", ""),
    "weekly": (1, _ONE, "wk", ""),
    "fortnightly": (1, _TWO, "wk", ""),
    "monthly": (1, _ONE, "mo", ""),
    "quarterly": (1, _THREE, "mo", ""),
    "yearly": (1, _ONE, "a", ""),
    "annually": (1, _ONE, "a", ""),
}
"""One word → times, period, unit and code."""

_ORDINALS = {
    "other": _TWO, "alternate": _TWO, "second": _TWO, "2nd": _TWO,
    "third": _THREE, "3rd": _THREE, "fourth": Decimal(4), "4th": Decimal(4),
}  # fmt: skip
FREQUENCY_WORDS = frozenset((*_FIXED, "every", "once", "twice", "alternate"))
"""Words that begin a frequency."""

_EVERY = ("every", "each", "q")
_PER = ("a", "an", "per", "/")
_TIMES = ("times", "time", "x", "×")
_OTHER_TIMES = ("dose", "doses", "day", "days")
_ADVERBS = {"once": 1, "twice": 2, "thrice": 3}
_ABBREVIATIONS = {2: "BID", 3: "TID", 4: "QID"}
_NAMES = {"h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_CODED_HOURS = ("1", "2", "3", "4", "6", "8")


def frequency(words: Words, first: int) -> Found | None:
    """
    How often, from a word on; None where the words say nothing of it, or `once` says how many.

    Raises: GrammarError for what has two readings: `twice`, `3 times`, `q3m`.
    """
    word = words.lower[first]
    if fixed := _FIXED.get(word):
        times, period, unit, code = fixed
        return Frequency(words.written[first], times, period, unit, None, None, code), first + 1
    if word in _EVERY:
        return _periodic(words, first, _period(words, first + 1))
    if word[0] == "q" and word[1].isdecimal():
        return _abbreviated(words, first)
    if word.endswith("hourly") or words.next(first + 1) == "hourly":
        return _hourly(words, first)
    return _alternate(words, first) or _counted(words, first)


def _periodic(words: Words, first: int, period: _Period | None) -> Found | None:
    """One dose in each period."""
    if period is None:
        return None
    length, high, unit, end = period
    return Frequency(words.said(first, end), 1, length, unit, None, high), end


def _period(words: Words, first: int) -> _Period | None:
    """A length of time, `2 weeks`, `day`, `other day`, that a dose is given once or several times in."""
    word = words.next(first)
    if word in _ORDINALS and (unit := UNITS.get(words.next(first + 1))):
        return _ORDINALS[word], None, unit, first + 2
    if word != "a" and (unit := UNITS.get(word)):
        return _ONE, None, unit, first + 1
    found = span(words, first)
    return found and _exact(words, first, *found)


def _exact(words: Words, first: int, length: Duration, end: int) -> _Period:
    if not length.value or length.comparator or length.approximate:
        raise GrammarError(
            f'"{length.text}" is no exact time between doses; write one or two numbers, e.g. every 4-6 hours',
            words.at(first),
        )
    return length.value, length.high, length.unit, end


def _abbreviated(words: Words, first: int) -> Found | None:
    """`q8h`, `q4-6h`, `Q3W`, `q8 hours`."""
    found = re.fullmatch(r"q([0-9]{1,3}(?:[-–][0-9]{1,3})?)([a-z]*)", words.lower[first])
    if found is None:
        return None
    hours, unit = found.groups()
    if unit == "m":
        raise GrammarError(
            f'"{words.written[first]}" is minutes or months; write every {hours} minutes or every {hours} months',
            words.at(first),
        )
    unit, end = (unit, first + 1) if unit else (words.next(first + 1), first + 2)
    if unit not in UNITS:
        return None
    length, high, code, _ = _exact(words, first, duration_at(words, first, f"{hours} {unit}"), end)
    coded = f"Q{hours}H" if code == "h" and hours in _CODED_HOURS else ""
    return Frequency(words.said(first, end), 1, length, code, None, high, coded), end


def _hourly(words: Words, first: int) -> Found | None:
    """`8-hourly`, `8 hourly`, `six-hourly`."""
    before, glued, _ = words.lower[first].partition("hourly")
    hours = whole(before.rstrip("-"))
    if not hours:
        return None
    end = first + (1 if glued else 2)
    return Frequency(words.said(first, end), 1, Decimal(hours), "h"), end


def _alternate(words: Words, first: int) -> Found | None:
    """`alternate days`, `on alternate days`."""
    start = first + (words.lower[first] == "on")
    return _periodic(words, first, _period(words, start)) if words.next(start) == "alternate" else None


def _counted(words: Words, first: int) -> Found | None:
    """`twice daily`, `1-2 times every 3 weeks`, `3x/day`, `2 doses a day`, `3 days a week`."""
    times = _times(words, first)
    if times is None:
        return None
    low, high, end = times
    if words.lower[end - 1] in _OTHER_TIMES and words.next(end) not in _PER:
        _refuse_two_readings(words, first, end)
        return None
    if period := _counted_in(words, end):
        length, longest, unit, end = period
        return Frequency(words.said(first, end), low, length, unit, high, longest), end
    if words.lower[end - 1] in ("once", *_OTHER_TIMES):
        return None
    raise GrammarError(
        f'"{words.said(first, end)}" is a count or a rate; write {_readings(low, high)}', words.at(first)
    )


def _refuse_two_readings(words: Words, first: int, end: int) -> None:
    """Refuse `2 doses daily`, which may be two a day or two in all."""
    times, period, unit, _ = _FIXED.get(words.next(end), _FIXED["bid"])
    if times == period == 1 and words.lower[end - 1] in ("dose", "doses"):
        doses, often = words.said(first, end), words.written[end]
        one = words.lower[end - 1] == "dose"
        readings = f"{often}, or once" if one else f"{doses} a {_NAMES[unit]}, or {often} for {doses}"
        raise GrammarError(f'"{doses} {often}" is a rate or a count; write {readings}', words.at(first))


def _times(words: Words, first: int) -> tuple[int, int | None, int] | None:
    """`twice`, `3 times`, `3x`, `5 days`: one number or two, and the index after the words."""
    word = words.lower[first]
    if word in _ADVERBS:
        return _ADVERBS[word], None, first + 1
    if crossed := re.fullmatch(r"([1-9][0-9]?)[x×]", word):
        return int(crossed[1]), None, first + 1
    found = number(words, first)
    if found is None or words.next(found[2]) not in (*_TIMES, *_OTHER_TIMES) or not found[0]:
        return None
    return found[0], found[1], found[2] + 1


def _counted_in(words: Words, first: int) -> _Period | None:
    """The period after a number of times: `daily`, `a day`, `every 3 weeks`, `on alternate days`."""
    word = words.next(first)
    if word in _PER or word in _EVERY:
        return _period(words, first + 1)
    found = frequency(words, first) if word in _FIXED or word in ("on", "alternate") else None
    if found is None or found[0].times > 1 or found[0].code:
        return None
    return found[0].period, found[0].period_high, found[0].unit, found[1]


def _readings(low: int, high: int | None) -> str:
    if high:
        return f"{low}-{high} doses or {low}-{high} times a day"
    if low == 1:
        return "1 dose or daily"
    return f"{low} doses or {_ABBREVIATIONS.get(low, f'{low} times a day')}"
