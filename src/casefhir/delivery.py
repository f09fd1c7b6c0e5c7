"""A checked case, and what a server takes → the files to give it, and what is to be said of them."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from casefhir.bundles import Limits, TooLarge, bulk, groups, held, identifier, split, with_ids
from casefhir.export import Document, Options, encoded, indented
from casefhir.fhir.bundle import Ids, Kind
from casefhir.fhir.gate import faults
from casefhir.issue import Issue
from casefhir.pipeline import DocumentError, Loaded, converted
from casefhir.source import Path
from casefhir.targets.table import Target
from casefhir.terms import terms

Form = Literal["transaction", "collection", "ndjson"]


class Delivery(NamedTuple):
    """What to give to a server: one document, or a folder of files by name."""

    document: bytes | None
    files: dict[str, bytes]
    issues: tuple[Issue, ...]
    """What was done so that the server takes it; an error if nothing could be."""


def delivery(loaded: Loaded, *, form: Form, ids: Ids, target: Target, guides: tuple[str, ...] = ()) -> Delivery:
    """
    A case without errors in the form that a server takes; it raises what `converted` raises.

    A case that is too large for one transaction is split into several with ids of our own. A server without
    transactions gets bulk files, and one without a type of resource does not get those of it. All is told as issues.
    """
    kind: Kind = "collection" if form == "collection" else "transaction"
    options = Options(kind, ids if form == "transaction" else "post", guides)
    document = converted(loaded, "fhir-r4", options).document
    if form == "collection":
        return Delivery(indented(encoded(document)), {}, ())
    kept, left_out = held(_ordered(document) if target.order == "given" else document, target)
    issues = list(_left_out(left_out, loaded, target))
    if form == "ndjson" or not target.transaction:
        if form != "ndjson":
            issues.append(_note("target.no-transaction", f"{target.title} takes no bundles: written as bulk files"))
        return Delivery(None, bulk(_checked(with_ids(kept))["entry"], encoded), tuple(issues))
    return _transactions(kept, ids, target, issues)


def _ordered(bundle: Document) -> Document:
    """The bundle with each entry after those that it refers to, for a server that takes them in the order given."""
    return {**bundle, "entry": [bundle["entry"][at] for group in groups(bundle["entry"]) for at in group]}


def _transactions(bundle: Document, ids: Ids, target: Target, issues: list[Issue]) -> Delivery:
    whole = encoded(bundle)
    count = len(bundle["entry"])
    if _limits(target, ids).hold(count, len(whole)):
        return Delivery(_written(bundle, target), {}, tuple(issues))
    size = f"{_exceeded(target, ids, count, len(whole))} in one bundle"
    if target.ids == "server":
        why = f"{size}, and it gives ids itself, so that no part could name what another brought"
        return Delivery(None, {}, (*issues, _error("target.too-large", why)))
    try:
        parts = split(_checked(with_ids(bundle)), _limits(target, "put"), lambda value: len(encoded(value)))
    except TooLarge as error:
        why = f"{size}, and {error} cannot be split, for they refer to each other"
        return Delivery(None, {}, (*issues, _error("target.too-large", why)))
    done = f"written as {len(parts)} bundles with ids of their own, to be loaded in the order of their names"
    files = {_part(number, len(parts)): _written(part, target) for number, part in enumerate(parts, 1)}
    return Delivery(None, files, (*issues, _note("target.split", f"{size}: {done}")))


def _limits(target: Target, ids: Ids) -> Limits:
    counts = [target.entries, target.updates if ids == "put" else None]
    return Limits(min((count for count in counts if count is not None), default=None), target.bytes)


def _exceeded(target: Target, ids: Ids, count: int, size: int) -> str:
    """What is too large, and how large it may be."""
    entries, bytes = _limits(target, ids)
    if entries is not None and count > entries:
        return f"{count} entries are more than the {entries} that {target.title} takes"
    return f"{size} bytes are more than the {bytes} that {target.title} takes"


def _part(number: int, count: int) -> str:
    return f"{number:0{len(str(count))}}-of-{count}.json"


def _written(bundle: Document, target: Target) -> bytes:
    """A bundle for people, or in one line if it is too large else."""
    line = encoded(bundle)
    text = indented(line)
    return text if target.bytes is None or len(text) <= target.bytes else line


def _checked(bundle: Document) -> Document:
    """A bundle that was made of another, if the gate finds no fault. Raises: DocumentError."""
    if found := list(faults(bundle, known=terms().units.codes)):
        raise DocumentError("fhir-r4", [f"{fault.place}: {fault.message}" for fault in found])
    return bundle


def _left_out(resources: list[dict[str, Any]], loaded: Loaded, target: Target) -> Iterator[Issue]:
    """What a server cannot hold, at the line of the author that says it."""
    found: dict[tuple[Path, str], int] = {}
    for resource in resources:
        place = _path(resource, loaded), resource["resourceType"]
        found[place] = found.get(place, 0) + 1
    for (path, type), count in found.items():
        left = "this is left out" if count == 1 else f"{count} are left out"
        message = f"{target.title} creates no {type}: {left}, and what refers to it gives its identifier"
        yield Issue("information", "target.type", path, message, loaded.source.locate(path))


def _path(resource: dict[str, Any], loaded: Loaded) -> Path:
    """The place of the fact that a resource states; () if it is of the case as a whole."""
    assert loaded.chart is not None  # it was converted
    paths = {fact.key: fact.path for fact in loaded.chart.facts}
    key = (identifier(resource) or {}).get("value", "")
    while key and key not in paths:
        key = key.rpartition("/")[0]
    return paths.get(key, ())


def _note(rule: str, message: str) -> Issue:
    return Issue("information", rule, (), message)


def _error(rule: str, message: str) -> Issue:
    return Issue("error", rule, (), message)
