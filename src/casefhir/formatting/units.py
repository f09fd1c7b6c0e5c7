"""Units whose small and capital letters are not those of print, where they mean the same."""

import re
from collections.abc import Iterator
from typing import Any

from casefhir.edit import Edit, edited
from casefhir.inclusion import with_parts
from casefhir.model.base import Value
from casefhir.model.case import Case
from casefhir.model.findings import Table
from casefhir.model.quantity import Amount, Extent, Range, Ratio
from casefhir.model.result import Result
from casefhir.model.table import Row
from casefhir.schema import model_issues, shape_issues
from casefhir.source import Path, Source, SourceError
from casefhir.terms.units import known


def units(source: Source) -> list[Edit]:
    """
    Edits after which units have the capitals of print: `mg/L` for `mg/l`.

    A case with errors keeps its units. What the article prints of a value, `printed` and `quote`, is never touched,
    nor is a dose. A unit stays where the text would be read in another way.
    """
    before = _units(source)
    places = {(path, unit) for path, unit in before if known().spelling(unit) != unit}
    while places:
        edits = [edit for path, unit in places for edit in _edits(source, path, unit)]
        if not edits:
            break
        wanted = [(path, known().spelling(unit) if (path, unit) in places else unit) for path, unit in before]
        after = _units(source.rewritten(edited(source.text, edits)))
        if after == wanted:
            return edits
        places -= _changed(before, wanted, after) or places
    return []


Units = list[tuple[Path, str]]


def _changed(before: Units, wanted: Units, after: Units) -> set[tuple[Path, str]]:
    """The units that are not read as wanted."""
    return {unit for unit, new in zip(before, wanted, strict=True) if new not in after}


def _units(source: Source) -> Units:
    """Every unit of a case with its place, as written; none of a case with errors."""
    try:
        whole = with_parts(source)
    except SourceError:
        return []
    if any(shape_issues(whole)):
        return []
    case = model_issues(whole.data)
    return list(_of(case, ())) if isinstance(case, Case) else []


def _of(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    match value:
        case Amount() | Range() | Ratio() | Extent():
            yield path, value.unit or ""
        case Result():
            yield path, value.quantity.unit or "" if value.quantity else ""
            yield from ((path, limits.unit) for limits in (value.reference, *value.limits) if limits)
        case Row():
            yield from ((path, cell.unit or "") for cell in value.cells)
        case Value():
            if isinstance(value, Table):
                yield (*path, "unit"), value.unit or ""
            for name, field in value.fields().items():
                yield from _of(getattr(value, name), (*path, field.key))
        case dict():
            for key, part in value.items():
                yield from _of(part, (*path, key))
        case tuple() if type(value) is tuple:
            for number, part in enumerate(value):
                yield from _of(part, (*path, number))


def _edits(source: Source, path: Path, unit: str) -> Iterator[Edit]:
    """A unit, wherever it stands in the text of a value."""
    node = source.value_at(path)
    if node is None:
        return
    written = re.compile(rf"(?<![^\s\d(\['\"]){re.escape(unit)}(?![^\s)\],;'\"])")
    for found in written.finditer(source.text, node.start_mark.index, node.end_mark.index):
        yield Edit(found.start(), found.end(), known().spelling(unit))
