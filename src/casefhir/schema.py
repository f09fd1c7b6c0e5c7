"""
Values of a case file → issues of shape (the published JSON Schema) and of grammar (the models), or a Case.

What is said of a refusal is in `casefhir.refusals`, which a case without any goes without.
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path as FilePath
from typing import Any

import jsonschema_rs
from pydantic_core import ValidationError

from casefhir.issue import Issue
from casefhir.model.case import Case
from casefhir.model.engine import read
from casefhir.source import Source
from casefhir.terms import terms

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
        from casefhir.misfits import missing_key

        told = missing_key("casefhir", enforced_schema())
        return Issue("error", "shape.missing-key", (), told)
    wrong = next((issue for issue in shape_issues(source) if issue.path == ("casefhir",)), None)
    return wrong and wrong._replace(mark=source.locate(wrong.path))


def shape_issues(source: Source) -> Iterator[Issue]:
    """What the JSON Schema refuses: keys, types and lists; all of it, each at its place and once."""
    if _validator().is_valid(source.data):
        return
    from casefhir.refusals import of_shape

    yield from of_shape(shape_errors(source), source, enforced_schema())


def shape_errors(source: Source) -> Iterator[Any]:
    """The same in the words of the validator."""
    return iter(_validator().iter_errors(source.data))


def model_issues(data: Any) -> Case | list[Issue]:
    """The Case, or what its grammars refuse. The shape was checked before."""
    try:
        return read(Case, data)
    except ValidationError as error:
        from casefhir.refusals import of_grammar

        return [of_grammar(details, data) for details in error.errors(include_url=False)]
