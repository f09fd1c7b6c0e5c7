"""Units and amounts that what is measured cannot have."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from casefhir.chart import Chart
from casefhir.facts import Fact
from casefhir.measurement import Measurement, Measurements, amounts
from casefhir.model.findings import LabValue, Table
from casefhir.model.quantity import Quantity, Ratio
from casefhir.model.result import Result
from casefhir.rules.digits import usual_units
from casefhir.rules.rule import Remarks
from casefhir.source import Path
from casefhir.statement import Lab, OfAnother
from casefhir.terms import Lab as Test
from casefhir.terms import Unit
from casefhir.terms.units import is_scaled, shown, ucum, value_of


class _Value(NamedTuple):
    """A number of the case: of a test, of the patient's body, or of a finding."""

    path: Path
    name: str
    quantity: Quantity
    found: Measurement
    test: str
    """The name of what is measured: a fever has a temperature."""


def _values(chart: Chart) -> tuple[_Value, ...]:
    """Every number of a case."""
    return (*_of_tests(chart), *_of_the_body(chart))


def _of_tests(chart: Chart) -> Iterator[_Value]:
    for fact in chart.facts:
        record = fact.record.lab if isinstance(fact.record, OfAnother) else fact.record
        if isinstance(record, Lab) and (result := record.value.value) and (quantity := result.quantity):
            yield _Value(fact.path, record.name, quantity, chart.measurements.of(fact), record.name)


def _of_the_body(chart: Chart) -> Iterator[_Value]:
    """Height, weight, and what is measured of a finding, such as the temperature of a fever."""
    for path, name, quantity in _written(chart):
        test = _test(name, quantity)
        lab = Lab(test, LabValue(value=Result(quantity.text, quantity)), None)
        fact = Fact(path, name, lab)
        yield _Value(path, name, quantity, Measurements([fact], chart.terms).of(fact), test)


def _written(chart: Chart) -> Iterator[tuple[Path, str, Quantity]]:
    patient = chart.case.patient
    if patient.height:
        yield ("patient", "height"), "height", patient.height
    if patient.weight:
        yield ("patient", "weight"), "weight", patient.weight
    if birth := chart.case.birth:
        for key, quantity in (("weight", birth.weight), ("length", birth.length), ("head", birth.head)):
            if quantity:
                yield ("birth", key), _OF_BIRTH[key], quantity
    for i, finding in enumerate(chart.case.findings):
        if finding.value:
            yield ("findings", i, "value"), finding.name or finding.names[0], finding.value
    for path, record in chart.case.with_findings():
        for n, seen in enumerate(record.findings):
            if seen.value:
                yield (*path, "findings", n, "value"), seen.name, seen.value


_OF_BIRTH = {"weight": "birth weight", "length": "birth length", "head": "head circumference"}
"""What the tables call the measures of a newborn."""


def _test(name: str, quantity: Quantity) -> str:
    """What is measured: a fever has a temperature."""
    unit = ucum(quantity.unit) if quantity.unit else None
    is_temperature = unit.dimension == "temperature" if unit else "fever" in name.casefold()
    return "body temperature" if is_temperature else name


def _each(chart: Chart, wrong: Callable[[_Value], bool]) -> Iterator[_Value]:
    """The values with something wrong; of the cells of one column only the first."""
    columns: set[tuple[Path, str]] = set()
    for value in chart.once(_values):
        if wrong(value):
            column = value.path[:2] if value.path[0] == "tables" else value.path
            if (column, value.name) not in columns:
                yield value
            columns.add((column, value.name))


def missing(chart: Chart) -> Remarks:
    """
    A number has no unit, though what is measured has one.

    Why: 96 mg/L and 96 mg/dL are ten times apart. If the article prints no unit, the file says so.
    Bad:  CRP: 96
    Good: CRP: 96 mg/L, or CRP: 96 unit not printed
    """
    for value in _each(chart, lambda v: v.found.printed_unit == "" and bool(v.found.test) and not v.found.fits):
        units = _usual_units(chart, value)
        if value.path[0] == "tables":
            known = f"{value.name}[{units[0]}] or " if units else ""
            yield value.path, f"{value.name} has no unit; write {known}{value.name}[not-printed]"
        else:
            told = f" ({' or '.join(units)})" if units else ""
            yield value.path, f"{value.name} has no unit; write it{told}, or 'unit not printed' if the article has none"


