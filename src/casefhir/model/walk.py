"""A case → all the moments, quotes and conflicts that are written in it, each with its place."""

from collections import defaultdict
from types import NoneType
from typing import Any, NamedTuple, get_args

from casefhir.model.age import Age
from casefhir.model.base import key_of
from casefhir.model.case import Case
from casefhir.model.code import Code
from casefhir.model.dose import Dosage
from casefhir.model.duration import Duration
from casefhir.model.fields import Conflict
from casefhir.model.points import Points
from casefhir.model.quantity import Quantity
from casefhir.model.result import Result
from casefhir.model.site import Site
from casefhir.model.table import Row
from casefhir.model.when import When

Path = tuple[str | int, ...]


class Written(NamedTuple):
    """What stands in a case here and there."""

    moments: dict[When, list[Path]]
    quotes: list[tuple[Path, str]]
    conflicts: list[tuple[Path, Conflict]]


def written(case: Case) -> Written:
    """Every moment, quote and conflict of a case, found in one walk."""
    found = Written(defaultdict(list), [], [])
    _walk(case, (), found)
    return found


def _walk(value: Any, path: Path, found: Written) -> None:
    kind = type(value)
    if kind in _WHENS:
        found.moments[value].append(path)
    elif kind is Row:
        found.moments[value.moment].append((*path[:-1], value.row, 0))
    elif kind is tuple or kind is dict:
        for step, part in enumerate(value) if kind is tuple else value.items():
            if type(part) not in _LEAVES:
                _walk(part, (*path, step), found)
    else:
        for name, part in vars(value).items():
            if not part or name == "row":  # which names a line of a table, whose moment is found there
                continue
            if name == "quote":
                found.quotes.append(((*path, name), part))
            elif name == "conflict":
                found.conflicts.append(((*path, name), part))
            elif type(part) not in _LEAVES:
                _walk(part, (*path, key_of(name)), found)


_WHENS = frozenset(get_args(When))
_LEAVES = frozenset((str, int, bool, NoneType, Age, Code, Dosage, Duration, Points, Result, Site, *get_args(Quantity)))
