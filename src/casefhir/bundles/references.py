"""A FHIR resource → the references in it, and the same resource with other names in them."""

from collections.abc import Iterator, Mapping
from typing import Any

Json = Any
"""A value of JSON: dict, list, str, int, Decimal, bool or None."""


def references(value: Json) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """
    Each `reference` of a resource, at any depth, with the path that leads to it.

    Source: https://hl7.org/fhir/R4/references.html#Reference
    """
    if isinstance(value, dict):
        for name, member in value.items():
            if name == "reference" and isinstance(member, str):
                yield (name,), member
            elif isinstance(member, (dict, list)):
                yield from (((name, *path), found) for path, found in references(member))
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from (((at, *path), found) for path, found in references(item))


def renamed(value: Json, names: Mapping[str, str]) -> Json:
    """The same resource, with references that are a key of `names` written as its value; others stay."""
    if isinstance(value, dict):
        return {
            name: names.get(member, member)
            if name == "reference" and isinstance(member, str)
            else renamed(member, names)
            for name, member in value.items()
        }
    return [renamed(item, names) for item in value] if isinstance(value, list) else value
