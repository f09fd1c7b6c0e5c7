"""One TSV file of this folder → its rows, found by name."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from casefhir.terms.names import fold, near, singular, spelled, spelled_all

_FOLDER = Path(__file__).parent
_SLIPS = 3


class Named(Protocol):
    """A row with a name and other names."""

    @property
    def name(self) -> str: ...
    @property
    def also(self) -> tuple[str, ...]: ...


R = TypeVar("R")
V = TypeVar("V")
N = TypeVar("N", bound=Named)


class Rows(Generic[R]):
    """
    The rows of a file: there are thousands and a case needs a few, so each is made when it is asked for.

    Lines that begin with `#` are comments; the next is the header, whose columns are the fields of
    the row. Empty cells are ""; an empty number is None, no other names are an empty tuple.
    """

    def __init__(self, table: str, make: Callable[[list[Any]], R]) -> None:
        text = (_FOLDER / f"{table}.tsv").read_text("utf-8")
        header, *self._lines = [line for line in text.split("\n") if line and line[0] != "#"]
        self._header = header.split("\t")
        self._columns = [(at, _CELLS[name]) for at, name in enumerate(self._header) if name in _CELLS]
        self._make = make

    def __getitem__(self, at: int) -> R:
        row: list[Any] = self._lines[at].split("\t")
        for column, cell in self._columns:
            row[column] = cell(row[column])
        return self._make(row)

    def __iter__(self) -> Iterator[R]:
        return map(self.__getitem__, range(len(self._lines)))

    @cached_property
    def names(self) -> list[str]:
        """Of each row the name and the other names, parted by `|`."""
        also = self._header.index("also")
        rows = [line.split("\t", also + 1) for line in self._lines]
        return [f"{row[0]}|{row[also]}" if row[also] else row[0] for row in rows]


class Table(Generic[R, V]):
    """The rows of a table, and what each name stands for."""

    def __init__(self, rows: Rows[R], value: Callable[[int], V], missing: V, first: Callable[[Any], str]) -> None:
        self._rows = rows
        self._value = value
        self._missing = missing
        self._first = first
        self._known: dict[str, V] = {}

    @cached_property
    def rows(self) -> tuple[R, ...]:
        """All rows, in the order of the file."""
        return tuple(self._rows)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name and other name, as printed in the table."""
        return tuple(self._printed)

    def get(self, name: str) -> V:
        """What a name stands for, in any spelling; nothing for a name no row has."""
        known = self._known.get(name)
        return known if known is not None else self._found(name)

    def _found(self, name: str) -> V:
        at = self._printed.get(name)
        if at is not None:
            return self._known.setdefault(name, self._value(at))
        at = self._folded.get(fold(name))
        return self._missing if at is None else self._value(at)

    @cached_property
    def _printed(self) -> dict[str, int]:
        return {name: at for at, names in enumerate(self._rows.names) for name in names.split("|")}

    @cached_property
    def _folded(self) -> dict[str, int]:
        return {key: at for at, keys in enumerate(self._keys) for key in keys.split("|")}

    @cached_property
    def _keys(self) -> list[str]:
        """Of each row the keys of its names, parted by `|`."""
        # All plain names in one call: thousands of single calls would be most of the time a table takes to load.
        names = self._rows.names
        plain = fold("\n".join(line if line.isascii() else "" for line in names)).split("\n")
        return [line or fold(name) for line, name in zip(plain, names, strict=True)]

    def canonical(self, name: str) -> str | None:
        """The first name of what a name stands for, in any spelling; None for a name no row has."""
        found = self.get(name)
        return self._first(found) if found else None

    def near(self, name: str) -> list[str]:
        """Up to three names of the table that a name may be a misspelling of."""
        return near(name, self.names)

    def like(self, name: str, *, most: int = _SLIPS) -> list[str]:
        """
        Up to eight names with few slips from a name to them, the nearest first.

        Few is one in four letters, and three or what is given at most.
        """
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        written = spelled(name)
        slips = min(most, max(1, len(written) // 4))
        # Another length is another slip: to look only at those of a like length takes a fifth of the time.
        begin = bisect_left(self._by_length, len(written) - slips, key=len)
        end = bisect_right(self._by_length, len(written) + slips, key=len)
        found = process.extract(written, self._by_length[begin:end], scorer=OSA.distance, score_cutoff=slips, limit=8)
        return [self.names[self._spelled.index(other)] for other, _, _ in found]

    def within(self, words: Iterable[str], head: str) -> list[str]:
        """The names made of nothing but some of these words, the head among them; the longest first, a row once."""
        said, key = set(map(_stem, words)), _stem(head)
        lines = [self._rows.names[row] for row in self._having(key)]
        by_row: dict[str | None, str] = {}
        for name in sorted((name for line in lines for name in line.split("|")), key=lambda name: -name.count(" ")):
            made_of = set(map(_stem, spelled(name).split()))
            if key in made_of and made_of <= said:
                by_row.setdefault(self.canonical(name), name)
        return list(by_row.values())

    def _having(self, key: str) -> Iterator[int]:
        """The rows whose keys have another in them: one text is searched, for to ask each takes fifty times as long."""
        text, starts = self._text
        at = text.find(key)
        while at >= 0:
            line = bisect_right(starts, at)
            yield line - 1
            at = text.find(key, starts[line]) if line < len(starts) else -1

    @cached_property
    def _text(self) -> tuple[str, list[int]]:
        """The keys of the rows, a row a line, and where each begins."""
        return "\n".join(self._keys), [0, *accumulate(len(keys) + 1 for keys in self._keys[:-1])]

    @cached_property
    def _spelled(self) -> list[str]:
        """The names as they are spelled, in the order of `names`."""
        return spelled_all(self.names)

    @cached_property
    def _by_length(self) -> list[str]:
        return sorted(dict.fromkeys(self._spelled), key=len)


def _stem(word: str) -> str:
    return fold(singular(word))


def single(rows: Rows[N]) -> Table[N, N | None]:
    """A table in which a name is one row."""
    return Table(rows, rows.__getitem__, None, lambda row: str(row.name))


def grouped(rows: Rows[N]) -> Table[N, tuple[N, ...]]:
    """A table in which a name is all rows that begin with it; any of them holds its other names."""

    @cache
    def groups() -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, names in enumerate(rows.names):
            found.setdefault(names.partition("|")[0], []).append(at)
        return found

    def group(at: int) -> tuple[N, ...]:
        return tuple(rows[other] for other in groups()[rows.names[at].partition("|")[0]])

    return Table(rows, group, (), lambda rows: str(rows[0].name))


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
