"""A value of the model → what a passage must print to prove it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from casefhir.article import dates, numbers
from casefhir.article.normal import normalised
from casefhir.evidence.doses import Counted, Often
from casefhir.evidence.locus import LOCUS, Locus
from casefhir.evidence.need import Need, Numbers, Token, Told
from casefhir.evidence.times import Dated, in_words, numbered
from casefhir.model.age import Age
from casefhir.model.calendar import Calendar
from casefhir.model.cycle import Cycle
from casefhir.model.dose import Dosage
from casefhir.model.duration import Duration
from casefhir.model.multiple import limit_of, printed
from casefhir.model.points import Points
from casefhir.model.quantity import Amount, Extent, Quantity, Range, Ratio
from casefhir.model.reference import Reference
from casefhir.model.result import Result
from casefhir.model.site import Site
from casefhir.model.when import AtAge, DayOf, Offset, Within, parts
from casefhir.source import Path


def needs(value: Any, path: Path) -> Iterator[Need]:
    """What must be printed for a value; nothing for what has no number in it."""
    match value:
        case Amount() | Range() | Ratio() | Extent():
            yield quantity(value, path)
        case Result():
            yield from _result(value, path)
        case Points():
            yield from _points(value, path)
        case Age():
            yield from _age(value, path)
        case Duration():
            yield _duration(value, path)
        case Dosage():
            yield from _dosage(value, path)
        case Site():
            yield from text(value.text, path)
        case bool() | None:
            return
        case int() | Decimal():
            yield Numbers(path, str(value), (Decimal(value),))
        case str() if "locus" in path and LOCUS.fullmatch(value):
            yield Locus(path, value)
        case str():
            yield from text(value, path)


def quantity(value: Quantity, path: Path, *, loose: bool = False) -> Numbers:
    """The numbers of a quantity and its unit."""
    match value:
        case Amount(said, number, unit, "") if unit and (limit := limit_of(unit)):
            return Numbers(path, said, (number,), unit, "", loose, words=printed(number, limit))
        case Amount(said, number, unit, comparator):
            return Numbers(path, said, (number,), unit, comparator, loose)
        case Range(said, low, high, unit):
            return Numbers(path, said, (low, high), unit, None, loose)
        case Ratio(said, numerator, denominator, unit):
            return Numbers(path, said, (numerator, denominator), unit, None, loose)
        case Extent(said, sides, unit):
            return Numbers(path, said, sides, unit, None, loose)


def _points(value: Points, path: Path) -> Iterator[Need]:
    """The number with its sign, or the parts, as they are written: `3+`, `E3V3M5`."""
    if value.sign:
        yield Token(path, value.text, value.text, words=rf"{value.text[0]}\s?[{value.sign}−–](?:\s?/\s?[0-9]+)?")
    elif value.quantity:
        yield quantity(value.quantity, path)
    if value.parts:
        letters = zip("EVM", value.parts, strict=True)
        said = r"[\s,;+]*".join(rf"{letter}\s?{number}" for letter, (_, number) in letters)
        yield Token(path, value.text, value.text, words=rf"(?i:{said})")


def _result(value: Result, path: Path) -> Iterator[Need]:
    if value.quantity:
        yield quantity(value.quantity, path)
    if value.also:
        yield quantity(value.also, path)
    if value.titre:
        yield quantity(value.titre, path)
    if value.grade[:1].isdigit():
        yield Token(path, value.text, value.grade, words=_crosses(value.grade))
    elif value.grade:
        yield from text(value.text, path)
    if value.detail:
        yield from text(value.detail, path)
    for limits in (value.reference, *value.limits):
        yield from _reference(limits, path) if limits else ()


def _count_of(field: str, count: int) -> str:
    if field == "cycles":
        return "1 cycle" if count == 1 else f"{count} cycles"
    return "once" if count == 1 else f"{count} doses"


def _crosses(grade: str) -> str:
    """A pattern for a grade in crosses: `++` of 2+."""
    count = int(grade[0])
    return rf"(?<!\+)\+{{{count}}}(?![+0-9])" if count > 1 else ""


def _reference(value: Reference, path: Path) -> Iterator[Need]:
    limits = tuple(limit for limit in (value.low, value.high) if limit is not None)
    opposite = ("<", "<=") if value.high is None else (">", ">=") if value.low is None else ()
    if limits:
        yield Numbers(path, value.text, limits, value.unit or "", refuted=opposite, is_range=True)
    else:
        yield from text(value.text, path)


def _age(value: Age, path: Path) -> Iterator[Need]:
    units = {"years": "a", "months": "mo", "weeks": "wk", "days": "d", "hours": "h"}
    for field, unit in units.items():
        if (number := getattr(value, field)) is not None:
            both = (number, value.high) if value.high is not None else (number,)
            yield Numbers(path, value.text, both, unit)
    if value.gestation_weeks is not None:
        yield Numbers(path, value.text, (Decimal(value.gestation_weeks),))
        if value.gestation_days is not None:
            yield Numbers(path, value.text, (Decimal(value.gestation_days),))


def _duration(value: Duration, path: Path, sign: int = 0) -> Numbers:
    both = (value.value,) if value.high is None else (value.value, value.high)
    return Numbers(path, value.text, both, value.unit, words=in_words(value, sign))


def glued(need: Need, place: Path) -> Need:
    """A part of a score may be printed with its letter in one word: i 2 and C4d 0 of `i2, C4d0`."""
    letter = str(place[-1])
    if place[-2:-1] != ("parts",) or not isinstance(need, Numbers) or len(need.values) != 1 or len(letter) > 4:
        return need
    return need._replace(words=rf"(?<![\w.-]){re.escape(letter)}{need.values[0]:f}(?!\w|[.,/-][0-9])")


def moment(value: Any, path: Path) -> Iterator[Need]:
    """What must be printed for a When: its dates, distances, ages and numbers of days; nothing for an event."""
    for part in parts(value):
        match part:
            case Calendar():
                yield Dated(path, part.text, part)
            case Offset(duration=distance, sign=sign):
                yield _duration(distance, path, sign)
            case Within(duration=distance):
                yield _duration(distance, path)
            case DayOf(said, number):
                yield Numbers(path, said, (Decimal(number),), "d", words=numbered(number))
            case AtAge(age=age):
                yield from _age(age, path)


def _dosage(value: Dosage, path: Path) -> Iterator[Need]:
    again = value.again and value.again.quantity
    for amount in (value.amount, *value.others, value.rate, again, *value.strength):
        if amount is not None:
            yield quantity(amount, path, loose=True)
    if value.per_weight:
        number, _, unit = value.per_weight.partition(" ")
        yield Numbers(path, value.per_weight, (Decimal(number),), unit, None, True)
    if value.per_period:
        period = value.per_period
        yield Often(path, f"per {period.text}", 1, period.value, period.unit, is_total=True)
    if value.schedule:
        yield Numbers(path, value.schedule.text, value.schedule.after, value.schedule.unit)
    for field in ("in_doses", "in_doses_high", "count", "count_high", "cycles"):
        if (count := getattr(value, field)) is not None and not (value.schedule and field == "count"):
            yield Counted(path, _count_of(field, count), count)
    if value.frequency and not value.in_doses:
        often = value.frequency
        yield Often(path, often.text, often.times, often.period, often.unit)
    for duration in (value.over, value.for_):
        if duration is not None:
            yield _duration(duration, path)
    if value.cycle:
        yield from _cycle(value.cycle, path)
    if value.maximum:
        yield from text(str(value.maximum.text), path)
    yield from (Token(path, time, time) for time in value.times)


def _cycle(value: Cycle, path: Path) -> Iterator[Need]:
    """The days of a cycle as they are written, and its length in days or in weeks."""
    *days, _ = re.findall(r"[0-9]+", value.text)
    for day in days:
        yield Numbers(path, f"day {day}", (Decimal(day),), "d", words=numbered(int(day)))
    lengths = [
        rf"of {value.length}",
        rf"{value.length}[\s-]?d(?:ays?)?",
        *([rf"{value.length // 7}[\s-]?w(?:eeks?)?"] * (not value.length % 7)),
    ]
    forms = rf"(?i:\b(?:{'|'.join(lengths)})\b|\bq\.?\s?(?:{'|'.join(lengths)})\b)"
    yield Numbers(path, f"{value.length} days", (Decimal(value.length),), "d", words=forms)


def beside(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and behind a number, in small letters; "" where there is none."""
    before, behind = re.search(r"([\w%]+)\W*\Z", text[:start]), re.match(r"[\s-]*([\w%/]+)", text[end:])
    return before[1].casefold() if before else "", behind[1].casefold() if behind else ""


