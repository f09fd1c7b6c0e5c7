"""A quote → the passages in which its pieces stand, in their order."""

import re
from collections.abc import Iterator
from functools import lru_cache

from casefhir.article.normal import normalised
from casefhir.evidence.index import BLANKS, HYPHENS, Index, Other, Searched, small, squeezed


def standing(quote: str, index: Index) -> Iterator[Searched]:
    """The passages in which a quote stands."""
    wanted = _squeezed_pieces(quote)
    return (part for part in index.with_piece(wanted[0]) if _in_order(wanted, part.squeezed))


def of_others(quote: str, index: Index) -> tuple[Searched, Other] | None:
    """The first passage in which a quote stands and tells of another patient, and what says so."""
    for part, stretches in index.others:
        for start, end in spans(quote, part.text):
            for other in stretches:
                if start < other.end and other.start < end:
                    return part, other
    return None


def stands(quote: str, part: Searched) -> bool:
    """Whether the pieces of a quote stand in a passage, in their order."""
    wanted = _squeezed_pieces(quote)
    return wanted[0] in part.squeezed and _in_order(wanted, part.squeezed)


def pieces(quote: str) -> tuple[str, ...]:
    """The pieces between `…`, in normal form."""
    return tuple(filter(None, (normalised(piece).text.strip() for piece in re.split(r"…|\.\.\.", quote))))


@lru_cache(maxsize=512)
def _squeezed_pieces(quote: str) -> tuple[str, ...]:
    return tuple(squeezed(piece) for piece in pieces(quote)) or ("",)


def _in_order(wanted: tuple[str, ...], text: str) -> bool:
    at = 0
    for piece in wanted:
        found = _whole(piece).search(text, at)
        if found is None:
            return False
        at = found.end()
    return True


@lru_cache(maxsize=512)
def _whole(piece: str) -> re.Pattern[str]:
    """A piece of which neither end is within a number; 8 does not stand in 18, 8.5 or 85."""
    before = r"(?<![0-9])(?<![0-9][.,])" if piece[:1].isdigit() else ""
    behind = r"(?![0-9])(?![.,][0-9]{1,3}(?![0-9]))" if piece[-1:].isdigit() else ""
    return re.compile(f"{before}{re.escape(piece)}{behind}")


def spans(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """From the first piece of a quote to the end of the last, in a text in normal form; nothing where it is not."""
    wanted = _squeezed_pieces(quote)
    close = squeezed(text)
    if not _in_order(wanted, close):
        return
    first = _whole(wanted[0]).search(close)
    assert first
    at, last = first.start(), first
    for piece in wanted:
        found = _whole(piece).search(close, at)
        assert found
        at, last = found.end(), found
    places = _places(text)
    yield places[first.start()], places[last.end() - 1] + 1


def _places(text: str) -> list[int]:
    """For each character of a squeezed text its place in the text."""
    lower = small(text)
    blanks = {at for found in BLANKS.finditer(lower) for at in range(*found.span())}
    kept = [at for at in range(len(lower)) if at not in blanks]
    close = "".join([lower[at] for at in kept])
    hyphens = {found.start() for found in HYPHENS.finditer(close)}
    return [at for position, at in enumerate(kept) if position not in hyphens]
