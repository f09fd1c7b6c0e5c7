"""Names that no table knows."""

from casefhir.chart import Chart
from casefhir.rules.rule import Remarks


def misspelt(chart: Chart) -> Remarks:
    """
    A name is one slip away from one that the tables know.

    Why: it is probably misspelt, and would lose its codes.
    Bad:  drug: tocilizumap
    Good: drug: tocilizumab
    """
    for path, name, meant in chart.unknown_names:
        if meant:
            yield path, f"unknown name {name!r}; did you mean {meant!r}?"


def unknown(chart: Chart) -> Remarks:
    """
    A name is in no table.

    Why: it is exported as text, without codes. That is fine; a code can be given with `code:`.
    Bad:  name: pseudo-something, if the tables know it under another name
    Good: name: pseudo-something, with code: SNOMED …, or as it is
    """
    for path, name, meant in chart.unknown_names:
        if not meant:
            yield (
                path,
                f"{name!r} is in no table, so it has no codes; give some with 'code:' or leave it as text",
            )
