"""Scores that their scale does not have."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from casefhir.chart import Chart
from casefhir.model.findings import Score as Rated
from casefhir.model.points import Points
from casefhir.model.quantity import Amount, Quantity, Range, Ratio
from casefhir.rules.rule import Remarks
from casefhir.source import Path
from casefhir.terms import Score


def impossible_score(chart: Chart) -> Remarks:
    """
    A score is lower or higher than its scale goes.

    Why: the number is misprinted, or belongs to another score.
    Bad:  {name: Glasgow coma scale, value: 18}
    Good: {name: Glasgow coma scale, value: 13}
    """
    for i, score in enumerate(chart.case.scores):
        scale = chart.terms.scores.get(score.name)
        if scale and not all(_is_on(scale, number) for number in _points(score.value)):
            assert score.value is not None, "it has points"
            yield ("scores", i, "value"), f"{score.name} {score.value.text} is not on its scale, {_told(scale)}"
        for place, name, number in _parts(score):
            part = chart.terms.scores.get(f"{scale.name} {name}") if scale else None
            if part and not _is_on(part, number):
                yield ("scores", i, *place), f"{name} {number} of {score.name} is not on its scale, {_told(part)}"


def _parts(score: Rated) -> Iterator[tuple[Path, str, Decimal]]:
    """The parts of a score that are numbers: the place of each, its name and its points."""
    if isinstance(score.value, Points):
        yield from ((("value",), name, Decimal(said)) for name, said in score.value.parts if said.isdigit())
    for name, value in score.parts.items():
        yield from ((("parts", name), name, number) for number in _points(value))


def other_sum(chart: Chart) -> Remarks:
    """
    A score is not the sum of its parts, though it is made by adding them.

    Why: one of the numbers is misprinted, or was copied wrongly. Only the Glasgow coma scale, of three parts, and SOFA,
    of six, are looked at, and only where all of them are there.
    Bad:  {name: Glasgow coma scale, value: 12 (E3V3M5)}
    Good: {name: Glasgow coma scale, value: 11 (E3V3M5)}
    Source: https://doi.org/10.1016/S0140-6736(74)91639-0 (Glasgow), https://doi.org/10.1007/BF01709751 (SOFA)
    """
    for i, score in enumerate(chart.case.scores):
        count = _PARTS.get(chart.terms.scores.canonical(score.name) or "")
        numbers = [number for _, _, number in _parts(score)] if count else []
        told = _points(score.value)
        if numbers and len(numbers) == count and len(told) == 1 and sum(numbers) != told[0]:
            said = " + ".join(f"{number:f}" for number in numbers)
            yield ("scores", i, "value"), f"{score.name} {told[0]} is not the sum of its parts, {said} = {sum(numbers)}"


_PARTS = {"Glasgow coma scale": 3, "SOFA": 6}
"""Score that is the sum of its parts → how many it has."""


class _Formula(NamedTuple):
    """What a score is at least and at most, whatever its other components are, at a rate of sedimentation."""

    rest: Decimal
    """The most that all other components make together; the least is 0."""

    told: str
    """How that is made."""

    of_esr: Callable[[Decimal], Decimal]
    """The part of the sedimentation, from mm/h."""


def _jadas(joints: int) -> _Formula:
    def of_esr(esr: Decimal) -> Decimal:
        return min(max((esr - 20) / 10, Decimal(0)), Decimal(10))

    return _Formula(Decimal(20 + joints), f"10 + 10 + {joints}", of_esr)


_BY_ESR = {
    "JADAS-10": _jadas(10),
    "JADAS-27": _jadas(27),
    "JADAS-71": _jadas(71),
    "DAS28-ESR": _Formula(
        Decimal("5.85"), "0.56√28 + 0.28√28 + 1.4", lambda esr: Decimal("0.70") * max(esr, Decimal(1)).ln()
    ),
}
"""Score → its formula with the sedimentation; the global assessments go from 0 to 10, or to 100 for DAS28."""


def beyond_components(chart: Chart) -> Remarks:
    """
    A score is more, or less, than the erythrocyte sedimentation rate of its moment allows.

    Why: the score, the rate or the name of the score is wrong, or it was worked out with another marker.
    JADAS is the sum of the physician's and the parent's assessment (0 to 10 each), the active joints, and ESR less 20,
    divided by 10 and held between 0 and 10; DAS28 has 0.70 times the natural logarithm of ESR as one of its parts.
    Bad:  JADAS-27 of 56.5, with ESR: 85 mm/h
    Good: JADAS-27 of 46.5, with ESR: 85 mm/h
    Source: https://doi.org/10.1002/art.24516 (JADAS), https://doi.org/10.1002/art.1780380107 (DAS28)
    """
    for i, score in enumerate(chart.case.scores):
        formula = _BY_ESR.get(chart.terms.scores.canonical(score.name) or "") if score.value else None
        if formula and score.moment and (points := _points(score.value)):
            for esr in chart.series.at(chart.series.of.get("ESR", ()), score.moment):
                if esr.found.fits and esr.number is not None and (allowed := _allowed(formula, esr.number, points)):
                    told = f"{score.name} {points[0]} is not possible"
                    yield ("scores", i, "value"), f"{told} with the ESR of {esr.told}, which allows {allowed}"


def _allowed(formula: _Formula, esr: Decimal, points: tuple[Decimal, ...]) -> str:
    """What a rate of sedimentation allows, if some points are beyond it; "" if they are not."""
    part = round(formula.of_esr(esr), 2)
    if max(points) > formula.rest + part:
        return f"at most {formula.told} + {part.normalize():f} = {(formula.rest + part).normalize():f}"
    return f"at least {part.normalize():f}" if min(points) < part else ""


def _points(value: Quantity | Points | None) -> tuple[Decimal, ...]:
    """The numbers that are points of the scale: of `13/15` the first."""
    match value:
        case Points(quantity=alone):
            return _points(alone)
        case Amount(_, number, "" | None | "points" | "point"):
            return (number,)
        case Range(_, low, high, "" | None | "points"):
            return low, high
        case Ratio(_, number, _, "" | None | "points"):
            return (number,)
    return ()


def _is_on(scale: Score, number: Decimal) -> bool:
    return (scale.low is None or number >= scale.low) and (scale.high is None or number <= scale.high)


def _told(scale: Score) -> str:
    if scale.low is None or scale.high is None:
        return f"at least {scale.low}" if scale.high is None else f"at most {scale.high}"
    return f"which goes from {scale.low} to {scale.high}"
