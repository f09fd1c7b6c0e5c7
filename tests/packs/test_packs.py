"""Packs: what comes with casefhir, and what each key of the language means."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.console import START

from casefhir.packs import FOLDER, OURS, Judged, Verdict, judged, read_pack
from casefhir.pipeline import load
from casefhir.source import read_yaml

ROOT = Path(__file__).parents[2]

HEAD = "pack: 1\nid: ours\ntitle: Ours\ntopics:\n- title: T\n  points:\n"

EVENTS = """events:
  start: {}
  surgery: {date: 2020-06-15}
  review: {date: surgery + 2 days}
  late: {date: after start}
  unplaced: {}
"""

FEVER = "findings: [{name: fever, kind: symptom, at: review}, {name: rash, kind: exam, at: surgery}]\n"
DRUGS = "treatments: [{drug: aspirin, dose: 100 mg BID PO, at: surgery}, {drug: ibuprofen, at: review}]\n"

CONDITIONS = yaml.safe_load((Path(__file__).parent / "conditions.yaml").read_text("utf-8"))


def of(pack: str, case: str | Path) -> Judged:
    read, issues = read_pack(pack.encode(), "ours.yaml")
    loaded = load(case if isinstance(case, Path) else read_yaml(case.encode(), "case.yaml"))
    assert issues == ()
    assert read
    assert loaded.chart
    return judged(read, loaded.chart, loaded.source)


def point(condition: str, case: str) -> Verdict:
    """The verdict on a point that is told if a condition holds."""
    (verdict,) = of(f"{HEAD}  - {{id: a, asks: something, reported: {condition}}}\n", START + EVENTS + case).verdicts
    return verdict


# The language


def conditions(kind: str) -> list[Any]:
    return [
        pytest.param(json.dumps(condition, default=str), group["case"], id=f"{group_id}: {condition}")
        for group_id, group in enumerate(CONDITIONS)
        for condition in group[kind]
    ]


@pytest.mark.parametrize(("condition", "case"), conditions("holds"))
def test_condition_holds(condition: str, case: str) -> None:
    verdict = point(condition, case)

    assert verdict.status == "reported"
    assert verdict.carriers


@pytest.mark.parametrize(("condition", "case"), conditions("fails"))
def test_condition_does_not_hold(condition: str, case: str) -> None:
    assert point(condition, case).status == "not reported"


PARTS = (
    f"{HEAD}  - {{id: a, asks: x, when: death, reported: vitals, partly: labs, unseen: it hides, see: [findings]}}\n"
)


@pytest.mark.parametrize(
    ("case", "status", "keys"),
    [
        ("", "does not apply", []),
        ("death: {at: review}\nvitals: [{at: review, values: {heart rate: 80 /min}}]\n", "reported", ["vitals/review"]),
        ("death: {at: review}\nlabs: [{at: review, values: {CRP: 1 mg/L}}]\n", "partly", ["labs/review"]),
        ("death: {at: review}\nfindings: [{name: rash, at: review}]\n", "not judged", ["findings/rash/review"]),
        ("death: {at: review}\n", "not judged", []),
    ],
)
def test_status_goes_from_what_is_told_to_what_cannot_be_seen(case: str, status: str, keys: list[str]) -> None:
    (verdict,) = of(PARTS, START + EVENTS + case).verdicts

    assert (verdict.status, [carrier.key for carrier in verdict.carriers]) == (status, keys)


def test_carriers_have_their_place_and_each_record_stands_once() -> None:
    verdict = point("{in: [findings.name, findings.kind, article.keywords, patient.sex]}", FEVER)
    lines = (START + EVENTS + FEVER).splitlines()

    assert [carrier.key for carrier in verdict.carriers] == [
        "patient.sex",
        "findings/fever/review",
        "findings/rash/surgery",
    ]
    for carrier, word in zip(verdict.carriers, ["sex: male", "name: fever", "name: rash"], strict=True):
        assert carrier.file == "case.yaml"
        assert lines[carrier.mark.line - 1][carrier.mark.column - 1 :].startswith(word)


def test_what_lacks_the_keys_that_every_record_must_have_is_named() -> None:
    verdict = point("{in: treatments, every: true, has: [dose]}", DRUGS)

    assert [carrier.key for carrier in verdict.lacking] == ["treatments/ibuprofen/review"]


# What comes with casefhir


@pytest.mark.parametrize("name", OURS)
def test_pack_of_ours_is_without_fault_and_names_its_source(name: str) -> None:
    pack, issues = read_pack((FOLDER / f"{name}.yaml").read_bytes(), name)

    assert issues == ()
    assert pack
    assert (pack.id, bool(pack.source)) == (name, True)


def test_care_has_its_13_items_and_30_sub_items() -> None:
    pack, _ = read_pack((FOLDER / "care.yaml").read_bytes(), "care")
    assert pack

    assert [topic.id for topic in pack.topics] == [str(number) for number in range(1, 14)]
    assert [point.id for topic in pack.topics for point in topic.points] == (
        "1 2 3a 3b 3c 3d 4 5a 5b 5c 5d 6 7 8a 8b 8c 8d 9a 9b 9c 10a 10b 10c 10d 11a 11b 11c 11d 12 13".split()
    )


@pytest.mark.parametrize("name", OURS)
def test_every_point_that_a_file_can_tell_is_told_by_some_case(name: str) -> None:
    """Of a condition that never holds nobody would know."""
    pack = (FOLDER / f"{name}.yaml").read_text("utf-8")
    more = [ROOT / "tests" / "every_key.yaml", *(Path(__file__).parent / "more").glob("*.yaml")]
    cases = [*(ROOT / "cases").glob("*.yaml"), *more]
    verdicts = [verdict for case in cases for verdict in of(pack, case).verdicts]
    told = {(verdict.point.id, verdict.status) for verdict in verdicts}

    can = {(point.id, "reported") for point in (verdict.point for verdict in verdicts) if point.reported}
    can |= {(point.id, "partly") for point in (verdict.point for verdict in verdicts) if point.partly}

    assert can - told == set()


CARE = {
    "bruton-xla-btk": "p ? ????? RRR? R ? R?p? RR- Rp?- ???? - p",
    "colon-adenocarcinoma-gist": "p ? ????? RRpp R ? R?RR R?- RR?R ???? - -",
    "congenital-cmv-preterm": "p ? ????? Rpp? R ? R?p? RRR RRp- ???? - -",
    "dihs-carbamazepine-child": "R ? ????? RRpp R ? R?p? RpR RRpR ???? - -",
    "hellp-hepatic-infarction": "p ? ????? RRp? R ? R?R? RpR RR?- ???? - -",
    "sjia-tocilizumab-tofacitinib": "R R ????? RR-R R ? RpR? RpR RRpR ???R - R",
    "sle-pth-adenoma": "R ? ????? RRp? R ? R?RR Rpp RR?- ???? - -",
}
"""The sub-items in their order, as they were read against the articles: reported, partly, not reported, not judged."""

LETTERS = {"reported": "R", "partly": "p", "not reported": "-", "not judged": "?"}


@pytest.mark.parametrize("name", CARE)
def test_care_says_of_a_published_case_what_a_reader_of_its_article_says(name: str) -> None:
    verdicts = of((FOLDER / "care.yaml").read_text("utf-8"), ROOT / "cases" / f"{name}.yaml").verdicts

    assert "".join(LETTERS[verdict.status] for verdict in verdicts) == CARE[name].replace(" ", "")
