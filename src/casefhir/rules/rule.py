"""What a rule is: a function from a chart to places and sentences."""

from collections.abc import Callable, Iterator

from casefhir.chart import Chart
from casefhir.source import Path

Remarks = Iterator[tuple[Path, str]]
"""A place, and one sentence about it."""

Rule = Callable[[Chart], Remarks]
