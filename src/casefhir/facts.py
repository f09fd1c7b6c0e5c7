"""Case → facts: each single statement of the case with its place in the file and its key."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Protocol

from casefhir.model.case import Case
from casefhir.model.findings import Finding, Imaging, ImagingFinding, LabValue, Panel, Table
from casefhir.model.site import Site
from casefhir.model.table import Row
from casefhir.model.when import When
from casefhir.source import Path
from casefhir.terms import Terms


class Statement(Protocol):
    """What a fact states: a record of the model, or a part of one that stands for itself."""

    @property
    def label(self) -> str: ...

    @property
    def moment(self) -> When | None: ...


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


class Lab(NamedTuple):
    """One laboratory value, from a panel or from a cell of a table."""

    name: str
    value: LabValue
    at: When | None
    from_: When | None = None
    to: When | None = None
    unit: str | None = None
    """The unit that the table gives for the whole column; None where the value has its own."""

    @property
    def label(self) -> str:
        return self.name

    @property
    def moment(self) -> When | None:
        return self.at or self.from_ or self.to


class Sign(NamedTuple):
    """One finding at one site, or without a site."""

    name: str
    site: Site | None
    record: Finding | ImagingFinding
    at: When | None
    from_: When | None = None
    to: When | None = None

    @property
    def label(self) -> str:
        return self.name

    @property
    def moment(self) -> When | None:
        return self.at or self.from_ or self.to


class Report(NamedTuple):
    """Values that belong together: a panel, a line of a table, or what an image shows."""

    record: Panel | Table | Imaging
    at: When | None
    from_: When | None
    to: When | None
    members: tuple[Path, ...]
    """The paths of its facts."""

    @property
    def label(self) -> str:
        return self.record.label

    @property
    def moment(self) -> When | None:
        return self.at or self.from_ or self.to


def facts(case: Case, terms: Terms) -> tuple[Fact, ...]:
    """All facts of a case, in the order of the file; the keys are unique."""
    return tuple(_numbered(list(_drafts(case, _Canonical(terms)))))


class _Draft(NamedTuple):
    path: Path
    parts: tuple[str, ...]
    record: Any


def _drafts(case: Case, canonical: "_Canonical") -> Iterator[_Draft]:
    yield _Draft(("article",), ("article",), case.article)
    yield _Draft(("patient",), ("patient",), case.patient)
    for name, event in case.events.items():
        yield _Draft(("events", name), ("events", name), event)
    for section, records in _sections(case):
        for position, record in enumerate(records):
            path = (section, position)
            match record:
                case Finding():
                    yield from _signs(path, record, canonical)
                case Panel():
                    yield from _panel(path, record, canonical)
                case Table():
                    yield from _table(path, record, canonical)
                case Imaging():
                    yield from _imaging(path, record, canonical)
                case _:
                    yield _Draft(path, _parts(section, record, canonical), record)


def _sections(case: Case) -> Iterator[tuple[str, tuple[Any, ...]]]:
    yield "diagnoses", case.diagnoses
    yield "ruled-out", case.ruled_out
    yield "findings", case.findings
    yield "labs", case.labs
    yield "tables", case.tables
    yield "imaging", case.imaging
    yield "scores", case.scores
    yield "treatments", case.treatments
    yield "course", case.course
    yield "adverse-events", case.adverse_events
    yield "consent", case.consent


def _signs(path: Path, finding: Finding, canonical: "_Canonical") -> Iterator[_Draft]:
    names = [((*path, "name"), finding.name)] if finding.name else []
    names += [((*path, "names", i), name) for i, name in enumerate(finding.names)]
    for place, name in names:
        for site in finding.sites or (None,):
            sign = Sign(name, site, finding, finding.at, finding.from_, finding.to)
            yield _Draft(place, _parts("findings", sign, canonical, finding.id), sign)


def _panel(path: Path, panel: Panel, canonical: "_Canonical") -> Iterator[_Draft]:
    labs = [
        (
            (*path, "values", name),
            Lab(name, value, panel.at, panel.from_, panel.to),
        )
        for name, value in panel.values.items()
    ]
    for place, lab in labs:
        yield _Draft(place, _parts("labs", lab, canonical, lab.value.id), lab)
    members = tuple(place for place, _ in labs)
    report = Report(panel, panel.at, panel.from_, panel.to, members)
    yield _Draft(path, ("labs", panel.id or _moment(report)), report)


def _table(path: Path, table: Table, canonical: "_Canonical") -> Iterator[_Draft]:
    for row in table.rows:
        yield from _row(path, table, row, canonical)


def _row(path: Path, table: Table, row: Row, canonical: "_Canonical") -> Iterator[_Draft]:
    members: list[Path] = []
    for cell in row.cells:
        if cell.result is None:
            continue
        place = (*path, "rows", cell.row, cell.offset)
        value = LabValue.model_construct(value=cell.result)
        lab = Lab(cell.column, value, row.moment, unit=cell.unit or table.unit)
        yield _Draft(place, _parts("tables", lab, canonical), lab)
        members.append(place)
    report = Report(table, row.moment, None, None, tuple(members))
    name = table.id or slug(table.name)
    yield _Draft((*path, "rows", row.row, 0), ("tables", name, _moment(report)), report)


def _imaging(path: Path, imaging: Imaging, canonical: "_Canonical") -> Iterator[_Draft]:
    report_parts = _parts("imaging", imaging, canonical)
    members: list[Path] = []
    for position, finding in enumerate(imaging.findings):
        for number, site in enumerate(finding.sites or (None,)):
            place = (*path, "findings", position, "sites", number) if site else (*path, "findings", position)
            sign = Sign(finding.name, site, finding, imaging.at, imaging.from_, imaging.to)
            parts = _parts("findings", sign, canonical, finding.id)[1:]
            yield _Draft(place, (*report_parts, *parts), sign)
            members.append(place)
    report = Report(imaging, imaging.at, imaging.from_, imaging.to, tuple(members))
    yield _Draft(path, report_parts, report)


def _parts(section: str, record: Any, canonical: "_Canonical", author: str | None = None) -> tuple[str, ...]:
    """The parts of a key: what is empty is left out."""
    site = getattr(record, "site", None)
    place = slug(f"{site.side} {canonical('sites', site.name)}") if site else ""
    identity = author or getattr(record, "id", None)
    if identity:
        return (section, identity, slug(record.label), place) if site else (section, identity)
    parts = (section, canonical(section, record.label), place, _moment(record))
    return tuple(part for part in parts if part)


def _moment(record: Statement) -> str:
    return slug(record.moment.text) if record.moment else ""


def _numbered(drafts: list[_Draft]) -> Iterator[Fact]:
    """
    Facts, equals with a number.

    Equals are counted in the order of what they say and not of the file, so that moving lines changes no key.
    """
    equals: dict[tuple[str, ...], list[_Draft]] = defaultdict(list)
    for draft in drafts:
        equals[draft.parts].append(draft)
    numbers: dict[Path, int] = {}
    for group in equals.values():
        if len(group) > 1:
            numbers |= {draft.path: i for i, draft in enumerate(sorted(group, key=_content), start=1)}
    for draft in drafts:
        number = numbers.get(draft.path, 0)
        parts = (*draft.parts, str(number)) if number else draft.parts
        yield Fact(draft.path, "/".join(parts), draft.record, number)


def _content(draft: _Draft) -> str:
    return repr(draft.record)


_NOT_WORD = re.compile(r"[\W_]+")


def slug(text: str) -> str:
    """A text as a part of a key: `IL-6` → `il-6`, `admission + 2 days` → `admission-2-days`."""
    return _NOT_WORD.sub("-", text.casefold()).strip("-")


_TABLES = {
    "diagnoses": "diagnoses",
    "ruled-out": "diagnoses",
    "findings": "findings",
    "labs": "labs",
    "tables": "labs",
    "imaging": "procedures",
    "scores": "scores",
    "treatments": "drugs",
    "sites": "sites",
}
"""The table that knows the names of a section."""


class _Canonical:
    """A section and a written name → the name of the section's table, as a slug; the written name if it has none."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._known: dict[tuple[str, str], str] = {}

    def __call__(self, section: str, name: str) -> str:
        known = self._known.get((section, name))
        if known is None:
            known = self._known[section, name] = slug(self._name(section, name))
        return known

    def _name(self, section: str, name: str) -> str:
        row: Any = getattr(self._terms, _TABLES[section]).get(name) if section in _TABLES else None
        if not row:
            return name
        canonical: str = (row[0] if section in ("labs", "tables") else row).name
        return canonical


