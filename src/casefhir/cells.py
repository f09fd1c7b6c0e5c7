"""What `cells:` says of a table → the value of each cell with all that is said of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from casefhir.model.findings import CellDetail, LabValue, Table
from casefhir.model.result import Result
from casefhir.model.table import Cell, Row
from casefhir.statement import CellValue


class Said(NamedTuple):
    """One thing that is said of a cell."""

    value: Any

    item: int
    """The item of `cells:` that says it."""


OF_TABLE = -1
"""What the table says of all its cells stands in no item."""

Details = Mapping[str, Said]
"""Field of a LabValue → what is said there of a cell; `printed` whole, with its unit where a column has one."""

NOTHING: Details = {}

NOT_MEASURED = Result("not measured", word="not measured")
"""What `-` means; it is a fact only where something is said of it."""


def details(table: Table) -> Mapping[tuple[int, str], Details]:
    """
    Line in the block and column → what is said of that cell; none of a cell of which nothing is.

    The specimen of the table is that of all its cells. What is said of a cell takes the place of what is said of its
    column. Names that the table does not have, or has twice, are left to `casefhir.rules.cells`.
    """
    found: dict[tuple[int, str], dict[str, Said]] = defaultdict(dict)
    if table.specimen:
        measured = (cell for row in table.rows for cell in row.cells if cell.result)
        found |= {(cell.row, cell.column): {"specimen": Said(table.specimen, OF_TABLE)} for cell in measured}
    for item in sorted(range(len(table.cells)), key=lambda item: table.cells[item].row is not None):
        detail, rows = table.cells[item], rows_of(table.cells[item], table)
        for row in rows if detail.row is None or len(rows) == 1 else ():
            for cell in row.cells:
                if is_column(cell.column, detail.column) and (detail.row or cell.result):
                    found[row.row, cell.column] |= _said(detail, item, cell)
    return found


def rows_of(detail: CellDetail, table: Table) -> list[Row]:
    """The lines that an item is about: all, where it names none."""
    return [row for row in table.rows if detail.row in (None, row.moment)]


def is_column(column: str, named: str) -> bool:
    """Whether a column is the one that is named; blanks may stand for its hyphens."""
    return column.casefold() == named.casefold().replace(" ", "-")


def _said(detail: CellDetail, item: int, cell: Cell) -> Iterator[tuple[str, Said]]:
    for name in LabValue.fields():
        value = getattr(detail, name, None)
        if not value or (name in ("printed", "why") and detail.printed and not detail.row and not _number(cell)):
            continue
        whole = f"{_number(cell)} {value}" if name == "printed" and not detail.row else value
        yield name, Said(whole, item)


def _number(cell: Cell) -> str:
    """The number of a cell without its flag; "" of words."""
    return cell.result.quantity.text if cell.result and cell.result.quantity else ""


def value_of(cell: Cell, said: Details) -> LabValue | CellValue | None:
    """The value of a cell with what is said of it; None of one that was not measured, and nothing is said of."""
    if not said:
        return CellValue(cell.result) if cell.result else None
    result = cell.result or (None if "text" in said else NOT_MEASURED)
    return LabValue(value=result, **{name: one.value for name, one in said.items()})
