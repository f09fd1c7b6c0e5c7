"""What a record prints in `printed:` × its value → whether the two are one, and the remark if they are not."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from casefhir.evidence.claim import Misprint
from casefhir.evidence.heads import unit_in_table
from casefhir.evidence.index import Searched, text_of
from casefhir.evidence.need import Need, Numbers, is_met
from casefhir.evidence.remark import Remark
from casefhir.evidence.series import unit_of_series
from casefhir.evidence.shown import shown
from casefhir.evidence.units import TIMES, printed_unit


def said(need: Need) -> str:
    """A value of the file, as messages have it."""
    return f'"{need.said}"'


def unlike(misprint: Misprint) -> Iterator[Need]:
    """
    What a value says that its `printed:` does not.

    Where the file says why it has another value, the unit may differ, and so may a number that it names there.
    """
    part = text_of(misprint.text)
    for need in misprint.needs:
        if is_met(need, part):
            continue
        if isinstance(need, Numbers) and misprint.why:
            if next(need.values_at(part), None) or _same_digits(need, misprint.text):
                continue
            if next(need.values_at(text_of(misprint.why)), None):
                continue
        yield need


def unlike_remark(need: Need, misprint: Misprint) -> Remark:
    """What is said of a value that its `printed:` does not have."""
    advice = "a number that is meant in its place is named in 'why'" if misprint.why else _WHY
    if isinstance(need, Numbers) and (other := unit_of(need, [text_of(misprint.text)])):
        return other._replace(message=f"{other.message}; {_WHY}") if not misprint.why else other
    told = f'{said(need)} is not what is printed: "{misprint.text}"'
    return Remark("number_not_printed", need.path, f"{told}; {advice}")


_WHY = "if the print cannot be right, say in 'why' for what reason"


def _same_digits(need: Numbers, printed: str) -> bool:
    """Whether a number is what is printed, read otherwise: 15554 of `15.554`, 38.7 of `38, 7`."""
    return set(need.values) <= set(_readings(printed))


def _readings(printed: str) -> Iterator[Decimal]:
    """What the numbers of a text may be, if a point parts thousands, or a comma and a blank decimals."""
    for group in re.findall(r"[0-9]+(?:[., ]\s?[0-9]+)*", printed):
        digits = re.findall(r"[0-9]+", group)
        yield Decimal("".join(digits))
        if len(digits) == 2:
            yield Decimal(".".join(digits))


def _unit_behind(part: Searched, start: int, end: int) -> str:
    """The unit of a number of a sentence, as printed behind it or once in its series; a word where none is."""
    at = next((at for at, number in enumerate(part.numbers) if number.start == start), None)
    series = unit_of_series(part, at) if at is not None else ""
    return printed_unit(series or part.text[end : end + 40])


def unit_of(need: Numbers, passages: Iterable[Searched]) -> Remark | None:
    """The remark that a number is printed with another unit, if it is."""
    for part in passages:
        if is_met(need, part):
            return None
    for part in passages:
        for start, end in need.values_at(part):
            unit = unit_in_table(part, start, end) if part.row else _unit_behind(part, start, end)
            if need.unit in TIMES and unit and not any(re.match(time, unit) for time in TIMES.values()):
                continue  # a rate of 5 mg/h is no misprint of the hour 5
            told = f"{said(need)} is printed with another unit, {unit!r}: {shown(part, end)}"
            if need.unit and unit:
                return Remark("other_unit", need.path, told)
            if need.unit is None or need.unit:
                return Remark("other_unit", need.path, f"{said(need)} is not printed so: {shown(part, end)}")
    return None
