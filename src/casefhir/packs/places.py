"""A place such as `treatments.dose` → what stands there in a case file, and what may stand there."""

from collections.abc import Iterator
from typing import Any

from casefhir.packs.pack import Place
from casefhir.schema import enforced_schema
from casefhir.source import Path

Schema = dict[str, Any]


class UnknownStepError(Exception):
    """A step of a place that no case file has; `known` are those that there are."""

    def __init__(self, step: str, above: Place, known: list[str]) -> None:
        super().__init__(step)
        self.step = step
        self.above = above
        self.known = known


def found(data: Any, place: Place, schema: Schema | None = None, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Each thing that stands at a place, with its path: of a list each item, of `events` each event."""
    node = _resolved(enforced_schema() if schema is None else schema)
    if not is_written(data):
        return
    if isinstance(data, list):
        for position, one in enumerate(data):
            yield from found(one, place, node.get("items", {}), (*path, position))
    elif isinstance(data, dict) and (named := _named(node)) is not None:
        for name, one in data.items():
            yield from found(one, place, named, (*path, name))
    elif not place:
        yield path, data
    elif isinstance(data, dict) and place[0] in data:
        inner = node.get("properties", {}).get(place[0], {})
        yield from found(data[place[0]], place[1:], inner, (*path, place[0]))


def is_written(value: Any) -> bool:
    """Whether a key says something: nothing, false and an empty list do not."""
    return value is not None and value is not False and value not in ("", [], {})


def schema_at(place: Place, schema: Schema | None = None) -> Schema:
    """
    The schema of each thing that stands at a place.

    Raises: UnknownStepError.
    """
    node = _single(enforced_schema() if schema is None else schema)
    for position, step in enumerate(place):
        known = node.get("properties", {})
        if step not in known:
            raise UnknownStepError(step, place[:position], list(known))
        node = _single(known[step])
    return node


def _single(schema: Schema) -> Schema:
    """The schema of one of what may be a list, or a mapping of names."""
    node = _resolved(schema)
    while True:
        inner = node.get("items") or _named(node)
        if inner is None:
            return node
        node = _resolved(inner)


def _named(node: Schema) -> Schema | None:
    """The schema of the values of a mapping whose keys are names; None of another."""
    return next(iter(node.get("patternProperties", {}).values()), None)


def _resolved(schema: Schema) -> Schema:
    """A schema without references; of alternatives, the one with the most to say."""
    while True:
        if "$ref" in schema:
            schema = enforced_schema()["definitions"][schema["$ref"].rpartition("/")[2]]
        elif "allOf" in schema:
            schema = schema["allOf"][0]
        elif "anyOf" in schema:
            schema = max(map(_resolved, schema["anyOf"]), key=_says)
        else:
            return schema


def _says(node: Schema) -> int:
    return 2 * ("properties" in node or "patternProperties" in node) + ("items" in node)
