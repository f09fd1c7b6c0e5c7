"""Names are found through the index of their table: it is current, and a row is made only when it is asked for."""

from pathlib import Path
from typing import Any

import pytest
from tools.make_index import FOLDER, texts

from casefhir.terms import Drug, Table, terms
from casefhir.terms.names import spelled, spelled_all
from casefhir.terms.table import Rows, single

TABLES = sorted(path.stem for path in texts())


@pytest.mark.parametrize("place", texts(), ids=lambda place: place.stem)
def test_index_is_what_the_table_gives(place: Path) -> None:
    """If not: `make terms`."""
    assert place.read_text("utf-8") == texts()[place]


def test_no_index_is_of_another_table() -> None:
    assert sorted(FOLDER.iterdir()) == sorted(texts())


def table(name: str) -> Any:
    return getattr(terms(), name)


@pytest.mark.parametrize("name", TABLES)
def test_every_name_finds_its_row_in_capitals_too(name: str) -> None:
    for row in table(name).rows:
        for other in (row.name, *row.also, row.name.upper()):
            found = table(name).get(other)
            assert row in found if name == "labs" else row == found, other
            assert table(name).canonical(other) == row.name


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("written", ["", " ", "no such name", "a\nb", "\t", "zzz", "|", "aspirin\t"])
def test_what_no_table_has_finds_nothing(name: str, written: str) -> None:
    if written.strip() != "aspirin" or name != "drugs":
        assert not table(name).get(written)
        assert table(name).canonical(written) is None


def test_only_rows_that_are_asked_for_are_made() -> None:
    made: list[str] = []

    def make(cells: list[Any]) -> Drug:
        made.append(cells[0])
        return Drug._make(cells)

    drugs: Table[Drug, Drug | None] = single(Rows("drugs", make))
    found = [drugs.get(name) for name in ("TCZ", "Tocilizumab", "tocilizumab", "no drug")]

    assert [drug and drug.name for drug in found] == ["tocilizumab"] * 3 + [None]
    assert made == ["tocilizumab"]


@pytest.mark.parametrize("name", TABLES)
def test_names_are_spelled_at_once_as_one_by_one(name: str) -> None:
    names = (*table(name).names, " a  b ", "E. coli", "U.S.", "a - b", "TNF-α  x")

    assert spelled_all(names) == [spelled(written) for written in names]
