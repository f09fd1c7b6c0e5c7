"""
Three hundred errors planted in the published cases → the share that a check finds, and what it misses.

    python -m tools.planted [--article FOLDER] [--missed]

The errors are those of copying: a unit swapped, a decimal point moved, a date shifted, a dose multiplied, a flag turned
round. They are chosen by a hash, so that every run plants the same. An error is found if the check says something
that it does not say of the case as it is. Without `--article` the rules have the case alone; with it, each case is
checked against the text of its article, `FOLDER/ID.txt`.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from decimal import Decimal
from functools import cache
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from casefhir.article import Article, read_article
from casefhir.pipeline import load
from casefhir.source import read_yaml

CASES = Path(__file__).parents[1] / "cases"
OF_EACH_KIND = 60
_Path = tuple[str | int, ...]
_Told = frozenset[tuple[str, str]]


class Planted(NamedTuple):
    """One error: a text of a case file, and what stands there in its place."""

    case: str
    kind: str
    path: _Path
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.case} {'/'.join(map(str, self.path))}: {self.old!r} → {self.new!r}"


def planted() -> list[Planted]:
    """The errors, as many of each kind; of the cases in turn, as far as they have places for them."""
    return [error for kind in KINDS for error in _of_kind(kind)]


def _of_kind(kind: str) -> list[Planted]:
    """Each place once before any is used again."""
    errors = dict.fromkeys(error for turn in range(_TURNS) for error in _in_turn(kind, turn))
    return list(errors)[:OF_EACH_KIND]


def _in_turn(kind: str, turn: int) -> Iterator[Planted]:
    of_cases = (sorted(_of(case, kind, turn), key=_order) for case in _cases())
    return (error for several in zip_longest(*of_cases) for error in several if error)


def _cases() -> list[str]:
    return sorted(file.stem for file in CASES.glob("*.yaml"))


def _order(error: Planted) -> str:
    return sha256(repr(error).encode()).hexdigest()


def _of(case: str, kind: str, turn: int) -> Iterator[Planted]:
    """An error of a kind for each place of a case that can have one."""
    for path, old in _texts(_data(case), ()):
        new = None if path[0] in _LEFT else KINDS[kind](path, old, turn)
        if new not in (None, old):
            yield Planted(case, kind, path, old, str(new))


_TURNS = 3
_LEFT = ("article", "doubts", "consent", "id", "casefhir")
"""What no rule holds against anything."""


@cache
def _data(case: str) -> dict[str, Any]:
    data: dict[str, Any] = read_yaml((CASES / f"{case}.yaml").read_bytes(), case).data
    return data


def _texts(value: Any, path: _Path) -> Iterator[tuple[_Path, str]]:
    match value:
        case dict():
            for key, item in value.items():
                yield from _texts(item, (*path, key))
        case list():
            for place, item in enumerate(value):
                yield from _texts(item, (*path, place))
        case str() | Decimal() | int() if not isinstance(value, bool):
            yield path, f"{value:f}" if isinstance(value, Decimal) else str(value)


_UNITS = {
    "mg/L": "g/L", "g/L": "mg/L", "g/dL": "g/L", "mg/dL": "g/L", "µg/L": "mg/L", "ng/mL": "mg/mL", "pg/mL": "ng/mL",
    "U/L": "U/mL", "IU/L": "g/L", "UI/L": "UI/mL", "UI/mL": "UI/L", "/µL": "/L", "/mm3": "/L", "x10^9/L": "x10^6/L",
    "mm/h": "mg/L", "mmHg": "kPa", "°C": "°F", "cm": "mm", "kg": "g", "g": "kg", "mg": "g", "mL": "L", "/min": "/h",
    "mg/24 h": "g/24 h", "g/day": "mg/day", "U/mL": "mg/mL", "mg/kg": "g/kg", "mg/m2": "g/m2", "%": "mg/L",
}  # fmt: skip


def _other_unit(path: _Path, old: str, _: int) -> str | None:
    if not _is_value(path):
        return None
    found = re.match(r"((?:up to |about |[<>] )?[\d./]+) ?(\S.*)", old)
    unit = next((unit for unit in sorted(_UNITS, key=len, reverse=True) if found and _begins(found[2], unit)), None)
    return f"{found[1]} {_UNITS[unit]}{found[2][len(unit) :]}" if found and unit else None


def _begins(text: str, unit: str) -> bool:
    return text == unit or text.startswith((f"{unit} ", f"{unit}/day", f"{unit}/week"))


def _moved_point(path: _Path, old: str, _: int) -> str | None:
    """A tenth of the first number, or ten times it: which of the two the hash says."""
    if path[-1] == "rows":
        return _in_a_cell(old, _tenth)
    return re.sub(r"\d+(?:\.\d+)?", lambda n: _tenth(n[0]), old, count=1) if _is_number(path, old) else None


def _in_a_cell(rows: str, changed: Callable[[str], str]) -> str:
    lines = rows.split("\n")
    line = 1 + _hash(rows) % max(len([one for one in lines if one.strip()]) - 1, 1)
    cells = list(re.finditer(r"\S+", lines[line]))
    cell = cells[1 + _hash(lines[line]) % (len(cells) - 1)]
    lines[line] = f"{lines[line][: cell.start()]}{changed(cell[0])}{lines[line][cell.end() :]}"
    return "\n".join(lines)


def _tenth(number: str) -> str:
    value = Decimal(number)
    return f"{value.scaleb(1).normalize() if _hash(number) % 2 else value.scaleb(-1):f}"


def _hash(text: str) -> int:
    return int(sha256(text.encode()).hexdigest()[:8], 16)


def _is_value(path: _Path) -> bool:
    is_lab = len(path) > 2 and path[-2] == "values" and path[0] != "treatments"
    return is_lab or (path[-1] in ("value", "height", "weight", "dosage", "dose") and path[0] != "stages")


def _is_number(path: _Path, old: str) -> bool:
    is_dose = path[-1] in ("dosage", "dose")
    return _is_value(path) and not is_dose and re.match(r"(?:up to |about |[<>] )?\d", old) is not None


def _shifted_date(path: _Path, old: str, turn: int) -> str | None:
    """Another year or month of a date, or another number of a distance, an age or a duration."""
    if path[-1] == "rows":
        return re.sub(r"(?m)^(\s*)(\d{4})", lambda year: f"{year[1]}{int(year[2]) + 1 + turn}", old, count=1)
    if path[-1] not in ("date", "at", "from", "to", "onset", "diagnosed", "resolved", "duration", "age"):
        return None
    if found := re.fullmatch(r"(\d{4})-(\d\d)(.*)", old):
        year, month, day = int(found[1]), int(found[2]), found[3]
        shifts = (f"{year + 1}-{month:02}", f"{year}-{(month + 3) % 12 + 1:02}", f"{year - 1}-{month:02}")
        return shifts[turn] + day
    if found := re.search(r"\d+(?= (?:h|hours?|days?|weeks?|months?|years?)\b)", old):
        number = int(found[0])
        return f"{old[: found.start()]}{(number + 3, number * 10, number + 1)[turn]}{old[found.end() :]}"
    return None


def _multiplied_dose(path: _Path, old: str, turn: int) -> str | None:
    if path[-1] not in ("dosage", "dose", "amount") or path[0] not in ("treatments", "procedures"):
        return None
    times = (Decimal(10), Decimal(2), Decimal("0.1"))[turn]
    changed = re.sub(r"\d+(?:\.\d+)?", lambda n: f"{(Decimal(n[0]) * times).normalize():f}", old, count=1)
    is_whole = re.match(r"\d+ doses?\b|IV every", old) is None or "." not in changed.split()[0]
    return changed if is_whole and "every 0." not in changed else None


_FLIPPED = {
    "high": "low", "low": "high", "normal": "high", "elevated": "decreased", "abnormal": "normal",
    "negative": "positive", "positive": "negative",
}  # fmt: skip


def _turned_flag(path: _Path, old: str, _: int) -> str | None:
    is_result = (_is_value(path) and path[0] not in ("treatments", "patient")) or path[-1] == "result"
    words = rf"\b(?:{'|'.join(_FLIPPED)})\b(?! <| \d)"
    return re.sub(words, lambda word: _FLIPPED[word[0]], old, count=1) if is_result else None


KINDS: dict[str, Callable[[_Path, str, int], str | None]] = {
    "unit swapped": _other_unit,
    "decimal point moved": _moved_point,
    "date shifted": _shifted_date,
    "dose multiplied": _multiplied_dose,
    "flag turned round": _turned_flag,
}
"""Kind → what becomes of a text at a place, in a first, second or third turn; None where it cannot be."""


def is_found(error: Planted, articles: Path | None = None) -> bool:
    """Whether the check of a case with an error says what it does not say of the case as it is."""
    return bool(_told(_with(error), error.case, articles) - _of_the_clean(error.case, articles))


def _with(error: Planted) -> dict[str, Any]:
    data = deepcopy(_data(error.case))
    within: Any = data
    for step in error.path[:-1]:
        within = within[step]
    within[error.path[-1]] = error.new
    return data


@cache
def _of_the_clean(case: str, articles: Path | None) -> _Told:
    return _told(_data(case), case, articles)


def _told(data: dict[str, Any], case: str, articles: Path | None) -> _Told:
    """The errors and warnings: rule and message."""
    text = json.dumps(data, ensure_ascii=False, default=lambda number: f"{number:f}").encode()
    issues = load(text, article=_article(articles / f"{case}.txt") if articles else None).issues
    return frozenset((one.rule, one.message) for one in issues if one.severity != "information")


@cache
def _article(file: Path) -> Article:
    return read_article(file)


def main() -> None:
    """Plant them, and tell how many are found; with `--missed` also which are not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--article", type=Path, metavar="FOLDER", help="a folder with the text of each article")
    parser.add_argument("--missed", action="store_true", help="list what is not found")
    arguments = parser.parse_args()
    errors = planted()
    found = {error for error in errors if is_found(error, arguments.article)}
    for kind, count in Counter(error.kind for error in errors).items():
        print(f"{kind}: {sum(error.kind == kind for error in found)} of {count} found")
    print(f"all: {len(found)} of {len(errors)} found, {100 * len(found) / len(errors):.0f} %")
    if arguments.missed:
        print("\n".join(f"missed: {error.kind}: {error}" for error in errors if error not in found))


if __name__ == "__main__":
    main()
