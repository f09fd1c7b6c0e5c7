"""Whatever a check finds no error in becomes a bundle that the output gate lets pass: every row, word and form."""

import json
from copy import deepcopy
from pathlib import Path

import pytest
from tests.mutated import DATA
from tests.totality.groups import GROUPS, checked, faults, smallest

from casefhir.chart import Chart
from casefhir.model.case import Case
from casefhir.model.engine import read
from casefhir.pipeline import load
from casefhir.terms import terms

pytestmark = pytest.mark.long

INVALID = sorted(path for path in (Path(__file__).parent / "invalid").glob("*.yaml") if path.stem[:7] != "source.")
"""Cases that can be read; some have only warnings."""


QUICK = {"every test with every result": {"share": 12}, "every name": {"one_in": 4}}
"""Groups of which the quick test takes some; tests/conformance takes more."""


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_checked_becomes_a_document(group: str) -> None:
    for inputs, loaded in checked(group, **QUICK.get(group, {})):
        found = faults(loaded)
        assert found == [], smallest(inputs, lambda part: bool(faults(part)))


@pytest.mark.parametrize("case", INVALID, ids=lambda path: path.stem)
def test_what_is_only_warned_of_becomes_a_document(case: Path) -> None:
    loaded = load(case)

    assert loaded.has_errors or faults(loaded) == []


def test_a_doubt_about_each_fact_becomes_a_document() -> None:
    data = deepcopy(DATA["every key"])
    facts = Chart(read(Case, data), terms()).facts
    data["doubts"] += [{"about": fact.key, "says": f"unsure {number}"} for number, fact in enumerate(facts)]
    loaded = load(json.dumps(data, default=str).encode())

    assert not loaded.has_errors
    assert faults(loaded) == []
