"""Names that no table knows."""

import re
from collections.abc import Iterator
from typing import Any

from casefhir.chart import Chart
from casefhir.model.calendar import Calendar
from casefhir.model.findings import Finding, Imaging, Panel
from casefhir.model.grammar import GrammarError
from casefhir.model.pathology import Pathology
from casefhir.model.quantity import Amount
from casefhir.model.when import when
from casefhir.rules.references import subjects
from casefhir.rules.rule import Remarks
from casefhir.source import Path
from casefhir.terms import Terms
from casefhir.terms.names import is_typo, near
from casefhir.terms.table import Table


def not_a_name(chart: Chart) -> Remarks:
    """
    A test is called like a key of its block, or by a date.

    Why: the line is indented too far, or a moment stands where the name belongs; the moment would be lost.
    Bad:  labs: [{values: {CRP: 96 mg/L, at: 2020}}]
    Good: labs: [{at: 2020, values: {CRP: 96 mg/L}}]
    """
    for path, panel in _panels(chart):
        for name in panel.values:
            if name in {field.key for field in panel.fields().values()}:
                yield (*path, "values", name), f"{name!r} stands among the tests; write it beside 'values:'"
            elif _is_date(name):
                told = f"{name!r} is a date and no test; write it beside 'values:', as 'at: {name}'"
                yield (*path, "values", name), told


def _panels(chart: Chart) -> Iterator[tuple[Path, Panel | Imaging | Pathology]]:
    for section, panels in (("vitals", chart.case.vitals), ("labs", chart.case.labs)):
        yield from (((section, i), panel) for i, panel in enumerate(panels))
    yield from chart.case.reports()


def _is_date(name: str) -> bool:
    try:
        return name[0].isdecimal() and isinstance(when(name), Calendar)
    except GrammarError:
        return False


def negated(chart: Chart) -> Remarks:
    """
    A name says that something is not there.

    Why: `no rash` would be exported as present, under a name that no search for rash excludes.
    Bad:  findings: [{name: no rash, at: admission}]
    Good: findings: [{name: rash, absent: true, at: admission}]
    """
    for path, name, tables in chart.uses:
        word, _, rest = name.partition(" ")
        if not rest or word.casefold() not in _NEGATIONS or any(table.get(name) for table in tables):
            continue  # `absence seizure` is a name
        if _is_looked_for(path):
            thing = rest.removeprefix("of ")
            yield path, f"{name!r} is a negation and no name; write {{name: {thing}, absent: true}}"
        elif path[0] == "procedures" and path[-1] == "name":
            yield path, f"{name!r} is a negation and no name; write {{name: {rest}, not-done: …}}, with the reason"
        elif path[0] == "microbiology" and "organisms" in path:
            yield path, f"{name!r} is no organism; write 'result: negative' in place of it"
        elif path[0] == "diagnoses":
            told = f"{name!r} is a negation and no name; write {{name: {rest}}} under 'ruled-out:'"
            yield path, f"{told}, or {{what: {name}}} under 'course:'"
    yield from _nothing(chart)


def _nothing(chart: Chart) -> Remarks:
    """The word `none` where the name of something stands: it would be exported as something that is there."""
    uses = [(path, name) for path, name, _ in chart.uses]
    for i, procedure in enumerate(chart.case.procedures):
        if procedure.complications != "none":
            uses += [(("procedures", i, "complications", n), name) for n, name in enumerate(procedure.complications)]
    for path, name in uses:
        if name.casefold() in _NOTHING and _BESIDE_NAMES.isdisjoint(path):
            yield path, f"{name!r} is no name; {_instead(path)}"


_NOTHING = frozenset(("none", "nil", "nothing"))
_WITH_NONE = frozenset(("history", "family", "allergies", "immunizations", "adverse-events"))


def _instead(path: Path) -> str:
    """What to write if there is nothing of a kind."""
    if "complications" in path:
        return "if there was no complication, write 'complications: none'"
    if path[0] == "microbiology" and "organisms" in path and "susceptibility" not in path:
        return "if nothing was found, write 'result: negative' in place of 'organisms'"
    if path[0] in _WITH_NONE and path[-1] == "name":
        return "if there is nothing at all, write 'none: true'"
    if _is_looked_for(path) and path[-1] == "name":
        return "for what was looked for and is not there write {name: …, absent: true}"
    return "leave it out"


def _is_looked_for(path: Path) -> bool:
    """Whether a name is that of a finding, or of what else can be absent."""
    is_section = path[0] in _WITH_ABSENT or "findings" in path
    return is_section and _BESIDE_NAMES.isdisjoint(path)


_WITH_ABSENT = frozenset(
    ("findings", "imaging", "pathology", "history", "allergies", "social", "exposures", "immunizations")
)
_BESIDE_NAMES = frozenset(("sites", "specimen", "values"))
_NEGATIONS = frozenset(("no", "not", "without", "absence", "denies", "denied", "never"))


def misspelt(chart: Chart) -> Remarks:
    """
    A name is one slip away from one that the tables know, or what was given or done for it from one of the case.

    Why: it is probably misspelt, and would lose its codes, or the link to the diagnosis.
    Bad:  drug: tocilizumap
    Good: drug: tocilizumab
    """
    for path, name, meant, *_ in chart.unknown_names:
        if meant:
            yield path, f"unknown name {name!r}; did you mean {meant!r}?"
    for path, name in _indications(chart):
        if not chart.keys.named(name, "diagnoses", "history", "findings"):
            others = (other for other in subjects(chart.case) if is_typo(name, other))
            if other := next(others, None):
                yield path, f"no diagnosis or finding {name!r}; did you mean {other!r}?"


