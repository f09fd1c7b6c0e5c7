"""The seven cases, pushed to servers that nobody here wrote: loaded, loaded again, edited, and made less."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.cli.console import call
from tests.conformance.judge import hapi_server
from tests.conformance.servers import medplum_server, sekmet_server
from tests.push.census import counts, everything, versions

from casefhir.fhir.bundle import ORDER

pytestmark = pytest.mark.long

CASES = Path(__file__).parents[2] / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.yaml"))
FEW = ["bruton-xla-btk", "dihs-carbamazepine-child"]
"""For HAPI, which takes seconds a case; all of them with --servers."""


class Loaded(NamedTuple):
    """A server that holds all cases."""

    base: str
    folder: Path
    """The cases and their receipts."""
    said: str
    names: list[str]


def loaded(base: str, folder: Path, names: list[str]) -> Loaded:
    for name in names:
        (folder / f"{name}.yaml").write_bytes((CASES / f"{name}.yaml").read_bytes())
    said = call("push", str(folder), "--server", base)
    assert (said.code, said.err) == (0, ""), said
    return Loaded(base, folder, said.out, names)


SERVERS = {
    "sekmet": sekmet_server,
    "medplum": medplum_server,
    "hapi": hapi_server,
    "hapi that validates": lambda: hapi_server(validate=True),
}
MARKS = {
    "medplum": [pytest.mark.node],
    "hapi": [pytest.mark.java],
    "hapi that validates": [pytest.mark.java, pytest.mark.servers],
}


@pytest.fixture(scope="module", params=[pytest.param(name, marks=MARKS.get(name, ())) for name in SERVERS])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    with SERVERS[request.param]() as base:
        is_slow = request.param == "hapi" and not request.config.getoption("--servers")
        yield loaded(base, tmp_path_factory.mktemp("cases"), FEW if is_slow else NAMES)


def test_every_resource_is_there_once(server: Loaded) -> None:
    expected = [
        entry["resource"]
        for name in server.names
        for entry in json.loads((CASES / f"{name}.fhir-r4.json").read_bytes())["entry"]
    ]

    assert counts(everything(server.base, ORDER)) == counts(expected)
    for name in server.names:
        assert re.search(rf"{name}.yaml → {server.base}: \d+ new$", server.said, re.MULTILINE)


def test_a_second_push_changes_nothing(server: Loaded) -> None:
    before = versions(everything(server.base, ORDER))

    said = call("push", str(server.folder), "--server", server.base)

    assert (said.code, said.err) == (0, ""), said
    assert len(re.findall(r"resources, all as they were$", said.out, re.MULTILINE)) == len(server.names)
    assert versions(everything(server.base, ORDER)) == before


def test_without_its_receipts_it_changes_nothing_either(server: Loaded) -> None:
    before = versions(everything(server.base, ORDER))

    said = call("push", str(server.folder), "--server", server.base, "--receipt", str(server.folder / "others") + "/")

    assert (said.code, said.err) == (0, ""), said
    assert versions(everything(server.base, ORDER)) == before


def test_an_edit_changes_what_was_edited_and_nothing_else(server: Loaded) -> None:
    case = server.folder / "bruton-xla-btk.yaml"
    before, exported = versions(everything(server.base, ORDER)), entries(case)
    edit(case, "weight: 11 kg", "weight: 12 kg")
    edited = {url for url in exported.keys() | entries(case).keys() if exported.get(url) != entries(case).get(url)}

    said = call("push", str(case), "--server", server.base)

    assert (said.code, said.err) == (0, ""), said
    after = versions(everything(server.base, ORDER))
    changed = [place for place in before.keys() | after.keys() if before.get(place) != after.get(place)]
    assert 1 < len(changed) == len(edited) < 10
    assert {"Observation", "Composition"} <= {place.partition("/")[0] for place in changed}


def entries(case: Path) -> dict[str, Any]:
    """What is exported of a case, by fullUrl."""
    bundle = json.loads(call("export", str(case), "-o", "-").out)
    return {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}


def edit(case: Path, old: str, new: str) -> None:
    text = case.read_text("utf-8")
    assert text.count(old) == 1
    case.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_taken_out_is_removed_and_what_is_put_back_is_there_again(server: Loaded) -> None:
    case = server.folder / "bruton-xla-btk.yaml"
    whole, before = case.read_text("utf-8"), counts(everything(server.base, ORDER))
    case.write_text(re.sub(r"(?ms)^consent:.*?(?=^\S|\Z)", "", whole), encoding="utf-8")
    assert case.read_text("utf-8") != whole

    said = call("push", str(case), "--server", server.base)

    assert (said.code, said.err) == (0, ""), said
    after = counts(everything(server.base, ORDER))
    assert before["Consent"] - after["Consent"] == 1
    case.write_text(whole, encoding="utf-8")
    assert call("push", str(case), "--server", server.base).code == 0
    assert counts(everything(server.base, ORDER)) == before
