"""The reference ranges of the columns of a case's tables × the article → those that it prints otherwise, or nowhere."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from casefhir.chart import Chart
from casefhir.evidence.claim import Claim
from casefhir.evidence.index import Index, Searched, text_of
from casefhir.evidence.names import Names
from casefhir.evidence.need import Need, Numbers, is_met
from casefhir.evidence.remark import Remark
from casefhir.evidence.shown import shown
from casefhir.evidence.tables import Matched, heads_of, matched
from casefhir.evidence.values import needs
from casefhir.model.reference import Reference
from casefhir.model.result import Result
from casefhir.model.table import Cell
from casefhir.source import Path


class _Limits(NamedTuple):
    """Where the article prints the range of a column: a cell of references, or the head of the column."""

    text: str
    part: Searched
    start: int
    end: int


class _Column(NamedTuple):
    """A column of a case with a reference range, and where its table prints one."""

    name: str
    path: Path
    reference: Reference
    needs: tuple[Need, ...]
    """What must be printed."""

    printed: tuple[_Limits, ...]

    def is_in(self, limits: _Limits) -> bool:
        return all(is_met(need, text_of(limits.text)) for need in self.needs)


def proven_limits(chart: Chart, index: Index) -> Iterator[tuple[Path, Searched, int, int]]:
    """The printed reference ranges that columns of a case have: the place of each column, and where."""
    for column in _columns(chart, index):
        yield from ((column.path, one.part, one.start, one.end) for one in column.printed if column.is_in(one))


def column_limits(chart: Chart, index: Index, names: Names) -> Iterator[Remark]:
    """
    The ranges that a printed table has otherwise, and those that the article has nowhere, one remark a column.

    A table may print them in a column or row of references, or in the heads of its columns; the text may have others,
    which are as good where they stand beside the name of the test. `<5` is printed as `0-5` as well.
    """
    for column in _columns(chart, index):
        if any(map(column.is_in, column.printed)) or _is_beside(column, names):
            continue
        if column.printed:
            first = column.printed[0]
            told = f"the range of {column.name} is printed as {first.text!r}, and not {column.reference.text!r}"
            yield Remark("other_cell", column.path, f"{told}: {shown(first.part, first.end)}")
        elif not any(all(is_met(need, part) for need in column.needs) for part in index.whole()):
            told = f"the article has no range {column.reference.text!r} of {column.name}"
            yield Remark("number_not_printed", column.path, f"{told}; leave it out of the header")


def is_apart(need: Need, claim: Claim, names: Names) -> bool:
    """Whether it is a reference range that stands, beside the name of its test, in a head or where such are printed."""
    if not (isinstance(need, Numbers) and need.is_range):
        return False
    return any(
        is_met(need, part) and names.is_beside(claim, need, part)
        for part in names.passages(claim)
        if (part.row and not part.row.header) or _OF_LIMITS.search(part.text)
    )


def _columns(chart: Chart, index: Index) -> Iterator[_Column]:
    """The columns with a range of which the article has any cell."""
    if not any(_of(cell) for cell in _cells(chart)):
        return
    for one in matched(chart, index):
        for first in one.table.rows[0].cells:
            reference = next(_references(one, first.column), None)
            if reference and (reference.low, reference.high) != (None, None) and one.columns[first.column]:
                limits = tuple(needs(Result("", reference=reference), ()))
                path = (*one.path, "rows", *first.head)
                yield _Column(first.column, path, reference, limits, tuple(_printed(one, first.column, index)))


def _cells(chart: Chart) -> Iterator[Cell]:
    return (cell for table in chart.case.tables for row in table.rows for cell in row.cells)


def _references(one: Matched, column: str) -> Iterator[Reference]:
    for row in one.table.rows:
        for cell in row.cells:
            if cell.column == column:
                yield from _of(cell)


def _of(cell: Cell) -> tuple[Reference, ...]:
    """What is printed beside the test of a cell: what is normal, or other limits."""
    result = cell.result
    return () if result is None else (*((result.reference,) if result.reference else ()), *result.limits)


def _printed(one: Matched, column: str, index: Index) -> Iterator[_Limits]:
    """Where the tables print a range for a column; a line of the case is no line of references: `normal saline`."""
    moments = {label for labels in one.rows.values() for label in labels}
    for cell in one.columns[column]:
        if cell.row not in moments and _OF_LIMITS.search(cell.row) and _is_range(cell.text):
            yield _Limits(cell.text, cell.part, cell.start, cell.start + len(cell.text))
    labels = {cell.column for cell in one.columns[column]}
    for label, part, start, end in heads_of(index):
        if label in labels and _is_range(label):
            yield _Limits(label, part, start, end)


_OF_LIMITS = re.compile(r"\b(?:ref(?:erences?)?|normal|range|limits?)\b", re.IGNORECASE)
"""What the head of reference ranges is called."""

_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_RANGE = re.compile(
    rf"(?<![\w.-])(?:[<>≤≥]=?\s?{_NUMBER}|(?:up\sto|below|under|less\sthan|above|over|more\sthan)\s{_NUMBER}|"
    rf"(?P<low>{_NUMBER})\s?(?:[-–−]|to)\s?(?P<high>{_NUMBER}))(?![\w-]|\.[0-9])"
    r"(?!\s?(?:s|min|h|hours?|d|days?|weeks?|months?|y|years?)\b)",
    re.IGNORECASE,
)
"""A range or a bound, and none of time; that of `CA 19-9` falls, and is none either."""


def _is_range(text: str) -> bool:
    found = _RANGE.finditer(text_of(text).text)
    return any(one["low"] is None or Decimal(one["low"]) < Decimal(one["high"]) for one in found)


def _is_beside(column: _Column, names: Names) -> bool:
    """Whether the range stands beside the name of the test in a sentence, or in a caption or footnote with it."""
    claim = Claim(column.path, ((column.path, column.name.replace("-", " ")),), None, (), (), (), (), None, True)
    return any(
        all(is_met(need, part) for need in column.needs)
        and all(names.is_beside(claim, need, part) for need in column.needs)
        for part in names.passages(claim)
        if part.row is None
    )
