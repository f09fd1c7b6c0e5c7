"""The order in which entries can be stored."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefhir.bundles import groups, references, renamed

CASES = sorted((Path(__file__).parents[2] / "cases").glob("*.fhir-r4.json"))

LAW = settings(derandomize=True, deadline=None, database=None)


def entries(*needed: list[int]) -> list[dict[str, Any]]:
    """Entries that refer to others by their positions."""
    return [
        {"fullUrl": f"urn:uuid:{at}", "resource": {"focus": [{"reference": f"urn:uuid:{other}"} for other in others]}}
        for at, others in enumerate(needed)
    ]


def test_entries_without_references_stay_in_their_order() -> None:
    assert groups(entries([], [], [])) == [[0], [1], [2]]


def test_what_is_referred_to_comes_first_and_the_rest_stays() -> None:
    assert groups(entries([2], [], [1])) == [[1], [2], [0]]


def test_a_circle_is_one_group() -> None:
    assert groups(entries([1], [2], [0, 3], [], [0])) == [[3], [0, 1, 2], [4]]


def test_two_circles_that_share_an_entry_are_one_group() -> None:
    assert groups(entries([1], [0, 2], [1])) == [[0, 1, 2]]


def test_a_reference_to_itself_or_to_nothing_counts_for_nothing() -> None:
    assert groups(entries([0], [7])) == [[0], [1]]


@LAW
@given(st.lists(st.lists(st.integers(0, 11), max_size=4), max_size=12))
def test_every_entry_stands_in_one_group_after_those_that_it_needs(needed: list[list[int]]) -> None:
    found = groups(entries(*needed))

    assert sorted(at for group in found for at in group) == list(range(len(needed)))
    rank = {at: number for number, group in enumerate(found) for at in group}
    assert all(rank[other] <= rank[at] for at, others in enumerate(needed) for other in others if other in rank)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_case_has_a_circle(path: Path) -> None:
    bundle = json.loads(path.read_text("utf-8"))

    assert {len(group) for group in groups(bundle["entry"])} == {1}


def test_references_are_found_at_any_depth_with_their_place() -> None:
    resource = {"a": [{"b": {"reference": "Patient/1"}}], "reference": "x", "c": {"reference": 5}}

    assert list(references(resource)) == [(("a", 0, "b", "reference"), "Patient/1"), (("reference",), "x")]


def test_references_alone_are_renamed() -> None:
    resource = {"a": [{"reference": "old"}], "text": "old", "n": 85, "b": {"reference": "other"}}

    assert renamed(resource, {"old": "new"}) == {
        "a": [{"reference": "new"}],
        "text": "old",
        "n": 85,
        "b": {"reference": "other"},
    }
