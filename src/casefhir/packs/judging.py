"""A pack and a checked case → a verdict on each point, with the places in the file that carry it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import takewhile
from typing import Any, Literal, NamedTuple

from casefhir.chart import Chart
from casefhir.model.calendar import Calendar
from casefhir.model.when import At, Bound, Offset, When
from casefhir.packs.pack import AllOf, AnyOf, Condition, Match, Pack, Place, Point, Topic, text_of
from casefhir.packs.places import found, schema_at
from casefhir.source import Mark, Path, Source

Status = Literal["reported", "partly", "not reported", "not judged", "does not apply"]
STATUSES: tuple[Status, ...] = ("reported", "partly", "not reported", "not judged", "does not apply")


class Carrier(NamedTuple):
    """A place in the file that carries a point."""

    path: Path
    key: str
    """The key of the fact there, or the written keys that lead to what is no fact: `article.title`."""
    file: str
    mark: Mark


class Verdict(NamedTuple):
    """Whether a case tells a point; of what is not judged, why, and where a reader may look."""

    point: Point
    status: Status
    carriers: tuple[Carrier, ...]
    lacking: tuple[Carrier, ...] = ()
    """Of a point that every fact of a kind must tell, the facts that do not."""

    @property
    def is_missing(self) -> bool:
        """Whether the pack demands it and the case does not tell it in full."""
        return self.point.required and self.status not in ("reported", "does not apply")


class Judged(NamedTuple):
    """A pack with a verdict on each of its points."""

    pack: Pack
    topics: tuple[tuple[Topic, tuple[Verdict, ...]], ...]

    @property
    def verdicts(self) -> Iterator[Verdict]:
        """All of them, in the order of the pack."""
        return (verdict for _, verdicts in self.topics for verdict in verdicts)

    @property
    def counts(self) -> dict[Status, int]:
        """How many points have each status; those that none has are left out."""
        counted = Counter(verdict.status for verdict in self.verdicts)
        return {status: counted[status] for status in STATUSES if counted[status]}


def judged(pack: Pack, chart: Chart, source: Source) -> Judged:
    """What a case without errors tells of what a pack asks; it says what the file has, not how well it is told."""
    judge = _Judge(chart, source)
    return Judged(pack, tuple((topic, tuple(map(judge.verdict, topic.points))) for topic in pack.topics))


class _Judge:
    """One case, asked about many points."""

    def __init__(self, chart: Chart, source: Source) -> None:
        self._chart = chart
        self._source = source

    def verdict(self, point: Point) -> Verdict:
        if point.when and self._carrying(point.when) is None:
            return Verdict(point, "does not apply", ())
        if point.reported and (whole := self._carrying(point.reported)) is not None:
            return Verdict(point, "reported", self._carriers(whole))
        if point.partly and (part := self._carrying(point.partly)) is not None:
            return Verdict(point, "partly", self._carriers(part), self._lacking(point.reported))
        if point.unseen is None:
            return Verdict(point, "not reported", (), self._lacking(point.reported))
        seen = (path for place in point.see for path, _ in found(self._source.data, place))
        return Verdict(point, "not judged", self._carriers(seen))

    def _lacking(self, condition: Condition | None) -> tuple[Carrier, ...]:
        if not isinstance(condition, Match) or not condition.every:
            return ()
        return self._carriers(path for path, is_whole in self._counting(condition) if not is_whole)

    def _carrying(self, condition: Condition) -> Sequence[Path] | None:
        """The places that make a condition hold; None if it does not."""
        match condition:
            case AllOf(of):
                parts = [self._carrying(one) for one in of]
                return None if None in parts else [path for part in parts for path in part or ()]
            case AnyOf(of):
                held = [part for one in of if (part := self._carrying(one)) is not None]
                return [path for part in held for path in part] if held else None
            case Match():
                return self._matching(condition)

    def _matching(self, match: Match) -> Sequence[Path] | None:
        counting = list(self._counting(match))
        whole = [path for path, is_whole in counting if is_whole]
        if match.every and len(whole) < len(counting):
            return None
        is_enough = match.least <= len(whole) <= (len(whole) if match.most is None else match.most)
        return whole if is_enough else None

    def _counting(self, match: Match) -> Iterator[tuple[Path, bool]]:
        """What counts, each with whether it has all keys that it must have."""
        for place in match.places:
            schema = schema_at(place)
            for path, value in found(self._source.data, place):
                if _is_meant(value, match, schema) and self._is_in_time(path, match):
                    yield path, all(any(found(value, key, schema)) for key in match.has)

    def _is_in_time(self, path: Path, match: Match) -> bool:
        own = self._moments[path[:2]]
        return (
            (not match.after or any(self._follows(one, other) for one in own for other in self._times(match.after)))
            and (not match.before or self._is_before(own, match.before))
            and (not match.not_before or not self._is_before(own, match.not_before))
        )

    def _is_before(self, own: Sequence[When], conditions: Sequence[Condition]) -> bool:
        """Whether something is earlier than all of some others that have a moment."""
        others = self._times(conditions)
        return bool(others) and any(all(self._follows(other, one) for other in others) for one in own)

    def _times(self, conditions: Sequence[Condition]) -> list[When]:
        """The moments of all that makes conditions hold."""
        paths = dict.fromkeys(path[:2] for one in conditions for path in self._carrying(one) or ())
        return [moment for path in paths for moment in self._moments[path]]

    def _follows(self, late: When, early: When) -> bool:
        """Whether one moment is later than another, by its days or because it is told as after it."""
        if self._chart.timeline.certainly_after(late, early):
            return True
        anchors = (_told_after(step) for step in self._same(late))
        return any(self._is_same(anchor, early) or self._follows(anchor, early) for anchor in anchors if anchor)

    def _is_same(self, one: When, other: When) -> bool:
        """Whether two moments are one because they are the same event, or events dated by it."""
        exact = {step for step in self._same(other) if isinstance(step, At | Calendar | Offset)}
        return not exact.isdisjoint(self._same(one))

    def _same(self, moment: When | None) -> Iterator[When]:
        """A moment, and as long as it is an event, that by which the event is dated."""
        while moment is not None:
            yield moment
            moment = self._chart.case.events[moment.event].date if isinstance(moment, At) else None

    @cached_property
    def _moments(self) -> dict[Path, list[When]]:
        """The moments of the facts of each record."""
        moments: dict[Path, list[When]] = defaultdict(list)
        for fact in self._chart.facts:
            match fact.path:
                case ("events", str(name)):
                    moments[fact.path].append(At(name, name))
                case _ if moment := getattr(fact.record, "moment", None):
                    moments[fact.path[:2]].append(moment)
        return moments

    def _carriers(self, paths: Iterable[Path]) -> tuple[Carrier, ...]:
        """The places, of each record the first, in the order of the file."""
        each = [self._carrier(path) for path in paths]
        first = {carrier.key: carrier for carrier in sorted(each, key=_in_order, reverse=True)}
        return tuple(sorted(first.values(), key=_in_order))

    def _carrier(self, path: Path) -> Carrier:
        if path[0] in ("article", "patient"):
            path = tuple(takewhile(lambda step: isinstance(step, str), path))
        holder = self._source.holder(path)
        return Carrier(path, self._key(path), holder.name, self._source.locate(path))

    def _key(self, path: Path) -> str:
        known = self._key_by_path.get(path[:2], "")
        return known if known and len(path) > 1 and path[0] != "patient" else ".".join(map(str, path))

    @cached_property
    def _key_by_path(self) -> dict[Path, str]:
        """The key of the fact of each record: that of them all together, or else the first that it states."""
        keys: dict[Path, str] = {}
        for fact in self._chart.facts:
            keys.setdefault(fact.path[:2], fact.key)
            if len(fact.path) == 2:
                keys[fact.path] = fact.key
        return keys


def _told_after(moment: When) -> When | None:
    """What a moment is told as after: `after surgery`, `surgery + 2 days`; None of another."""
    match moment:
        case Bound(_, "after", anchor):
            return anchor
        case Offset(_, anchor, sign, _) if sign > 0:
            return anchor
    return None


def _in_order(carrier: Carrier) -> tuple[str, Mark]:
    return carrier.file, carrier.mark


def _is_meant(value: Any, match: Match, schema: dict[str, Any]) -> bool:
    """Whether a value is what counts, whenever it was."""
    text = text_of(value).casefold()
    return (
        (not match.words or any(word in text for word in match.words))
        and all(_has_value(value, key, values, schema) for key, values in match.where.items())
        and not any(any(found(value, key, schema)) for key in match.without)
    )


def _has_value(record: Any, key: Place, values: Sequence[str], schema: dict[str, Any]) -> bool:
    return any(text_of(value) in values for _, value in found(record, key, schema))
