"""References of a bundle: each names a resource inside it, of a type that may stand there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from casefhir.fhir.gate import entries

# The engine calls back with a reference and nothing else, a thousand times a bundle: what it is
# looked up in stands here, for one bundle at a time.
_types: dict[str, str] = {}
_in_use = threading.Lock()


@contextmanager
def within(bundle: dict[str, Any]) -> Iterator[bool]:
    """Meanwhile references are looked up in this bundle; true when all its entries are plain."""
    names, is_plain = entries.register(bundle)
    with _in_use:
        _types.update(names)
        try:
            yield is_plain
        finally:
            _types.clear()


def resolves(targets: list[str]) -> Callable[[str], bool]:
    """Whether a reference names a resource in the bundle, of one of these types."""
    if "Resource" in targets:
        return _types.__contains__
    allowed, type_of = frozenset(targets), _types.get
    return lambda reference: type_of(reference) in allowed


def is_of_its_type(reference: dict[str, Any]) -> bool:
    """Whether a Reference that says a type says that of the resource it names."""
    actual = _types.get(reference.get("reference", ""))
    return actual is None or actual == reference["type"]


def reason(reference: str, targets: list[str]) -> str:
    """Why a reference does not resolve."""
    actual = _types.get(reference)
    if actual is None:
        return f"{reference!r} names nothing in this bundle"
    return f"names a resource of type {actual}; expected {' or '.join(targets)}"
