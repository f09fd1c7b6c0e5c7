"""A degree as articles print it, in crosses or in words: `3+`, `mild to moderate`, `scanty`, `grade 2`."""

import re

GRADES = {
    "1+": "1+", "2+": "2+", "3+": "3+", "4+": "4+", "+1": "1+", "+2": "2+", "+3": "3+", "+4": "4+",
    "++": "2+", "+++": "3+", "++++": "4+", "+/-": "+/-", "±": "+/-", "(+)": "+/-",
}  # fmt: skip
"""Grades of a test strip or a smear, as printed → as in the answer lists of LOINC."""

SEVERITIES = frozenset("trivial minimal mild moderate severe massive".split())
"""How grave: of a valve that leaks, of an effusion."""

AMOUNTS = frozenset(
    "scanty scant sparse few rare occasional some light moderate heavy many numerous abundant profuse".split()
)
"""How much or how many: of cells in a film, of bacteria in a smear."""

_SEVERITY = "|".join(sorted(SEVERITIES))
_DEGREE = (
    rf"(?i)(?:very\s+)?(?:{'|'.join(sorted(SEVERITIES | AMOUNTS))})"
    rf"|(?:{_SEVERITY})\s*(?:to|-|/)\s*(?:{_SEVERITY})"
    r"|grade\s*(?:[0-5]|IV|I{1,3}|V)[ab]?(?:\s*/\s*(?:[0-5]|IV|I{1,3}|V))?"
)


def degree(text: str) -> str:
    """The degree that a text is, in small letters and one blank between its words; "" for any other text."""
    written = " ".join(text.split())
    if written in GRADES:
        return GRADES[written]
    if not written[:1].isalpha() or not re.fullmatch(_DEGREE, written):
        return ""
    return written if written[:5].casefold() == "grade" else written.casefold()
