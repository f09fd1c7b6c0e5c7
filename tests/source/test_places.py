"""Where everything stands: the line and column of keys, list items and single characters of a text."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefhir.source import Mark, Path, Source, SourceError, read_yaml


def read_text(text: str) -> Source:
    return read_yaml(text.encode())


CASE = """\
# é before
a: 1
list:
- x
-   y: 5
    "quoted key" : 6
-
-  - inner
flow: {b: [1, {c: d}], "é ü": e, 𝔘: f, g: h}
empty:
  ? asked
  : answer
rows: |

  date   IL-6
  onset  7
plain: two
  lines
"""


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ((), (2, 1)),
        (("a",), (2, 1)),
        (("list",), (3, 1)),
        (("list", 0), (4, 3)),
        (("list", 1), (5, 5)),
        (("list", 1, "y"), (5, 5)),
        (("list", 1, "quoted key"), (6, 5)),
        (("list", 2), (7, 2)),
        (("list", 3), (8, 4)),
        (("list", 3, 0), (8, 6)),
        (("flow", "b"), (9, 8)),
        (("flow", "b", 0), (9, 12)),
        (("flow", "b", 1, "c"), (9, 16)),
        (("flow", "é ü"), (9, 24)),
        (("flow", "𝔘"), (9, 34)),
        (("flow", "g"), (9, 40)),
        (("empty", "asked"), (11, 5)),
        # inside a text: the line and the offset of its value
        (("rows", 1, 0), (15, 3)),
        (("rows", 1, 7), (15, 10)),
        (("rows", 2, 7), (16, 10)),
        (("plain", 0, 0), (17, 8)),
        (("plain", 0, 4), (18, 3)),
        (("flow", "é ü", 0, 0), (9, 31)),
        # what is not written: its nearest ancestor
        (("b",), (2, 1)),
        (("list", 1, "z"), (5, 5)),
        (("list", 9), (3, 1)),
        (("list", 1, "y", "z", "w"), (5, 5)),
        (("a", 0), (2, 1)),
        (("flow", "b", 1, "c", 0, 99), (9, 20)),
    ],
)
@pytest.mark.parametrize(
    "changed", [str, lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t], ids=["lf", "crlf", "bom"]
)
def test_place(path: Path, mark: tuple[int, int], changed: Callable[[str], str]) -> None:
    assert read_text(changed(CASE)).locate(path) == mark


SIGN = "§"
pieces = st.lists(st.sampled_from(["x", "é", "𝔘", " ", "  ", "\n", "\n\n", ",", "'", '"', "\\"]), max_size=12).map(
    "".join
)


def written_block(text: str, random: random.Random) -> str:
    indent, chomp = " " * random.randint(1, 4), random.choice(["", "-", "+"])
    lines = "\n".join(indent + line if line else random.choice(["", indent]) for line in text.split("\n"))
    return f"|{random.choice(['', len(indent)])}{chomp}\n{lines}\n"


def written_single(text: str, random: random.Random) -> str:
    return "'" + text.replace("'", "''").replace("\n", "\n\n ") + "'"


def written_double(text: str, random: random.Random) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "é": random.choice(["\\xe9", "\\u00e9", "é"]), "𝔘": "\\U0001d518"}
    written = "".join(escapes.get(character, character) for character in text)
    return '"' + written.replace("  ", random.choice([" \\\n  \\ ", "  "])) + '"'


@pytest.mark.parametrize("written", [written_block, written_single, written_double])
@given(before=pieces, after=pieces, seed=st.integers(0, 99))
def test_place_of_each_character_of_a_text(
    written: Callable[[str, random.Random], str], before: str, after: str, seed: int
) -> None:
    """A sign that stands once in the file and once in a value: its offset in the value leads to it in the file."""
    if written is written_block and not before.strip():
        before = "x" + before
    text = f"é:\n - b: {written(before + SIGN + after, random.Random(seed))}\n"
    try:
        source = read_text(text)
    except SourceError:  # the pieces do not always make good YAML
        return
    value = source.data["é"][0]["b"]
    if value.count(SIGN) != 1:
        return
    lines = value[: value.index(SIGN)].split("\n")
    line, column = text[: text.index(SIGN)].count("\n") + 1, len(text[: text.index(SIGN)].split("\n")[-1]) + 1

    assert source.locate(("é", 0, "b", len(lines) - 1, len(lines[-1]))) == (line, column)


@given(before=pieces, after=pieces)
def test_place_of_each_character_of_an_unquoted_text(before: str, after: str) -> None:
    text = "a: x" + (before + SIGN + after).replace("\n", "\n  ") + "\n"
    source = read_text(text)
    value = source.data["a"]
    lines = value[: value.index(SIGN)].split("\n")
    offset = text.index(SIGN)

    mark = Mark(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
    assert source.locate(("a", len(lines) - 1, len(lines[-1]))) == mark


def test_text_folded_into_other_lines_is_found_where_it_begins() -> None:
    assert read_text("a:\n  b: >\n    c\n    d\n").locate(("a", "b", 0, 2)) == (2, 3)
