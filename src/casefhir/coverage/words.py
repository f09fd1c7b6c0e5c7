"""A case file → what it says in words, each with its place: in them a fact may hold a number or a name as well."""

from collections.abc import Iterator, Mapping
from typing import Any

from casefhir.article.normal import normalised
from casefhir.article.numbers import numbers
from casefhir.evidence.need import Need, Told
from casefhir.evidence.values import beside, text
from casefhir.source import Path

_NOT_SAID = frozenset(("id", "quote", "rule"))
"""Keys whose text says nothing of the patient, or is that of the article itself."""

_NO_FACTS = frozenset(("casefhir", "id", "part-of", "include", "article", "doubts", "left-out"))
"""Sections without facts of the patient."""


def all_words(data: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """Every text of the facts of a case file, names that are keys among them, in the order of the file."""
    for section, value in data.items():
        if section not in _NO_FACTS:
            yield (section,), section
            yield from _words(value, (section,))


def own_words(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """The texts at a place of a case file, without those of parts that have a quote of their own."""
    for step in path:
        data = data[step]
    yield from _words(data, path, whole=False)


def _words(value: Any, path: Path, *, whole: bool = True) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            if key in _NOT_SAID:
                continue
            yield (*path, key), key
            if whole or not (isinstance(part, Mapping) and "quote" in part):
                yield from _words(part, (*path, key), whole=whole)
    elif isinstance(value, list | tuple):
        for position, part in enumerate(value):
            if whole or not (isinstance(part, Mapping) and "quote" in part):
                yield from _words(part, (*path, position), whole=whole)
    elif value is not None and not isinstance(value, bool):
        yield path, str(value)


def needs_of(said: str, path: Path) -> Iterator[Need]:
    """The numbers and dates of a text; numbers in words as well, which no passage must print but may."""
    yield from text(said, path)
    normal = normalised(said).text
    for number in numbers(normal):
        if number.spelled:
            yield Told(path, number.text, number.value, *beside(normal, number.start, number.end))
