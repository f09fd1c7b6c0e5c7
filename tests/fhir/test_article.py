"""What an article declares, and who is named by it."""

import casefhir


def test_ethics_without_a_committee_name_no_organization() -> None:
    case = "casefhir: 1\nid: m\narticle: {title: x, ethics: {decision: not required}}\npatient: {sex: male}\n"
    made = casefhir.convert(case.encode())

    assert made.document is not None
    resources = [entry["resource"] for entry in made.document["entry"]]
    assert all(resource["resourceType"] != "Organization" for resource in resources)
    composition = next(resource for resource in resources if resource["resourceType"] == "Composition")
    ethics = next(section for section in composition["section"] if section["title"] == "Ethics")
    assert "not required" in ethics["text"]["div"]
