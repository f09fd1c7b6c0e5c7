"""`include:` takes in keys of the article from another file, and every word about them leads to that file."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.cli.console import call
from tests.mutated import SEEDS

import casefhir
from casefhir.formatting import formatted
from casefhir.source import MAX_BYTES

CASE = """\
casefhir: 1
id: second-case
include: [series.shared.yaml]
article:
  keywords: [series]
patient: {sex: male}
"""
PART = """\
# What the cases of the series share.
article:
  title: Two invented cases
  authors:
    - {name: Ada Writer}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a case, in which commands are called, and what it includes."""
    path = tmp_path / "cases"
    path.mkdir()
    (path / "case.yaml").write_text(CASE)
    (path / "series.shared.yaml").write_text(PART)
    monkeypatch.chdir(path)
    return path


def entries(path: str | Path) -> Any:
    return casefhir.convert(path).document["entry"]


def test_keys_of_both_files_are_those_of_the_article() -> None:
    case = casefhir.load("case.yaml").case

    assert case
    assert (case.article.title, case.article.keywords) == ("Two invented cases", ("series",))
    assert call("check", "case.yaml") == (0, "1 file checked: nothing to report\n", "")


def test_it_does_not_matter_where_a_fact_is_written(folder: Path) -> None:
    (folder / "whole.yaml").write_text(
        CASE.replace("include: [series.shared.yaml]\n", "").replace("article:\n", "".join(PART.splitlines(True)[1:]))
    )

    assert casefhir.convert("case.yaml").json() == casefhir.convert("whole.yaml").json()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_bundle_of_a_whole_case_is_the_same_when_its_article_is_included(seed: str, folder: Path) -> None:
    """Nothing but `article` moves, so the case has neither `article` nor other names for its facts."""
    text = SEEDS[seed].read_text(encoding="utf-8")
    before, _, rest = text.partition("\narticle:\n")
    article, _, after = rest.partition("\npatient:")
    (folder / "seed.shared.yaml").write_text(f"article:\n{article}\n", encoding="utf-8")
    (folder / "seed.yaml").write_text(f"{before}\ninclude: [seed.shared.yaml]\npatient:{after}", encoding="utf-8")

    assert casefhir.convert("seed.yaml").json() == casefhir.convert(SEEDS[seed]).json()


def test_another_folder_gives_the_same_bytes(folder: Path) -> None:
    moved = folder.parent / "ü elsewhere"
    shutil.copytree(folder, moved)

    assert casefhir.convert(moved / "case.yaml").json() == casefhir.convert("case.yaml").json()


@pytest.mark.parametrize("name", ["case.yaml", "./case.yaml", "../cases/case.yaml", "{folder}/case.yaml"])
def test_files_are_named_from_the_folder_of_the_case(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = name.format(folder=folder)

    assert call("check", name).code == 0
    assert entries(name)
    assert entries(casefhir.read(name).name)  # type: ignore[arg-type]
    assert casefhir.load(casefhir.read(name)).case
    monkeypatch.chdir(folder.parent)
    assert call("check", "cases/case.yaml").code == 0


def test_files_below_the_folder_and_links_inside_it_may_be_included(folder: Path) -> None:
    (folder / "shared").mkdir()
    (folder / "series.shared.yaml").rename(folder / "shared" / "a.shared.yaml")
    (folder / "link.shared.yaml").symlink_to("shared/a.shared.yaml")

    for name in ("shared/a.shared.yaml", "link.shared.yaml", "./shared/a.shared.yaml"):
        (folder / "case.yaml").write_text(CASE.replace("series.shared.yaml", name))
        assert call("check", "case.yaml").code == 0


def test_a_folder_of_cases_has_no_included_file_among_them() -> None:
    assert call("check", ".") == (0, "1 file checked: nothing to report\n", "")


# What is wrong in an included file stands under its name


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        (PART.replace("title", "titel"), "3:3: error[shape.unknown-key] unknown key 'titel'; did you mean 'title'?"),
        (PART + "  doi: 11.1/x\n", "6:8: error[grammar.doi] "),
        (PART.replace("Ada Writer}", "Ada Writer, orcid: 0000-0002-1825-0098}"), "5:51: error[grammar.orcid] "),
        (PART.replace("{name: Ada Writer}", "Ada Writer"), "5:7: error[shape.type] "),
        (PART.replace("  title: Two invented cases\n", ""), "2:1: error[shape.missing-key] "),
    ],
)
def test_issue_has_name_line_and_column_of_the_included_file(slip: str, told: str, folder: Path) -> None:
    (folder / "series.shared.yaml").write_text(slip)
    text = CASE.replace("article:\n  keywords: [series]\n", "") if "missing-key" in told else CASE
    (folder / "case.yaml").write_text(text)

    said = call("check", "case.yaml")

    assert said.code == 1
    assert said.out.startswith(f"series.shared.yaml:{told}")
    (issue,) = casefhir.load("case.yaml").issues
    assert (issue.file, issue.mark) == ("series.shared.yaml", tuple(map(int, told.split(":")[:2])))
    assert call("export", "case.yaml").err.startswith(f"series.shared.yaml:{told}")


def test_issue_of_the_case_itself_stands_under_its_name(folder: Path) -> None:
    (folder / "case.yaml").write_text(CASE.replace("keywords", "kewords"))

    assert call("check", "case.yaml").out.startswith("case.yaml:5:3: error[shape.unknown-key] ")
    assert casefhir.load("case.yaml").issues[0].file is None


def test_report_for_programs_has_the_included_file_once(folder: Path) -> None:
    (folder / "series.shared.yaml").write_text(PART.replace("title", "titel"))
    (folder / "other.yaml").write_text(CASE)

    files = json.loads(call("check", "--format", "json", ".").out)["files"]

    assert [(file["file"], [issue["path"] for issue in file["issues"]]) for file in files] == [
        ("case.yaml", []),
        ("series.shared.yaml", [["article", "titel"]]),
        ("other.yaml", []),
    ]
    assert call("check", ".").out.splitlines()[-1].startswith("2 files checked: 1 error;")


# What cannot be included


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("../series.shared.yaml", "'../series.shared.yaml' cannot be included; name a file in or below the folder of"),
        ("a/../series.shared.yaml", "'a/../series.shared.yaml' cannot be included"),
        ("/etc/x.shared.yaml", "'/etc/x.shared.yaml' cannot be included"),
        ('"a\\\\x.shared.yaml"', "'a\\\\x.shared.yaml' cannot be included"),
        ('"C:x.shared.yaml"', "'C:x.shared.yaml' cannot be included"),
        ("case.yaml", "'case.yaml' is no name of an included file; it ends with .shared.yaml"),
        (".shared.yaml", "'.shared.yaml' is no name of an included file"),
        ("missing.shared.yaml", "'missing.shared.yaml' cannot be read: No such file or directory"),
        ("folder.shared.yaml", "'folder.shared.yaml' cannot be read: it is no file"),
        ("pipe.shared.yaml", "'pipe.shared.yaml' cannot be read: it is no file"),
        ("out.shared.yaml", "'out.shared.yaml' is a link that leads out of the folder of this file"),
        ("out/x.shared.yaml", "'out/x.shared.yaml' is a link that leads out of the folder of this file"),
        ("loop.shared.yaml", "'loop.shared.yaml' cannot be read: "),
        (f"{'x' * 300}.shared.yaml", f"'{'x' * 300}.shared.yaml' cannot be read: File name too long"),
    ],
)
def test_file_that_cannot_be_included_is_named_where_it_is_asked_for(name: str, told: str, folder: Path) -> None:
    (folder.parent / "outside").mkdir()
    (folder.parent / "outside" / "x.shared.yaml").write_text(PART)
    (folder / "out").symlink_to(folder.parent / "outside")
    (folder / "out.shared.yaml").symlink_to(folder.parent / "outside" / "x.shared.yaml")
    (folder / "loop.shared.yaml").symlink_to("loop.shared.yaml")
    (folder / "folder.shared.yaml").mkdir()
    os.mkfifo(folder / "pipe.shared.yaml")
    (folder / "case.yaml").write_text(CASE.replace("series.shared.yaml", name))

    said = call("check", "case.yaml")

    assert said.code == 3
    assert said.out.startswith(f"case.yaml:3:11: error[source.unreadable] {told}")
    assert call("export", "case.yaml").code == 3


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("patient: {sex: male}", "1:1: an included file holds the article only; write 'patient' into the case file"),
        ("casefhir: 1", "1:1: an included file holds the article only; write 'casefhir' into the case file"),
        (PART + "include: [x.shared.yaml]", "6:1: a file that is included includes no others"),
        ("article: x", "1:1: the keys of the article stand below 'article:', two blanks further in"),
        ("article: {a: [}", "1:15: "),
        (PART + "  keywords: []\n", "6:3: the key 'keywords' of the article stands on line 5 of case.yaml too"),
        ("", "1:1: the file is empty"),
        ("#" * (MAX_BYTES + 1), "1:1: the file is too large"),
    ],
    ids=lambda text: text[:20],
)  # fmt: skip
def test_what_an_included_file_cannot_be_is_told_at_its_place(part: str, told: str, folder: Path) -> None:
    (folder / "series.shared.yaml").write_text(part)

    with pytest.raises(casefhir.SourceError) as caught:
        casefhir.load("case.yaml")

    assert str(caught.value).startswith(f"series.shared.yaml:{told}")
    said = call("check", "case.yaml")
    assert (said.code, said.out.partition(": error")[0]) == (3, f"series.shared.yaml:{':'.join(told.split(':')[:2])}")


def test_key_in_two_included_files_is_told_with_both_places(folder: Path) -> None:
    (folder / "case.yaml").write_text(CASE.replace("]", ", b.shared.yaml]", 1))
    (folder / "b.shared.yaml").write_text("article:\n  doi: 10.1/x\n  title: T\n")

    said = call("check", "case.yaml").out

    assert said.startswith(
        "b.shared.yaml:3:3: error[source.unreadable] the key 'title' of the article stands on line 3 "
    )
    assert " of series.shared.yaml too; keep one" in said


def test_file_is_included_once_and_few_are(folder: Path) -> None:
    (folder / "link.shared.yaml").symlink_to("series.shared.yaml")
    for number in range(11):
        (folder / f"{number}.shared.yaml").write_text("article: {}")
    many = ", ".join(f"{number}.shared.yaml" for number in range(11))
    for names, told in (
        ("series.shared.yaml, link.shared.yaml", "'link.shared.yaml' is included twice"),
        (many, "more than 10 files are included"),
    ):
        (folder / "case.yaml").write_text(CASE.replace("series.shared.yaml", names))
        assert told in call("check", "case.yaml").out


def test_standard_input_and_bytes_include_nothing() -> None:
    told = "<stdin>:3:11: error[source.unreadable] only a file can include others"

    assert call("check", "-", stdin=CASE.encode()).out.startswith(told)
    with pytest.raises(casefhir.SourceError, match="only a file can include others"):
        casefhir.load(CASE.encode())


@pytest.mark.parametrize("written", ["series.shared.yaml", "[5]", "{a: b}", "", "[[a]]"])
def test_what_is_no_list_of_names_is_told_by_its_shape(written: str, folder: Path) -> None:
    (folder / "case.yaml").write_text(CASE.replace("[series.shared.yaml]", written))

    said = call("check", "case.yaml")

    assert said.code == 1
    assert "case.yaml:3:" in said.out


# Other commands


def test_case_that_includes_is_formatted_and_the_other_file_is_not(folder: Path) -> None:
    (folder / "case.yaml").write_text(CASE + "labs: [{values: {CRP: 9 mg/l}}] \n")

    assert formatted(casefhir.read("case.yaml")) == CASE + "labs: [{values: {CRP: 9 mg/L}}]\n"
    assert call("fmt", "--fix", ".").err == "./case.yaml: 1 line changed\n".replace("./", "")
    assert (folder / "series.shared.yaml").read_text() == PART
    assert call("migrate", "case.yaml").err == "case.yaml is of version 1, the newest\n"


def test_name_of_an_included_file_cannot_steer_the_terminal(folder: Path) -> None:
    (folder / "\x1b[2J.shared.yaml").write_text(PART.replace("title", "titel"))
    (folder / "case.yaml").write_text(CASE.replace("series.shared.yaml", '"\\e[2J.shared.yaml"'))

    assert all(line.isprintable() for line in call("check", "case.yaml").out.splitlines())


def test_included_file_is_not_written_over(folder: Path) -> None:
    (folder / "link.json").symlink_to("series.shared.yaml")

    for output in ("series.shared.yaml", "./series.shared.yaml", "link.json"):
        said = call("export", "case.yaml", "-o", output)

        assert (said.code, said.out) == (2, "")
        assert said.err.endswith("is included in case.yaml, and would be written over; name another with -o\n")
        assert (folder / "series.shared.yaml").read_text() == PART
