"""Bundles and bulk files, ours or not → what would fail on a server, where, and what to write instead."""

from collections.abc import Iterator, Mapping, Sequence

from casefhir.issue import Issue, Severity
from casefhir.lint import bulk, bundle, entry, limits, reference, resource
from casefhir.lint.document import Document, beside, document
from casefhir.lint.rule import Rule
from casefhir.lint.text import Malformed
from casefhir.targets.table import Target

RULES: Mapping[Severity, tuple[Rule, ...]] = {
    "error": (
        bundle.no_resource,
        bundle.type,
        bundle.empty,
        bundle.inside,
        bundle.references_in_batch,
        entry.no_request,
        entry.no_resource,
        entry.method,
        entry.url,
        entry.id,
        entry.full_url,
        entry.named_twice,
        entry.named_otherwise,
        entry.condition,
        reference.unresolved,
        reference.contained,
        reference.no_reference,
        reference.posted,
        reference.ambiguous,
        resource.unknown_type,
        resource.content,
        resource.unit,
        resource.repeated,
        bulk.other_type,
        bulk.no_id,
        limits.no_bundles,
        limits.entries,
        limits.bytes,
        limits.resource_bytes,
        limits.updates,
        limits.conditional_entries,
        limits.type,
        limits.own_id,
    ),
    "warning": (
        entry.post_with_id,
        entry.leading_slash,
        entry.no_full_url,
        entry.if_none_exist,
        reference.outside,
        reference.conditional,
        reference.ahead,
        resource.profile,
    ),
    "information": (entry.doubled,),
}
"""Every rule once, under its severity: the name of a rule is its module and its function."""

MALFORMED = "json.malformed"


def rule_name(rule: Rule) -> str:
    """`entry.post-with-id`: the module and the name of the function."""
    return f"{rule.__module__.rpartition('.')[2]}.{rule.__name__.replace('_', '-')}"


def lint(files: Mapping[str, bytes], target: Target) -> dict[str, list[Issue]]:
    """
    File name → what would fail on a server, in the order of the file.

    Files that are given together are looked at together: what one brings with an id of its own, another may name.
    """
    read: dict[str, Document] = {}
    found: dict[str, list[Issue]] = {}
    for name, content in files.items():
        try:
            read[name] = document(name, content)
        except Malformed as error:
            found[name] = [_malformed(error)]
    documents = list(read.values())
    for number, one in enumerate(documents):
        found[one.name] = sorted(_issues(beside(one, _others(number, documents)), target), key=_order)
    return {name: found[name] for name in files}


def _others(number: int, documents: Sequence[Document]) -> Sequence[Document]:
    """The files whose resources are there when one is loaded: earlier bundles, all bulk files."""
    form = documents[number].form
    return documents[:number] if form == "bundle" else [other for other in documents if other.form == form]


def _issues(one: Document, target: Target) -> Iterator[Issue]:
    yield from map(_malformed, one.malformed)
    for severity, rules in RULES.items():
        for rule in rules:
            for path, message in rule(one, target):
                place = one.shown(path)
                words = f"{place}: {message}" if place else message
                yield Issue(severity, rule_name(rule), path, words, one.locate(path))


def _malformed(error: Malformed) -> Issue:
    return Issue("error", MALFORMED, (), error.message, error.mark)


def _order(issue: Issue) -> tuple[object, ...]:
    return issue.mark, issue.rule, issue.message
