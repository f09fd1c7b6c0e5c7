"""The project itself: its tables are complete, its files current, and of a size that can be read."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from inspect import getdoc
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from tests.mutated import SEEDS
from tools import make_definitions
from tools.definitions import DEFINITIONS

from casefhir.facts import facts
from casefhir.fhir import MAPPERS
from casefhir.model.findings import LabValue
from casefhir.pipeline import load
from casefhir.rules import RULES, rule_name
from casefhir.rules.evidence import EVIDENCE
from casefhir.statement import CellValue
from casefhir.terms import terms

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


# Tables


def test_every_kind_of_fact_has_a_mapper_and_every_mapper_a_fact() -> None:
    """`tests/every_key.yaml` uses every key of the format, and so has every kind of fact."""
    case = load(SEEDS["every key"]).case
    assert case
    kinds = {type(fact.record) for fact in facts(case, terms())}

    assert {kind.__name__ for kind in kinds - set(MAPPERS)} == set(), "without a row in casefhir.fhir.MAPPERS"
    assert {kind.__name__ for kind in set(MAPPERS) - kinds} == set(), "without a fact in tests/every_key.yaml"


def test_value_of_a_cell_has_what_a_laboratory_value_has() -> None:
    assert set(LabValue.fields()) == {name for name in CellValue.__annotations__ if not name.startswith("_")}


RULE_BY_NAME = {rule_name(rule): rule for rules in (*RULES.values(), *EVIDENCE.values()) for rule in rules}


def test_every_rule_stands_in_the_table_once() -> None:
    assert len(RULE_BY_NAME) == sum(map(len, (*RULES.values(), *EVIDENCE.values())))


@pytest.mark.parametrize("name", RULE_BY_NAME)
def test_rule_says_why_and_shows_bad_and_good(name: str) -> None:
    told = getdoc(RULE_BY_NAME[name]) or ""

    assert [word for word in ("Why:", "Bad:", "Good:") if not re.search(rf"^{word} +\S", told, re.MULTILINE)] == []


# What is generated


def test_definitions_of_our_extensions_are_current() -> None:
    """If not: `python -m tools.make_definitions`."""
    expected = {
        f"StructureDefinition-{definition.name}": make_definitions.structure_definition(definition)
        for definition in DEFINITIONS
    } | {"CodeSystem-kind": make_definitions.code_system()}

    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in make_definitions.FOLDER.glob("*.json")}
    assert found == expected


def locked() -> dict[str, list[str]]:
    """The packages of requirements-dev.lock, with the versions of each: on some Pythons there may be another."""
    text = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text, re.MULTILINE):
        versions.setdefault(normal(name), []).append(version)
    return versions


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("written", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"])
def test_lock_has_a_version_of_each_dependency(written: str) -> None:
    requirement = Requirement(written)
    versions = locked().get(normal(requirement.name), [])

    assert versions, f"{requirement.name} is not in requirements-dev.lock"
    assert all(requirement.specifier.contains(version) for version in versions)


def test_every_locked_package_has_hashes() -> None:
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / "requirements-dev.lock").read_text(encoding="utf-8"))

    assert not [block.partition("\n")[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]


# The Makefile

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))


def test_every_phony_target_has_a_recipe() -> None:
    assert set(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split()) == TARGETS


def test_every_make_that_is_written_somewhere_exists() -> None:
    told = {
        (target, path.name)
        for path in [*files(".md", ".py"), ROOT / ".ci" / "run"]
        for pair in re.findall(r"`make ([a-z-]+)`|^\$? ?make ([a-z-]+)$", text(path), re.MULTILINE)
        for target in filter(None, pair)
    }

    assert told
    assert {(target, place) for target, place in told if target not in TARGETS} == set()


def test_every_script_that_the_makefile_calls_exists() -> None:
    scripts = re.findall(r"\S+/[\w/]+\.py", MAKEFILE) + [
        name.replace(".", "/") + ".py" for name in re.findall(r"python -m (tools\.\w+)", MAKEFILE)
    ]

    assert [script for script in scripts if not (ROOT / script).exists()] == []


# Files

SKIPPED = {line.strip("/\n") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()} | {".git"}


def files(*endings: str) -> Iterator[Path]:
    """The files of the project whose names end so, but for what git ignores."""
    for path in sorted(ROOT.rglob("*")):
        is_skipped = any(part in SKIPPED or part.endswith(".egg-info") for part in path.relative_to(ROOT).parts)
        if path.is_file() and path.name.endswith(endings) and not is_skipped:
            yield path


def text(path: Path) -> str:
    """What a file says; some cases of `tests/invalid` are not UTF-8."""
    return path.read_text(encoding="utf-8", errors="replace")


TEXTS = [
    *(".py", ".md", ".toml", ".yaml", ".yml", ".json", ".tsv", ".txt", ".cff", ".xml", ".java", ".lock"),
    *("Makefile", "LICENSE", "NOTICE", ".gitignore"),
]

NOT_OURS = {
    "a folder of one machine": r"(?<![\w.~}-])/(?:work|root|home|Users|opt|private|mnt)/",
    "a registry of packages": "|".join(
        ["index-" + "url", "registry" + r"\.", "pythonhosted" + r"\.", "artifact" + "ory"]
    ),
}


@pytest.mark.parametrize("what", NOT_OURS)
def test_no_file_names_what_only_one_machine_has(what: str) -> None:
    found = {
        f"{path.relative_to(ROOT)}:{number}"
        for path in files(*TEXTS)
        for number, line in enumerate(text(path).splitlines(), start=1)
        if re.search(NOT_OURS[what], line) and path != Path(__file__)
    }

    assert found == set()


def test_every_text_ends_with_a_line_end_and_no_line_with_blanks() -> None:
    """The last cells of a table may be empty; the articles are as they are printed."""
    found = {
        str(path.relative_to(ROOT))
        for path in files(*TEXTS)
        if path.parent != ROOT / "tests" / "articles"
        if (raw := path.read_bytes())
        if not raw.endswith(b"\n") or b"\r" in raw or (path.suffix != ".tsv" and re.search(rb"[ \t]\n", raw))
    }

    assert found == set()


LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LONGER: dict[str, str] = {}
"""Files and functions that are longer, and why."""

SOURCES = list(files(".py"))


def of_the_program() -> list[Path]:
    return [path for path in SOURCES if path.relative_to(ROOT).parts[0] in ("src", "tools", "benchmarks")]


def test_no_source_file_is_too_long_to_read() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in of_the_program()
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE and name not in LONGER} == {}


def test_no_function_is_too_long_to_read() -> None:
    lengths = {
        f"{path.relative_to(ROOT)}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in of_the_program()
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION and name not in LONGER} == {}


def test_every_module_says_what_it_is() -> None:
    assert [path for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []
