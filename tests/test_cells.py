"""What `cells:` says of a table becomes part of the value of each cell that it is about, and moves no key."""

from typing import Any

from tests.rules.written import alarms

import casefhir

HEAD = """casefhir: 1
id: invented
article: {title: An invented case}
patient: {sex: female}
"""
TABLE = """tables:
  - name: blood counts
    rows: |
      date        CRP[mg/L]  IL-6[pg/mL]  prednisolone[mg/day]  blood-film
      2021-01-09  96H        412.5        30                    -
      2021-01-12  31         -            20                    neg
"""


def resources(*cells: str) -> dict[str, dict[str, Any]]:
    """The resources of the table with some items of `cells:`, by their keys."""
    said = "    cells:\n" + "".join(f"      - {cell}\n" for cell in cells) if cells else ""
    result = casefhir.convert(f"{HEAD}{TABLE}{said}".encode())
    assert not [issue for issue in result.issues if issue.severity != "information"]
    entries = [{**entry["resource"], "fullUrl": entry["fullUrl"]} for entry in result.document["entry"]]
    return {one["identifier"][0]["value"]: one for one in entries if isinstance(one.get("identifier"), list)}


def notes(resource: dict[str, Any]) -> list[str]:
    return [note["text"] for note in resource.get("note", ())]


def test_a_misprint_of_a_cell_is_beside_what_is_meant() -> None:
    crp = resources("{row: 2021-01-09, column: CRP, printed: 960, why: 96 is told in the text}")[
        "tables/crp/2021-01-09"
    ]

    assert str(crp["valueQuantity"]["value"]) == "96"
    assert [one["valueString"] for one in crp["extension"]] == ["960"]
    assert notes(crp) == ["printed as 960: 96 is told in the text"]


def test_a_misprinted_unit_of_a_column_is_that_of_each_number() -> None:
    found = resources("{column: CRP, printed: g/L, why: not possible}")

    printed = [found[f"tables/crp/2021-01-{day}"]["extension"][0]["valueString"] for day in ("09", "12")]
    assert printed == ["96 g/L", "31 g/L"]


def test_a_contradiction_of_a_cell_is_a_detected_issue() -> None:
    found = resources("{row: 2021-01-12, column: CRP, conflict: {says: 13 mg/L, where: discussion}}")

    issue = found["conflicts/tables/crp/2021-01-12"]
    assert issue["detail"] == "discussion says: 13 mg/L"
    assert [one["reference"] for one in issue["implicated"]] == [found["tables/crp/2021-01-12"]["fullUrl"]]


def test_what_is_said_of_a_cell_takes_the_place_of_what_is_said_of_its_column() -> None:
    found = resources("{row: 2021-01-12, column: crp, method: by hand}", "{column: CRP, method: nephelometry}")

    methods = [found[f"tables/crp/2021-01-{day}"]["method"]["text"] for day in ("09", "12")]
    assert methods == ["nephelometry", "by hand"]


def test_a_cell_that_was_not_measured_is_told_where_something_is_said_of_it() -> None:
    assert "tables/il-6/2021-01-12" not in resources()

    found = resources("{row: 2021-01-12, column: IL-6, note: haemolysed}")["tables/il-6/2021-01-12"]
    assert found["dataAbsentReason"]["coding"][0]["code"] == "not-performed"
    assert notes(found) == ["haemolysed"]


def test_a_column_says_nothing_of_what_was_not_measured() -> None:
    assert "tables/il-6/2021-01-12" not in resources("{column: IL-6, method: ELISA}")


def test_free_words_stand_beside_a_dash() -> None:
    found = resources("{row: 2021-01-09, column: blood film, text: a few blasts}")

    assert found["tables/peripheral-blood-smear/2021-01-09"]["valueString"] == "a few blasts"


def test_a_dose_has_its_print_and_its_note() -> None:
    found = resources("{row: 2021-01-09, column: prednisolone, printed: 300, why: 30 is told, note: with food}")

    dose = found["tables/prednisolone/2021-01-09"]
    assert dose["resourceType"] == "MedicationStatement"
    assert [one["valueString"] for one in dose["extension"]] == ["300"]
    assert {"30 is told", "with food"} <= {*notes(dose)}


def test_keys_and_ids_are_those_of_the_bare_table() -> None:
    bare = {key: one["fullUrl"] for key, one in resources().items()}
    told = resources("{column: CRP, method: nephelometry}", "{row: 2021-01-09, column: CRP, note: early}")

    assert {key: told[key]["fullUrl"] for key in bare} == bare


def test_an_id_of_a_cell_is_its_key() -> None:
    assert "tables/first-crp" in resources("{row: 2021-01-09, column: CRP, id: first-crp}")


def test_a_code_of_a_column_stands_in_place_of_that_of_its_name() -> None:
    crp = resources("{column: CRP, code: LOINC 30522-7}")["tables/crp/2021-01-09"]

    assert [coding["code"] for coding in crp["code"]["coding"]] == ["30522-7"]


def test_a_quote_with_another_amount_is_told_and_a_footnote_is_not() -> None:
    def told(quote: str) -> dict[str, str]:
        return alarms(f"{TABLE}    cells:\n      - {{row: 2021-01-12, column: CRP, quote: {quote}}}")

    assert set(told("CRP fell to 13 mg/L")) == {"quotes.other-number"}
    assert not told("2 h after a transfusion")
    assert not told("CRP fell to 31 mg/L")
