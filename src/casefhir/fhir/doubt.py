"""Doubts, contradictions and warnings → DetectedIssue."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count
from typing import NamedTuple

from casefhir.fhir import event
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import META, contradiction, evidence, narrative, sentence
from casefhir.issue import Issue, clashing
from casefhir.source import Path


def detected_issues(cx: Context) -> Iterator[Resource]:
    """
    What nobody should overlook: the author's doubts, what the article says twice, and the warnings of the rules.

    Source: https://hl7.org/fhir/R4/detectedissue.html
    """
    for key, trouble in _with_keys(_troubles(cx)):
        yield _detected(key, trouble, cx)


class _Trouble(NamedTuple):
    """One thing that nobody should overlook."""

    key: str
    code: str
    text: str
    about: Sequence[str]
    """The keys of the facts that it is about."""
    quote: list[Resource]


def _troubles(cx: Context) -> Iterator[_Trouble]:
    for doubt in cx.case.doubts:
        named = cx.chart.keys.named(doubt.about)
        yield _Trouble(f"doubts/{doubt.about}/{doubt.says}", "doubt", doubt.says, named, evidence(doubt))
    for fact in cx.chart.facts:
        if conflict := fact.record.stated.conflict:
            key, code = f"conflicts/{fact.key}", "contradiction in the article"
            yield _Trouble(key, code, contradiction(conflict), (fact.key,), [])
    for issue in cx.issues:
        if issue.severity == "warning":
            about = tuple(dict.fromkeys(key for path in _paths(issue) for key in sorted(cx.chart.facts_at(path))))
            text = clashing(issue.steps, with_lines=False) if issue.steps else issue.message
            key = f"warnings/{issue.rule}/{'/'.join(about) or text}"
            yield _Trouble(key, issue.rule, text, about, [])


def _paths(issue: Issue) -> Iterator[Path]:
    yield issue.path
    yield from (step.path for step in issue.steps)


def _with_keys(troubles: Iterable[_Trouble]) -> Iterator[tuple[str, _Trouble]]:
    """Each with a key of its own: equals, such as two warnings of one rule, are counted in the order of their texts."""
    equals: dict[str, list[_Trouble]] = defaultdict(list)
    for trouble in troubles:
        equals[trouble.key].append(trouble)
    for key, group in equals.items():
        counted = (f"{key}/{number}" for number in count(2) if f"{key}/{number}" not in equals)
        yield from zip(chain((key,), counted), sorted(group, key=lambda one: one.text), strict=False)


def _detected(key: str, trouble: _Trouble, cx: Context) -> Resource:
    return {
        "resourceType": "DetectedIssue",
        "id": cx.id(key),
        "meta": META,
        "text": narrative(sentence(trouble.text, ", ".join(trouble.about))),
        "extension": trouble.quote,
        "identifier": cx.identifier(key),
        "status": "final",
        "code": {"text": trouble.code},
        "patient": cx.subject,
        "implicated": [_reference(about, cx) for about in trouble.about],
        "detail": trouble.text,
    }


def _reference(key: str, cx: Context) -> Resource:
    """The fact; an event that is no visit has no resource, so its key stands there."""
    section, _, name = key.partition("/")
    return event.reference(name, cx) if section == "events" else cx.reference(key)
