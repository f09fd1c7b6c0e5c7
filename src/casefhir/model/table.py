"""A table of values as a block of lines, text → a Row for each moment, every Cell with its place."""

import re
from contextlib import suppress
from decimal import Decimal
from typing import NamedTuple

from casefhir.model.degree import degree
from casefhir.model.event_name import slugged
from casefhir.model.grammar import GrammarError
from casefhir.model.number import DASH
from casefhir.model.quantity import Amount, Range, quantity
from casefhir.model.reference import Reference
from casefhir.model.result import Result, placed, reference, result
from casefhir.model.result_words import DEGREES, WORDS, word_for
from casefhir.model.when import When, is_when, when

MOMENTS = frozenset(("date", "at", "event"))
"""What the first column may be called."""

_NOTHING = frozenset((*DASH, "—", "n/a", "N/A", "n.a.", "NA"))
_TWO_READINGS = frozenset(("nd", "n.d.", "n.d"))
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,9})?")
_COLUMN = re.compile(r"([^\[]+)\[(.+)\](?:\(([^()]+)\))?")
_RANGED = re.compile(r"(.+)\((?=[<>≤≥]|[0-9.]+-)([<>≤≥=0-9.-]+)\)")
"""A column without a unit that has a range of numbers: `INR(0.9-1.1)`."""

_FLAGGED = re.compile(r"(.*[0-9])(HH?|LL?|↑↑?|↓↓?)")


class Cell(NamedTuple):
    """One value of a table."""

    text: str
    """The cell as written."""

    column: str
    """Name of the column, without its unit."""

    unit: str | None
    """Unit of the column, as written; None where the header gives none."""

    result: Result | None
    """The value; None for `-`, not measured."""

    row: int
    """Number of the line in the block, from 0."""

    offset: int
    """Characters of the line before the cell."""

    head: tuple[int, int]
    """Line of its column in the block, from 0, and the characters of that line before it."""


class Row(NamedTuple):
    """The values of one moment."""

    text: str
    """The line as written."""

    moment: When
    """The date or event of the first column."""

    cells: tuple[Cell, ...]
    """All others, in the order of the columns."""

    row: int
    """Number of the line in the block, from 0."""


class _Word(NamedTuple):
    text: str
    offset: int


class _Line(NamedTuple):
    text: str
    row: int
    start: int
    """Characters of the block before the line."""
    words: tuple[_Word, ...]


class _Column(NamedTuple):
    name: str
    unit: str | None
    head: tuple[int, int]
    reference: Reference | None = None


def table(text: str) -> tuple[Row, ...]:
    """
    The rows of a table, whose columns are parted by blanks, so that no cell has any.

    The header names the columns: `date`, `at` or `event` first, then tests, each with its unit or without:
    `IL-6[pg/mL]`, `ALP[not-printed]`. A cell is a result in one word: `3.1`, `412.5H` (with the flag that is
    printed), `<2`, `+`, `neg`, `1:320`; `-` was not measured. Empty lines are skipped.

    Raises: GrammarError with its place in the whole text.
    """
    lines = _lines(text)
    if len(lines) < 2 or len(lines[0].words) < 2:
        raise GrammarError("a table has a header and a line for each date: date IL-6[pg/mL] CRP[mg/L]")
    columns = _columns(lines[0])
    return tuple(_row(line, columns) for line in lines[1:])


def _lines(text: str) -> list[_Line]:
    """The lines that are not empty."""
    lines, start = [], 0
    for row, line in enumerate(text.split("\n")):
        if words := tuple(_Word(found[0], found.start()) for found in re.finditer(r"\S+", line)):
            lines.append(_Line(line, row, start, words))
        start += len(line) + 1
    return lines


def _columns(header: _Line) -> tuple[_Column, ...]:
    """The columns after the first, each name once."""
    first, *words = header.words
    if first.text.casefold() not in MOMENTS:
        raise GrammarError(f'"{first.text}" is the first column; write date, at or event', header.start + first.offset)
    columns = tuple(_column(word, header) for word in words)
    seen: set[str] = set()
    for column, word in zip(columns, words, strict=True):
        if column.name.casefold() in seen:
            raise GrammarError(f'"{column.name}" is the name of two columns', header.start + word.offset)
        seen.add(column.name.casefold())
    return columns


def _column(word: _Word, header: _Line) -> _Column:
    place = header.start + word.offset
    head = (header.row, word.offset)
    name, bracket, _ = word.text.partition("[")
    if not name:
        raise GrammarError(
            f'"{word.text}" stands apart from its column; write e.g. IL-6[pg/mL], without a blank', place
        )
    if not bracket:
        return _without_unit(word.text, head)
    found = _COLUMN.fullmatch(word.text)
    if found is None:
        raise GrammarError(f'"{word.text}" has no whole unit; write e.g. IL-6[pg/mL], without a blank', place)
    name, unit, limits = found.groups()
    printed = "not printed" if unit == "not-printed" else unit
    return _Column(name, printed, head, placed(reference, limits, place + found.start(3)) if limits else None)


