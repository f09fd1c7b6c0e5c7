"""Scores that their scale does not have."""

from decimal import Decimal

from casefhir.chart import Chart
from casefhir.model.quantity import Amount, Quantity, Range, Ratio
from casefhir.rules.rule import Remarks
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


def _points(value: Quantity | None) -> tuple[Decimal, ...]:
    """The numbers that are points of the scale: of `13/15` the first."""
    match value:
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
