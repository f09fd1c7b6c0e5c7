"""The models → schema/case.schema.json, the published JSON Schema (draft-07), and its copy in the package."""

import ast
import inspect
import json
import textwrap
from collections import Counter
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from casefhir.model.case import Case
from casefhir.terms import terms

ROOT = Path(__file__).parents[1]
PLACES = (ROOT / "schema" / "case.schema.json", ROOT / "src" / "casefhir" / "case.schema.json")
VERSION: int = get_args(Case.model_fields["casefhir"].annotation)[0]
"""The version of the format; the schemas of older ones stay in `schema/N`."""

URL = f"https://w3id.org/casefhir/schema/{VERSION}/case.schema.json"


class _Draft07(GenerateJsonSchema):
    """What pydantic writes for 2020-12, in the words of draft-07."""

    schema_dialect = "http://json-schema.org/draft-07/schema#"


def case_schema() -> dict[str, Any]:
    """The JSON Schema of a case file: its descriptions are the docstrings of the fields."""
    schema = Case.model_json_schema(by_alias=True, schema_generator=_Draft07, ref_template="#/definitions/{model}")
    definitions = schema.pop("$defs")
    for model in _models():
        if model is Case or model.__name__ in definitions:
            _describe(schema if model is Case else definitions[model.__name__], model)
    definitions = {name: _plain(definitions[name]) for name in sorted(definitions)}
    _propose_names(definitions)
    case = _plain({key: value for key, value in schema.items() if key != "title"})
    _leave_to_fields(case, definitions)
    return {
        "$schema": _Draft07.schema_dialect,
        "$id": URL,
        "title": f"casefhir case file, version {VERSION}",
        **case,
        "definitions": definitions,
    }


def _models() -> list[type[BaseModel]]:
    found: dict[str, type[BaseModel]] = {}
    queue: list[type[BaseModel]] = [BaseModel]
    while queue:
        for model in queue.pop().__subclasses__():
            found[model.__name__] = model
            queue.append(model)
    return [model for model in found.values() if model.__module__.startswith("casefhir.model")]


def _describe(schema: dict[str, Any], model: type[BaseModel]) -> None:
    schema["description"] = inspect.cleandoc(model.__doc__ or "")
    for parent in reversed(model.__mro__):
        if not (issubclass(parent, BaseModel) and parent.__module__.startswith("casefhir.model")):
            continue
        for name, text in _field_docstrings(parent).items():
            alias = model.model_fields[name].alias or name
            _put_description(schema["properties"], alias, text)


def _put_description(properties: dict[str, Any], alias: str, text: str) -> None:
    field = properties[alias]
    if "$ref" in field:  # draft-07 ignores what stands beside a $ref
        field = {"allOf": [{"$ref": field["$ref"]}]}
    properties[alias] = {"description": text, **field}


def _field_docstrings(model: type[BaseModel]) -> dict[str, str]:
    """The text under each field of a class; pydantic's own way would cost every start 35 ms."""
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
        and field.target.id in model.model_fields
    }


def _propose_names(definitions: dict[str, Any]) -> None:
    """Names that a table has, for editors to propose; any other text is as good."""
    tables = terms()
    for model, field, names in (
        ("Treatment", "drug", [row.name for row in tables.drugs.rows]),
        ("Diagnosis", "name", [row.name for row in tables.diagnoses.rows]),
        ("RuledOut", "name", [row.name for row in tables.diagnoses.rows]),
        ("Finding", "name", [row.name for row in tables.findings.rows]),
        ("Imaging", "name", [row.name for row in tables.procedures.rows]),
        ("Procedure", "name", [row.name for row in tables.procedures.rows]),
        ("Pathology", "name", [row.name for row in tables.procedures.rows]),
        ("Pathology", "specimen", [row.name for row in tables.specimens.rows]),
        ("Score", "name", [row.name for row in tables.scores.rows]),
    ):
        properties = definitions[model]["properties"]
        text = dict(properties[field])
        description = text.pop("description")
        properties[field] = {"description": description, "anyOf": [{"enum": sorted(set(names))}, text]}
    labs = dict.fromkeys(row.name for row in tables.labs.rows)
    values = definitions["Panel"]["properties"]["values"]
    values["properties"] = {name: {"$ref": "#/definitions/LabValue"} for name in sorted(labs)}


def _leave_to_fields(case: dict[str, Any], definitions: dict[str, Any]) -> None:
    """Drop the description of what is always a field with one of its own, for editors would show this in its place."""
    fields = [field for model in (case, *definitions.values()) for field in model["properties"].values()]
    described = Counter(field["allOf"][0]["$ref"] for field in fields if "allOf" in field)
    text = json.dumps([case, definitions])
    for name, definition in definitions.items():
        ref = f"#/definitions/{name}"
        if text.count(f'"{ref}"') == described[ref]:
            definition.pop("description", None)


def _plain(value: Any) -> Any:
    """Without what pydantic adds for itself: titles, defaults, a null that no author writes, and open keys."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "anyOf" in value:
        value = _without_null(value)
    if "patternProperties" in value:
        value = value | {"additionalProperties": False}
    return {
        key: _properties(item) if key == "properties" else _plain(item)
        for key, item in value.items()
        if key not in ("title", "default")
    }


def _properties(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(schema) for name, schema in properties.items()}


def _without_null(value: dict[str, Any]) -> dict[str, Any]:
    branches = [branch for branch in value["anyOf"] if branch != {"type": "null"}]
    rest = {key: item for key, item in value.items() if key != "anyOf"}
    if len(branches) > 1:
        return {**rest, "anyOf": branches}
    (branch,) = branches
    if "$ref" in branch:
        return {**rest, "allOf": [branch]}
    return {**branch, **rest}


def main() -> None:
    text = json.dumps(case_schema(), indent=2, ensure_ascii=False) + "\n"
    for place in PLACES:
        place.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
