"""The case file to begin with: it has every section, and is a case as soon as its blanks are filled."""

import json
import re
from importlib.resources import files
from typing import Any

import pytest

import casefhir
from casefhir.schema import published_schema
from casefhir.source import read_yaml
from casefhir.starter import is_id, starter

SECTIONS: dict[str, Any] = published_schema()["properties"]
EXAMPLES = files("casefhir.starter").joinpath("examples.yaml").read_text(encoding="utf-8")
BLANK = re.compile(r"^( *)([a-z-]+):  # fill in(?:, e\.g\. (.*)|: (\w+).*)$", re.MULTILINE)


def filled(text: str) -> str:
    """A starter with each blank filled as its comment says."""
    return BLANK.sub(lambda blank: f"{blank[1]}{blank[2]}: {blank[3] or blank[4]}", text)


def uncommented(text: str, *sections: str) -> str:
    """A starter with the examples of some sections taken in, or of all."""
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    return "".join(
        re.sub("^( *)# ", r"\1", part, flags=re.MULTILINE)
        if not sections or re.search(rf"^(?:# )?(?:{'|'.join(sections)}):", part, re.MULTILINE)
        else part
        for part in parts
    )


def issues(text: str) -> list[str]:
    found = casefhir.load(text.encode()).issues
    return [f"{issue.mark.line}: {issue.message}" for issue in found if issue.severity != "information"]


def test_examples_have_every_section() -> None:
    """If not: write an example of the new section into `src/casefhir/starter/examples.yaml`."""
    assert set(read_yaml(EXAMPLES.encode()).data) == set(SECTIONS) - {"include"}  # names a file, which is not there


def test_examples_are_a_case_without_fault() -> None:
    assert issues(EXAMPLES) == []
    assert casefhir.convert(EXAMPLES.encode()).document


def test_every_section_stands_there_after_what_it_is_for() -> None:
    told = re.findall(r"^## (.+)\n(?:##? )?([a-z-]+):", starter(), re.MULTILINE)

    assert told == [(section["description"].partition("\n")[0], name) for name, section in SECTIONS.items()]


def test_every_blank_is_refused_in_words_until_it_is_filled() -> None:
    text = starter()
    blanks = {text.count("\n", 0, blank.start()) + 1: blank[2] for blank in BLANK.finditer(text)}

    assert list(blanks.values()) == ["id", "title", "sex"]
    assert [told.partition(";")[0] for told in issues(text)] == [
        f"{line}: nothing stands under '{key}'" + (", where text is expected" if key != "sex" else "")
        for line, key in blanks.items()
    ]


@pytest.mark.parametrize("left", range(3))
def test_one_blank_that_is_left_is_refused(left: int) -> None:
    text = starter()
    for blank in [blank for number, blank in enumerate(BLANK.finditer(text)) if number != left]:
        text = text.replace(blank[0], filled(blank[0]))

    assert len(issues(text)) == 1


def test_only_the_blanks_have_to_be_filled() -> None:
    assert issues(filled(starter())) == []


def test_all_examples_can_be_taken_in_at_once() -> None:
    text = uncommented(filled(starter()))

    assert read_yaml(text.encode()).data == read_yaml(EXAMPLES.encode()).data


@pytest.mark.parametrize("section", SECTIONS)
def test_the_example_of_a_section_refers_only_to_what_it_names(section: str) -> None:
    """To events, and for the sections that are about other facts, to these."""
    text = uncommented(filled(starter()), "events", section, *NEEDED.get(section, ()))

    assert issues(text) == []


NEEDED = {"relation": ["part-of"], "treatments": ["diagnoses"], "adverse-events": ["treatments"], "doubts": ["labs"]}
"""Section → those that its example refers to."""


def test_the_id_that_is_given_is_no_blank() -> None:
    assert "\nid: an-id\n" in starter("an-id")


@pytest.mark.parametrize("id", ["2021", "true", "null", "0-0", "1e5", "x" * 64])
def test_every_id_is_read_as_text(id: str) -> None:
    assert is_id(id)
    assert read_yaml(starter(id).encode()).data["id"] == id


@pytest.mark.parametrize("id", ["", "A", "a b", "-a", "a\n", "é", "x" * 65, "a_b", "a/b", "..", "a: b"])
def test_what_check_would_refuse_is_no_id(id: str) -> None:
    assert not is_id(id)
    assert issues(f"casefhir: 1\nid: {json.dumps(id)}\narticle: {{title: T}}\npatient: {{sex: male}}\n")
