"""The quotes of a case that have certain words in them, found without reading each."""

from bisect import bisect_right
from collections.abc import Sequence

from casefhir.chart import Chart
from casefhir.source import Path

Quote = tuple[Path, str]
"""The place of a quote, its key included, and its words."""


def quotes_with(chart: Chart, *stems: str) -> list[Quote]:
    """
    The quotes with one of some texts in them, in the order of the file.

    All quotes are searched as one text: most cases have none of these words, and to ask each quote takes ten times
    as long.
    """
    text, starts = chart.once(_joined)
    found: set[int] = set()
    for stem in stems:
        at = text.find(stem)
        while at >= 0:
            number = bisect_right(starts, at)
            found.add(number - 1)
            at = text.find(stem, starts[number])
    return [chart.quotes[number] for number in sorted(found)]


def _joined(chart: Chart) -> tuple[str, Sequence[int]]:
    """The quotes as one text, a line each; where each begins in it, and where the text ends."""
    starts, at = [], 0
    for _, quote in chart.quotes:
        starts.append(at)
        at += len(quote) + 1
    return "\n".join([quote for _, quote in chart.quotes]), [*starts, at]
