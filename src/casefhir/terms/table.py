"""One TSV file of this folder → its rows, found by name."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from itertools import islice, takewhile
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from casefhir.terms.names import fold, in_other_number, near, singular, spelled

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

    The first lines, which begin with `#`, are comments; the next is the header, whose columns are the fields of
    the row. Empty cells are ""; an empty number is None, no other names are an empty tuple.
    """

    def __init__(self, table: str, make: Callable[[list[Any]], R]) -> None:
        self.table = table
        lines = (_FOLDER / f"{table}.tsv").read_text("utf-8").rstrip("\n").split("\n")
        head = next(at for at, line in enumerate(lines) if not line.startswith("#"))
        self._header, self._lines = lines[head].split("\t"), lines[head + 1 :]
        self._columns = [(at, _CELLS[name]) for at, name in enumerate(self._header) if name in _CELLS]
        self._make = make

    def __iter__(self) -> Iterator[R]:
        return map(self._row, self._lines)

    def named(self, name: str) -> tuple[R, ...]:
        """The rows with a name as their first; they follow each other, for a table is sorted by it."""
        begin = bisect_left(self._lines, _order(name), key=lambda line: _order(line.partition("\t")[0]))
        start = f"{name}\t"
        return tuple(map(self._row, takewhile(lambda line: line.startswith(start), islice(self._lines, begin, None))))

    def _row(self, line: str) -> R:
        row: list[Any] = line.split("\t")
        for column, cell in self._columns:
            row[column] = cell(row[column])
        return self._make(row)

    def names(self) -> list[str]:
        """All names and other names, row by row."""
        also = self._header.index("also")
        rows = [line.split("\t", also + 1) for line in self._lines]
        return "|".join([f"{row[0]}|{row[also]}" if row[also] else row[0] for row in rows]).split("|")


def _order(name: str) -> tuple[str, str]:
    """What a table is sorted by."""
    return name.casefold(), name