def _usual_units(chart: Chart, value: _Value) -> list[str]:
    tests = chart.terms.measured(value.test)
    return [unit for unit in dict.fromkeys(shown(test.unit) for test in tests) if unit]


def unknown(chart: Chart) -> Remarks:
    """
    A unit is neither in the table of units nor valid UCUM.

    Why: the value is exported with its unit as text, which no computer can compare.
    Bad:  CRP: 96 mgg/L
    Good: CRP: 96 mg/L
    Source: https://ucum.org/ucum
    """
    for value in _each(chart, lambda v: bool(v.found.printed_unit) and v.found.unit is None and not v.found.limit):
        printed = value.found.printed_unit or ""
        near = chart.terms.units.near(printed)
        hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else "; it stays text"
        if found := _OTHER_WORDS.fullmatch(printed):
            event = found[2].partition(" ")[2]
            in_a_note = f"{found[2]!r} in a note: {{value: … {found[1]}, note: {found[2]}}}"
            hint = "; write " + (f"at: {event} beside 'values:'" if event in chart.case.events else in_a_note)
        yield value.path, f"unknown unit {printed!r} of {value.name}{hint}"


_OTHER_WORDS = re.compile(r"(\S+) ((?:in|on|at|with|under|while|after|before) \S.*)")
"""A unit with the circumstances behind it: `% in air`, `% on room air`."""


def impossible(chart: Chart) -> Remarks:
    """
    What is measured cannot be measured in the unit that is written.

    Why: the article misprints the unit, or it was copied wrongly. It is exported as text, without a code.
    Bad:  ferritin: 310 U/L
    Good: ferritin: {value: 310 ng/mL, printed: 310 U/L, why: …}, or a doubt about it
    """
    for value in _each(chart, lambda v: bool(v.found.unit and v.found.test) and not v.found.fits):
        printed, units = value.found.printed_unit, " or ".join(_usual_units(chart, value))
        told = f"is not measured in {printed}, but in {units}" if units else f"has no unit, but {printed} is written"
        yield value.path, f"{value.name} {told}"


def not_printed(chart: Chart) -> Remarks:
    """
    Values have no unit, because the article prints none.

    Why: they cannot be compared with anything. No unit is inferred.
    Bad:  tables: [{name: cytokines, unit: not printed, …}] and nothing else
    Good: the same, with a doubt about it: {about: tables/cytokines, says: the table prints no units}
    """
    whole = {i for i, table in enumerate(chart.case.tables) if table.unit == "not printed" and _has_units(table, chart)}
    for i in sorted(whole):
        table = chart.case.tables[i]
        is_marked = any(cell.result and cell.result.flag for row in table.rows for cell in row.cells)
        marks = "" if is_marked else " and calls no value high or low"
        told = f"the table {table.name!r} prints no units{marks}; none is inferred"
        yield ("tables", i, "unit"), told
    for value in _each(chart, lambda v: v.found.printed_unit is None):
        if value.path[0] != "tables" or value.path[1] not in whole:
            yield value.path, f"{value.name} is printed without a unit; none is inferred"


def _has_units(table: Table, chart: Chart) -> bool:
    """Whether anything in a table can have a unit, as a score cannot."""
    tests = (chart.terms.measured(cell.column) for cell in table.rows[0].cells)
    return any(not several or any(test.unit for test in several) for several in tests)


def impossible_value(chart: Chart) -> Remarks:
    """
    A value is beyond what is possible in a living patient.

    Why: the unit or the decimal point is probably misprinted. The bound is generous, and no reference range.
    Bad:  CRP: 146 g/L
    Good: CRP: {value: 146 mg/L, printed: 146 g/L, why: …}, or a doubt about it
    """
    for value in chart.once(_values):
        if value.found.test and value.found.fits:
            beyond = next((number for number in _numbers(value.quantity) if _is_beyond(number, value)), None)
            if beyond is not None:
                yield value.path, _told(chart, beyond, value)


