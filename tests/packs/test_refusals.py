"""What is wrong with a pack is said with its place, and with what to write instead."""

from pathlib import Path

import pytest

from casefhir.packs import read_pack
from casefhir.report.text import line
from casefhir.source import SourceError

HEAD = "pack: 1\nid: ours\ntitle: Ours\ntopics:\n- title: T\n  points:\n  - "
REFUSED = Path(__file__).parent / "refused.txt"
"""Points, each with its report below it."""


def report(text: str) -> list[str]:
    pack, issues = read_pack(text.encode(), "ours.yaml")
    assert (pack is None) == bool(issues)
    return [line("ours.yaml", issue) for issue in issues]


def test_points_are_refused_in_words(update_golden: bool) -> None:
    """`pytest --update-golden` writes the reports anew; read the diff."""
    points = [text for text in REFUSED.read_text("utf-8").splitlines() if text.startswith("{")]
    expected = "".join("\n  ".join([point, *report(f"{HEAD}{point}\n")]) + "\n" for point in points)
    if update_golden:
        REFUSED.write_text(expected, "utf-8")

    assert REFUSED.read_text("utf-8") == expected
    assert "}\n{" not in expected


POINT = "{id: a, asks: x, reported: labs}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD.replace("pack: 1", "pack: 2") + POINT, "2 is not known here; write 1"),
        (HEAD.replace("id: ours\n", "") + POINT, "the key 'id' is missing (its name: `care`)"),
        (HEAD.replace("title: Ours", "titel: Ours") + POINT, "unknown key 'titel'; did you mean 'title'?"),
        (HEAD + POINT + "  - " + POINT, "a point 'a' stands above already; give each an id of its own"),
    ],
)
def test_pack_is_refused_in_words(text: str, told: str) -> None:
    assert report(text)[0].partition("] ")[2] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty; a pack begins with 'pack: 1'"),
        ("pack: 1\nid: [\n", "'[' opens here and is not closed"),
        ("- pack\n", "a pack consists of keys and values, and begins with 'pack: 1'"),
    ],
)
def test_what_is_no_pack_at_all_is_told(text: str, told: str) -> None:
    with pytest.raises(SourceError, match=r"ours\.yaml") as refused:
        read_pack(text.encode(), "ours.yaml")

    assert told in refused.value.message
