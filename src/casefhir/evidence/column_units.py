"""The units of the columns of a case's tables × the article → those that it prints otherwise, or nowhere."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from casefhir.article.passage import SEPARATOR
from casefhir.chart import Chart
from casefhir.columns import doses_of
from casefhir.evidence import specimen
from casefhir.evidence.claim import Claim
from casefhir.evidence.dose_units import TIME_WORDS, is_unit, is_without_time, parted, timed, worded
from casefhir.evidence.heads import ends, heads
from casefhir.evidence.index import Index
from casefhir.evidence.names import Names
from casefhir.evidence.need import Numbers, is_met
from casefhir.evidence.remark import Remark
from casefhir.evidence.tables import Matched, PrintedCell, matched
from casefhir.evidence.units import agrees, has_unit, printed_unit
from casefhir.model.table import Cell, Row
from casefhir.source import Path


class _Column(NamedTuple):
    """A column of a case, and the printed cells that are its own."""

    name: str
    unit: str
    """As written, `not printed` among them."""

    is_dose: bool
    path: Path
    cells: tuple[PrintedCell, ...]
    """At least one."""


def column_units(chart: Chart, index: Index, names: Names) -> Iterator[Remark]:
    """
    What the article prints another unit for, or none anywhere, one remark a column.

    The unit stands in the cell, in the head of the column or its row, in a column of units, in the caption, or beside
    the name of the test anywhere else; a column that is `not-printed` has none in its table.
    """
    for one in matched(chart, index):
        doses = doses_of(one.table, chart.terms)
        yield from _misprints(one, doses)
        for column in _columns(one, doses):
            told = _not_printed(column) if column.unit == "not printed" else _printed(column, index, names)
            if told:
                yield Remark("other_unit", column.path, told)


def _columns(one: Matched, doses: frozenset[str]) -> Iterator[_Column]:
    """The columns with a unit of which any cell is proven."""
    for first in one.table.rows[0].cells:
        unit, found = one.corrected.unit(first), tuple(_own(first.column, one))
        if unit and found:
            yield _Column(first.column, unit, first.column in doses, one.corrected.head(first), found)


def _own(column: str, one: Matched) -> Iterator[PrintedCell]:
    for row in one.table.rows:
        cell = next(cell for cell in row.cells if cell.column == column)
        if cell.result and cell.result.quantity and not one.corrected.printed(cell):
            yield from _printed_as(cell, row, one)


def _printed_as(cell: Cell, row: Row, one: Matched) -> Iterator[PrintedCell]:
    """The printed cells that are one of the case."""
    return (
        each for each in one.columns[cell.column] if each.row in one.rows[row.moment] and one.prints(cell, each.text)
    )


def _misprints(one: Matched, doses: frozenset[str]) -> Iterator[Remark]:
    """The cells whose `printed` has another unit than the article prints there."""
    for row in one.table.rows:
        for cell in row.cells:
            own = one.corrected.as_printed(cell) if one.corrected.printed(cell) else None
            amount = own.result.quantity if own and own.result else None
            found = tuple(_printed_as(cell, row, one)) if amount and amount.unit else ()
            units = [unit for each in found if (unit := _unit(each, cell.column))]
            if own and amount and amount.unit and units:
                column = _Column(cell.column, amount.unit, cell.column in doses, one.corrected.place(cell), found)
                if not any(_is_unit(column, text) for each in found for text in _texts(each)):
                    told = f"{own.text!r} is printed with another unit, {units[0]!r}: {_shown(found[0])}"
                    yield Remark("other_unit", column.path, told)


def _not_printed(column: _Column) -> str:
    """What is said of a column without a unit whose table prints one; "" if it does not."""
    found = next(((cell, unit) for cell in column.cells if (unit := _unit(cell, column.name))), None)
    return f"{column.name} is printed with a unit, {found[1]!r}: {_shown(found[0])}" if found else ""


def _printed(column: _Column, index: Index, names: Names) -> str:
    """What is said of the unit of a column; "" if the article prints it."""
    if column.is_dose and (of_dose := _of_dose(column, index, names)) is not None:
        return of_dose
    if any(_is_unit(column, text) for cell in column.cells for text in _texts(cell)):
        return ""
    written = f"{column.name}[{column.unit}]"
    if found := next(((cell, unit) for cell in column.cells if (unit := _unit(cell, column.name))), None):
        told = f"{written} is printed with another unit, {found[1]!r}: {_shown(found[0])}"
        if "cells" in column.path:
            return told
        instead = f"{{column: {column.name}, printed: {found[1]}, why: …}}"
        return f"{told}; if the print cannot be right, write below 'cells:' {instead}"
    if column.unit == "1" or _is_elsewhere(column, index, names):
        return ""  # what has no unit has none to be printed
    told = f"the article prints no {column.unit!r} for {column.name}: {_shown(column.cells[0])}"
    return f"{told}; write {column.name}[not-printed]"


def _shown(cell: PrintedCell) -> str:
    """The head of a printed cell beside the cell, with its line."""
    return f'"{cell.column} | {cell.text}"{cell.part.where}'


def _is_unit(column: _Column, text: str) -> bool:
    """Whether a text begins with the unit of a column."""
    return is_unit(column.unit, text) if column.is_dose else agrees(column.unit, text)


def _of_dose(column: _Column, index: Index, names: Names) -> str | None:
    """What is said of the time that a dose is given in, `mg/day` for `mg`; "" if it is right, None if nothing is."""
    texts = [text for cell in column.cells for text in _texts(cell)]
    written, first = f"{column.name}[{column.unit}]", column.cells[0]
    labels = dict.fromkeys(cell.column for cell in column.cells)
    if said := timed(column.unit, texts) or worded(column.unit, labels):
        return f"{written} is printed with a time, {said!r}: {_shown(first)}"
    if not is_without_time(column.unit, texts):
        return None
    amount, time = parted(column.unit)
    if _is_elsewhere(column, index, names) or _says_time(column, TIME_WORDS[time], index, names):
        return ""
    bare = column.unit.rpartition("/")[0] or amount
    told = f"{written} is printed without a time, {bare!r}: {_shown(first)}; write {column.name}[{bare}]"
    instead = f"{{column: {column.name}, printed: {bare}, why: …}}"
    return told if "cells" in column.path else f"{told}, or below 'cells:' {instead}"


def _says_time(column: _Column, said: str, index: Index, names: Names) -> bool:
    """Whether words say so of a dose: in a head or the caption, beside the drug, or of doses in general."""
    rows = [cell.part.row for cell in column.cells if cell.part.row]
    own = [*(cell.column for cell in column.cells), *(row.caption for row in rows)]
    passages = names.passages(_claim(column))
    told = [*own, *(part.text for part in passages), *(part.text for part in index.told if _OF_DOSES.search(part.text))]
    return any(re.search(said, text, re.IGNORECASE) for text in told)


_OF_DOSES = re.compile(r"\bdos(?:es?|age|ing)\b", re.IGNORECASE)


def _claim(column: _Column) -> Claim:
    """A column as what may be told anywhere under its name."""
    place: Path = ("treatments",) if column.is_dose else column.path
    return Claim(column.path, ((place, column.name.replace("-", " ")),), None, (), (), (), (), None, True)


def _texts(cell: PrintedCell) -> Iterator[str]:
    """The texts that may begin with the unit of a cell; the head that is its moment is none: `6 h`."""
    yield from (number.after.partition(SEPARATOR)[0] for number in cell.part.numbers if _is_in(number.start, cell))
    of_cell = heads(cell.part, cell.start)
    yield from (of_cell.unit,) if of_cell and of_cell.unit else ()
    yield from ends(cell.column)
    yield from ends(cell.part.row.caption) if cell.part.row else ()


def _is_in(place: int, cell: PrintedCell) -> bool:
    return cell.start <= place < cell.start + len(cell.text)


def _unit(cell: PrintedCell, name: str) -> str:
    """The unit of a cell as printed; "" where none is. A word of the caption or of the name may be one by chance."""
    chance = {*(ends(cell.part.row.caption) if cell.part.row else ()), *re.split(r"[\s-]", name.casefold())}
    found = (text for text in _texts(cell) if text not in chance and text.casefold() not in chance and has_unit(text))
    return next(map(printed_unit, found), "")


def _is_elsewhere(column: _Column, index: Index, names: Names) -> bool:
    """Whether the unit stands beside the name of the test anywhere, or is said to be that of all values."""
    if _is_beside(column, _claim(column), names):
        return True
    if own := specimen.named(column.name):
        bare = column._replace(name=own.test)
        if _is_beside(bare, _claim(bare), names, own.kind):
            return True
    said = (found["rest"] for part in index.told for found in _OF_ALL.finditer(part.text))
    return any(agrees(column.unit, text) for rest in said for text in (rest, *ends(rest)))


def _is_beside(column: _Column, claim: Claim, names: Names, kind: str = "") -> bool:
    """Whether the unit stands beside the name of a test anywhere; of one kind of specimen where a passage says so."""
    for part in names.passages(claim):
        for number in part.numbers if not kind or kind in specimen.kinds(part.text) else ():
            need = Numbers((*column.path, "value"), number.text, (number.value,), column.unit)
            if is_met(need, part) and names.is_beside(claim, need, part):
                return True
    return False


_OF_ALL = re.compile(
    r"\b(?:values|levels|concentrations|units|results)\b[^.;:]*?\b(?:in|as|are)\s(?P<rest>.{1,80})", re.I
)
"""What is said of all values of a table: `All concentrations are given in pg/mL`."""
