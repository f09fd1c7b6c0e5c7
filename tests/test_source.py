"""Reading: what a text means, where each of its parts stands, and what is refused in which words and where."""

import random
import sys
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from yaml import BaseLoader, YAMLError
from yaml.cyaml import CParser
from yaml.events import CollectionEndEvent, CollectionStartEvent, StreamEndEvent

from casefhir.source import MAX_BYTES, MAX_DEPTH, Mark, Path, Source, SourceError, read, read_yaml


def read_text(text: str) -> Source:
    return read_yaml(text.encode())


def refusal(raw: str | bytes) -> SourceError:
    """How a text is refused."""
    with pytest.raises(SourceError) as caught:
        read_yaml(raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass"))
    return caught.value


# What a text means


@pytest.mark.parametrize(
    ("written", "value"),
    [
        # nothing
        ("", None),
        ("~", None),
        ("null", None),
        ("# a remark", None),
        # true and false; what YAML 1.1 takes for them is text
        ("true", True),
        ("false", False),
        *[(word, word) for word in "no No NO yes on off y n True TRUE False Null NULL".split()],
        # whole numbers
        ("0", 0),
        ("5", 5),
        ("-12", -12),
        ("123456789012345678", 123456789012345678),
        ("1234567890123456789", Decimal("1234567890123456789")),
        # numbers with a point keep their digits
        ("85.00", Decimal("85.00")),
        ("-0.50", Decimal("-0.50")),
        ("0.0", Decimal("0.0")),
        # what only looks like a number, a time or a date is text
        *[
            (text, text)
            for text in "1:30 010 00 1e5 1E5 1.5e3 +1 .5 5. 1. - -- 1_000 0x1F 0o17 .inf .nan -.5 = 1,5".split()
        ],
        *[(text, text) for text in ("2024-01-02", "2024-01", "2021-01-09T10:00:00Z", "10:20:30", "1.2.3", "--5")],
        # units, dates and flags as reports print them
        *[(text, text) for text in ("39.5 °C", "a:b", "http://x.org/a#b", "a#b", "5'", 'the 12" rule', "a, b", "x%")],
        ("text   # a remark", "text"),
        ("two\n  lines", "two lines"),
        # quoted: always text
        ('"5"', "5"),
        ("'true'", "true"),
        ('""', ""),
        ("'it''s'", "it's"),
        (r'"a\tb\u00e9\\"', "a\tb\u00e9\\"),
        ('"> 4 h"', "> 4 h"),
        ("'*'", "*"),
        ('"two\n  lines\n\n  and a third"', "two lines\nand a third"),
        # blocks
        ("|\n  1\n   2\n", "1\n 2\n"),
        ("|-\n  1\n", "1"),
        (">\n  a\n  b\n", "a b\n"),
        # collections
        ("[]", []),
        ("{}", {}),
        ("[a, [b, {c: 1}]]", ["a", ["b", {"c": 1}]]),
        ("\n- a\n-\n- - b\n  - c", ["a", None, ["b", "c"]]),
        ("\n  b:\n  - c\n  d:", {"b": ["c"], "d": None}),
        ("{b, c: , d: 1,}", {"b": None, "c": None, "d": 1}),
    ],
)
def test_value(written: str, value: Any) -> None:
    read = read_text(f"a: {written}").data["a"]

    assert (read, type(read)) == (value, type(value))
    assert str(read) == str(value)  # 85.00 == 85.0


@pytest.mark.parametrize(
    "key", ["no", "2021-01-09", "5", "1.50", "null", "~", "true", "IL-6", "TNF-α", '"no"', "? no\n"]
)
def test_key_is_always_text(key: str) -> None:
    (read,) = read_text(f"{key}: 1").data

    assert read == key.strip('?" \n')


@pytest.mark.parametrize(
    "text", ["a: é\nb: [1]\n", "---\na: é\nb: [1]\n...\n", "# x\n\na: é\nb: [1]", "%\n".replace("%", "a: é\nb:\n- 1")]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
def test_line_ends_and_byte_order_mark_mean_nothing(text: str, line_end: str, mark: str) -> None:
    source = read_text(mark + text.replace("\n", line_end))

    assert source.data == {"a": "é", "b": [1]}
    assert source.locate(("b",)) == read_text(text).locate(("b",))


@given(st.decimals(allow_nan=False, allow_infinity=False).map(lambda d: f"{d:f}"))
def test_every_number_keeps_its_digits(number: str) -> None:
    assert str(read_text(f"a: {number}").data["a"]) == (number if number != "-0" else "0")


plain_texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=40)
"""Texts of all scripts; some of them hold characters that are refused."""


@given(st.recursive(plain_texts, lambda inner: st.lists(inner) | st.dictionaries(plain_texts, inner), max_leaves=8))
def test_quoted_json_is_read_as_it_is(value: Any) -> None:
    """What another program writes as JSON is read, or refused in words; it never means something else."""
    import json

    try:
        read = read_text(json.dumps({"a": value}, ensure_ascii=False)).data["a"]
    except SourceError as error:
        assert "cannot be seen" in error.message or "merge key" in error.message or "begins a new line" in error.message
    else:
        assert read == value


# Where everything stands

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


# What is refused

LONG = "x" * 2_000


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        # nothing to read
        ("", 1, 1, "the file is empty"),
        ("\ufeff", 1, 1, "the file is empty"),
        (" \n\n", 1, 1, "the file is empty"),
        ("# a remark\n# another\n", 1, 1, "the file is empty"),
        ("---\n", 1, 1, "the file is empty"),
        ("---\n...\n", 1, 1, "the file is empty"),
        ("- a", 1, 1, "a case file consists of keys and values"),
        ("\n\n  just text", 3, 3, "a case file consists of keys and values"),
        ("casefhir:1", 1, 1, "a blank follows each ':'"),
        ("[a: 1]", 1, 1, "a case file consists of keys and values"),
        # keys
        ("a: 1\nb: 2\na: 3", 3, 1, "the key 'a' is written twice, first on line 1"),
        ("a: 1\n'a': 2", 2, 1, "the key 'a' is written twice"),
        ("a:\n  b:\n  - c: 1\n    d: 2\n    c: 3", 5, 5, "the key 'c' is written twice, first on line 3"),
        ("a: {b: 1, é: {c: 1, c: 2}}", 1, 21, "the key 'c' is written twice, first on line 1"),
        ("a:\n  - {b: 1,\n     b: 1}", 3, 6, "the key 'b' is written twice, first on line 2"),
        ("1: a\n'1': b", 2, 1, "the key '1' is written twice"),
        ("? [a, b]\n: c", 1, 3, "a key is a word"),
        ("a: {{b: c}: d}", 1, 5, "a key is a word"),
        ("a: {[b]: c}", 1, 5, "a key is a word"),
        # indirection
        ("a: &x 1", 1, 4, "'&x' is a YAML anchor"),
        ("a: [1, &x 2]", 1, 8, "'&x' is a YAML anchor"),
        ("&x a: 1", 1, 1, "'&x' is a YAML anchor"),
        ('{"a":&x 1}', 1, 6, "'&x' is a YAML anchor"),
        ("a: {?&x b: 1}", 1, 6, "'&x' is a YAML anchor"),
        ("a: &x\n- 1", 1, 4, "'&x' is a YAML anchor"),
        ("a: *x", 1, 4, "'*x' is a YAML alias"),
        ("a:\n- *x", 2, 3, "'*x' is a YAML alias"),
        ('a: {"b":*x}', 1, 9, "'*x' is a YAML alias"),
        ("*x : 1", 1, 1, "'*x' is a YAML alias"),
        ("a: !!python/object/apply:os.system [ls]", 1, 4, "is a YAML tag"),
        ("a: !x 1", 1, 4, "'!x' is a YAML tag"),
        ("a: ! 1", 1, 4, "'!' is a YAML tag"),
        ("a: !<x> 1", 1, 4, "'x' is a YAML tag"),
        ("!x\na: 1", 1, 1, "'!x' is a YAML tag"),
        ("a: !x!y 1", 1, 4, "begin a YAML anchor, alias or tag"),
        ("a: * b", 1, 5, "begin a YAML anchor, alias or tag"),
        ("a: &", 1, 5, "begin a YAML anchor, alias or tag"),
        ("a: !<x 1", 1, 7, "begin a YAML anchor, alias or tag"),
        ("a:\n  <<: {b: 1}", 2, 3, "'<<' is a YAML merge key"),
        ("a: {<<: {b: 1}}", 1, 5, "'<<' is a YAML merge key"),
        ("%YAML 1.1\n---\na: no", 1, 1, "a line that begins with '%' is a YAML directive"),
        ("# x\n\n%TAG ! tag:x,2000:\n---\na: 1", 3, 1, "a line that begins with '%' is a YAML directive"),
        ("a: 1\n%b: 2", 2, 1, "a line that begins with '%' is a YAML directive"),
        ("a: 1\n%YAML 1.x", 2, 9, "a line that begins with '%' is a YAML directive"),
        # several documents
        ("a: 1\n---\nb: 2", 2, 1, "a second document"),
        ("---\na: 1\n--- {b: 2}", 3, 1, "a second document"),
        ("a: 1\n...\nb: 2", 3, 1, "the line before ends the document"),
        # characters that cannot be seen
        ("a:\tb", 1, 3, "a tab stands here; use blanks"),
        ("a:\n\t b: 1", 2, 1, "a tab"),
        ("# a\tremark", 1, 4, "a tab"),
        ("a: é\t", 1, 5, "a tab"),
        ("a: |\n  b\tc", 2, 4, "a tab"),
        ("a: 'b\tc'", 1, 6, "a tab"),
        ("a: 1\r\nb:\t2", 2, 3, "a tab"),
        ("a: 1\n\x00", 2, 1, "the character U+0000 cannot be seen"),
        ("a: é\x07", 1, 5, "the character U+0007"),
        ("a: \x1b[31m", 1, 4, "the character U+001B"),
        ("a: b\x7f", 1, 5, "the character U+007F"),
        ("a: b\x9f", 1, 5, "the character U+009F"),
        ("a: b\n\ufeff", 2, 1, "the character U+FEFF"),
        ("a: \uffff", 1, 4, "the character U+FFFF"),
        ("a: b\x0bc", 1, 5, "the character U+000B begins a new line for some programs only"),
        ("a: b\x0c", 1, 5, "the character U+000C begins a new line"),
        ("a: b\x85c: d", 1, 5, "the character U+0085 begins a new line"),
        ("a: b\u2028c: d", 1, 5, "the character U+2028 begins a new line"),
        ("é: 'b\n\u2029'", 2, 1, "the character U+2029 begins a new line"),
        ("a: b\rc: d", 1, 5, "the line ends with a carriage return alone"),
        ("a: 1\r\nb: 2\r\r\n", 2, 5, "the line ends with a carriage return alone"),
        ("a: \u202eb", 1, 4, "the character U+202E turns the direction of reading"),
        ("a: b\u2066", 1, 5, "the character U+2066 turns the direction of reading"),
        (r'a: "\0"', 1, 4, "the character U+0000 cannot be seen"),
        (r'"\a": 1', 1, 1, "the character U+0007"),
        ('a:\n- b: ["\\u202e"]', 2, 7, "the character U+202E"),
        (r'a: "\L"', 1, 4, "the character U+2028"),
        # quotes and escapes
        ('a: "b\nc: d', 1, 4, "a quotation mark opens here and is not closed"),
        ("a:\n - 'it's'\n", 2, 8, "a list item begins with '- '"),
        ("a: '\nb: c", 1, 4, "a quotation mark opens here and is not closed"),
        ('a: "b\n---\nc"', 1, 4, "a quotation mark opens here and is not closed"),
        ('a: "b" c', 1, 8, "this does not fit the block; check indentation, quotes and brackets"),
        (r'a: "C:\path"', 1, 7, r"write '\\' for it"),
        (r'a: "\x1"', 1, 7, r"write '\\' for it"),
        (r'a: "\ud800"', 1, 7, r"write '\\' for it"),
        # brackets
        ("a: [b, c\nd: e", 1, 4, "a ',' or the closing ']' of this list is missing"),
        ("a: {b: c\nd: e", 1, 4, "a ',' or the closing '}' is missing"),
        ("a: [b, 'c' d]", 1, 12, "a ',' or the closing ']' of this list is missing"),
        ("a: {b: 'c' d: e}", 1, 12, "a ',' or the closing '}' is missing"),
        ("a: ]", 1, 4, "']' stands where a value is expected"),
        ("a: [b]]", 1, 7, "this does not fit the block"),
        ("a: [,]", 1, 5, "',' stands where a value is expected"),
        ("[a]\n]", 2, 1, "']' closes nothing"),
        ("a: {b:}", 1, 6, "a blank follows a ':'"),
        # signs that begin something else
        ("a: > 4 h", 1, 6, "a text that begins with '>' or '|' needs quotes: \"> 4 h\""),
        ("a: |x|", 1, 5, "a text that begins with '>' or '|' needs quotes"),
        ("a: >0", 1, 5, "a text that begins with '>' or '|' needs quotes"),
        ("a: ? b", 1, 4, "a text that begins with '?' needs quotes"),
        ("a: @b", 1, 4, "a text cannot begin with '@'"),
        ("a: [`b`]", 1, 5, "a text cannot begin with '`'"),
        ("a: %b", 1, 4, "a text cannot begin with '%'"),
        ("a: - b", 1, 4, "a list item ('- ') begins on a line of its own"),
        # colons and indentation
        ("a: b: c", 1, 5, "a ': ' too many"),
        ("a\nb: c", 2, 2, "the line before lacks its ':'"),
        ("a: 1\n b: 2", 2, 3, "a ': ' too many"),
        ("a: 1\nb\n", 3, 1, "a ':' is missing after the key"),
        (f"{LONG}: 1", 1, 2_001, "a ': ' too many"),
        (
            "a:\n  b: 1\n c: 2",
            3,
            2,
            "this does not fit the block; check indentation, quotes and brackets (the block begins on line 1)",
        ),
        ("a:\n  - b\n c: 2", 3, 2, "this does not fit the block"),
        ("- a\nb: 1", 2, 1, "a list item begins with '- ', in the column of the list (the block begins on line 1)"),
        ("  a: 1\nb: 2", 2, 1, "this line is indented less than the first line of the file"),
        ("a: |\n  b\n c\n", 3, 2, "this does not fit the block"),
    ],
)
def test_refusal(text: str, line: int, column: int, words: str) -> None:
    error = refusal(text)

    assert words in error.message
    assert error.mark == (line, column)


