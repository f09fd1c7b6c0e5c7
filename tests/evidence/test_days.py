"""A day that is told by its number proves the date of a fact as a calendar day does, and a length of time does not."""

import pytest

import casefhir

CASE = """casefhir: 1
id: invented
article: {title: An invented case}
patient: {sex: male, age: 58 years, quote: 58-year-old man}
events:
  arrival: {first-day: 0, encounter: inpatient, quote: brought to our emergency department}
  surgery: {date: 2020-03-04, quote: surgery on 4 March 2020}
"""
STORY = "A 58-year-old man was brought to our emergency department. He had surgery on 4 March 2020. "
DOSE = "He was treated with levofloxacin 500 mg once."
SLEEP = "He slept well. He woke up. He ate much. He went out. "


def told(facts: str, article: str) -> dict[str, str]:
    """The rules of evidence that a case breaks, each with its message."""
    issues = casefhir.load(f"{CASE}{facts}\n".encode(), article=f"{STORY}{article}".encode()).issues
    assert not [issue for issue in issues if issue.rule.startswith(("shape.", "grammar.", "source."))], issues
    return {issue.rule: issue.message for issue in issues if issue.rule.startswith("evidence.")}


def levofloxacin(when: str, more: str = "") -> str:
    return f"treatments: [{{drug: levofloxacin, dose: 500 mg once, at: {when}{more}}}]"


QUOTED = ', quote: "treated with levofloxacin 500 mg once"'
SELENIUM = "treatments: [{drug: selenium, dose: 100 µg BID, from: day 3 of arrival}]"
STOPPED = "treatments: [{{drug: selenium, dose: 100 µg BID, to: day 5 of arrival{}}}]"

PROVEN = {
    "a sentence before": (levofloxacin("day 5 of arrival"), f"On day 5 he had a fever. {DOSE}"),
    "by quote": (levofloxacin("day 5 of arrival", QUOTED), f"On day 5 he had a fever. {DOSE}"),
    "behind the dose": (SELENIUM, "Selenium 100 µg twice daily was given on day 3."),
    "hospital day": (SELENIUM, "Selenium 100 µg twice daily was added on hospital day 3."),
    "in words": (levofloxacin("surgery + 1 day"), f"On the first postoperative day he was well. {DOSE}"),
    "the next day": (levofloxacin("surgery + 1 day"), f"The next day he was well. {DOSE}"),
    "number between": (
        "imaging: [{name: chest radiograph, at: day 5 of arrival, findings: [{name: consolidation}]}]",
        "On day 5 he had 38.6 °C; a chest radiograph showed consolidation.",
    ),
    "stopped elsewhere": (
        STOPPED.format(', quote: "Selenium 100 µg twice"'),
        f"Selenium 100 µg twice daily. {SLEEP}Selenium was stopped on day 5.",
    ),
}
REFUSED = {
    "too far before": (levofloxacin("day 5 of arrival"), f"On day 5 he had a fever. {SLEEP}{DOSE}"),
    "a sentence behind": (levofloxacin("day 5 of arrival"), f"{DOSE} On day 5 he had a fever."),
    "another day": (levofloxacin("day 5 of arrival"), f"On day 6 he had a fever. {DOSE}"),
    "a length": (levofloxacin("day 5 of arrival"), f"He had a fever for 5 days. {DOSE}"),
    "a length of the past": (levofloxacin("day 5 of arrival"), f"He had a fever over the last 5 days. {DOSE}"),
    "an adjective": (levofloxacin("arrival + 5 days"), f"He had a 5-day fever. {DOSE}"),
    "days of something": (levofloxacin("arrival + 5 days"), f"He had taken 5 days of amoxicillin. {DOSE}"),
    "a week": (levofloxacin("surgery + 1 week"), f"He had a fever for a week. {DOSE}"),
    "another dose": (levofloxacin("day 5 of arrival"), f"On day 5 he had a fever. {DOSE.replace('500', '250')}"),
}


@pytest.mark.parametrize(("facts", "article"), PROVEN.values(), ids=PROVEN)
def test_proven(facts: str, article: str) -> None:
    assert told(facts, article) == {}


@pytest.mark.parametrize(("facts", "article"), REFUSED.values(), ids=REFUSED)
def test_refused(facts: str, article: str) -> None:
    assert told(facts, article) != {}


@pytest.mark.parametrize(
    ("facts", "article", "says"),
    [
        (
            levofloxacin("day 5 of arrival"),
            f"{DOSE} On day 5 he had a fever.",
            'name, "500 mg" and "once" in line 1, "day 5 of arrival" not there',
        ),
        (
            levofloxacin("surgery"),
            "He had 500 mg once. He had levofloxacin.",
            'name and "once" in line 1, "500 mg" not there',
        ),
        (
            levofloxacin("surgery"),
            "He was treated with 500 mg once.",
            '"500 mg" and "once" in line 1, the name not there',
        ),
        (
            levofloxacin("surgery"),
            "Levofloxacin, 5 tablets or 500 mg, was given once.",
            'name, "500 mg" and "once" in line 1, with another number between them',
        ),
    ],
)
def test_what_is_not_found_is_told(facts: str, article: str, says: str) -> None:
    message = f"no passage says 'levofloxacin' by itself: {says}; add a quote, at most 12 printed words"

    assert told(facts, article) == {"evidence.no-passage": message}


def test_an_event_is_told_with_the_line_of_its_date() -> None:
    case = CASE.replace(", quote: surgery on 4 March 2020", ", encounter: inpatient")
    found = casefhir.load(case.encode(), article=STORY.encode()).issues

    assert [issue.message for issue in found if issue.rule == "evidence.no-passage"] == [
        "no passage says 'surgery' by itself: \"2020-03-04\" in line 1; add a quote, at most 12 printed words"
    ]
