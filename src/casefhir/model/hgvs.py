"""A change of DNA, RNA or protein in the nomenclature of HGVS, text → the same text, if it is in its form."""

import re
from collections.abc import Callable

from casefhir.model.grammar import GrammarError

_REFERENCE = r"[A-Z]{1,4}_?[0-9]+(?:\.[0-9]+)?(?:[tp][0-9]+)?"
_CHANGE = r"[!-9;-~]+"  # any printed sign but a colon
_BEFORE = rf"(?:{_REFERENCE}(?:\([\w./-]+\))?:)?"
_FORMS = {
    "transcript": (_REFERENCE, "NM_005228.4"),
    "dna": (rf"{_BEFORE}[cnm]\.{_CHANGE}", "c.2573T>G"),
    "genomic": (rf"{_BEFORE}g\.{_CHANGE}", "g.55259515T>G"),
    "protein": (rf"{_BEFORE}p\.{_CHANGE}", "p.Leu858Arg"),
}


def change(kind: str) -> Callable[[str], str]:
    """
    The reader of a `dna`, `genomic` or `protein` change, or of a `transcript`; that it exists is not looked up.

    Raises: GrammarError for what belongs under `printed`.
    Source: https://hgvs-nomenclature.org
    """
    form, example = _FORMS[kind]

    def read(text: str) -> str:
        written = text.strip()
        if re.fullmatch(form, written, re.ASCII):
            return written
        blank = "".join(written.split())
        if blank != written and re.fullmatch(form, blank, re.ASCII):
            raise GrammarError(f'"{written}" has a blank in it; write {blank}')
        raise GrammarError(f"\"{written}\" is no HGVS, such as {example}; write it under the key 'printed'")

    return read


def exon(text: str) -> str:
    """
    The number of an exon or intron, or whatever the report calls it: `2`, `14-16`, `intron 3`.

    Raises: GrammarError if nothing is written.
    """
    if not text.strip():
        raise GrammarError("an exon is expected; write e.g. 2")
    return text.strip()
