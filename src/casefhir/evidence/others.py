"""Article × case → what of the article tells of another patient, and so proves nothing of this one."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from casefhir.article import Article, Passage
from casefhir.article.people import PRESENT, is_another, is_of_all, mentioned, named
from casefhir.article.sections import is_usual
from casefhir.evidence.index import Other
from casefhir.evidence.quote import spans
from casefhir.evidence.remark import Remark
from casefhir.model.case import Case
from casefhir.model.left_out import LeftOut
from casefhir.source import Path

Keys = frozenset[str]
"""All that names one patient: `2` and `index`."""


class Who(NamedTuple):
    """Who of several patients this one is."""

    labels: Mapping[str, Keys]
    """The headings of the article, and the heads of its columns, that name a patient."""

    own: Keys
    """What names this one; nothing where nobody says which it is."""

    waived: tuple[tuple[Path, LeftOut], ...]
    """The items of `left-out` that are of another."""

    is_called: bool

    @property
    def patients(self) -> tuple[Keys, ...]:
        return _patients(self.labels)

    @property
    def is_open(self) -> bool:
        """Whether there are several patients with names, and the file says of none that it is this one."""
        return len(self.patients) > 1 and not any(self.own & keys for keys in self.patients)

    def is_other(self, keys: Keys) -> bool:
        """Whether a name is that of another."""
        if not keys or keys & self.own:
            return False
        return not self.is_open or any(keys & named(item.section or "") for _, item in self.waived)

    def path(self, keys: Keys) -> Path:
        """What in the file says that somebody is another."""
        of_item = (path for path, item in self.waived if keys & named(item.section or ""))
        return next(of_item, ("patient", "called") if self.is_called else ("patient",))


def who(article: Article, case: Case) -> Who:
    """Who of the patients of an article the case is of: whom it calls so, or the only one whom `left-out` has not."""
    labels = dict(_labels(article))
    waived = tuple((("left-out", at), item) for at, item in enumerate(case.left_out) if is_another(item.why))
    patients = _patients(labels)
    own = named(case.patient.called or "")
    if not own:
        gone = [named(item.section or "") for _, item in waived]
        left = [keys for keys in patients if not any(keys & other for other in gone)]
        own = left[0] if len(left) == 1 else frozenset((PRESENT,))
    own = own.union(*(keys for keys in patients if keys & own))
    return Who(labels, own, waived, bool(case.patient.called))


def several(this: Who, case: Case) -> Iterator[Remark]:
    """What is said of a case whose article tells of several patients, if nobody knows which of them it is."""
    of_each = (next(label for label, keys in this.labels.items() if keys & one) for one in this.patients)
    names = ", ".join(map(repr, of_each))
    if this.is_open and not this.is_called:
        told = f"the article tells of several patients: {names}; say which one this is, e.g. called: Patient 1"
        yield Remark("several_patients", ("patient",), told)
    elif this.is_open and case.patient.called:
        told = f"the article calls nobody {case.patient.called!r}; it has {names}"
        yield Remark("several_patients", ("patient", "called"), told)


def _labels(article: Article) -> Iterator[tuple[str, Keys]]:
    """The headings, and the cells of the heads of tables, that name a patient."""
    for passage in article.passages:
        if passage.kind == "heading" and (keys := named(passage.text)):
            yield passage.text, keys
        elif passage.kind == "row" and not passage.header:
            yield from ((cell, keys) for cell in passage.cells[1:] if (keys := named(cell)))


def _patients(labels: Mapping[str, Keys]) -> tuple[Keys, ...]:
    groups: list[Keys] = []
    for keys in labels.values():
        joined = keys.union(*(group for group in groups if group & keys))
        groups = [*(group for group in groups if not group & keys), joined]
    return tuple(groups)


def others(article: Article, this: Who) -> Mapping[int, tuple[Other, ...]]:
    """The passages that tell of another, in whole or in part: where each begins in the article → what in it is so."""
    if not this.waived and (this.is_open or not (this.is_called or len(this.patients) > 1)):
        return {}
    found: dict[int, tuple[Other, ...]] = {}
    heading: Passage | None = None
    for passage in article.passages:
        if passage.kind == "heading":
            heading = passage if named(passage.text) else _still(heading, passage)
        elif told := tuple(_of_passage(passage, heading, this)):
            found[passage.start] = told
    return found


def _still(heading: Passage | None, below: Passage) -> Passage | None:
    """The heading with the name of a patient that another heading still stands under."""
    if heading and below.level and heading.level:
        return heading if below.level > heading.level else None
    return None if is_usual(below.section) else heading


def _of_passage(passage: Passage, heading: Passage | None, this: Who) -> Iterator[Other]:
    is_shared = passage.kind != "row" and _is_shared(passage.text, this)
    for path, item in this.waived:
        if item.section and not is_shared and is_section(item.section, passage):
            yield Other(0, len(passage.text), f"in {item.section!r}, which 'left-out' gives to another patient", path)
            return
        for start, end in spans(item.quote, passage.text) if item.quote else ():
            yield Other(start, end, "where 'left-out' has another patient", path)
    if passage.kind == "row":
        yield from _of_row(passage, this)
    elif not is_shared and (label := _of_text(passage, heading, this)):
        yield _whole(passage, label, named(label), this)


def is_section(said: str, passage: Passage) -> bool:
    """Whether a passage stands in a section that is named in the file, `patient 2` of `Patient 2 (index patient)`."""
    if passage.section == said.casefold():
        return True
    keys = named(said)
    return bool(keys) and keys <= named(passage.section)


def _whole(passage: Passage, label: str, keys: Keys, this: Who) -> Other:
    return Other(0, len(passage.text), f"under {label!r}", this.path(keys))


def _is_shared(text: str, this: Who) -> bool:
    """Whether a sentence names this patient, or all of them."""
    return bool(mentioned(text) & this.own) or is_of_all(text)


def _of_text(passage: Passage, heading: Passage | None, this: Who) -> str | None:
    """The name of the other one whom a sentence or a caption tells of."""
    begin = named(passage.text)
    if begin:
        return " ".join(passage.text.split()[:2]) if this.is_other(begin) else None
    return heading.text if heading and this.is_other(named(heading.text)) else None


def _of_row(row: Passage, this: Who) -> Iterator[Other]:
    """The cells of another; the whole row where it, or its table, is of one. Tables float: no heading is theirs."""
    head = row.header or row.cells
    corner = head[0] if _PERSONS.fullmatch(head[0]) else ""
    of_row = _named(corner, row.cells[0]) if row.header else frozenset()
    of_table = mentioned(row.caption)
    if this.is_other(of_row) or (not of_row and not of_table & this.own and this.is_other(of_table)):
        yield _whole(row, row.cells[0] if of_row else row.caption, of_row or of_table, this)
        return
    for label, (start, cell) in islice(zip(head, row.placed(), strict=False), 1, None):
        if this.is_other(keys := _named(corner, label)):
            yield Other(start, start + len(cell), f"under {label!r}", this.path(keys))


_PERSONS = re.compile(r"(?:patient|case|child|sibling|subject)s?(?:\s(?:no\.?|number|id))?|pt\.?", re.IGNORECASE)


def _named(corner: str, label: str) -> Keys:
    """Whom the head of a column or row names; a bare number does so below or beside `Patient`."""
    keys = named(label)
    return keys or (named(f"patient {label}") if corner and re.fullmatch(r"[0-9]{1,2}|[A-H]|[IVX]+", label) else keys)
