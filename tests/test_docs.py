"""
What the documentation shows is what casefhir does: every example of README.md and of docs/ is run.

| fence      | what is done with it                                                                            |
|------------|-------------------------------------------------------------------------------------------------|
| `yaml`     | a case, or sections that take the place of those of the last case above; checked and exported   |
| `text`     | what the block above it gives: the report of a case, or what Python prints                      |
| `json`     | part of one resource of the bundle of the case above; an object may leave members out           |
| `python`   | run, in the folder where the cases of the document lie that begin with `# NAME.yaml`            |
| `console`  | run in that folder by a shell; `…` in the output stands for anything                            |
| others     | not run                                                                                         |

A table whose first column has the name of a grammar is read by it, word by word; one with the first column
`not a date` says in its second what casefhir answers.
"""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stdout
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tools import make_docs

import casefhir
from casefhir.model import age, code, dosage, duration, quantity, result, site, when
from casefhir.model.grammar import GrammarError
from casefhir.model.when import Span
from casefhir.pipeline import converted
from casefhir.report.text import line

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "schema/README.md", ROOT / "cases/README.md")
)
GRAMMARS = {
    "age": age.age,
    "code": code.code,
    "date": when.when,
    "dose": dosage.dosage,
    "duration": duration.duration,
    "quantity": quantity.quantity,
    "result": result.result,
    "site": site.site,
}


class Block(NamedTuple):
    """A fenced block of a document."""

    document: str
    line: int
    language: str
    text: str
    shown: str | None
    """What the document shows as its output; None if nothing."""
    case: str
    """The last whole case above it, or itself."""

    @property
    def source(self) -> str:
        """The block as a case file: what it lacks comes from the last case above it."""
        if self.text == self.case:
            return self.text
        own = {name for name, _ in _sections(self.text)}
        return self.text + "".join(body for name, body in _sections(self.case) if name not in own)


def _sections(text: str) -> list[tuple[str, str]]:
    """The sections of a case, by name; each with its lines."""
    parts = re.split(r"^(?=[a-z-]+:)", text, flags=re.MULTILINE)
    return [(part.partition(":")[0], part) for part in parts if re.match("[a-z-]+:", part)]


