"""Microbiology: what was found in a specimen, what was looked for and not there, and what it is sensitive to."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from casefhir.model.base import NOTHING_WRITTEN, Grammar, OneOrSeveral, Short, ShortName
from casefhir.model.fields import Codes, Conflict, Quantity, Text, Texts
from casefhir.model.growth import growth, outcome
from casefhir.model.quantity import Quantity as AnyQuantity
from casefhir.model.reaction import reaction
from casefhir.model.record import Named, Timed
from casefhir.model.result import Result as AnyResult

Result = Annotated[AnyResult, Grammar("result", outcome, numbers=True)]
Growth = Annotated[AnyQuantity | AnyResult, Grammar("quantity", growth, numbers=True)]
Reaction = Annotated[str, Grammar("reaction", reaction)]


class Susceptibility(Short):
    """How an organism reacts to a drug: `R`, or a mapping when there is more to say."""

    short: ClassVar[str] = "value"
    id: ClassVar[None] = None

    value: Reaction | None = None
    """`S`, `I` or `R`, as the report judges it; of a test of the genes whether resistance was `detected`."""

    mic: Quantity | None = None
    """The minimum inhibitory concentration: `> 8 mg/L`."""

    at_concentration: Quantity | None = None
    """The concentration that was tested, where that is no MIC: `0.1 mg/L`."""

    method: Text | None = None
    """How it was tested, where the drugs differ in that: `Xpert MTB/RIF`, `disk diffusion`."""

    quote: Text | None = None
    """At most 12 printed words, `…` between the pieces."""

    note: Text | None = None
    """What else is to be said."""

    conflict: Conflict | None = None
    """What another place of the article says instead."""


Reactions = dict[Text, Annotated[Susceptibility | tuple[Susceptibility, ...], OneOrSeveral()]]
"""A drug → how an organism reacts to it; several where it was tested more than once."""


class Genotype(ShortName):
    """What was found in the genes of an organism: `katG S315T`, or a mapping when there is more to say."""

    id: ClassVar[None] = None

    name: Text
    """A mutation, a gene or a type, as the article prints it: `katG S315T`, `mecA`, `genotype 1b`, `ST258`."""

    resistance_to: Texts = ()
    """The drugs that it makes the organism resistant to, if the article says so: `[isoniazid]`."""

    method: Text | None = None
    """How it was looked for: `line probe assay`."""

    absent: bool = False
    """Looked for and not there."""

    quote: Text | None = None
    """At most 12 printed words, `…` between the pieces."""

    note: Text | None = None
    """What else is to be said."""

    conflict: Conflict | None = None
    """What another place of the article says instead."""


class Organism(ShortName):
    """An organism that was found, or looked for: `Klebsiella pneumoniae`, or a mapping when there is more to say."""

    id: ClassVar[None] = None

    name: Text
    """`Klebsiella pneumoniae`; as precise as the report, and no more: `Klebsiella`, `gram-negative rods`."""

    code: Codes = ()
    """Codes in place of those of the tables: `NCBITaxon 573`."""

    value: Growth | None = None
    """How much of it: `> 100000 CFU/mL`, or the grade of a smear, a culture or a PCR: `3+`, `scanty`, `high`."""

    absent: bool = False
    """Looked for and not there."""

    susceptibility: Reactions = NOTHING_WRITTEN
    """A line a drug: `amikacin: S`; a list where it was tested at several concentrations."""

    genotype: tuple[Genotype, ...] = ()
    """What was found in its genes: `[katG S315T]`; the genes of the patient stand under `genetics`."""

    quote: Text | None = None
    """At most 12 printed words, `…` between the pieces."""

    note: Text | None = None
    """What else is to be said: `thought to be a contaminant`."""

    conflict: Conflict | None = None
    """What another place of the article says instead."""


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

    susceptibility: Reactions = NOTHING_WRITTEN
    """A line a drug, `amikacin: S`, if there is one organism; else it stands with each of them."""

    conclusion: Text | None = None
    """What the report concludes, in own words."""


def reactions(written: Reactions) -> Iterator[tuple[tuple[str | int, ...], str, Susceptibility]]:
    """Each reaction with its place among them: the drug, and the position where it stands in a list."""
    for drug, said in written.items():
        if isinstance(said, tuple):
            yield from (((drug, n), drug, one) for n, one in enumerate(said))
        else:
            yield (drug,), drug, said
