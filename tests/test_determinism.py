"""The same case gives the same bytes wherever and whenever, and the same ids in whatever order its facts stand."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.cli.console import PROGRAM, environment
from tests.mutated import DATA, SEEDS, written

import casefhir
from casefhir.export import Options, indented
from casefhir.source import read_yaml

ELSEWHERE = [
    {"PYTHONHASHSEED": "1"},
    {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "0", "TZ": "America/New_York", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONOPTIMIZE": "2"},
]


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("variables", ELSEWHERE, ids=str)
def test_same_bytes_in_other_surroundings(seed: str, variables: dict[str, str], tmp_path: Path) -> None:
    """Other hashes, time zone, language, folder and name of the file."""
    copy = tmp_path / "ü folder" / f"other{len(variables)}.yml"
    copy.parent.mkdir()
    shutil.copy(SEEDS[seed], copy)

    made = subprocess.run(
        [*PROGRAM, "export", copy.name, "-o", "-"],
        cwd=copy.parent,
        env=environment(**variables),
        capture_output=True,
        timeout=60,
        check=True,
    ).stdout

    assert made == indented(casefhir.convert(SEEDS[seed]).json())


@pytest.mark.parametrize("seed", SEEDS)
def test_same_bytes_when_called_again(seed: str) -> None:
    assert len({casefhir.convert(SEEDS[seed]).json() for _ in range(3)}) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_no_time_of_day_is_written(seed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that is asked breaks the export."""
    import time

    def asked() -> float:
        raise AssertionError("the clock was asked")

    for clock in ("time", "time_ns", "localtime", "gmtime"):
        monkeypatch.setattr(time, clock, asked)

    assert casefhir.convert(SEEDS[seed]).document


# The order of a case file says nothing


def shuffled(value: Any, random: Random) -> Any:
    """A case with the items of every list in another order; authors are in the printed order, which says something."""
    match value:
        case dict():
            return {key: item if key in ORDERED else shuffled(item, random) for key, item in value.items()}
        case list():
            items = [shuffled(item, random) for item in value]
            random.shuffle(items)
            return items
    return value


ORDERED = {"authors", "references", "figures", "part-of", "relation"}
"""Lists in the order in which the article prints them, and two of which each item belongs to one of the other."""


def reordered(value: Any, random: Random) -> Any:
    """A case with the keys of every mapping in another order."""
    match value:
        case dict():
            keys = list(value)
            random.shuffle(keys)
            return {key: reordered(value[key], random) for key in keys}
        case list():
            return [reordered(item, random) for item in value]
    return value


def statements(data: Any) -> dict[str, Any]:
    """What a case says, by the ids of its resources; the order of lists, also of those in words, says nothing."""
    document = casefhir.convert(read_yaml(written(data)), options=Options(bundle="collection")).document
    found = {entry["fullUrl"]: canonical(entry["resource"]) for entry in document["entry"]}
    assert len(found) == len(document["entry"])
    return found


def canonical(value: Any) -> Any:
    match value:
        case dict():
            return {key: canonical(item) for key, item in value.items()}
        case list():
            return sorted(map(canonical, value), key=lambda item: json.dumps(item, sort_keys=True, default=str))
        case str():
            return sorted(re.findall(r"[^\s,;·<>]+", value))
    return value


@pytest.mark.parametrize("change", [shuffled, reordered])
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("number", range(3))
def test_order_changes_no_id_and_no_statement(change: Any, seed: str, number: int) -> None:
    before, after = statements(DATA[seed]), statements(change(deepcopy(DATA[seed]), Random(number)))

    assert set(after) == set(before)
    assert {url: told for url, told in after.items() if told != before[url]} == {}


EQUALS = """\
casefhir: 1
id: equals
article: {title: T}
patient: {sex: male}
events: {visit: {date: 2021}}
findings:
- {name: fever, at: visit, severity: mild}
- {name: fever, at: visit, severity: severe}
- {name: fever, at: visit, note: a third}
labs:
- {at: visit, values: {CRP: 1 mg/L}}
- {at: visit, values: {CRP: 2 mg/L}}
treatments:
- {drug: aspirin, at: visit, dose: 100 mg PO}
- {drug: aspirin, at: visit, dose: 50 mg PO}
"""
"""Facts of the same name and moment, which only what they say tells apart."""


@pytest.mark.parametrize("number", range(5))
def test_equals_keep_their_ids(number: int) -> None:
    data = read_yaml(EQUALS.encode()).data

    assert statements(shuffled(data, Random(number))) == statements(data)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_new_fact_changes_no_other_id(seed: str) -> None:
    changed = deepcopy(DATA[seed])
    changed["findings"].insert(0, {"name": "cough", "at": "onset"})
    changed["labs"].insert(0, {"at": "onset", "values": {"sodium": "140 mmol/L"}})

    assert set(statements(DATA[seed])) < set(statements(changed))


@pytest.mark.parametrize("seed", SEEDS)
def test_another_case_has_other_ids(seed: str) -> None:
    other = DATA[seed] | {"id": "other"}

    assert not set(statements(DATA[seed])) & set(statements(other))


def texts_of(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for item in value.values():
                yield from texts_of(item)
        case list():
            for item in value:
                yield from texts_of(item)
        case str():
            yield value


def test_nothing_of_this_machine_is_written() -> None:
    for seed in SEEDS.values():
        found = list(texts_of(casefhir.convert(seed).document))

        assert not [text for text in found if str(Path.home()) in text or seed.name in text or "file:" in text]
