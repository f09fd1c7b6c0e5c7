"""What the article says of values in words, and does not fit its numbers."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from casefhir.chart import Chart
from casefhir.model.course import Course
from casefhir.rules.rule import Remarks
from casefhir.series import Value, comparable

_UP = r"rose|risen|rises|rising|increas(?:e|es|ed|ing)|climbed"
_DOWN = r"fell|falls?|fallen|falling|decreas(?:e|es|ed|ing)|dropp(?:ed|ing)|drops?|declin(?:e|es|ed|ing)"
_CLAIM = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<normal>normal(?:i[sz]ed|i[sz]ation)?))\b", re.I)
_STEM = re.compile("r[io]s|creas|limb|[Ff][ae]ll|rop|eclin|orm")
"""What every such word has in it: to look for these takes a tenth of the time."""

_HEDGED = re.compile(r"\b(?:no|not|never|without|nearly|almost|some|several|most|partly|tended|began)\b", re.I)
"""What makes of a claim another one, or one about nobody knows which values."""


def against_numbers(chart: Chart) -> Remarks:
    """
    The course says that values rose, fell or became normal, and the numbers of the case say otherwise.

    Why: the sentence or a number is wrong, and a reader believes the sentence. A test is known by its name, several by
    the name of their table. A value is known to be high by its flag, by a printed range, or by a lower one called high.
    Bad:  {at: follow-up, what: CRP fell}, with CRP: 8 mg/L before and CRP: 96 mg/L at the follow-up
    Good: the same with a doubt about it: {about: course/CRP fell, says: it rose from 8 to 96 mg/L}
    """
    for i, course in enumerate(chart.case.course):
        for clause in re.split("[,;](?: and)?", course.what) if _STEM.search(course.what) else ():
            claims = {found.lastgroup for found in _CLAIM.finditer(clause)}
            if claims and not claims >= {"up", "down"}:
                told = list(_contradictions(chart, course, clause, claims))
                if told:
                    yield ("course", i, "what"), f"{clause.strip()!r} is said, but {', and '.join(told[:3])}"


def _contradictions(chart: Chart, course: Course, clause: str, claims: set[str | None]) -> Iterator[str]:
    for values in _named(chart, clause):
        if "normal" in claims:
            yield from _not_normal(chart, values, course)
        else:
            yield from _not_moved(chart, values, course, "up" in claims)


def _named(chart: Chart, clause: str) -> Iterator[Sequence[Value]]:
    """The values of the tests that a clause names, or whose table it names; none where it is hedged."""
    said = clause.casefold()
    tables = {i for i, table in enumerate(chart.case.tables) if is_named(table.name.casefold(), said)}
    if tables and _HEDGED.search(clause):
        tables.clear()
    for test in chart.once(_tests):
        if not tables.isdisjoint(test.tables) or any(name in said and is_named(name, said) for name in test.names):
            yield test.values


class _Test(NamedTuple):
    """The values of a test."""

    names: tuple[str, ...]
    """What it is called, in small letters."""

    tables: frozenset[str | int]
    """The tables that it stands in, by their number."""

    values: Sequence[Value]


def _tests(chart: Chart) -> list[_Test]:
    return [
        _Test(
            tuple({test.casefold(), values[0].name.casefold()}),
            frozenset(value.path[1] for value in values if value.path[0] == "tables"),
            values,
        )
        for test, values in chart.series.of.items()
    ]


def is_named(name: str, text: str) -> bool:
    """Whether a name stands in a text as words of its own, and not in a longer name: `IL-1` is not in `IL-17`."""
    at = text.find(name)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(name) : at + len(name) + 1]
        if not (before.isalnum() or after.isalnum() or after == "-"):
            return True
        at = text.find(name, at + 1)
    return False


def _not_moved(chart: Chart, values: Sequence[Value], course: Course, up: bool) -> Iterator[str]:
    """How a test went in the other direction: from the value before the moment of the claim to the last one of it."""
    numbers = [value for value in values if value.number is not None and value.moment]
    there = chart.series.at(numbers, course.moment) if course.moment else numbers[-1:]
    before = list(takewhile(lambda value: value != there[-1], numbers)) if there else []
    if not before or not (pair := comparable(before[-1], there[-1])):
        return
    if (pair[0] > pair[1]) if up else (pair[0] < pair[1]):
        yield f"{there[-1].name} {'fell' if up else 'rose'} from {before[-1].told} to {there[-1].told}"


def _not_normal(chart: Chart, values: Sequence[Value], course: Course) -> Iterator[str]:
    """What was not normal at the moment of the claim, or for one without a moment at the end: at most two values."""
    numbers = [value for value in values if value.number is not None and value.moment]
    there = chart.series.at(numbers, course.moment) if course.moment else numbers[1:]
    wrong = [(value, reason) for value in there[-2:] if (reason := _abnormal(value, values))]
    if wrong and wrong[-1][0] is there[-1]:
        told = " and ".join(value.told for value, _ in wrong)
        yield f"{wrong[-1][0].name} was {told}, {wrong[-1][1]}"


def _abnormal(value: Value, values: Sequence[Value]) -> str:
    """Why the article holds a number for too high or too low, by all values of its test; "" if it does not say so."""
    for other in values:
        pair, said = comparable(value, other), other.result.flag
        is_beyond = pair and (pair[0] >= pair[1] if said in HIGH else said in LOW and pair[0] <= pair[1])
        if is_beyond:
            return f"called {said}" if other is value else f"while {other.told} is called {said}"
        if pair and (outside := beyond(pair[0], other)):
            return outside
    return ""


HIGH, LOW = frozenset(("high", "critical-high")), frozenset(("low", "critical-low"))


def beyond(number: Decimal, value: Value) -> str:
    """How a number lies beyond the range that is printed with a value in the same unit; "" if it does not."""
    reference = value.result.reference
    if reference is None or reference.unit not in ("", value.found.printed_unit):
        return ""
    low, high, strict = reference.low, reference.high, reference.strict
    if high is not None and (number >= high if strict else number > high):
        return f"above the printed range ({reference.text})"
    if low is not None and (number <= low if strict else number < low):
        return f"below the printed range ({reference.text})"
    return ""
