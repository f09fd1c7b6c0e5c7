"""casefhir explain: the page of every rule, the list of them, and near names."""

import pytest
from tests.cli.console import call

from casefhir.cli.explain import all_rules

TOLD = {entry.name: entry for entry in all_rules()}


@pytest.mark.parametrize("name", TOLD)
def test_every_rule_has_a_page(name: str) -> None:
    said = call("explain", name)

    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"{name} ({TOLD[name].severity})\n\n")
    assert TOLD[name].parts.get("Bad", "") in said.out
    assert TOLD[name].parts.get("Good", "") in said.out
    assert "](" not in said.out


def test_rule_may_be_copied_from_a_message() -> None:
    assert call("explain", "warning[units.impossible-value]") == call("explain", "Units.Impossible-Value")


def test_without_a_rule_all_are_listed_in_a_line_each() -> None:
    said = call("explain")

    assert (said.code, said.err) == (0, "")
    assert [line.split()[0] for line in said.out.splitlines()] == list(TOLD)


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("units.imposible", "did you mean units.impossible?"),
        ("misspelt", "did you mean names.misspelt?"),
        ("nonsense", "casefhir explain lists them all"),
    ],
)
def test_unknown_rule_is_answered_with_near_names(written: str, offered: str) -> None:
    assert call("explain", written) == (2, "", f"casefhir explain: no rule {written!r}; {offered}\n")
