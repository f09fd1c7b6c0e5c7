"""What every value of the case file shares: frozen, no unknown keys, keys in kebab-case, one grammar per text."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, Final, NamedTuple, Self, dataclass_transform, get_args, get_origin

from pydantic_core import PydanticCustomError

from casefhir.model.grammar import GrammarError

Schema = dict[str, Any]
"""What pydantic's engine builds a validator of, or a JSON Schema."""

Build = Callable[[Any], Schema]
"""A type → its schema."""

NOTHING_WRITTEN: Final[Any] = MappingProxyType({})
"""A mapping that a file leaves out."""

REQUIRED: Final = object()
"""In place of the default of a field that has none."""


class Field(NamedTuple):
    """A field of a value: the key that it is written as, its type, and what it is where a file leaves it out."""

    key: str
    annotation: Any
    default: Any

    @property
    def is_required(self) -> bool:
        """Whether a file has to have it."""
        return self.default is REQUIRED


def key_of(field: str) -> str:
    """The key that a field is written as: `not-done` of `not_done`."""
    return field.rstrip("_").replace("_", "-")


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Value:
    """
    A part of the case file: a mapping whose keys are the fields, written with hyphens.

    It holds what is written; what is left out has the default of its class.
    `casefhir.model.engine` reads it, with pydantic's engine and without pydantic: to import that, and to have it make
    its classes, was a third of a cold `casefhir check`.
    """

    def __init__(self, **fields: Any) -> None:
        self.__dict__.update(fields)

    @classmethod
    def made_of(cls, fields: dict[str, Any]) -> Self:
        """The value that has these fields, which are not looked at; the mapping becomes its own."""
        value = cls.__new__(cls)
        object.__setattr__(value, "__dict__", fields)
        return value

    def but(self, **changes: Any) -> Self:
        """The same with other values of some fields."""
        return type(self)(**{**self.__dict__, **changes})

    @classmethod
    @cache
    def fields(cls) -> Mapping[str, Field]:
        """Its fields, by their names in Python, as written: those of the class that it is made of come first."""
        return {
            name: Field(key_of(name), annotation, getattr(cls, name, REQUIRED))
            for parent in reversed(cls.__mro__)
            for name, annotation in vars(parent).get("__annotations__", {}).items()
            if get_origin(annotation) is not ClassVar
        }

    def __setattr__(self, name: str, _: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name!r} cannot be set")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._said == other._said

    def __hash__(self) -> int:
        return hash(tuple(self._said))  # names alone: what is equal has the same, and some values have no hash

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._said.items())})"

    @property
    def _said(self) -> dict[str, Any]:
        """What is written and is not the default."""
        said = ((name, getattr(self, name), field.default) for name, field in self.fields().items())
        return {name: value for name, value, default in said if value != default}


class Short(Value):
    """A value that may be written short, as one text, which is then its field `short`."""

    short: ClassVar[str]

    @classmethod
    def long(cls, written: Any) -> Any:
        """The mapping that a short one stands for."""
        return {cls.short: written} if isinstance(written, str | int | Decimal) else written


class ShortName(Short):
    """A value that may be written short, as its name, which is no number."""

    short: ClassVar[str] = "name"


class Grammar:
    """Marks a field whose text is read by one of the small grammars: `Annotated[When, Grammar("date", when)]`."""

    def __init__(self, name: str, parse: Callable[[str], Any], *, numbers: bool = False) -> None:
        self.name = name
        self.parse = parse
        self.numbers = numbers

    def engine(self, _: Any, __: Build) -> Schema:
        return {"type": "function-plain", "function": {"type": "no-info", "function": self._parsed}}

    def schema(self, _: Any, __: Build) -> Schema:
        return {"type": ["string", "number"]} if self.numbers else {"minLength": 1, "type": "string"}

    def _parsed(self, written: Any) -> Any:
        if not isinstance(written, str | int | Decimal) or isinstance(written, bool):
            raise PydanticCustomError("string_type", "a text is expected")
        try:
            return self.parse(f"{written:f}" if isinstance(written, Decimal) else str(written))
        except GrammarError as error:
            told = {"message": str(error), "offset": error.offset}
            raise PydanticCustomError(f"grammar.{self.name}", "{message}", told) from None


class Pattern:
    """Marks a text that fits a pattern, whole or in a part of it."""

    def __init__(self, pattern: str, *, least: int | None = None, most: int | None = None) -> None:
        self.pattern = pattern
        self.least = least
        self.most = most

    def engine(self, _: Any, __: Build) -> Schema:
        return {"type": "str", "pattern": self.pattern, **_given(min_length=self.least, max_length=self.most)}

    def schema(self, _: Any, __: Build) -> Schema:
        return {**_given(minLength=self.least, maxLength=self.most), "pattern": self.pattern, "type": "string"}


class Between:
    """Marks a whole number with its limits, both possible; None = no upper one."""

    def __init__(self, least: int, most: int | None = None) -> None:
        self.least = least
        self.most = most

    def engine(self, kind: Any, build: Build) -> Schema:
        return {**build(kind), **_given(ge=self.least, le=self.most)}

    def schema(self, kind: Any, build: Build) -> Schema:
        return {**_given(maximum=self.most, minimum=self.least), **build(kind)}


class NotEmpty:
    """Marks a mapping that has something in it."""

    def engine(self, kind: Any, build: Build) -> Schema:
        return {**build(kind), "min_length": 1}

    def schema(self, kind: Any, build: Build) -> Schema:
        return {"minProperties": 1, **build(kind)}


class OneOrMore:
    """Marks a list of texts, or a list or a mapping, that may be written as one text: `code: LOINC 1988-5`."""

    def engine(self, kind: Any, build: Build) -> Schema:
        def listed(written: Any) -> Any:
            return [written] if isinstance(written, str) else written

        return before(listed, build(kind))

    def schema(self, kind: Any, build: Build) -> Schema:
        whole = build(kind)
        forms = whole.get("anyOf", [whole])
        return {"anyOf": [*(form["items"] for form in forms if "items" in form), *forms]}


class OneOrSeveral:
    """Marks `Annotated[X | tuple[X, ...], OneOrSeveral()]`: one X, or a list of them, as it is written."""

    def engine(self, kind: Any, build: Build) -> Schema:
        def one_or_several(written: Any, validate: Any) -> Any:
            return validate(written) if isinstance(written, list) else validate([written])[0]

        _, several = get_args(kind)
        function = {"type": "no-info", "function": one_or_several}
        return {"type": "function-wrap", "function": function, "schema": build(several)}

    def schema(self, kind: Any, build: Build) -> Schema:
        _, several = get_args(kind)
        listed = build(several)
        return {"anyOf": [listed["items"], listed]}


def _given(**limits: int | None) -> Schema:
    return {name: limit for name, limit in limits.items() if limit is not None}


def before(function: Callable[[Any], Any], schema: Schema) -> Schema:
    """What the engine does: first the function, then all that the schema says."""
    return {"type": "function-before", "function": {"type": "no-info", "function": function}, "schema": schema}
