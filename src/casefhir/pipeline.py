"""The program on one screen: a file → a Case and its issues → a document."""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, NamedTuple

from casefhir.chart import Chart
from casefhir.inclusion import with_parts
from casefhir.issue import Issue, Step, clashing
from casefhir.migration import migrated
from casefhir.model.case import Case
from casefhir.rules import is_broken, rule_issues, unacknowledged
from casefhir.schema import model_issues, shape_issues
from casefhir.source import Mark, Path, Source, read, read_yaml
from casefhir.terms import Terms, terms

if TYPE_CHECKING:  # importing it takes as long as ten exports
    from fhir.resources.R4B.bundle import Bundle

    from casefhir.article import Article
    from casefhir.evidence import Evidence
    from casefhir.export import Document, Options

    Printed = str | PathLike[str] | bytes | Article


class Loaded(NamedTuple):
    """A case file as checked: all issues, and the case if it has the right shape."""

    source: Source
    chart: Chart | None
    issues: tuple[Issue, ...]
    """In the order of the file, with line and column."""

    evidence: "Evidence | None" = None
    """What the article proves of it; None without an article, or where the case has too much wrong to look."""

    @property
    def places(self) -> Mapping[Path, str]:
        """Record → where the article proves it, as `casefhir.evidence.places` has it; empty without an article."""
        if self.evidence is None:
            return {}
        from casefhir.evidence import places

        return places(self.evidence)

    @property
    def case(self) -> Case | None:
        """The case; None if its shape is wrong."""
        return self.chart.case if self.chart else None

    @property
    def has_errors(self) -> bool:
        """Whether anything is wrong that keeps it from being exported."""
        return any(issue.severity == "error" for issue in self.issues)


@contextmanager
def _no_collection() -> Iterator[None]:
    """
    Meanwhile Python does not look for reference cycles.

    Data that flows one way has none, and yet all of it would be searched again with every few hundred new objects:
    an eighth of the time of an export.
    Source: https://docs.python.org/3/library/gc.html#gc.disable
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_no_collection()
def load(
    source: str | PathLike[str] | bytes | Source,
    tables: Terms | None = None,
    *,
    article: "Printed | None" = None,
) -> Loaded:
    """
    Read and check a case file: shape, then grammar, then rules; each only if the one before found no error.

    Where one did, the records without it are looked at further, as far as they stand alone.

    With an article, its every fact is held against the print of it as well: a file name, bytes, or an Article as read.

    A file of an older version of the format is read as the newest; its lines keep their numbers.

    A str or PathLike names a file, bytes are the text of one.

    Raises: SourceError if it cannot be read as a case file, ArticleError if the article cannot be read as one,
    OSError if there is no file.
    """
    text = with_parts(migrated(_source(source)))
    tables = tables or terms()
    chart, issues = _checked(text, tables)
    stopped = chart is None or is_broken(issues)
    evidence = _evidence(chart, article) if chart and article is not None and not stopped else None
    if evidence:
        issues = _with_unproven(issues, evidence)
    told = list(unacknowledged(issues, chart)) if chart else issues
    if stopped:
        told = _with_further(told, text, tables)
    return Loaded(text.light(), chart, _placed(told, text), evidence)


def _checked(text: Source, tables: Terms) -> tuple[Chart | None, list[Issue]]:
    if issues := list(shape_issues(text)):
        return None, issues
    case = model_issues(text.data)
    if not isinstance(case, Case):
        return None, case
    chart = Chart(case, tables)
    return chart, list(rule_issues(chart))


def _evidence(chart: Chart, article: "Printed") -> "Evidence":
    """What the article proves of a case whose records are whole."""
    from casefhir.article import Article, read_article
    from casefhir.evidence import Evidence

    return Evidence(chart, article if isinstance(article, Article) else read_article(article))


def _with_unproven(issues: list[Issue], evidence: "Evidence") -> list[Issue]:
    from casefhir.rules.evidence import evidence_issues, told_once

    return list(told_once([*issues, *evidence_issues(evidence)]))


def _with_further(issues: list[Issue], text: Source, tables: Terms) -> list[Issue]:
    from casefhir.sound import further_issues  # only for a file that is wrong

    return [*issues, *further_issues(text.data, issues, tables)]


def _source(source: str | PathLike[str] | bytes | Source) -> Source:
    match source:
        case Source():
            return source
        case bytes():
            return read_yaml(source)
    return read(source)


def _placed(issues: Iterable[Issue], source: Source) -> tuple[Issue, ...]:
    placed = (_at_its_place(issue, source) for issue in issues)
    return tuple(sorted(placed, key=lambda issue: (issue.file or "", issue.mark, issue.rule, issue.message)))


def _at_its_place(issue: Issue, source: Source) -> Issue:
    mark, file = _place(issue.path, source)
    if not issue.steps:
        return issue._replace(mark=mark, file=file)
    steps = tuple(Step(step.path, step.words, *_place(step.path, source)) for step in issue.steps)
    return issue._replace(mark=mark, file=file, steps=steps, message=clashing(steps, with_lines=True))


def _place(path: Path, source: Source) -> tuple[Mark, str | None]:
    """Where a path leads, and the included file that it is in."""
    holder = source.holder(path)
    return source.locate(path), None if holder is source else holder.name


class CaseError(Exception):
    """The case has errors, so there is no document; `issues` says which."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        count = sum(issue.severity == "error" for issue in issues)
        super().__init__(f"the case has {count} {'error' if count == 1 else 'errors'}")
        self.issues = issues


