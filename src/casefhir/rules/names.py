"""Names that no table knows."""

from collections.abc import Iterator

from casefhir.rules.rule import Checked, Remarks
from casefhir.source import Path
from casefhir.terms import Table
from casefhir.terms.names import is_typo

Use = tuple[Path, str, tuple[Table, ...]]  # type: ignore[type-arg]  # whatever the rows are


def _uses(checked: Checked) -> Iterator[Use]:
    """Every name without codes of the author's own, its place, and the tables that may know it."""
    case, terms = checked.case, checked.terms
    for i, panel in enumerate(case.labs):
        for name, lab in panel.values.items():
            if not lab.code:
                yield ("labs", i, "values", name), name, (terms.labs,)
    for i, table in enumerate(case.tables):
        for cell in table.rows[0].cells:
            yield ("tables", i, "rows", 0, 0), cell.column, (terms.labs,)
    for i, finding in enumerate(case.findings):
        if finding.name and not finding.code:
            yield ("findings", i, "name"), finding.name, (terms.findings, terms.diagnoses)
        for n, name in enumerate(() if finding.code else finding.names):
            yield ("findings", i, "names", n), name, (terms.findings, terms.diagnoses)
        for n, site in enumerate(finding.sites):
            yield ("findings", i, "sites", n), site.name, (terms.sites,)
    yield from _named(checked)


def _named(checked: Checked) -> Iterator[Use]:
    case, terms = checked.case, checked.terms
    for i, imaging in enumerate(case.imaging):
        if not imaging.code:
            yield ("imaging", i, "name"), imaging.name, (terms.procedures,)
        for n, seen in enumerate(imaging.findings):
            if not seen.code:
                yield ("imaging", i, "findings", n, "name"), seen.name, (terms.findings, terms.diagnoses)
            for k, site in enumerate(seen.sites):
                yield ("imaging", i, "findings", n, "sites", k), site.name, (terms.sites,)
    for section, records, table in (
        ("diagnoses", case.diagnoses, terms.diagnoses),
        ("ruled-out", case.ruled_out, terms.diagnoses),
        ("scores", case.scores, terms.scores),
    ):
        for i, record in enumerate(records):  # type: ignore[var-annotated,arg-type]  # records with a name
            if not record.code:
                yield (section, i, "name"), record.name, (table,)
    for i, treatment in enumerate(case.treatments):
        if not treatment.code:
            yield ("treatments", i, "drug"), treatment.drug, (terms.drugs,)


def _unknown(checked: Checked) -> Iterator[tuple[Path, str, str | None]]:
    """Each unknown name once, with the name that it probably misspells."""
    seen: set[str] = set()
    for path, name, tables in _uses(checked):
        if name in seen or any(table.get(name) for table in tables):
            continue
        seen.add(name)
        near = [other for table in tables for other in table.near(name)]
        yield path, name, next((other for other in near if is_typo(name, other)), None)


def misspelt(checked: Checked) -> Remarks:
    """
    A name is one slip away from one that the tables know.

    Why: it is probably misspelt, and would lose its codes.
    Bad:  drug: tocilizumap
    Good: drug: tocilizumab
    """
    for path, name, meant in _unknown(checked):
        if meant:
            yield path, f"unknown name {name!r}; did you mean {meant!r}?"


def unknown(checked: Checked) -> Remarks:
    """
    A name is in no table.

    Why: it is exported as text, without codes. That is fine; a code can be given with `code:`.
    Bad:  name: pseudo-something, if the tables know it under another name
    Good: name: pseudo-something, with code: SNOMED …, or as it is
    """
    for path, name, meant in _unknown(checked):
        if not meant:
            yield (
                path,
                f"{name!r} is in no table, so it has no codes; give some with 'code:' or leave it as text",
            )
