"""A claim that no passage proves → what of it stands where, and what does not: `name and "30 mg" in line 24`."""

from collections.abc import Callable, Sequence

from casefhir.evidence.claim import Claim
from casefhir.evidence.index import Searched
from casefhir.evidence.need import Need

Stands = Callable[[Need, Searched], bool]
"""Whether a passage prints what is needed, or one near it that may."""


def lacking(
    claim: Claim, needs: Sequence[Need], named: Sequence[Searched], told: Sequence[Searched], stands: Stands
) -> str:
    """
    What the passage that has most of a claim does not have; "" where none has any of it.

    Of the passages with its name, if there are any, else of all that are told.
    """
    name = ["name"] if claim.names and named else []
    best = max(named or told, key=lambda part: sum(stands(need, part) for need in needs), default=None)
    met = [_said(need) for need in needs if best and stands(need, best)]
    if best is None or not (name or met):
        return ""
    rest = [_said(need) for need in needs if _said(need) not in met]
    if claim.names and not name:
        rest = ["the name", *rest]
    here = f"{_listed([*name, *met])} in {best.at}"
    if rest:
        return f"{here}, {_listed(rest)} not there"
    return f"{here}, with another number between them" if name and met else here


def _said(need: Need) -> str:
    return f'"{need.said}"'


def _listed(words: Sequence[str]) -> str:
    """Words as a list of a sentence, each once."""
    *first, last = dict.fromkeys(words)
    return f"{', '.join(first)} and {last}" if first else last
