"""A laboratory value → what it measures: the row of the table of tests, and the unit that it is in."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from casefhir.facts import Fact
from casefhir.model.quantity import Amount, Quantity, Range
from casefhir.statement import Lab, OfAnother
from casefhir.terms import Lab as Test
from casefhir.terms import Terms, Unit
from casefhir.terms.units import for_a_day, is_index, measures, ucum, value_of

if TYPE_CHECKING:
    from casefhir.model.multiple import Limit

NOT_PRINTED = "not printed"


class Measurement(NamedTuple):
    """What is known of a laboratory value beyond what is written."""

    test: Test | None
    """The row of the table; None for a name it lacks, or if nothing says which of several properties it is."""

    unit: Unit | None
    """The unit; None if there is none, none is printed, or it is no unit."""

    printed_unit: str | None
    """The unit as written, with the value or for the column; "" for a pure number; None if none is printed."""

    fits: bool
    """Whether the test can be measured in the unit."""

    impossible: Amount | None = None
    """The amount that is beyond what is possible in a living patient; None if there is none."""

    limit: "Limit | None" = None
    """What the number is a multiple of: of `3 x ULN` the upper limit of normal; None of any other."""

    @property
    def trusted_unit(self) -> Unit | None:
        """The unit, if the value can be what it says; else None, and what is printed stays text."""
        return self.unit if self.fits and self.impossible is None else None


def test_of(name: str, quantity: Quantity, terms: Terms) -> Test | None:
    """The row of the table for a name and the unit of an amount of it; None where none is measured so."""
    printed = getattr(quantity, "unit", None) or ""
    unit = ucum(printed) if printed else None
    return next((test for test in terms.measured(name) if _measures(test, unit, printed)), None)


class Measurements:
    """The laboratory values of one case; what one prints helps to read another that prints no unit."""

    def __init__(self, facts: Iterable[Fact], terms: Terms) -> None:
        self._terms = terms
        self._known: dict[str, Test] = {}
        records = ((fact.key, fact.record) for fact in facts if isinstance(fact.record, Lab | OfAnother))
        labs = [(key, record if isinstance(record, Lab) else record.lab) for key, record in records]
        self._of = {key: self._measured(lab) for key, lab in labs}
        for found in self._of.values():
            if found.unit and found.test and found.fits:
                self._known.setdefault(found.test.name, found.test)
        if self._known:
            self._of |= {key: self._measured(lab) for key, lab in labs if self._of[key].test is None}

    def of(self, fact: Fact) -> Measurement:
        """What a laboratory value of the case measures."""
        return self._of[fact.key]

    def _measured(self, lab: Lab) -> Measurement:
        tests = self._coded(lab) or self._named(lab)
        quantity = lab.value.value.quantity if lab.value.value else None
        printed = printed_unit(lab, quantity)
        if printed is None and tests and not any(test.unit for test in tests):
            printed = ""  # what has no unit has none to be printed
        unit = ucum(printed) if printed else None
        if quantity is None:
            return Measurement(_in_words(lab, tests), None, printed, True)
        if printed is None:
            return Measurement(self._without_unit(tests), None, None, True)
        if printed and unit is None and (limit := _limit(printed)):
            return Measurement(self._without_unit(tests), None, printed, True, limit=limit)
        fitting = [test for test in tests if _measures(test, unit, printed)]
        if not fitting and unit and tests:
            fitting, unit = self._otherwise(tests, unit)
        if not fitting:
            is_another = bool(tests) and _is_another(lab, tests, unit)
            return Measurement(None if is_another else next(iter(tests), None), unit, printed, is_another or not tests)
        beyond = (amount for amount in amounts(quantity) if not is_possible(amount.value, unit, fitting[0]))
        return Measurement(fitting[0], unit, printed, True, next(beyond, None))

    def _named(self, lab: Lab) -> tuple[Test, ...]:
        """The rows of the name, for what was examined: by the value itself, or by the report that it is part of."""
        tests = self._terms.measured(self._terms.in_specimen(lab.name, lab.value.specimen))
        if lab.specimen and not lab.value.specimen and not _kinds(lab.specimen):
            return tests
        return of_specimen(tests, lab.value.specimen or lab.specimen)

    def _otherwise(self, tests: tuple[Test, ...], unit: Unit) -> tuple[list[Test], Unit]:
        """
        The rows under another name of what is measured so, and the unit.

        `urine oxalate` in mg/day is that of 24 hours, whose own name may stand with an amount: 31 mg.
        `aPTT` as a ratio is the `aPTT ratio`, and `free PSA` in % the `free PSA percentage`.
        """
        name = tests[0].name
        if word := _PARTS.get(unit.dimension):
            return [test for test in self._terms.labs.get(f"{name} {word}") if measures(test, unit)], unit
        is_of_a_day = name.startswith(_OF_A_DAY)
        if is_of_a_day and (rate := for_a_day(unit)):
            return [test for test in tests if measures(test, rate)], rate
        other = name.removeprefix(_OF_A_DAY) if is_of_a_day else f"{_OF_A_DAY}{name}"
        others = self._terms.labs.named(other) if "urine " in name else ()
        return [test for test in others if measures(test, unit)], unit

    def _coded(self, lab: Lab) -> tuple[Test, ...]:
        """The rows of the LOINC code that the author gives, if the table has it; of a vital sign, the rows of that."""
        if not lab.value.code:
            return ()
        codes = {code.code for code in lab.value.code if code.system == "LOINC"}
        vital = next(filter(None, (self._terms.vital_sign(code.system, code.code) for code in lab.value.code)), None)
        codes = {vital.loinc} if vital else codes
        return tuple(test for test in self._terms.labs.rows if test.loinc in codes) if codes else ()

    def _without_unit(self, tests: tuple[Test, ...]) -> Test | None:
        """The only numeric property of the test, or the one that the case has elsewhere with its unit."""
        numeric = [test for test in tests if test.scale == "Qn"]
        if len(numeric) == 1:
            return numeric[0]
        return self._known.get(numeric[0].name) if numeric else None


_OF_A_DAY = "24-hour "
_PARTS = {"index": "ratio", "fraction": "percentage"}
"""Dimension of a unit → what the name of a test says of it."""


def _is_another(lab: Lab, tests: tuple[Test, ...], unit: Unit | None) -> bool:
    """Whether what was measured has no row: in what is not the specimen of the rows, or as an index of antibodies."""
    has_specimen = bool(lab.value.specimen or lab.specimen)
    is_foreign = has_specimen and all(not test.loinc and test.high is None for test in tests)
    return is_foreign or bool(unit and is_index(tests[0], unit))


def of_specimen(tests: tuple[Test, ...], specimen: str | None) -> tuple[Test, ...]:
    """The rows for a specimen, without code and bounds if these are of another: serum is no cerebrospinal fluid."""
    if not specimen:
        return tests
    wanted = _kinds(specimen)
    return tuple(
        test._replace(loinc="", display="", low=None, high=None)
        if (named := re.search(_IN, test.display)) and not wanted & _kinds(named[1])
        else test
        for test in tests
    )


def _kinds(specimen: str) -> set[str]:
    said = specimen.casefold()
    return {kind for kind, words in _SPECIMENS.items() if any(word in said for word in words)}


_IN = " (?:in|of|on) ((?![HL]DL)[A-Z].*)"
"""The specimen in the name of a LOINC code: `[Mass/volume] in Serum or Plasma`."""

_SPECIMENS = {
    "blood": ("blood", "serum", "sera", "plasma"),
    "cerebrospinal fluid": ("cerebrospinal", "cerebral spinal", "csf", "liquor"),
    "urine": ("urin",),
    "stool": ("stool", "faec", "fec"),
    "airways": ("sputum", "respiratory", "throat", "bronch", "nasal", "nasopharyn"),
    "sweat": ("sweat",),
    "stone": ("calcul", "stone"),
}
"""Kind of specimen → what its names contain; blood is all that comes of it."""


def printed_unit(lab: Lab, quantity: Quantity | None) -> str | None:
    """The unit as written: the value's own, else that of the column; None if the source prints none."""
    own = quantity.unit if quantity else ""
    if own or own is None or lab.unit is None:
        return own
    return None if lab.unit == NOT_PRINTED else lab.unit


