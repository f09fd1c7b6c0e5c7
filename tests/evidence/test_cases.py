"""Every published case is proven by its article; a digit changed in either is found, and said at its line."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import casefhir
from casefhir.article import Article, read_article
from casefhir.evidence import Evidence

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "cases").glob("*.yaml"))
CHANGES = 60

cases = pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
some_cases = pytest.mark.parametrize(
    "name", ["sjia-tocilizumab-tofacitinib", "hellp-hepatic-infarction", "sle-pth-adenoma", "colon-adenocarcinoma-gist"]
)


def article_of(name: str) -> Path:
    return ROOT / "tests" / "articles" / f"{name}.txt"


def told(case: bytes | Path, article: Article | Path) -> list[casefhir.Issue]:
    """Errors and warnings."""
    return [issue for issue in casefhir.load(case, article=article).issues if issue.severity != "information"]


@cases
def test_every_fact_is_proven(case: Path) -> None:
    assert told(case, article_of(case.stem)) == []


NOT_TOLD = frozenset(("casefhir", "id", "code", "note", "why", "doubts", "first-day", "license"))
"""Keys whose digits are not those of the article: words of the author's own, codes, names of files."""

NOT_IN_TEXT = frozenset((("article", "title"), ("article", "pmid")))
"""What the texts do not print: they are the section with the case alone."""


def places(node: yaml.Node, keys: tuple[str, ...] = ()) -> Iterator[int]:
    """The places of the digits that state something."""
    match node:
        case yaml.MappingNode():
            for key, value in node.value:
                if key.value not in NOT_TOLD and (*keys, key.value) not in NOT_IN_TEXT:
                    if keys[-1:] == ("values",):
                        yield from places(key, keys)
                    yield from places(value, (*keys, key.value))
        case yaml.SequenceNode():
            for item in node.value:
                yield from places(item, keys)
        case yaml.ScalarNode():
            yield from range(node.start_mark.index, node.end_mark.index)


def changed(text: str, at: int, chance: random.Random) -> str:
    """The text with another digit at a place."""
    digit = chance.choice([digit for digit in "0123456789" if digit != text[at]])
    return f"{text[:at]}{digit}{text[at + 1 :]}"


def lines_of_trouble(text: str, article: Article) -> set[int]:
    try:
        return {issue.mark.line for issue in told(text.encode(), article)}
    except casefhir.SourceError as error:
        return {error.mark.line}


@pytest.mark.long
@some_cases
def test_changed_digit_of_the_case_is_found_at_its_line(name: str) -> None:
    text = (ROOT / "cases" / f"{name}.yaml").read_text(encoding="utf-8")
    article = read_article(article_of(name))
    chance = random.Random(name)
    digits = [at for at in places(yaml.compose(text)) if text[at].isdigit()]

    missed = [
        f"line {line}: {made.splitlines()[line - 1].strip()}"
        for at in chance.sample(digits, CHANGES)
        if (made := changed(text, at, chance)) and (line := text.count("\n", 0, at) + 1)
        if line not in lines_of_trouble(made, article)
    ]

    assert missed == []


def digits_of_facts(case: Path, article: Article) -> list[int]:
    """
    The places of the digits that facts rest on: numbers and dates that they need, and rows of tables.

    Not of what the article prints in two places: either proves the fact, and `coverage` tells of the other.
    """
    chart = casefhir.load(case).chart
    assert chart
    evidence = Evidence(chart, article)
    found: set[int] = set()
    for part, spans in evidence.used():
        assert part.passage
        found |= {part.passage.origin(at) for start, end in spans for at in range(start, end)}
    return sorted(at for at in found if article.text[at].isdigit())


@pytest.mark.long
@some_cases
def test_changed_digit_of_the_article_is_found(name: str) -> None:
    case = ROOT / "cases" / f"{name}.yaml"
    article = read_article(article_of(name))
    chance = random.Random(name)
    digits = digits_of_facts(case, article)

    missed = [
        article.text[max(0, at - 60) : at + 30]
        for at in chance.sample(digits, min(CHANGES, len(digits)))
        if not told(case, read_article(changed(article.text, at, chance).encode()))
    ]

    assert len(digits) >= CHANGES / 2
    assert missed == []


SWAPPED = {
    "unit": ("platelets: 676.8 x10^9/L", "platelets: 676.8 x10^6/L", "evidence.other-unit"),
    "decimal point": ("haemoglobin: 91.8 g/L", "haemoglobin: 9.18 g/L", "evidence.number-not-printed"),
    "dose": ("3 mL TID PO", "6 mL TID PO", "evidence.number-not-printed"),
    "frequency": ("2.5 mg BID PO, printed: 2.5 mg/twice/day", "2.5 mg TID PO, printed: 2.5 mg/twice/day", "evidence."),
    "date": ("{date: 2019-10, quote", "{date: 2019-11, quote", "evidence."),
    "another date of the article": ("{date: 2020-09, note", "{date: 2020-06, note", "evidence.outside-quote"),
    "duration": ("duration: 8 months", "duration: 8 weeks", "evidence.other-unit"),
    "cell": ("2.96   1811", "2.69   1811", "evidence.other-cell"),
    "column": ("IL-4   IL-2", "IL-5   IL-2", "evidence.other-cell"),
    "day of a row": ("2020-07-14  2.96", "2020-07-15  2.96", "evidence.other-cell"),
    "quote": ('quote: "chills and fever"', 'quote: "fever and chills"', "evidence.quote-not-printed"),
    "name": ("name: JADAS-27, value: 56.5", "name: JADAS-71, value: 56.5", "evidence."),
    "DOI": ("rs-1547265", "rs-1547256", "evidence.other-article"),
    "reference": ("2018;104:499-514", "2018;140:499-514", "evidence.number-not-printed"),
    "comparator": ("duration: more than 4 hours", "duration: 5 hours", "evidence."),
}


@pytest.mark.parametrize(("before", "after", "rule"), SWAPPED.values(), ids=SWAPPED)
def test_swap_is_found_at_its_line(before: str, after: str, rule: str) -> None:
    name = "sjia-tocilizumab-tofacitinib"
    text = (ROOT / "cases" / f"{name}.yaml").read_text(encoding="utf-8")
    assert text.count(before) == 1
    line = text.count("\n", 0, text.index(before)) + 1

    issues = told(text.replace(before, after).encode(), article_of(name))

    assert [issue for issue in issues if issue.mark.line == line and issue.rule.startswith(rule)], issues
