"""A checked case under one cover: its facts, and what rules and mappers work out from them, each once."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from casefhir.facts import Fact, facts, keys
from casefhir.keys import Keys
from casefhir.measurement import Measurements
from casefhir.model.case import Case
from casefhir.model.fields import Conflict
from casefhir.model.history import Past
from casefhir.model.procedure import Procedure
from casefhir.model.timeline import Timeline
from casefhir.model.treatment import Treatment
from casefhir.model.walk import Written, written
from casefhir.model.when import When
from casefhir.names import UnknownName, Use, unknown_names, uses
from casefhir.series import Series
from casefhir.source import Path
from casefhir.terms import Terms

T = TypeVar("T")


class Chart:
    """All that is known of one case."""

    def __init__(self, case: Case, terms: Terms) -> None:
        self.case = case
        self.terms = terms
        self._made: dict[Any, Any] = {}

    @cached_property
    def facts(self) -> Sequence[Fact]:
        """Its facts, in the order of the file."""
        return facts(self.case, self.terms)

    @cached_property
    def keys(self) -> Keys:
        """The keys of its facts, to be found by their parts."""
        return keys(self.facts, self.terms)

    def label(self, key: str) -> str:
        """What the fact with a key is called in the file."""
        return self._labels[key]

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        return {fact.key: fact.record.label for fact in self.facts}

    def procedures(self, about: str) -> list[str]:
        """The keys of the procedures that a reference means, without those of what was seen in them."""
        return [key for key in self.keys.named(about, "procedures") if key in self._procedures]

    def interventions(self, about: str, by: When | None = None) -> list[str]:
        """
        The keys of the treatments and procedures that a reference means.

        Of several, those that may have begun by a moment: what followed one of them cannot follow the others.
        """
        named = self.keys.named(about, "treatments", "procedures")
        treatments = [key for key in named if key.startswith("treatments/")]
        meant = [*treatments, *(key for key in named if key in self._procedures)]
        if by is None or len(meant) < 2:
            return meant
        return [key for key in meant if not self._begins_after(key, by)] or meant

    def suspects(self, about: str, harm: str = "", begun: When | None = None) -> list[str]:
        """
        The keys of the treatments and procedures that a reference to the cause of harm means.

        None that was begun because of that harm, and none that surely ended before it, where another course surely ran
        then.
        """
        named = self.interventions(about, begun)
        meant = [key for key in named if not self._answers(key, harm)] or named
        if begun is None or not any(self._surely_runs(key, begun) for key in meant):
            return meant
        return [key for key in meant if not self._ends_before(key, begun)]

    def _answers(self, key: str, harm: str) -> bool:
        """Whether a course was begun because of some harm, in a smaller dose as a rule."""
        record = self._treatments.get(key)
        reasons = record.started.why if record and record.started else ()
        return any(harm and harm.casefold() in reason.casefold() for reason in reasons)

    def _surely_runs(self, key: str, moment: When) -> bool:
        """Whether a course had surely begun by a moment, and nothing tells that it may have ended."""
        record = self._treatments.get(key)
        if record is None or record.at or not record.from_:
            return False
        has_begun = self.timeline.certainly_before(record.from_, moment)
        goes_on = record.continues or bool(record.to and self.timeline.certainly_before(moment, record.to))
        return has_begun and (goes_on or not (record.to or record.stopped or self.successors.get(key)))

    def _ends_before(self, key: str, moment: When) -> bool:
        """Whether the end of a course is told, and surely before a moment."""
        record = self._treatments.get(key)
        return bool(record and record.to and self.timeline.certainly_before(record.to, moment))

    def _begins_after(self, key: str, moment: When) -> bool:
        begun = self.begun[key]
        return begun is not None and self.timeline.certainly_before(moment, begun)

    def replaced(self, fact: Fact) -> Sequence[str]:
        """
        The keys of the courses that a treatment took the place of.

        None that began later; of several, those that were still running: not given once, and neither ended nor
        replaced before.
        """
        return self._replaced.get(fact.key, ())

    @cached_property
    def successors(self) -> Mapping[str, Fact]:
        """The key of a course → the first treatment that took its place, where it is told when."""
        first: dict[str, Fact] = {}
        for fact in self._replacing:
            for key in self.replaced(fact) if fact.record.begun else ():
                if key not in first or self._begins_after(first[key].key, fact.record.begun):
                    first[key] = fact
        return first

    @cached_property
    def _replaced(self) -> Mapping[str, Sequence[str]]:
        """The key of each treatment that took a place → the keys of the courses whose place it took."""
        replaced: dict[str, Sequence[str]] = {}
        taken: set[str] = set()
        for fact in sorted(self._replacing, key=self._begun_before):
            begun = fact.record.begun
            named = [key for key in self.keys.named(fact.record.replaces, "treatments") if key != fact.key]
            meant = [key for key in named if not (begun and self._begins_after(key, begun))]
            running = [key for key in meant if key not in taken and self._is_running(key, begun)]
            replaced[fact.key] = running or meant
            taken.update(replaced[fact.key])
        return replaced

    @cached_property
    def _replacing(self) -> Sequence[Fact]:
        return [fact for fact in self.facts if isinstance(fact.record, Treatment) and fact.record.replaces]

    def _begun_before(self, fact: Fact) -> int:
        """How many treatments that took a place had surely begun before one: in this order they took it."""
        begun = fact.record.begun
        starts = (other.record.begun for other in self._replacing if begun)
        return sum(1 for start in starts if start and self.timeline.certainly_before(start, begun))

    def _is_running(self, key: str, moment: When | None) -> bool:
        """Whether a course may not have ended by a moment: one that was given at a single moment has."""
        record = self._treatments[key]
        return not (record.at or (moment and record.to and self.timeline.certainly_before(record.to, moment)))

    @cached_property
    def _treatments(self) -> Mapping[str, Treatment]:
        return {fact.key: fact.record for fact in self.facts if isinstance(fact.record, Treatment)}

    @cached_property
    def begun(self) -> Mapping[str, When | None]:
        """The key of each treatment and procedure → when it began; None where that is not told."""
        given = (fact for fact in self.facts if isinstance(fact.record, Treatment | Procedure))
        return {fact.key: fact.record.begun for fact in given}

    @cached_property
    def denied(self) -> frozenset[str]:
        """The keys of the diseases that the patient never had: no other fact is due to one of them."""
        pasts = ((fact.key, fact.record.stated) for fact in self.facts if isinstance(fact.record, Past))
        return frozenset(key for key, stated in pasts if stated.absent or stated.none)

    @cached_property
    def _procedures(self) -> frozenset[str]:
        return frozenset(fact.key for fact in self.facts if isinstance(fact.record, Procedure))

    @cached_property
    def timeline(self) -> Timeline:
        """The moments of its events."""
        return Timeline({name: (event.date, event.first_day) for name, event in self.case.events.items()})

    @cached_property
    def measurements(self) -> Measurements:
        """What its laboratory values measure."""
        return Measurements(self.facts, self.terms)

    @cached_property
    def series(self) -> Series:
        """The values of each test, in the order of time."""
        return Series(self.facts, self.measurements, self.timeline, self.terms)

    @cached_property
    def _written(self) -> Written:
        return written(self.case)

    @property
    def moments(self) -> Mapping[When, Sequence[Path]]:
        """Every written moment, with all its places: most name one of a few events."""
        return self._written.moments

    @property
    def quotes(self) -> Sequence[tuple[Path, str]]:
        """Every quote, with its place."""
        return self._written.quotes

    @property
    def conflicts(self) -> Sequence[tuple[Path, Conflict]]:
        """What other places of the article say instead, each with its place."""
        return self._written.conflicts

    @cached_property
    def uses(self) -> Sequence[Use]:
        """Every name without codes of the author's own, with its place and the tables that may know it."""
        return tuple(uses(self.case, self.terms))

    @cached_property
    def unknown_names(self) -> Sequence[UnknownName]:
        """The names that no table has."""
        return tuple(unknown_names(self.uses, self.terms))

    def once(self, make: Callable[["Chart"], T]) -> T:
        """What a function works out of the case, worked out once: all rules of a module share it."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    def facts_at(self, path: Path) -> Sequence[str]:
        """The keys of the facts at a place: those there and below it, or else of the nearest place above."""
        places = (path[:end] for end in range(len(path), 0, -1))
        return next((self._keys_below[place] for place in places if place in self._keys_below), ())

    @cached_property
    def _keys_below(self) -> Mapping[Path, Sequence[str]]:
        below: dict[Path, list[str]] = defaultdict(list)
        for fact in self.facts:
            for end in range(1, len(fact.path) + 1):
                below[fact.path[:end]].append(fact.key)
        return below
