"""Values whose digits are those of another unit than the written one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from casefhir.chart import Chart
from casefhir.model.reference import Reference
from casefhir.rules.rule import Remarks
from casefhir.series import Value
from casefhir.source import Path
from casefhir.terms import Lab as Test
from casefhir.terms import Terms, Unit, Usual
from casefhir.terms.units import convert, is_scaled, known, shown, ucum, value_of


def unusual(chart: Chart) -> Remarks:
    """
    The digits of a value are usual for its test in another unit, and not in the written one.

    Why: hardly a patient has so little or so much, or hardly a report gives the test in this unit.
    Some forty common tests are looked at; `terms/usual.tsv` says what is usual of them.
    Bad:  hemoglobin: 10.9 g/L, or PSA: 486 ng/dL
    Good: hemoglobin: {value: 10.9 g/dL, printed: 10.9 g/L, why: …}, or a doubt about it
    """
    yield from chart.once(_unusual)


def _unusual(chart: Chart) -> tuple[tuple[Path, str], ...]:
    return tuple(_each_unusual(chart))


def _each_unusual(chart: Chart) -> Iterator[tuple[Path, str]]:
    for name, values in chart.series.of.items():
        columns: set[Path] = set()
        for value, own in _bounded(values, chart.terms) if name in chart.terms.usual else ():
            if _column(value) not in columns and (told := _told(value, own, chart.terms)):
                columns.add(_column(value))
                yield value.path, told


class _Own(NamedTuple):
    """What is usual of a test in the unit of a value."""

    row: Usual
    low: Decimal
    high: Decimal
    is_given: bool
    """Whether reports give the test in a unit of this size."""


def _bounded(values: Sequence[Value], terms: Terms) -> Iterator[tuple[Value, _Own]]:
    """The values of a test that are not usual in their units."""
    of_unit: dict[tuple[str, str], _Own | None] = {}
    for value in values:
        test, unit = value.found.test, value.found.unit
        if value.number is not None and test and unit:
            key = (test.unit, unit.ucum)
            if key not in of_unit:
                of_unit[key] = _own(test, unit, terms)
            own = of_unit[key]
            if own and not (own.is_given and own.low <= value.number <= own.high) and value.found.trusted_unit:
                yield value, own


def _own(test: Test, unit: Unit, terms: Terms) -> _Own | None:
    """What is usual of a test in a unit; None if that is not known, or of another specimen, which has no bounds."""
    row = next((row for row in terms.usual[test.name] if row.unit == test.unit), None)
    size = value_of(test, Decimal(1), unit) if row and test.high is not None else None
    if row is None or size is None:
        return None
    is_given = size in [_in(Decimal(1), unit, row) for unit in row.units]
    return _Own(row, row.low / size, row.high / size, is_given)


def usual_units(number: Decimal, rows: Iterable[Usual]) -> Iterator[list[str]]:
    """For each property of a test, the units of reports in which a number is usual: g/dL of a hemoglobin of 10.9."""
    return ([unit for unit in row.units if row.low <= _in(number, unit, row) <= row.high] for row in rows)


def _in(number: Decimal, unit: str, usual: Usual) -> Decimal:
    one, other = known().get(unit), known().get(usual.unit)
    much = convert(number, one, other) if one and other else None
    assert much is not None, "tests/terms check that the units of a row are of one dimension"
    return much


def _column(value: Value) -> Path:
    """A column of a table has one unit, and is told of once."""
    return (*value.path[:2], value.name) if value.path[0] == "tables" else value.path


def _told(value: Value, own: _Own, terms: Terms) -> str:
    """What is said of a value whose digits are usual in other units, the first of each kind; "" if in none."""
    number = value.number or Decimal(0)
    rows = terms.usual[own.row.name]
    offer = " or ".join(f"{value.number} {shown(units[0])}" for units in usual_units(number, rows) if units)
    written = f"{value.number} {value.found.printed_unit}"
    if not offer:
        return ""
    if own.is_given:
        bounds = f"nearly all patients have {own.row.low:f} to {own.row.high:f} {shown(own.row.unit)}"
        return f"{value.name} {written} is rare ({bounds}); {offer} would be usual"
    return f"{value.name} is hardly ever given in {value.found.printed_unit}; {offer} would be usual, and not {written}"


def unlike_others(chart: Chart) -> Remarks:
    """
    A test is given in two units of one kind, and its values are alike in their digits alone.

    Why: one of the units is probably misprinted.
    Values of one moment are compared, and those that follow each other if their digits are at most three times apart.
    Bad:  hemoglobin: 10.9 g/L on one day, hemoglobin: 10.8 g/dL on the next
    Good: hemoglobin: 10.9 g/dL on one day, hemoglobin: 10.8 g/dL on the next
    """
    for values in chart.series.of.values():
        numbers = list(_with_size(values)) if len({value.found.printed_unit for value in values}) > 1 else []
        sizes = Counter(unit.factor for _, unit in numbers)
        pairs = pairwise(numbers) if len(sizes) > 1 else ()
        columns: set[Path] = set()
        for pair in filter(_are_alike, pairs):
            (other, larger), (odd, unit) = sorted(pair, key=lambda one: -sizes[one[1].factor])
            is_told = {value.path for value, _ in pair} & {path for path, _ in chart.once(_unusual)}
            if _column(odd) not in columns and not is_told:
                columns.add(_column(odd))
                yield odd.path, f"{odd.name} {_written(odd)} {_beside(other, larger, unit)}"


def _beside(other: Value, larger: Unit, unit: Unit) -> str:
    one, two = larger.factor or Decimal(1), unit.factor or Decimal(1)
    told = f"{_apart(one, two):f} times {'larger' if one > two else 'smaller'}"
    return f"is like {_written(other)} in its digits, and that unit is {told}; one of the units may be misprinted"


def _with_size(values: Sequence[Value]) -> Iterator[tuple[Value, Unit]]:
    for value in values:
        if value.number and value.found.fits and value.found.unit and value.found.unit.factor:
            yield value, value.found.unit


def _written(value: Value) -> str:
    when = f" ({value.moment.text})" if value.moment else ""
    return f"{value.number} {value.found.printed_unit}{when}"


_ALIKE = 3


def _are_alike(pair: tuple[tuple[Value, Unit], tuple[Value, Unit]]) -> bool:
    (first, unit), (second, into) = pair
    if not is_scaled(unit, into) or first.stated.specimen != second.stated.specimen:
        return False
    a, b = first.number or Decimal(0), second.number or Decimal(0)
    digits, much = _apart(a, b), _apart(a * (unit.factor or 1), b * (into.factor or 1))
    return digits < much and (digits <= _ALIKE or first.moment == second.moment)


def _apart(one: Decimal, other: Decimal) -> Decimal:
    """How many times the larger of two amounts is the smaller; the sign is no matter."""
    small, large = sorted((abs(one), abs(other)))
    return (large / small).normalize()


def unlike_range(chart: Chart) -> Remarks:
    """
    A value and its reference range are in two units of one kind, and only their digits go together.

    Why: one of the units is probably misprinted.
    Bad:  PSA: 11.2 ng/mL (normal 0-4 ng/dL)
    Good: PSA: 11.2 ng/mL (normal 0-4 ng/mL)
    """
    for values in chart.series.of.values():
        for value, unit in _with_size([value for value in values if _has_range_in_another_unit(value)]):
            reference = value.result.reference
            other = ucum(reference.unit) if reference else None
            if reference and other and is_scaled(unit, other) and _goes_with(value, unit, reference, other):
                told = f"is held against a range in {reference.unit} ({reference.text})"
                yield value.path, f"{value.name} {_written(value)} {told}; one of the units may be misprinted"


def _has_range_in_another_unit(value: Value) -> bool:
    reference = value.result.reference
    return reference is not None and reference.unit not in ("", value.found.printed_unit)


def _goes_with(value: Value, unit: Unit, reference: Reference, other: Unit) -> bool:
    """Whether the digits of a value are nearer to those of its range than the amounts are."""
    number = value.number or Decimal(0)
    much = convert(number, unit, other)
    return much is not None and _outside(number, reference) < _outside(much, reference)


def _outside(number: Decimal, reference: Reference) -> Decimal:
    """How many times a number is beyond the limit next to it; 1 within the range."""
    low, high = reference.low, reference.high
    if high and number > high:
        return number / high
    return low / number if low and 0 < number < low else Decimal(1)
