"""Each rule has the smallest file that breaks it; beside it is the report. `…@medplum` is for Medplum."""

from pathlib import Path

import pytest

from casefhir.lint import MALFORMED, RULES, lint, rule_name
from casefhir.report import REPORTERS, Report
from casefhir.rulebook import docstring
from casefhir.targets import target

FOLDER = Path(__file__).parent / "refused"
FILES = sorted(path.name for path in FOLDER.glob("*.*json"))
RULE_BY_NAME = {rule_name(rule): rule for rules in RULES.values() for rule in rules}
NAMES = [MALFORMED, *RULE_BY_NAME]

FOLLOWS = {
    "entry.doubled": NAMES,
    "entry.post-with-id": ["reference.posted"],
    "entry.if-none-exist": ["limits.conditional-entries"],
}
"""A rule → those whose files cannot but break it too."""

BY_LIMIT = {"limits.entries", "limits.bytes", "limits.resource-bytes", "limits.updates"}
"""Rules of large files: those are made by `test_limits`."""


def rule_of(file: str) -> str:
    """The rule that a file breaks: `json.malformed` of `json.malformed-cut.json`."""
    name = file.partition("@")[0].removesuffix(".json").removesuffix(".ndjson")
    return max((rule for rule in NAMES if f"{name}-".startswith(f"{rule}-")), key=len, default="")


@pytest.mark.parametrize("file", FILES)
def test_report(file: str, update_golden: bool) -> None:
    """Line and column, and every word: `pytest --update-golden` writes the reports anew."""
    server = target(file.partition("@")[2].partition(".")[0] or "generic")
    issues = lint({file: (FOLDER / file).read_bytes()}, server)[file]
    told = REPORTERS["text"]([Report(file, issues)], False)
    expected = FOLDER / f"{file}.txt"
    if update_golden:
        expected.write_text(told, encoding="utf-8")

    assert told == expected.read_text(encoding="utf-8")
    assert {issue.rule for issue in issues if rule_of(file) not in FOLLOWS.get(issue.rule, ())} <= {rule_of(file)}
    assert rule_of(file) in {issue.rule for issue in issues}


@pytest.mark.parametrize("rule", NAMES)
def test_rule_has_a_file_of_its_name(rule: str) -> None:
    assert rule in {*map(rule_of, FILES), *BY_LIMIT}


def test_every_report_has_its_file() -> None:
    assert sorted(path.name.removesuffix(".txt") for path in FOLDER.glob("*.txt")) == FILES


@pytest.mark.parametrize("name", RULE_BY_NAME)
def test_rule_says_why_and_shows_bad_and_good_with_its_source(name: str) -> None:
    told, parts = docstring(RULE_BY_NAME[name])

    assert told
    assert set(parts) == {"Why", "Bad", "Good", "Source"}


SYMPTOMS = {
    "the bundle is stored whole, nothing is created": ["bundle.type", "bundle.inside"],
    "Practitioner or Organization not found": ["reference.conditional", "reference.ambiguous", "reference.outside"],
    "Invalid match URL, 412": ["entry.condition", "entry.if-none-exist"],
    "duplicates after a second load": ["entry.doubled"],
    "ID must not be supplied on a create": ["entry.post-with-id", "reference.posted"],
    "urn:uuid left unresolved": ["reference.unresolved", "bundle.references-in-batch", "entry.full-url"],
    "too many entries": ["limits.entries", "limits.updates", "limits.conditional-entries", "limits.bytes"],
    "unknown profile": ["resource.profile"],
    "UCUM refused": ["resource.unit"],
}
"""What people meet when they load a bundle → the rules that tell it before."""


@pytest.mark.parametrize("symptom", SYMPTOMS)
def test_what_people_meet_is_told_before(symptom: str) -> None:
    assert [rule for rule in SYMPTOMS[symptom] if rule not in {*map(rule_of, FILES), *BY_LIMIT}] == []