class DocumentError(Exception):
    """A fault of casefhir itself: it made a document that the target would refuse, so none is written."""

    def __init__(self, to: str, faults: list[str]) -> None:
        super().__init__(f"casefhir made a {to} document that would be refused, so it wrote none; please report this")
        self.faults = faults


class Result:
    """A converted case file: its issues, and its document if there are no errors."""

    def __init__(self, loaded: Loaded, json: bytes | None) -> None:
        self.source = loaded.source
        self.case = loaded.case
        self.issues = loaded.issues
        self._json = json

    def json(self) -> bytes:
        """The document as JSON in one line, digits kept. Raises: CaseError if the case has errors."""
        if self._json is None:
            raise CaseError(self.issues)
        return self._json

    @cached_property
    def document(self) -> "Document":
        """
        The document as plain dicts and lists; numbers with a point are Decimals with their printed digits.

        Raises: CaseError if the case has errors.
        """
        from casefhir.export import decoded

        return decoded(self.json())

    def bundle(self) -> "Bundle":
        """
        The document as a fhir.resources object (R4B, which the R4 resources written here fit).

        Its own JSON loses printed zeros: `85.00` becomes `85.0`. Write `json()` to files.
        Raises: CaseError if the case has errors.
        """
        from fhir.resources.R4B.bundle import Bundle

        bundle: Bundle = Bundle.model_validate_json(self.json())
        return bundle


@_no_collection()
def convert(
    source: str | PathLike[str] | bytes | Source,
    to: str = "fhir-r4",
    *,
    options: "Options | None" = None,
    article: "Printed | None" = None,
) -> Result:
    """
    Check a case file and, if it has no errors, map it to a document; with an article, if that proves it.

    A str or PathLike names a file, bytes are the text of one. `to` names one of `casefhir.export.EXPORTERS`.

    Raises: SourceError if it cannot be read as a case file, ArticleError if the article cannot be read as one,
    OSError if there is no file, ValueError for an unknown `to`.
    """
    return converted(load(source, article=article), to, options)


@_no_collection()
def converted(loaded: Loaded, to: str, options: "Options | None" = None) -> Result:
    """
    A case that was loaded, as a document.

    Raises: ValueError for an unknown `to`; DocumentError if the output gate finds a fault, which is one of casefhir.
    """
    from casefhir.export import EXPORTERS, Options, encoded

    if to not in EXPORTERS:
        raise ValueError(f"no exporter {to!r}; there is {', '.join(EXPORTERS)}")
    if loaded.chart is None or loaded.has_errors:
        return Result(loaded, None)
    exporter = EXPORTERS[to]
    document = exporter.export(loaded.chart, loaded.issues, (options or Options())._replace(places=loaded.places))
    found = list(exporter.faults(document))
    if found:
        raise DocumentError(to, [f"{fault.place}: {fault.message}" for fault in found])
    return Result(loaded, encoded(document))
