"""A place in the row of a table → what the heads of its column and its row say: names, moments, and the unit."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from casefhir.article.passage import SEPARATOR
from casefhir.evidence.index import Searched
from casefhir.evidence.units import TIMES, agrees, has_unit, printed_unit
from casefhir.terms.units import known


class Heads(NamedTuple):
    """What stands beside and above a cell."""

    row: str
    """The label of its row; "" of the label itself."""

    column: str
    """The head of its column; "" in a table without one."""

    unit: str
    """What a column of units has in its row; "" where there is none."""

    def texts(self) -> Iterator[str]:
        """The texts that may begin with the unit of a value in the cell."""
        yield from (self.unit,) if self.unit else ()
        yield from ends(self.row)
        yield from ends(self.column)


def heads(part: Searched, at: int) -> Heads | None:
    """The heads of the cell that a place of a row stands in; None of any other passage."""
    row = part.row
    if row is None:
        return None
    column = part.text.count(SEPARATOR, 0, at)
    above = row.header[column] if column < len(row.header) else ""
    return Heads(row.cells[0] if column else "", above, _unit(row.cells, row.header, column))


def _unit(cells: tuple[str, ...], header: tuple[str, ...], column: int) -> str:
    """What the other cells of a row say of the unit: that below `Unit`, or one that has a unit and nothing else."""
    for place, cell in enumerate(cells):
        is_named = place < len(header) and _UNITS.fullmatch(header[place])
        if place not in (0, column) and (is_named or (len(cell) > 1 and known().get(cell))):
            return cell
    return ""


_UNITS = re.compile(r"(?:si\s)?units?(?:\s.*)?", re.IGNORECASE)


@lru_cache(maxsize=1024)
def ends(label: str) -> tuple[str, ...]:
    """
    The ends of a label that may begin with its unit.

    Those behind a bracket, a comma, or a number of a reference range: `g/dL)` of `Haemoglobin (13-17 g/dL)`; and words
    of two letters or more: `g/dL` of `Haemoglobin g/dL`.
    """
    ends = [label[found.end() :] for found in _BEFORE_UNIT.finditer(label)]
    return tuple(end for end in ends if end)


_BEFORE_UNIT = re.compile(r"[(\[,;]\s?(?:in\s)?|[0-9]\s?(?=[^\W\d]|%|µ)|\s(?=[^\W\d]{2,}|[%µ/]|[^\W\d]/)")


def is_in_head(unit: str | None, part: Searched, at: int, end: int, *, loose: bool) -> bool:
    """
    Whether the heads of a number in a table say its unit, and nothing else stands in its cell that does.

    For None, whether they say none; outside of tables only that is true.
    """
    of_cell = heads(part, at)
    if of_cell is None:
        return unit is None
    if unit is None:
        return not any(map(_says_unit, of_cell.texts()))
    if has_unit(_behind(part, end)):
        return False
    return any(agrees(unit, text, loose=loose) for text in (*of_cell.texts(), *_caption(unit, of_cell, part)))


def _caption(unit: str, of_cell: Heads, part: Searched) -> tuple[str, ...]:
    """The ends of the caption, where no head says a unit: `dB HL` of `Audiogram, dB HL`; of no time, `in week 20`."""
    found = known().get(unit)
    is_time = unit in TIMES or bool(found and found.dimension == "time")
    is_free = not is_time and part.row and not any(map(_says_unit, of_cell.texts()))
    return ends(part.row.caption) if is_free and part.row else ()


def _says_unit(text: str) -> bool:
    """Whether an end of a label is a unit; a last word that makes a name, `kappa/lambda ratio`, is none."""
    return has_unit(text) and text.casefold() not in ("ratio", "index")


def unit_in_table(part: Searched, at: int, end: int) -> str:
    """The unit of a number, as printed in its cell or in the heads of it; "" where none is."""
    of_cell = heads(part, at)
    texts = (_behind(part, end), *(of_cell.texts() if of_cell else ()))
    return next((printed_unit(text) for text in texts if _says_unit(text)), "")


def _behind(part: Searched, end: int) -> str:
    """What stands behind a place in its cell."""
    return part.text[end:].partition(SEPARATOR)[0].strip()
