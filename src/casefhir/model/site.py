"""A body site as the article prints it, text → Site with its side apart."""

import re
from itertools import dropwhile
from typing import NamedTuple

from casefhir.model.grammar import GrammarError

_SIDE = re.compile(
    r"\b(?<!-)(?:left(?:\s+and\s+|/)right|right(?:\s+and\s+|/)left"
    r"|(left|right)(?:-sided)?|both|bilateral(?:ly)?)\b(?!-)",
    re.IGNORECASE,
)
_JOINER = re.compile(r"(?:[,;&]|(?<![\w-])(?:and|or)(?![\w-]))\s*", re.IGNORECASE)

# What cannot stand without the part that comes after: `upper and lower lip`, `cervical and axillary lymph nodes`.
_HALF = (
    r"(?i)(?:left|right|both|bilateral|upper|lower|inner|outer|middle|index|ring|little|great"
    r"|[0-9]+(?:st|nd|rd|th)|first|second|third|fourth|fifth|(?!canal).+(?:al|lar|bar|ic|lary|nary|ior))"
)


class Site(NamedTuple):
    """A place of the body: `left wrist`, `both knees`, `face`."""

    text: str
    """The whole site, as written."""

    side: str
    """`left`, `right` or `both`; "" where none is written."""

    name: str
    """The site without its side: `lower parathyroid` of `lower left parathyroid`."""


def site(text: str) -> Site:
    """
    A body site and its side, if one is written.

    `face`, `left wrist`, `both knees`, `bilateral neck`, `right and left knee`, `lower left parathyroid`.

    Raises: GrammarError for two sites in one text, unless it is a name of the table of sites; for a side without one.
    """
    name, sides = _SIDE.subn(" ", text)
    if sides > 1:
        raise _two_sites(text)
    name = " ".join(name.split()).strip(" ,")
    if _JOINER.search(name) and _is_joined(name):
        raise _joined(text)
    if not any(map(str.isalpha, name)):
        side = _side(text) if sides else "both"
        offer = "left wrist or face" if side == "both" else f"{side} wrist, or {side} side of the body"
        raise GrammarError(f'"{text}" names no part of the body; write e.g. {offer}')
    return Site(text.strip(), _side(text) if sides else "", name)


def _side(text: str) -> str:
    found = _SIDE.search(text)
    return found[1].lower() if found and found[1] else "both"


def _is_joined(name: str) -> bool:
    """Whether a name that has an `and` or a comma is two places: not `small joints of the hands and feet`."""
    from casefhir.terms import terms  # the table is read for such a name only

    return len(places(name)) > 1 and "between" not in name.split() and not terms().sites.get(name)


def _two_sites(text: str) -> GrammarError:
    if _is_either(text):
        return _joined(text)
    second = list(_SIDE.finditer(text))[1]
    return GrammarError(f'"{text}" has two sides; write two sites: [{", ".join(places(text))}]', second.start())


def _joined(text: str) -> GrammarError:
    found = _JOINER.search(text)
    offset = found.end() if found else 0
    if _is_either(text):
        return GrammarError(f'"{text}" may be either; write the one that is meant, or the words as a note', offset)
    first, *others = parts = places(text)
    hint = ", each with its side if one is meant" if _SIDE.search(first) and not all(map(_SIDE.search, others)) else ""
    return GrammarError(f'"{text}" names more than one place; write [{", ".join(parts)}]{hint}', offset)


def _is_either(text: str) -> bool:
    return " or " in f" {' '.join(text.lower().split())} "


def places(text: str) -> list[str]:
    """The places that a text joins, each with what it shares with the last: `upper lip` of `upper and lower lip`."""
    one_side = re.sub(r"(?i)\b(?:left and right|right and left)\b", "both", " ".join(text.split()))
    parts = [part for part in map(str.strip, _JOINER.split(one_side)) if part]
    is_half = re.compile(_HALF).fullmatch
    shared = " ".join(dropwhile(is_half, parts[-1].split())) if parts else ""
    return [f"{part} {shared}" if shared and all(map(is_half, part.split())) else part for part in parts]
