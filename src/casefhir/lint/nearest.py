"""What was probably meant: the one of several words that is most like a written one."""

from collections.abc import Iterable

from casefhir.terms.names import near


def nearest(written: str, words: Iterable[str]) -> str | None:
    """The word that a written one may be a misspelling of; None if none is like it."""
    listed = list(words)
    same = [word for word in listed if word.casefold() == written.casefold()]
    return next(iter(same or near(written, listed, most=1)), None)


def hint(written: str, words: Iterable[str]) -> str:
    """`; did you mean 'Patient'?`, or nothing."""
    word = nearest(written, words)
    return f"; did you mean {word!r}?" if word else ""
