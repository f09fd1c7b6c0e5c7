"""What rules hold a case against, as tables that a clinician can review: labels of drugs, growth of children."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from math import exp
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent


class Label(NamedTuple):
    """A dose that the label of a drug gives for a disease and a weight."""

    drug: str
    """Its name in the table of drugs."""

    indication: str
    """The disease, by its name in the table of diagnoses."""

    route: str
    """By its name in the table of routes."""

    low: Decimal | None
    """The weight in kg from which the dose holds; None for any."""

    high: Decimal | None
    """The weight in kg below which it holds; None for any."""

    dose: str
    """Amount and frequency in the grammar of doses: `12 mg/kg every 2 weeks`."""

    source: str
    """The label, and the part of it."""

    @property
    def weights(self) -> str:
        """`below 30 kg`, `from 20 to below 40 kg`."""
        if self.low and self.high:
            return f"from {self.low} to below {self.high} kg"
        return f"below {self.high} kg" if self.high else f"from {self.low} kg" if self.low else "at any weight"


@cache
def labels() -> Mapping[str, tuple[Label, ...]]:
    """The doses of labels, by the name of the drug."""
    by_drug: dict[str, list[Label]] = defaultdict(list)
    for drug, indication, route, low, high, dose, source in _rows("labels"):
        by_drug[drug].append(Label(drug, indication, route, _number(low), _number(high), dose, source))
    return {drug: tuple(several) for drug, several in by_drug.items()}


class Growth(NamedTuple):
    """How a measure is spread at an age, by the LMS method."""

    months: float
    power: float
    median: float
    """In cm or kg."""

    variation: float

    def value(self, z: float) -> float:
        """The value that many standard deviations above the median, by the LMS method."""
        if abs(self.power) < 1e-6:
            return self.median * exp(self.variation * z)
        return float(self.median * (1 + self.power * self.variation * z) ** (1 / self.power))

    def distance(self, value: float) -> float:
        """
        How far a value is from the median, in half the distance to 2 standard deviations; negative below it.

        By the LMS method itself no weight, however high, would be far.
        Source: https://www.cdc.gov/nccdphp/dnpao/growthcharts/resources/sas.htm (modified z-scores)
        """
        return (value - self.median) / abs(self.value(2 if value > self.median else -2) - self.median) * 2


@cache
def growth(sex: str, measure: str) -> tuple[Growth, ...]:
    """`height` or `weight` of `female` or `male` from birth to 20 years, age by age; empty for any other."""
    cells = [row for row in _rows("growth") if row[:2] == [sex, measure]]
    return tuple(Growth(*map(float, numbers)) for _, _, *numbers in cells)


def _rows(table: str) -> Iterator[list[str]]:
    """The cells of each line, without comments and header."""
    lines = (_FOLDER / f"{table}.tsv").read_text("utf-8").split("\n")
    return (line.split("\t") for line in [line for line in lines if line and line[0] != "#"][1:])


def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None