class Table(Generic[N, V]):
    """The rows of a table, and what each name stands for."""

    def __init__(self, rows: Rows[N], value: Callable[[tuple[N, ...]], V], missing: V) -> None:
        self._rows = rows
        self._value = value
        self._missing = missing
        self._known: dict[str, tuple[str, V]] = {}
        self._by_first: dict[str, list[str]] = {}
        self._by_last: dict[str, list[str]] = {}

    @cached_property
    def rows(self) -> tuple[N, ...]:
        """All rows, in the order of the file."""
        return tuple(self._rows)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name and other name, as printed in the table."""
        return tuple(dict.fromkeys(self._rows.names()))

    def get(self, name: str) -> V:
        """What a name stands for, in any spelling; nothing for a name no row has."""
        found = self._known.get(name) or self._found(name)
        return found[1] if found else self._missing

    def canonical(self, name: str) -> str | None:
        """The first name of what a name stands for, in any spelling; None for a name no row has."""
        found = self._known.get(name)
        return found[0] if found else self.first(fold(name))

    def first(self, key: str) -> str | None:
        """
        The first name of what a name stands for, by its key, or by that of its plural or singular; None for neither.

        Not of tests: `metanephrines` are two of them, and `hemoglobin S` is one.
        """
        if (found := self._exactly(key)) or self._rows.table == "labs":
            return found
        return next(filter(None, map(self._exactly, in_other_number(key))), None)

    def _exactly(self, key: str) -> str | None:
        start = f"{key}\t"
        at = bisect_left(self._index, start)
        if at == len(self._index) or not self._index[at].startswith(start):
            return None
        return self._index[at][len(start) :]

    def named(self, name: str) -> tuple[N, ...]:
        """The rows with a name as their first, as printed."""
        return self._rows.named(name)

    def _found(self, name: str) -> tuple[str, V] | None:
        first = self.first(fold(name))
        if first is None:
            return None
        if first not in self._known:
            rows = self._rows.named(first)
            printed = (other for row in rows for other in (row.name, *row.also))
            self._known |= dict.fromkeys(printed, (first, self._value(rows)))
        return self._known[first]

    @cached_property
    def _index(self) -> list[str]:
        """Every name as `fold` has it, with the first name of its row: sorted, to be found without reading them all."""
        return self._text.rstrip("\n").split("\n")

    @cached_property
    def _text(self) -> str:
        return (_FOLDER / "index" / f"{self._rows.table}.txt").read_text("utf-8")

    def near(self, name: str) -> list[str]:
        """Up to three names of the table that a name may be a misspelling of."""
        return near(name, self.names)

    def like(self, name: str, *, most: int = _SLIPS) -> list[str]:
        """
        Up to eight names with few slips from a name to them, the nearest first.

        Few is one in four letters, and three or what is given at most.
        The first letter or the last is the same: to look only at those names takes a fifth of the time, and a slip in
        both is rare.
        """
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        written = fold(name)
        slips = min(most, max(1, len(written) // 4))
        choices = dict.fromkeys(key for keys in self._ends_of(written) for key in _of_length(keys, written, slips))
        found = process.extract(written, list(choices), scorer=OSA.distance, score_cutoff=slips, limit=8)
        return [self._printed(key) for key, _, _ in found]

    def _printed(self, key: str) -> str:
        """The name that `fold` makes a key of."""
        first = self._index[bisect_left(self._index, f"{key}\t")].partition("\t")[2]
        return next(name for row in self._rows.named(first) for name in (row.name, *row.also) if fold(name) == key)

    def _ends_of(self, key: str) -> tuple[list[str], list[str]]:
        """The keys of all names with the same first letter, and those with the same last one, the short ones first."""
        return self._begun(key[:1]), self._ended(key[-1:])

    def _begun(self, letter: str) -> list[str]:
        if letter not in self._by_first:
            begin, end = (bisect_left(self._index, bound) for bound in (letter, f"{letter}\U0010ffff"))
            keys = [line.partition("\t")[0] for line in self._index[begin:end]]
            self._by_first[letter] = sorted(dict.fromkeys(keys), key=len)
        return self._by_first[letter]

    def _ended(self, letter: str) -> list[str]:
        if letter not in self._by_last:
            # One text is cut behind each of these keys, for to ask each key of the table takes far longer.
            cut = self._text.split(f"{letter}\t")[:-1]
            keys = [piece[piece.rfind("\n") + 1 :] + letter for piece in cut]
            self._by_last[letter] = sorted(dict.fromkeys(keys), key=len)
        return self._by_last[letter]

    def within(self, words: Iterable[str], head: str) -> list[str]:
        """The names made of nothing but some of these words, the head among them; the longest first, a row once."""
        said, key = set(map(_stem, words)), _stem(head)
        by_row: dict[str, str] = {}
        # A plural is up to three letters longer; a name that is longer still has another word.
        longest = sum(len(stem) + 3 for stem in said)
        short = [found for found in self._with(key, longest) if found[0].count(" ") < len(said)]
        for name, first in sorted(short, key=lambda found: -found[0].count(" ")):
            made_of = set(map(_stem, spelled(name).split()))
            if key in made_of and made_of <= said:
                by_row.setdefault(first, name)
        return list(by_row.values())

    def kinds(self, word: str) -> list[str]:
        """The names with a word at their end, the shortest first, a row once: `multiple myeloma` of `myeloma`."""
        key = _stem(word)
        by_row: dict[str, str] = {}
        for name, first in sorted(self._with(key), key=lambda found: (len(found[0]), found[0])):
            if _stem(spelled(name).rpartition(" ")[2]) == key:
                by_row.setdefault(first, name)
        return list(by_row.values())

    def _with(self, key: str, longest: int | None = None) -> list[tuple[str, str]]:
        """The names of the rows that have a key in one of their names, in their order, each with the first one."""
        firsts = set(self._firsts(key, longest))
        rows = [row for first in sorted(firsts, key=_order) for row in self._rows.named(first)]
        return [(name, row.name) for row in rows for name in (row.name, *row.also)]

    def _firsts(self, key: str, longest: int | None) -> Iterator[str]:
        """The first name of each name with a key in it: one text is searched, for to ask each name takes far longer."""
        at = self._text.find(key)
        while at >= 0:
            end = self._text.index("\n", at)
            begin, tab = self._text.rfind("\n", 0, at) + 1, self._text.rindex("\t", 0, end)
            if longest is None or tab - begin <= longest:
                yield self._text[tab + 1 : end]
            at = self._text.find(key, end)


def _of_length(keys: list[str], key: str, slips: int) -> list[str]:
    """Those of a like length, for another length is another slip."""
    begin = bisect_left(keys, len(key) - slips, key=len)
    return keys[begin : bisect_right(keys, len(key) + slips, key=len)]


def _stem(word: str) -> str:
    return fold(singular(word))


def single(rows: Rows[N]) -> Table[N, N | None]:
    """A table in which a name is one row."""
    return Table(rows, lambda named: named[0], None)


def grouped(rows: Rows[N]) -> Table[N, tuple[N, ...]]:
    """A table in which a name is all rows that begin with it; any of them holds its other names."""
    return Table(rows, lambda named: named, ())


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
