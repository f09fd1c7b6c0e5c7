"""A course that the article says was stopped at another moment is told, and one that may be right is not."""

import pytest

import casefhir

CASE = """casefhir: 1
id: invented
article: {title: An invented case}
patient: {sex: female}
events:
  admission: {date: 2021-02-05, first-day: 0, quote: came on 5 February 2021}
  hearing-loss: {date: 2021-03-12, quote: hearing loss on 12 March 2021}
treatments:
"""
ARTICLE = "She came on 5 February 2021. She had hearing loss on 12 March 2021. She took amikacin 15 mg/kg daily."


def told(treatments: str, sentence: str) -> list[str]:
    """What evidence says of where a drug was stopped."""
    case = f"{CASE}{treatments}\n"
    issues = casefhir.load(case.encode(), article=f"{ARTICLE} {sentence}".encode()).issues
    assert not [issue for issue in issues if issue.rule.startswith(("shape.", "grammar.", "source."))], issues
    return [issue.message for issue in issues if issue.rule == "evidence.other-moment"]


def amikacin(to: str, more: str = "") -> str:
    return f"  - {{drug: amikacin, dose: 15 mg/kg daily, from: admission, to: {to}{more}}}"


ON_12_MARCH = "Amikacin was stopped on 12 March 2021 because of it."
ON_DAY_7 = "Amikacin therapy was therefore discontinued on day 7."
REDUCED = "Amikacin was reduced to 10 mg/kg daily and stopped in March 2020."
AGAIN = "Amikacin was stopped on 12 March 2021. Amikacin was finally stopped on 20 March 2021."
ANOTHER = "  - {drug: amikacin, dose: 7 mg/kg daily, from: 2021-03-01, to: 2021-03-12}"


@pytest.mark.parametrize(
    ("to", "sentence", "said"),
    [
        ("2021-03-10", ON_12_MARCH, "'amikacin' is printed as stopped 'on 12 March 2021', and not at 2021-03-10"),
        ("day 8 of admission", ON_DAY_7, "'amikacin' is printed as stopped 'on day 7', and not at day 8 of admission"),
        ("admission + 8 days", ON_DAY_7, "printed as stopped 'on day 7'"),
        ("2021-03-10", REDUCED, "stopped 'in March 2020'"),
        ("2021-03-21", AGAIN, "stopped 'on 12 March 2021'"),
    ],
)
def test_another_end_is_told(to: str, sentence: str, said: str) -> None:
    assert [said in message for message in told(amikacin(to), sentence)] == [True]


@pytest.mark.parametrize(
    ("treatments", "sentence"),
    [
        (amikacin("2021-03-12"), ON_12_MARCH),
        (amikacin("hearing-loss"), ON_12_MARCH),
        (amikacin("2021-03"), "Amikacin was stopped in March 2021."),
        (amikacin("day 7 of admission"), ON_DAY_7),
        (amikacin("2021-03-20"), AGAIN),
        (amikacin("2021-03-10"), ON_DAY_7),  # told in another way
        (amikacin("after 2021-03-20"), "Amikacin was stopped."),
        (amikacin("unknown"), ON_12_MARCH),
        (amikacin("2021-03-20") + "\n" + ANOTHER, ON_12_MARCH),
        (amikacin("2021-03-20", ", interrupted: [{from: 2021-03-12, to: 2021-03-14}]"), ON_12_MARCH),
        (amikacin("2021-03-10"), "Amikacin helped, but rifampicin was stopped on 12 March 2021."),
        (amikacin("2021-03-10"), "Because of amikacin the test was stopped on 12 March 2021."),
        (amikacin("2021-03-10"), "Amikacin was stopped because of a hearing loss on 12 March 2021."),
    ],
)
def test_an_end_that_may_be_right_is_not(treatments: str, sentence: str) -> None:
    assert told(treatments, sentence) == []
