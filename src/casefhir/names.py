"""The names that a case uses: each with its place, and the tables that may know it."""

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any, NamedTuple

from casefhir.cells import is_column
from casefhir.columns import doses_of
from casefhir.model.case import Case
from casefhir.source import Path
from casefhir.terms import Table, Terms, is_typo
from casefhir.terms.names import begins_otherwise, is_negation, spelled, unnegated

Use = tuple[Path, str, tuple[Table[Any, Any], ...]]


def uses(case: Case, terms: Terms) -> Iterator[Use]:
    """Every name without codes of the author's own, its place, and the tables that may know it."""
    measured = (terms.labs, terms.scores)
    for section, panels in (("vitals", case.vitals), ("labs", case.labs)):
        for i, panel in enumerate(panels):
            for name, lab in panel.values.items():
                if not lab.code:
                    own = terms.in_specimen(name, lab.specimen or panel.specimen)
                    yield (section, i, "values", name), own, measured
    for i, table in enumerate(case.tables):
        doses, coded = doses_of(table, terms), [d.column for d in table.cells if d.code and not d.row]
        for cell in table.rows[0].cells:
            if not any(is_column(cell.column, named) for named in coded):
                is_dose = cell.column in doses
                name = cell.column if is_dose else terms.in_specimen(cell.column, table.specimen)
                yield ("tables", i, "rows", 0, 0), name, (terms.drugs,) if is_dose else measured
    for i, finding in enumerate(case.findings):
        if finding.name and not finding.code:
            yield ("findings", i, "name"), finding.name, (terms.findings, terms.diagnoses)
        for n, name in enumerate(() if finding.code else finding.names):
            yield ("findings", i, "names", n), name, (terms.findings, terms.diagnoses)
        for n, site in enumerate(finding.sites):
            yield ("findings", i, "sites", n), site.name, (terms.sites,)
    yield from _background(case, terms)
    yield from _named(case, terms)


def _background(case: Case, terms: Terms) -> Iterator[Use]:
    """The names of the sections on what was before, and around."""
    diseases, signs = (terms.diagnoses, terms.findings), (terms.findings, terms.diagnoses)
    for i, past in enumerate(case.history):
        if past.name and not past.code:
            yield ("history", i, "name"), past.name, diseases
        for step, name in _each("names", () if past.code else past.names):
            yield ("history", i, *step), name, diseases
        for n, site in enumerate(past.sites):
            yield ("history", i, "sites", n), site.name, (terms.sites,)
    yield from _of_persons(case, terms)
    for i, allergy in enumerate(case.allergies):
        if allergy.name and not allergy.code:
            yield ("allergies", i, "name"), allergy.name, (terms.drugs,)
        for step, name in _each("reaction", allergy.reaction):
            yield ("allergies", i, *step), name, signs
    for i, habit in enumerate(case.social):
        if not habit.code:
            yield ("social", i, "name"), habit.name, (terms.social,)
    for i, exposure in enumerate(case.exposures):
        if not exposure.code:
            yield ("exposures", i, "name"), exposure.name, (terms.drugs,)
    for i, vaccination in enumerate(case.immunizations):
        if vaccination.name and not vaccination.code:
            yield ("immunizations", i, "name"), vaccination.name, (terms.drugs,)
    for relation in case.relation:
        yield ("relation",), relation, (terms.relations,)
    for other, relation in case.part_of.items() if isinstance(case.part_of, dict) else ():
        yield ("part-of", other), relation, (terms.relations,)


def _of_persons(case: Case, terms: Terms) -> Iterator[Use]:
    """Who is who, and what each has: relatives and others."""
    diseases = (terms.diagnoses, terms.findings)
    for i, relative in enumerate(case.family):
        if relative.relation:
            yield ("family", i, "relation"), relative.relation, (terms.relations,)
        for step, name in _each("of", relative.of):
            yield ("family", i, *step), name, diseases
    for i, other in enumerate(case.others):
        said = {"who": other.who, "relation": other.relation}
        yield from ((("others", i, key), name, (terms.persons, terms.relations)) for key, name in said.items() if name)
    for path, person in case.persons():
        for n, condition in enumerate(person.conditions):
            if not condition.code:
                yield (*path, "conditions", n, "name"), condition.name, diseases
        for name, value in person.values.items():
            if not value.code:
                yield (*path, "values", name), name, (terms.labs,)


