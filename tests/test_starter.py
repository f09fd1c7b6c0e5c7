"""The case files to begin with: a form, and one with every section; both are cases as soon as they are filled in."""

import json
import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from tools.docs.examples import blocks

import casefhir
from casefhir.schema import published_schema
from casefhir.source import read_yaml
from casefhir.starter import full_starter, is_id, starter

ROOT = Path(__file__).parents[1]
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
    told = re.findall(r"^## (.+)\n(?:##? )?([a-z-]+):", full_starter(), re.MULTILINE)

    assert told == [(section["description"].partition("\n")[0], name) for name, section in SECTIONS.items()]


def test_every_blank_is_refused_in_words_until_it_is_filled() -> None:
    text = full_starter()
    blanks = {text.count("\n", 0, blank.start()) + 1: blank[2] for blank in BLANK.finditer(text)}

    assert list(blanks.values()) == ["id", "title", "sex"]
    assert [told.partition(";")[0] for told in issues(text)] == [
        f"{line}: nothing stands under '{key}'" + (", where text is expected" if key != "sex" else "")
        for line, key in blanks.items()
    ]


@pytest.mark.parametrize("left", range(3))
def test_one_blank_that_is_left_is_refused(left: int) -> None:
    text = full_starter()
    for blank in [blank for number, blank in enumerate(BLANK.finditer(text)) if number != left]:
        text = text.replace(blank[0], filled(blank[0]))

    assert len(issues(text)) == 1


def test_only_the_blanks_have_to_be_filled() -> None:
    assert issues(filled(full_starter())) == []


def test_all_examples_can_be_taken_in_at_once() -> None:
    text = uncommented(filled(full_starter()))

    assert read_yaml(text.encode()).data == read_yaml(EXAMPLES.encode()).data


@pytest.mark.parametrize("section", SECTIONS)
def test_the_example_of_a_section_refers_only_to_what_it_names(section: str) -> None:
    """To events, and for the sections that are about other facts, to these."""
    text = uncommented(filled(full_starter()), "events", section, *NEEDED.get(section, ()))

    assert issues(text) == []


NEEDED = {"relation": ["part-of"], "treatments": ["diagnoses"], "adverse-events": ["treatments"], "doubts": ["labs"]}
"""Section → those that its example refers to."""


@pytest.mark.parametrize("made", [starter, full_starter])
def test_the_id_that_is_given_is_no_blank(made: Callable[[str], str]) -> None:
    assert "\nid: an-id\n" in made("an-id")


@pytest.mark.parametrize("id", ["2021", "true", "null", "0-0", "1e5", "x" * 64])
def test_every_id_is_read_as_text(id: str) -> None:
    assert is_id(id)
    assert read_yaml(starter(id).encode()).data["id"] == read_yaml(full_starter(id).encode()).data["id"] == id


@pytest.mark.parametrize("id", ["", "A", "a b", "-a", "a\n", "é", "x" * 65, "a_b", "a/b", "..", "a: b"])
def test_what_check_would_refuse_is_no_id(id: str) -> None:
    assert not is_id(id)
    assert issues(f"casefhir: 1\nid: {json.dumps(id)}\narticle: {{title: T}}\npatient: {{sex: male}}\n")


FORM = starter("my-first-case")
FILLED = next(block.text for block in blocks("docs/first-case.md") if block.language == "yaml")
"""What the page for a first case shows: the form, filled in."""


def places(value: Any, *path: str | int) -> Iterator[tuple[str | int, ...]]:
    """The place of every value that is no mapping and no list of mappings."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not inner or (isinstance(value, list) and isinstance(value[0], str)):
        yield path
    for step, below in inner if not isinstance(value, list) or isinstance(value[0], dict) else ():
        yield from places(below, *path, step)


def test_the_first_page_shows_the_form_filled_in() -> None:
    """If not: bring `docs/first-case.md` and `src/casefhir/starter/form.yaml` together."""
    form, filled = read_yaml(FORM.encode()).data, read_yaml(FILLED.encode()).data
    del form["events"], filled["events"]

    assert [*places(form)] == [*places(filled)]


def test_nothing_that_stands_empty_in_the_form_is_passed_over() -> None:
    """One line for each item of a section, and one for each other value."""
    data = read_yaml(FORM.encode()).data
    empty = {path[:2] for path in places(data) if value(data, path) in (None, "")}

    assert {issue.path[:2] for issue in casefhir.load(FORM.encode()).issues} == empty
    assert len(casefhir.load(FORM.encode()).issues) == len(empty)


def value(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def test_in_the_form_a_blank_follows_the_colon_of_what_stands_empty() -> None:
    lines = FORM.splitlines()
    empty = [issue.mark.line for issue in casefhir.load(FORM.encode()).issues]

    assert all(lines[line - 1].endswith((": ", '""')) for line in empty)
    assert not any(line.endswith((" ", "_")) for line in full_starter("my-first-case").splitlines())


ITEMS = re.findall(r"^(?:  # .*\n)*(  - .*\n(?:    .*\n)*)", FILLED, re.MULTILINE)


@pytest.mark.parametrize("item", ITEMS)
def test_each_item_can_go_with_its_section(item: str) -> None:
    """And nothing of what is left needs it, but the harm, which is of the drug."""
    left = re.sub(r"^[a-z-]+:\n(?=[a-z]|\Z)", "", FILLED.replace(item, ""), flags=re.MULTILINE)

    assert [told for told in issues(left) if "no treatment 'ceftriaxone'" not in told] == []


def test_the_page_for_a_first_case_is_read_in_two_minutes() -> None:
    """At 220 words a minute."""
    assert len((ROOT / "docs/first-case.md").read_text("utf-8").split()) <= 450
