"""What every value of the case file shares: frozen, no unknown keys, keys in kebab-case, one grammar per text."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar, get_args

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from casefhir.model.grammar import GrammarError


def _kebab(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Value(BaseModel):
    """A part of the case file: a mapping whose keys are the fields, written with hyphens."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=_kebab,
        defer_build=True,  # a cold start builds only what the file uses
        protected_namespaces=(),  # to look at each field for a name of pydantic's own costs it a millisecond
    )


class Short(Value):
    """A value that may be written short, as one text, which is then its field `short`."""

    short: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _written_short(cls, written: Any) -> Any:
        return {cls.short: written} if isinstance(written, str | int | Decimal) else written

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {**handler(schema), "type": ["string", "number", "object"]}


class ShortName(Short):
    """A value that may be written short, as its name, which is no number."""

    short: ClassVar[str] = "name"

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {**handler(schema), "type": ["string", "object"], "minLength": 1, "pattern": r"\S"}


class Grammar:
    """Marks a field whose text is read by one of the small grammars: `Annotated[When, Grammar("date", when)]`."""

    def __init__(self, name: str, parse: Callable[[str], Any], *, numbers: bool = False) -> None:
        self.name = name
        self.parse = parse
        self.numbers = numbers

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._parsed)

    def __get_pydantic_json_schema__(self, _: CoreSchema, __: Any) -> dict[str, Any]:
        return {"type": ["string", "number"]} if self.numbers else {"type": "string", "minLength": 1}

    def _parsed(self, written: Any) -> Any:
        if not isinstance(written, str | int | Decimal) or isinstance(written, bool):
            raise PydanticCustomError("string_type", "a text is expected")
        try:
            return self.parse(f"{written:f}" if isinstance(written, Decimal) else str(written))
        except GrammarError as error:
            told = {"message": str(error), "offset": error.offset}
            raise PydanticCustomError(f"grammar.{self.name}", "{message}", told) from None


class Pattern:
    """
    Marks a text that fits a pattern, whole or in a part of it.

    Said to the engine as it is: to work it out of `StringConstraints`, for two hundred fields, costs a cold start 2 ms.
    """

    def __init__(self, pattern: str, *, least: int | None = None, most: int | None = None) -> None:
        self.pattern = pattern
        self.least = least
        self.most = most

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.str_schema(pattern=self.pattern, min_length=self.least, max_length=self.most)


class OneOrMore:
    """Marks a list of texts, or a list or a mapping, that may be written as one text: `code: LOINC 1988-5`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def listed(written: Any) -> Any:
            return [written] if isinstance(written, str) else written

        return core_schema.no_info_before_validator_function(listed, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        whole = handler(schema)
        forms = whole.get("anyOf", [whole])
        return {"anyOf": [*(form["items"] for form in forms if "items" in form), *forms]}


class OneOrSeveral:
    """Marks `Annotated[X | tuple[X, ...], OneOrSeveral()]`: one X, or a list of them, as it is written."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def one_or_several(written: Any, validate: Any) -> Any:
            return validate(written) if isinstance(written, list) else validate([written])[0]

        _, several = get_args(source)
        return core_schema.no_info_wrap_validator_function(one_or_several, handler.generate_schema(several))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        listed = handler(schema)
        return {"anyOf": [listed["items"], listed]}


class OrNothing:
    """Marks a mapping that may be left empty: `onset:` with nothing behind it is an event without a date."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def filled(written: Any) -> Any:
            return {} if written is None else written

        return core_schema.no_info_before_validator_function(filled, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {"anyOf": [{"type": "null"}, handler(schema)]}
