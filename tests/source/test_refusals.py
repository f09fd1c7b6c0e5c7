"""What is refused: in which words, and at which line and column."""

from pathlib import Path

import pytest

from casefhir.source import SourceError, read, read_yaml


def refusal(raw: str | bytes) -> SourceError:
    """How a text is refused."""
    with pytest.raises(SourceError) as caught:
        read_yaml(raw if isinstance(raw, bytes) else raw.encode())
    return caught.value


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
        ("a: * b", 1, 4, "begin a YAML anchor, alias or tag"),
        ("a: &", 1, 4, "begin a YAML anchor, alias or tag"),
        ("a: !<x 1", 1, 4, "begin a YAML anchor, alias or tag"),
        ("a:\n  <<: {b: 1}", 2, 3, "'<<' is a YAML merge key"),
        ("a: {<<: {b: 1}}", 1, 5, "'<<' is a YAML merge key"),
        ("%YAML 1.1\n---\na: no", 1, 1, "a line that begins with '%' is a YAML directive"),
        ("# x\n\n%TAG ! tag:x,2000:\n---\na: 1", 3, 1, "a line that begins with '%' is a YAML directive"),
        ("a: 1\n%b: 2", 2, 1, "a line that begins with '%' is a YAML directive"),
        ("a: 1\n%YAML 1.x", 2, 1, "a line that begins with '%' is a YAML directive"),
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
        ("a:\n - 'it's'\n", 2, 8, "an apostrophe ends a text in '…'; write \"it's\""),
        ("a: '\nb: c", 1, 4, "a quotation mark opens here and is not closed"),
        ('a: "b\n---\nc"', 1, 4, "a quotation mark opens here and is not closed"),
        ('a: "b" c', 1, 8, """a " ends a text in "…"; write '"b" c'"""),
        (r'a: "C:\path"', 1, 7, r"write '\\' for it"),
        (r'a: "\x1"', 1, 7, r"write '\\' for it"),
        (r'a: "\ud800"', 1, 7, r"write '\\' for it"),
        # brackets
        ("a: [b, c\nd: e", 1, 4, "a ',' or the closing ']' of this list is missing"),
        ("a: {b: c\nd: e", 1, 4, "a ',' or the closing '}' is missing"),
        ("a: [b, 'c' d]", 1, 12, "an apostrophe ends a text in '…'"),
        ("a: {b: 'c' d: e}", 1, 12, "a ',' is missing before 'd'"),
        ("a: ]", 1, 4, "']' stands where a value is expected"),
        ("a: [b]]", 1, 7, "']' is one too many; nothing is open here"),
        ("a: [,]", 1, 5, "',' stands where a value is expected"),
        ("[a]\n]", 2, 1, "']' closes nothing"),
        ("a: [b,\n  c", 1, 4, "a ',' or the closing ']' of this list is missing"),
        ("a: {b: [c,", 1, 8, "'[' opens here and is not closed"),
        ("a: {b: c,\n# x", 1, 4, "'{' opens here and is not closed"),
        ("a: {b:}", 1, 6, "a blank follows a ':'"),
        # signs that begin something else
        ("a: > 4 h", 1, 4, "a text that begins with '>' needs quotes: write \"> 4 h\""),
        ("a: |x|", 1, 4, "a text that begins with '|' needs quotes: write \"|x|\""),
        ("a: >0", 1, 4, "a text that begins with '>' needs quotes: write \">0\""),
        ("a: ? b", 1, 4, "a text that begins with '?' needs quotes"),
        ("a: @b", 1, 4, "a text cannot begin with '@'"),
        ("a: [`b`]", 1, 5, "a text cannot begin with '`'"),
        ("a: %b", 1, 4, "a text cannot begin with '%'"),
        ("a: -", 1, 4, "'-' is no value; leave the line out"),
        ("a: - b", 1, 4, "a list item ('- ') begins on a line of its own"),
        # colons and indentation
        ("a: b: c", 1, 5, "\"b: c\" has a ': ' in it; put it in quotes"),
        ("a\nb: c", 1, 1, "this line has no ':' after its key"),
        ("a: 1\n b: 2", 2, 2, "indented by 1 blank; to stand beside 'a' of line 1, indent it not at all"),
        ("a: 1\nb\n", 2, 1, "this line has no ':' after its key"),
        (f"{LONG}: 1", 1, 2_001, "a ': ' too many"),
        ("a:\n  b: 1\n c: 2", 3, 2, "to stand beside 'b' of line 2, indent it by 2"),
        ("a:\n  - b\n c: 2", 3, 2, "to stand beside 'a' of line 1, indent it not at all"),
        ("- a\nb: 1", 2, 1, "a list item begins with '- ', in the column of the list (the block begins on line 1)"),
        ("  a: 1\nb: 2", 2, 1, "this line is indented less than the first line of the file"),
        ("a: |\n  b\n c\n", 3, 2, "this does not fit the block"),
    ],
)
def test_refusal(text: str, line: int, column: int, words: str) -> None:
    error = refusal(text)

    assert words in error.message
    assert error.mark == (line, column)


