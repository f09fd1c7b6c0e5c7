"""
A written date → When: a partial date, or a moment told by an event, a distance, a bound or an age.

What binds tighter stands lower; there are no parentheses::

    A..B                                         the fact lasted from A to B
    A or B                                       one of the two
    about A · before A · after A · by A · within 2 days of A · within 2 days after A
    A + 6 weeks · A - 3 months                   counted from the left; also 6 weeks after A · 3 months before A
    2021-01-09 · mid 2021-01 · admission · day 5 of surgery · age 6 months · 36 weeks gestation

So `onset + 3 months..about admission` lasts from the one distance to the one guess. `within 2 days after A` is the
distance `A + ≤ 2 days`. `unknown` stands alone or ends a `..`. `casefhir.model.timeline` tells the days of a When.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, TypeVar

from casefhir.model.age import Age, age
from casefhir.model.calendar import Calendar, calendar
from casefhir.model.duration import Duration, duration, is_vague
from casefhir.model.event_name import RESERVED, event_name
from casefhir.model.grammar import GrammarError

T = TypeVar("T")

MAX_LENGTH: Final = 200
"""Characters of a date at most: it keeps the nesting, and so every recursion over a When, shallow."""

_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?|([a-z][a-z0-9-]*)")


class At(NamedTuple):
    """The moment of an event: `admission`."""

    text: str
    event: str


class Offset(NamedTuple):
    """A distance to an anchor: `admission + 6 weeks`, `within 3 days after admission`; `sign` is 1 or -1."""

    text: str
    anchor: "When"
    sign: int
    duration: Duration
    approximate: bool


class Bound(NamedTuple):
    """Known to one side only: `kind` is `before`, `after`, or `by` (the anchor's own day included)."""

    text: str
    kind: str
    anchor: "When"


class Within(NamedTuple):
    """No farther from the anchor than the duration, on either side: `within 2 days of admission`."""

    text: str
    duration: Duration
    anchor: "When"


class About(NamedTuple):
    """Near the anchor, nobody says how near: `about 2020-06`."""

    text: str
    anchor: "When"


class Span(NamedTuple):
    """The fact lasted from start to end: `2020-06..2020-08`."""

    text: str
    start: "When"
    end: "When"


class Either(NamedTuple):
    """One moment, two readings: `2020-06 or 2020-08`."""

    text: str
    first: "When"
    second: "When"


class PartOf(NamedTuple):
    """Early, mid or late in a month or a year: `mid 2020-06`; `casefhir.model.days.part` tells its days."""

    text: str
    part: str
    whole: Calendar


class DayOf(NamedTuple):
    """The day that the report numbers so: `day 5 of surgery`; the event says if it counts from 0 or 1."""

    text: str
    number: int
    event: str


class AtAge(NamedTuple):
    """The age the patient had: `age 6 months`, `36 weeks gestation`."""

    text: str
    age: Age


class Unknown(NamedTuple):
    """It has a moment and nobody says which: `unknown`."""

    text: str


When = Calendar | At | Offset | Bound | Within | About | Span | Either | PartOf | DayOf | AtAge | Unknown


class _Misfit(GrammarError):
    """The part of the text that fits nothing; what to say about it is worked out at the end, and once."""


def when(written: str) -> When:
    """
    The When that a text says, its parts with the text of their own.

    Raises: GrammarError, which offers the right form where the meaning is plain.
    Source: partial dates are those of FHIR R4 — https://hl7.org/fhir/R4/datatypes.html#dateTime
    """
    text = written.strip()
    if len(text) > MAX_LENGTH:
        raise GrammarError(f'"{text[:20]}…" is too long for a date: {MAX_LENGTH} characters at most')
    try:
        return _plain(text, 0) or _lasting(text, 0)
    except GrammarError as wrong:
        said = _advised(str(wrong)) if isinstance(wrong, _Misfit) else str(wrong)
        offset = min(wrong.offset + len(written) - len(written.lstrip()), len(written))
        raise GrammarError(said, offset) from None


def _advised(part: str) -> str:
    from casefhir.model.when_advice import advice  # only for a text that is wrong: it costs a cold start 1 ms

    return advice(part, is_when)


def parts(w: When) -> Iterator[When]:
    """A When and all it is made of, outermost first."""
    yield w
    match w:
        case Offset(anchor=anchor) | Bound(anchor=anchor) | Within(anchor=anchor) | About(anchor=anchor):
            yield from parts(anchor)
        case Span(_, first, second) | Either(_, first, second):
            yield from parts(first)
            yield from parts(second)
        case PartOf(whole=whole):
            yield whole


def events_named(w: When) -> Iterator[str]:
    """The events that a When is told by, as often as written; not those that these depend on in turn."""
    return (part.event for part in parts(w) if isinstance(part, At | DayOf))


def _plain(text: str, at: int) -> Calendar | At | None:
    """The two common forms; `at` is everywhere the place of `text` in the whole."""
    found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    year, month, day, event = found.groups()
    if event is None:
        return calendar(text, at, year, month, day)
    return None if event in RESERVED else At(text, event)


def _trimmed(text: str, at: int) -> tuple[str, int]:
    return text.strip(), at + len(text) - len(text.lstrip())


def _lasting(text: str, at: int) -> When:
    if text == "unknown":
        return Unknown(text)
    start, dots, end = text.partition("..")
    if not dots:
        return _either(text, at)
    if end.startswith("."):
        raise _Misfit(text, at)
    if ".." in end:
        raise GrammarError(f'"{text}" has more than two ends; write the first and the last: A..B', at)
    last, where = _trimmed(end, at + len(start) + 2)
    return Span(text, _either(*_trimmed(start, at)), Unknown(last) if last == "unknown" else _either(last, where))


def _either(text: str, at: int) -> When:
    first, word, second = text.partition(" or ")
    if not word:
        return _framed(text, at)
    return Either(text, _framed(*_trimmed(first, at)), _either(*_trimmed(second, at + len(first) + 4)))


def _framed(text: str, at: int) -> When:
    word, _, rest = text.partition(" ")
    anchor, where = _trimmed(rest, at + len(word) + 1)
    match word:
        case "about" if re.search(r" (?:before|after|prior|since|later|earlier|ago|old|of age)\b", anchor):
            return _sided(text, at)  # `about 2 days before admission` is one distance
        case "about":
            return About(text, _counted(anchor, where))
        case "before" | "after" | "by":
            return Bound(text, word, (_framed if anchor.startswith("about ") else _counted)(anchor, where))
        case "within":
            return _sided(text, at)
        case _:
            return _counted(text, at)


def _sided(text: str, at: int) -> Within | Offset:
    found = re.fullmatch(_SIDED, text)
    if found is None:
        raise _Misfit(text, at)
    within, said, side, rest = found.groups()
    is_wrong = "first" in said.split() if within else side == "of" or not _is_duration(said)
    if is_wrong or is_vague(said):
        raise _Misfit(text, at)
    distance = _distance(said, at + found.start(2))
    anchor = _counted(rest, at + found.start(4))
    if side == "of":
        return Within(text, distance, anchor)
    if within:
        distance = distance._replace(comparator=distance.comparator or "<=")
    return Offset(text, anchor, 1 if side == "after" else -1, distance, distance.approximate)


_SIDED = "(within )?(.+?) (of|after|before) +(.+)"


def _counted(text: str, at: int) -> When:
    if plain := _plain(text, at):
        return plain
    cut = max(text.rfind(" + "), text.rfind(" - "))
    if cut < 0 or text.endswith("gestation"):
        return _single(text, at)
    anchor, where = _trimmed(text[:cut], at)
    if text[cut + 1] == "-" and _PLAIN.fullmatch(text[cut + 3 :].strip()):
        raise _Misfit(text, at)
    if is_vague(text[cut + 3 :]):
        raise _Misfit(text, at + cut + 3)
    distance = _distance(text[cut + 3 :], at + cut + 3)
    sign = 1 if text[cut + 1] == "+" else -1
    return Offset(text, _counted(anchor, where), sign, distance, distance.approximate)


def _distance(text: str, at: int) -> Duration:
    distance = _part(duration, text, at)
    if max(distance.value, distance.high or distance.value) > 9999:
        raise GrammarError(f'"{text.strip()}" is too far away; write at most 9999 of a unit', at)
    return distance


def _single(text: str, at: int) -> When:
    if numbered := re.fullmatch(r"day +([+-]?[0-9]{1,4}) +of +(.+)", text):
        return DayOf(text, int(numbered[1]), _part(event_name, numbered[2], at + numbered.start(2)))
    if part := re.fullmatch(r"(early|mid|late) +([0-9]{4})(?:-([0-9]{2}))?", text):
        whole = calendar(text[part.start(2) :], at + part.start(2), part[2], part[3], None)
        return PartOf(text, part[1], whole)
    if text.startswith("age "):
        return AtAge(text, _part(age, text[4:], at + 4))
    if text.endswith("gestation"):
        return AtAge(text, _part(age, text, at))
    return _sided(text, at)


def _part(parse: Callable[[str], T], text: str, at: int) -> T:
    """What another grammar reads in a part of the text; its complaint is moved to the place of the part."""
    text, at = _trimmed(text, at)
    try:
        return parse(text)
    except GrammarError as wrong:
        raise GrammarError(str(wrong), at + wrong.offset) from None


def _is_duration(text: str) -> bool:
    try:
        return bool(duration(text))
    except GrammarError:
        return False


def is_when(text: str) -> bool:
    """Whether a text says a When."""
    try:
        return bool(_plain(text, 0) or _lasting(text, 0))
    except GrammarError:
        return False
