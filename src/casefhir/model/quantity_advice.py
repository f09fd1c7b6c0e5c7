"""A text that is no quantity → what is wrong with it, and the nearest right form."""

import re
from collections.abc import Callable
from decimal import Decimal

from casefhir.model.grammar import GrammarError
from casefhir.model.number import UNIT_NOT_PRINTED, UNIT_TWICE, qualifier

# What authors write, the right form, and the trouble in words; each is tried on what those before it made.
_REPAIRS: tuple[tuple[str, str | Callable[[re.Match[str]], str], str], ...] = (
    (r"(?<=[0-9])(?<![0-9]{4})(?<!\b0),(?=[0-9]{3}(?![0-9]))", "", "a comma between thousands"),
    (
        r"(?<![0-9.])[0-9]{1,3}(?:(?:\.[0-9]{3})+(?=,)|(?:\.[0-9]{3}){2,}(?![0-9]))",
        lambda found: found[0].replace(".", ""),
        "points between thousands",
    ),
    (r"(?<=[0-9]),\s?(?=[0-9])", ".", "a decimal comma"),
    (
        r"(?<=[0-9])(?:\s*[x×*X]\s*|\s+)10[eE]?\s?([1-9][0-9]?)\s*(?=/)",
        r" x10^\1",
        "a power of ten without its ^",
    ),
    (r"(?<=[0-9])[\s'’](?=[0-9]{3}(?![0-9]))", "", "a blank between thousands"),
    (
        r"(?<![0-9.])[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,2}(?![0-9])",
        lambda found: f"{Decimal(found[0]):f}",
        "an exponent",
    ),
    (
        r"(?<![0-9.x×*X])(?<![0-9.x×*X]\s)10\^([1-9]|1[0-7])(?=\s+\S)",
        lambda found: f"1{'0' * int(found[1])}",
        "a power of ten as its number",
    ),
    (
        r"(?<![0-9.x×*X])(?<![0-9.x×*X]\s)10\^-([1-9])(?![0-9])",
        r"1 x10^-\1",
        "a power of ten as its number",
    ),
    (r"(?<![0-9])\.(?=[0-9])", "0.", "no digit before the point"),
    (r"(?<=[0-9])\.(?![0-9])", "", "no digit after the point"),
    (r"(?<![0-9.])0+(?=[0-9])", "", "a zero before the number"),
    (UNIT_TWICE, "", "its unit twice"),
    (rf"(?i)\(\s*({UNIT_NOT_PRINTED})\s*\)", r" \1", "brackets"),
    (r"(?i)\bbetween\s+([0-9.]+)\s+and\s+(?=[0-9])", r"\1 to ", '"between … and"'),
    (r"(?<=[0-9])\s+(?:out of|of)\s+(?=[0-9])", "/", '"of" between two numbers'),
    (r"\s?±\s*[0-9.]+", "", "a second number after ±, which belongs in a note"),
)
_FORMS = "write a number and its unit, e.g. 146 mg/L, < 2 pg/mL, 10-20 mg/dL, 0/10 or 8 x 5 cm"


def refusal(text: str, is_right: Callable[[str], bool]) -> GrammarError:
    """What is wrong with a text, and the nearest right form; `is_right` says whether a form may be offered."""
    if re.search(_TWO_VALUES, text):
        return GrammarError(f'"{text}" has more than one value; write each at its own moment')
    offer, said, start = text.strip(), "", 0
    for mistake, right, trouble in _REPAIRS:
        found = re.search(mistake, offer)
        if found is None:
            continue
        if not said:
            said, start = f'"{text}" has {trouble}', text.index(offer) + found.start()
        offer = " ".join(re.sub(mistake, right, offer).split())
        if is_right(offer):
            return GrammarError(f"{said}; write {offer}", start)
    return GrammarError(f"{said or _stranger(text)}; {_FORMS}", start)


_TWO_VALUES = r"[0-9][^0-9,;→>-]*+(?:(?<=[^\W\d]|[%°])[,;]\s|->|→)\s*+[0-9]"


def _stranger(text: str) -> str:
    first = re.search("[0-9]", text)
    before = text[: first.start()].rstrip(" +-−–") if first else ""
    if not text.strip():
        return "nothing is written"
    if first is None:
        return f'"{text}" has no number'
    if qualifier(before) is None:
        return f'"{text}" begins with "{before.strip()}", which says nothing of a number'
    return f'"{text}" is not a number and its unit'