SLIPS = [
    # colons
    ("name:appendicitis\nat: x", 1, 1, "'name:appendicitis' lacks a blank after the ':'; write 'name: appendicitis'"),
    ("a: 1\nb:2\nc: 3", 2, 1, "'b:2' lacks a blank after the ':'; write 'b: 2'"),
    ("a:\n  - name：fever\n    at: x", 2, 9, "'：' is a full-width sign; write 'name: fever'"),
    ("a: {b: c， d: e}", 1, 9, "'，' is a full-width sign; write ','"),
    ("a: {title: Appendicitis: a case, b: c}", 1, 24, "\"Appendicitis: a case\" has a ': ' in it; put it in quotes"),
    ("a: {b: c,\n  d: e: f}", 2, 7, "\"e: f\" has a ': ' in it; put it in quotes"),
    ("a: {b: fever at: x}", 1, 16, "put it in quotes, or a comma before 'at'"),
    ("a: {b: bed # 2}", 1, 12, "'# 2}' is read as a comment"),
    # blanks
    ("a:\n  - b: 1\n     c: 2", 3, 6, "indented by 5 blanks; to stand beside 'b' of line 2, indent it by 4"),
    ("a:\n  - b: 1\n   c: 2", 3, 4, "indented by 3 blanks; to stand beside 'b' of line 2, indent it by 4"),
    ("a:\n  - b: 1\n  c: 2", 3, 3, "indent it by 4, or begin a new item with '- '"),
    ("a:\n  - b: 1\n   - b: 2", 3, 4, "to stand beside the item of line 2, indent it by 2"),
    ("a:\n    b: 1\n\n  # remark\n  c: 2", 5, 3, "to stand beside 'b' of line 2, indent it by 4"),
    ("a:\n  - b: 1\n  -b: 2", 3, 3, "'-b: 2' lacks a blank after '-'; write '- b: 2'"),
    ("a:\n  -b: 1\n    c: 2", 2, 3, "'-b: 1' lacks a blank after '-'; write '- b: 1'"),
    ("a:\n  -b: 1\n  -b: 2", 3, 3, "'-b' lacks a blank after '-'; write '- b'"),
    ("a:\n  - b: a text\n    goes on\n    c: d", 3, 5, "a text that goes on here is indented further than its key"),
    ("a:\n  b: a text\n    goes on\n   c: d", 4, 4, "to stand beside 'b' of line 2, indent it by 2"),
    # quotes and brackets
    ("a: {b: 'Still's disease', c: d}", 1, 15, "an apostrophe ends a text in '…'; write \"Still's disease\""),
    ('a: "b "c" d"', 1, 8, """a " ends a text in "…"; write 'b "c" d'"""),
    ("a: {b: [c]]}", 1, 11, "']' closes nothing here"),
    ("a:\n  b: “c: d”", 2, 6, '“ ” are no quotation marks for YAML; write "…"'),
    ("a: {b: “c, d”}", 1, 8, '“ ” are no quotation marks for YAML; write "…"'),
    ("a: ‘b’", 1, 4, '“ ” are no quotation marks for YAML; write "…"'),
    ("a: {b: !c}", 1, 8, "begin a YAML anchor, alias or tag"),
    # characters of web pages
    ("a: 96\xa0mg", 1, 6, "(no-break blank, U+00A0), copied from a web page or a PDF; replace it by a blank"),
    ("a: fe\u200bver", 1, 6, "(zero-width blank, U+200B), copied from a web page or a PDF; leave it out"),
    ("a: 5\u2009mg", 1, 5, "(blank of another width, U+2009)"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), SLIPS)
def test_slip_is_told_where_it_was_made(text: str, line: int, column: int, words: str) -> None:
    error = refusal(text)

    assert words in error.message
    assert error.mark == (line, column)


def test_quotation_marks_of_print_may_stand_inside_a_text() -> None:
    assert read_yaml("a: the so-called “butterfly” rash\nb: '“c”'".encode()).data["b"] == "“c”"


def test_error_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("a: 1\nb: [c")
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
