"""References of a bundle: each names a resource inside it, of a type that may stand there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from casefhir.fhir.gate import entries


class _Here(threading.local):
    """The bundle under check: the engine calls back with a reference, and with nothing else."""

    def __init__(self) -> None:
        self.types: dict[str, str] = {}


_here = _Here()


@contextmanager
def within(bundle: dict[str, Any]) -> Iterator[bool]:
    """Meanwhile references are looked up in this bundle; true when all its entries are plain."""
    _here.types, is_plain = entries.register(bundle)
    try:
        yield is_plain
    finally:
        _here.types = {}


def resolves(targets: list[str]) -> Callable[[str], bool]:
    """Whether a reference names a resource in the bundle, of one of these types."""
    if "Resource" in targets:
        return lambda reference: reference in _here.types
    allowed = frozenset(targets)
    return lambda reference: _here.types.get(reference) in allowed


def is_of_its_type(reference: dict[str, Any]) -> bool:
    """Whether a Reference that says a type says that of the resource it names."""
    actual = _here.types.get(reference.get("reference", ""))
    return actual is None or actual == reference["type"]


def reason(reference: str, targets: list[str]) -> str:
    """Why a reference does not resolve."""
    actual = _here.types.get(reference)
    if actual is None:
        return f"{reference!r} names nothing in this bundle"
    return f"names a resource of type {actual}; expected {' or '.join(targets)}"
