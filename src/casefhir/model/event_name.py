"""A written name → the name of an event, which is none of the words of the date grammar."""

import re
from typing import Final

from casefhir.model.grammar import GrammarError

RESERVED: Final = frozenset("about after age before by day gestation of or unknown within".split())
"""Words of this grammar, which no event can have as its name."""


def event_name(name: str) -> str:
    """
    The name itself, if an event can have it: `admission`, `follow-up-1`.

    Raises: GrammarError for other characters and for the words of the date grammar.
    """
    if re.fullmatch("[a-z][a-z0-9-]*", name) is None:
        offer = slugged(name)
        hint = f"; write {offer}" if offer else ""
        raise GrammarError(f'"{name}" cannot name an event: a-z first, then a-z, 0-9 and hyphens{hint}')
    if name in RESERVED:
        raise GrammarError(f'"{name}" is a word of the date grammar; write {name}-1 or another name')
    return name


def slugged(text: str) -> str:
    """The text as an event could be named; empty where no name remains."""
    name = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")
    return name if name[:1].isalpha() and name not in RESERVED else ""
