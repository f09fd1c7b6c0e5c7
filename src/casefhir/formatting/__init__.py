"""A case file → its text with the slips mended that can mean only one thing; all else byte for byte as it was."""

from collections.abc import Callable, Iterable

from casefhir.edit import Edit, edited
from casefhir.formatting.blanks import blanks
from casefhir.formatting.keys import keys
from casefhir.formatting.units import units
from casefhir.source import Source

STEPS: tuple[Callable[[Source], Iterable[Edit]], ...] = (blanks, keys, units)
"""What is mended, each on the text that those before it made."""


def formatted(source: Source) -> str:
    """
    The text without blanks at the ends of lines, with keys and units as they are spelt.

    Each step goes on until it finds nothing more, for below a misspelt key nothing is known; so the text of what
    was formatted is the same again.
    """
    for step in STEPS:
        while edits := list(step(source)):
            source = source.rewritten(edited(source.text, edits))
    return source.text
