"""Inputs, each the smallest part of a case file → one case file with all of them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from casefhir.model.when import Unknown, events_named, when
from casefhir.source import Path


class Input(NamedTuple):
    """One item of one section, or a part of the article, the patient or the events."""

    section: str
    item: Any


EVENTS: dict[str, Any] = {
    "month": {"date": "2021-01"},
    "admission": {"date": "2021-01-09", "encounter": "inpatient", "reason": ["fever"], "first-day": 1},
    "surgery": {"date": "admission + 1 day", "first-day": 0},
    "undated": {},
    "undated-visit": {"encounter": "outpatient"},
    "lasting": {"date": "2021-02-03..2021-03", "encounter": "home"},
    "stay": {"date": "2021-01-09", "to": "2021-01-14", "encounter": "inpatient"},
    "aged": {"date": "age 3 years", "encounter": "virtual"},
    "later": {"date": "undated + 2 weeks", "encounter": "unknown"},
    "guessed": {"date": "about 2021", "encounter": "day-care", "place": "somewhere"},
}
"""Moments of every kind, which all cases have."""

NAMED: dict[str, list[dict[str, Any]]] = {
    "diagnoses": [{"name": "measles", "id": "known-disease"}],
    "findings": [{"name": "cough", "id": "known-finding"}],
    "procedures": [{"name": "thyroidectomy", "id": "known-procedure"}],
    "treatments": [{"drug": "ibuprofen", "id": "known-drug", "from": "admission"}],
}
"""What inputs refer to."""


class Written(NamedTuple):
    """A case file, and the place of each input in it."""

    text: bytes
    places: tuple[Path, ...]


def case(inputs: Sequence[Input]) -> Written:
    """
    A case file with all inputs, each item of a list with an id of its own.

    Laboratory values with one `panel` stand in one, each panel on a day of its own. JSON is YAML.
    """
    data: dict[str, Any] = {
        "casefhir": 1,
        "id": "totality",
        "article": {"title": "An invented case"},
        "patient": {"sex": "female"},
        "events": dict(EVENTS),
        **{section: list(items) for section, items in NAMED.items()},
    }
    panels: dict[str, int] = {}
    places = tuple(_add(data, section, item, f"i{number}", panels) for number, (section, item) in enumerate(inputs))
    names = dict.fromkeys(name for text in _moments(data) for name in _events_in(text))
    data["events"] = {name: {"first-day": 1} for name in names} | data["events"]
    return Written(json.dumps(data, ensure_ascii=False).encode(), places)


def _add(data: dict[str, Any], section: str, item: Any, id: str, panels: dict[str, int]) -> Path:
    """An input, written into the data of a case; its place."""
    if section in ("article", "patient", "events"):
        data[section] |= item
        return (section, next(iter(item), ""))
    items = data.setdefault(section, [])
    if "panel" in item:
        day = date(1900, 1, 1) + timedelta(days=len(panels))
        if panels.setdefault(item["panel"], len(items)) == len(items):
            items.append({"at": str(day), "values": {}})
        position = panels[item["panel"]]
        items[position]["values"][item["name"]] = item["value"]
        return (section, position, "values", item["name"])
    if section in ("vitals", "labs"):
        values = item["values"].items()
        item = item | {"values": {name: {"id": f"{id}-{n}", "value": value} for n, (name, value) in enumerate(values)}}
    whole = item if section == "doubts" else {"id": id} | item
    items.append({key: value for key, value in whole.items() if value is not None})
    return (section, len(items) - 1)


_MOMENTS = frozenset(("at", "from", "to", "date", "onset", "diagnosed", "resolved", "deceased", "published"))
"""Keys with a moment; `to` of a consent is a text, and a name of an event more does no harm."""


def _moments(value: Any) -> Iterator[str]:
    """The texts of all moments."""
    match value:
        case dict():
            for key, item in value.items():
                if key in _MOMENTS and isinstance(item, str):
                    yield item
                yield from _moments(item)
        case list():
            for item in value:
                yield from _moments(item)


def _events_in(text: str) -> Iterable[str]:
    """The events that a moment names, each of which has to mean something."""
    try:
        return list(events_named(when(text)))
    except ValueError:
        return []


def ends_unknown(text: str) -> bool:
    """Whether a moment is `unknown`, which only an end can be."""
    return isinstance(when(text), Unknown)
