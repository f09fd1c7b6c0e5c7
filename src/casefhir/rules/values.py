"""Numbers that are unlikely beside the other numbers of the case."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from casefhir.chart import Chart
from casefhir.model.duration import UNITS
from casefhir.model.findings import Finding, ImagingFinding
from casefhir.model.quantity import Amount, Ratio, is_multiplied
from casefhir.rules.rule import Remarks
from casefhir.series import Value, comparable
from casefhir.source import Path
from casefhir.statement import Lab
from casefhir.terms import Unit
from casefhir.terms.units import convert, is_convertible, is_share_and_count, known, ucum


def assay_ceiling(chart: Chart) -> Remarks:
    """
    The highest value of a test is a round number, and all others are printed much more finely.

    Why: it may be the most that the assay can measure, and the true value be higher.
    A number is round by chance once in ten, so two digits must be missing.
    What is normal, or hardly varies in the patient, is no ceiling.
    Bad:  IL-6 of 287.95, 2500 and 458.02 pg/mL
    Good: IL-6 of 287.95, > 2500 and 458.02 pg/mL, or a doubt about it
    """
    for values in chart.series.of.values():
        numbers = [value.number for value in values if value.number is not None] if len(values) > 2 else []
        highest = max(numbers, default=Decimal(0))
        if highest >= 100 and highest % 10 == 0 and len(set(numbers)) > 2 and highest >= 2 * min(numbers):
            coarsest = max(_last_place(number) for number in numbers if number != highest)
            is_round = _last_place(highest) >= coarsest + 2 and len(highest.normalize().as_tuple().digits) <= 2
            top = next(value for value in values if value.number == highest)
            if (
                is_round
                and not is_multiplied(top.result.quantity)
                and not _is_normal(top)
                and all(comparable(top, value) for value in values if value.number is not None)
            ):
                told = "is a round number, the others are finer: it may be the most that the assay measures"
                yield top.path, f"{top.name} {top.told} {told}; write > {highest:f} if it is"


def _is_normal(value: Value) -> bool:
    """Whether the article calls a value normal, or prints a range that it is in."""
    high = value.result.reference.high if value.result.reference else None
    return value.result.flag == "normal" or bool(high and value.number and value.number <= high)


def _last_place(number: Decimal) -> int:
    """The place of the last digit that says something, as a power of ten: 2 of 2500, -2 of 458.02 and of 5.40."""
    is_whole = number == number.to_integral_value()
    return int((number.normalize() if is_whole else number).as_tuple().exponent)


def two_dimensions(chart: Chart) -> Remarks:
    """
    A test is given in units of two kinds, such as a mass and an amount of substance.

    Why: one of the units may be misprinted, or two tests share a name; the values cannot be compared.
    The share of some cells and their number are given side by side, and are no two kinds.
    The text may have the one and a table the other, if the test is reported in both; so may a report that prints both.
    Bad:  glucose: 98 mg/dL at one moment, glucose: 5.4 mmol/L at another
    Good: glucose: 98 mg/dL at one moment, glucose: 97 mg/dL at another
    """
    for values in chart.series.of.values():
        first: dict[str | None, tuple[Value, Unit]] = {}
        for value in values if len(values) > 1 else ():
            unit = value.found.unit if value.found.fits else None
            if unit and unit.dimension:
                other, first_unit = first.setdefault(value.stated.specimen, (value, unit))
                is_one_property = value.found.test is not None and value.found.test == other.found.test
                is_other = not is_one_property and not is_convertible(unit, first_unit)
                if is_other and not is_share_and_count(unit, first_unit) and not _gives_both(values, value, other):
                    told = f"{value.told} is given in units of another kind than {other.told}"
                    yield value.path, f"{value.name} {told}; one of the units may be misprinted"


def _gives_both(values: Sequence[Value], one: Value, other: Value) -> bool:
    """Whether an article gives a test in two kinds of units: beside each other, or in the text and in a table."""
    is_text_and_table = (one.path[0] == "tables") != (other.path[0] == "tables")
    return (is_text_and_table and bool(one.found.test and other.found.test)) or any(v.result.also for v in values)


def other_amount(chart: Chart) -> Remarks:
    """
    A value is printed in two units, and the two are not one amount.

    Why: one of the numbers or units is misprinted or was copied wrongly.
    Units of one kind are held against each other, and for some twenty tests a mass and an amount of substance.
    Bad:  glucose: 612 mg/dL (3.40 mmol/L)
    Good: glucose: 612 mg/dL (34.0 mmol/L)
    """
    for name, values in chart.series.of.items():
        for value in values:
            also, unit = value.result.also, value.found.unit
            into = ucum(also.unit) if also and also.unit and unit and value.number is not None else None
            if also and unit and into and value.number is not None:
                expected = _amount(value.number, unit, into, name, chart)
                if expected is not None and abs(expected - also.value) > _rounding(value.number, expected, also.value):
                    told = f"{value.told} is about {expected:.3g} {also.unit}, and {also.text} is written beside it"
                    yield value.path, f"{value.name} {told}"


def _amount(number: Decimal, unit: Unit, into: Unit, test: str, chart: Chart) -> Decimal | None:
    """A number in another unit; None if nothing says how much it is there."""
    mole = chart.terms.moles.get(test) if {unit.dimension, into.dimension} == _MASS_AND_AMOUNT else None
    if mole is None or unit.factor is None or into.factor is None:
        return convert(number, unit, into)
    base = number * unit.factor
    return (base / mole if unit.dimension == "mass concentration" else base * mole) / into.factor


_MASS_AND_AMOUNT = {"mass concentration", "substance concentration"}


def _rounding(number: Decimal, expected: Decimal, printed: Decimal) -> Decimal:
    """How far two prints of one amount may be apart: half a digit of each, and a hundredth for rounded factors."""
    own = _half_digit(number) / abs(number) if number else Decimal(0)
    return abs(expected) * (own + Decimal("0.01")) + _half_digit(printed)


def _half_digit(number: Decimal) -> Decimal:
    return Decimal(10) ** int(number.as_tuple().exponent) / 2


def printed_otherwise(chart: Chart) -> Remarks:
    """
    A value is written in another unit, or with another number, than the article prints, and nothing says why.

    Why: it was corrected, and whoever reads the data must know for what reason.
    Bad:  CRP: {value: 146 mg/L, printed: 146 g/L}
    Good: CRP: {value: 146 mg/L, printed: 146 g/L, why: 146 g/L is not possible}
    """
    for values in chart.series.of.values():
        for value in values:
            printed, written = value.stated.printed, value.result.quantity
            if printed and not value.stated.why and isinstance(written, Amount):
                unit = written.unit or value.found.printed_unit  # of a cell that of its column
                if _is_corrected(printed, written.value, unit):
                    said = written.text if written.unit else f"{written.text} {unit or ''}".strip()
                    told = f"is printed as {printed}, and written as {said}"
                    yield value.path, f"{value.name} {told}; write 'why' the print cannot be right"


_PRINTED = re.compile(r"\W*(?P<number>\d(?:[\d., ]*\d)?)\s*(?P<unit>[^\s\d(][^(]*)?")


def _is_corrected(printed: str, number: Decimal, unit: str | None) -> bool:
    """
    Whether a print says another number or unit than what is written.

    Commas and blanks between thousands, a decimal comma and the spelling of a unit are no correction; a print that
    is no number and unit is left to the reader.
    """
    found = _PRINTED.match(printed)
    if found is None:
        return False
    digits = found["number"].replace(" ", "")
    numbers = {digits.replace(",", ""), digits.replace(",", ".")}
    units = known().get((found["unit"] or "").strip()), known().get(unit or "")
    is_other_unit = None not in units and units[0] != units[1]
    return is_other_unit or f"{number}" not in numbers


_WHOLE = {
    "direct bilirubin": "total bilirubin",
    "indirect bilirubin": "total bilirubin",
    "albumin": "total protein",
    "HDL cholesterol": "total cholesterol",
    "LDL cholesterol": "total cholesterol",
    **dict.fromkeys(("neutrophils", "lymphocytes", "monocytes", "eosinophils", "basophils"), "WBC"),
}
"""Test → the test that measures it together with others, both by their names in the table."""


def part_above_whole(chart: Chart) -> Remarks:
    """
    A part is more than the whole that it belongs to: direct bilirubin above the total, 12 of 10 lymph nodes.

    Why: one of the two numbers or units is misprinted, or they are swapped.
    Bad:  total bilirubin: 37 mg/L, with direct bilirubin: 210 mg/L
    Good: total bilirubin: 37 mg/L, with direct bilirubin: 21 mg/L
    """
    series = chart.series
    for part, whole in _WHOLE.items():
        for value in series.of.get(part, ()) if whole in series.of else ():
            for other in series.of[whole]:
                if value.moment == other.moment and _is_more(value, other):
                    yield value.path, f"{value.name} {value.told} is more than {other.name} {other.told}"
    for fact in chart.facts:
        ratio = fact.record.value.value if isinstance(fact.record, Lab) else None
        if ratio and isinstance(ratio.quantity, Ratio) and "/" in ratio.quantity.text:
            text, first, second, unit, *_ = ratio.quantity
            if (first <= second) if unit else (first > second and not chart.terms.labs.get(fact.record.name)):
                told = "is not higher than" if unit else "is more than"
                yield fact.path, f"of {fact.record.name} {text} the first number {told} the second"


def _is_more(part: Value, whole: Value) -> bool:
    """Whether a value is more than another of another test, in one unit."""
    first, second, unit, into = part.number, whole.number, part.found.unit, whole.found.unit
    if first is None or second is None or not unit or not into or part.stated.specimen != whole.stated.specimen:
        return False
    converted = convert(first, unit, into)
    return converted is not None and converted > second


def of_each_site(chart: Chart) -> Remarks:
    """
    A finding has one value and several sites, and nothing says whether each has it or all have it together.

    Why: each site becomes a fact with the value; 38 % of the skin at two sites would be 76 %.
    Bad:  {name: burn, value: 38 %, sites: [face, neck]}
    Good: the same with `together: true`, or `together: false` if each site has it
    """
    for path, finding in _with_sites(chart):
        if finding.value and len(finding.sites) > 1 and finding.together is None:
            called = chart.case.called(path)
            told = (
                f"each of the {len(finding.sites)} sites{called and ' of '}{called} gets the value {finding.value.text}"
            )
            yield (
                (*path, "value"),
                f"{told}; write 'together: true' if it is that of all of them, else 'together: false'",
            )


def length_as_value(chart: Chart) -> Remarks:
    """
    The value of a finding is a length of time.

    Why: if it lasted so long, that is its duration, which FHIR keeps in another place than a measured value.
    Bad:  {name: seizure, value: 2 min}
    Good: {name: seizure, duration: 2 min}, or as it is, if it was measured: {name: capillary refill time, value: 4 s}
    """
    for i, finding in enumerate(chart.case.findings):
        unit = finding.value.unit if finding.value and not finding.duration else None
        if unit in UNITS and not _MEASURED.search(" ".join(filter(None, (finding.name, *finding.names)))):
            assert finding.value
            said = finding.value.text
            yield (
                ("findings", i, "value"),
                f"{said!r} is a length of time; if it lasted so long, write duration: {said}",
            )


_MEASURED = re.compile(r"\b(?:time|refill|interval|latency|period|duration|age|cycle)\b", re.IGNORECASE)
"""Words of what is measured in time."""


def _with_sites(chart: Chart) -> Iterator[tuple[Path, Finding | ImagingFinding]]:
    yield from ((("findings", i), finding) for i, finding in enumerate(chart.case.findings))
    for path, record in chart.case.with_findings():
        yield from (((*path, "findings", n), seen) for n, seen in enumerate(record.findings))
