"""What the JSON Schema or a grammar refuses → issues in an author's words, each at its place in the file."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from casefhir import misfits
from casefhir.issue import Issue
from casefhir.model.findings import Imaging, Panel
from casefhir.model.pathology import Pathology
from casefhir.offers import OR_NOT
from casefhir.source import Path, Source
from casefhir.unfilled import together

Schema = dict[str, Any]


def of_shape(errors: Iterable[Any], source: Source, whole: Schema) -> Iterator[Issue]:
    """What the errors of the validator say, each once; `whole` is the schema of a case file."""
    if told := misfits.too_new(source.data.get("casefhir"), whole["properties"]["casefhir"]["const"]):
        yield Issue("error", "shape.value", ("casefhir",), told)
        return
    told_once = dict.fromkeys(issue for error in errors for issue in _explained(error, source, whole))
    yield from together(told_once, source.data)


def _explained(error: Any, source: Source, whole: Schema) -> Iterator[Issue]:
    data = source.data
    path, schema, kind = _path(error.instance_path, data), _schema_of(error, whole), error.kind
    written = _value(path, data)
    match kind.name:
        case "anyOf":
            for inner in _meant(error):
                yield from _explained(inner, source, whole)
        case "additionalProperties" if "patternProperties" not in schema:
            in_braces = source.in_braces(path)
            for key in kind.unexpected:
                if told := misfits.unknown_key(key, written, schema, path, in_braces=in_braces):
                    yield Issue("error", "shape.unknown-key", (*path, key), told)
        case "additionalProperties" | "propertyNames":
            for key in kind.unexpected if kind.name == "additionalProperties" else [kind.error.instance]:
                yield Issue("error", "shape.value", (*path, key), misfits.misnamed((*path, key)))
        case "required":
            if not misfits.is_misnamed(kind.property, written, schema):
                yield Issue("error", "shape.missing-key", path, misfits.missing_key(kind.property, schema))
        case "type":
            yield from _mistyped(path, error, source, whole)
        case _:
            if told := misfits.unfit(path[-1], written, kind):
                told = told.removesuffix(OR_NOT) if _is_needed(error, whole) else told
                yield Issue("error", "shape.value", path, told)


def _mistyped(path: Path, error: Any, source: Source, whole: Schema) -> Iterator[Issue]:
    types, schema = list(error.kind.types), _schema_of(error, whole)
    written = _value(path, source.data)
    if "enum" in schema or "const" in schema:
        return  # the list of what may stand here says it better
    glued = [key for key in written if key.startswith("-")] if "array" in types and isinstance(written, dict) else []
    for key in glued:
        yield Issue("error", "shape.type", (*path, key), f"{key!r} lacks a blank after '-'; write '- {key[1:]}'")
    if not glued:
        may_be_cut = written is None and path[-2:-1] in _OF_NAMES and source.in_braces(path[:-1])
        cut = misfits.cut_by_comma(path[-1], _value(path[:-1], source.data)) if may_be_cut else ""
        bare = misfits.undated(str(path[-1])) if written is None and path[:-1] == ("events",) else ""
        told = cut or bare or misfits.mistyped(path[-1], written, types, schema, whole["definitions"])
        if written is None and _is_needed(error, whole):
            told = told.removesuffix(OR_NOT)
        yield Issue("error", "shape.type", path, told)


_OF_NAMES = (("values",), ("events",))
"""Mappings whose keys are names of the author's own."""


_BESIDE_VALUES = {
    section: frozenset(field.key for field in model.fields().values())
    for section, model in (("labs", Panel), ("vitals", Panel), ("imaging", Imaging), ("pathology", Pathology))
}


