"""A guide by name → resources that claim its profiles, and fit them; a resource without a guide claims none."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casefhir.fhir.context import Resource
    from casefhir.guides.profile import Guide

_FOLDER = Path(__file__).parent

NAMES = ("ips", "genomics")
"""The guides that are known, each with a file here."""


@cache
def guide(name: str) -> "Guide":
    """
    The guide with a name of `NAMES`.

    Raises: KeyError for another name; ValueError for a file that does not say what it should.
    """
    from casefhir.guides.profile import read

    if name not in NAMES:
        raise KeyError(name)
    return read((_FOLDER / f"{name}.tsv").read_text("utf-8"))


def conforming(resources: Iterable["Resource"], names: Sequence[str]) -> Iterator["Resource"]:
    """Resources as the guides with these names want them; unchanged without a name."""
    if not names:
        return iter(resources)
    from casefhir.guides.profile import conformed

    profiles = [profile for name in names for profile in guide(name)]
    return (conformed(resource, profiles) for resource in resources)
