"""Columns of a table that are doses of a drug, and their cells → the treatments that they state."""

from casefhir.cells import NOTHING, Details
from casefhir.model.dosage import dosage
from casefhir.model.dose import Dosage
from casefhir.model.findings import Table
from casefhir.model.grammar import GrammarError
from casefhir.model.table import Cell
from casefhir.model.treatment import Dose, Treatment
from casefhir.model.when import When
from casefhir.terms import Terms
from casefhir.terms.units import measures, ucum


def doses_of(table: Table, terms: Terms) -> frozenset[str]:
    """
    The columns that have the name of a drug and a unit in which it is given: `prednisolone[mg/day]`.

    A name that is a test too is one in the units of the test: `lithium[mmol/L]`, `insulin[IU/kg/h]`.
    """
    units = {cell.column: cell.unit or table.unit for cell in table.rows[0].cells}
    return frozenset(name for name, unit in units.items() if unit and _is_dose(name, unit, terms))


def _is_dose(name: str, unit: str, terms: Terms) -> bool:
    if terms.drugs.get(name) is None or _dosage(f"1 {unit}") is None:
        return False
    tests = terms.measured(name)
    of_tests = ucum(unit) if tests else None
    return not (of_tests and any(measures(test, of_tests) for test in tests))


def dose(cell: Cell, unit: str | None, moment: When, said: Details = NOTHING) -> Treatment | None:
    """
    The treatment of a drug at the moment of its line, with what is said of the cell.

    None for a cell that is no dose: `neg`, `12H`.
    """
    given = _dosage(f"{cell.text} {unit}")
    if given is None:
        return None
    more = {name: one.value for name, one in said.items()}
    written = Dose(dosage=given, printed=more.get("printed"), note=more.get("why"))
    fields = {name: more[name] for name in OF_A_DOSE if name in more}
    return Treatment(drug=cell.column, dose=written, at=moment, **fields)


OF_A_DOSE = ("id", "code", "quote", "note", "conflict")
"""What can be said of a dose as of any fact; besides, how it is printed and why it was corrected."""


def _dosage(text: str) -> Dosage | None:
    try:
        return dosage(text)
    except GrammarError:
        return None
