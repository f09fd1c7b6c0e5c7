"""What `cells:` says of a table, against the cells that the table has."""

from collections.abc import Iterator
from typing import NamedTuple

from casefhir.cells import is_column, rows_of
from casefhir.chart import Chart
from casefhir.columns import OF_A_DOSE, doses_of
from casefhir.model.findings import CellDetail, LabValue, Table
from casefhir.model.table import Cell
from casefhir.rules.rule import Remarks
from casefhir.source import Path
from casefhir.terms.names import near


class _Item(NamedTuple):
    """One item of `cells:`."""

    path: Path
    table: Table
    detail: CellDetail
    cells: tuple[Cell, ...]
    """The cells that it is about; none if the table has no such row or column."""


def unknown_cell(chart: Chart) -> Remarks:
    """
    An item of `cells:` names a line or a column that its table does not have, or that it has twice.

    Why: what is said there would be said of nothing.
    Bad:  cells: [{row: 2021-01-10, column: CRP, note: haemolysed}], and the table has no line of that day
    Good: cells: [{row: 2021-01-09, column: CRP, note: haemolysed}]
    """
    for path, table, detail, _ in _items(chart):
        columns = [cell.column for cell in table.rows[0].cells]
        if not any(is_column(column, detail.column) for column in columns):
            told = f"the table {table.name!r} has no column {detail.column!r}"
            yield (*path, "column"), f"{told}{_instead(detail.column.partition('[')[0], columns)}"
        if detail.row and len(lines := rows_of(detail, table)) != 1:
            moments = list(dict.fromkeys(row.moment.text for row in table.rows))
            told = f"{len(lines)} lines of {detail.row.text}; name each by an event of its own" if lines else ""
            told = told or f"no line of {detail.row.text}{_instead(detail.row.text, moments)}"
            yield (*path, "row"), f"the table {table.name!r} has {told}"


def _instead(written: str, names: list[str]) -> str:
    """The nearest name that a table has, or all that it has."""
    like = [name for name in names if name.casefold() == written.casefold()] or near(written, names)
    return f"; did you mean {' or '.join(map(repr, like))}?" if like else f"; there is {', '.join(names)}"


def said_twice(chart: Chart) -> Remarks:
    """
    Two items of `cells:` say the same key of one cell, or two of one column.

    Why: nobody could tell which of the two counts. What is said of a cell may differ from what is said of its column.
    Bad:  cells: [{row: 2021-01-09, column: CRP, note: early}, {row: 2021-01-09, column: CRP, note: late}]
    Good: cells: [{row: 2021-01-09, column: CRP, note: "early, and late"}]
    """
    first: dict[tuple[Path, int, str, bool, str], int] = {}
    for path, _, detail, cells in _items(chart):
        told = set[str]()
        for cell in cells:
            for key in _keys(detail):
                other = first.setdefault((path[:2], cell.row, cell.column, detail.row is None, key), int(path[3]))
                if other != path[3] and key not in told:
                    told.add(key)
                    yield (*path, key), f"{key!r} of {detail.label} is said twice; keep one"


def misfit(chart: Chart) -> Remarks:
    """
    An item of `cells:` says nothing, or what its cell cannot have.

    Why: it would be lost, or would say two things of one value.
    Bad:  cells: [{row: 2021-01-09, column: CRP, text: traces}], and the cell has 96
    Good: cells: [{row: 2021-01-09, column: CRP, text: traces}], and the cell has -
    """
    for item in _items(chart):
        detail = item.detail
        if not any(_keys(detail)):
            yield item.path, f"nothing is said of {detail.label}; write one of {', '.join(_KEYS)}"
        elif detail.row is None:
            yield from _of_column(item)
        else:
            yield from _of_cell(item)
        if item.cells and item.cells[0].column in doses_of(item.table, chart.terms):
            yield from _of_dose(item)


_KEYS = tuple(name for name in LabValue.fields() if name in CellDetail.fields())


def _of_column(item: _Item) -> Remarks:
    """What cannot be said of a whole column."""
    path, _, detail, _ = item
    for key in ("text", "id"):
        if getattr(detail, key):
            yield (*path, key), f"{key!r} is that of one cell; write its line: row: {item.table.rows[0].moment.text}"
    if detail.printed and any(map(str.isdigit, detail.printed[:1])):
        told = f"of a whole column 'printed' is the unit that its head prints, and not {detail.printed!r}"
        yield (*path, "printed"), f"{told}; for one cell write its line: row: {item.table.rows[0].moment.text}"


def _of_cell(item: _Item) -> Remarks:
    """What cannot be said of a cell beside its value."""
    path, _, detail, cells = item
    for cell in cells:
        if detail.text and cell.result:
            told = f"the cell has {cell.text!r}, and {detail.text!r} stands beside it"
            yield (*path, "text"), f"{told}; write - in the cell, or leave 'text' out"
        if detail.printed and not cell.result and not detail.text:
            told = f"the cell has no value, and {detail.printed!r} is printed"
            yield (*path, "printed"), f"{told}; write in the cell what is meant"


def _of_dose(item: _Item) -> Remarks:
    """What cannot be said of what was given."""
    path, _, detail, cells = item
    for key in _keys(detail):
        if key not in (*OF_A_DOSE, "printed", "why"):
            yield (*path, key), f"{detail.column} is what was given, which has no {key!r}; leave it out"
    if detail.row and not any(cell.result for cell in cells):
        yield path, f"nothing was given at {detail.row.text}; write what is to be said of it in 'treatments:'"


def _items(chart: Chart) -> Iterator[_Item]:
    for i, table in enumerate(chart.case.tables):
        for j, detail in enumerate(table.cells):
            cells = (cell for row in rows_of(detail, table) for cell in row.cells)
            found = tuple(cell for cell in cells if is_column(cell.column, detail.column))
            yield _Item(("tables", i, "cells", j), table, detail, found)


def _keys(detail: CellDetail) -> Iterator[str]:
    """What an item says besides where."""
    return (key for key in _KEYS if getattr(detail, key))
