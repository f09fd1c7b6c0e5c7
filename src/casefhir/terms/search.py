"""What somebody looks for → the names, other names and codes of all tables that are like it."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from casefhir.terms import Table, Terms
from casefhir.terms.names import fold, spelled, spelled_all

PLACES = {
    "diagnoses": "diagnoses, ruled-out, history",
    "findings": "findings",
    "labs": "labs, tables, vitals",
    "drugs": "treatments, exposures, allergies, immunizations",
    "procedures": "imaging, procedures, pathology",
    "scores": "scores",
    "sites": "the site of a finding",
    "laterality": "the side of a site",
    "relations": "family, kin",
    "persons": "others",
    "social": "social",
    "qualifiers": "the words of a result",
    "routes": "the route of a dose",
    "forms": "the form of a drug",
    "organisms": "microbiology",
    "susceptibilities": "the reaction to a drug in microbiology",
    "specimens": "the specimen of microbiology, pathology and labs",
    "genetics": "the words of a genetic variant",
    "tnm": "the categories of a stage",
}
"""Table → where its names are written in a case file."""

_SYSTEMS = {
    "loinc": "LOINC",
    "snomed": "SNOMED",
    "hpo": "HPO",
    "mondo": "MONDO",
    "orpha": "ORPHA",
    "icd10cm": "ICD-10-CM",
    "icd10": "ICD-10",
    "rxnorm": "RxNorm",
    "atc": "ATC",
    "code": "v3-RoleCode",
}
"""Column of a code → the name of its system, if the row does not name it."""


class Entry(NamedTuple):
    """One code of a name, and the values that it can have; a name without a code may still have a usual unit."""

    system: str
    code: str
    display: str
    unit: str = ""
    low: Decimal | None = None
    """Below is nobody alive, in `unit`; of a score, the lowest there is."""
    high: Decimal | None = None


class Hit(NamedTuple):
    """A name of a table that was looked for."""

    table: str
    name: str
    also: tuple[str, ...]
    entries: tuple[Entry, ...]
    match: str
    """name, code, words or near: how it is like what was looked for."""


def search(written: str, terms: Terms, tables: Iterable[str] = PLACES) -> list[Hit]:
    """
    The names that are written so in any spelling; those that have it as their code; those in which every word of it
    begins a word, the shortest first; and if there is none at all, those with few slips in them.
    """
    chosen = {name: getattr(terms, name) for name in tables}
    ways = {"name": _named, "code": _coded, "words": _worded}
    found = [(way, *place) for way, finds in ways.items() for place in finds(written, chosen)]
    if not found and any(map(str.isalnum, written)):
        found = [("near", *place) for place in _near(written, chosen)]
    hits: dict[tuple[str, str], Hit] = {}
    for way, table, first in found:
        if (table, first) not in hits:
            hits[table, first] = _hit(table, chosen[table].named(first), way)
    return list(hits.values())


_Tables = dict[str, Table[Any, Any]]
_Places = Iterator[tuple[str, str]]
"""Table and first name."""


def _named(written: str, tables: _Tables) -> _Places:
    for name, table in tables.items():
        if first := table.canonical(written):
            yield name, first


def _coded(written: str, tables: _Tables) -> _Places:
    """`1988-5`, `LOINC 1988-5`, `HP:0001945`, `ORPHA:85414`."""
    words = [word for word in written.upper().split() if word not in _NAMES_OF_SYSTEMS]
    if len(words) != 1:
        return
    code = words[0].removeprefix("ORPHA:")
    for name, table in tables.items():
        for row in table.rows:
            if any(getattr(row, column, "") == code for column in _SYSTEMS):
                yield name, row.name


_NAMES_OF_SYSTEMS = {name.upper() for name in _SYSTEMS.values()} | {"CT"}


def _worded(written: str, tables: _Tables) -> _Places:
    asked = _words(written)
    if not all(asked):
        return
    found = []
    for position, (name, table) in enumerate(tables.items()):
        for row, words in _rows_of_words(table):
            if all(any(word.startswith(begin) for word in words) for begin in asked):
                found.append((sum(map(len, words)), position, row.name, name))
    for _, _, first, name in sorted(found):
        yield name, first


def _words(name: str) -> list[str]:
    return [fold(word) for word in spelled(name).split()] or [""]


def _rows_of_words(table: Table[Any, Any]) -> Iterator[tuple[Any, list[str]]]:
    """Each row with the words of each of its names."""
    names = [(row, name) for row in table.rows for name in (row.name, *row.also)]
    lines = fold("\n".join(spelled_all([name for _, name in names])).replace(" ", "|")).split("\n")
    return ((row, line.split("|")) for (row, _), line in zip(names, lines, strict=True))


def _near(written: str, tables: _Tables) -> _Places:
    for name, table in tables.items():
        for other in table.like(written):
            yield name, table.canonical(other) or other


def _hit(table: str, rows: tuple[Any, ...], match: str) -> Hit:
    also = dict.fromkeys(name for row in rows for name in row.also)
    entries = tuple(entry for row in rows for entry in _entries(row))
    return Hit(table, rows[0].name, tuple(also), entries, match)


def _entries(row: Any) -> Iterator[Entry]:
    bounds = getattr(row, "unit", ""), getattr(row, "low", None), getattr(row, "high", None)
    codes = [(column, getattr(row, column, "")) for column in _SYSTEMS]
    for column, code in codes:
        if code:
            system = getattr(row, "system", "") or _SYSTEMS[column]
            yield Entry(system, code, _display(row, column), *bounds)
    if not any(code for _, code in codes) and bounds != ("", None, None):
        yield Entry("", "", "", *bounds)


def _display(row: Any, column: str) -> str:
    if column == "atc":
        return str(row.name)
    own = (getattr(row, f"{column}_{word}", "") for word in ("display", "label"))
    return next(filter(None, own), "") or str(getattr(row, "display", ""))
