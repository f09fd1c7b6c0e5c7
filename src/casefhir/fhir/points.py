"""The number of a score → the value[x] of an Observation; the most that its scale has, and its parts, as components."""

from collections.abc import Iterator
from decimal import Decimal

from casefhir.fhir import concepts
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import quantity, value_of
from casefhir.model.findings import Score
from casefhir.model.points import Points
from casefhir.model.quantity import Amount, Quantity, Ratio
from casefhir.terms.units import ucum

_UNIT = "{score}"


def points(q: Quantity | Points) -> Resource:
    """
    The points as a Quantity; of `27/30` the 27, with the most that can be reached as a component.

    A grade between two numbers, `3+/5`, is no number: it is told as a word. Of `E3V3M5` there is no value but its
    parts.

    Source: https://hl7.org/fhir/R4/observation.html
    """
    match q:
        case Points():
            return _beyond_one_number(q)
        case Amount(_, _, ""):
            return {"valueQuantity": _scored(q)}
        case Ratio(text, number, most, "" | "points", comparator) if "/" in text and number <= most:
            return {"valueQuantity": _scored(Amount(text, number, "", comparator)), **_most(q)}
    return value_of(q)


def _beyond_one_number(q: Points) -> Resource:
    if q.sign:
        return {"valueCodeableConcept": {"text": q.text}, **_most(q.quantity)}
    return points(q.quantity) if q.quantity else {}


def parts(record: Score, cx: Context) -> Iterator[Resource]:
    """The parts of a score, those of its value and those that stand beside it, each a component with its own code."""
    scale = cx.terms.scores.canonical(record.name) or record.name
    for name, said in record.value.parts if isinstance(record.value, Points) else ():
        is_number = said.isdigit()
        told = points(Amount(said, Decimal(said), "")) if is_number else {"valueCodeableConcept": {"text": said}}
        yield {"code": _part(scale, name, cx), **told}
    for name, value in record.parts.items():
        told = points(value)
        yield {"code": _part(scale, name, cx), **{key: part for key, part in told.items() if key != "component"}}


def _part(scale: str, name: str, cx: Context) -> Resource | None:
    """The code of a part, which the table has under the name of its score: `SOFA respiration`."""
    found = cx.concept(concepts.score, f"{scale} {name}")
    return {**found, "text": name} if found else None


def _most(number: Quantity | None) -> Resource:
    if not isinstance(number, Ratio):
        return {}
    most = Amount(number.text, number.denominator, "")
    return {"component": [{"code": {"text": "highest possible score"}, "valueQuantity": _scored(most)}]}


def _scored(amount: Amount) -> Resource:
    return quantity(amount, ucum(_UNIT), "score")
