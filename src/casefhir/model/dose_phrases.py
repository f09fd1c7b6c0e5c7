"""The closed phrases of a dose, words → fields of a Dosage: `by mouth`, `eye drops`, `at night`, `PRN`."""

from decimal import Decimal

from casefhir.model.administration import FORMS, METHODS, NEEDED, ROUTES, SINGLE, SITES, WHENS
from casefhir.model.frequency import Frequency
from casefhir.model.words import Words

Parts = dict[str, object]
"""Names and values of some fields of a Dosage."""

Found = tuple[Parts, int]
"""What was read, and the index of the word after it."""


def phrase(words: Words, first: int) -> Found | None:
    """The longest closed phrase from a word on; hyphens do not count. None where none begins."""
    word = words.next(first).replace("-", "")
    longest = _LONGEST.get(word, 0)
    if longest == 1:
        return PHRASES[word], first + 1
    for end in range(min(first + longest, len(words.lower)), first, -1):
        said = " ".join(words.lower[first:end]).replace("-", "")
        if said in PHRASES:
            return PHRASES[said], end
    return None


def _phrases() -> dict[str, Parts]:
    phrases: dict[str, Parts] = {}
    for field, names in (("route", ROUTES), ("form", FORMS), ("method", METHODS), ("site", SITES)):
        for name, also in names.items():
            released = (other for other in also.split("|") if "-release " in other)
            for said in (*_inflected(field, name), *also.split("|"), *(f"{other}s" for other in released)):
                phrases[said.replace("-", "")] = {field: name}
    for code, also in WHENS.items():
        phrases |= {said: {"when": (code,)} for said in also.split("|")}
    for code, said in (("MORN", "every morning"), ("EVE", "every evening"), ("NIGHT", "every night")):
        phrases[said] = {"frequency": Frequency(said, 1, Decimal(1), "d"), "when": (code,)}
    phrases["nightly"] = {"frequency": Frequency("nightly", 1, Decimal(1), "d"), "when": ("NIGHT",)}
    phrases |= {said: {"as_needed": True} for said in NEEDED.split("|")}
    phrases |= {said: {"count": 1} for said in SINGLE.split("|")}
    phrases.pop("")
    return phrases


def _inflected(field: str, name: str) -> tuple[str, ...]:
    """A name and its adverb, `orally`, or plural, `tablets`."""
    if field == "route" and name.endswith(("al", "ar", "ous")):
        return name, name + "ly"
    if field == "form" and not name.endswith(("s", "ory", "ary", "h")):
        return name, name + "s"
    return (name,)


def _longest() -> dict[str, int]:
    longest: dict[str, int] = {}
    for said in PHRASES:
        first, _, rest = said.partition(" ")
        longest[first] = max(longest.get(first, 0), len(rest.split()) + 1)
    return longest


PHRASES = _phrases()
"""Every phrase, in lower case and without hyphens, and the fields that it fills."""

_LONGEST = _longest()
"""First word of a phrase → words of the longest phrase that begins with it."""
