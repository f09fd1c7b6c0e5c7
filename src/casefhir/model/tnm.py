"""The grammar of TNM, text → its categories: `pT2 N0 M0`, `ypT1aN0(i+)`."""

import re
from typing import NamedTuple


class Category(NamedTuple):
    """One category of TNM."""

    text: str
    """As written, with its prefix: `pT2`."""

    prefix: str
    """`p` by pathology, `c` clinical, `y` after therapy, `r` of a recurrence, `a` at autopsy; "" if none is written."""

    letter: str
    """`T`, `N` or `M`, or one of `G`, `R`, `L`, `V`, `Pn`, which may follow."""

    level: str
    """What stands behind the letter: `2`, `is`, `1a`, `0(i+)`."""


_CATEGORY = (
    r"(?P<prefix>[cpyra]{0,3})(?P<letter>T|N|M|G|R|L|V|Pn)"
    r"(?P<level>(?:X|x|is|a|[0-4](?:mic?|[a-d][1-3]?)?)(?:\([^()]*\))*)[\s,;]*"
)


def tnm(text: str) -> tuple[Category, ...]:
    """
    The categories of a TNM; none if any part of the text is no category.

    A prefix is that of its own category: `pT2 N0` does not say how the nodes were examined.
    Source: http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-tnm-category
    """
    categories: list[Category] = []
    position, written, form = 0, text.strip(), re.compile(_CATEGORY)
    while position < len(written):
        found = form.match(written, position)
        if found is None or found["letter"] in {category.letter for category in categories}:
            return ()
        prefix, letter, level = found.group("prefix", "letter", "level")
        categories.append(Category(f"{prefix}{letter}{level}", prefix, letter, level))
        position = found.end()
    return tuple(categories)
