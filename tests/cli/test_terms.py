"""casefhir terms: what it prints of what it finds, and what its exit code says."""

import json

import pytest
from tests.cli.console import call


def test_a_name_is_told_with_its_table_other_names_codes_unit_and_bounds() -> None:
    said = call("terms", "ferritin", "--limit", "1")

    assert (said.code, said.err) == (0, "")
    first, also, code = said.out.splitlines()[:3]
    assert first == "ferritin: table labs, for labs, tables, vitals"
    assert also.startswith("  also ferritin level, serum ferritin")
    assert code == '  LOINC 2276-4 "Ferritin [Mass/volume] in Serum or Plasma", in ng/mL, possible from 0 to 1000000'


def test_words_need_no_quotes() -> None:
    assert call("terms", "joint", "ultra") == call("terms", "joint ultra")


def test_a_name_without_a_code_says_that_it_stays_text() -> None:
    assert "\n  no code, so it stays text\n" in call("terms", "joint ultrasound").out


def test_what_is_not_there_stays_text_or_has_codes_of_the_author() -> None:
    said = call("terms", "a disease of nobody else")

    assert said.code == 1
    assert said.out.startswith("no table has 'a disease of nobody else'; in a case file it stays text, or has codes of")
    assert said.err == ""


@pytest.mark.parametrize("written", ["", " ", "*", "'", "--"])
def test_no_name_is_like_what_has_no_letter(written: str) -> None:
    said = call("terms", "--", written)

    assert (said.code, said.err) == (1, "")
    assert len(said.out.splitlines()) == 1


def test_near_names_are_offered_and_are_not_what_was_looked_for() -> None:
    said = call("terms", "ferittin")

    assert said.code == 1
    assert "names like it:\nferritin: table labs" in said.out


def test_what_is_left_out_is_counted() -> None:
    said = call("terms", "pain", "--limit", "2")

    assert "more; add a word, or --table, or --limit " in said.out.splitlines()[-1]


def test_json_says_the_same() -> None:
    found = json.loads(call("terms", "--format", "json", "--table", "labs", "ferritin").out)

    assert (found["search"], found["hits"][0]["name"], found["hits"][0]["match"]) == ("ferritin", "ferritin", "name")
    assert found["hits"][0]["codes"][0] == {
        "system": "LOINC",
        "code": "2276-4",
        "display": "Ferritin [Mass/volume] in Serum or Plasma",
        "unit": "ng/mL",
        "low": 0.0,
        "high": 1000000.0,
    }
    assert found["count"] == len(found["hits"])


@pytest.mark.parametrize("arguments", [["--limit", "0", "x"], ["--limit", "x", "x"], ["--table", "units", "x"], []])
def test_wrong_use(arguments: list[str]) -> None:
    said = call("terms", *arguments)

    assert (said.code, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1


def test_a_search_cannot_move_the_cursor() -> None:
    assert call("terms", "\x1b[2J\n").out.isprintable() or "\x1b" not in call("terms", "\x1b[2J\n").out