def _numbers(quantity: Quantity) -> tuple[Decimal, ...]:
    """The numbers of an amount or a range, and both of a blood pressure."""
    match quantity:
        case Ratio(_, systolic, diastolic, unit) if unit:
            return systolic, diastolic
    return tuple(amount.value for amount in amounts(quantity))


def _is_beyond(number: Decimal, value: _Value) -> bool:
    converted = _converted(number, value.found.unit, value.found.test)
    return converted is not None and not _is_possible(converted, value.found.test)


def _converted(number: Decimal, unit: Unit | None, test: Test | None) -> Decimal | None:
    """A number in the unit of the test; None if the two do not measure the same."""
    if unit is None or test is None:
        return number if test and test.unit in ("", "1") else None
    return value_of(test, number, unit)


def _is_possible(number: Decimal, test: Test | None) -> bool:
    low, high = (test.low, test.high) if test else (None, None)
    return (low is None or number >= low) and (high is None or number <= high)


def _told(chart: Chart, number: Decimal, value: _Value) -> str:
    test = value.found.test
    assert test is not None, "a bound is that of a test"
    converted = _converted(number, value.found.unit, test)
    is_high = test.high is not None and converted is not None and converted > test.high
    bound = f"at most {test.high}" if is_high else f"at least {test.low}"
    written, limit = f"{number} {value.found.printed_unit}".strip(), f"{bound} {shown(test.unit)}".strip()
    if test.category == "survey":
        return f"{value.name} {written} is not on its scale ({limit})"
    told = f"{value.name} {written} is not possible in a living patient ({limit})"
    return told + (f"; {offer} would be" if (offer := _offer(chart, number, value)) else "")


def _offer(chart: Chart, number: Decimal, value: _Value) -> str:
    """
    The same digits as a value that is possible; "" if there is none.

    A unit of the test is tried first, one in which the digits are usual of it before others, then the point one place
    further, then any unit, the nearest first.
    """
    test, unit = value.found.test, value.found.unit
    if unit is None and test and test.unit == "1":
        unit = ucum("1")
    other = next((row.unit for row in chart.terms.measured(value.test) if unit and _fits_row(number, row)), "")
    if other:
        rows = chart.terms.usual.get(value.found.test.name if value.found.test else "", ())
        usual = [one for units in usual_units(number, rows) for one in map(ucum, units) if one]
        if not any(other == one.ucum for one in usual):
            other = next((one.ucum for one in usual if unit and is_scaled(unit, one)), other)
        return f"{number} {shown(other) or 'without a unit'}"
    for moved in (number.scaleb(-1), number.scaleb(1)):
        if _fits(moved, unit, test):
            return f"{moved:f} {value.found.printed_unit}".strip()
    if unit is None or unit.factor is None:
        return ""
    fitting = [(_distance(row, unit), row.ucum) for row in chart.terms.units.rows if _fits(number, row, test)]
    (_, ratio), nearest = min(fitting, default=((True, Decimal(0)), ""))
    return f"{number} {shown(nearest)}" if nearest and ratio <= 1000 else ""


def _fits_row(number: Decimal, row: Test) -> bool:
    return bool(row.unit) and _fits(number, ucum(row.unit), row)


def _fits(number: Decimal, unit: Unit | None, test: Test | None) -> bool:
    converted = _converted(number, unit, test)
    return converted is not None and _is_possible(converted, test)


def _distance(one: Unit, other: Unit) -> tuple[bool, Decimal]:
    """How many times the larger of two units is the smaller; those a power of ten apart stand before others."""
    ratio = (one.factor or Decimal(0)) / (other.factor or Decimal(1))
    ratio = max(ratio, 1 / ratio) if ratio else Decimal("Infinity")
    return ratio.normalize().as_tuple().digits != (1,), ratio
