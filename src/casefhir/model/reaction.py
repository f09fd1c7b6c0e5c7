"""How an organism reacts to a drug, text → the word for it."""

import re

from casefhir.model.grammar import GrammarError

REACTIONS = {
    "s": "susceptible",
    "susceptible": "susceptible",
    "sensitive": "susceptible",
    "i": "intermediate",
    "intermediate": "intermediate",
    "sdd": "susceptible-dose dependent",
    "s-dd": "susceptible-dose dependent",
    "susceptible-dose dependent": "susceptible-dose dependent",
    "susceptible dose-dependent": "susceptible-dose dependent",
    "susceptible, dose-dependent": "susceptible-dose dependent",
    "ns": "non-susceptible",
    "non-susceptible": "non-susceptible",
    "nonsusceptible": "non-susceptible",
    "r": "resistant",
    "resistant": "resistant",
    "detected": "detected",
    "not detected": "not detected",
    "indeterminate": "indeterminate",
}
"""What a report prints, in small letters → the word for it."""

OF_GENES = frozenset(("detected", "not detected", "indeterminate"))
"""What a test of the genes says of resistance; it does not say whether the organism grows."""


def reaction(text: str) -> str:
    """
    `S` and `sensitive` are susceptible, `I` is intermediate, `R` resistant; `not detected` is said of resistance.
    `SDD` and `NS` are categories of CLSI: susceptible at a higher dose, and not susceptible where there is no other.

    Raises: GrammarError for anything else.
    """
    found = REACTIONS.get(text.strip().casefold())
    if found is None:
        raise GrammarError(f'"{text}" is neither S, SDD, I, NS nor R; {_instead(text)}')
    return found


_AT = r"(?P<value>\S+) (?:at|@) (?P<amount>[<>≤≥]?\s*[0-9].*)"
_LEVEL = r"(?i)(?P<level>low|high)[- ]level resist\w+"


def _instead(text: str) -> str:
    """What to write for what is more than a reaction."""
    said = text.strip()
    if (found := re.fullmatch(_AT, said)) and found["value"].casefold() in REACTIONS:
        return f"write {{value: {found['value']}, at-concentration: {found['amount']}}}"
    if found := re.fullmatch(_LEVEL, said):
        return f"write {{value: R, note: {found['level'].lower()} level}}"
    return "write one of these, a MIC as 'mic', and the concentration that was tested as 'at-concentration'"
