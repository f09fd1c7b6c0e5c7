"""A text that is no laboratory result → what is wrong with it, and the nearest right form."""

import re
from collections.abc import Callable, Iterable

from casefhir.model.grammar import GrammarError


def refusal(text: str, words: Iterable[str]) -> GrammarError:
    """Why a text is no result: a word that is nearly one of those known, or free words."""
    if not text:
        return GrammarError("nothing is written; write a number and its unit, or a word such as negative")
    if text.casefold().strip(".") in _NOT_TOLD:
        return GrammarError(f'"{text}" is no result; leave the line out, or write not measured if it was not done')
    if text.casefold().replace(".", "") == "nd":
        return GrammarError(f'"{text}" has two readings; write not detected or not measured')
    from difflib import get_close_matches

    first = text.split()[0].casefold()
    near = get_close_matches(first, [word for word in words if len(word) > 2], 1, 0.8)
    if near and near[0] != first:
        return GrammarError(f'"{text}" begins with an unknown word; did you mean {near[0]}?')
    quote = "'" if '"' in text else '"'
    offer = f"{{text: {quote}{text}{quote}}}"
    if number := re.search(r"[<>≤≥]?\s?[0-9].*", text):
        offer = f"{number[0].strip()} with the words as a note, or {offer}"
    return GrammarError(f'"{text}" begins with neither a number nor a word such as negative; write {offer}')


_UNTOLD = ("available", "reported", "given", "mentioned", "told")
_NOT_TOLD = frozenset(
    ("unknown", "n/a", "na", "not available", "not reported", "not given", "not mentioned", "missing")
)


def unclear(remark: re.Match[str], reads: Callable[[str], bool]) -> GrammarError:
    """
    What to say of a bracket that is neither a reference nor a flag: the form for a misprint, or the limits in it.

    `reads` says whether the grammar of results reads a text as a reference.
    """
    said = remark[1].strip()
    if printed := re.fullmatch(r"(?i)(?:mis)?printed(?: as|:)?\s(.+)", said):
        value = " ".join(f"{remark.string[: remark.start()]} {remark.string[remark.end() :]}".split())
        quote = "'" if '"' in printed[1] else '"'
        form = f"{{value: {value}, printed: {quote}{printed[1].strip()}{quote}, why: …}}"
        return GrammarError(f'"{remark[0]}" is unclear; write {form}', remark.start())
    limits = re.search(r"(?:[<>≤≥]=?|(?:up to|less than|more than|below|above|under|over)\b)?\s*[−-]?[0-9].*", said)
    upper = re.fullmatch(r"(?i)(?:ULN|upper limit(?: of (?:the )?normal)?)\s*[:=]?\s*([0-9].*)", said)
    if reads(offer := f"up to {upper[1]}" if upper else said):
        return GrammarError(f'"{remark[0]}" is unclear; a reference is (normal {offer})', remark.start())
    if limits and reads(offer := limits[0].strip()):
        is_normal = re.search(r"(?i)\b(?:normal|ref(?:erence)?)\b[^a-z]*$", said[: limits.start()])
        told = f"a reference is (normal {offer}), and the rest is a note" if is_normal else _other_limits(offer)
        return GrammarError(f'"{remark[0]}" is unclear; {told}', remark.start())
    forms = "write it as a note, or a reference as (normal 3-5)"
    return GrammarError(f'"{remark[0]}" is unclear; {forms}', remark.start())


def _other_limits(limits: str) -> str:
    others = ", ".join(f"({word} {limits})" for word in ("toxic", "therapeutic", "critical", "cut-off"))
    return f"write (normal {limits}) only if that is what is normal, else {others} or a note"
