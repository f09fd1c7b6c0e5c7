"""The number of a score → the value[x] of an Observation, and the most that its scale has as a component."""

from casefhir.fhir.context import Resource
from casefhir.fhir.datatypes import quantity, value_of
from casefhir.model.quantity import Amount, Quantity, Ratio
from casefhir.terms.units import ucum

_UNIT = "{score}"


def points(q: Quantity) -> Resource:
    """
    The points as a Quantity; of `27/30` the 27, with the most that can be reached as a component.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    match q:
        case Amount(_, _, ""):
            return {"valueQuantity": _scored(q)}
        case Ratio(text, number, most, "" | "points", comparator) if "/" in text and number <= most:
            whole = {"code": {"text": "highest possible score"}, "valueQuantity": _scored(Amount(text, most, ""))}
            return {"valueQuantity": _scored(Amount(text, number, "", comparator)), "component": [whole]}
    return value_of(q)


def _scored(amount: Amount) -> Resource:
    return quantity(amount, ucum(_UNIT), "score")
