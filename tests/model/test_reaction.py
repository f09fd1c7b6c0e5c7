"""What a report prints of an organism and a drug."""

import pytest

from casefhir.model.grammar import GrammarError
from casefhir.model.reaction import reaction


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("S", "susceptible"),
        ("sensitive", "susceptible"),
        ("Susceptible", "susceptible"),
        ("I", "intermediate"),
        ("intermediate", "intermediate"),
        ("R", "resistant"),
        ("resistant", "resistant"),
        ("not detected", "not detected"),
        ("Detected", "detected"),
        ("indeterminate", "indeterminate"),
        ("SDD", "susceptible-dose dependent"),
        ("Susceptible dose-dependent", "susceptible-dose dependent"),
        ("NS", "non-susceptible"),
    ],
)
def test_reaction_is_one_of_few_words(text: str, word: str) -> None:
    assert reaction(text) == word


@pytest.mark.parametrize("text", ["", "S?", "8", "not tested"])
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(GrammarError) as raised:
        reaction(text)

    told = "write one of these, a MIC as 'mic', and the concentration that was tested as 'at-concentration'"
    assert str(raised.value) == f'"{text}" is neither S, SDD, I, NS nor R; {told}'


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("R at 0.1 mg/L", "write {value: R, at-concentration: 0.1 mg/L}"),
        ("low-level resistance", "write {value: R, note: low level}"),
    ],
)
def test_what_is_more_than_a_reaction_has_its_keys(text: str, advice: str) -> None:
    with pytest.raises(GrammarError) as raised:
        reaction(text)

    assert str(raised.value).endswith(advice)
