"""What the documentation shows is what casefhir does: `tools.docs.examples` says how an example is written."""

import json
import re
import tomllib
from contextlib import redirect_stdout
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from tools.docs.demanded import DEMANDED
from tools.docs.examples import (
    DOCUMENTS,
    GRAMMARS,
    Block,
    blocks,
    commands,
    lay_out,
    readable,
    refusal,
    report,
    rows,
    shell,
    spans,
)
from tools.make_docs import PAGES, ROOT

import casefhir
from casefhir.model.when import Span, when
from casefhir.pipeline import converted
from casefhir.schema import published_schema
from casefhir.source import read_yaml

WRITTEN = [document for document in DOCUMENTS if document not in PAGES]
"""The documents that are written by hand; the examples of the others are run when they are generated."""

BLOCKS = [block for document in WRITTEN for block in blocks(document)]
ROWS = [(head, cells) for document in WRITTEN for head, cells in rows(document)]


def some(language: str) -> Any:
    chosen = [block for block in BLOCKS if block.language == language]
    return pytest.mark.parametrize("block", chosen, ids=lambda block: f"{block.document}:{block.line}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("docs")
    lay_out(path)
    return path


@some("yaml")
def test_a_case_gives_the_report_that_is_shown_or_is_without_fault(block: Block) -> None:
    """If only words of a message changed, run `make docs` and read the diff."""
    said = report(block)

    if block.shown is not None:
        assert said == block.shown
    elif block.next != "console":
        assert [issue for issue in said.splitlines() if ": information[" not in issue] == []


@some("yaml")
def test_a_case_without_errors_becomes_a_bundle(block: Block) -> None:
    if ": error[" not in report(block):
        assert bundle(block)["entry"]


def test_the_cheat_sheet_has_every_section_and_every_grammar() -> None:
    """If not: write a line of the new one into `docs/cheatsheet.md`."""
    (case,) = (block for block in BLOCKS if block.document == "docs/cheatsheet.md" and block.language == "yaml")
    text = (ROOT / "docs/cheatsheet.md").read_text("utf-8")

    assert set(read_yaml(case.source.encode()).data) == set(published_schema()["properties"]) - {"include"}
    assert set(re.findall(r"^\| \[(\w+)\]", text, re.MULTILINE)) == set(GRAMMARS)


@some("json")
def test_a_shown_resource_is_in_the_bundle_of_the_case_above(block: Block) -> None:
    above = [b for b in BLOCKS if (b.document, b.language) == (block.document, "yaml") and b.line < block.line]
    shown = json.loads(block.text, parse_float=Decimal)

    assert any(holds(entry["resource"], shown) for entry in bundle(above[-1])["entry"])


def bundle(block: Block) -> dict[str, Any]:
    document = converted(casefhir.load(block.source.encode()), "fhir-r4").json()
    return dict(json.loads(document, parse_float=Decimal))


def holds(whole: Any, part: Any) -> bool:
    """Whether a value says all that a shown part of it says; members may be left out, items of a list may not."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(name in whole and holds(whole[name], part[name]) for name in part)
    if isinstance(part, list):
        return isinstance(whole, list) and len(whole) == len(part) and all(map(holds, whole, part))
    return str(whole) == str(part)


@some("console")
def test_a_command_prints_what_is_shown(block: Block, folder: Path) -> None:
    """If only words changed, run `make docs` and read the diff."""
    for command, shown in commands(block):
        pattern = re.escape(shown).replace("…", "(?s:.*)")

        printed = shell(command, folder)

        assert re.fullmatch(pattern, printed), printed


@pytest.mark.parametrize("document", sorted({block.document for block in BLOCKS if block.language == "python"}))
def test_python_prints_what_is_shown(document: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    for block in (block for block in BLOCKS if (block.document, block.language) == (document, "python")):
        printed = StringIO()
        with redirect_stdout(printed):
            exec(compile(block.text, f"{document}:{block.line}", "exec"), names)

        assert printed.getvalue() == (block.shown or "")


READ = [example for head, cells in ROWS for example in readable(head, cells)]
REFUSED = [said for head, cells in ROWS if (said := refusal(head, cells))]


@pytest.mark.parametrize(("grammar", "text"), READ)
def test_an_example_of_a_grammar_is_read(grammar: str, text: str) -> None:
    assert GRAMMARS[grammar](text)


@pytest.mark.parametrize(("shown", "said"), REFUSED)
def test_what_is_no_example_of_a_grammar_is_refused_in_the_words_shown(shown: str, said: str) -> None:
    """If only words changed, run `make docs` and read the diff."""
    assert said == shown


DATES = [(text, spans(cells[-1])) for head, cells in ROWS if head == "date" for text in spans(cells[0])]


@pytest.mark.parametrize(("text", "shown"), DATES)
def test_a_date_is_in_fhir_what_the_table_of_dates_says(text: str, shown: list[str]) -> None:
    case = next(block for block in BLOCKS if block.document == "docs/format.md" and "first-day" in block.text)
    chart = casefhir.load(case.source.encode()).chart
    assert chart is not None
    read = when(text)

    ends = chart.timeline.period(read, None) if isinstance(read, Span) else (chart.timeline.calendar(read),)

    assert [end for end in ends if end] == shown


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_between_files_resolve(document: str) -> None:
    path = ROOT / document
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)

    assert [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not resolves(link, path)] == []


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


@pytest.mark.parametrize("name", PAGES)
def test_generated_pages_are_current(name: str) -> None:
    """If this fails, run `make docs` and read the diff."""
    assert (ROOT / name).read_text("utf-8") == PAGES[name]()


@pytest.mark.parametrize("case", sorted((ROOT / "cases").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_status_is_one_that_the_mapping_tells(case: Path) -> None:
    told = {kind: spans(demand[0]) for (kind, element), demand in DEMANDED.items() if element == "status" and demand}

    for entry in casefhir.convert(case).document["entry"]:
        resource = entry["resource"]
        if resource["resourceType"] in told:
            assert resource["status"] in told[resource["resourceType"]]


def test_the_architecture_names_every_module_and_no_other() -> None:
    package = ROOT / "src/casefhir"
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    named = {name.rstrip("/") for name in re.findall(r"`([\w/]+(?:\.py|/))`", text)}
    modules = {path.name for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}

    assert {name for name in named if not (package / name).exists()} == set()
    assert modules - named == {"__init__.py", "__main__.py"}


def test_every_decision_is_listed_in_the_architecture() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")

    assert {path.name for path in (ROOT / "docs/decisions").glob("*.md")} == set(
        re.findall(r"decisions/(\S+\.md)", text)
    )


def test_the_version_is_the_same_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    changelog = re.findall(r"^## \[?([0-9.]+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    citation = re.findall(r"^version: ([0-9.]+)", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)

    assert (changelog[0], citation) == (version, [version])


@pytest.mark.java
def test_the_curl_command_loads_the_bundle_into_a_server(folder: Path) -> None:
    from tests.conformance.judge import hapi_server

    loading = next(block.text for block in BLOCKS if block.document == "docs/commands.md" and "curl " in block.text)
    with hapi_server() as base:
        printed = shell(loading.replace("http://localhost:8080/fhir", base).replace("curl ", "curl -s "), folder)
    answer = json.loads(printed[printed.index("{") :])

    assert {entry["response"]["status"] for entry in answer["entry"]} == {"201 Created"}