def _without_unit(text: str, head: tuple[int, int]) -> _Column:
    """A column that has a name alone, or a name and its range; brackets with anything else are a part of the name."""
    if found := _RANGED.fullmatch(text):
        with suppress(GrammarError):
            return _Column(found[1], None, head, reference(found[2]))
    return _Column(text, None, head)


def _row(line: _Line, columns: tuple[_Column, ...]) -> Row:
    first, *words = line.words
    if len(words) != len(columns):
        raise _count(line, len(columns) + 1)
    moment = placed(_moment, first.text, line.start + first.offset)
    cells = tuple(_cell(word, column, line) for word, column in zip(words, columns, strict=True))
    return Row(line.text.strip(), moment, cells, line.row)


def _moment(text: str) -> When:
    """The date or the event of a line; a distance has blanks, so it has to be an event."""
    event, plus, distance = text.partition("+")
    date = f"{event} + {re.sub(r'(?<=[0-9])(?=[a-z])', ' ', distance)}"
    if plus and is_when(date) and (name := slugged(text.replace("+", "-plus-"))):
        raise GrammarError(f"\"{text}\" is no event; write {name} here, and {name}: {{date: {date}}} below 'events:'")
    return when(text)


def _count(line: _Line, expected: int) -> GrammarError:
    found = len(line.words)
    said = f'"{line.text.strip()}" has {found} cells, the header has {expected} columns'
    if found < expected:
        return GrammarError(f"{said}; write - for what was not measured", line.start + len(line.text.rstrip()))
    return GrammarError(
        f"{said}; no cell has a blank in it: write <2, 412.5H", line.start + line.words[expected].offset
    )


def _cell(word: _Word, column: _Column, line: _Line) -> Cell:
    value = None if word.text in _NOTHING else _value(word.text, column, line.start + word.offset)
    if column.reference and value and value.quantity:
        is_normal = not column.reference.meaning
        value = value._replace(**{"reference": column.reference} if is_normal else {"limits": (column.reference,)})
    return Cell(word.text, column.name, column.unit, value, line.row, word.offset, column.head)


def _value(text: str, column: _Column, place: int) -> Result:
    """A result in one word; its unit is that of the column, and its number may have a power of ten: `2.0x10^6`."""
    if _NUMBER.fullmatch(text):  # as nearly all cells are; the whole grammar would take six times as long
        return Result(text, Amount(text, Decimal(text), ""))
    said = _said(text)
    flagged = _FLAGGED.fullmatch(text)
    if not any(map(str.isdigit, said)) and not degree(said) and not word_for(said) and said == text:
        raise _no_result(text, place)
    said = flagged[1] if flagged else said
    value = placed(result, said, place)
    if value.quantity and value.quantity.unit and column.unit:
        value = _multiplied(value, said, column.unit)
    if value.quantity and re.match(r"[xX×*]?10[\^*⁰¹²³⁴-⁹]", value.quantity.unit or ""):
        raise GrammarError(f'"{text}" has a power of ten; write its column with a unit: HIV-RNA[copies/mL]', place)
    if value.quantity and value.quantity.unit != "":
        raise GrammarError(f'"{text}" has a unit; write it once, in the header: IL-6[{value.quantity.unit}]', place)
    return value._replace(text=text, flag=WORDS[flagged[2]]) if flagged else value._replace(text=text)


def _multiplied(value: Result, said: str, unit: str) -> Result:
    """A value with a power of ten, `2.0x10^6`, in the unit of its column; as it is, if it has anything else."""
    whole = quantity(f"{said} {unit}")
    if not isinstance(whole, Amount | Range) or not whole.multiplied or whole.unit != unit:
        return value
    return value._replace(quantity=whole._replace(text=said, unit=""))


def _said(text: str) -> str:
    """A cell in words with blanks for its hyphens, if that is what it takes to be known: `mild-to-moderate`."""
    if not text[:1].isalpha() or "-" not in text or word_for(text):
        return text
    spaced = text.replace("-", " ")
    first, _, rest = spaced.partition(" ")
    is_known = word_for(spaced) or degree(spaced) or (first.casefold() in DEGREES and word_for(rest))
    return spaced if is_known else text


def _no_result(text: str, place: int) -> GrammarError:
    if text.casefold() in _TWO_READINGS:
        return GrammarError(f'"{text}" has two readings; write undetectable, or - if it was not measured', place)
    return GrammarError(f'"{text}" is no number and no word such as neg; write - here and the words in labs', place)