def _limit(printed: str) -> "Limit | None":
    """The limit that a unit names, as `x ULN` does."""
    from casefhir.model.multiple import limit_of  # few cases have such a unit

    return limit_of(printed)


def _measures(test: Test, unit: Unit | None, printed: str) -> bool:
    if unit is not None:
        return measures(test, unit)
    return printed == "" and test.scale == "Qn" and test.unit in ("", "1")


def _in_words(lab: Lab, tests: tuple[Test, ...]) -> Test | None:
    """The property that a result without a number is about: presence for `negative`, the number for `normal`."""
    result = lab.value.value
    if result is not None and result.titre:
        return next((test for test in tests if "[Titer]" in test.display), next(iter(tests), None))
    about_presence = result is not None and (result.word in _PRESENCE or result.grade)
    ordered = sorted(tests, key=lambda test: (test.scale in ("Ord", "Nom", "SemiQn")) != bool(about_presence))
    return next(iter(ordered), None)


_PRESENCE = frozenset("negative positive trace reactive non-reactive detected present absent".split()) | {
    "borderline",
    "indeterminate",
    "not detected",
}


def is_possible(value: Decimal, unit: Unit | None, test: Test) -> bool:
    """Whether a living patient can have a value, by the bounds of the table; an open bound is no bound."""
    amount = value if unit is None else value_of(test, value, unit)
    if amount is None:
        return True
    return (test.low is None or amount >= test.low) and (test.high is None or amount <= test.high)


def amounts(quantity: Quantity | None) -> tuple[Amount, ...]:
    """The single amounts that a quantity consists of, for rules that look at each."""
    match quantity:
        case Amount():
            return (quantity,)
        case Range(text, low, high, unit):
            return (Amount(text, low, unit), Amount(text, high, unit))
    return ()