WITH_DIGIT = re.compile(r"(?:[^\W\d_]|[/+.-](?=[0-9]))*[0-9](?:[\w]|[/+.-](?=\w)|\+)*")


def text(written: str, path: Path) -> Iterator[Need]:
    """The numbers and dates of a text in own words, and its words with digits; numbers in words are left alone."""
    if not any(map(str.isdigit, written)):
        return
    said = normalised(written).text
    whole = said if len(said) <= _MOST_IN_ONE and _PARTED.search(said.strip()) else ""
    taken: list[tuple[int, int]] = []
    for date in dates(said):
        taken.append((date.start, date.end))
        if date.year is not None:
            calendar = Calendar(said[date.start : date.end], date.year, date.month, date.day)
            yield Dated(path, calendar.text, calendar)
    for ratio in _RATIO.finditer(said):
        taken.append(ratio.span())
        yield Token(path, ratio[0], ratio[0])
    for number in numbers(said):
        if not number.spelled and not any(start <= number.start < end for start, end in taken):
            taken.append((number.start, number.end))
            before, behind = beside(said, number.start, number.end)
            if not before and not behind and path[-1] in ("value", "says"):
                yield Numbers(path, number.text, (number.value,))
                continue
            alone = "" if before or behind else str(path[-1])
            yield Told(path, number.text, number.value, before or alone, behind, whole)
    for word in WITH_DIGIT.finditer(said):
        if not any(start < word.end() and word.start() < end for start, end in taken):
            yield Token(path, word[0], word[0], whole)


_RATIO = re.compile(r"(?<![\w.,:])[0-9]+(?:\.[0-9]+)?\s?:\s?[0-9]+(?:\.[0-9]+)?(?![\w:]|[.,][0-9])")
_MOST_IN_ONE = 100
"""Characters of own words that may be printed one by one; longer ones are no one's but the author's."""

_PARTED = re.compile(r"[^0-9.,]")
