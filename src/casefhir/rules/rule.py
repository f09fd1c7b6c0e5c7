"""What a rule is: a function from a chart to places and sentences."""

from collections.abc import Callable, Iterator

from casefhir.chart import Chart
from casefhir.issue import Step
from casefhir.source import Path

Remarks = Iterator[tuple[Path, str]]
"""A place, and one sentence about it."""

Chains = Iterator[tuple[Path, str, tuple[Step, ...]]]
"""The same, where several statements clash, with these."""

Rule = Callable[[Chart], Remarks] | Callable[[Chart], Chains]
