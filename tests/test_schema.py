"""The published JSON Schema: current, valid draft-07, described, and the same to every program that reads it."""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from pydantic_core import SchemaValidator, ValidationError
from tests.mutated import DATA, written
from tests.node import run_node
from tools.make_schema import ENFORCED, PUBLISHED, texts

from casefhir.source import SourceError, read_yaml

SCHEMA: dict[str, Any] = json.loads(PUBLISHED.read_text(encoding="utf-8"))


def test_schemas_are_what_the_models_and_tables_give() -> None:
    """If not: `make schema`."""
    assert [place for place, text in texts().items() if place.read_text(encoding="utf-8") != text] == []


def test_schema_that_is_enforced_is_the_published_one_without_proposals() -> None:
    """A name is proposed where any text may stand, or a test where any name of one may."""
    enforced = json.loads(ENFORCED.read_text(encoding="utf-8"))

    assert without_proposals(SCHEMA) == enforced
    assert without_proposals(enforced) == enforced


def without_proposals(schema: Any) -> Any:
    if isinstance(schema, list):
        return [without_proposals(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    match schema:
        case {"anyOf": [{"enum": names}, {"type": "string"} as text], **others} if all(map(str.strip, names)):
            schema = {**others, **text}
        case {"patternProperties": {r"\S": any_name}, "properties": names} if all(map(str.strip, names)):
            assert {json.dumps(inner) for inner in names.values()} == {json.dumps(any_name)}
            schema = {key: value for key, value in schema.items() if key != "properties"}
    return {key: without_proposals(value) for key, value in schema.items()}


def test_schema_is_valid_draft_07() -> None:
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def schemas(schema: Any, place: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema inside a schema, with its place; names of properties are no keywords."""
    yield place, schema
    for keyword in ("properties", "patternProperties", "definitions"):
        for name, inner in schema.get(keyword, {}).items():
            yield from schemas(inner, f"{place}/{keyword}/{name}")
    for keyword in ("anyOf", "allOf"):
        for number, inner in enumerate(schema.get(keyword, ())):
            yield from schemas(inner, f"{place}/{keyword}/{number}")
    for keyword in ("items", "propertyNames"):
        if keyword in schema:
            yield from schemas(schema[keyword], f"{place}/{keyword}")


KEYWORDS = {
    *("$schema", "$id", "$ref", "definitions", "title", "description", "type", "enum", "const", "anyOf", "allOf"),
    *("properties", "patternProperties", "additionalProperties", "propertyNames", "required", "minProperties"),
    *("items", "minLength", "maxLength", "pattern", "minimum", "maximum"),
}
"""All of draft-07 that is used: what every editor and validator knows, and nothing of later drafts."""


def test_schema_uses_no_other_keywords() -> None:
    others = {place: set(schema) - KEYWORDS for place, schema in schemas(SCHEMA) if set(schema) - KEYWORDS}

    assert not others


def test_nothing_stands_beside_a_ref() -> None:
    """Draft-07 ignores it: a description beside a `$ref` is shown by no editor."""
    assert not [place for place, schema in schemas(SCHEMA) if "$ref" in schema and len(schema) > 1]


def test_every_ref_leads_somewhere_and_every_definition_is_used() -> None:
    refs = {schema["$ref"] for _, schema in schemas(SCHEMA) if "$ref" in schema}

    assert refs == {f"#/definitions/{name}" for name in SCHEMA["definitions"]}


def test_every_mapping_is_closed() -> None:
    opened = [
        p for p, s in schemas(SCHEMA) if "object" in s.get("type", "") and s.get("additionalProperties") is not False
    ]

    assert not opened


def test_every_field_has_a_description_of_its_own() -> None:
    fields = {
        f"{place}/{name}": field
        for place, schema in schemas(SCHEMA)
        for name, field in schema.get("properties", {}).items()
        if not place.endswith("/values")  # the names of tests, which have the description of a laboratory value
    }

    assert len(fields) > 200
    assert not [place for place, field in fields.items() if not field.get("description", "").strip()]


def test_every_definition_is_described_where_editors_look() -> None:
    """Of a field whose value is a definition, editors show the description of the definition, if it has one."""
    fields = {
        f"{place}/properties/{name}" for place, schema in schemas(SCHEMA) for name in schema.get("properties", {})
    }
    others = {
        schema["$ref"].rpartition("/")[2]
        for place, schema in schemas(SCHEMA)
        if "$ref" in schema and place.removesuffix("/allOf/0") not in fields
    } | {"LabValue"}  # the names of tests that are proposed have no description of their own

    assert {name for name, schema in SCHEMA["definitions"].items() if schema.get("description")} == others


def test_every_key_of_the_format_is_used_by_a_case() -> None:
    """`tests/every_key.yaml` is the case that tests of the whole program start from."""
    data = DATA["every key"]
    assert jsonschema_rs.is_valid(SCHEMA, data)
    unused = {(name, key) for name, schema in keyed().items() for key in schema}
    unused -= {*used(data, SCHEMA, "case"), ("case", "include")}  # which needs a folder: tests/test_inclusion.py

    assert not unused


def keyed() -> dict[str, dict[str, Any]]:
    """The definitions with their properties."""
    definitions = {"case": SCHEMA, **SCHEMA["definitions"]}
    return {name: schema["properties"] for name, schema in definitions.items()}


def used(value: Any, schema: dict[str, Any], name: str) -> Iterator[tuple[str, str]]:
    """Which keys of which definitions a value has."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = SCHEMA["definitions"][name]
    for inner in (*schema.get("allOf", ()), *schema.get("anyOf", ())):
        yield from used(value, inner, name)
    if isinstance(value, list) and "items" in schema:
        for item in value:
            yield from used(item, schema["items"], name)
    if isinstance(value, dict):
        for key, item in value.items():
            patterns = list(schema.get("patternProperties", {}).values())
            if key in schema.get("properties", {}) and not patterns:
                yield name, key
            for inner in patterns or [schema.get("properties", {}).get(key, {})]:
                yield from used(item, inner, name)


PATTERNS = sorted(
    {schema["pattern"] for _, schema in schemas(SCHEMA) if "pattern" in schema}
    | {pattern for _, schema in schemas(SCHEMA) for pattern in schema.get("patternProperties", {})}
)


def can_be_read(text: str) -> bool:
    try:
        read_yaml(written({"a": text}))
    except SourceError:
        return False
    return True


def samples() -> list[str]:
    """Texts that tell patterns apart: every blank and every sign that cannot be seen, and nearly right names."""
    unseen = [
        chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Cc", "Cf", "Zs", "Zl", "Zp")
    ]
    names = [
        "",
        "a",
        "A",
        "a-",
        "-a",
        "0a",
        "a0",
        "a b",
        "a\n",
        "\na",
        "\ufe0f",
        "ａ",
        "é",
        "a_b",
        "a.b",
        "ſ",
        "K",
        "𝔘",
    ]
    return [text for text in (*unseen, *(f"{sign}a{sign}" for sign in unseen), *names) if can_be_read(text)]


def by_pydantic(pattern: str) -> list[bool]:
    """pydantic uses the regular expressions of Rust."""
    validator = SchemaValidator({"type": "str", "pattern": pattern})

    def fits(text: str) -> bool:
        try:
            validator.validate_python(text)
        except ValidationError:
            return False
        return True

    return list(map(fits, samples()))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_pattern_means_the_same_to_the_gate_and_to_python(pattern: str) -> None:
    gate = jsonschema_rs.Draft7Validator({"pattern": pattern})
    python = re.compile(pattern.replace("$", r"\Z"))  # only Python's `$` also stands before a last line end

    by_gate = [gate.is_valid(text) for text in samples()]
    assert by_gate == [bool(python.search(text)) for text in samples()]
    assert by_gate == by_pydantic(pattern)


@pytest.mark.node
@pytest.mark.parametrize("pattern", PATTERNS)
def test_pattern_means_the_same_to_editors(pattern: str) -> None:
    """Editors use the regular expressions of JavaScript (ECMA-262)."""
    script = "const [pattern, texts] = JSON.parse(require('fs').readFileSync(0)); const r = new RegExp(pattern, 'u');"
    out = run_node("-e", script + "console.log(JSON.stringify(texts.map(t => r.test(t))))", told=[pattern, samples()])

    assert json.loads(out) == by_pydantic(pattern)
