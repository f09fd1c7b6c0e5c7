"""A body site as the article prints it, text → Site with its side apart."""

import re
from typing import NamedTuple

from casefhir.model.grammar import GrammarError

_SIDE = re.compile(
    r"\b(?<!-)(?:left(?:\s+and\s+|/)right|right(?:\s+and\s+|/)left"
    r"|(left|right)(?:-sided)?|both|bilateral(?:ly)?)\b(?!-)",
    re.IGNORECASE,
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

    Raises: GrammarError for two sites in one text, and for a side without a site.
    """
    name, sides = _SIDE.subn(" ", text)
    if sides > 1:
        raise _two_sites(text)
    name = " ".join(name.split()).strip(" ,")
    if not any(map(str.isalpha, name)):
        raise GrammarError(f'"{text}" names no part of the body; write e.g. left wrist or face')
    return Site(text.strip(), _side(text) if sides else "", name)


def _side(text: str) -> str:
    found = _SIDE.search(text)
    return found[1].lower() if found and found[1] else "both"


def _two_sites(text: str) -> GrammarError:
    sites = [part.strip() for part in re.split(r"[,;]|\band\b", " ".join(text.split())) if part.strip()]
    second = list(_SIDE.finditer(text))[1]
    return GrammarError(f'"{text}" has two sides; write two sites: [{", ".join(sites)}]', second.start())
