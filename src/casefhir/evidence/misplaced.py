"""A value that a printed table proves × its moment → the remark that the table has it of another moment."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casefhir.chart import Chart
from casefhir.evidence.claim import Claim
from casefhir.evidence.heads import heads
from casefhir.evidence.index import Index, Searched
from casefhir.evidence.lists import is_of, listed
from casefhir.evidence.misprint import said
from casefhir.evidence.moments import dated, event_of, is_moment, may_be, names_event, names_moment, timed
from casefhir.evidence.need import Need, Numbers, is_met
from casefhir.evidence.remark import Remark
from casefhir.evidence.shown import shown
from casefhir.evidence.values import moment
from casefhir.model.when import At, DayOf, Offset, When


class _Cell(NamedTuple):
    """A printed cell with the value, and the heads and cells of the line that its moment stands in."""

    part: Searched
    at: int
    moment: str
    """The head that names its moment."""

    line: tuple[tuple[str, str], ...]
    """The heads of that side of the table, each with what the table has of the value's name there."""

    corner: str


def misplaced(claim: Claim, passages: Sequence[Searched], chart: Chart, index: Index) -> Iterator[Remark]:
    """
    What is said of a value that stands in printed tables only, and there under another moment than its own.

    Nothing is said unless the two can be compared: the table has the own moment as well, or counts from its event.
    """
    when = _moment(claim, chart)
    if when is None or not claim.needs or not isinstance(claim.needs[0], Numbers):
        return
    yield from _in_lists(claim, claim.needs[0], when, passages, chart)
    found = [cell for part in passages for cell in _cells(claim.needs[0], part, chart, index)]
    if not found or not all(cell and _is_other(when, cell, chart) for cell in found):
        return
    cell = found[0]
    assert cell
    own = [(head, text) for head, text in cell.line if is_moment(when, head, chart)]
    is_counted = bool(own) or names_event(event_of(when), cell.corner)
    if is_counted and not _is_told(claim.needs[0], when, chart, index):
        there = f"at {when.text} is {own[0][1]!r}" if own else f"nothing at {when.text}"
        told = f"{said(claim.needs[0])} is printed at {cell.moment!r}, and {there}: {shown(cell.part, cell.at)}"
        yield Remark("other_moment", claim.path, told)


def _in_lists(claim: Claim, need: Numbers, when: When, passages: Sequence[Searched], chart: Chart) -> Iterator[Remark]:
    """What is said of a value of a list that stands beside one of moments, and there beside another than its own."""
    found = [(part, listed(part, at)) for part in passages for at, _ in need.places(part)]
    if any(one is None or is_of(claim.path, one.moment, part, chart) for part, one in found):
        return
    for part, one in found[:1]:
        own = [span for span in one.moments if is_of(claim.path, span, part, chart)] if one else []
        if one and own:
            there, here = (part.text[slice(*span)] for span in (one.moment, own[0]))
            told = f"{said(need)} is that of {there!r} in its list, and not that of {here!r} ({when.text})"
            yield Remark("other_moment", claim.path, f"{told}: {shown(part, one.start)}")


def _is_told(need: Need, when: When, chart: Chart, index: Index) -> bool:
    """Whether a sentence has the value, by whatever name, and the moment stands in it or shortly before."""
    told = tuple(moment(dated(when, chart), ()))
    name = when.event if isinstance(when, At) else ""
    return any(
        names_event(name, near.text) or any(is_met(each, near) for each in told)
        for part in index.told
        if part.row is None and is_met(need, part)
        for near in index.near(part)
    )


def _moment(claim: Claim, chart: Chart) -> When | None:
    """The moment of a laboratory value, a vital sign or a score, if it is told in one way."""
    section, *step = claim.path
    if section not in ("labs", "vitals", "scores") or len(step) != (1 if section == "scores" else 3):
        return None
    when: When | None = getattr(chart.case, str(section))[step[0]].at
    if isinstance(when, Offset):
        return when if isinstance(when.anchor, At) and when.sign > 0 and not when.approximate else None
    return when if isinstance(when, At | DayOf) or (when and chart.timeline.calendar(when) == when.text) else None


def _cells(need: Need, part: Searched, chart: Chart, index: Index) -> Iterator[_Cell | None]:
    """Where a value stands in the cells of a row; None for a place that no head tells the moment of, or two."""
    row = part.row
    if row is None or not row.header:
        yield None
        return
    corner = row.header[0]
    for at, _ in need.places(part):
        of_cell = heads(part, at)
        if of_cell is None or not of_cell.row:
            continue  # the head of the row: a number of the name, or of its reference range
        beside, above = timed(of_cell.row, corner), timed(of_cell.column, corner)
        is_above, is_beside = names_moment(above, chart), names_moment(beside, chart)
        if is_above == is_beside:
            yield None
        elif is_above:
            line = zip((timed(head, corner) for head in row.header[1:]), row.cells[1:], strict=False)
            yield _Cell(part, at, above, tuple(line), corner)
        else:
            yield _Cell(part, at, beside, tuple(_below(of_cell.column, part, index)), corner)


def _below(head: str, part: Searched, index: Index) -> Iterator[tuple[str, str]]:
    """The heads of the rows of a table, each with its cell in one column."""
    own = part.row
    assert own
    column = own.header.index(head)
    for other in index.told:
        row = other.row
        if row and (row.header, row.section) == (own.header, own.section) and column < len(row.cells):
            yield timed(row.cells[0], row.header[0]), row.cells[column]


def _is_other(when: When, cell: _Cell, chart: Chart) -> bool:
    """Whether a cell is of another moment, and counted from no other event than the own one."""
    named = [name for name in chart.case.events if names_event(name, cell.corner)]
    if named and not {event_of(when), event_of(dated(when, chart))} & {*named}:
        return False
    return not (is_moment(when, cell.moment, chart) or may_be(when, cell.moment, chart))
