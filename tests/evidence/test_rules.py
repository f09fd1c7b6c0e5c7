"""Each rule of evidence has the smallest case that breaks it against one invented article, and the report of it."""

from pathlib import Path

import pytest

from casefhir.article import read_article
from casefhir.cli.reading import loaded
from casefhir.pipeline import load
from casefhir.report import REPORTERS
from casefhir.rules import rule_name
from casefhir.rules.evidence import EVIDENCE

FOLDER = Path(__file__).parent / "refused"
CASES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
RULES = {rule_name(rule) for rules in EVIDENCE.values() for rule in rules}


@pytest.mark.parametrize("case", CASES)
def test_report(case: str, monkeypatch: pytest.MonkeyPatch, update_golden: bool) -> None:
    """Line and column, and every word: `pytest --update-golden` writes the reports anew."""
    monkeypatch.chdir(FOLDER)
    article = f"{case}.md" if Path(f"{case}.md").exists() else "article.md"
    _, report, _ = loaded(f"{case}.yaml", read_article(article))
    report = report._replace(issues=[issue for issue in report.issues if issue.rule.startswith("evidence.")])
    told = REPORTERS["text"]([report], False)
    expected = FOLDER / f"{case}.txt"
    if update_golden:
        expected.write_text(told, encoding="utf-8")

    assert told == expected.read_text(encoding="utf-8")
    assert {issue.rule for issue in report.issues} == (set() if case == "fine" else {f"evidence.{case}"})


def test_every_rule_has_a_case() -> None:
    assert {f"evidence.{case}" for case in CASES if case != "fine"} == RULES


def test_warning_is_quiet_once_it_is_doubted(tmp_path: Path) -> None:
    text = (FOLDER / "no-passage.yaml").read_text(encoding="utf-8")
    doubted = f"{text}doubts: [{{about: course/much better, says: read from a figure, rule: evidence.no-passage}}]\n"
    (tmp_path / "case.yaml").write_text(doubted, encoding="utf-8")

    _, report, _ = loaded(str(tmp_path / "case.yaml"), read_article(FOLDER / "article.md"))

    assert [issue for issue in report.issues if issue.severity != "information"] == []


PLAIN = """An invented case of
fever

A. Writer, B. Reader

Abstract
A girl had fever.

Case presentation
She came.
"""


@pytest.mark.parametrize(
    ("title", "article", "told"),
    [
        ("An invented case of fever", PLAIN, ""),
        ("An invented case of a rash", PLAIN, 'nearest: "An invented case of fever'),
        ("An invented case of a rash", f"DOI: 10.5555/example.1\n\n{PLAIN}", ""),  # begins with lines about the file
        ("An invented case of a rash", "She came with fever.", ""),  # the section with the case alone
        ("[A case of a rash]", PLAIN, ""),  # a title of the author's own
    ],
)
def test_title_is_in_the_text(title: str, article: str, told: str) -> None:
    case = f'casefhir: 1\nid: invented\narticle: {{title: "{title}"}}\npatient: {{sex: female}}\n'
    issues = load(case.encode(), article=article.encode()).issues

    assert [issue.rule for issue in issues] == ["evidence.not-in-text"] * bool(told)
    assert told in "".join(issue.message for issue in issues)


@pytest.mark.parametrize("marks", ["1", "1*", "1,2", "1, 2"])
def test_an_author_may_have_the_numbers_of_addresses_behind_the_name(marks: str) -> None:
    front = f"# A title\n\nAda Writer{marks}, Bo Reader2\n\nORCID: Bo Reader https://orcid.org/0000-0002-1825-0097\n"
    authors = "{name: Ada Writer}, {name: Bo Reader}"
    article = read_article(f"{front}\n## Case presentation\n\nShe came.\n".encode(), "a.md")

    def unnamed(authors: str) -> list[str]:
        case = f"casefhir: 1\nid: a\npatient: {{sex: female}}\narticle: {{title: A title, authors: [{authors}]}}\n"
        issues = load(case.encode(), article=article).issues
        return [issue.message for issue in issues if issue.rule == "evidence.not-in-text"]

    assert unnamed(authors) == []
    assert unnamed(f"{authors}, {{name: Cy Other}}") == ["the article does not name 'Cy Other'"]
