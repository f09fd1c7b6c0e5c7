"""Names that no table knows."""

from casefhir.chart import Chart
from casefhir.model.findings import Panel
from casefhir.model.grammar import GrammarError
from casefhir.model.when import Calendar, when
from casefhir.names import uses
from casefhir.rules.rule import Remarks
from casefhir.source import Path
from casefhir.terms.names import near


def not_a_name(chart: Chart) -> Remarks:
    """
    A test is called like a key of its block, or by a date.

    Why: the line is indented too far, or a moment stands where the name belongs; the moment would be lost.
    Bad:  labs: [{values: {CRP: 96 mg/L, at: 2020}}]
    Good: labs: [{at: 2020, values: {CRP: 96 mg/L}}]
    """
    for i, panel in enumerate(chart.case.labs):
        for name in panel.values:
            if name in _KEYS:
                yield ("labs", i, "values", name), f"{name!r} stands among the tests; write it beside 'values:'"
            elif _is_date(name):
                told = f"{name!r} is a date and no test; write it beside 'values:', as 'at: {name}'"
                yield ("labs", i, "values", name), told


_KEYS = frozenset(field.alias for field in Panel.model_fields.values())


def _is_date(name: str) -> bool:
    try:
        return name[0].isdecimal() and isinstance(when(name), Calendar)
    except GrammarError:
        return False


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
    Bad:  sites: [knie], if the tables know it under another name
    Good: sites: [knee]; name: pseudo-something, with code: SNOMED …, or as it is
    """
    unknown = {(path, name) for path, name, meant in chart.unknown_names if not meant}
    misplaced = {path for path, _ in not_a_name(chart)}
    for path, name, tables in uses(chart.case, chart.terms) if unknown else ():
        if (path, name) in unknown and path not in misplaced:
            candidates = _near(name, [other for table in tables for other in table.names])
            advice = "give some with 'code:', or leave it as text" if _takes_codes(path) else "it stays text"
            hint = f"; near names: {', '.join(map(repr, candidates))}" if candidates else ""
            yield path, f"{name!r} is in no table, so it has no codes; {advice}{hint}"


def _takes_codes(path: Path) -> bool:
    return path[0] != "tables" and "sites" not in path


def _near(name: str, names: list[str]) -> list[str]:
    """The names most like one; the library looks through a thousand of them in a tenth of a millisecond."""
    from rapidfuzz import process, utils
    from rapidfuzz.distance import OSA

    allowed = max(1, len(name) // 4)
    found = process.extract(
        name, names, scorer=OSA.distance, processor=utils.default_process, score_cutoff=allowed, limit=5
    )
    return near(name, [other for other, _, _ in found])
