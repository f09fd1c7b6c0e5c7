"""What a resource gets so that it fits a profile; whether it does is asked in tests/conformance."""

import json
from typing import Any

import pytest
from tests.cli.console import call
from tests.mutated import SEEDS

import casefhir
from casefhir.export import Options
from casefhir.guides import NAMES, conforming, guide
from casefhir.guides.profile import CONDITIONS, DEMANDS, read

UNKNOWN = {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]}
HEADER = "type\tcode\tprofile\tasks\tsource\n"


def resources(*guides: str) -> list[dict[str, Any]]:
    document = casefhir.convert(SEEDS["every key"], options=Options("collection", "put", guides)).document
    return [entry["resource"] for entry in document["entry"]]


def claims(resource: dict[str, Any]) -> list[str]:
    return [url.rpartition("/")[2] for url in resource.get("meta", {}).get("profile", [])]


def test_without_a_guide_no_profile_is_claimed() -> None:
    assert not any(claims(resource) for resource in resources())


@pytest.mark.parametrize("name", NAMES)
def test_every_profile_of_a_guide_is_claimed(name: str) -> None:
    claimed = {url for resource in resources(name) for url in resource["meta"].get("profile", [])}

    assert claimed == {profile.url for profile in guide(name)}


def test_both_guides_may_be_claimed() -> None:
    both = ["Observation-results-laboratory-pathology-uv-ips", "variant"]

    assert both in [claims(resource) for resource in resources(*NAMES)]


def test_what_was_there_stays_and_what_is_new_is_unknown() -> None:
    for plain, fitted in zip(resources(), resources(*NAMES), strict=True):
        added = {name: value for name, value in fitted.items() if plain.get(name) != value and name != "meta"}
        date = plain.get("effectiveDateTime")

        assert plain["meta"]["tag"] == fitted["meta"]["tag"]
        assert plain.keys() - fitted.keys() <= {"effectiveDateTime"}
        for name, value in added.items():
            assert json.dumps(UNKNOWN)[1:-1] in json.dumps(value) or (
                name == "effectivePeriod" and value == {"start": date, "end": date}
            )


def test_every_word_of_the_files_is_used() -> None:
    asked = {word for name in NAMES for profile in guide(name) for word in profile.asks}

    assert asked == {*DEMANDS, *CONDITIONS}


@pytest.mark.parametrize(
    ("effective", "expected"),
    [
        ({}, {"effectivePeriod": {"_start": UNKNOWN}}),
        ({"effectiveDateTime": "2020-06"}, {"effectivePeriod": {"start": "2020-06", "end": "2020-06"}}),
        ({"effectiveDateTime": "2020-06-12"}, {"effectiveDateTime": "2020-06-12"}),
        ({"effectivePeriod": {"start": "2020"}}, {"effectivePeriod": {"start": "2020"}}),
    ],
)
def test_a_profile_of_days_gets_days_or_periods(effective: dict[str, Any], expected: dict[str, Any]) -> None:
    image = {"resourceType": "Observation", "category": [{"coding": [{"code": "imaging"}]}], **effective}

    (made,) = conforming([image], ["ips"])

    assert {name: value for name, value in made.items() if value and "ffective" in name} == expected


def test_a_variant_that_is_no_hgvs_claims_nothing() -> None:
    change = {"code": {"coding": [{"code": "48004-6"}]}, "valueCodeableConcept": {"text": "a deletion in exon 3"}}
    variant = {"resourceType": "Observation", "code": {"coding": [{"code": "69548-6"}]}, "component": [change]}

    assert list(conforming([variant], ["genomics"])) == [variant]


@pytest.mark.parametrize(
    "text", ["", "type\tcode\n", f"{HEADER}Patient\t\turl\n", f"{HEADER}Patient\t\turl\tlove\tpage\n"]
)
def test_a_file_that_is_no_guide_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="guide"):
        read(text)


def test_another_name_is_refused() -> None:
    with pytest.raises(KeyError):
        guide("other")


@pytest.mark.parametrize("to", [[], ["--target", "hapi"], ["--target", "medplum"], ["--bundle", "ndjson"]])
def test_the_command_takes_guides_with_every_form(to: list[str], tmp_path: Any) -> None:
    said = call("export", SEEDS["published"], "--guide", "ips", *to, "-o", f"{tmp_path}/")

    assert said.code == 0
    written = "".join(path.read_text() for path in tmp_path.rglob("*.*json"))
    assert "Patient-uv-ips" in written


def test_the_command_knows_its_guides() -> None:
    said = call("export", SEEDS["published"], "--guide", "other")

    assert said.code == 2
    assert "'ips', 'genomics'" in said.err