def blocks(document: str) -> Iterator[Block]:
    text, case = (ROOT / document).read_text("utf-8"), ""
    found = list(re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    for fence, following in zip(found, [*found[1:], None], strict=False):
        language, body = fence.groups()
        if language == "yaml" and re.search("^casefhir:", body, re.MULTILINE):
            case = body
        shown = following[2] if following and following[1] == "text" else None
        yield Block(document, text.count("\n", 0, fence.start()) + 1, language, body, shown, case)


def rows(document: str) -> Iterator[tuple[str, list[str]]]:
    """Every row of a table, with the name of the table's first column."""
    head: list[str] | None = None
    for written in (ROOT / document).read_text("utf-8").splitlines():
        if not written.startswith("|"):
            head = None
            continue
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", written)[1:-1]]
        if head is None:
            head = cells
        elif not set(written) <= set("|-: "):
            yield head[0], cells


def spans(cell: str) -> list[str]:
    """The texts in backticks of a cell."""
    return [found.replace("\\|", "|") for found in re.findall("`([^`]+)`", cell)]


BLOCKS = [block for document in DOCUMENTS for block in blocks(document)]
ROWS = [(document, head, cells) for document in DOCUMENTS for head, cells in rows(document)]


def some(language: str) -> Any:
    chosen = [block for block in BLOCKS if block.language == language]
    return pytest.mark.parametrize("block", chosen, ids=lambda block: f"{block.document}:{block.line}")


def report(block: Block) -> list[str]:
    """What `casefhir check` says of a block, without the sum."""
    try:
        loaded = casefhir.load(block.source.encode())
    except casefhir.SourceError as error:
        return [f"case.yaml:{error.mark.line}:{error.mark.column}: error[source.unreadable] {error.message}"]
    return [line("case.yaml", issue) for issue in loaded.issues]


@some("yaml")
def test_a_case_gives_the_report_that_is_shown_or_is_without_fault(block: Block) -> None:
    expected = block.shown.splitlines() if block.shown else []

    said = report(block)
    if not expected:
        said = [issue for issue in said if ": information[" not in issue]

    assert said == expected


@some("yaml")
def test_a_case_without_errors_becomes_a_bundle(block: Block) -> None:
    if not any(": error[" in issue for issue in report(block)):
        assert bundle(block)["entry"]


def bundle(block: Block) -> dict[str, Any]:
    loaded = casefhir.load(block.source.encode())
    document: dict[str, Any] = json.loads(converted(loaded, "fhir-r4").json(), parse_float=Decimal)
    return document


@some("json")
def test_a_shown_resource_is_in_the_bundle_of_the_case_above(block: Block) -> None:
    above = [b for b in BLOCKS if (b.document, b.language) == (block.document, "yaml") and b.line < block.line]
    shown = json.loads(block.text, parse_float=Decimal)

    assert any(holds(entry["resource"], shown) for entry in bundle(above[-1])["entry"])


def holds(whole: Any, part: Any) -> bool:
    """Whether a value says all that a shown part of it says; members may be left out, items of a list may not."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(name in whole and holds(whole[name], part[name]) for name in part)
    if isinstance(part, list):
        return isinstance(whole, list) and len(whole) == len(part) and all(map(holds, whole, part))
    return str(whole) == str(part)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the cases that begin with `# NAME.yaml`, and a `casefhir` to run."""
    path = tmp_path_factory.mktemp("docs")
    for block in BLOCKS:
        if name := re.match(r"# (\S+\.yaml)\n", block.text):
            (path / name[1]).write_text(block.text, "utf-8")
    command = path / ".bin" / "casefhir"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m casefhir "$@"\n')
    command.chmod(0o755)
    return path


def shell(command: str, folder: Path) -> str:
    paths = [str(folder / ".bin"), os.environ["PATH"]]
    modules = os.pathsep.join(filter(None, sys.path))
    environment = os.environ | {"PATH": os.pathsep.join(paths), "PYTHONPATH": modules, "COLUMNS": "80"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.stdout.decode()


@some("console")
def test_a_command_prints_what_is_shown(block: Block, folder: Path) -> None:
    for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE):
        pattern = re.escape(shown).replace("…", "(?s:.*)")

        printed = shell(command, folder)

        assert re.fullmatch(pattern, printed), printed


@pytest.mark.parametrize("document", sorted({block.document for block in BLOCKS if block.language == "python"}))
def test_python_prints_what_is_shown(document: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    for block in (b for b in BLOCKS if b.document == document and b.language == "python"):
        printed = StringIO()
        with redirect_stdout(printed):
            exec(compile(block.text, f"{document}:{block.line}", "exec"), names)

        assert printed.getvalue() == (block.shown or "")


READ = [(document, head, text) for document, head, cells in ROWS if head in GRAMMARS for text in spans(cells[0])]


@pytest.mark.parametrize(("document", "grammar", "text"), READ)
def test_an_example_of_a_grammar_is_read(document: str, grammar: str, text: str) -> None:
    assert GRAMMARS[grammar](text)


REFUSED = [
    (head.split()[-1], spans(cells[0])[0], spans(cells[1])[0])
    for _, head, cells in ROWS
    if head.startswith("not a") and head.split()[-1] in GRAMMARS
]


@pytest.mark.parametrize(("grammar", "text", "message"), REFUSED)
def test_what_is_no_example_of_a_grammar_is_refused_in_the_words_shown(grammar: str, text: str, message: str) -> None:
    with pytest.raises(GrammarError) as refused:
        GRAMMARS[grammar](text)

    assert str(refused.value) == message


DATES = [(spans(cells[0])[0], spans(cells[-1])) for _, head, cells in ROWS if head == "date"]


@pytest.mark.parametrize(("text", "shown"), DATES)
def test_a_date_is_in_fhir_what_the_table_of_dates_says(text: str, shown: list[str]) -> None:
    case = next(b for b in BLOCKS if b.document == "docs/format.md" and "first-day" in b.text)
    chart = casefhir.load(case.source.encode()).chart
    assert chart is not None
    read = when.when(text)

    ends = chart.timeline.period(read, None) if isinstance(read, Span) else (chart.timeline.calendar(read),)

    assert [end for end in ends if end] == shown


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_between_files_resolve(document: str) -> None:
    path = ROOT / document
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    broken = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not resolves(link, path)]

    assert broken == []


def resolves(link: str, path: Path) -> bool:
    if re.match("[a-z]+:", link):
        return True
    name, _, anchor = link.partition("#")
    target = (path.parent / name).resolve() if name else path
    return target.exists() and (not anchor or anchor in anchors(target))


def anchors(path: Path) -> set[str]:
    """The anchors of the headings of a file, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", make_docs.PAGES)
def test_generated_pages_are_current(name: str) -> None:
    """If this fails, run `make docs` and read the diff."""
    assert (make_docs.FOLDER / name).read_text("utf-8") == make_docs.PAGES[name]()


def test_the_architecture_names_every_module_and_no_other() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    package = ROOT / "src/casefhir"
    named = {name.rstrip("/") for name in re.findall(r"`([\w/]+(?:\.py|/))`", text)}

    assert {name for name in named if not (package / name).exists()} == set()
    assert {path.name for path in package.iterdir() if path.suffix == ".py" or path.is_dir()} - named <= {
        "__init__.py",
        "__main__.py",
        "__pycache__",
    }


def test_the_version_is_the_same_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    changelog = re.findall(r"^## \[?([0-9.]+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    citation = re.findall(r"^version: \"?([0-9.]+)", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)

    assert (changelog[0], citation) == (version, [version])


@pytest.mark.java
def test_the_curl_line_loads_the_bundle_into_a_server(folder: Path) -> None:
    from tests.conformance.judge import hapi_server

    (line,) = (row for block in BLOCKS if block.document == "README.md" for row in block.text.split("\n") if "curl -" in row)
    shell("casefhir export appendicitis.yaml", folder)
    with hapi_server() as base:
        answer = json.loads(shell(line.replace("http://localhost:8080/fhir", base).replace("curl ", "curl -s "), folder))

    assert {entry["response"]["status"] for entry in answer["entry"]} == {"201 Created"}
