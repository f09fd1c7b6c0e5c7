"""A passage → a few of its words in a message."""

from collections.abc import Iterable, Sequence
from itertools import islice

from casefhir.evidence.index import Index, Searched
from casefhir.evidence.need import Need, Numbers
from casefhir.evidence.times import Dated
from casefhir.evidence.units import agrees

_MOST = 5000
"""Numbers that are looked at; no article has more."""

_LENGTH = 80


def shown(part: Searched, around: int = 0) -> str:
    """Some words of a passage, those around a place, with its line."""
    text = part.passage.text if part.passage else part.text
    start = max(0, around - _LENGTH // 2)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.find(" ", start + _LENGTH)
    words = text[start : end if end > 0 else None]
    dots = ("… " if start else "", " …" if end > 0 else "")
    return f'"{dots[0]}{words}{dots[1]}"{part.where}'


def nearest_to_quote(quote: str, index: Index) -> str:
    """`; nearest: …` for the passage most like a quote."""
    return nearest(quote.replace("…", " "), index.told[:_MOST])


def nearest(said: str, parts: Sequence[Searched]) -> str:
    """`; nearest: …` for the one of some passages that is most like a text."""
    from rapidfuzz import fuzz, process

    if not parts:
        return ""
    texts = [part.lower for part in parts]
    _, _, position = process.extractOne(said.casefold(), texts, scorer=fuzz.partial_ratio)
    place = fuzz.partial_ratio_alignment(said.casefold(), texts[position])
    return f"; nearest: {shown(parts[position], place.dest_start if place else 0)}"


def nearest_to_number(need: Need, first: Iterable[Searched], index: Index) -> str:
    """`; nearest: …` for the number or date most like one, in the given passages or else anywhere."""
    for parts in (list(first), index.told):
        found = list(islice(((far, part, at) for part in parts for far, at in _distances(need, part)), _MOST))
        if found:
            _, part, at = min(found, key=lambda each: each[0])
            return f"; nearest: {shown(part, at)}"
    return ""


def _distances(need: Need, part: Searched) -> Iterable[tuple[int, int]]:
    """How far each number of a passage is from one that is needed, and where it stands."""
    from rapidfuzz.distance import OSA

    match need:
        case Numbers(values=values, unit=unit):
            said = f"{values[0]:f}"
            for number in (*part.numbers, *part.parted):
                far = OSA.distance(said, f"{number.value:f}") * 2
                yield far - bool(unit and agrees(unit, number.after, loose=True)), number.start
        case Dated(date=date):
            for day in part.dates:
                yield OSA.distance(str((date.year, date.month)), str((day.year, day.month))), day.start