def of_grammar(details: Any, data: Any) -> Issue:
    """What the models say of a value."""
    kind, context, place = details["type"], details.get("ctx", {}), details["loc"]
    path = _written(place, data)
    if kind == "grammar.result" and path[-1] in _BESIDE_VALUES.get(str(path[0]), ()):
        return Issue("error", "shape.value", path, f"{path[-1]!r} stands among the tests; write it beside 'values:'")
    if "offset" in context:
        path = (*path, *_place(path, context["offset"], data))
    if kind.startswith("grammar."):
        return Issue("error", kind, path, misfits.full_width(details["input"]) or details["msg"])
    if place[-1] == "[key]":
        return Issue("error", "shape.value", path, misfits.misnamed(path))
    if kind == "string_type":
        return Issue("error", "shape.type", path, misfits.mistyped(path[-1], details["input"], ["string"], {}, {}))
    if kind == "literal_error":
        options = context["expected"].strip("'").replace("' or '", "', '").split("', '")
        return Issue("error", "shape.value", path, misfits.none_of(details["input"], options))
    if kind.startswith("string_"):
        return Issue("error", "shape.value", path, misfits.empty(path[-1]))
    return Issue("error", "shape.value", path, details["msg"])


def _written(path: Path, data: Any) -> Path:
    """The part of a model's path that the file has: a value written short has no key, one of a list no position."""
    found: Path = ()
    for step in path:
        if isinstance(data, dict) and isinstance(step, int):
            continue
        written = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
        if step not in written:
            break
        found, data = (*found, step), data[step]
    return found


def _place(path: Path, offset: int, data: Any) -> tuple[int, int]:
    """An offset into a text as its line and the offset in it."""
    before = str(_value(path, data))[:offset]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def _value(path: Path, data: Any) -> Any:
    for step in path:
        data = data[step]
    return data


def _path(steps: list[Any], data: Any) -> Path:
    """The place in the file: of the key `05` the validator says that it is the position 5."""
    path: list[str | int] = []
    for step in steps:
        if isinstance(data, dict) and step not in data:
            step = next(key for key in data if key.isdecimal() and int(key) == step)
        data = data[step]
        path.append(step)
    return tuple(path)


def _meant(error: Any) -> list[Any]:
    """The errors of the branch whose type was written; if none was, the types that may be written."""
    branches = [errors for errors in error.kind.context if not _at_root(error, errors, "enum", "const")]
    for errors in branches:
        if not _at_root(error, errors, "type"):
            return list(errors)
    return [errors[0] for errors in branches[:1]]


def _at_root(error: Any, errors: list[Any], *kinds: str) -> bool:
    """Whether an error of some kind is that of the value itself; the words to choose from are `enum` or `const`."""
    return any(inner.kind.name in kinds and inner.instance_path == error.instance_path for inner in errors)


def _is_needed(error: Any, whole: Schema) -> bool:
    """Whether the value belongs to a key that its mapping cannot do without."""
    schema: Any = whole
    needed = False
    for step, key in pairwise(error.schema_path):
        if step == "properties" and isinstance(schema, dict):
            needed = key in schema.get("required", ())
        schema = schema[step]
    return needed


def _schema_of(error: Any, whole: Schema) -> dict[str, Any]:
    """The part of the schema that has the keyword that was broken."""
    schema: Any = whole
    for step in error.schema_path[:-1]:
        schema = schema[step]
    return dict(schema)


class UnknownKey(NamedTuple):
    """A key that its mapping cannot have."""

    path: Path
    written: dict[str, Any]
    """The whole mapping."""
    model: str
    """The name of its model: `Finding`."""
    known: dict[str, Any]
    """The keys that it can have, with their schemas."""


def unknown_keys(errors: Iterable[Any], data: Any, whole: Schema) -> Iterator[UnknownKey]:
    """Every key that its mapping cannot have, as `of_shape` finds them."""
    for error in errors:
        yield from _unknown_keys(error, data, whole)


def _unknown_keys(error: Any, data: Any, whole: Schema) -> Iterator[UnknownKey]:
    schema = _schema_of(error, whole)
    if error.kind.name == "anyOf":
        for inner in _meant(error):
            yield from _unknown_keys(inner, data, whole)
    elif error.kind.name == "additionalProperties" and "patternProperties" not in schema:
        path = _path(error.instance_path, data)
        model = error.schema_path[1] if error.schema_path[0] == "definitions" else "Case"
        for key in error.kind.unexpected:
            yield UnknownKey((*path, key), _value(path, data), model, schema["properties"])
