"""What was probably meant: the one of several words that is most like a written one."""

from collections.abc import Iterable

from casefhir.terms.names import near

_SLIPS = 3
"""A word with more slips than these is not offered: of ids as long as a UUID many are as like as that."""

_CLOSEST = 20


def nearest(written: str, words: Iterable[str]) -> str | None:
    """The word that a written one may be a misspelling of; None if none is like it."""
    from rapidfuzz import process  # only for what is wrong
    from rapidfuzz.distance import OSA

    listed = list(words)
    same = [word for word in listed if word.casefold() == written.casefold()]
    if same:
        return same[0]
    like = process.extract(written, listed, scorer=OSA.distance, score_cutoff=_SLIPS, limit=_CLOSEST)
    return next(iter(near(written, [word for word, *_ in like], most=1)), None)


def hint(written: str, words: Iterable[str]) -> str:
    """`; did you mean 'Patient'?`, or nothing."""
    word = nearest(written, words)
    return f"; did you mean {word!r}?" if word else ""
