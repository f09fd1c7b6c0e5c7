"""A value in a list is proven with its own moment of the list beside it, and told with another one."""

import pytest

import casefhir

CASE = """casefhir: 1
id: invented
article: {title: An invented case}
patient: {sex: female}
events:
  arrival: {date: 2020-03-02, first-day: 0, quote: came on 2 March 2020}
  recheck: {date: day 14 of arrival, quote: seen again on day 14}
  rest: {}
"""


def told(moment: str, value: str, sentence: str) -> list[str]:
    """What evidence says of one value."""
    case = f"{CASE}labs: [{{at: {moment}, values: {{{value}}}}}]\n"
    issues = casefhir.load(
        case.encode(), article=f"She came on 2 March 2020. She was seen again on day 14. {sentence}".encode()
    ).issues
    assert not [issue for issue in issues if issue.rule.startswith(("shape.", "grammar.", "source."))], issues
    return [issue.message for issue in issues if issue.rule.startswith("evidence.") and issue.path[0] == "labs"]


BEFORE = "Haemoglobin on days 7, 14 and 28 was 10.4, 10.6 and 11.5 g/dL, respectively."
BEHIND = "Haemoglobin was 10.4, 10.6 and 11.5 g/dL on days 7, 14 and 28."
AHEAD = "On days 7, 14 and 28 the haemoglobin was 10.4 g/dL, 10.6 g/dL and 11.5 g/dL."
DATES = "On 9, 16 and 30 March 2020 haemoglobin was 10.4, 10.6 and 11.5 g/dL."
HOURS = "After 6, 12 and 24 hours the haemoglobin was 10.4, 10.6 and 11.5 g/dL."
EACH = "Haemoglobin was 10.4 g/dL at rest, 10.6 g/dL on day 14 and 11.5 g/dL on day 28."
LAST = "Lactate was 9.1 at 2 h, 4.0 at 6 h and 1.6 mmol/L at 14 h."
FIRST = "Lactate was 9.1 mmol/L at 2 h, 4.0 at 6 h and then 1.6 at 14 h."
OTHER = "Lactate was 9.1 at 2 h, 4.0 at 6 h, and glucose was 1.6 mmol/L at 14 h."
MORE = "Haemoglobin on days 7 and 14 was 10.4, 10.6 and 11.5 g/dL."
TWICE = "Haemoglobin on days 7 and 14, and in weeks 3 or 4, was 10.4 and 10.6 g/dL."
OTHERS = "Haemoglobin was normal, platelets 90 x10^9/L, and on days 7 and 14 there were 10.4 and 10.6 g/dL."
TWO = "On day 7 and day 14, haemoglobin was 10.4 and 10.6 g/dL and platelets were 50 and 70 x10^9/L."


@pytest.mark.parametrize(
    ("moment", "value", "sentence"),
    [
        ("day 7 of arrival", "haemoglobin: 10.4 g/dL", BEFORE),
        ("day 14 of arrival", "haemoglobin: 10.6 g/dL", BEFORE),
        ("recheck", "haemoglobin: 10.6 g/dL", BEFORE),
        ("arrival + 28 days", "haemoglobin: 11.5 g/dL", BEFORE),
        ("day 28 of arrival", "haemoglobin: 11.5 g/dL", BEHIND),
        ("day 14 of arrival", "haemoglobin: 10.6 g/dL", AHEAD),
        ("2020-03-16", "haemoglobin: 10.6 g/dL", DATES),
        ("arrival + 24 hours", "haemoglobin: 11.5 g/dL", HOURS),
        ("rest", "haemoglobin: 10.4 g/dL", EACH),
        ("arrival + 2 h", "lactate: 9.1 mmol/L", LAST),
        ("arrival + 6 h", "lactate: 4.0 mmol/L", LAST),
        ("arrival + 14 h", "lactate: 1.6 mmol/L", LAST),
        ("arrival + 6 h", "lactate: 4.0 mmol/L", FIRST),
        ("arrival + 14 h", "lactate: 1.6 mmol/L", FIRST),
        ("day 28 of arrival", "haemoglobin: 11.5 g/dL", EACH),
        ("day 14 of arrival", "platelet count: 70 x10^9/L", TWO),
    ],
)
def test_a_value_is_proven_with_its_own_moment(moment: str, value: str, sentence: str) -> None:
    assert told(moment, value, sentence) == []


@pytest.mark.parametrize(
    ("moment", "value", "sentence", "said"),
    [
        ("day 14 of arrival", "haemoglobin: 10.4 g/dL", BEHIND, "\"10.4 g/dL\" is that of '7' in its list"),
        ("2020-03-16", "haemoglobin: {value: 10.4 g/dL, quote: was 10.4}", DATES, "and not that of '16' (2020-03-16)"),
        ("day 14 of arrival", "haemoglobin: 11.5 g/dL", BEFORE, "no passage says 'haemoglobin' by itself"),
        ("day 14 of arrival", "haemoglobin: 11.5 g/dL", EACH, "no passage says 'haemoglobin' by itself"),
        ("arrival + 6 h", "lactate: 9.1 mmol/L", LAST, "\"9.1 mmol/L\" is that of 'at 2 h' in its list"),
        ("arrival + 6 h", "lactate: 4.0 mg/dL", LAST, "printed with another unit, 'mmol/L'"),
        ("arrival + 6 h", "lactate: 4.0 mg/dL", FIRST, "printed with another unit, 'mmol/L'"),
        ("arrival + 6 h", "lactate: 4.0 mmol/L", OTHER, "printed with another unit, 'at'"),
        ("day 14 of arrival", "haemoglobin: 10.6 g/dL", MORE, "no passage"),
        ("day 14 of arrival", "haemoglobin: 10.6 g/dL", TWICE, "no passage"),
        ("day 14 of arrival", "haemoglobin: 10.6 g/dL", OTHERS, "no passage"),
    ],
)
def test_a_value_is_not_proven_with_another(moment: str, value: str, sentence: str, said: str) -> None:
    found = told(moment, value, sentence)

    assert len(found) == 1
    assert said in found[0]
