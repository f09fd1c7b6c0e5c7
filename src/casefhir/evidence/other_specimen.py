"""The specimen of the tables of a case × the print → what the article says to be of another one."""

from collections.abc import Iterator

from casefhir.chart import Chart
from casefhir.columns import doses_of
from casefhir.evidence.index import Index
from casefhir.evidence.remark import Remark
from casefhir.evidence.specimen import kinds, kinds_above
from casefhir.evidence.tables import Matched, matched
from casefhir.model.table import Cell
from casefhir.terms import Terms


def other_specimens(chart: Chart, index: Index) -> Iterator[Remark]:
    """
    The columns that the article has of another specimen, one remark a column, and a specimen that it does not name.

    What a printed table is of, its caption, its corner or the head itself says; of a table that says nothing, or names
    two, nothing is said.
    """
    for one in matched(chart, index):
        doses = doses_of(one.table, chart.terms)
        measured = [cell for cell in one.table.rows[0].cells if cell.column not in doses]
        told = [((*one.path, "rows", *cell.head), _other(cell, one, chart.terms)) for cell in measured]
        found = [Remark("other_specimen", path, words) for path, words in told if words]
        yield from found or _unnamed(one, index)


def _unnamed(one: Matched, index: Index) -> Iterator[Remark]:
    """What is said of the specimen of a table that the article names nowhere."""
    specimen = one.table.specimen
    if not specimen or any(specimen.casefold() in part.lower for part in index.told):
        return
    if not any(kinds(specimen) & kinds(part.text) for part in index.told):
        yield Remark("other_specimen", (*one.path, "specimen"), f"the article names no {specimen!r}")


def _other(cell: Cell, one: Matched, terms: Terms) -> str:
    """What is said of a column whose cells are printed below another specimen; "" if they are not."""
    said = [kinds_above(each.part.row, each.column) for each in one.columns[cell.column] if each.part.row]
    own = _own(cell, one, terms)
    if not said or any(len(each) != 1 or each & own for each in said):
        return ""
    (kind,) = said[0]
    if not own and (kind == "blood" or _is_of_none(cell.column, terms)):
        return ""
    first = next(each for each in one.columns[cell.column] if each.part.row)
    caption = first.part.row.caption if first.part.row and kinds(first.part.row.caption) else first.column
    coded = f"coded as that of {', '.join(sorted(own))}" if own else "coded without a specimen"
    return f"{cell.column} is printed under {caption!r}, and {coded}; write 'specimen: {kind}' if it is"


def _is_of_none(column: str, terms: Terms) -> bool:
    """Whether what a column has is measured in no specimen: a score, a vital sign, the pressure of a ventilator."""
    rows = terms.measured(column)
    return bool(rows) and all(row.category != "laboratory" for row in rows)


def _own(cell: Cell, one: Matched, terms: Terms) -> frozenset[str]:
    """The kinds of specimen that a column has in the case: what is said of it, and what its name and its codes say."""
    said = one.corrected.specimen(cell) or one.table.specimen
    if said:
        return kinds(said) or frozenset((said,))
    rows = terms.measured(cell.column)
    return kinds(" ".join((cell.column, *(row.name for row in rows), *(row.display for row in rows))))
