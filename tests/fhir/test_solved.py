"""The days that a case knows better than its printed dates: an extension, and never a finer date or a birth date."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

import casefhir

HEAD = "casefhir: 1\nid: c\narticle: {title: T}\npatient: {sex: female, age: 4 years, at: admission}\n"
EVENTS = """events:
  birth: {}
  admission: {date: 2020-06, encounter: inpatient}
  onset: {date: before admission}
  review: {date: admission + 2 weeks}
  later: {date: admission + 3 months}
  vague: {date: about 2019}
"""


def bundle(body: str, events: str = EVENTS) -> list[Any]:
    document = json.loads(casefhir.convert((HEAD + events + body + "\n").encode()).json())
    return [entry["resource"] for entry in document["entry"]]


def solved(body: str, events: str = EVENTS) -> dict[str, tuple[str | None, str | None]]:
    return dict(_solved(bundle(body, events)))


def _solved(resources: list[Any]) -> Iterator[tuple[str, tuple[str | None, str | None]]]:
    for resource in resources:
        for extension in resource.get("extension", ()):
            if extension["url"].endswith("/solved-time"):
                of, within = extension["extension"]
                yield of["valueCode"], (within["valuePeriod"].get("start"), within["valuePeriod"].get("end"))


@pytest.mark.parametrize(
    ("body", "days"),
    [
        ("findings: [{name: fever, at: review}]", {"moment": ("2020-06-09", "2020-07-20")}),
        ("findings: [{name: fever, at: onset}]", {"moment": (None, "2020-06")}),
        ("findings: [{name: fever, at: age 3 years}]", {"moment": ("2018-06-02", "2020-06-29")}),
        (
            "treatments: [{drug: aspirin, from: admission, to: review}]",
            {"end": ("2020-06-09", "2020-07-20")},
        ),
        (
            "findings: [{name: fever, at: onset..review}]",
            {"start": (None, "2020-06"), "end": ("2020-06-09", "2020-07-20")},
        ),
        (
            "diagnoses: [{name: measles, onset: onset, diagnosed: admission, resolved: review}]",
            {"onset": (None, "2020-06"), "resolved": ("2020-06-09", "2020-07-20")},
        ),
        ("history: [{name: measles, at: age 1 year}]", {"onset": ("2016-06-02", "2018-06-29")}),
        ("allergies: [{name: penicillin, at: onset}]", {"moment": (None, "2020-06")}),
        ("findings: [{name: fever, at: admission}]", {}),
        ("findings: [{name: fever, at: later}]", {}),
        ("findings: [{name: fever, at: vague}]", {}),
        ("findings: [{name: fever}]", {}),
    ],
)
def test_days_stand_beside_a_date_that_says_less(body: str, days: dict[str, tuple[str | None, str | None]]) -> None:
    assert solved(body) == days


def test_without_a_date_nothing_is_solved() -> None:
    assert solved("findings: [{name: fever, at: review}]", EVENTS.replace("date: 2020-06, ", "")) == {}


def test_the_date_in_fhir_is_as_precise_as_the_print() -> None:
    resources = bundle("findings: [{name: fever, at: review}]")
    (fever,) = (resource for resource in resources if resource.get("code", {}).get("text") == "fever")

    assert fever["effectiveDateTime"] == "2020"


@pytest.mark.parametrize("birth", ["birth", "age 0 days"])
def test_no_birth_date_is_written(birth: str) -> None:
    body = f"birth: {{at: {birth}, weight: 3000 g}}\nfindings: [{{name: jaundice, at: {birth}}}]"
    resources = bundle(body)

    assert dict(_solved(resources)) == {}
    assert all("birthDate" not in resource for resource in resources)
    assert "2015" not in json.dumps(resources)


STAY = "events: {admission: {date: 2020-06-15, to: discharge, encounter: inpatient}, discharge: {date: 2020-07-20}}\n"


@pytest.mark.parametrize("moment", ["admission", "admission + 2 days"])
def test_what_is_counted_from_the_first_day_of_a_stay_needs_no_more_than_its_date(moment: str) -> None:
    assert solved(f"findings: [{{name: fever, at: {moment}}}]", STAY) == {}


def test_what_was_before_a_stay_was_before_its_first_day() -> None:
    assert solved("treatments: [{drug: aspirin, from: before admission}]", STAY) == {"start": (None, "2020-06-15")}


def test_a_stay_may_end_at_a_distance_from_its_own_beginning() -> None:
    events = "events: {admission: {date: 2020-06, to: admission + 17 days, encounter: inpatient}}\n"

    assert solved("findings: [{name: fever, at: admission}]", events) == {"end": ("2020-06-18", "2020-07-17")}
