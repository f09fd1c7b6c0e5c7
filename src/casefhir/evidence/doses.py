"""How often a drug is given, of the case file → how an article prints it: `twice`, `every 8 hours`, `1 mg x 3`."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from casefhir.article import Number
from casefhir.evidence.index import Searched, words
from casefhir.evidence.units import TIMES
from casefhir.source import Path


class Counted(NamedTuple):
    """How many doses there were: `twice`, `six infusions`, `1 mg x 3`, `a single daily dose`, `a bolus`."""

    path: Path
    said: str
    doses: int

    def places(self, part: Searched) -> Iterator[tuple[int, int]]:
        for number in part.numbers:
            if number.value == self.doses and self._is_count(part.text, number):
                yield number.start, number.end
        if self.doses == 1:
            yield from (found.span() for found in _ONE_DOSE.finditer(part.text))
            if not _REPEATED.search(part.text) and not any(self._is_count(part.text, n) for n in part.numbers):
                yield 0, 0  # what is not said to be repeated was given once

    def _is_count(self, text: str, number: Number) -> bool:
        if number.text.casefold() in _TIMES_OVER or _DOSES.match(number.after):
            return True
        if _AMOUNTS.match(number.after):
            return "cycle" not in self.said
        return bool(_CROSS.search(text, max(0, number.start - 3), number.start)) and not _LENGTH.match(number.after)


_TIMES_OVER = ("once", "twice", "thrice")
_DOSES = re.compile(
    r"-?\s?(?:[A-Za-z-]+\s){0,2}(?:doses?|infusions?|injections?|administrations?|applications?|times?|courses?|"
    r"cycles?|pulses?|bolus(?:es)?|tablets?|capsules?|vials?)\b",
    re.IGNORECASE,
)
_AMOUNT = r"x\s?[0-9]+(?:[.,][0-9]+)?\s?(?:mg|g|µg|mcg|m[lL]|IU|U)\b(?!\s?/|\s?x)"
_AMOUNTS = re.compile(_AMOUNT)
"""What a count of doses has behind it, where it stands first: `2 x 850 mg`."""

_ONE_DOSE = re.compile(
    r"\b(?:an?|the)\s(?:[A-Za-z-]+\s)?(?:dose|bolus|infusion|injection|pulse)\b|\b(?:(?:loading|test|stat)\sdose|bolus)\b",
    re.IGNORECASE,
)
_REPEATED = re.compile(
    r"\b(?:daily|nightly|hourly|weekly|monthly|every|each|per|bid|tid|qid|qd|b\.i\.d|t\.i\.d|doses|infusions|injections|"
    r"pulses|boluses|repeated|continued|continuous)\b|/\s?(?:d|h|day|hour|wk|week|month)\b|\ban?\s(?:day|week|month)\b"
    r"|\bfor\s[\w-]+\s(?:days|weeks|months|years)\b",
    re.IGNORECASE,
)
_CROSS = re.compile(r"(?<=[A-Za-z%]\s)x\s?\Z", re.IGNORECASE)
_LENGTH = re.compile(rf"(?:[\s-]?(?:{'|'.join(TIMES.values())}|[ckm]?m\b)|\s?\^|\s?x\s?[0-9])", re.IGNORECASE)
"""What stands behind a number that crosses something else than a dose: `5 mg x 3 days`, `2 x 3 cm`, `x 10^6`."""


class Often(NamedTuple):
    """A number of times in a period: `3 times/day`, `every 2 weeks`, `BID`."""

    path: Path
    said: str
    times: int
    period: Decimal
    unit: str
    is_total: bool = False
    """Whether it is the time that an amount is the total of: `160 mmol over the first 24 hours`."""

    def places(self, part: Searched) -> Iterator[tuple[int, int]]:
        for found in re.finditer("|".join(self._forms()), part.counted.text, re.IGNORECASE):
            yield part.counted.origin(found.start()), part.counted.origin(found.end())

    def _forms(self) -> Iterator[str]:
        unit = f"(?:{TIMES[self.unit]}|{_ADVERBS.get(self.unit, '(?!)')})"
        period = r"(?:1\s?)?" if self.period == 1 else rf"{self.period.normalize():f}[\s-]?"
        yield rf"(?<![0-9.]){self.times}\s?(?:x|times?)?\s?(?:(?:a|an|per|every|each|in)\b|/)?\s?{period}{unit}"
        if self.times == 1:
            yield rf"(?:(?:every|each|per|a|an)\s|/\s?|\bq\.?\s?){period}{unit}"
        if self.times > 1 and self.period == 1 and self.unit == "wk":
            yield rf"(?<![0-9.]){self.times}\s?days?\s?(?:(?:a|per|each|every|in\sa|of\sthe)\s|/\s?){unit}"
        if self.is_total:
            yield rf"(?:over|in|within|during)\s(?:the\s)?(?:first\s|next\s)?{period}{unit}"
        if self.times == 1 and self.period == 1:
            yield rf"\b{_ADVERBS.get(self.unit, '(?!)')}\b"
        if self.period == 1 and self.unit == "d":
            yield rf"\b(?:{_ABBREVIATIONS.get(self.times, '(?!)')})\b"
            if self.times == 1:
                yield r"\bon\s[0-9]+\s(?:consecutive|successive)\sdays\b"
            if self.times > 1:
                yield rf"(?<![0-9.]){self.times}\s?{_AMOUNT}{_NO_PERIOD}"
            if self.times > 1 and 24 % self.times == 0:
                yield from self._replace(times=1, period=Decimal(24 // self.times), unit="h")._forms_of_hours()
        if self.times == 1 and self.unit == "h" and self.period and 24 % self.period == 0:
            yield from self._replace(times=int(24 / self.period), period=Decimal(1), unit="d")._forms_of_days()

    def _forms_of_hours(self) -> Iterator[str]:
        yield rf"(?:(?:every|each)\s|/\s?|\bq\.?\s?){self.period}[\s-]?{TIMES['h']}"

    def _forms_of_days(self) -> Iterator[str]:
        yield rf"(?<![0-9.]){self.times}\s?(?:x|times?)?\s?(?:(?:a|per|each)\b|/)?\s?(?:day|daily)\b"
        yield rf"\b(?:{_ABBREVIATIONS.get(self.times, '(?!)')})\b"


_ADVERBS = {"d": "daily", "wk": "weekly", "mo": "monthly", "a": "(?:yearly|annually)", "h": "hourly"}
_ABBREVIATIONS = {
    1: r"o\.?d\.?|q\.?d\.?",
    2: r"b\.?i\.?d\.?|b\.?d\.?",
    3: r"t\.?i\.?d\.?|t\.?d\.?s\.?",
    4: r"q\.?i\.?d\.?|q\.?d\.?s\.?",
}


_NO_PERIOD = r"(?!\s?(?:(?:every|each|per|an?|once|twice)\b|(?:hourly|weekly|monthly|yearly)\b|q\.?\s?[0-9]|/))"
"""What does not stand behind `2 x 850 mg`, which is otherwise a day's."""


def goes_on(lines: Iterable[str]) -> bool:
    """Whether words, as `words` has them, tell of doses alone, of which another follows: `300 mg i.v., then`."""
    said = frozenset(lines)
    return not said.isdisjoint(_GOES_ON) and is_of_doses(said)


def is_of_doses(lines: Iterable[str]) -> bool:
    """Whether words, as `words` has them, tell of nothing but doses."""
    return {line for line in lines if not line.isdigit()} <= _OF_DOSES


_GOES_ON = frozenset("followed then thereafter subsequently increased decreased reduced tapered".split())
_OF_DOSES = frozenset(
    words(
        " ".join(_GOES_ON) + " a an the at in of to on by with as and was were is been per every each over for from"
        " after once twice dose dosage loading maintenance initial single bolus infusion tablet daily hourly weekly"
        " monthly minute min hour h hr day d week wk month given administered started begun received continued"
        " continuous intravenous intravenously i.v. oral orally p.o. po subcutaneous subcutaneously s.c. sc im"
        " intramuscular intramuscularly mg g µg mcg ng kg mL l m2 m² iu u unit mmol mEq MU %"
    ).split()
)
"""What is said of a dose and its way into the body."""
