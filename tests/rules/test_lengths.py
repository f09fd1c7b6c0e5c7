"""From what a quote counts."""

import pytest
from tests.rules.written import alarms

CASE = """\
events:
  arrival: {{first-day: 0}}
  {event}
findings:
  - {finding}
"""


@pytest.mark.parametrize(
    ("event", "finding"),
    [
        ('onset: {date: arrival - 70 minutes, quote: "70 minutes after the sudden onset"}', "{name: fever}"),
        ('onset: {date: arrival - 2 days, quote: "2 days following onset"}', "{name: fever}"),
        ("x: {}", '{name: fever, from: arrival - 3 days, quote: "three days after a high fever"}'),
        ('transfer: {date: arrival + 2 days, quote: "2 days before her transfer"}', "{name: fever}"),
    ],
)
def test_a_quote_that_counts_from_what_is_dated_turns_no_sign(event: str, finding: str) -> None:
    assert "lengths.other-direction" not in alarms(CASE.format(event=event, finding=finding))


@pytest.mark.parametrize(
    ("event", "finding"),
    [
        ('onset: {date: arrival - 70 minutes, quote: "70 minutes after arrival"}', "{name: fever}"),
        ('second-arrival: {date: arrival - 2 days, quote: "2 days after arrival"}', "{name: fever}"),
        ("x: {}", '{name: fever, from: arrival - 3 days, quote: "3 days after arrival, fever"}'),
    ],
)
def test_a_quote_that_counts_from_the_anchor_turns_the_sign(event: str, finding: str) -> None:
    assert "turn the sign" in alarms(CASE.format(event=event, finding=finding))["lengths.other-direction"]
