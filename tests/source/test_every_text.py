"""What holds for every text: it is read as others read it, or refused in words at a place."""

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from yaml import YAMLError
from yaml.cyaml import CParser
from yaml.events import CollectionEndEvent, CollectionStartEvent, StreamEndEvent

from casefhir.source import Source, SourceError, read_yaml

TOKENS = (
    *["a", "b", ":", " ", "  ", "\n", "\n  ", "- ", "? ", ": ", "[", "]", "{", "}", ",", '"', "'", "#", " #", "|", ">"],
    *["|-\n ", "&", "*", "!", "!!", "!<", "%", "%YAML ", "---", "...", "\\", "\\x", "\\u", "<<", "~", "1.50", "@", "="],
    *["\r\n", "\r", "\t", "é", "&a ", "*a", "!t ", "null", "|0", '"a":', "\ufeff", "\u2028", "𝔘"],
)
soup = st.lists(st.sampled_from(TOKENS), max_size=16).map("".join) | st.text(max_size=40)


@given(soup | soup.map("a: {}".format) | soup.map("a:\n  {}".format))
@example("a: {b:}")
def test_every_text_is_read_or_refused_in_words_at_a_place_of_it(text: str) -> None:
    found = outcome(text.encode())

    if isinstance(found, Source):
        assert isinstance(found.data, dict)
        assert not is_indirect(text)
    else:
        lines = text.removeprefix("\ufeff").split("\n")
        line, column = found.mark
        assert 1 <= line <= len(lines) + 1  # what is missing at the end is missing on the line after the last
        assert 1 <= column <= (len(lines[line - 1]) if line <= len(lines) else 0) + 2
        assert not found.message.startswith(LIBYAML)


LIBYAML = ("did not find", "found ", "could not", "block ", "mapping ", "but ", "while ")
"""How libyaml's own complaints begin, none of which an author should read."""


@given(st.binary(max_size=60))
def test_all_bytes_are_read_or_refused(raw: bytes) -> None:
    outcome(raw)


@given(soup)
def test_nesting_is_as_flat_as_the_short_cut_believes(text: str) -> None:
    """Each level needs a bracket or a longer line: texts with few of them are composed without counting before."""
    try:
        changes = [depth_change(event) for event in events(text)]
    except YAMLError:
        return

    longest_line = max(map(len, text.splitlines() or [""]))
    assert max(accumulate(changes)) <= text.count("[") + text.count("{") + longest_line + 1


@given(soup.map("a: {}".format))
def test_reads_the_texts_that_pyyaml_reads(text: str) -> None:
    """PyYAML's other parser, which is written in Python, reads the same."""
    found = outcome(text.encode())
    try:
        expected = yaml.load(text, yaml.BaseLoader)
    except YAMLError:
        return

    if isinstance(found, Source):
        assert texts(found.data, expected) == expected


def outcome(raw: bytes) -> Source | SourceError:
    """What is read, or how it is refused."""
    try:
        return read_yaml(raw)
    except SourceError as error:
        return error


def events(text: str) -> Iterator[Any]:
    parser = CParser(text)
    while not isinstance(event := parser.get_event(), StreamEndEvent):
        yield event


def is_indirect(text: str) -> bool:
    return any(getattr(event, "anchor", None) or getattr(event, "tag", None) for event in events(text))


def depth_change(event: Any) -> int:
    return isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)


def texts(value: Any, written: Any) -> Any:
    """A value with what is no text in it as it is written."""
    match value, written:
        case dict(), dict():
            return {key: texts(inner, written.get(key)) for key, inner in value.items()}
        case list(), list():
            return [texts(*pair) for pair in zip(value, written, strict=False)]
    return value if isinstance(value, str | dict | list) else written
