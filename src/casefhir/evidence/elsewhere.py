"""A need of a claim that its passage lacks → whether it stands where it belongs: a height, an end."""

from casefhir.chart import Chart
from casefhir.evidence.claim import Claim
from casefhir.evidence.column_limits import is_apart
from casefhir.evidence.doses import Counted
from casefhir.evidence.names import Names
from casefhir.evidence.need import Need, Token, is_met


def is_size(need: Need) -> bool:
    """Whether it is the height or the weight of the patient, which may stand in a sentence of their own."""
    return need.path in (("patient", "height"), ("patient", "weight"))


def stands_elsewhere(need: Need, claim: Claim, names: Names, chart: Chart) -> bool:
    """
    Whether what need not stand in the passage of the quote stands where it belongs.

    The start and the end of a fact in any passage with its name, or as the date of an event, which is proven by itself.
    """
    if is_apart(need, claim, names):
        return True
    if need.path[-1] in ("from", "to") and need in claim.moments:
        is_event = any(event.date and event.date.text == need.said for event in chart.case.events.values())
        return is_event or any(is_met(need, part) for part in names.passages(claim))
    is_name = any(need.path == path for path, _ in claim.names)
    if isinstance(need, Counted | Token) and not is_name:
        return any(is_met(need, part) for part in names.passages(claim))
    return any(is_met(need, part) for part in names.of_field(str(need.path[-1]), claim))
