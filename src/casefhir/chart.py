"""A checked case under one cover: its facts, and what rules and mappers work out from them, each once."""

from collections.abc import Sequence
from functools import cached_property

from casefhir.facts import Fact, Keys, facts
from casefhir.measurement import Measurements
from casefhir.model.case import Case
from casefhir.model.moments import moments
from casefhir.model.timeline import Timeline
from casefhir.model.when import When
from casefhir.names import UnknownName, unknown_names
from casefhir.source import Path
from casefhir.terms import Terms


class Chart:
    """All that is known of one case."""

    def __init__(self, case: Case, terms: Terms) -> None:
        self.case = case
        self.terms = terms

    @cached_property
    def facts(self) -> Sequence[Fact]:
        """Its facts, in the order of the file."""
        return facts(self.case, self.terms)

    @cached_property
    def keys(self) -> Keys:
        """The keys of its facts, to be found by their parts."""
        return Keys(self.facts, self.terms)

    @cached_property
    def timeline(self) -> Timeline:
        """The moments of its events."""
        return Timeline({name: (event.date, event.first_day) for name, event in self.case.events.items()})

    @cached_property
    def measurements(self) -> Measurements:
        """What its laboratory values measure."""
        return Measurements(self.facts, self.terms)

    @cached_property
    def moments(self) -> tuple[tuple[Path, When], ...]:
        """Every written moment, with its place."""
        return tuple(moments(self.case))

    @cached_property
    def unknown_names(self) -> tuple[UnknownName, ...]:
        """The names that no table has."""
        return tuple(unknown_names(self.case, self.terms))

    def facts_at(self, path: Path) -> list[str]:
        """The keys of the facts at a place: those there and below it, or else of the nearest place above."""
        for end in range(len(path), 0, -1):
            found = [fact.key for fact in self.facts if fact.path[:end] == path[:end]]
            if found:
                return found
        return []
