"""The licence of an article: one spelling is asked for, and any other is kept."""

import pytest
from tests.rules.written import issues


def told(license: str) -> str:
    article = f'casefhir: 1\nid: rule\narticle: {{title: An invented case, license: "{license}"}}\n'
    found = [issue for issue in issues(article=article) if issue.rule == "article.unknown-license"]
    assert {issue.severity for issue in found} <= {"information"}
    return found[0].message if found else ""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc-by-4.0", "CC-BY-4.0"),
        ("CC BY-NC-ND 4.0", "CC-BY-NC-ND-4.0"),
        ("Creative Commons Attribution 4.0 International License", "CC-BY-4.0"),
        ("the Creative Commons Attribution-NonCommercial 4.0 licence", "CC-BY-NC-4.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/", "CC-BY-NC-SA-4.0"),
        ("CC0", "CC0-1.0"),
        ("CC0 1.0 Universal", "CC0-1.0"),
    ],
)
def test_the_name_of_the_spdx_list_is_offered(written: str, meant: str) -> None:
    assert told(written) == f"{written!r} is not the SPDX name of this licence; write {meant}"


@pytest.mark.parametrize(("written", "meant"), [("CC BY", "CC-BY-4.0"), ("Creative Commons Attribution", "CC-BY-4.0")])
def test_a_version_is_asked_for(written: str, meant: str) -> None:
    assert told(written) == f"{written!r} has no version; write {meant} if that is the one that is printed"


def test_other_words_stay() -> None:
    assert told("all rights reserved").endswith("it stays as it is written")


@pytest.mark.parametrize("written", ["CC-BY-4.0", "CC-BY-3.0-IGO", "CC0-1.0", "MIT", "LicenseRef-publisher"])
def test_no_word_is_said_of_a_name(written: str) -> None:
    assert told(written) == ""
