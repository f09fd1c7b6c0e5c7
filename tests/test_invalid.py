"""Each rule and each grammar has the smallest case that breaks it, and nothing else; beside it is the report of it."""

import re
from functools import cache
from pathlib import Path

import pytest

import casefhir
from casefhir.cli.reading import loaded
from casefhir.report import REPORTERS
from casefhir.rules import RULES, rule_name

FOLDER = Path(__file__).parent / "invalid"
CASES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
SOURCE = Path(casefhir.__file__).parent


@cache
def rules() -> frozenset[str]:
    """Every rule that a report can name: functions, grammars, and the names written in the code that reads files."""
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    functions = (rule_name(rule) for of_severity in RULES.values() for rule in of_severity)
    grammars = (f"grammar.{name}" for name in re.findall(r'Grammar\("([a-z]+)"', code))
    return frozenset((*functions, *grammars, *re.findall(r'"((?:source|shape)\.[a-z-]+)"', code)))


def rule_of(case: str) -> str:
    """The rule that a case breaks: `shape.type` of `shape.type-no`."""
    return max((rule for rule in rules() if f"{case}-".startswith(f"{rule}-")), key=len, default="")


@pytest.mark.parametrize("case", CASES)
def test_report(case: str, monkeypatch: pytest.MonkeyPatch, update_golden: bool) -> None:
    """Line and column, and every word: `pytest --update-golden` writes the reports anew."""
    monkeypatch.chdir(FOLDER)
    _, report, _ = loaded(f"{case}.yaml")
    told = REPORTERS["text"]([report], False)
    expected = FOLDER / f"{case}.txt"
    if update_golden:
        expected.write_text(told, encoding="utf-8")

    assert told == expected.read_text(encoding="utf-8")
    assert {issue.rule for issue in report.issues} == {rule_of(case)}


@pytest.mark.parametrize("rule", sorted(rules()))
def test_rule_has_a_case_of_its_name(rule: str) -> None:
    assert rule in {rule_of(case) for case in CASES}


def test_every_report_has_its_case() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(CASES)
