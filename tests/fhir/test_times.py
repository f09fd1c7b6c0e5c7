"""The written moment of a resource: its distance, and the event that it is counted from."""

import json
from typing import Any

import pytest

import casefhir

CASE = """\
casefhir: 1
id: stroke
article: {{title: An invented case}}
patient: {{sex: male}}
events:
  arrival: {{encounter: inpatient, first-day: 0}}
  lysis: {{date: arrival + 38 minutes, quote: lysis after 38 minutes}}
  clipping: {{date: arrival + 90 minutes, first-day: 1}}
  coiling: {{first-day: unknown}}
  image: {{date: lysis + 24 hours}}
scores: [{{name: NIHSS, value: 4, at: {at}}}]
"""


def counted(at: str) -> tuple[Any, Any]:
    """The distance of a moment, and the key of the event that it is counted from, or is."""
    document = json.loads(casefhir.convert(CASE.format(at=at).encode()).json())
    resources = {entry["fullUrl"]: entry["resource"] for entry in document["entry"]}
    score = next(made for made in resources.values() if made.get("valueInteger") or made.get("valueQuantity"))
    written = next(one for one in score["extension"] if one["url"].endswith("/written-time"))
    parts = {part["url"]: part for part in written["extension"]}
    distance = parts["offset"]["valueDuration"] if "offset" in parts else {}
    anchor = parts["event"]["valueReference"] if "event" in parts else {}
    made = resources.get(anchor.get("reference", ""), {})
    keys = made.get("identifier", [{"value": anchor.get("display")}])
    return (distance.get("value"), distance.get("code")), keys[0]["value"]


@pytest.mark.parametrize(
    ("at", "distance", "event"),
    [
        ("arrival", (None, None), "events/arrival"),
        ("lysis", (38, "min"), "events/arrival"),
        ("image", (24, "h"), "events/lysis"),
        ("clipping + 2 hours", (2, "h"), "events/clipping"),
        ("arrival - 3 days", (-3, "d"), "events/arrival"),
        ("day 5 of arrival", (5, "d"), "events/arrival"),
        ("day 0 of arrival", (0, "d"), "events/arrival"),
        ("day -2 of arrival", (-2, "d"), "events/arrival"),
        ("day 5 of clipping", (4, "d"), "events/clipping"),
        ("day 5 of coiling", (None, None), "events/coiling"),
        ("arrival + 2-3 days", (None, None), "events/arrival"),
        ("arrival + 2 days + 3 hours", (None, None), "events/arrival"),
        ("2021-01-09 + 2 days + 3 hours", (None, None), None),
    ],
)
def test_a_distance_has_the_event_that_it_is_counted_from(at: str, distance: tuple[Any, Any], event: str) -> None:
    assert counted(at) == (distance, event)