def _indications(chart: Chart) -> Iterator[tuple[Path, str]]:
    case = chart.case
    indications = [(("treatments", i, "for"), treatment.for_) for i, treatment in enumerate(case.treatments)]
    indications += [(("procedures", i, "for"), procedure.for_) for i, procedure in enumerate(case.procedures)]
    for path, names in indications:
        yield from (((*path, n), name) for n, name in enumerate(names))


def _measurement(name: str, finding: Finding) -> str:
    """What is told of a measurement among the findings; a site becomes a part of its name there."""
    told = f"{name!r} is a measurement: write it under labs → values, where it gets its codes"
    return f"{told}, as '{name} of the {finding.sites[0].text}'" if finding.sites else told


def unknown(chart: Chart) -> Remarks:
    """
    A name is in no table.

    Why: it is exported as text, without codes. That is fine; a code can be given with `code:`.
    Bad:  sites: [knie], if the tables know it under another name; name: afebrile
    Good: sites: [knee]; {name: fever, absent: true}; name: pseudo-something, with code: SNOMED …, or as it is
    """
    misplaced = {path for path, _ in (*not_a_name(chart), *negated(chart))}
    for path, name, meant, like, wider, denied in chart.unknown_names:
        if not meant and path not in misplaced:
            if path[0] == "findings" and "sites" not in path and chart.terms.labs.get(name):
                yield path, _measurement(name, chart.case.findings[int(path[1])])
                continue
            if path[0] == "findings" and path[-1] in ("name", *range(99)) and chart.terms.scores.get(name):
                yield path, f"{name!r} is a score: write it under scores, as {{name: {name}, value: …}}"
                continue
            if path[0] == "family" and path[-1] == "relation" and chart.terms.persons.get(name):
                yield path, f"{name!r} is no relative: write it under others, as {{who: {name}, …}}"
                continue
            if denied and _is_looked_for(path):
                told = f"if it says that there is no {denied}, write {{name: {denied}, absent: true}}"
                yield path, f"{name!r} is in no table, so it has no codes; {told}"
                continue
            candidates = list(dict.fromkeys((*near(name, like), *wider)))[:3]
            advice = "give some with 'code:', or leave it as text" if _takes_codes(path) else "it stays text"
            hint = f"; near names: {', '.join(map(repr, candidates))}" if candidates else ""
            if more := _with_its_strength(path, name, chart) or _more_than_a_name(path, name, chart.terms):
                advice, hint = more, ""
            yield path, f"{name!r} is in no table, so it has no codes; {advice}{_place_in(path, name)}{hint}"


def _with_its_strength(path: Path, name: str, chart: Chart) -> str:
    """What to write for a drug with the strength of its solution, `dextrose 50%`; "" for any other text."""
    found = _SOLUTION.fullmatch(name) if "%" in name else None
    given = dict(chart.case.given()) if found and path[-1] in ("name", "drug") else {}
    if not found or not (one := given.get((str(path[0]), int(path[1])))):
        return ""
    drug, strength = found["drug"] or found["drug2"], found["share"] or found["share2"]
    if not chart.terms.drugs.get(drug):
        return ""
    if found["form"]:
        return f"write {path[-1]}: {drug}, and note: {strength}{found['form']}"
    amount = one.dose.dosage.amount if one.dose and one.dose.dosage else None
    if isinstance(amount, Amount) and amount.unit in _VOLUMES:
        return f"write {path[-1]}: {drug}, and its strength in the dose: {amount.text} of {strength}"
    return f"write {path[-1]}: {drug}, and its strength in the dose, e.g. 50 mL of {strength}, or as a note"


_SOLUTION = re.compile(
    r"(?P<drug>[^0-9%]+?),? \(?(?P<share>[0-9][0-9.]*\s?%)\)?(?P<form> [a-z]+)?"
    r"|(?P<share2>[0-9][0-9.]*\s?%) (?P<drug2>[^0-9%]+)"
)
_VOLUMES = ("mL", "L", "dL", "uL")


def _more_than_a_name(path: Path, name: str, terms: Terms) -> str:
    """What to write for several names, or a name and a number; "" for any other text."""
    tables: dict[str, Table[Any, Any]] = {
        "findings": terms.findings,
        "treatments": terms.drugs,
        "exposures": terms.drugs,
    }
    if path[0] not in tables or path[-1] not in ("name", "drug"):
        return ""
    table, is_finding = tables[str(path[0])], path[0] == "findings"
    parts = [part.strip() for part in re.split(r",|;|&|(?<![\w-])and(?![\w-])", name) if part.strip()]
    if len(parts) > 1 and all(table.get(part) for part in parts):
        return f"write names: [{', '.join(parts)}]" if is_finding else "write a treatment for each drug"
    found = re.fullmatch(r"([^0-9<>≤≥()]+?),? \(?([<>≤≥]?[0-9][^()]*)\)?", name)
    if found and table.get(found[1]):
        if is_finding:
            return f"write {path[-1]}: {found[1]}, and value: {found[2]}"
        dose = f"125 mL/h of {found[2]}, or 50 mL of {found[2]}" if found[2].endswith("%") else found[2]
        return f"write {path[-1]}: {found[1]}, and dose: {dose}"
    return ""


def _place_in(path: Path, name: str) -> str:
    """What to write for a place with its side in the name of a finding; "" where there is none."""
    found = re.search(r"\b(?:left|right|both) \S+", name) if path[0] == "findings" and path[-1] == "name" else None
    return f"; its place can stand beside it: sites: [{found[0]}]" if found else ""


def _takes_codes(path: Path) -> bool:
    return path[0] not in ("tables", "relation", "part-of") and _WITHOUT_CODES.isdisjoint(path)


_WITHOUT_CODES = frozenset(("sites", "target", "relation", "who", "of", "reaction", "specimen"))
