"""What a rule is given, and what it gives."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from casefhir.facts import Fact
from casefhir.measurement import Measurements
from casefhir.model.case import Case
from casefhir.model.timeline import Timeline
from casefhir.source import Path
from casefhir.terms import Terms

Remarks = Iterator[tuple[Path, str]]
"""A place, and one sentence about it."""


class Checked:
    """A case under the rules: its facts, its tables, and what several rules ask for, worked out once."""

    def __init__(self, case: Case, facts: Sequence[Fact], terms: Terms) -> None:
        self.case = case
        self.facts = facts
        self.terms = terms

    @cached_property
    def timeline(self) -> Timeline:
        """The moments of the case."""
        return Timeline({name: (event.date, event.first_day) for name, event in self.case.events.items()})

    @cached_property
    def measurements(self) -> Measurements:
        """What its laboratory values measure."""
        return Measurements(self.facts, self.terms)


Rule = Callable[[Checked], Remarks]
