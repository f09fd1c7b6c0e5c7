"""What would fill the memory, the time or the stack is refused before it does."""

import sys
import threading
from collections.abc import Callable

import pytest

from casefhir.source import MAX_BYTES, MAX_DEPTH, Source, SourceError, read, read_yaml


def read_text(text: str) -> Source:
    return read_yaml(text.encode())


def refusal(raw: str | bytes) -> SourceError:
    """How a text is refused."""
    with pytest.raises(SourceError) as caught:
        read_yaml(raw if isinstance(raw, bytes) else raw.encode())
    return caught.value


DEEP = {
    "lists": ("a: " + "[" * 100_000, 1, 103),
    "closed lists": ("a: " + "[" * 100_000 + "]" * 100_000, 1, 103),
    "mappings": ("{a: " * 100_000, 1, 401),
    "block lists": ("a:\n  " + "- " * 100_000, 2, 201),
    "keys": ("? " * 100_000, 1, 201),
    "lists line by line": ("a:\n" + "".join(" " * i + "-\n" for i in range(1, 1_000)), 101, 101),
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
