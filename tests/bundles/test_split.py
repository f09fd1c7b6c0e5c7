"""Bundles in parts: within the limits, and every reference to the same part or an earlier one."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefhir.bundles import Limits, TooLarge, groups, references, split, with_ids

CASES = sorted((Path(__file__).parents[2] / "cases").glob("*.fhir-r4.json"))

LAW = settings(derandomize=True, deadline=None, database=None)


def size(value: Any) -> int:
    return len(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode())


def bundle(*needed: list[int]) -> dict[str, Any]:
    """A transaction of resources that refer to others by their positions."""
    entries = [
        {
            "fullUrl": f"urn:uuid:{at}",
            "resource": {
                "resourceType": "Basic",
                "focus": [{"reference": f"urn:uuid:{o}"} for o in others if o < len(needed)],
            },
            "request": {"method": "POST", "url": "Basic"},
        }
        for at, others in enumerate(needed)
    ]
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def test_what_is_small_enough_stays_whole() -> None:
    whole = with_ids(bundle([], [0]))

    assert split(whole, Limits(), size) == [whole]
    assert split(whole, Limits(2, size(whole)), size) == [whole]


def test_ids_begin_with_a_letter_and_references_name_type_and_id() -> None:
    first, second = with_ids(bundle([], [0]))["entry"]

    assert first["resource"]["id"] == "c0"
    assert first["request"] == {"method": "PUT", "url": "Basic/c0"}
    assert second["resource"]["focus"] == [{"reference": "Basic/c0"}]


def test_limit_of_entries_splits() -> None:
    parts = split(with_ids(bundle([], [0], [1], [0], [])), Limits(entries=2), size)

    assert [[entry["fullUrl"][-1] for entry in part["entry"]] for part in parts] == [["0", "1"], ["2", "3"], ["4"]]


def test_a_circle_stays_in_one_part() -> None:
    parts = split(with_ids(bundle([], [2], [1], [])), Limits(entries=2), size)

    assert [[entry["fullUrl"][-1] for entry in part["entry"]] for part in parts] == [["0"], ["1", "2"], ["3"]]


def test_a_circle_larger_than_a_part_is_refused() -> None:
    with pytest.raises(TooLarge, match="3 entries"):
        split(with_ids(bundle([1], [2], [0])), Limits(entries=2), size)


def test_an_entry_larger_than_a_part_is_refused() -> None:
    with pytest.raises(TooLarge, match="1 entry of "):
        split(with_ids(bundle([])), Limits(bytes=100), size)


@LAW
@given(st.lists(st.lists(st.integers(0, 9), max_size=3), min_size=1, max_size=10), st.integers(0, 9))
def test_parts_are_within_the_limits_and_hold_every_reference(needed: list[list[int]], room: int) -> None:
    whole = with_ids(bundle(*needed))
    limits = Limits(max(map(len, groups(whole["entry"]))) + room)

    check(whole, split(whole, limits, size), limits)


@pytest.mark.parametrize("limits", [Limits(entries=150), Limits(entries=23), Limits(bytes=50_000), Limits(50, 60_000)])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_cases_split_and_hold_every_reference(path: Path, limits: Limits) -> None:
    whole = with_ids(json.loads(path.read_text("utf-8")))

    check(whole, split(whole, limits, size), limits)


def check(whole: dict[str, Any], parts: list[dict[str, Any]], limits: Limits) -> None:
    """Every part is within the limits, nothing is lost or doubled, and no reference looks ahead."""
    known: set[str] = set()
    for part in parts:
        assert limits.hold(len(part["entry"]), size(part))
        known |= {entry["request"]["url"] for entry in part["entry"]}
        assert {name for entry in part["entry"] for _, name in references(entry["resource"])} <= known
    entries = [entry for part in parts for entry in part["entry"]]
    assert sorted(map(json.dumps, entries)) == sorted(map(json.dumps, whole["entry"]))
