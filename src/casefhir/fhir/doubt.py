"""Doubts, contradictions and warnings → DetectedIssue."""

from collections.abc import Iterator, Sequence

from casefhir.facts import Fact, Lab, Report, Sign
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import META, evidence, narrative, sentence
from casefhir.model.fields import Conflict


def detected_issues(cx: Context) -> Iterator[Resource]:
    """
    What nobody should overlook: the author's doubts, what the article says twice, and the warnings of the rules.

    Source: https://hl7.org/fhir/R4/detectedissue.html
    """
    for doubt in cx.case.doubts:
        key = f"doubts/{doubt.about}/{doubt.says}"
        yield _detected(key, "doubt", doubt.says, cx.chart.keys.named(doubt.about), cx, evidence(doubt))
    for fact in cx.chart.facts:
        if conflict := _conflict(fact):
            text = f"{conflict.where} says: {conflict.says}"
            yield _detected(f"{fact.key}/conflict", "contradiction in the article", text, (fact.key,), cx)
    for issue in cx.issues:
        if issue.severity == "warning":
            about = cx.chart.facts_at(issue.path)
            key = f"warnings/{issue.rule}/{'/'.join(about) or issue.message}"
            yield _detected(key, issue.rule, issue.message, about, cx)


def _conflict(fact: Fact) -> Conflict | None:
    """What another place of the article says of a fact; a panel or a table has none of its own."""
    match fact.record:
        case Lab(value=value):
            return value.conflict
        case Sign(record=record) | Report(record=record):
            return record.conflict
    conflict: Conflict | None = fact.record.conflict
    return conflict


def _detected(
    key: str, code: str, text: str, about: Sequence[str], cx: Context, extensions: list[Resource] | None = None
) -> Resource:
    return {
        "resourceType": "DetectedIssue",
        "id": cx.id(key),
        "meta": META,
        "text": narrative(sentence(text, ", ".join(about))),
        "extension": extensions,
        "identifier": cx.identifier(key),
        "status": "final",
        "code": {"text": code},
        "patient": cx.subject,
        "implicated": [cx.reference(k) for k in about],
        "detail": text,
    }
