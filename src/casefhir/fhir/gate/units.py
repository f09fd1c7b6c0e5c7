"""Unit codes: whether one is valid UCUM, by what is known, else by a UCUM library."""

from __future__ import annotations

import functools
from collections.abc import Collection
from typing import Any

_known: set[str] = set()


def accept(codes: Collection[str]) -> None:
    """Take these codes for valid UCUM from now on; that a code is valid never changes."""
    _known.update(codes)


def is_ucum(code: str) -> bool:
    """Whether a code is valid UCUM, case sensitive."""
    return code in _known or _is_parsed(code)


@functools.cache
def _is_parsed(code: str) -> bool:
    """What the library says; loading it takes half a second, so only for an unknown code."""
    from lark.exceptions import LarkError

    try:
        _parser().parse(code)
    except LarkError:
        return False
    return True


@functools.cache
def _parser() -> Any:
    from ucumvert import get_ucum_parser

    return get_ucum_parser()
