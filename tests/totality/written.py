"""Inputs, each the smallest part of a case file → one case file with all of them."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from casefhir.model.when import Unknown, events_named, when


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
    "treatments": [{"drug": "ibuprofen", "id": "known-drug", "from": "admission"}],
}
"""What inputs refer to."""


def case(inputs: Iterable[Input]) -> bytes:
    """
    A case file with all inputs, each list item with an id of its own.

    Laboratory values with the same name of a panel stand in one. JSON is YAML.
    """
    written: dict[str, Any] = {
        "casefhir": 1,
        "id": "totality",
        "article": {"title": "An invented case"},
        "patient": {"sex": "female"},
        "events": dict(EVENTS),
        **{section: list(items) for section, items in NAMED.items()},
    }
    panels: dict[str, dict[str, Any]] = {}
    for number, (section, item) in enumerate(inputs):
        match section:
            case "article" | "patient" | "events":
                written[section] = written[section] | item
            case "labs" if "panel" in item:
                begun = {"id": item["panel"], "at": "admission", "values": {}}
                panel = panels.setdefault(item["panel"], begun)
                panel["values"][item["name"]] = item["value"]
            case "doubts":
                written.setdefault(section, []).append(item)
            case _:
                whole = {"id": f"i{number}", **item}
                written.setdefault(section, []).append({key: value for key, value in whole.items() if value is not None})
    written.setdefault("labs", []).extend(panels.values())
    _name_events(written)
    return json.dumps(written, ensure_ascii=False).encode()


def _name_events(written: dict[str, Any]) -> None:
    """Every event that a moment of the inputs names, so that it means something."""
    names = [name for text in _texts(written) for name in _events_in(text)]
    written["events"] = {name: {"first-day": 1} for name in names} | written["events"]


def _texts(value: Any) -> Iterable[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _texts(item)
        case dict():
            for key, item in value.items():
                if key in MOMENT_KEYS or not isinstance(item, str):
                    yield from _texts(item)


MOMENT_KEYS = frozenset(("at", "from", "to", "date", "onset", "diagnosed", "resolved", "published"))
"""Keys with a moment; `to` of a consent is a text, which names no event."""


def _events_in(text: str) -> Iterable[str]:
    try:
        return list(events_named(when(text)))
    except ValueError:
        return []


def ends_unknown(text: str) -> bool:
    """Whether a moment has `unknown` in it, which only an end can be."""
    return isinstance(when(text), Unknown)
