"""
The tables of names in src/casefhir/terms → src/casefhir/terms/index, in which a name is found without reading them all.

Each line has a name or other name as `fold` has it, and the first name of its row.
"""

from pathlib import Path
from typing import Any

from casefhir.terms import Table, Terms, fold, terms

FOLDER = Path(__file__).parents[1] / "src" / "casefhir" / "terms" / "index"


def texts() -> dict[Path, str]:
    """What each file says."""
    tables = {name: getattr(terms(), name) for name in vars(Terms) if not name.startswith("_")}
    return {FOLDER / f"{name}.txt": index(table) for name, table in tables.items() if isinstance(table, Table)}


def index(table: Table[Any, Any]) -> str:
    """Sorted, so that a new name is a new line and changes no other."""
    lines = {f"{fold(name)}\t{row.name}\n" for row in table.rows for name in (row.name, *row.also)}
    return "".join(sorted(lines))


def main() -> None:
    """Write them."""
    FOLDER.mkdir(exist_ok=True)
    for place, text in texts().items():
        place.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
