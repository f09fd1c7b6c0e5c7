"""Errors of the schema engine → faults: the place, and words for what was demanded there."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from casefhir.fhir.gate import narrative, references
from casefhir.fhir.gate.fault import Fault, Step, place
from casefhir.fhir.gate.schema import SCHEMA, validator

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

Rule = dict[str, Any]

KINDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "an object",
    "string": "a text",
}
"""The types of JSON, in words."""


def faults(bundle: dict[str, Any]) -> Iterator[Fault]:
    """A fault for each error; ids of elements are none as long as they differ within a resource."""
    ids: dict[tuple[Step, Any], list[Step]] = {}
    for error in validator().iter_errors(bundle):
        path = list(error.instance_path)
        value = _at(path, bundle)
        if error.schema_path[-2:] != ["element-id", "format"]:
            yield from _faults(error, path, value)
        elif ids.setdefault((path[1], value), path) != path:
            yield Fault(place(*path), f"the id {value!r} stands twice in this resource")


def _faults(error: ValidationError, path: list[Step], value: Any) -> Iterator[Fault]:
    """What one error says; one for each member where several are unknown."""
    rule, title, at = _rule(error.schema_path)
    details = error.kind.as_dict()
    if error.kind.name == "additionalProperties":
        for name in details["unexpected"]:
            yield Fault(place(*path, name), "FHIR has no such element here")
    elif error.kind.name == "required":
        yield Fault(place(*path, details["property"]), title or "is missing")
    elif at and path[-1:] != [at]:
        blamed = f"{_short(value[at])} " if at in value else ""
        yield Fault(place(*path, at), f"{blamed}{title}")
    else:
        yield Fault(place(*path), title or _words(error.schema_path, rule, value))


def _words(path: list[Step], rule: Rule, value: Any) -> str:
    """Words for what a keyword of the schema demands."""
    match path[-1]:
        case "type":
            return f"{_short(value)} is not {KINDS[rule['type']]}"
        case "enum":
            return f"{_short(value)} is none of {', '.join(rule['enum'])}"
        case "const":
            return f"{_short(value)} is not {rule['const']}"
        case "minItems" | "minProperties" | "minLength":
            return "is empty"
        case "format":
            return references.reason(value, rule["format"].removeprefix("to ").split("|"))
        case "anyOf":
            return narrative.reason(value)
        case "pattern" if path[-2] in ("string", "markdown"):
            return "is blank"
    return f"{_short(value)} is no {path[-2]}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _at(path: list[Step], bundle: dict[str, Any]) -> Any:
    """The value at a path, with the digits it has there; the engine hands back a float."""
    value: Any = bundle
    for step in path:
        value = value[step]
    return value


def _rule(path: list[Step]) -> tuple[Rule, str | None, str | None]:
    """The part of the schema that was broken, its title, and the member that is to blame for it."""
    rule: Any = _schema()
    rules: list[Rule] = []
    for step in path:
        rule = rule[step]
        if isinstance(rule, dict):
            rules.append(rule)
    titled = [rule for rule in rules if isinstance(rule.get("title"), str)]
    last = titled[-1] if titled else {}
    return rules[-1], last.get("title"), last.get("at")


@functools.cache
def _schema() -> Rule:
    schema: Rule = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return schema
