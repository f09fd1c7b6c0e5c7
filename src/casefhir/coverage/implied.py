"""A name that a fact holds → the other names that it says: `red cells` of a transfusion, `CT` of `chest CT`."""

import re
from collections.abc import Iterator

from casefhir.source import Path


def implied(path: Path, said: str) -> Iterator[str]:
    """What a text of the case says as well as itself."""
    first, _, last = said.rpartition(" ")
    if first and last.casefold() in ("vaccine", "vaccination", "transfusion"):
        yield first
        yield f"{first.removeprefix('packed ')}s"
    if path[0] == "labs" and said.casefold().startswith("urine "):
        yield "urinalysis"
    if path[0] == "allergies" and path[-1] in ("name", "of"):
        yield f"{said.removesuffix('s')} allergy"
    if path[0] == "labs" and (specimen := _SPECIMEN.fullmatch(said)):
        yield specimen["test"]
    if path[0] == "labs" and _PART.fullmatch(last):
        yield first


_SPECIMEN = re.compile(r"(?P<test>.+) in (?:urine|serum|plasma|blood|stool|saliva|(?:cerebrospinal )?fluid|CSF)")
_PART = re.compile(r"Ig[ADEGM]|C[34]d?", re.ASCII)
"""A part of a test that an article names for all of them: `the direct antiglobulin test was positive for C3d`."""


def kinds(name: str) -> Iterator[str]:
    """What a longer name is a kind of, the nearest first: `kidney injury` and `injury` of `acute kidney injury`."""
    before, of, _ = name.partition(" of ")
    if of:
        yield before
        return
    words = name.split(" ")
    yield from (" ".join(words[start:]) for start in range(1, len(words)))


def ingredients(name: str) -> Iterator[str]:
    """What a salt or an ester of a drug may be called for short: `mycophenolate` of `mycophenolate mofetil`."""
    words = name.split(" ")
    yield from (" ".join(words[:end]) for end in range(len(words) - 1, 0, -1))
