"""Values of a case file → issues of shape (the published JSON Schema) and of grammar (the models), or a Case."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs
from pydantic import ValidationError

from casefhir.issue import Issue
from casefhir.model.case import Case
from casefhir.source import Path
from casefhir.terms.names import near as near_names


def schema_text() -> str:
    """The published JSON Schema of a case file, draft-07: what editors read, and what is enforced."""
    return files("casefhir").joinpath("case.schema.json").read_text(encoding="utf-8")


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(schema_text())
    return schema


@cache
def _validator() -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(_schema())


def shape_issues(data: Any) -> Iterator[Issue]:
    """What the JSON Schema refuses: keys, types and lists; all of it, each at its place."""
    if _validator().is_valid(data):
        return
    for error in _validator().iter_errors(data):
        yield from _explained(error)


def model_issues(data: Any) -> Case | list[Issue]:
    """The Case, or what its grammars refuse. The shape was checked before."""
    try:
        return Case.model_validate(data)
    except ValidationError as error:
        return [_grammar_issue(details, data) for details in error.errors(include_url=False)]


def _grammar_issue(details: Any, data: Any) -> Issue:
    context = details.get("ctx", {})
    path = _written(tuple(details["loc"]), data)
    if "offset" in context:
        path = (*path, *_place(path, context["offset"], data))
    rule = details["type"] if details["type"].startswith("grammar.") else "shape.value"
    return Issue("error", rule, path, details["msg"])


def _written(path: Path, data: Any) -> Path:
    """The part of a model's path that the file has: a short value has no key for its one field."""
    for depth, step in enumerate(path):
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return path[:depth]
    return path


def _place(path: Path, offset: int, data: Any) -> tuple[int, int]:
    """An offset into a text as its line and the offset in it."""
    for step in path:
        data = data[step]
    before = str(data)[:offset]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def _explained(error: Any) -> Iterator[Issue]:
    path = tuple(error.instance_path)
    match error.kind.name:
        case "anyOf":
            for inner in _meant(error):
                yield from _explained(inner)
        case "additionalProperties":
            for key in error.kind.unexpected:
                yield Issue("error", "shape.unknown-key", (*path, key), _unknown_key(key, error))
        case "required":
            if not any(near_names(key, [error.kind.property]) for key in _unknown_keys(error)):
                yield Issue("error", "shape.missing-key", path, _missing_key(error))
        case "propertyNames":
            for key in _misnamed(error):
                yield Issue("error", "shape.value", (*path, key), f"{key!r} is no name for an event; {_NAMES}")
        case kind:
            yield Issue("error", f"shape.{'type' if kind == 'type' else 'value'}", path, _unfit(error))


_NAMES = "small letters, digits and hyphens, a letter first: follow-up-2"


def _meant(error: Any) -> list[Any]:
    """The errors of the branch whose type was written; if none was, the types that may be written."""
    branches = error.kind.context
    for errors in branches:
        if not any(e.kind.name == "type" and e.instance_path == error.instance_path for e in errors):
            return list(errors)
    return [errors[0] for errors in branches[:1]]


def _schema_of(error: Any) -> dict[str, Any]:
    """The schema that a mapping broke."""
    schema: Any = _schema()
    for step in error.schema_path[:-1]:
        schema = schema[step]
    return dict(schema)


def _unknown_keys(error: Any) -> list[str]:
    return [key for key in error.instance if key not in _schema_of(error)["properties"]]


def _unknown_key(key: str, error: Any) -> str:
    known = list(_schema_of(error)["properties"])
    if near := near_names(key, known):
        return f"unknown key {key!r}; did you mean {' or '.join(map(repr, near))}?"
    if error.instance[key] is None and " " in key:
        return f"{key!r} stands here as a key: inside braces, a text with a comma needs quotes"
    return f"unknown key {key!r}; known here: {', '.join(known)}"


def _missing_key(error: Any) -> str:
    name = error.kind.property
    described = _schema_of(error)["properties"][name].get("description", "")
    first = described.splitlines()[0].rstrip(".") if described else ""
    return f"the key {name!r} is missing" + (f" ({first[0].lower()}{first[1:]})" if first else "")


def _misnamed(error: Any) -> list[str]:
    names = jsonschema_rs.Draft7Validator(_schema_of(error)["propertyNames"])
    return [key for key in error.instance if not names.is_valid(key)]


def _unfit(error: Any) -> str:
    written, kind = _shown(error.instance), error.kind
    match kind.name:
        case "type":
            expected = " or ".join(_YAML[name] for name in kind.types)
            return f"{written} stands where {expected} is expected"
        case "enum" | "const":
            options = [str(option) for option in getattr(kind, "options", None) or [kind.expected_value]]
            near = near_names(str(error.instance), options)
            return f"{written} is none of {', '.join(options)}" + (f"; did you mean {near[0]!r}?" if near else "")
        case "minLength" | "minItems" | "minProperties":
            return f"{written} is empty; write something, or leave the key out"
        case "maxLength" | "maxItems":
            return f"{written} is too long: at most {kind.limit}"
        case "pattern":
            return f"{written} does not fit; {_NAMES}"
    return str(error.message)


_YAML = {
    "object": "a mapping of keys",
    "array": "a list",
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "nothing",
}


def _shown(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case dict():
            return "a mapping of keys"
        case list():
            return "a list"
    text = str(value)
    return repr(text if len(text) < 60 else f"{text[:57]}…")
