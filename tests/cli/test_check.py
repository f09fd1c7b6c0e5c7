"""casefhir check: what it reports, and how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import ANY

import pytest
from tests.cli.console import CASES, START, Said, call

ENDS = {"fine": 0, "noted": 0, "doubtful": 0, "wrong": 1, "unreadable": 3}

REPORTS = {
    "fine": ["1 file checked: nothing to report"],
    "noted": ["noted.yaml:5:14: information[names.unknown] 'homesickness' is", "1 file checked: 1 note"],
    "doubtful": ["doubtful.yaml:5:18: warning[units.unknown] unknown unit", "1 file checked: 1 warning"],
    "wrong": [
        "wrong.yaml:5:9: error[references.undefined-event] no event 'nowhere';",
        "1 file checked: 1 error; more may show once it is mended",
    ],
    "unreadable": [
        "unreadable.yaml:5:7: error[source.unreadable] '[' opens here and is not closed",
        "1 file checked: 1 error; more may show once it is mended",
    ],
}
"""How the lines of the reports begin."""


def assert_reported(said: Said, code: int, beginnings: list[str]) -> None:
    assert (said.code, said.err) == (code, "")
    assert [line[: len(start)] for line, start in zip(said.out.splitlines(), beginnings, strict=True)] == beginnings


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", CASES)
def test_report_is_on_standard_output(name: str) -> None:
    assert_reported(call("check", f"{name}.yaml"), ENDS[name], REPORTS[name])


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", CASES)
def test_standard_input_is_checked_like_a_file(name: str) -> None:
    report = [line.replace(f"{name}.yaml", "<stdin>") for line in REPORTS[name]]

    assert_reported(call("check", "-", stdin=CASES[name].encode()), ENDS[name], report)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("name", "code"), [("fine", 0), ("noted", 0), ("doubtful", 1), ("wrong", 1), ("unreadable", 3)]
)
def test_strict_lets_warnings_fail_and_changes_nothing_else(name: str, code: int) -> None:
    assert_reported(call("check", "--strict", f"{name}.yaml"), code, REPORTS[name])


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["fine", "noted", "doubtful"], 0),
        (["wrong", "fine"], 1),
        (["fine", "wrong", "unreadable"], 3),
        (["unreadable", "wrong"], 3),
        (["missing", "fine"], 3),
    ],
)
def test_of_several_files_the_highest_code_counts(names: list[str], code: int) -> None:
    said = call("check", *[f"{name}.yaml" for name in names])

    assert said.code == code
    assert said.out.endswith("\n")
    assert f"\n{len(names)} files checked: " in "\n" + said.out


@pytest.mark.usefixtures("folder")
def test_counts_are_summed() -> None:
    said = call("check", "wrong.yaml", "doubtful.yaml", "noted.yaml", "missing.yaml")

    assert said.out.splitlines()[-1] == (
        "4 files checked: 2 errors, 1 warning, 1 note; more may show once the errors are mended"
    )


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("nonsense: 1\n", "1 error; more may show once it is mended"),
        ("findings: [{name: rash, at: day 5}]\n", "1 error; more may show once it is mended"),
        ("findings: [{name: rash, at: nowhere}, {at: 2020}]\n", "2 errors; more may show once the errors are mended"),
        ("findings: [{name: no rash}]\nlabs: [{values: {CRP: 96}}]\n", "2 errors"),
    ],
)
def test_it_is_said_when_checks_have_stopped(text: str, end: str) -> None:
    """Shape, grammars, names of events and whole records come first; what rules say is said all at once."""
    assert call("check", "-", stdin=(START + text).encode()).out.splitlines()[-1] == f"1 file checked: {end}"


def test_a_file_that_is_missing_is_all_there_is_to_say() -> None:
    assert call("check", "missing.yaml").out.splitlines()[-1] == "1 file checked: 1 error"


@pytest.mark.usefixtures("folder")
def test_json_has_every_issue_with_its_place() -> None:
    said = call("check", "--format", "json", "fine.yaml", "wrong.yaml", "missing.yaml")

    assert said.code == 3
    assert json.loads(said.out) == {
        "files": [
            {"file": "fine.yaml", "issues": []},
            {
                "file": "wrong.yaml",
                "issues": [
                    {
                        "severity": "error",
                        "rule": "references.undefined-event",
                        "line": 5,
                        "column": 9,
                        "path": ["labs", 0, "at"],
                        "message": ANY,
                    }
                ],
            },
            {
                "file": "missing.yaml",
                "issues": [
                    {
                        "severity": "error",
                        "rule": "source.unreadable",
                        "line": 1,
                        "column": 1,
                        "path": [],
                        "message": "cannot be read: No such file or directory",
                    }
                ],
            },
        ]
    }


def test_folder_stands_for_the_cases_below_it(folder: Path) -> None:
    (folder / "below" / "deep").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "folder.yaml").mkdir()
    for name in ("below/b.yml", "below/deep/a.yaml", "below/not.txt", ".hidden/c.yaml", ".d.yaml"):
        (folder / name).write_text(START)

    files = json.loads(call("check", "--format", "json", ".").out)["files"]

    expected = ["below/b.yml", "below/deep/a.yaml", *sorted(f"{name}.yaml" for name in CASES)]
    assert [file["file"] for file in files] == expected


def test_each_file_is_checked_once(folder: Path) -> None:
    named = ["fine.yaml", ".", str(folder / "fine.yaml"), "./fine.yaml", "fine.yaml"]

    files = json.loads(call("check", "--format", "json", *named).out)["files"]

    assert len(files) == len(CASES)
    assert files[0]["file"] == "fine.yaml"


def test_folder_without_cases_is_wrong_use(tmp_path: Path) -> None:
    assert call("check", tmp_path) == (2, "", "casefhir check: no .yaml file in what was named\n")


def test_folder_in_place_of_a_file_is_named(folder: Path) -> None:
    said = call("check", "fine.yaml/case.yaml")

    assert said.code == 3
    assert "fine.yaml/case.yaml:1:1: error[source.unreadable] cannot be read: Not a directory\n" in said.out


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_file_without_rights_is_named(folder: Path) -> None:
    (folder / "fine.yaml").chmod(0)

    said = call("check", "fine.yaml")

    assert said.code == 3
    assert "cannot be read: Permission denied" in said.out


def test_name_that_is_too_long_is_named() -> None:
    said = call("check", "x" * 5_000)

    assert said.code == 3
    assert "cannot be read: File name too long" in said.out


@pytest.mark.usefixtures("folder")
def test_endless_file_is_refused() -> None:
    said = call("check", "/dev/zero")

    assert said.code == 3
    assert "the file is too large" in said.out


# What a file or its name contains must not steer a terminal.

EVIL = "\x1b[2J\x1b]0;title\x07\nfake.yaml:1:1: error[x] fake\r\u202e\u0085\u2028"


@pytest.mark.parametrize(
    "text",
    [
        START + f'labs: [{{at: "{EVIL}", values: {{CRP: 1}}}}]',
        START + f'"{EVIL}": 1',
        START + "labs: [{at: '\x1b[2J', values: {CRP: 1}}]",
        START + "\"a\\nb\": 1\n'c\n\n  d': 2",
        START + 'patient: {"\\e[2J": 1, sex: "a\\rb"}',
        START.replace("male", '"fe\\nmale"'),
        START.replace("an-id", '"a\\nb"'),
        START + 'findings: [{name: fever, value: "1\\n2\\tx"}]',
    ],
    ids=repr,
)
def test_content_cannot_steer_the_terminal(text: str, tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_bytes(text.encode())

    said = call("check", file)

    assert said.code in (1, 3)
    lines = said.out.splitlines()
    assert all(line.startswith((f"{file}:", "1 file checked:")) for line in lines)
    assert all(line.isprintable() for line in lines)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", [b"a\nb.yaml", b"\x1b[2J.yaml", b"\xff\xfe.yaml", "é\u202e.yaml".encode(), b"-x.yaml"])
def test_name_cannot_steer_the_terminal(name: bytes, tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(name)
    file.write_text(CASES["wrong"])

    text, data = call("check", file), call("check", "--format", "json", file)
    exported = call("export", file, "-o", tmp_path / "out" / os.fsdecode(name))

    assert len(text.out.splitlines()) == 2
    assert all(line.isprintable() for line in text.out.splitlines())
    assert json.loads(data.out)["files"][0]["file"] == str(file)
    assert all(line.isprintable() for line in exported.err.splitlines())
    assert (text.code, data.code, exported.code) == (1, 1, 1)


# With an article

FEVER = """casefhir: 1
id: invented-fever
article: {title: An invented case}
patient: {sex: female, age: 9 years}
findings: [{name: fever, value: 38.5 °C}]
"""
PROOF = "A girl of 9 years had a fever of 38.5 °C.\n"


def proved(folder: Path, article: bytes | None, name: str = "article.txt") -> Said:
    """What is said of a case against an article; None if there is none of that name."""
    (folder / "case.yaml").write_text(FEVER, encoding="utf-8")
    if article is not None:
        (folder / name).write_bytes(article)
    return call("check", "case.yaml", "--article", name)


def test_proven_case_is_fine(folder: Path) -> None:
    assert_reported(proved(folder, PROOF.encode()), 0, ["1 file checked: nothing to report"])


def test_what_the_article_does_not_print_is_an_error(folder: Path) -> None:
    said = proved(folder, PROOF.replace("38.5", "39.5").encode())

    assert_reported(
        said,
        1,
        [
            'case.yaml:5:26: error[evidence.number-not-printed] the article has no "38.5 °C"; nearest:',
            "1 file checked: 1",
        ],
    )


def test_article_may_come_from_standard_input(folder: Path) -> None:
    (folder / "case.yaml").write_text(FEVER, encoding="utf-8")

    assert_reported(
        call("check", "case.yaml", "--article", "-", stdin=PROOF.encode()), 0, ["1 file checked: nothing to report"]
    )
    assert call("check", "-", "--article", "-", stdin=PROOF.encode()) == (
        3,
        "",
        "casefhir: standard input is one file; name the article, or the case\n",
    )


@pytest.mark.parametrize(
    ("article", "name", "message"),
    [
        (None, "article.txt", "casefhir: article.txt cannot be read: No such file or directory\n"),
        (b"caf\xe9", "article.txt", "casefhir: article.txt byte 0xE9 in line 1 is not UTF-8; save the file with the"),
        (b"", "article.txt", "casefhir: article.txt has no text"),
        (b"%PDF-1.4", "article.pdf", "casefhir: article.pdf is a PDF that cannot be read"),
        (b"<article><p>", "article.xml", "casefhir: article.xml is no XML that can be read"),
    ],
)
def test_article_that_cannot_be_read(folder: Path, article: bytes | None, name: str, message: str) -> None:
    said = proved(folder, article, name)

    assert (said.code, said.out) == (3, "")
    assert said.err.startswith(message)
    assert said.err.count("\n") == 1


def test_pdf_without_its_package_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)

    assert proved(folder, b"%PDF-1.4", "a.pdf").err == (
        "casefhir: a.pdf is a PDF, which needs one more package: pip install 'casefhir[pdf]'\n"
    )


HEAVY = ("lxml", "pypdf", "casefhir.article", "casefhir.evidence", "lark", "pint", "ucumvert")
"""What reads an article, and what knows a unit that no table has: half of a cold start."""


@pytest.mark.parametrize("name", ["sle-pth-adenoma", "sjia-tocilizumab-tofacitinib"])
def test_check_imports_nothing_that_few_cases_need(name: str) -> None:
    code = "import sys; from casefhir.cli import main; main(['check', sys.argv[1]]); print(*sorted(sys.modules))"
    case = Path(__file__).parents[2] / "cases" / f"{name}.yaml"
    run = subprocess.run([sys.executable, "-c", code, str(case)], capture_output=True, text=True, check=True)

    modules = run.stdout.splitlines()[-1].split()
    assert "casefhir.pipeline" in modules
    assert [name for name in modules if name.startswith(HEAVY)] == []