class Keys:
    """The keys of some facts, by their parts: what a reference such as `labs/CRP` means."""

    def __init__(self, facts: Iterable[Fact], terms: Terms) -> None:
        self._canonical = _Canonical(terms)
        listed = tuple(facts)
        self._order = {fact.key: position for position, fact in enumerate(listed)}
        self._by_part: dict[str, set[str]] = defaultdict(set)
        self._known: dict[str, set[str]] = {}
        for key in self._order:
            for part in key.split("/"):
                self._by_part[part].add(key)
        for fact in listed:
            if getattr(fact.record, "id", None):  # the author's id stands in the key in place of name and moment
                self._by_part[slug(fact.record.label)].add(fact.key)
                self._by_part[_moment(fact.record)].add(fact.key)
            if isinstance(fact.record, Sign) and fact.record.site:  # a site is found with its side and without it
                self._by_part[slug(fact.record.site.text)].add(fact.key)
                self._by_part[self._canonical("sites", fact.record.site.name)].add(fact.key)

    def named(self, about: str, *sections: str) -> list[str]:
        """
        The keys that a reference means: each of its parts is a part of the key, in any order.

        `labs/CRP` means C-reactive protein at every moment, `labs/CRP/admission` that of the admission.
        """
        found = set.intersection(*(self._having(part) for part in about.split("/")))
        if sections:
            found = {key for key in found if key.partition("/")[0] in sections}
        return sorted(found, key=self._order.__getitem__)

    def _having(self, written: str) -> set[str]:
        """The keys with a part in any of its spellings: its own, and that of each table that knows it."""
        if written in self._known:
            return self._known[written]
        names = {slug(written)} | {self._canonical(section, written) for section in _TABLES}
        found = set[str]().union(*(self._by_part[name] for name in names if name in self._by_part))
        self._known[written] = found
        return found
