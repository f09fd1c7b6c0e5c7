"""Units and amounts that a test cannot have."""

from collections.abc import Iterator
from decimal import Decimal

from casefhir.chart import Chart
from casefhir.facts import Fact, Lab
from casefhir.measurement import Measurement, is_possible
from casefhir.model.quantity import Amount, Quantity
from casefhir.rules.rule import Remarks
from casefhir.terms.units import ucum


def _labs(chart: Chart) -> Iterator[tuple[Fact, Lab, Measurement]]:
    for fact in chart.facts:
        if isinstance(fact.record, Lab):
            yield fact, fact.record, chart.measurements.of(fact)


def _quantity(lab: Lab) -> Quantity | None:
    return lab.value.value.quantity if lab.value.value else None


def missing(chart: Chart) -> Remarks:
    """
    A number has no unit, though the test has one.

    Why: 96 mg/L and 96 mg/dL are ten times apart. If the article prints no unit, the file says so.
    Bad:  CRP: 96
    Good: CRP: 96 mg/L, or CRP: 96 unit not printed
    """
    for fact, lab, found in _labs(chart):
        if _quantity(lab) and found.printed_unit == "" and found.test and not found.fits:
            units = ", ".join(_usual_units(chart, lab))
            yield (
                fact.path,
                f"{lab.name} has no unit; write it ({units}), or 'unit not printed' if the article has none",
            )


def _usual_units(chart: Chart, lab: Lab) -> list[str]:
    return list(dict.fromkeys(test.unit for test in chart.terms.labs.get(lab.name) if test.unit))


def unknown(chart: Chart) -> Remarks:
    """
    A unit is neither in the table of units nor valid UCUM.

    Why: the value is exported with its unit as text, which no computer can compare.
    Bad:  CRP: 96 mgg/L
    Good: CRP: 96 mg/L
    Source: https://ucum.org/ucum
    """
    for fact, lab, found in _labs(chart):
        if found.printed_unit and found.unit is None:
            near = chart.terms.units.near(found.printed_unit)
            hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else "; it stays text"
            yield fact.path, f"unknown unit {found.printed_unit!r} of {lab.name}{hint}"


def impossible(chart: Chart) -> Remarks:
    """
    A test cannot be measured in the unit that is written.

    Why: the article misprints the unit, or it was copied wrongly. It is exported as text, without a code.
    Bad:  ferritin: 310 U/L
    Good: ferritin: {value: 310 ng/mL, printed: 310 U/L, why: …}, or a doubt about it
    """
    for fact, lab, found in _labs(chart):
        if found.unit and found.test and not found.fits:
            units = " or ".join(_usual_units(chart, lab))
            yield fact.path, f"{lab.name} is not measured in {found.printed_unit}, but in {units}"


def not_printed(chart: Chart) -> Remarks:
    """
    Values have no unit, because the article prints none.

    Why: they cannot be compared with anything. No unit is inferred.
    Bad:  tables: [{name: cytokines, unit: not printed, …}] and nothing else
    Good: the same, with a doubt about it: {about: tables/cytokines, says: the table prints no units}
    """
    for i, table in enumerate(chart.case.tables):
        if table.unit == "not printed":
            yield ("tables", i, "unit"), f"the table {table.name!r} prints no units; none is inferred"
    for fact, lab, found in _labs(chart):
        if fact.path[0] == "labs" and _quantity(lab) and found.printed_unit is None:
            yield fact.path, f"{lab.name} is printed without a unit; none is inferred"


def impossible_value(chart: Chart) -> Remarks:
    """
    A value is beyond what is possible in a living patient.

    Why: the unit or the decimal point is probably misprinted. The bound is generous, and no reference range.
    Bad:  CRP: 146 g/L
    Good: CRP: {value: 146 mg/L, printed: 146 g/L, why: …}, or a doubt about it
    """
    for fact, lab, found in _labs(chart):
        if found.impossible:
            yield fact.path, f"{lab.name} {_beyond(chart, found.impossible, found)}"


def _beyond(chart: Chart, amount: Amount, found: Measurement) -> str:
    assert found.test is not None, "only a value of a known test is held against its bounds"
    low, high = found.test.low, found.test.high
    told = f"{amount.value} {found.printed_unit}".strip()
    bounds = " to ".join(str(bound) for bound in (low, high) if bound is not None)
    fitting = _unit_that_fits(chart, amount.value, found)
    hint = f"; {amount.value} {fitting} would be" if fitting else ""
    return f"{told} is not possible (possible is {bounds} {found.test.unit})".replace(" )", ")") + hint


def _unit_that_fits(chart: Chart, value: Decimal, found: Measurement) -> str | None:
    """The unit in which the number would be possible: the usual one if it is, else the first of its kind."""
    test = found.test
    usual = ucum(test.unit) if test and test.unit else None
    if test is None or usual is None or found.unit is None:
        return None
    kin = (unit for unit in chart.terms.units.rows if unit.dimension == usual.dimension)
    return next((unit.ucum for unit in (usual, *kin) if is_possible(value, unit, test)), None)
