"""The output gate: passes what FHIR R4 allows, and says where a bundle breaks it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle as Oracle
from tests.conformance.broken import (
    BROKEN,
    Bundle,
    both,
    drop,
    entry,
    good,
    html,
    put,
    quantity,
    same,
)
from tests.fhir.gate_allowed import ALLOWED
from tests.fhir.gate_refused import REFUSED

from casefhir.fhir.gate import Fault, faults
from casefhir.fhir.gate.invariants import starts_before_end
from casefhir.fhir.gate.narrative import is_narrative
from casefhir.fhir.gate.units import is_ucum


def places(bundle: Bundle) -> set[str]:
    return {fault.place for fault in faults(bundle)}


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every member of a value, at any depth."""
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in members:
        yield (*path, step)
        if isinstance(inner, (dict, list)):
            yield from paths(inner, (*path, step))


def test_good_bundle_has_no_faults() -> None:
    assert list(faults(good())) == []


def test_good_bundle_loads_in_another_library() -> None:
    loaded = Oracle.model_validate_json(json.dumps(good()))

    assert len(loaded.entry or ()) == len(good()["entry"])


@pytest.mark.parametrize("name", ALLOWED)
def test_what_fhir_allows_passes(name: str) -> None:
    assert list(faults(ALLOWED[name](good()))) == []


@pytest.mark.parametrize("name", BROKEN)
def test_broken_bundle_has_faults(name: str) -> None:
    assert list(faults(BROKEN[name](good()))) != []


@pytest.mark.parametrize("name", REFUSED)
def test_fault_says_its_place(name: str) -> None:
    expected, edit = REFUSED[name]

    assert expected in places(edit(good()))


@pytest.mark.parametrize("value", [None, [], {}, "", " "], ids=repr)
def test_no_member_may_be_empty(value: Any) -> None:
    """Whatever stands anywhere, nothing may stand there instead; and no fault breaks the gate."""
    passed = [path for path in paths(good()) if not places(put(*path, value=value)(good()))]

    assert passed == []


def test_faults_come_in_the_order_of_the_entries() -> None:
    edits = both(
        drop("Composition", "title"),
        drop("Lab", "code"),
        put("Patient", "gender", value="x"),
    )

    found = [fault.place for fault in faults(edits(good()))]

    assert found == [
        "entry[2].resource.gender",
        "entry[5].resource.code",
        "entry[10].resource.title",
    ]


def test_message_names_what_was_written_and_expected() -> None:
    found = list(faults(put("Patient", "gender", value="woman")(good())))

    message = '"woman" is none of male, female, other, unknown'
    assert found == [Fault("entry[2].resource.gender", message)]


def test_known_units_are_not_looked_up() -> None:
    made_up = put("Lab", "valueQuantity", value=quantity(1, "made-up"))(good())

    assert places(made_up) == {"entry[5].resource.valueQuantity.code"}
    assert list(faults(made_up, known={"made-up"})) == []


def test_threads_look_references_up_in_their_own_bundle() -> None:
    bundles = [
        good(),
        both(same(entry("Weight", "fullUrl"), ("Lab", "subject", "reference")))(good()),
    ]
    found: dict[int, set[int]] = {0: set(), 1: set()}

    def check(number: int) -> None:
        for _ in range(50):
            found[number].add(len(places(bundles[number])))

    threads = [threading.Thread(target=check, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {0: {0}, 1: {1}}


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        ("2020", "2020", True),
        ("2020-06", "2020-06", True),
        ("2020-06", "2021", True),
        ("2020-06-12", "2020-07", True),
        ("2020-06-12", "2020-06-12", True),
        ("2020-06-12T10:00:00+02:00", "2020-06-12T08:00:00Z", True),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", True),
        ("2020-06-12T23:00:00Z", "2020-06-13", True),
        ("2021", "2020", False),
        ("2020-07", "2020-06-28", False),
        ("2020-06", "2020-06-28", False),
        ("2020-06-28", "2020-06", False),
        ("2020", "2020-06", False),
        ("2020-06-12", "2020-06-12T10:00:00Z", False),
        ("2020-06-12T10:00:00+02:00", "2020-06-12T07:00:00Z", False),
    ],
)
def test_period_starts_before_it_ends(start: str, end: str, holds: bool) -> None:
    assert starts_before_end({"start": start, "end": end}) is holds


@pytest.mark.parametrize(
    ("body", "allowed"),
    [
        ("plain text", True),
        ("5 &lt; 7 &amp; 8", True),
        ("<p>a <b>b</b><br/>c</p><p>d</p>", True),
        ('<p style="color: red">x</p>', True),
        ('<p><a href="https://doi.org/10.1000/1">x</a></p>', True),
        ('<img src="#figure" alt="x"/>', True),
        ("é – 10⁹/L &#8211;", True),
        ("&nbsp;", False),
        ("<p>x", False),
        ("<P>x</P>", False),
        ("5 < 7", False),
        ("", False),
        ("<p> </p>", False),
        ("<p><br/></p>", False),
        ("<form>x</form>", False),
        ("<iframe>x</iframe>", False),
        ('<p onmouseover="x()">x</p>', False),
        ('<a href=" JavaScript:x()">x</a>', False),
        ('<p style="background: url(http://x)">x</p>', False),
        ("<!-- x -->x", False),
        ("<?php x ?>x", False),
        ("\x00", False),
    ],
)
def test_narrative_is_the_html_that_fhir_allows(body: str, allowed: bool) -> None:
    """The schema knows plain narratives by their form, and must not differ from the parser."""
    narrative = html(body)

    assert is_narrative(narrative["div"]) is allowed
    assert (places(put("Patient", "text", value=narrative)(good())) == set()) is allowed


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("mg/L", True),
        ("10*9/L", True),
        ("[IU]/mL", True),
        ("{copies}/mL", True),
        ("mm[Hg]", True),
        ("IU/mL", False),
        ("mmHg", False),
        ("mg per L", False),
        ("", False),
    ],
)
def test_unit_is_ucum(code: str, valid: bool) -> None:
    assert is_ucum(code) is valid
