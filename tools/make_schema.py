"""
The models → the JSON Schema (draft-07) of a case file, twice.

The package has what is enforced; schema/case.schema.json is published, with the names of the tables as proposals.
"""

import ast
import inspect
import json
import textwrap
from collections import Counter
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from casefhir.model.base import Field, Pattern, Short, ShortName, Value
from casefhir.model.case import Case
from casefhir.schema import with_proposals

ROOT = Path(__file__).parents[1]
PUBLISHED = ROOT / "schema" / "case.schema.json"
ENFORCED = ROOT / "src" / "casefhir" / "case.schema.json"
VERSION: int = get_args(Case.fields()["casefhir"].annotation)[0]
"""The version of the format; the schemas of older ones stay in `schema/N`."""

URL = f"https://w3id.org/casefhir/schema/{VERSION}/case.schema.json"

Schema = dict[str, Any]


def case_schema() -> Schema:
    """The JSON Schema that is enforced: its descriptions are the docstrings of the fields."""
    definitions: dict[str, Schema] = {}
    case = _model(Case, definitions)
    definitions = {name: definitions[name] for name in sorted(definitions)}
    _leave_to_fields(case, definitions)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": URL,
        "title": f"casefhir case file, version {VERSION}",
        **case,
        "definitions": definitions,
    }


def _model(model: type[Value], definitions: dict[str, Schema]) -> Schema:
    """What a mapping of a model may have; the models of its fields go to the definitions."""
    texts, required = _field_docstrings(model), [field.key for field in model.fields().values() if field.is_required]
    schema = {
        "additionalProperties": False,
        "description": inspect.cleandoc(model.__doc__ or ""),
        "properties": {field.key: _field(field, texts[name], definitions) for name, field in model.fields().items()},
    }
    if required:
        schema["required"] = required
    return {**schema, **_forms(model)}


def _forms(model: type[Value]) -> Schema:
    """The forms that a value may have: a mapping, or what it may be written as for short."""
    if issubclass(model, ShortName):
        return {"type": ["string", "object"], "minLength": 1, "pattern": r"\S"}
    return {"type": ["string", "number", "object"] if issubclass(model, Short) else "object"}


def _field(field: Field, description: str, definitions: dict[str, Schema]) -> Schema:
    return {"description": description, **_beside_text(_kind(field.annotation, definitions))}


def _beside_text(schema: Schema) -> Schema:
    """A schema beside which something can stand: draft-07 ignores what stands beside a $ref."""
    return {"allOf": [schema]} if "$ref" in schema else schema


def _kind(kind: Any, definitions: dict[str, Schema]) -> Schema:
    """What a type takes."""
    origin, of = get_origin(kind), get_args(kind)

    def build(inner: Any) -> Schema:
        return _kind(inner, definitions)

    if origin is Annotated:
        inner, *outer, mark = of
        marked: Schema = mark.schema(Annotated[inner, *outer] if outer else inner, build)
        return marked
    if origin is Union or origin is UnionType:
        kinds = [build(one) for one in of if one is not NoneType]
        return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    if origin is tuple:
        return {"items": build(of[0]), "type": "array"}
    if origin is dict:
        return _mapping(*of, build)
    if origin is Literal:
        return _one_of(of)
    return _named(kind, definitions) if issubclass(kind, Value) else dict(_PLAIN[kind])


_PLAIN = {str: {"type": "string"}, int: {"type": "integer"}, bool: {"type": "boolean"}}


def _mapping(key: Any, value: Any, build: Any) -> Schema:
    """A mapping whose keys are names of the author's own: they fit a pattern, and have at least or at most a length."""
    (pattern,) = (mark for mark in get_args(key) if isinstance(mark, Pattern))
    named = pattern.schema(str, build)
    lengths = {name: limit for name, limit in named.items() if name not in ("pattern", "type")}
    values = {pattern.pattern: build(value)}
    return {"patternProperties": values, "propertyNames": lengths, "type": "object", "additionalProperties": False}


def _one_of(words: tuple[Any, ...]) -> Schema:
    types = {type(word) for word in words}
    named = _PLAIN[types.pop()] if len(types) == 1 else {}
    return {**({"const": words[0]} if len(words) == 1 else {"enum": list(words)}), **named}


def _named(model: type[Value], definitions: dict[str, Schema]) -> Schema:
    if model.__name__ not in definitions:
        definitions[model.__name__] = {}  # it may hold itself
        definitions[model.__name__] = _model(model, definitions)
    return {"$ref": f"#/definitions/{model.__name__}"}


def _field_docstrings(model: type[Value]) -> dict[str, str]:
    """The text under each field of a class, or of those that it is made of."""
    return {name: text for parent in reversed(model.__mro__[:-1]) for name, text in _own_docstrings(parent).items()}


def _own_docstrings(model: type[Any]) -> dict[str, str]:
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    assert isinstance(tree, ast.ClassDef)
    return {
        field.target.id: inspect.cleandoc(text.value.value)
        for field, text in zip(tree.body, tree.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


def _leave_to_fields(case: Schema, definitions: dict[str, Schema]) -> None:
    """Drop the description of what is always a field with one of its own, for editors would show this in its place."""
    fields = [field for model in (case, *definitions.values()) for field in model["properties"].values()]
    described = Counter(field["allOf"][0]["$ref"] for field in fields if "allOf" in field)
    text = json.dumps([case, definitions])
    for name, definition in definitions.items():
        ref = f"#/definitions/{name}"
        if text.count(f'"{ref}"') == described[ref]:
            definition.pop("description", None)


def texts() -> dict[Path, str]:
    """What each file says."""
    enforced = case_schema()
    schemas = {PUBLISHED: with_proposals(enforced), ENFORCED: enforced}
    return {place: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for place, schema in schemas.items()}


def main() -> None:
    """Write them."""
    for place, text in texts().items():
        place.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
