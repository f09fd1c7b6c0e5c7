"""What some words of a dose say, words → fields of a Dosage: `IV` is its route, `for 6 months` how long."""

import re
from collections.abc import Callable
from typing import NamedTuple

from casefhir.model.cycle import cycle
from casefhir.model.dose_amount import dose_amount, in_brackets
from casefhir.model.dose_phrases import PHRASES, Found, Parts, phrase
from casefhir.model.dose_refusal import ASK, indication, refusal
from casefhir.model.duration import UNITS, Duration
from casefhir.model.frequency import FREQUENCY_WORDS, frequency
from casefhir.model.grammar import GrammarError
from casefhir.model.quantity import Amount, Range, quantity
from casefhir.model.schedule import schedule
from casefhir.model.words import Words, number, span


class Limit(NamedTuple):
    """The most that may be given: `max 4 g/day`."""

    text: str
    """The limit, as written."""

    amount: Amount | Range
    """The amount not to exceed."""

    period: Duration | None
    """The time that the limit is for; None for one dose."""


def part(words: Words, first: int) -> Found:
    """
    What the words from one on say.

    Raises: GrammarError for a word that the grammar does not know, or that has two readings.
    """
    found = _read(words, first)
    if found is None:
        raise _for_what(words, first) or refusal(words, first, _READERS)
    if "as_needed" in found[0] and words.next(found[1]) == "for":
        return _reason(words, found)
    return found


def is_unit(unit: str) -> bool:
    """Whether what follows a number can be its unit: `mg`, `tablets`; not `PO`, `every`, `weeks`, `q8h`."""
    word = unit.rpartition(" ")[2].lower()
    return bool(word) and word not in _NO_UNITS and not (word[0] == "q" and word[1:2].isdecimal())


def _read(words: Words, first: int) -> Found | None:
    if closed := phrase(words, first):
        return closed
    if often := frequency(words, first):
        return {"frequency": often[0]}, often[1]
    if words.lower[first][0] == "(":
        return _again(words, first)
    reader = _READERS.get(words.lower[first], _doses)
    return reader(words, first)


def _again(words: Words, first: int) -> Found | None:
    """`(2.4 mg/kg)`, after `200 mg`."""
    found = in_brackets(words.text, words.at(first))
    return ({"again": found[0]}, words.after(found[1])) if found else None


def _doses(words: Words, first: int) -> Found | None:
    """`6 doses`, `one dose`, `2-3 doses`, `6 cycles`."""
    found = number(words, first)
    if found is None or not found[0]:
        return None
    low, high, end = found
    word = words.next(end)
    if word in ("cycle", "cycles") and high is None:
        return {"cycles": low}, end + 1
    if word not in ("dose", "doses"):
        return None
    return _several("count", low, high), end + 1


def _several(field: str, low: int, high: int | None) -> Parts:
    return {field: low, f"{field}_high": high} if high else {field: low}


def _once(_: Words, first: int) -> Found:
    return {"count": 1}, first + 1


def _for(words: Words, first: int) -> Found | None:
    """`for 6 months`, `for 6 doses`, `for 6 cycles`."""
    if first + 1 == len(words.lower):
        return None
    if doses := _doses(words, first + 1):
        return doses
    return _lasting("for_", words, first + 1)


def _over(words: Words, first: int) -> Found | None:
    """`over 2 hours`."""
    return _lasting("over", words, first + 1)


def _lasting(field: str, words: Words, first: int) -> Found | None:
    found = span(words, first)
    return None if found is None else ({field: found[0]}, found[1])


def _in(words: Words, first: int) -> Found | None:
    """`in 3 doses`, `in 2-3 divided doses`, `divided in 3 doses`, `in the right eye`."""
    start = first + 1
    if words.lower[first] == "divided" and words.next(start) in ("in", "into"):
        start += 1
    found = number(words, start) if start < len(words.lower) else None
    if found is None:
        return _to(words, first)
    low, high, end = found
    end += words.next(end) in ("divided", "equal", "single")
    if words.next(end) != "doses" and (words.next(end), low) != ("dose", 1):
        return None
    return _several("in_doses", low, high), end + 1


def _to(words: Words, first: int) -> Found | None:
    """`in the right eye`, `into each nostril`."""
    start = first + (2 if words.next(first + 1) == "the" else 1)
    found = phrase(words, start)
    return found if found and "site" in found[0] else None


def _by(words: Words, first: int) -> Found | None:
    """`via nasogastric tube`, `by the oral route`, `by intravenous infusion`."""
    start = first + (2 if words.next(first + 1) == "the" else 1)
    found = phrase(words, start)
    if found is None or "route" not in found[0]:
        return None
    return found[0], found[1] + (words.next(found[1]) == "route")


def _at(words: Words, first: int) -> Found | None:
    """`at 08:00 and 20:00`, `at 0, 12 and 24 hours`, `at 5 mL/h`."""
    times, end = _listed(words, first + 1, _clock)
    if times:
        return {"times": times}, end
    if planned := schedule(words.text, words.at(first)):
        return {"schedule": planned[0]}, words.after(planned[1])
    rate = dose_amount(words.text, words.at(first + 1))
    return ({"rate": rate.quantity}, words.after(rate.end)) if rate and rate.is_rate else None


def _clock(word: str) -> str:
    clock = re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", word)
    return f"{clock[1]:0>2}:{clock[2]}" if clock else ""


