"""The place on a chromosome → how an article prints it: `4p16`, or in two brackets as `t(4;14)(p16;q32)` has it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from casefhir.evidence.index import Searched
from casefhir.source import Path


class Locus(NamedTuple):
    """
    A place on a chromosome, `4p16`.

    Source: https://varnomen.hgvs.org/bg-material/consultation/ISCN/
    """

    path: Path
    said: str

    def places(self, part: Searched) -> Iterator[tuple[int, int]]:
        yield from (found.span() for found in re.finditer(rf"(?<![\w.]){re.escape(self.said)}(?![0-9])", part.text))
        for found in _CHANGE.finditer(part.text):
            if any(band.startswith(self.said) for band in _bands(found)):
                yield found.span()


LOCUS = re.compile(r"(?:[0-9]{1,2}|[XY])[pq](?:[0-9]+(?:\.[0-9]+)?)?")
"""A chromosome with one of its arms, and perhaps a band."""

_CHANGE = re.compile(r"\((?P<chromosomes>[0-9XY]{1,2}(?:;[0-9XY]{1,2})*)\)\s?\((?P<bands>[pq0-9.;]+)\)")


def _bands(change: re.Match[str]) -> Iterator[str]:
    """The places that a change has: 4p16 and 14q32 of `t(4;14)(p16;q32)`, 16p13 and 16q22 of `inv(16)(p13q22)`."""
    chromosomes, bands = change["chromosomes"].split(";"), change["bands"].split(";")
    if len(chromosomes) == len(bands):
        for chromosome, those in zip(chromosomes, bands, strict=True):
            yield from (f"{chromosome}{band}" for band in re.findall(r"[pq][0-9]+(?:\.[0-9]+)?", those))
