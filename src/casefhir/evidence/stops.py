"""The end of a course of a drug × the moment at which the article says that it was stopped → what differs."""

import re
from collections.abc import Iterator

from casefhir.chart import Chart
from casefhir.evidence.claim import Claim
from casefhir.evidence.doses import is_of_doses
from casefhir.evidence.index import Searched, words
from casefhir.evidence.moments import dated
from casefhir.evidence.names import Names
from casefhir.evidence.need import Need, Numbers, counted_from
from casefhir.evidence.remark import Remark
from casefhir.evidence.shown import shown
from casefhir.evidence.times import Dated
from casefhir.evidence.units import TIMES, agrees
from casefhir.evidence.values import moment
from casefhir.model.treatment import Treatment
from casefhir.model.when import When

Span = tuple[int, int]


def stops(claim: Claim, chart: Chart, names: Names) -> Iterator[Remark]:
    """
    What is said of a course whose end is none of the moments at which the article says that its drug was stopped.

    Nothing is said unless the two are told in the same way, by a date or by a number of the same unit of time, and no
    other course or interruption of the drug has that moment.
    """
    if claim.path[0] != "treatments" or len(claim.path) != 2:
        return
    treatment = chart.case.treatments[int(claim.path[1])]
    own = _needs(treatment.to, chart)
    told = [(part, span) for part in names.passages(claim) for span in _stopped(part, names.keys(claim))] if own else []
    if not told or any(_is_at(need, span, part) for need in own for part, span in told):
        return
    others = [need for when in _moments(treatment, chart) for need in _needs(when, chart)]
    for part, span in told:
        if any(_is_like(need, span, part) for need in own) and not any(_is_at(need, span, part) for need in others):
            there = part.text[slice(*_with_words(part, span))]
            said = f"{treatment.drug!r} is printed as stopped {there!r}, and not at {own[0].said}"
            yield Remark("other_moment", (*claim.path, "to"), f"{said}: {shown(part, span[0])}")
            return


def _needs(when: When | None, chart: Chart) -> list[Need]:
    return list(moment(dated(when, chart), ())) if when else []


def _moments(treatment: Treatment, chart: Chart) -> Iterator[When | None]:
    """All moments of the courses of a drug, of their interruptions, and of what stopped them."""
    name = chart.terms.drugs.canonical(treatment.drug) or treatment.drug
    for other in chart.case.treatments:
        if (chart.terms.drugs.canonical(other.drug) or other.drug) == name:
            yield from (other.at, other.from_, other.to)
            for gap in other.interrupted:
                yield from (gap.from_, gap.to)
    yield from (event.dechallenge.at for event in chart.case.adverse_events if event.dechallenge)


_STOPPED = re.compile(
    r"\b(?:stopped|discontinued|withdrawn|ceased)\s(?:again\s)?(?P<told>(?:on|at|in|by)\s(?:the\s)?"
    r"(?:(?:hospital|postoperative|post-operative|illness|day|week|month|POD|HD)\s){0,2}#?)(?=[0-9A-Z])",
    re.IGNORECASE,
)
_SUBJECT = frozenset(
    words("therapy treatment had have has be also finally therefore immediately but postoperative").split()
)
"""What may stand between a drug and the word that says that it was stopped, besides its doses."""


def _stopped(part: Searched, keys: frozenset[str]) -> Iterator[Span]:
    """The moments right behind the words of a sentence that say that a drug was stopped."""
    for found in _STOPPED.finditer(part.text) if part.row is None else ():
        before = words(part.text[: found.start()])
        if any(key in before and is_of_doses(_behind(key, before) - _SUBJECT) for key in keys):
            dates = [(date.start, date.end) for date in part.dates if date.start == found.end()]
            yield from dates or [(n.start, n.end) for n in part.numbers if n.start == found.end()]


def _behind(key: str, before: str) -> set[str]:
    return set(before.rpartition(key)[2].split())


def _is_at(need: Need, span: Span, part: Searched) -> bool:
    return any(start < span[1] and span[0] < end for start, end in need.places(part))


def _is_like(need: Need, span: Span, part: Searched) -> bool:
    """Whether a moment is told in the same way as the one in a sentence: by a date, or in the same unit of time."""
    if isinstance(need, Dated):
        return any(date.start == span[0] for date in part.dates)
    after = next((number.after for number in part.numbers if number.start == span[0]), None)
    if after is None or not isinstance(need, Numbers) or need.unit not in TIMES:
        return False
    return counted_from(part.text[: span[0]], need.unit) or agrees(need.unit, after)


def _with_words(part: Searched, span: Span) -> Span:
    """A moment with `on day` before it."""
    found = next(one for one in _STOPPED.finditer(part.text) if one.end() == span[0])
    return found.start("told"), span[1]