def _on(words: Words, first: int) -> Found | None:
    """`on Monday and Thursday`, `every Monday`, `on day 1 of 21`, `on 5 days per week`."""
    if words.lower[first] == "on" and words.next(first + 2) == "days" and (often := frequency(words, first + 1)):
        return {"frequency": often[0]._replace(text=words.said(first, often[1]))}, often[1]
    if words.next(first + 1) in ("day", "days"):
        return _cycle(words, first + 1)
    return _weekdays(words, first + 1)


def _weekdays(words: Words, first: int) -> Found | None:
    days, end = _listed(words, first, _weekday)
    return ({"weekdays": days}, end) if days else None


def _weekday(word: str) -> str:
    return _WEEKDAYS.get(word.removesuffix("s"), "")


def _listed(words: Words, first: int, code: Callable[[str], str]) -> tuple[tuple[str, ...], int]:
    """The codes of words that follow each other, `and` between them or not."""
    codes: list[str] = []
    end = first
    while (value := code(words.next(end))) and value not in codes:
        codes.append(value)
        end += 2 if words.next(end + 1) == "and" and code(words.next(end + 2)) else 1
    return tuple(codes), end


def _and(words: Words, first: int) -> Found | None:
    """`and at night`, after another time of day."""
    found = phrase(words, first + 1)
    return found if found and found[0].keys() == {"when"} else None


def _cycle(words: Words, first: int) -> Found:
    """`day 1, 8 of 21`, `days 1-5 of 28`."""
    offset = words.at(first)
    found = cycle(words.text, offset)
    if found is None:
        said = words.said(first, first + 2)
        raise GrammarError(f'"{said}" is a day of what? write e.g. day 1, 8 of 21, or for 5 days', offset)
    return {"cycle": found[0]}, words.after(found[1])


def _of(words: Words, first: int) -> Found | None:
    """`of 240 mg`, after `40 tablets`; `of 50 %`, after `50 mL`."""
    if percent := re.compile(r"[0-9]+(?:\.[0-9]+)?\s*%").match(words.text, words.at(first + 1)):
        return {"strength": (quantity(percent[0]),)}, words.after(percent.end())
    each = dose_amount(words.text, words.at(first + 1)) if first + 1 < len(words.lower) else None
    if each is None or not is_unit(each.quantity.unit or "") or each.is_rate or each.period:
        return None
    end = words.after(each.end)
    return {"strength": (each.quantity, *each.others)}, end + (words.next(end) == "each")


def _limit(words: Words, first: int) -> Found | None:
    """`max 4 g/day`, `maximum of 4 g a day`, `not more than 60 mg`, `up to 4 g/day`."""
    start = next((first + n for n in (3, 2, 1) if words.said(first, first + n).lower() in _LIMITS), first)
    most = dose_amount(words.text, words.at(start)) if start > first else None
    if most is None or not is_unit(most.quantity.unit or "") or most.others or most.is_rate:
        return None
    end = words.after(most.end)
    return {"maximum": Limit(words.said(first, end), most.quantity, most.period)}, end


def _reason(words: Words, needed: Found) -> Found:
    """`as needed for pain`: what it is for ends where the next part begins."""
    parts, start = needed
    if _for(words, start):
        return needed
    end = _end_of_reason(words, start + 1)
    return {**parts, "needed_for": words.said(start + 1, end)}, end


def _for_what(words: Words, first: int) -> GrammarError | None:
    """What to say of `for otitis`; None of any other word."""
    if words.lower[first] != "for" or not words.next(first + 1)[:1].isalpha():
        return None
    return indication(words, first, _end_of_reason(words, first + 1))


def _end_of_reason(words: Words, start: int) -> int:
    end = start
    while end < min(len(words.lower), start + _LONGEST_REASON) and not _begins(words, end):
        end += 1
    return end


def _begins(words: Words, first: int) -> bool:
    try:
        return _read(words, first) is not None
    except GrammarError:
        return True


_LONGEST_REASON = 8
_LIMITS = ("max", "max.", "maximum", "max of", "maximum of", "not more than", "no more than", "up to")
_WEEKDAYS = {
    "mon": "mon", "monday": "mon",
    "tue": "tue", "tuesday": "tue",
    "wed": "wed", "wednesday": "wed",
    "thu": "thu", "thur": "thu", "thursday": "thu",
    "fri": "fri", "friday": "fri",
    "sat": "sat", "saturday": "sat",
    "sun": "sun", "sunday": "sun",
}  # fmt: skip
_READERS: dict[str, Callable[[Words, int], Found | None]] = {
    "once": _once,
    "for": _for,
    "over": _over,
    "in": _in,
    "divided": _in,
    "into": _to,
    "to": _to,
    "via": _by,
    "by": _by,
    "at": _at,
    "on": _on,
    "every": _on,
    "each": _on,
    "and": _and,
    "of": _of,
    **dict.fromkeys(("day", "days"), _cycle),
    **dict.fromkeys(("max", "maximum", "not", "no", "up"), _limit),
    **dict.fromkeys((*_WEEKDAYS, *(f"{day}s" for day in _WEEKDAYS)), _weekdays),
}
"""First word → what reads it and those after it."""

_NO_UNITS = {word for word, fields in PHRASES.items() if "form" not in fields}.union(
    FREQUENCY_WORDS, UNITS, ASK, _READERS
)
"""Words that go on with the dose where a unit is missing; a form may be a unit: `2 tablets`."""
