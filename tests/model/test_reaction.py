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
    ],
)
def test_reaction_is_one_of_three_words(text: str, word: str) -> None:
    assert reaction(text) == word


@pytest.mark.parametrize("text", ["", "S?", "8", "not tested"])
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(GrammarError) as raised:
        reaction(text)

    assert str(raised.value) == f"\"{text}\" is neither S, I nor R; write one of these, and the concentration as 'mic'"
