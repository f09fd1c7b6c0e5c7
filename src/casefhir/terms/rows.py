"""What a row of each table holds; the columns of the TSV files, in their order."""

from decimal import Decimal
from typing import NamedTuple

# `also` holds the other names, `source` where the codes were confirmed (tools/check_terms.py knows
# the words), `why` the reason for a code that is left out. A code that is "" is left out: the fact
# stays text.


class Lab(NamedTuple):
    """One property of a laboratory test or vital sign: glucose in mg/dL, glucose in mmol/L."""

    name: str
    loinc: str
    display: str
    scale: str
    """LOINC's: Qn a number, Ord an order (negative, positive, 3+), SemiQn, Nom a name, Nar text."""
    unit: str
    """The usual UCUM unit; "" for a pure number or no number."""
    low: Decimal | None
    """A living patient has no lower value, in `unit`. A generous bound, no reference range."""
    high: Decimal | None
    category: str
    """HL7's of an Observation: laboratory, vital-signs, exam, imaging, procedure, therapy or, of a score, survey."""
    also: tuple[str, ...]
    source: str
    why: str
    dimension: str
    """Of `unit`, from the table of units: the values that fit this property have it too."""


class Unit(NamedTuple):
    """A unit of measurement."""

    ucum: str
    display: str
    dimension: str
    """One word for the units that can be converted into each other."""
    factor: Decimal | None
    """How much of the dimension's base unit it is; None where a factor does not do (°C, °F)."""
    also: tuple[str, ...]


class Usual(NamedTuple):
    """What nearly all patients have of a laboratory test, and the units that it is reported in."""

    name: str
    """The first name of the test."""
    unit: str
    """UCUM; that of one of its rows."""
    low: Decimal
    high: Decimal
    units: tuple[str, ...]
    """The UCUM units in which reports give it, of the dimension of `unit`; those of one size once."""


class Mole(NamedTuple):
    """What one mole of a laboratory test weighs."""

    name: str
    """The first name of the test."""
    formula: str
    factor: Decimal
    """g/mol."""


class Drug(NamedTuple):
    """An ingredient, or a fixed combination."""

    name: str
    rxnorm: str
    display: str
    atc: str
    also: tuple[str, ...]
    source: str
    why: str


class Site(NamedTuple):
    """A joint or another place in the body, without its side."""

    name: str
    snomed: str
    display: str
    joint: str
    """`yes`, or "" for what is no joint."""
    also: tuple[str, ...]
    source: str
    why: str


class Finding(NamedTuple):
    """A symptom, a sign, or what an examination shows."""

    name: str
    hpo: str
    hpo_label: str
    snomed: str
    snomed_display: str
    also: tuple[str, ...]
    source: str
    why: str


class Diagnosis(NamedTuple):
    """A disease."""

    name: str
    snomed: str
    snomed_display: str
    mondo: str
    mondo_label: str
    orpha: str
    orpha_display: str
    icd10cm: str
    icd10cm_display: str
    icd10: str
    icd10_display: str
    also: tuple[str, ...]
    source: str
    why: str


class Concept(NamedTuple):
    """A word of a list (route, form, side, organism, specimen) and its SNOMED CT code."""

    name: str
    snomed: str
    display: str
    also: tuple[str, ...]
    source: str
    why: str


class Relation(NamedTuple):
    """A member of a family, and the code of v3-RoleCode."""

    name: str
    code: str
    display: str
    also: tuple[str, ...]
    source: str
    why: str


class Person(NamedTuple):
    """What somebody who is no relative is to a patient, and the code of HL7."""

    name: str
    system: str
    """Of the code: v3-ParticipationType or v3-RoleCode."""
    code: str
    display: str
    also: tuple[str, ...]
    source: str
    why: str


class Score(NamedTuple):
    """A score or scale, and the values it can take."""

    name: str
    loinc: str
    display: str
    low: Decimal | None
    high: Decimal | None
    also: tuple[str, ...]
    source: str
    why: str


class Procedure(NamedTuple):
    """Something done to find out or to treat: imaging, a test, an operation."""

    name: str
    snomed: str
    snomed_display: str
    loinc: str
    loinc_display: str
    service: str
    """The section of HL7 table 0074 whose reports are no images, `EC`; empty of images and of what has no report."""

    also: tuple[str, ...]
    source: str
    why: str


class Habit(NamedTuple):
    """A habit or a circumstance of life."""

    name: str
    snomed: str
    snomed_display: str
    loinc: str
    loinc_display: str
    also: tuple[str, ...]
    source: str
    why: str


class Qualifier(NamedTuple):
    """A word for a result or a degree, and how HL7 interprets it."""

    name: str
    snomed: str
    display: str
    interpretation: str
    """HL7's code of an interpretation: H of high; "" for a word that judges nothing."""
    also: tuple[str, ...]
    source: str


class Susceptibility(NamedTuple):
    """The test of a microorganism against a drug, under the first name of the drug."""

    name: str
    loinc: str
    display: str
    also: tuple[str, ...]
    source: str
    why: str


class GeneticWord(NamedTuple):
    """A word for a genetic variant, and its code."""

    name: str
    kind: str
    """change, class, consequence, inheritance, origin, source or zygosity."""
    system: str
    """Of the code: LOINC, SO or HPO."""
    code: str
    display: str
    also: tuple[str, ...]
    source: str
    why: str


class VitalSign(NamedTuple):
    """A vital sign that has a profile in R4."""

    name: str
    loinc: str
    """The code that the profile demands."""
    units: tuple[str, ...]
    """The UCUM units that the profile takes."""
    example: str
    also: tuple[str, ...]
    """Other codes for which the profile holds, of LOINC and SNOMED CT."""
