"""A paragraph in normal form → where each of its sentences begins and ends."""

import re
from collections.abc import Iterator

_END = re.compile(r"""[.!?](?:["')\]]?|(?<=[a-z)\]]\.)(?:\^|\[)?[0-9][0-9,-]{0,8}\]?)\s+(?=["'(\[]?[A-Z0-9Α-Ω])""")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[])(?:e\.g|i\.e|et al|cf|vs|resp|approx|ca|no|nr|fig|figs|tab|dr|drs|prof|mr|mrs|ms|st|inc|ltd|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[A-Za-z])\.?\Z",
    re.IGNORECASE,
)
_LONGEST = 4000
"""Characters of a sentence at most; the searches in one take a time that grows with the square of its length."""

_UNIT_LETTER = re.compile(r"[0-9/]\s?(?:[A-Za-z]|ms)\Z")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """
    Start and end of each sentence.

    A full stop ends one if a blank and a capital letter or a digit follow it; not that of `et al.`, `e.g.`, `Jan.`
    and other abbreviations, and not that behind a single letter, which is an initial.
    What goes on for longer than any sentence is parted at a blank.
    """
    for start, end in _sentences(text):
        while end - start > _LONGEST:
            cut = text.rfind(" ", start, start + _LONGEST)
            cut = cut if cut > start else start + _LONGEST
            yield start, cut
            start = cut + (text[cut] == " ")
        yield start, end


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _END.finditer(text):
        before = text[max(start, found.start() - 12) : found.start()]
        if found[0][0] == "." and _is_abbreviation(before):
            continue
        end = found.end() - (len(found[0]) - len(found[0].rstrip()))
        yield start, end
        start = found.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def _is_abbreviation(before: str) -> bool:
    """Whether the full stop behind these characters is that of an abbreviation; none are `1.8 g.` and `438 ms.`."""
    return bool(_ABBREVIATION.search(before)) and not _UNIT_LETTER.search(before)