def _each(key: str, names: Iterable[str]) -> Iterator[tuple[tuple[str, int], str]]:
    return (((key, n), name) for n, name in enumerate(names))


def _named(case: Case, terms: Terms) -> Iterator[Use]:
    for path, examined in case.with_findings():
        if not examined.code:
            yield (*path, "name"), examined.name, (terms.procedures,)
        for n, seen in enumerate(examined.findings):
            if not seen.code:
                yield (*path, "findings", n, "name"), seen.name, (terms.findings, terms.diagnoses)
            for k, site in enumerate(seen.sites):
                yield (*path, "findings", n, "sites", k), site.name, (terms.sites,)
    for path, report in case.reports():
        for name, value in report.values.items():
            if not value.code:
                yield (*path, "values", name), name, (terms.labs, terms.scores)
    yield from _of_places(case, terms)
    diseases = (terms.diagnoses, terms.findings)
    for section, records, tables in (
        ("diagnoses", case.diagnoses, diseases),
        ("ruled-out", case.ruled_out, diseases),
        ("scores", case.scores, (terms.scores,)),
    ):
        for i, record in enumerate(records):
            if not record.code:
                yield (section, i, "name"), record.name, tables
    for i, diagnosis in enumerate(case.diagnoses):
        for n, site in enumerate(diagnosis.sites):
            yield ("diagnoses", i, "sites", n), site.name, (terms.sites,)
    for i, score in enumerate(case.scores):
        for n, site in enumerate(score.sites):
            yield ("scores", i, "sites", n), site.name, (terms.sites,)
    for i, event in enumerate(case.adverse_events):
        if event.name and not event.code:
            yield ("adverse-events", i, "name"), event.name, (terms.findings, terms.diagnoses)
    yield from _of_microbes(case, terms)
    aimed = [(("treatments", i), one.target) for i, one in enumerate(case.treatments)]
    aimed += [(("procedures", i), one.target) for i, one in enumerate(case.procedures)]
    for place, target in aimed:
        yield from (((*place, "target", name), name, (terms.labs, terms.scores)) for name in target)
    for i, treatment in enumerate(case.treatments):
        if not treatment.code:
            yield ("treatments", i, "drug"), treatment.drug, (terms.drugs,)


def _of_places(case: Case, terms: Terms) -> Iterator[Use]:
    """Where something was done or taken, and what was taken."""
    places = [(("procedures", i), procedure.sites) for i, procedure in enumerate(case.procedures)]
    places += [(("pathology", i), pathology.sites) for i, pathology in enumerate(case.pathology)]
    for path, sites in places:
        for n, site in enumerate(sites):
            yield (*path, "sites", n), site.name, (terms.sites,)
    for i, pathology in enumerate(case.pathology):
        if pathology.specimen:
            yield ("pathology", i, "specimen"), pathology.specimen, (terms.specimens, terms.sites)


def _of_microbes(case: Case, terms: Terms) -> Iterator[Use]:
    for i, test in enumerate(case.microbiology):
        place: Path = ("microbiology", i)
        if not test.code:
            yield (*place, "name"), test.name, (terms.labs, terms.procedures)
        if test.specimen:
            yield (*place, "specimen"), test.specimen, (terms.specimens,)
        yield from _of_drugs(place, test.susceptibility, terms)
        for n, organism in enumerate(test.organisms):
            if not organism.code:
                yield (*place, "organisms", n), organism.name, (terms.organisms,)
            yield from _of_drugs((*place, "organisms", n), organism.susceptibility, terms)
            for k, genotype in enumerate(organism.genotype):
                at: Path = (*place, "organisms", n, "genotype", k, "resistance-to")
                yield from (((*at, m), drug, (terms.drugs,)) for m, drug in enumerate(genotype.resistance_to))
    for i, variant in enumerate(case.genetics):
        if variant.specimen:
            yield ("genetics", i, "specimen"), variant.specimen, (terms.specimens,)
        if variant.of:
            yield ("genetics", i, "of"), variant.of, (terms.diagnoses, terms.findings)


