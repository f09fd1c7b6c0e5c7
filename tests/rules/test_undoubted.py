"""The published cases without doubts and reasons: what the rules find by themselves."""

from pathlib import Path
from typing import Any

import pytest
from tests.mutated import written

from casefhir.issue import Issue
from casefhir.pipeline import load
from casefhir.source import read_yaml

CASES = Path(__file__).parents[2] / "cases"

OF_THE_SEED = {
    "values.printed-otherwise": "CRP is printed as 146.00 g/L",
    "units.impossible": "ferritin is not measured in U/L",
    "units.not-printed": "the table 'cytokines' prints no units",
    "values.assay-ceiling": "IL-6 2500 (2020-07-14)",
    "scores.beyond-components": "JADAS-27 56.5 is not possible with the ESR of 85.00 mm/h",
    "label.differs": "12 mg/kg every 2 weeks below 30 kg",
    "story.given-after-replaced": "tocilizumab is given again at relapse (2021-05); tofacitinib took its place",
    "story.table-before-treatment": "2 of its lines (2020-06-28 and 2020-07-14)",
    "story.two-last-follow-ups": "december (2021-12) and last-follow-up (2022-03)",
    "claims.against-numbers": "139.81 (2021-09-30) and 243.36 (2021-12-30)",
}
"""Rule → what it has to say of the seed."""


def undoubted(value: Any) -> Any:
    """A case without its doubts, and without the reasons for what is written otherwise than printed."""
    match value:
        case dict():
            left = {"doubts", "why"} if "printed" in value else {"doubts"}
            return {key: undoubted(item) for key, item in value.items() if key not in left}
        case list():
            return [undoubted(item) for item in value]
    return value


def issues(name: str) -> tuple[Issue, ...]:
    file = CASES / f"{name}.yaml"
    return load(written(undoubted(read_yaml(file.read_bytes(), name).data))).issues


def warnings(name: str) -> list[tuple[str, str]]:
    said = issues(name)
    assert not [issue for issue in said if issue.severity == "error"]
    return [(issue.rule, issue.message) for issue in said if issue.severity == "warning"]


@pytest.mark.parametrize(("rule", "said"), OF_THE_SEED.items())
def test_the_rules_find_what_is_wrong_with_the_seed(rule: str, said: str) -> None:
    assert [message for name, message in warnings("sjia-tocilizumab-tofacitinib") if name == rule and said in message]


def test_cytokines_that_fell_are_held_against_their_increase() -> None:
    told = "\n".join(message for _, message in warnings("sjia-tocilizumab-tofacitinib"))

    assert "sIL-2R fell from 2810 (2020-06-28) to 1811 (2020-07-14), and IL-2 fell" in told


@pytest.mark.parametrize("says", ["after 9 months of follow-up", "a switch to oral tofacitinib"])
def test_what_the_abstract_says_otherwise_is_told(says: str) -> None:
    """Of a case alone nobody can tell that; its author wrote it down as a `conflict`."""
    said = issues("sjia-tocilizumab-tofacitinib")

    assert [issue for issue in said if issue.rule == "story.told-otherwise" and says in issue.message]


def test_the_seed_is_told_about_in_few_sentences() -> None:
    said = issues("sjia-tocilizumab-tofacitinib")

    assert len(said) <= 60
    assert not [issue for issue in said if ". " in issue.message]


@pytest.mark.parametrize("consistent", ["do not fit", "8 months", "110 cm", "20 kg", "676.8"])
def test_what_is_consistent_raises_no_alarm(consistent: str) -> None:
    assert not [message for _, message in warnings("sjia-tocilizumab-tofacitinib") if consistent in message]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("bruton-xla-btk", {"values.printed-otherwise"}),
        ("colon-adenocarcinoma-gist", set()),
        ("congenital-cmv-preterm", {"units.not-printed", "values.printed-otherwise", "quotes.other-unit"}),
        ("dihs-carbamazepine-child", {"values.printed-otherwise"}),
        ("hellp-hepatic-infarction", set()),
        ("sle-pth-adenoma", set()),
    ],
)
def test_other_cases_raise_no_false_alarm(case: str, expected: set[str]) -> None:
    """What is expected here is truly so in the article, and acknowledged in the case."""
    assert {rule for rule, _ in warnings(case)} == expected
