"""Values of a case file → issues of shape (the published JSON Schema) and of grammar (the models), or a Case."""

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Annotated, Any, NamedTuple

import jsonschema_rs
from pydantic import TypeAdapter, ValidationError

from casefhir import misfits
from casefhir.issue import Issue
from casefhir.model.case import Case
from casefhir.model.fields import Conflict
from casefhir.model.findings import Imaging, Panel
from casefhir.model.pathology import Pathology
from casefhir.offers import OR_NOT
from casefhir.source import Path, Source
from casefhir.terms import terms
from casefhir.unfilled import together

_ENFORCED = FilePath(__file__).with_name("case.schema.json")


@cache
def enforced_schema() -> dict[str, Any]:
    """The JSON Schema of a case file, draft-07, without the names that editors propose."""
    schema: dict[str, Any] = json.loads(_ENFORCED.read_text("utf-8"))
    return schema


def published_schema() -> dict[str, Any]:
    """The JSON Schema of a case file, draft-07, as editors read it: what is enforced, and names to propose."""
    return with_proposals(enforced_schema())


def with_proposals(schema: dict[str, Any]) -> dict[str, Any]:
    """
    A schema with the names of the tables where a name is written; any other text is as good.

    They change nothing of what is accepted, so the schema that is enforced goes without these thousands of names.
    """
    tables, definitions = terms(), deepcopy(schema["definitions"])
    for model, field, table in _NAMED:
        properties = definitions[model]["properties"]
        text = dict(properties[field])
        names = sorted({row.name for row in getattr(tables, table).rows})
        properties[field] = {"description": text.pop("description"), "anyOf": [{"enum": names}, text]}
    labs = sorted({row.name for row in tables.labs.rows})
    values = definitions["Panel"]["properties"]["values"]
    values["properties"] = {name: {"$ref": "#/definitions/LabValue"} for name in labs}
    return {**schema, "definitions": definitions}


_NAMED = (
    ("Treatment", "drug", "drugs"),
    ("Diagnosis", "name", "diagnoses"),
    ("RuledOut", "name", "diagnoses"),
    ("Finding", "name", "findings"),
    ("Imaging", "name", "procedures"),
    ("Score", "name", "scores"),
    ("Procedure", "name", "procedures"),
    ("Pathology", "name", "procedures"),
    ("Pathology", "specimen", "specimens"),
)
"""Definition and property that a name is written in → the table whose names are proposed."""


@cache
def _validator() -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(enforced_schema())


def newest_version() -> int:
    """The version of the format that the schema describes."""
    return int(enforced_schema()["properties"]["casefhir"]["const"])


def version_issue(source: Source) -> Issue | None:
    """What is wrong with the version that a file says it has; None if it is the newest."""
    if "casefhir" not in source.data:
        told = misfits.missing_key("casefhir", enforced_schema())
        return Issue("error", "shape.missing-key", (), told)
    wrong = next((issue for issue in shape_issues(source) if issue.path == ("casefhir",)), None)
    return wrong and wrong._replace(mark=source.locate(wrong.path))


def shape_issues(source: Source) -> Iterator[Issue]:
    """What the JSON Schema refuses: keys, types and lists; all of it, each at its place and once."""
    if _validator().is_valid(source.data):
        return
    if told := misfits.too_new(source.data.get("casefhir"), newest_version()):
        yield Issue("error", "shape.value", ("casefhir",), told)
        return
    errors = _validator().iter_errors(source.data)
    yield from together(dict.fromkeys(issue for error in errors for issue in _explained(error, source)), source.data)


class UnknownKey(NamedTuple):
    """A key that its mapping cannot have."""

    path: Path
    written: dict[str, Any]
    """The whole mapping."""
    model: str
    """The name of its model: `Finding`."""
    known: dict[str, Any]
    """The keys that it can have, with their schemas."""


def unknown_keys(source: Source) -> Iterator[UnknownKey]:
    """Every key that its mapping cannot have, as `shape_issues` finds them."""
    for error in _validator().iter_errors(source.data):
        yield from _unknown_keys(error, source.data)


def _unknown_keys(error: Any, data: Any) -> Iterator[UnknownKey]:
    schema = _schema_of(error)
    if error.kind.name == "anyOf":
        for inner in _meant(error):
            yield from _unknown_keys(inner, data)
    elif error.kind.name == "additionalProperties" and "patternProperties" not in schema:
        path = _path(error.instance_path, data)
        model = error.schema_path[1] if error.schema_path[0] == "definitions" else "Case"
        for key in error.kind.unexpected:
            yield UnknownKey((*path, key), _value(path, data), model, schema["properties"])


def model_issues(data: Any) -> Case | list[Issue]:
    """
    The Case, or what its grammars refuse. The shape was checked before.

    Each section is validated by itself, for to build the models of those that a case does not have takes as long as
    to check it.
    """
    sections, issues = dict[str, Any](), list[Issue]()
    for name, field in Case.model_fields.items():
        key = field.alias or name
        if key in data:
            try:
                sections[name] = _section(name).validate_python(data[key])
            except ValidationError as error:
                issues += (_grammar_issue(details, key, data) for details in error.errors(include_url=False))
    return issues or Case.model_construct(**sections)


@cache
def _section(name: str) -> TypeAdapter[Any]:
    Conflict.model_rebuild()  # once, for every record has one, and would build it again
    field = Case.model_fields[name]
    kind: Any = field.annotation
    return TypeAdapter(Annotated[kind, *field.metadata] if field.metadata else kind)


_BESIDE_VALUES = {
    section: frozenset(field.alias for field in model.model_fields.values())
    for section, model in (("labs", Panel), ("vitals", Panel), ("imaging", Imaging), ("pathology", Pathology))
}


def _grammar_issue(details: Any, section: str, data: Any) -> Issue:
    kind, context, place = details["type"], details.get("ctx", {}), (section, *details["loc"])
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


def _explained(error: Any, source: Source) -> Iterator[Issue]:
    data = source.data
    path, schema, kind = _path(error.instance_path, data), _schema_of(error), error.kind
    written = _value(path, data)
    match kind.name:
        case "anyOf":
            for inner in _meant(error):
                yield from _explained(inner, source)
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
            yield from _mistyped(path, list(kind.types), schema, source, is_needed=_is_needed(error))
        case _:
            if told := misfits.unfit(path[-1], written, kind):
                told = told.removesuffix(OR_NOT) if _is_needed(error) else told
                yield Issue("error", "shape.value", path, told)


def _mistyped(
    path: Path, types: list[str], schema: dict[str, Any], source: Source, *, is_needed: bool
) -> Iterator[Issue]:
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
        told = cut or bare or misfits.mistyped(path[-1], written, types, schema, enforced_schema()["definitions"])
        if is_needed and written is None:
            told = told.removesuffix(OR_NOT)
        yield Issue("error", "shape.type", path, told)


_OF_NAMES = (("values",), ("events",))
"""Mappings whose keys are names of the author's own."""


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


def _is_needed(error: Any) -> bool:
    """Whether the value belongs to a key that its mapping cannot do without."""
    schema: Any = enforced_schema()
    needed = False
    for step, key in pairwise(error.schema_path):
        if step == "properties" and isinstance(schema, dict):
            needed = key in schema.get("required", ())
        schema = schema[step]
    return needed


def _schema_of(error: Any) -> dict[str, Any]:
    """The part of the schema that has the keyword that was broken."""
    schema: Any = enforced_schema()
    for step in error.schema_path[:-1]:
        schema = schema[step]
    return dict(schema)
