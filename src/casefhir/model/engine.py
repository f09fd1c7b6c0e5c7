"""
Types of fields → what pydantic's engine builds a validator of.

Shapes of the schemas: https://docs.pydantic.dev/latest/api/pydantic_core_schema/
"""

from collections.abc import Mapping
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic_core import SchemaValidator

from casefhir.model.base import Field, Schema, Short, Value, before

V = TypeVar("V", bound=Value)


def read(model: type[V], data: Any) -> V:
    """A mapping as a model, which says in a ValidationError all that it refuses."""
    keys = data.keys() if isinstance(data, dict) else ()
    written = frozenset(field.key for field in model.fields().values() if field.key in keys)
    reader = _reader(model, written)  # type: ignore[arg-type]  # a class has a hash, whatever that of its values is
    value: V = reader.validate_python(data)
    return value


@lru_cache(maxsize=64)
def _reader(model: type[Value], keys: frozenset[str]) -> SchemaValidator:
    """
    What reads a mapping with these keys.

    Nothing is built for keys that are not written: of a case, that would take as long as to check it.
    """
    build = _Builder()
    fields = {name: field for name, field in model.fields().items() if field.is_required or field.key in keys}
    return SchemaValidator(build.whole(build.model(model, fields)))


def field_reader(model: type[Value], field: str) -> SchemaValidator:
    """What reads one field of a model."""
    build = _Builder()
    return SchemaValidator(build.whole(build(model.fields()[field].annotation)))


class _Builder:
    """Builds each model once, however many fields hold it."""

    def __init__(self) -> None:
        self.models: dict[str, Schema] = {}

    def whole(self, schema: Schema) -> Any:
        """A schema with the models that it names."""
        return {"type": "definitions", "schema": schema, "definitions": list(self.models.values())}

    def __call__(self, kind: Any) -> Schema:
        """What reads a type."""
        origin, of = get_origin(kind), get_args(kind)
        if origin is Annotated:
            inner, *outer, mark = of
            schema: Schema = mark.engine(Annotated[inner, *outer] if outer else inner, self)
            return schema
        if origin is Union or origin is UnionType:
            return self._union([one for one in of if one is not type(None)])
        if origin is tuple:
            return {"type": "tuple", "items_schema": [self(of[0])], "variadic_item_index": 0}
        if origin is dict:
            return {"type": "dict", "keys_schema": self(of[0]), "values_schema": self(of[1])}
        if origin is Literal:
            return {"type": "literal", "expected": list(of)}
        return self._named(kind) if issubclass(kind, Value) else _PLAIN[kind]

    def _union(self, kinds: list[Any]) -> Schema:
        """One of several; that a key may be left out is said of the field."""
        return self(kinds[0]) if len(kinds) == 1 else {"type": "union", "choices": list(map(self, kinds))}

    def _named(self, model: type[Value]) -> Schema:
        name = model.__name__
        if name not in self.models:
            self.models[name] = {}  # it may hold itself
            self.models[name] = {**self.model(model, model.fields()), "ref": name}
        return {"type": "definition-ref", "schema_ref": name}

    def model(self, model: type[Value], fields: Mapping[str, Field]) -> Schema:
        """What reads a mapping into a model: what is not written is not in it."""
        members = {
            name: {
                "type": "typed-dict-field",
                "schema": self(field.annotation),
                "required": field.is_required,
                "validation_alias": field.key,
            }
            for name, field in fields.items()
        }
        written = {"type": "typed-dict", "fields": members, "extra_behavior": "forbid"}
        made = {"type": "function-after", "function": {"type": "no-info", "function": model.made_of}, "schema": written}
        return before(model.long, made) if issubclass(model, Short) else made


_PLAIN: dict[Any, Schema] = {str: {"type": "str"}, int: {"type": "int"}, bool: {"type": "bool", "strict": True}}
