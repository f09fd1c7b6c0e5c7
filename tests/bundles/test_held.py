"""What a server cannot hold: left out, and referred to by identifier."""

from typing import Any

from casefhir.bundles import held
from casefhir.targets import target

DRUG = "urn:uuid:1"


def entry(url: str, type: str, **members: Any) -> dict[str, Any]:
    return {"fullUrl": url, "resource": {"resourceType": type, **members}, "request": {"method": "POST", "url": type}}


def bundle(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "transaction", "entry": list(entries)}


NAMED = entry(DRUG, "MedicationStatement", identifier=[{"system": "urn:uuid:a", "value": "treatments/tocilizumab"}])
NAMELESS = entry("urn:uuid:2", "Provenance")
COURSE = entry("urn:uuid:3", "Observation", focus=[{"reference": DRUG, "display": "tocilizumab"}])
REFERRING = entry("urn:uuid:4", "Observation", focus=[{"reference": "urn:uuid:2"}], value=1)


def test_what_a_server_holds_stays_as_it_is() -> None:
    whole = bundle(NAMED, NAMELESS, COURSE)

    found = held(whole, target("hapi"))

    assert found.bundle is whole
    assert found.left_out == []


def test_what_it_cannot_create_is_left_out_and_named_by_its_identifier() -> None:
    found = held(bundle(NAMED, COURSE), target("openmrs"))

    assert found.left_out == [NAMED["resource"]]
    assert [kept["resource"]["focus"] for kept in found.bundle["entry"]] == [
        [
            {
                "type": "MedicationStatement",
                "identifier": {"system": "urn:uuid:a", "value": "treatments/tocilizumab"},
                "display": "tocilizumab",
            }
        ]
    ]


def test_what_has_no_identifier_is_named_by_its_type() -> None:
    found = held(bundle(NAMELESS, REFERRING), target("openmrs"))

    assert [kept["resource"]["focus"] for kept in found.bundle["entry"]] == [
        [{"type": "Provenance", "display": "Provenance"}]
    ]
