"""What a table of the case corrects × the print → whether the article prints what the case says that it does."""

from collections.abc import Iterator, Mapping

from casefhir.cells import Details, details, is_column
from casefhir.evidence.claim import Misprint
from casefhir.evidence.index import text_of
from casefhir.evidence.misprint import unlike, unlike_remark
from casefhir.evidence.quote import stands
from casefhir.evidence.remark import Remark
from casefhir.evidence.values import quantity
from casefhir.model.findings import Table
from casefhir.model.grammar import GrammarError
from casefhir.model.result import Result, result
from casefhir.model.table import Cell
from casefhir.source import Path


class Corrected:
    """What one table of the case has in place of the print."""

    def __init__(self, table: Table, path: Path) -> None:
        self._table = table
        self._path = path
        self._said: Mapping[tuple[int, str], Details] = details(table) if table.cells or table.specimen else {}

    def unit(self, cell: Cell) -> str | None:
        """The unit that the head of a column prints, as the case says."""
        item = self._item(cell)
        return self._table.cells[item].printed if item is not None else cell.unit or self._table.unit

    def head(self, cell: Cell) -> Path:
        """Where the case has that unit: in the header of the table, or in what is said of the column."""
        item = self._item(cell)
        return (*self._path, "rows", *cell.head) if item is None else (*self._path, "cells", item, "printed")

    def _item(self, cell: Cell) -> int | None:
        """The item that says which unit is misprinted in a head."""
        of_columns = ((n, one) for n, one in enumerate(self._table.cells) if one.printed and not one.row)
        return next((n for n, one in of_columns if is_column(cell.column, one.column)), None)

    def printed(self, cell: Cell) -> str | None:
        """What is printed in place of the number of a cell; None where nothing is."""
        own = self._said.get((cell.row, cell.column), {}).get("printed") if self._said else None
        return own.value if own and self._table.cells[own.item].row else None

    def specimen(self, cell: Cell) -> str | None:
        """What the case says that a cell was measured in."""
        own = self._said.get((cell.row, cell.column), {}).get("specimen")
        return own.value if own else None

    def words(self, cell: Cell) -> str | None:
        """The free words of a cell that has no value."""
        own = self._said.get((cell.row, cell.column), {}).get("text") if self._said else None
        return own.value if own else None

    def place(self, cell: Cell) -> Path:
        """Where the case has what must be printed: the cell, or the print in its place."""
        if self.printed(cell) is None:
            return (*self._path, "rows", cell.row, cell.offset)
        return (*self._path, "cells", self._said[cell.row, cell.column]["printed"].item, "printed")

    def as_printed(self, cell: Cell) -> Cell:
        """A cell with what is printed in place of its value."""
        own = self.printed(cell)
        return cell if own is None else cell._replace(text=own, result=_result(own))

    def is_text(self, cell: Cell, printed: str) -> bool:
        """Whether a printed cell has the text of one of the case as it is, or no number that its words have not."""
        own, said = self.printed(cell), self.words(cell)
        if own is not None:
            return stands(own, text_of(printed))
        numbers = {number.value for number in text_of(said).numbers} if said else set()
        return said is not None and {number.value for number in text_of(printed).numbers} <= numbers

    def unlike(self) -> Iterator[Remark]:
        """The values that are neither what is printed nor named in `why`; without a `why` a rule asks for one."""
        for row in self._table.rows if self._said else ():
            for cell in row.cells:
                said = self._said.get((cell.row, cell.column), {})
                if self.printed(cell) and "why" in said and cell.result and cell.result.quantity:
                    place = (*self._path, "rows", cell.row, cell.offset)
                    need = quantity(cell.result.quantity, place)._replace(unit=cell.unit or self._table.unit or "")
                    misprint = Misprint(place, said["printed"].value, (need,), said["why"].value)
                    yield from (unlike_remark(other, misprint) for other in unlike(misprint))


def _result(printed: str) -> Result:
    """What is printed, as a result; one without a number or a word where it cannot be read as one."""
    try:
        return result(printed)
    except GrammarError:
        return Result(printed)
