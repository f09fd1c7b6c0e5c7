"""How an organism reacts to a drug, text → one of three words."""

from casefhir.model.grammar import GrammarError

REACTIONS = {
    "s": "susceptible",
    "susceptible": "susceptible",
    "sensitive": "susceptible",
    "i": "intermediate",
    "intermediate": "intermediate",
    "r": "resistant",
    "resistant": "resistant",
}
"""What a report prints, in small letters → the word for it."""


def reaction(text: str) -> str:
    """
    `S` and `sensitive` are susceptible, `I` is intermediate, `R` resistant.

    Raises: GrammarError for anything else.
    """
    found = REACTIONS.get(text.strip().casefold())
    if found is None:
        raise GrammarError(f"\"{text}\" is neither S, I nor R; write one of these, and the concentration as 'mic'")
    return found
