"""The quote of a fact against what the fact says."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from casefhir.chart import Chart
from casefhir.model.base import Value
from casefhir.model.dose import Dosage
from casefhir.model.duration import NUMBER_WORDS, sums
from casefhir.model.quantity import Amount, Extent, Quantity, Range, Ratio
from casefhir.rules.rule import Remarks
from casefhir.source import Path
from casefhir.statement import CellValue, Lab
from casefhir.terms import Unit
from casefhir.terms.units import is_convertible, is_scaled, known


class _Quoted(NamedTuple):
    """A number of a fact, and the words that are quoted for it."""

    path: Path
    number: Decimal
    unit: str | None
    written: str
    quote: str


def other_number(chart: Chart) -> Remarks:
    """
    The quote of a value or a dose has a number, but not that of the fact.

    Why: the number was copied wrongly, or the quote belongs to another fact. What is `printed` may have it as well.
    Bad:  CRP: {value: 146 mg/L, quote: "CRP level was elevated (14.6 mg/L)"}
    Good: CRP: {value: 14.6 mg/L, quote: "CRP level was elevated (14.6 mg/L)"}
    """
    for one in chart.once(_doubtful):
        numbers = _numbers(one.quote)
        if numbers and one.number not in numbers:
            yield one.path, f"{_named(chart, one)} is not the number of its quote, {one.quote!r}"


def other_unit(chart: Chart) -> Remarks:
    """
    The quote of a value or a dose has its number, with a unit of another size.

    Why: the unit was copied wrongly: g/L for mg/L is a thousand times as much.
    Bad:  CRP: {value: 14.1 g/L, quote: "CRP level was elevated (14.1 mg/L)"}
    Good: CRP: {value: 14.1 mg/L, quote: "CRP level was elevated (14.1 mg/L)"}
    """
    for one in chart.once(_doubtful):
        unit = known().get(one.unit) if one.unit else None
        printed = [found for found in _NUMBER.finditer(one.quote) if unit and _number(found[0]) == one.number]
        units = [other for found in printed if (other := _unit(one.quote[found.end() :]))]
        if unit and units and all(is_scaled(unit, other) for other in units):
            yield one.path, f"{_named(chart, one)} has another unit than its quote, {one.quote!r}"


def _doubtful(chart: Chart) -> list[_Quoted]:
    """The numbers that do not stand with their unit in their quote, letter by letter."""
    return [one for one in _quoted(chart) if not _stands(one.written, one.quote) and not _stands_squeezed(one)]


def _stands(number: str, words: str) -> bool:
    """Whether a number stands in some words, and is not the end of a longer one: 4.6 is not in 14.6."""
    at = words.find(number)
    return at == 0 or (at > 0 and words[at - 1] not in "0123456789.,")


def _stands_squeezed(one: _Quoted) -> bool:
    return _stands(f"{one.number}{one.unit or ''}".replace(" ", "").casefold(), one.quote.replace(" ", "").casefold())


def _quoted(chart: Chart) -> Iterator[_Quoted]:
    """
    Every number with a quote: of values, findings, scores, doses and procedures.

    Height and weight are held against the quote of the patient only where it has one: it mostly quotes the age.
    """
    case = chart.case
    panels = [
        *((("labs", i), one) for i, one in enumerate(case.labs)),
        *((("vitals", i), one) for i, one in enumerate(case.vitals)),
    ]
    for path, panel in (*panels, *case.reports()):
        for name, lab in panel.values.items():
            if lab.quote and lab.value and not lab.why:
                yield from _of((*path, "values", name), lab.value.quantity, lab, lab.printed)
    yield from _of_cells(chart)
    for path, record in case.with_findings():
        for n, seen in enumerate(record.findings):
            yield from _of((*path, "findings", n, "value"), seen.value, seen)
    for section, key, records in (
        ("findings", "value", case.findings),
        ("scores", "value", case.scores),
        ("procedures", "amount", case.procedures),
    ):
        for i, one in enumerate(records):
            yield from _of((section, i, key), getattr(one, key), one)
    for path, one in case.given():
        if one.quote and one.dose and (dosage := one.dose.dosage):
            yield from _of((*path, "dose"), dosage.amount, one, one.dose.printed)
            yield from _counted((*path, "dose"), dosage, one.quote)
    for key, size in (("height", case.patient.height), ("weight", case.patient.weight)):
        if isinstance(size, Amount) and case.patient.quote and _has_size(size, case.patient.quote):
            yield from _of(("patient", key), size, case.patient)


def _of_cells(chart: Chart) -> Iterator[_Quoted]:
    """
    Cells of tables, each with the unit of its column.

    Only where the quote has an amount of that kind: it is mostly a footnote or a remark, for the table has the value.
    """
    for fact in chart.facts if any(table.cells for table in chart.case.tables) else ():
        lab = fact.record
        if fact.path[0] != "tables" or not isinstance(lab, Lab) or not lab.unit or not lab.value.quote:
            continue
        amount = lab.value.value.quantity if lab.value.value and not lab.value.why else None
        if isinstance(amount, Amount):
            whole = amount._replace(unit=lab.unit, text=f"{amount.text} {lab.unit}")
            if _has_size(whole, lab.value.quote):
                yield from _of(fact.path, whole, lab.value, lab.value.printed)


def _has_size(size: Amount, quote: str) -> bool:
    """Whether a quote has an amount of the same kind: kg of a weight, cm or m of a height."""
    unit = known().get(size.unit or "")
    printed = (_unit(quote[found.end() :]) for found in _NUMBER.finditer(quote))
    return unit is not None and any(other is not None and is_convertible(unit, other) for other in printed)


def _of(
    path: Path, quantity: Quantity | None, record: Value | CellValue, printed: str | None = None
) -> Iterator[_Quoted]:
    """The numbers of a quantity, each with its unit, if its record is quoted."""
    quote = getattr(record, "quote", None)
    if quantity is None or not quote:
        return
    words = f"{quote} ; {printed}" if printed else quote
    match quantity:
        case Amount(written, number, unit):
            yield _Quoted(path, number, unit, written, words)
        case Range(written, low, high, unit) | Ratio(written, low, high, unit):
            yield _Quoted(path, low, None, written, words)
            yield _Quoted(path, high, unit, written, words)
        case Extent(written, sides, unit):
            yield from (_Quoted(path, side, None, written, words) for side in sides)


def _named(chart: Chart, one: _Quoted) -> str:
    """What is written, and of what."""
    called = chart.case.called(one.path)
    if one.path[0] == "tables":
        called = repr(chart.label(chart.facts_at(one.path)[0]))
    return f"{one.written} of {called}" if called else one.written


def _counted(path: Path, dosage: Dosage, quote: str) -> Iterator[_Quoted]:
    if dosage.count and not dosage.amount:
        yield _Quoted(path, Decimal(dosage.count), None, dosage.text, quote)


_NUMBER = re.compile(r"(?<![\w.])(?<![A-Za-z]-)\d+(?:[,.] ?\d+| \d{3}(?!\d))*")
_WORD = re.compile(
    r"\b(?:once|twice|thrice|single|" + "|".join(word for word in NUMBER_WORDS if len(word) > 2) + r")\b", re.I
)
_WORDS = {"once": "1", "twice": "2", "thrice": "3", "single": "1", **NUMBER_WORDS}


def _numbers(quote: str) -> set[Decimal]:
    """The numbers of a quote, in digits and in words, as each may be meant: of `15.554` both readings of the point."""
    found = {_number(one[0]) for one in _NUMBER.finditer(quote)}
    found |= {_number(part) for one in _NUMBER.finditer(quote) for part in re.split("[,.] ", one[0])}
    parted = {Decimal(re.sub("[,. ]", "", one[0])) for one in _NUMBER.finditer(quote) if _IN_THREES.fullmatch(one[0])}
    parted |= {number for number, *_ in sums(quote)}
    return found | parted | {Decimal(_WORDS[one[0].lower()]) for one in _WORD.finditer(quote)}


_IN_THREES = re.compile(r"\d{1,3}(?:[,. ]\d{3})+")


def _number(digits: str) -> Decimal:
    """`1,103.8` is 1103.8, `450 000` 450000; `12,2` and `38, 7` have a decimal comma, and the last sign counts."""
    bare = digits.replace(" ", "")
    if "." not in bare and _IN_THREES.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    whole, _, part = bare.replace(",", ".").rpartition(".")
    return Decimal(f"{whole.replace('.', '')}.{part}" if whole else bare)


def _unit(after: str) -> Unit | None:
    """The unit that stands behind a number: two words such as `mm 3`, one, or the first part of `mg/twice/day`."""
    words = re.split(r"[\s,;)(…]+", after.strip(), maxsplit=2)[:2]
    tried = (" ".join(words), words[0], words[0].partition("/")[0])
    return next((unit for one in tried if one and (unit := known().get(one.rstrip(".")))), None)
