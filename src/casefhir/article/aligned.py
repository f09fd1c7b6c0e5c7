"""The rows of a table that is set with blanks alone → the same with each cell in the column that it stands under."""

import re

Cells = tuple[tuple[int, str], ...]
"""The cells of a row, each with its place in the line."""

_VALUE_BEHIND_LABEL = re.compile(r"(.*\S) ([<>≤≥~±+-]?\s?[0-9]\S*|[-–—])")


def aligned(rows: list[Cells]) -> list[Cells]:
    """
    The header, and each row with as many cells as it.

    A header that begins behind the labels of the rows has an empty first cell. A row that leaves a column blank has an
    empty cell there, and a label so long that one blank alone stands before its number is parted from it.
    What does not fit is left as it is.
    """
    header, *others = rows
    longest = max(others, key=len, default=())
    if len(header) < len(longest) and header[0][0] >= longest[0][0] + len(longest[0][1]):
        header = ((0, ""), *header)
    return [header, *(row if len(row) >= len(header) else _below(header, row) for row in others)]


def _below(header: Cells, row: Cells) -> Cells:
    """A row with too few cells, each under the cell of the header that is nearest to it."""
    row = _parted(header, row)
    columns = [0, *(_nearest(header, cell) for cell in row[1:])]
    if columns != sorted(set(columns)):
        return row
    by_column = dict(zip(columns, row, strict=True))
    return tuple(by_column.get(column, (place, "")) for column, (place, _) in enumerate(header))


def _parted(header: Cells, row: Cells) -> Cells:
    """A row whose label has its number behind one blank alone, with the two apart, if the column is free."""
    (place, label), *others = row
    found = _VALUE_BEHIND_LABEL.fullmatch(label)
    if not found:
        return row
    value = (place + found.start(2), found[2])
    column = _nearest(header, value)
    is_free = all(_nearest(header, cell) != column for cell in others)
    is_under = _apart(header[column], value) <= 0
    return ((place, found[1]), value, *others) if is_free and is_under else row


def _nearest(header: Cells, cell: tuple[int, str]) -> int:
    """The column, not that of the labels, whose head is nearest to a cell."""
    return min(range(1, len(header)), key=lambda column: _apart(header[column], cell))


def _apart(one: tuple[int, str], other: tuple[int, str]) -> int:
    """How many characters are between two cells; less than nothing where one stands under the other."""
    (start, text), (begin, said) = one, other
    return max(start - begin - len(said), begin - start - len(text))
