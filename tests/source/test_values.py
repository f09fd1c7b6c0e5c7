"""What a text means: which values are read from it, and that none of them is not what it seems."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefhir.source import Source, SourceError, read_yaml


def read_text(text: str) -> Source:
    return read_yaml(text.encode())


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
            for text in "1:30 010 00 1e5 1E5 1.5e3 +1 .5 5. 1. -- 1_000 0x1F 0o17 .inf .nan -.5 = 1,5".split()
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


numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**25), max_value=10**25).map("{:f}".format)


@given(numbers)
def test_every_number_keeps_its_digits(number: str) -> None:
    read = read_text(f"a: {number}").data["a"]

    assert format(read, "f" if isinstance(read, Decimal) else "d") == (number if number != "-0" else "0")


plain_texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=40)
"""Texts of all scripts; some of them hold characters that are refused."""


@given(st.recursive(plain_texts, lambda inner: st.lists(inner) | st.dictionaries(plain_texts, inner), max_leaves=8))
def test_quoted_json_is_read_as_it_is(value: Any) -> None:
    """What another program writes as JSON is read, or refused in words; it never means something else."""
    written = json.dumps({"a": value}, ensure_ascii=False)
    try:
        read = read_text(written).data["a"]
    except SourceError as error:
        message = error.message
    else:
        message = None

    if message is None:
        assert read == value
    else:
        refusals = ("cannot be seen", "an invisible character", "merge key", "begins a new line")
        assert any(words in message for words in refusals)