def _of_drugs(path: Path, written: Iterable[str], terms: Terms) -> Iterator[Use]:
    yield from (((*path, "susceptibility", drug), drug, (terms.drugs,)) for drug in written)


class UnknownName(NamedTuple):
    """A name that no table has."""

    path: Path
    name: str
    meant: str | None
    """The name that it probably misspells."""

    like: tuple[str, ...]
    """Names of the tables with few slips between them and it."""

    wider: tuple[str, ...]
    """Names of the tables that its own words make: `rash` of `evanescent rash`."""

    denied: str | None
    """The name that it may say the absence of: `fever` of `afebrile`."""


def unknown_names(uses: Iterable[Use], terms: Terms) -> Iterator[UnknownName]:
    """Each name that no table has, once, at its first place."""
    known: set[tuple[str, tuple[Table[Any, Any], ...]]] = set()
    seen: set[str] = set()
    for path, name, tables in uses:
        if name in seen or (name, tables) in known:
            continue
        if any(table.get(name) for table in tables):
            known.add((name, tables))
            continue
        seen.add(name)
        like = tuple(other for table in tables for other in table.like(name) if not begins_otherwise(name, other))
        meant = next((other for other in like if is_typo(name, other)), None)
        wider = () if meant else tuple(_wider(name, tables, terms))
        yield UnknownName(path, name, meant, like, wider, None if meant else _denied(name, like, tables))


def _denied(name: str, like: Iterable[str], tables: tuple[Table[Any, Any], ...]) -> str | None:
    """The first name of what a word says that there is none of; None for several words, which may say what is there."""
    if len(spelled(name).split()) != 1:
        return None
    others = [*unnegated(spelled(name)), *(other for other in like if is_negation(name, other))]
    return next((first for other in others for table in tables if (first := table.canonical(other))), None)


def _wider(name: str, tables: tuple[Table[Any, Any], ...], terms: Terms) -> Iterator[str]:
    """
    Names that the words of a name make, its head among them; of a joint those that say `joint`; of one word, its kinds.

    `ultrasound of the knee` is a `joint ultrasound` and an `ultrasound`, `urticarial rash` a `rash` and `urticaria`;
    `myeloma` may be `multiple myeloma`.
    Not for drugs, tests and sites: `zinc` is another test than `zinc in urine`.
    """
    words = spelled(name).split()
    if not words or not _OTHERWISE.isdisjoint(words):
        return
    if len(words) == 1:
        kinds = [table for table in tables if table in (terms.findings, terms.diagnoses, terms.procedures)]
        yield from (kind for table in kinds for kind in table.kinds(words[0])[:_MOST])
        return
    before = list(takewhile(lambda word: word not in _OF, words))
    said = [word for word in words if word not in _OF]
    head = (before or words)[-1]
    slips = [w for w in said if len(w) > 6 and w != head and not any(table.get(w) for table in tables)]
    joints = ["joint"] if any(site.joint for word in words if (site := terms.sites.get(word))) else []
    for table in tables:
        if table in (terms.findings, terms.diagnoses, terms.procedures):
            yield from (other for word in slips for other in table.like(word, most=2) if is_typo(word, other))
            yield from table.within([*said, *joints], head)


_OF = frozenset(("of", "in", "with", "at", "on", "for", "from", "due", "after", "the"))
_MOST = 3
_OTHERWISE = frozenset(("no", "non", "not", "without", "pre", "pseudo", "anti"))
"""Words that make a name say something else than the rest of it."""
