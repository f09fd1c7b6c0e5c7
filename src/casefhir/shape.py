"""What the JSON Schema refuses → issues in an author's words, each at its place, with the nearest right form."""

import re
from collections.abc import Iterator
from typing import Any

from casefhir.issue import Issue
from casefhir.model.grammar import GrammarError
from casefhir.model.when import Calendar, event_name, when
from casefhir.source import Path
from casefhir.terms.names import near as near_names

Schema = dict[str, Any]


class Shape:
    """The published schema and the data of one case file, to explain what of it does not fit."""

    def __init__(self, schema: Schema, data: Any) -> None:
        self._schema = schema
        self._data = data

    def explained(self, error: Any) -> Iterator[Issue]:
        """The issues that one error of the validator stands for."""
        path = self._path(error.instance_path)
        schema = self._of(error)
        match error.kind.name:
            case "anyOf":
                for inner in _meant(error):
                    yield from self.explained(inner)
            case "additionalProperties":
                for key in error.kind.unexpected:
                    yield Issue("error", "shape.unknown-key", (*path, key), _unknown_key(key, error.instance, schema))
            case "required":
                if not _is_misnamed(error.kind.property, error.instance, schema):
                    told = f"the key {error.kind.property!r} is missing{_described(error.kind.property, schema)}"
                    yield Issue("error", "shape.missing-key", path, told)
            case "type" if "enum" not in schema and "const" not in schema:
                yield self._mistyped(path, schema, error)
            case "type":
                return  # the list of what may stand here says it better
            case _:
                yield Issue("error", "shape.value", path, _unfit(path, error))

    def _path(self, steps: list[Any]) -> Path:
        """The place in the file; of the key `05` the validator says that it is the position 5."""
        path: list[str | int] = []
        value = self._data
        for step in steps:
            if isinstance(value, dict) and step not in value:
                step = next(key for key in value if key.isdecimal() and int(key) == step)
            value = value[step]
            path.append(step)
        return tuple(path)

    def _of(self, error: Any) -> Schema:
        """The part of the schema that holds the keyword that was broken."""
        schema: Any = self._schema
        for step in error.schema_path[:-1]:
            schema = schema[step]
        return dict(schema) if isinstance(schema, dict) else {}

    def _value(self, path: Path) -> Any:
        value = self._data
        for step in path:
            value = value[step]
        return value

    def _mistyped(self, path: Path, schema: Schema, error: Any) -> Issue:
        written, types = error.instance, error.kind.types
        parent = self._value(path[:-1]) if path else {}
        if "array" in types and isinstance(written, dict):
            for key in written:
                if key.startswith("-"):
                    told = f"{key!r} begins a list item without a blank; write '- {key.lstrip('-')}: …'"
                    return Issue("error", "shape.type", (*path, key), told)
        if written is None and (whole := _cut(path[-1], parent)):
            return Issue("error", "shape.type", path, whole)
        expected = " or ".join(_YAML[name] for name in types)
        shown = f"nothing stands under {path[-1]!r}, where" if written is None else f"{_shown(written)} stands where"
        offer = self._offer(types, written, schema)
        return Issue("error", "shape.type", path, f"{shown} {expected} is expected" + (f"; {offer}" if offer else ""))

    def _offer(self, types: list[str], written: Any, schema: Schema) -> str:
        """The nearest right form of a value of the wrong type; "" where there is none."""
        single = isinstance(written, (str, int)) or type(written).__name__ == "Decimal"
        match types[0]:
            case "boolean":
                return {"no": "write false", "yes": "write true"}.get(str(written).casefold(), "")
            case "array" if single and not isinstance(written, bool):
                items = schema.get("items", {})
                return f"write [{self._item(items, written)}]"
            case "array" if isinstance(written, dict):
                return "begin each item of the list with '- '"
            case "array" if written is None:
                return "leave the key out if there is none"
            case "object" if single and not isinstance(written, bool):
                return f"write {_mapping(schema, written)}"
            case "object" if isinstance(written, list):
                return "write its keys without '-' or brackets"
            case "string" if single and schema.get("pattern") == _VISIBLE:
                return f'write "{_plain(written)}" in quotes'
            case "string" if single and (example := _example(schema)):
                return f"write it like {example}"
        return ""

    def _item(self, items: Schema, written: Any) -> str:
        if "$ref" in items:
            return _mapping(self._schema["definitions"][items["$ref"].rpartition("/")[2]], written)
        return _quoted(written)
