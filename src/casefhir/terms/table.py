"""One TSV file of this folder → its rows, found by name."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from casefhir.terms.names import fold, near, singular, spelled

_FOLDER = Path(__file__).parent


class Named(Protocol):
    """A row with a name and other names."""

    @property
    def name(self) -> str: ...
    @property
    def also(self) -> tuple[str, ...]: ...


_SLIPS = 3

R = TypeVar("R")
V = TypeVar("V")
N = TypeVar("N", bound=Named)


class Table(Generic[R, V]):
    """The rows of a table, in its order, and what each name stands for."""

    def __init__(self, rows: tuple[R, ...], names: Mapping[str, V], missing: V, first: Callable[[Any], str]) -> None:
        self.rows = rows
        self.names = tuple(names)
        """Every name and other name, as printed in the table."""
        self._printed = names
        self._folded = _folded(names)
        self._missing = missing
        self._first = first

    def get(self, name: str) -> V:
        """What a name stands for, in any spelling; nothing for a name no row has."""
        found = self._printed.get(name)
        return found if found is not None else self._folded.get(fold(name), self._missing)

    def canonical(self, name: str) -> str | None:
        """The first name of what a name stands for, in any spelling; None for a name no row has."""
        found = self.get(name)
        return self._first(found) if found else None

    def near(self, name: str) -> list[str]:
        """Up to three names of the table that a name may be a misspelling of."""
        return near(name, self.names)

    def like(self, name: str) -> list[str]:
        """
        Up to eight names with few slips from a name to them, the nearest first.

        Few is one in four letters, and three at most.
        """
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        written = spelled(name)
        # Another length is another slip: to look only at those of a like length takes a fifth of the time.
        slips = min(_SLIPS, max(1, len(written) // 4))
        lengths = range(len(written) - slips, len(written) + slips + 1)
        choices = [other for length in lengths for other in self._spelled.get(length, ())]
        found = process.extract(written, choices, scorer=OSA.distance, score_cutoff=slips, limit=8)
        return [self._spelled[len(other)][other] for other, _, _ in found]

    def within(self, words: Iterable[str], head: str) -> list[str]:
        """The names made of nothing but some of these words, the head among them; the longest first, a row once."""
        said, key = set(map(_stem, words)), _stem(head)
        by_row: dict[str | None, str] = {}
        found = [name for name, folded in self._keys.items() if key in folded]
        for name in sorted(found, key=lambda name: -name.count(" ")):
            made_of = set(map(_stem, spelled(name).split()))
            if key in made_of and made_of <= said:
                by_row.setdefault(self.canonical(self._keys[name]), name)
        return list(by_row.values())

    @cached_property
    def _keys(self) -> dict[str, str]:
        return _keys(self.names)

    @cached_property
    def _spelled(self) -> dict[int, dict[str, str]]:
        """The names as they are spelled, by their length, and as printed."""
        by_length: dict[int, dict[str, str]] = {}
        for name in self.names:
            other = spelled(name)
            by_length.setdefault(len(other), {}).setdefault(other, name)
        return by_length


def _stem(word: str) -> str:
    return fold(singular(word))


def single(rows: tuple[N, ...]) -> Table[N, N | None]:
    """A table in which a name is one row."""
    names = {name: row for row in rows for name in (row.name, *row.also)}
    return Table(rows, names, None, lambda row: str(row.name))


def grouped(rows: tuple[N, ...]) -> Table[N, tuple[N, ...]]:
    """A table in which a name is all rows that begin with it; any of them holds its other names."""
    groups: dict[str, tuple[N, ...]] = {}
    for row in rows:
        groups[row.name] = (*groups.get(row.name, ()), row)
    names = {name: groups[row.name] for row in rows for name in (row.name, *row.also)}
    return Table(rows, names, (), lambda rows: str(rows[0].name))


def read(table: str, make: Callable[[list[Any]], R]) -> tuple[R, ...]:
    """
    The rows of a file.

    Lines that begin with `#` are comments; the next is the header, whose columns are the fields of
    the row. Empty cells are ""; an empty number is None, no other names are an empty tuple.
    """
    text = (_FOLDER / f"{table}.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]
    columns = [(at, _CELLS[name]) for at, name in enumerate(lines[0]) if name in _CELLS]
    rows = []
    for line in lines[1:]:
        row: list[Any] = [*line]
        for at, cell in columns:
            row[at] = cell(line[at])
        rows.append(make(row))
    return tuple(rows)


def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


def _names(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


_CELLS: dict[str, Callable[[str], object]] = {
    "low": _number,
    "high": _number,
    "factor": _number,
    "also": _names,
    "units": _names,
}


def _keys(names: Iterable[str]) -> dict[str, str]:
    """Names → their keys."""
    # All plain names in one call: 2,000 single calls are most of the time a table takes to load.
    plain = [name for name in names if name.isascii()]
    keys = dict(zip(plain, fold("\n".join(plain)).split("\n"), strict=True))
    return {name: keys.get(name) or fold(name) for name in names}


def _folded(names: Mapping[str, V]) -> dict[str, V]:
    return {key: names[name] for name, key in _keys(names).items()}
