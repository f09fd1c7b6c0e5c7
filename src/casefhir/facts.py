"""Case → facts: each single statement of the case with its place in the file and its key."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import count
from typing import Any, NamedTuple

from casefhir.cells import NOTHING, Details, details, value_of
from casefhir.columns import dose, doses_of
from casefhir.identity import OF_A_MOMENT, also_named, key_of, rating_key, sign_key
from casefhir.keys import Keys, Parts, Word, slug
from casefhir.microbes import test_key, tested
from casefhir.model.case import Case
from casefhir.model.family import Relative
from casefhir.model.findings import Finding, Imaging, ImagingFinding, LabValue, Panel, Score, Table
from casefhir.model.history import History, Past
from casefhir.model.microbiology import MicrobiologyTest
from casefhir.model.others import Other
from casefhir.model.pathology import Pathology
from casefhir.model.perinatal import Birth, Pregnancy
from casefhir.model.procedure import Procedure
from casefhir.model.site import Site
from casefhir.model.table import Row
from casefhir.source import Path
from casefhir.statement import Lab, Measure, OfAnother, Rating, Report, Sign
from casefhir.terms import Terms


class Fact(NamedTuple):
    """
    One statement of the case.

    The path is its place in the file, for messages. The key is its identity, for ids and references: section,
    canonical name, event or date, side and site, and only among equals a number. Moving lines changes no key.
    """

    path: Path
    key: str
    record: Any
    number: int = 0
    """Which of several facts with the same name and moment this is, from 1; 0 if it is the only one."""


def facts(case: Case, terms: Terms) -> tuple[Fact, ...]:
    """All facts of a case, in the order of the file; the keys are unique."""
    return _numbered(list(_drafts(case, Parts(terms), terms)))


def _drafts(case: Case, parts: Parts, terms: Terms) -> Iterator[Fact]:
    """The facts, those with the same name and moment under one key."""
    yield Fact(("article",), "article", case.article)
    yield Fact(("patient",), "patient", case.patient)
    for name, event in case.events.items():
        yield Fact(("events", name), f"events/{name}", event)
    for section, records in _sections(case):
        for position, record in enumerate(records):
            path = (section, position)
            match record:
                case Relative() | Other():
                    yield from _person(path, record, parts)
                case History():
                    yield from _past(path, record, parts)
                case Finding():
                    yield from _signs(path, record, parts)
                case Score():
                    yield from _ratings(path, record, parts)
                case Panel():
                    yield from _panel(path, record, parts)
                case Table():
                    yield from _table(path, record, parts, terms)
                case Imaging() | Pathology() | Procedure():
                    yield from _with_findings(path, record, parts)
                case Pregnancy():
                    yield from _measures(path, record, parts)
                case MicrobiologyTest():
                    yield from _microbiology(path, record, parts)
                case _:
                    yield Fact(path, key_of(section, record, record.id, parts), record)
    if case.birth:
        yield from _measures(("birth",), case.birth, parts)
    if case.death:
        yield Fact(("death",), "death", case.death)


def _measures(path: Path, record: Pregnancy | Birth, parts: Parts) -> Iterator[Fact]:
    for name, value in record.said:
        lasted = (record.from_, record.to) if isinstance(record, Pregnancy) else (None, None)
        measure = Measure(name, value, record, record.at, *lasted)
        key = key_of(str(path[0]), measure, record.id and f"{record.id}/{slug(name)}", parts)
        yield Fact((*path, name) if hasattr(record, name) else (*path, "apgar"), key, measure)


def _sections(case: Case) -> Iterator[tuple[str, tuple[Any, ...]]]:
    yield "history", case.history
    yield "family", case.family
    yield "others", case.others
    yield "allergies", case.allergies
    yield "social", case.social
    yield "exposures", case.exposures
    yield "immunizations", case.immunizations
    yield "perspective", case.perspective
    yield "diagnoses", case.diagnoses
    yield "ruled-out", case.ruled_out
    yield "findings", case.findings
    yield "vitals", case.vitals
    yield "labs", case.labs
    yield "tables", case.tables
    yield "imaging", case.imaging
    yield "procedures", case.procedures
    yield "pathology", case.pathology
    yield "stages", case.stages
    yield "scores", case.scores
    yield "microbiology", case.microbiology
    yield "genetics", case.genetics
    yield "treatments", case.treatments
    yield "course", case.course
    yield "adverse-events", case.adverse_events
    yield "pregnancy", case.pregnancy
    yield "consent", case.consent


def _past(path: Path, history: History, parts: Parts) -> Iterator[Fact]:
    if not history.names:
        yield Fact(path, key_of("history", history, history.id, parts), Past(history.label, history))
    for i, name in enumerate(history.names):
        author = history.id and f"{history.id}/{slug(name)}"
        past = Past(name, history)
        yield Fact((*path, "names", i), key_of("history", past, author, parts), past)


def _person(path: Path, record: Relative | Other, parts: Parts) -> Iterator[Fact]:
    yield Fact(path, key := key_of(str(path[0]), record, record.id, parts), record)
    for name, value in record.values.items():
        own = f"{key}/{value.id or parts.canonical('labs', name)}"
        yield Fact((*path, "values", name), own, OfAnother(Lab(name, value, None), record.label))


def _signs(path: Path, finding: Finding, parts: Parts) -> Iterator[Fact]:
    names = [((*path, "name"), finding.name)] if finding.name else []
    names += [((*path, "names", i), name) for i, name in enumerate(finding.names)]
    for place, name in names:
        for site in _places(finding):
            sign = Sign(name, site, finding, finding.at, finding.from_, finding.to)
            yield Fact(place, f"findings/{sign_key(sign, finding.id, parts)}", sign)


def _ratings(path: Path, score: Score, parts: Parts) -> Iterator[Fact]:
    """A score at each of its sites, or without one."""
    for number, site in enumerate(score.sites or (None,)):
        rating = Rating(score, site, score.at, score.from_, score.to)
        yield Fact((*path, "sites", number) if site else path, rating_key(rating, parts), rating)


def _panel(path: Path, panel: Panel, parts: Parts) -> Iterator[Fact]:
    section = str(path[0])
    members = tuple((*path, "values", name) for name in panel.values)
    for place, (name, value) in zip(members, panel.values.items(), strict=True):
        lab = Lab(name, _examined(value, panel), panel.at, panel.from_, panel.to)
        yield Fact(place, key_of(section, lab, value.id, parts), lab)
    report = Report(panel, panel.at, panel.from_, panel.to, members)
    yield Fact(path, f"{section}/{panel.id or parts.moment(report.moment)}", report)


def _examined(value: LabValue, panel: Panel) -> LabValue:
    """A value with the specimen of its panel, if it has none of its own."""
    return value.but(specimen=panel.specimen) if panel.specimen and not value.specimen else value


def _table(path: Path, table: Table, parts: Parts, terms: Terms) -> Iterator[Fact]:
    doses, said = doses_of(table, terms), details(table)
    for row in table.rows:
        yield from _row(path, table, row, doses, said, parts)


def _row(
    path: Path, table: Table, row: Row, doses: frozenset[str], said: Mapping[tuple[int, str], Details], parts: Parts
) -> Iterator[Fact]:
    """The values and doses of a line, and the report of its values."""
    members: list[Path] = []
    for cell in row.cells:
        of_cell = said.get((cell.row, cell.column), NOTHING)
        value = value_of(cell, of_cell)
        if value is None:
            continue
        place = (*path, "rows", cell.row, cell.offset)
        if cell.column in doses and (given := dose(cell, cell.unit or table.unit, row.moment, of_cell)):
            yield Fact(place, key_of("tables", given, given.id, parts), given)
            continue
        lab = Lab(cell.column, value, row.moment, unit=cell.unit or table.unit)
        yield Fact(place, key_of("tables", lab, value.id, parts), lab)
        members.append(place)
    report = Report(table, row.moment, None, None, tuple(members))
    name = table.id or slug(table.name)
    yield Fact((*path, "rows", row.row, 0), f"tables/{name}/{parts.moment(report.moment)}", report)


def _with_findings(path: Path, record: Imaging | Pathology | Procedure, parts: Parts) -> Iterator[Fact]:
    """What was done or examined, with each of its findings and values: a procedure, or a report of them."""
    key = key_of(str(path[0]), record, record.id, parts)
    members = [*_seen(path, key, record, parts), *_measured(path, key, record, parts)]
    yield from members
    if isinstance(record, Procedure):
        yield Fact(path, key, record)
    else:
        places = tuple(member.path for member in members)
        yield Fact(path, key, Report(record, record.at, record.from_, record.to, places))


def _seen(path: Path, key: str, record: Imaging | Pathology | Procedure, parts: Parts) -> Iterator[Fact]:
    for position, finding in enumerate(record.findings):
        for number, site in enumerate(_places(finding)):
            place = (*path, "findings", position, "sites", number) if site else (*path, "findings", position)
            sign = Sign(finding.name, site, finding, record.at, record.from_, record.to)
            yield Fact(place, f"{key}/{sign_key(sign, finding.id, parts)}", sign)


def _places(finding: Finding | ImagingFinding) -> tuple[Site | None, ...]:
    """The site of each fact that a finding makes."""
    return (None,) if finding.together else finding.sites or (None,)


def _measured(path: Path, key: str, record: Imaging | Pathology | Procedure, parts: Parts) -> Iterator[Fact]:
    for name, value in () if isinstance(record, Procedure) else record.values.items():
        specimen = record.specimen if isinstance(record, Pathology) else None
        lab = Lab(name, value, record.at, record.from_, record.to, specimen=specimen)
        yield Fact((*path, "values", name), f"{key}/{key_of('labs', lab, value.id, parts).removeprefix('labs/')}", lab)


def _microbiology(path: Path, test: MicrobiologyTest, parts: Parts) -> Iterator[Fact]:
    key = test_key(test, parts)
    members = [Fact(*draft) for draft in tested(path, test, key, parts)]
    yield from members
    yield Fact(path, key, Report(test, test.at, test.from_, test.to, tuple(fact.path for fact in members)))


def _numbered(drafts: list[Fact]) -> tuple[Fact, ...]:
    """
    The facts, equals with a number.

    Equals are counted in the order of what they say and not of the file, so that moving lines changes no key.
    """
    equals: dict[str, list[int]] = defaultdict(list)
    for position, fact in enumerate(drafts):
        equals[fact.key].append(position)
    facts = drafts[:]
    known: dict[int, str] = {}
    for key, positions in equals.items():
        if len(positions) > 1:
            positions.sort(key=lambda position: _said(drafts[position].record, known))
            free = (number for number in count(1) if f"{key}/{number}" not in equals)
            for number, position in zip(free, positions, strict=False):
                facts[position] = drafts[position]._replace(key=f"{key}/{number}", number=number)
    return tuple(facts)


def _said(record: Any, known: dict[int, str]) -> list[str]:
    """
    What a fact says, part by part.

    A part that many share, such as the table of its lines, is put into words once: each line would tell all others.
    """
    parts = record if isinstance(record, tuple) else (record,)
    for part in parts:
        if id(part) not in known:
            known[id(part)] = repr(part)
    return [type(record).__name__, *(known[id(part)] for part in parts)]


def keys(facts: Iterable[Fact], terms: Terms) -> Keys:
    """The keys of facts, to be found by what a reference may name a fact by."""
    parts, by_key = Parts(terms), {fact.key: fact for fact in facts}
    found_by = {
        key: [*key.split("/"), *(word.text for word in also_named(fact.record, parts))] for key, fact in by_key.items()
    }
    return Keys(found_by, terms, cache(lambda key: tuple(_words(by_key[key], parts))))


def _words(fact: Fact, parts: Parts) -> Iterator[Word]:
    """What a fact may be named by, the moments told from the names."""
    section, *of_key = fact.key.split("/")
    yield Word(section)
    moment = parts.moment(getattr(fact.record, "moment", None))
    alone = of_key.count(moment) == 1  # else the first part is a name that is spelt like it
    for place, word in enumerate(of_key):
        is_moment = section == "events" or (word == moment and (place > 0 or alone))
        yield Word(word, OF_A_MOMENT if is_moment else 0)
    yield from also_named(fact.record, parts)
