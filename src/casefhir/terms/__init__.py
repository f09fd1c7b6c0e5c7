"""Names as case reports write them → what the tables of this folder say of them, codes included."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from casefhir.terms.names import fold, is_typo
from casefhir.terms.rows import (
    Concept,
    Diagnosis,
    Drug,
    Finding,
    GeneticWord,
    Habit,
    Lab,
    Mole,
    Person,
    Procedure,
    Qualifier,
    Relation,
    Score,
    Site,
    Susceptibility,
    Unit,
    Usual,
    VitalSign,
)
from casefhir.terms.table import Rows, Table, grouped, single
from casefhir.terms.units import Units, known

__all__ = [
    "Concept",
    "Diagnosis",
    "Drug",
    "Finding",
    "GeneticWord",
    "Habit",
    "Lab",
    "Person",
    "Procedure",
    "Qualifier",
    "Relation",
    "Score",
    "Site",
    "Susceptibility",
    "Table",
    "Terms",
    "Unit",
    "Units",
    "Usual",
    "VitalSign",
    "fold",
    "is_typo",
    "terms",
]


def terms() -> "Terms":
    """The tables of this process."""
    return _TERMS


class Terms:
    """
    The tables; each is read when it is first asked for, and once.

    `get(name)` finds a row in any spelling, `near(name)` offers names for one that no row has.
    A laboratory test is measured in several ways, so `labs.get` gives all rows of its name.
    """

    @cached_property
    def units(self) -> Units:
        return known()

    @cached_property
    def labs(self) -> Table[Lab, tuple[Lab, ...]]:
        dimension = {unit.ucum: unit.dimension for unit in self.units.rows} | {"": ""}
        return grouped(Rows("labs", lambda row: Lab._make([*row, dimension[row[4]]])))

    def measured(self, name: str) -> tuple[Lab, ...]:
        """What a name measures: a laboratory test or a vital sign, or a score, which is a number without a unit."""
        return self.labs.get(name) or _points(self.scores.get(name))

    def in_specimen(self, name: str, specimen: str | None) -> str:
        """The name of a test in what was examined, `CSF protein` of protein; as it is, if there is none of its own."""
        if not specimen:
            return name
        row = self.specimens.get(specimen)
        said = (specimen, *((row.name, *row.also) if row else ()))
        return next((own for word in said if self.labs.get(own := f"{word} {name}")), name)

    @cached_property
    def usual(self) -> Mapping[str, tuple[Usual, ...]]:
        """First name of a test → what nearly all patients have of it, one row for each of its properties."""
        rows = Rows("usual", Usual._make)
        return {name: tuple(named) for name, named in groupby(rows, lambda row: row.name)}

    @cached_property
    def moles(self) -> Mapping[str, Decimal]:
        """First name of a test → g/mol, for those given as a mass and as an amount of substance."""
        return {row.name: row.factor for row in Rows("molar", Mole._make)}

    @cached_property
    def drugs(self) -> Table[Drug, Drug | None]:
        return single(Rows("drugs", Drug._make))

    @cached_property
    def sites(self) -> Table[Site, Site | None]:
        return single(Rows("sites", Site._make))

    @cached_property
    def laterality(self) -> Table[Concept, Concept | None]:
        return single(Rows("laterality", Concept._make))

    @cached_property
    def findings(self) -> Table[Finding, Finding | None]:
        return single(Rows("findings", Finding._make))

    @cached_property
    def diagnoses(self) -> Table[Diagnosis, Diagnosis | None]:
        return single(Rows("diagnoses", Diagnosis._make))

    @cached_property
    def qualifiers(self) -> Table[Qualifier, Qualifier | None]:
        return single(Rows("qualifiers", Qualifier._make))

    @cached_property
    def routes(self) -> Table[Concept, Concept | None]:
        return single(Rows("routes", Concept._make))

    @cached_property
    def forms(self) -> Table[Concept, Concept | None]:
        return single(Rows("forms", Concept._make))

    @cached_property
    def scores(self) -> Table[Score, Score | None]:
        return single(Rows("scores", Score._make))

    @cached_property
    def procedures(self) -> Table[Procedure, Procedure | None]:
        return single(Rows("procedures", Procedure._make))

    @cached_property
    def organisms(self) -> Table[Concept, Concept | None]:
        return single(Rows("organisms", Concept._make))

    @cached_property
    def specimens(self) -> Table[Concept, Concept | None]:
        return single(Rows("specimens", Concept._make))

    @cached_property
    def relations(self) -> Table[Relation, Relation | None]:
        return single(Rows("relations", Relation._make))

    @cached_property
    def persons(self) -> Table[Person, Person | None]:
        return single(Rows("persons", Person._make))

    @cached_property
    def social(self) -> Table[Habit, Habit | None]:
        return single(Rows("social", Habit._make))

    @cached_property
    def tnm(self) -> Table[Concept, Concept | None]:
        return single(Rows("tnm", Concept._make))

    @cached_property
    def susceptibilities(self) -> Table[Susceptibility, Susceptibility | None]:
        return single(Rows("susceptibilities", Susceptibility._make))

    @cached_property
    def genetics(self) -> Table[GeneticWord, GeneticWord | None]:
        return single(Rows("genetics", GeneticWord._make))

    @cached_property
    def vital_signs(self) -> Table[VitalSign, VitalSign | None]:
        return single(Rows("vital_signs", VitalSign._make))

    @cached_property
    def _vital_sign_of(self) -> dict[str, VitalSign]:
        return {code: row for row in self.vital_signs.rows for code in (row.loinc, *row.also)}

    def vital_sign(self, system: str, code: str) -> VitalSign | None:
        """The vital sign whose profile an Observation with a code has to fit; None for a code of anything else."""
        return self._vital_sign_of.get(code) if system in ("LOINC", "SNOMED") else None


def _points(score: Score | None) -> tuple[Lab, ...]:
    """A score as what is measured; nothing for none."""
    if score is None:
        return ()
    name, loinc, display, low, high, also, source, why = score
    return (Lab(name, loinc, display, "Qn", "", low, high, "survey", also, source, why, ""),)


_TERMS = Terms()