def test_error_names_the_file(tmp_path: Any) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("a: 1\nb: [")
    with pytest.raises(SourceError) as caught:
        read(file)

    assert str(caught.value) == f"{file}:2:4: a ',' or the closing ']' of this list is missing"


@pytest.mark.parametrize("bad", [b"\xff", b"\x80", b"\xc3", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80"])
@pytest.mark.parametrize("before", ["", "a", "é", "a: é\n", "𝔘\r\nüü", "a\n\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_byte_that_is_not_utf8(bad: bytes, before: str, mark: bytes) -> None:
    error = refusal(mark + before.encode() + bad + b" more")

    assert error.message == f"byte 0x{bad[0]:02X} is not UTF-8; save the file with the encoding UTF-8"
    assert error.mark == (before.count("\n") + 1, len(before.split("\n")[-1]) + 1)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"])
def test_other_encodings_are_refused(encoding: str) -> None:
    error = refusal("a: é".encode(encoding))

    assert "UTF-8" in error.message or "U+0000" in error.message


# What would fill memory, time or stack

DEEP = {
    "lists": ("a: " + "[" * 100_000, 1, 103),
    "closed lists": ("a: " + "[" * 100_000 + "]" * 100_000, 1, 103),
    "mappings": ("{a: " * 100_000, 1, 401),
    "block lists": ("a:\n  " + "- " * 100_000, 2, 201),
    "keys": ("? " * 100_000, 1, 201),
    "lists line by line": ("a:\n" + "".join(" " * i + "-\n" for i in range(1, 1_000)), 101, 100),
    "lists over many lines": ("a: " + "[\n" * 100_000, 100, 1),
}


@pytest.mark.parametrize(("text", "line", "column"), DEEP.values(), ids=DEEP)
def test_deep_nesting_is_refused(text: str, line: int, column: int) -> None:
    error = refusal(text)

    assert error.message == f"lists and mappings stand more than {MAX_DEPTH} deep in each other here"
    assert error.mark == (line, column)


@pytest.mark.parametrize(
    "nested",
    [
        lambda depth: "{a: " * depth + "1" + "}" * depth,
        lambda depth: "a: " + "[" * (depth - 1) + "]" * (depth - 1),
        lambda depth: "\n".join(" " * i + "a:" for i in range(depth)) + " 1",
        lambda depth: "a:\n" + "- " * (depth - 1) + "x",
    ],
)
def test_nesting_up_to_the_limit_is_read(nested: Callable[[int], str]) -> None:
    assert read_text(nested(MAX_DEPTH)).data
    assert "deep in each other" in refusal(nested(MAX_DEPTH + 1)).message


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives threads no smaller stack")
def test_a_thread_with_a_small_stack_reads_all_that_is_not_refused() -> None:
    """512 kB is what a thread has on macOS; composing recurses in C, where an overflow ends the program."""
    marks = []
    before = threading.stack_size(512 * 1024)
    try:
        for depth in (495, 990, 2_000):
            text = "a: " + "[" * depth + "]" * depth
            thread = threading.Thread(target=lambda text=text: marks.append(refusal(text).mark))
            thread.start()
            thread.join()
    finally:
        threading.stack_size(before)

    assert marks == [(1, 103)] * 3


BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefghij", "bcdefghijk", strict=True)
)


@pytest.mark.parametrize(
    "bomb",
    [
        BOMB,
        BOMB.replace(": ", ":\n  "),
        "{" + BOMB.replace("\n", ",\n").replace(": ", '":').replace("\n", '\n"')[:-2] + "}",
    ],
)
def test_bomb_of_aliases_is_refused(bomb: str) -> None:
    assert "YAML a" in refusal(bomb if not bomb.startswith("{a") else '{"' + bomb[1:]).message


@pytest.mark.parametrize("size", [MAX_BYTES + 1, 6_000_000])
def test_large_file_is_refused(size: int) -> None:
    assert (
        refusal(b"a: " + b"x" * (size - 3)).message == "the file is too large; a case file has 1,000,000 bytes at most"
    )


def test_file_of_the_largest_size_is_read() -> None:
    assert read_yaml(b"a: " + b"x" * (MAX_BYTES - 3)).data["a"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs /dev/zero")
def test_endless_file_is_refused() -> None:
    with pytest.raises(SourceError, match="too large"):
        read("/dev/zero")


# What holds for every text

TOKENS = (
    *["a", "b", ":", " ", "  ", "\n", "\n  ", "- ", "? ", ": ", "[", "]", "{", "}", ",", '"', "'", "#", " #", "|", ">"],
    *["|-\n ", "&", "*", "!", "!!", "!<", "%", "%YAML ", "---", "...", "\\", "\\x", "\\u", "<<", "~", "1.50", "@", "="],
    *["\r\n", "\r", "\t", "é", "&a ", "*a", "!t ", "null", "|0", '"a":', "\ufeff", "\u2028", "𝔘"],
)
soup = st.lists(st.sampled_from(TOKENS), max_size=16).map("".join) | st.text(max_size=40)


@given(soup | soup.map("a: {}".format) | soup.map("a:\n  {}".format))
@example("a: {b:}")
def test_every_text_is_read_or_refused_at_a_place_in_words(text: str) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    try:
        source = read_yaml(raw)
    except SourceError as error:
        lines = text.removeprefix("\ufeff").split("\n")
        line, column = error.mark
        assert 1 <= line <= len(lines) + 1  # libyaml complains of what is missing on the line after the last
        assert 1 <= column <= (len(lines[line - 1]) if line <= len(lines) else 0) + 2
        assert not error.message.startswith(("did not", "found", "could not", "block", "mapping", "but"))
    else:
        assert isinstance(source.data, dict)
        assert facts_of(text) == (False, True)


def facts_of(text: str) -> tuple[bool, bool]:
    """Whether the parser meets an anchor, alias or tag, and whether the nesting is as flat as the short cut believes."""
    parser, depth, deepest, indirect = CParser(text), 0, 0, False
    while not isinstance(event := parser.get_event(), StreamEndEvent):
        indirect |= bool(getattr(event, "anchor", None) or getattr(event, "tag", None))
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        deepest = max(deepest, depth)
    longest_line = max(map(len, text.split("\n")))
    return indirect, deepest <= text.count("[") + text.count("{") + longest_line + 1


@given(st.binary(max_size=60))
def test_every_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        read_yaml(raw)
    except SourceError as error:
        assert error.mark >= (1, 1)


@given(soup.map("a: {}".format))
def test_reads_the_texts_that_pyyaml_reads(text: str) -> None:
    """PyYAML's loader that makes texts of all values, which is written in Python, reads the same."""
    import yaml

    try:
        source = read_text(text)
        other = yaml.load(text, BaseLoader)
    except (SourceError, YAMLError):
        return

    assert texts(source.data) == other


def texts(value: Any) -> Any:
    """A value with its leaves as texts, as written."""
    match value:
        case dict():
            return {key: texts(inner) for key, inner in value.items()}
        case list():
            return [texts(inner) for inner in value]
    return value if isinstance(value, str) else LEAF


class _Leaf:
    """Equal to what a value that is no text may be written as."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str)

    __hash__ = None  # type: ignore[assignment]


LEAF = _Leaf()
