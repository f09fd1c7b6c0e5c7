"""A pack as data: what a report should tell, and which parts of a case file tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Place = tuple[str, ...]
"""A section, or a key in it, as the steps that lead to it: `("treatments", "dose")`."""


@dataclass(frozen=True)
class Match:
    """Holds if enough of what stands at some places is as told."""

    places: tuple[Place, ...]
    where: Mapping[Place, tuple[str, ...]]
    """Key → the values that count."""
    words: tuple[str, ...]
    has: tuple[Place, ...]
    without: tuple[Place, ...]
    after: tuple["Condition", ...]
    """What counts is later than the beginning of something that makes one of these hold, …"""
    before: tuple["Condition", ...]
    """… is earlier than all that makes these hold, …"""
    not_before: tuple["Condition", ...]
    """… is not that."""
    every: bool
    """Whether all that counts must have the keys of `has`."""
    least: int
    most: int | None


@dataclass(frozen=True)
class AllOf:
    """Holds if all of some conditions hold."""

    of: tuple["Condition", ...]


@dataclass(frozen=True)
class AnyOf:
    """Holds if one of some conditions holds."""

    of: tuple["Condition", ...]


Condition = Match | AllOf | AnyOf


@dataclass(frozen=True)
class Point:
    """One thing that a report should tell."""

    id: str
    asks: str
    when: Condition | None
    """What must hold for it to apply; None if it always does."""
    reported: Condition | None
    partly: Condition | None
    unseen: str | None
    """Why a file without both may still be of an article that tells it."""
    see: tuple[Place, ...]
    """Where a reader may look, if it is not judged."""
    required: bool


@dataclass(frozen=True)
class Topic:
    """Points that belong together."""

    id: str
    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Pack:
    """What a report should tell, by somebody's rules."""

    id: str
    title: str
    source: str
    topics: tuple[Topic, ...]


def pack(data: Mapping[str, Any]) -> Pack:
    """The pack that a text means whose shape was checked."""
    return Pack(data["id"], data["title"], data.get("source", ""), tuple(map(_topic, data["topics"])))


def _topic(data: Mapping[str, Any]) -> Topic:
    return Topic(str(data.get("id", "")), data["title"], tuple(map(_point, data["points"])))


def _point(data: Mapping[str, Any]) -> Point:
    return Point(
        id=str(data["id"]),
        asks=data["asks"],
        when=_condition(data.get("when")),
        reported=_condition(data.get("reported")),
        partly=_condition(data.get("partly")),
        unseen=data.get("unseen"),
        see=_places(data.get("see", ())),
        required=data.get("required", False),
    )


def _condition(data: Any) -> Condition | None:
    return None if data is None else condition(data)


def _conditions(data: Any) -> tuple[Condition, ...]:
    return tuple(map(condition, listed(data)))


def listed(data: Any) -> Sequence[Any]:
    """What may be written as one or as a list of several, as several."""
    return data if isinstance(data, list | tuple) else (data,)


def condition(data: str | Mapping[str, Any]) -> Condition:
    """The condition that is written as a place, or as a mapping."""
    if isinstance(data, str):
        data = {"in": data}
    if "all" in data:
        return AllOf(_conditions(data["all"]))
    if "any" in data:
        return AnyOf(_conditions(data["any"]))
    return Match(
        places=_places(listed(data["in"])),
        where={place(key): tuple(map(text_of, listed(values))) for key, values in data.get("where", {}).items()},
        words=tuple(word.casefold() for word in data.get("words", ())),
        has=_places(data.get("has", ())),
        without=_places(data.get("without", ())),
        after=_conditions(data.get("after", ())),
        before=_conditions(data.get("before", ())),
        not_before=_conditions(data.get("not-before", ())),
        every=data.get("every", False),
        least=data.get("least", 1),
        most=data.get("most"),
    )


def place(text: str) -> Place:
    """`treatments.dose` → its steps."""
    return tuple(text.split("."))


def _places(texts: Any) -> tuple[Place, ...]:
    return tuple(map(place, listed(texts)))


def text_of(value: Any) -> str:
    """A value of the file as it is written; true and false as YAML has them."""
    return str(value).lower() if isinstance(value, bool) else str(value)
