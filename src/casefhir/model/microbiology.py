"""Microbiology: what was found in a specimen, what was looked for and not there, and what it is sensitive to."""

from typing import Annotated, Any, ClassVar

from pydantic import Field
from pydantic_core import CoreSchema

from casefhir.model.base import Grammar, Short
from casefhir.model.fields import Codes, Conflict, Quantity, Text
from casefhir.model.reaction import reaction
from casefhir.model.record import Named, Timed
from casefhir.model.result import Result as AnyResult
from casefhir.model.result import result

Result = Annotated[AnyResult, Grammar("result", result, numbers=True)]
Reaction = Annotated[str, Grammar("reaction", reaction)]


class Susceptibility(Short):
    """How an organism reacts to a drug: `R`, or a mapping when there is more to say."""

    short: ClassVar[str] = "value"
    id: ClassVar[None] = None

    value: Reaction | None = None
    """`S` or `susceptible`, `I` or `intermediate`, `R` or `resistant`, as the report judges it."""

    mic: Quantity | None = None
    """The minimum inhibitory concentration: `> 8 mg/L`."""

    quote: Text | None = None
    """At most 12 printed words, `…` between the pieces."""

    note: Text | None = None
    """What else is to be said."""

    conflict: Conflict | None = None
    """What another place of the article says instead."""


class Organism(Short):
    """An organism that was found, or looked for: `Klebsiella pneumoniae`, or a mapping when there is more to say."""

    short: ClassVar[str] = "name"
    id: ClassVar[None] = None

    name: Text
    """`Klebsiella pneumoniae`; as precise as the report, and no more: `Klebsiella`, `gram-negative rods`."""

    code: Codes = ()
    """Codes in place of those of the tables: `NCBITaxon 573`."""

    value: Quantity | None = None
    """How much of it: `> 100000 CFU/mL`."""

    absent: bool = False
    """Looked for and not there."""

    susceptibility: dict[Text, Susceptibility] = Field(default_factory=dict)
    """A line a drug: `amikacin: S`."""

    quote: Text | None = None
    """At most 12 printed words, `…` between the pieces."""

    note: Text | None = None
    """What else is to be said: `thought to be a contaminant`."""

    conflict: Conflict | None = None
    """What another place of the article says instead."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        """Written short it is a name, and no number."""
        return {**handler(schema), "type": ["string", "object"], "minLength": 1, "pattern": r"\S"}


class MicrobiologyTest(Named, Timed):
    """A culture, a smear, a PCR or an antigen test for organisms: `blood culture`."""

    specimen: Text | None = None
    """What was examined: `blood`, `cerebrospinal fluid`; left out where the report does not say."""

    method: Text | None = None
    """How it was examined: `PCR`, `Ziehl-Neelsen stain`."""

    organisms: tuple[Organism, ...] = ()
    """What was found: `[Klebsiella pneumoniae]`; what was looked for and not there has `absent: true`."""

    result: Result | None = None
    """The result as a word, `negative` or `positive`; a viral load belongs under `labs`."""

    text: Text | None = None
    """The result in free words, where the grammar of `result` has none: `mixed flora`."""

    susceptibility: dict[Text, Susceptibility] = Field(default_factory=dict)
    """A line a drug, `amikacin: S`, if there is one organism; else it stands with each of them."""

    conclusion: Text | None = None
    """What the report concludes, in own words."""
