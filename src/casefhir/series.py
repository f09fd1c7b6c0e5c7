"""Case → the values of each test, in the order of time: what rules hold claims, flags and scores against."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from casefhir.facts import Fact
from casefhir.measurement import Measurement, Measurements
from casefhir.model.findings import LabValue
from casefhir.model.quantity import Amount
from casefhir.model.result import Result
from casefhir.model.timeline import Timeline
from casefhir.model.when import When
from casefhir.source import Path
from casefhir.statement import CellValue, Lab
from casefhir.terms import Terms
from casefhir.terms.units import value_of

_SECTIONS = frozenset(("vitals", "labs", "tables"))


class Value(NamedTuple):
    """What a test of the patient showed at one moment."""

    path: Path
    name: str
    """The test, as written."""

    stated: LabValue | CellValue
    result: Result
    found: Measurement
    moment: When | None

    number: Decimal | None
    """The single number that was measured; None for a word, a range, a bound such as `< 5`, a multiple."""

    @property
    def told(self) -> str:
        """`139.81 (2021-09-30)`: the value without flag and range, and its moment."""
        shown = self.result.quantity.text if self.result.quantity else self.result.text
        return f"{shown} ({self.moment.text})" if self.moment else shown


def _number(result: Result) -> Decimal | None:
    quantity = result.quantity
    if isinstance(quantity, Amount) and not quantity.comparator and not quantity.maximum:
        return quantity.value
    return None


def comparable(one: Value, other: Value) -> tuple[Decimal, Decimal] | None:
    """
    The numbers of two values of one test in the same unit.

    One that is printed without a unit is held against the other as it stands: a table seldom has another unit than
    the text. None if there is no number, or no way from one unit to the other.
    """
    first, second = one.number, other.number
    if first is None or second is None or one.stated.specimen != other.stated.specimen:
        return None
    if one.found.printed_unit == other.found.printed_unit or None in (one.found.printed_unit, other.found.printed_unit):
        return first, second
    test, unit, into = one.found.test, one.found.unit, other.found.unit
    if not (test and test == other.found.test and unit and into):
        return None
    converted, usual = value_of(test, first, unit), value_of(test, second, into)
    return None if converted is None or usual is None else (converted, usual)


class Series:
    """The values of laboratory tests and vital signs of a case."""

    def __init__(self, facts: Iterable[Fact], measurements: Measurements, timeline: Timeline, terms: Terms) -> None:
        self._timeline = timeline
        values: dict[str, list[Value]] = defaultdict(list)
        for fact in facts:
            lab = fact.record
            if fact.path[0] in _SECTIONS and isinstance(lab, Lab) and (result := lab.value.value):
                found = measurements.of(fact)
                number = None if found.limit else _number(result)
                value = Value(fact.path, lab.name, lab.value, result, found, lab.moment, number)
                values[found.test.name if found.test else terms.labs.canonical(lab.name) or lab.name].append(value)
        self.of: Mapping[str, Sequence[Value]] = {test: self._ordered(several) for test, several in values.items()}
        """Name of a test in the table, or as written → its values, the earliest first."""

    def _ordered(self, values: list[Value]) -> list[Value]:
        """In the order of time, or in that of the file if a moment has no date; those without a moment come last."""
        if len(values) == 1:
            return values
        known = [value for value in values if value.moment]
        days = [self._timeline.interval(value.moment).earliest for value in known if value.moment]
        dated = [(day, place) for place, day in enumerate(days) if day]
        if len(dated) == len(known):
            known = [known[place] for _, place in sorted(dated)]
        return known + [value for value in values if not value.moment]

    def at(self, values: Sequence[Value], when: When) -> list[Value]:
        """Those of some values that may be of a moment; if some are of that very moment, these alone."""
        same = [value for value in values if value.moment == when]
        begin, end = (None, None) if same else self._timeline.interval(when)
        return same or [value for value in values if begin and end and self._may_be(value.moment, begin, end)]

    def _may_be(self, moment: When | None, begin: date, end: date) -> bool:
        """Whether a moment with a date may be between two days, both included."""
        first, last = self._timeline.interval(moment) if moment else (None, None)
        return bool(first and last and first <= end and begin <= last)
