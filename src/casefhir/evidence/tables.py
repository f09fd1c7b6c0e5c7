"""Tables of the case × tables of the article → the cells that differ."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from casefhir.article import dates
from casefhir.chart import Chart
from casefhir.evidence import specimen
from casefhir.evidence.claim import Claim
from casefhir.evidence.corrected import Corrected
from casefhir.evidence.heads import ends
from casefhir.evidence.index import Index, Searched, text_of, words
from casefhir.evidence.moments import fitting, timed
from casefhir.evidence.need import is_met
from casefhir.evidence.remark import Remark
from casefhir.evidence.shown import shown
from casefhir.evidence.units import agrees, has_unit
from casefhir.evidence.values import quantity
from casefhir.model.findings import Table
from casefhir.model.result_words import word_for
from casefhir.model.table import Cell, Row
from casefhir.model.when import At, When
from casefhir.source import Path


class PrintedCell(NamedTuple):
    """A cell of a printed table, with the labels of its row and its column, and the passage it stands in."""

    row: str
    column: str
    text: str
    part: Searched
    start: int
    """Where it begins in the passage."""


def cells(chart: Chart, index: Index) -> Iterator[Remark]:
    """What the tables of a case have and those of the article do not; rows may be printed as columns."""
    for one in matched(chart, index):
        yield from _table(one, index.once(_printed, chart))


def _printed(_: Chart, index: Index) -> list[PrintedCell]:
    return list(_printed_cells(index))


def _printed_cells(index: Index) -> Iterator[PrintedCell]:
    """The cells of all printed tables, each in its row and in its column, and once more as if rows were columns."""
    for part in index.told:
        row = part.row
        if row is None or not row.header:
            continue
        label = timed(row.cells[0], row.header[0])
        for head, (start, cell) in islice(zip(row.header, row.placed(), strict=False), 1, None):
            text = part.text[start : start + len(cell)]
            if text == cell:  # and not that of another patient
                above = timed(head, row.header[0])
                yield PrintedCell(label, above, text, part, start)
                yield PrintedCell(above, label, text, part, start)


class Matched(NamedTuple):
    """A table of the case, and what of the printed ones it is."""

    path: Path
    table: Table
    columns: dict[str, list[PrintedCell]]
    """Column of the case → the cells that the article prints under its name."""

    rows: Mapping[When, set[str]]
    """Moment of a row of the case → the labels of the printed rows that are it."""

    corrected: Corrected
    """What the case has in place of the print."""

    def prints(self, cell: Cell, printed: str) -> bool:
        """Whether a printed cell has the value of one of the case, or what the case says that it prints instead."""
        return self.corrected.is_text(cell, printed) or is_cell(self.corrected.as_printed(cell), printed)


def matched(chart: Chart, index: Index) -> Sequence[Matched]:
    """The tables of a case, each with the printed columns and rows that are its own; worked out once."""
    return index.once(_matched, chart)


def _matched(chart: Chart, index: Index) -> list[Matched]:
    return [_match(table, ("tables", n), chart, index) for n, table in enumerate(chart.case.tables)]


def _match(table: Table, path: Path, chart: Chart, index: Index) -> Matched:
    corrected = Corrected(table, path)
    columns = _columns(table, index.once(_printed, chart), corrected, chart)
    return Matched(path, table, columns, _rows(table, columns, chart), corrected)


def _table(one: Matched, printed: list[PrintedCell]) -> Iterator[Remark]:
    if not printed:
        told = f"the article has no table, and so none of the values of {one.table.name!r}"
        yield Remark("no_passage", one.path, told)
        return
    for column, found in one.columns.items():
        if not found:
            told = f"no table of the article has a column {column!r}; there is {_labels(printed)}"
            head = next(cell.head for cell in one.table.rows[0].cells if cell.column == column)
            yield Remark("other_cell", (*one.path, "rows", *head), told)
    for row in one.table.rows:
        yield from _row(row, one)
    yield from one.corrected.unlike()


def proven_cells(chart: Chart, index: Index) -> Iterator[tuple[Path, Searched, int, int]]:
    """The cells of a case that tables of the article print: the place of each, and where it begins and ends there."""
    for each in matched(chart, index):
        for row in each.table.rows:
            for cell in row.cells:
                for one in each.columns[cell.column]:
                    if one.row in each.rows[row.moment] and each.prints(cell, one.text):
                        place = (*each.path, "rows", row.row, cell.offset)
                        yield place, one.part, one.start, one.start + len(one.text)


def proven_heads(chart: Chart, index: Index) -> Iterator[tuple[Path, Searched, int, int]]:
    """The heads of rows and columns that are moments of the tables of a case: the place of each row, and where."""
    return ((place, part, start, end) for place, _, _, part, start, end in _headed(chart, index))


def headed(chart: Chart, index: Index) -> Mapping[str, Mapping[Searched, Searched]]:
    """Event that is a row of a table of the case → the rows of printed tables that have it as a head, and that head."""
    found: dict[str, dict[Searched, Searched]] = defaultdict(dict)
    for _, when, label, part, *_ in _headed(chart, index):
        if isinstance(when, At):
            found[when.event][part] = text_of(label)
    return found


def proving_heads(
    claim: Claim, chart: Chart, headed: Mapping[str, Mapping[Searched, Searched]]
) -> tuple[Searched, ...]:
    """The rows whose heads prove an event of which the case says no more than when it was."""
    name = str(claim.path[1])
    event, needs = chart.case.events[name], (*claim.needs, *claim.nearby)
    if event.to or event.encounter or event.place or event.reason:
        return ()
    return tuple(part for part, head in headed.get(name, {}).items() if all(is_met(need, head) for need in needs))


def _headed(chart: Chart, index: Index) -> Iterator[tuple[Path, When, str, Searched, int, int]]:
    heads = list(heads_of(index)) if chart.case.tables else []
    for path, table, _, rows, _ in matched(chart, index):
        for row in table.rows:
            for label, part, start, end in heads:
                if label in rows[row.moment]:
                    yield (*path, "rows", row.row), row.moment, label, part, start, end


def cell_claims(chart: Chart) -> Iterator[Claim]:
    """The numbers of the tables of a case as claims, each by the name of its column: what may be printed elsewhere."""
    for position, table in enumerate(chart.case.tables):
        for row in table.rows:
            for cell in row.cells:
                if cell.result and cell.result.quantity:
                    path: Path = ("tables", position, "rows", row.row, cell.offset)
                    unit = cell.unit or table.unit or ""
                    need = quantity(cell.result.quantity, path)._replace(unit="" if unit == "not printed" else unit)
                    named = ((*path, "name"), cell.column.replace("-", " "))
                    yield Claim(path, (named,), None, (need,), (), (), (), None, True)


def heads_of(index: Index) -> Iterator[tuple[str, Searched, int, int]]:
    """The heads of all rows and columns, each with its place."""
    for part in index.told:
        if (row := part.row) is None:
            continue
        if row.header:
            yield timed(row.cells[0], row.header[0]), part, 0, len(row.cells[0])
            continue
        for start, cell in islice(row.placed(), 1, None):
            yield timed(cell, row.cells[0]), part, start, start + len(cell)


def _columns(
    table: Table, printed: list[PrintedCell], corrected: Corrected, chart: Chart
) -> dict[str, list[PrintedCell]]:
    """Column of the case → the cells that the article prints under its name."""
    labels = dict.fromkeys(one.column for one in printed)
    columns: dict[str, list[PrintedCell]] = {}
    for cell in table.rows[0].cells:
        named = {label for label in labels if _is_column(cell.column, label, chart)}
        named = named or {label for label in labels if _is_like(cell, corrected.unit(cell), label, chart)}
        found = [one for one in printed if one.column in named]
        columns[cell.column] = found or _under_specimen(cell, corrected.unit(cell), printed, chart)
    return columns


def _under_specimen(cell: Cell, unit: str | None, printed: list[PrintedCell], chart: Chart) -> list[PrintedCell]:
    """The cells of a column that is named with its specimen, under a head without it: `CSF-protein` under `Protein`."""
    own = specimen.named(cell.column)
    if own is None:
        return []
    bare = cell._replace(column=own.test)
    of_kind = [one for one in printed if one.part.row and own.kind in specimen.kinds_above(one.part.row, one.column)]
    labels = {one.column for one in of_kind}
    before = cell.column.removesuffix(own.test)
    named = {
        label
        for label in labels
        if _is_column(own.test, label, chart)
        or _is_like(bare, unit, label, chart)
        or _is_column(cell.column, before + re.split(r"[(\[,]", label)[0].strip(), chart)
    }
    return [one for one in of_kind if one.column in named]


def _rows(table: Table, columns: dict[str, list[PrintedCell]], chart: Chart) -> Mapping[When, set[str]]:
    """Moment of a row of the case → the labels of the printed rows that are it."""
    labels = dict.fromkeys(one.row for ones in columns.values() for one in ones)
    return fitting([row.moment for row in table.rows], labels, chart)


def _labels(printed: list[PrintedCell]) -> str:
    return ", ".join(
        list(dict.fromkeys(repr(one.column) for one in printed if one.column and not any(dates(one.column))))[:12]
    )


def _is_column(name: str, label: str, chart: Chart) -> bool:
    key, said = words(name), words(label)
    if key.strip() and (key == said or said.startswith(key)):
        return True
    for table in (chart.terms.labs, chart.terms.scores, chart.terms.drugs):
        first = table.canonical(name)
        if first is not None and first == table.canonical(label):
            return True
    return False


def _is_like(cell: Cell, unit: str | None, label: str, chart: Chart) -> bool:
    """Whether a label is the name of a column in other words, and has its unit: `Ionised Ca (mmol/L)`, `6-min walk`."""
    bare = re.split(r"[(\[,]", label)[0].strip()
    key, said = words(cell.column), words(bare)
    is_part = len(said) > 4 and (key.startswith(said) or said.startswith(key))
    if not bare or not (is_part or _is_column(cell.column, bare, chart)):
        return False
    units = [text for text in ends(label) if has_unit(text)]
    return not units or not unit or unit == "not printed" or any(agrees(unit, text) for text in units)


def _row(row: Row, one: Matched) -> Iterator[Remark]:
    place, is_row = (*one.path, "rows", row.row), one.rows[row.moment]
    if not is_row and not any(one.columns.values()):
        return  # where no column is found, no line is looked for
    if not is_row:
        labels = dict.fromkeys(each.row for cells in one.columns.values() for each in cells)
        there = f"; there is {', '.join(map(repr, list(labels)[:12]))}" if labels else ""
        yield Remark("other_cell", (*place, 0), f"no table of the article has a line of {row.moment.text}{there}")
        return
    for cell in row.cells:
        under = one.columns[cell.column]
        found = [each for each in under if each.row in is_row]
        if under and not any(one.prints(cell, each.text) for each in found):
            printed = one.corrected.as_printed(cell)
            yield Remark("other_cell", one.corrected.place(cell), _differs(printed, row, found))


def _differs(cell: Cell, row: Row, found: list[PrintedCell]) -> str:
    if not found:
        return f"{cell.column} of {row.moment.text} is not in the tables of the article"
    told = f"{cell.column} of {row.moment.text} is printed as {found[0].text!r}, and not {cell.text!r}"
    return f"{told}: {shown(found[0].part)}"


def is_cell(cell: Cell, printed: str) -> bool:
    """Whether a printed cell has the value of one of the case; units are left aside."""
    part = text_of(printed)
    if cell.result is None:
        return not part.numbers
    if cell.result.quantity:
        wanted = quantity(cell.result.quantity, ())._replace(unit="")
        return any(start <= 2 for start, _ in wanted.places(part))
    if cell.result.word == "not detected" and printed.strip().casefold() in ("nd", "n.d.", "n.d"):
        return True
    written = cell.result.word or cell.text
    return words(written) == words(printed) or (bool(written) and word_for(printed.strip()) == written)
