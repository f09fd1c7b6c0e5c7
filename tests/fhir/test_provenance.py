"""Provenance: from every resource that says something of the patient a reader gets to its words, and to who said so."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import casefhir
from casefhir.article import Article, read_article

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "cases").glob("*.yaml"))

OF_THE_ARTICLE = {"Organization", "Practitioner", "PractitionerRole", "DocumentReference", "Composition", "Provenance"}
OF_THE_CODER = {"DetectedIssue"}
"""What the author of the case file says, and not the article."""

PARTS = {"BodyStructure", "RelatedPerson"}
"""What is no statement of its own: the side of a site, and who consented."""


def resources(case: Path) -> dict[str, dict[str, Any]]:
    return {entry["fullUrl"]: entry["resource"] for entry in casefhir.convert(case).document["entry"]}


def quotes(element: dict[str, Any]) -> list[str]:
    return [part["valueString"] for part in element.get("extension", ()) if part["url"].endswith("/quote")]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_each_statement_has_one_provenance_with_the_words_that_it_has_itself(case: Path) -> None:
    by_url = resources(case)
    provenances = [resource for resource in by_url.values() if resource["resourceType"] == "Provenance"]
    rests = Counter(target["reference"] for one in provenances for target in one["target"])
    words = {target["reference"]: quotes(one["entity"][0]) for one in provenances for target in one["target"]}

    said = {url for url, one in by_url.items() if one["resourceType"] not in OF_THE_ARTICLE | OF_THE_CODER | PARTS}

    assert said <= rests.keys()
    assert set(rests.values()) == {1}
    observations = [(url, one) for url, one in by_url.items() if one["resourceType"] == "Observation" and quotes(one)]
    assert observations
    assert [url for url, one in observations if quotes(one) != words[url]] == []


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_each_provenance_leads_to_the_article_and_all_its_authors(case: Path) -> None:
    by_url = resources(case)
    loaded = casefhir.load(case).case
    assert loaded

    for one in (resource for resource in by_url.values() if resource["resourceType"] == "Provenance"):
        (agent,), (entity,) = one["agent"], one["entity"]
        article = by_url[entity["what"]["reference"]]
        assert agent["who"]["display"] == f"{loaded.article.authors[0].name} et al."
        assert by_url[agent["who"]["reference"]]["name"] == [{"text": loaded.article.authors[0].name}]
        assert [who["display"] for who in article["author"]] == [author.name for author in loaded.article.authors]


@pytest.mark.parametrize(
    ("authors", "display"), [("[]", "the authors of: T"), ("[{name: A}]", "A"), ("[{name: A}, {name: B}]", "A et al.")]
)
def test_agent_is_the_first_author_and_says_whether_there_are_more(authors: str, display: str) -> None:
    case = f"casefhir: 1\nid: c\narticle: {{title: T, authors: {authors}}}\npatient: {{sex: male}}\n"

    entries = casefhir.convert(case.encode()).document["entry"]

    (one,) = (entry["resource"] for entry in entries if entry["resource"]["resourceType"] == "Provenance")
    assert [agent["who"]["display"] for agent in one["agent"]] == [display]
    assert "recorded" not in one


# With the article at hand

ARTICLE = read_article(
    b"""# An invented case

## Abstract

A girl had a painful swelling of the knees.

## Case presentation

A girl of 4 years was admitted on January 9, 2021.
She had a painful swelling of the knees.
C-reactive protein (CRP) was 96 mg/L and erythrocyte sedimentation rate (ESR) 50 mm/h.
Rheumatoid factor was negative.

| date | ferritin, ng/mL | ALT, U/L |
|---|---|---|
| 2021-01-09 | 310 | 53.3 |
| 2021-01-12 | 250 | 40.1 |
""",
    "article.md",
)

CASE = b"""casefhir: 1
id: invented-place
article: {title: An invented case, authors: [{name: A. Writer}]}
patient: {sex: female, age: 4 years, at: admission}
events: {admission: {date: 2021-01-09, encounter: inpatient, quote: "admitted on January 9, 2021"}}
findings: [{name: arthritis, at: admission, quote: "painful swelling of the knees"}]
labs:
  - at: admission
    values:
      CRP: 96 mg/L
      ESR: 50 mm/h
      rheumatoid factor: negative
tables:
  - name: values
    rows: |
      date        ferritin[ng/mL]  ALT[U/L]
      2021-01-09  310              53.3
      2021-01-12  250              40.1
"""


def places(article: Article | None) -> dict[str, tuple[str, str]]:
    """Key of a fact → the words and the place of its Provenance."""
    result = casefhir.convert(CASE, article=article)
    assert [issue for issue in result.issues if issue.severity == "error"] == []
    resources = {entry["fullUrl"]: entry["resource"] for entry in result.document["entry"]}
    found = {}
    for one in (resource for resource in resources.values() if resource["resourceType"] == "Provenance"):
        parts = {part["url"].rpartition("/")[2]: part["valueString"] for part in one["entity"][0].get("extension", ())}
        for target in one["target"]:
            key = resources[target["reference"]]["identifier"][0]["value"]
            found[key] = (parts.get("quote", ""), parts.get("place", ""))
    return found


def test_place_is_section_and_sentence_or_row() -> None:
    found = places(ARTICLE)

    assert found["findings/arthritis/admission"] == (
        "painful swelling of the knees",
        "abstract, sentence 1; case presentation, sentence 2",
    )
    assert found["events/admission"] == ("admitted on January 9, 2021", "case presentation, sentence 1")
    assert found["labs/crp/admission"] == found["labs/esr/admission"] == ("", "case presentation, sentence 3")
    assert found["tables/ferritin/2021-01-12"] == ("", "table, row 3")
    assert found["patient"] == ("", "case presentation, sentence 1")


def test_without_the_article_no_place_is_told() -> None:
    found = places(None)

    assert {place for _, place in found.values()} == {""}
    assert found.keys() == places(ARTICLE).keys()


def test_no_sentence_of_the_article_is_written() -> None:
    text = casefhir.convert(CASE, article=ARTICLE).json().decode()

    assert "erythrocyte sedimentation rate (ESR) 50 mm/h" not in text
    assert "C-reactive protein (CRP) was" not in text


def test_case_that_the_article_does_not_prove_is_not_written() -> None:
    result = casefhir.convert(CASE.replace(b"96 mg/L", b"69 mg/L"), article=ARTICLE)

    with pytest.raises(casefhir.CaseError):
        result.json()
