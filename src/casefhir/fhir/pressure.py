"""A pair of pressures such as that of the pulmonary artery, 88/40 mmHg → the components of an Observation."""

from casefhir.fhir import concepts
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import quantity
from casefhir.model.quantity import Amount, Quantity, Ratio
from casefhir.terms import Unit


def is_pair(q: Quantity | None, unit: Unit | None) -> bool:
    """Whether two numbers are a systolic and a diastolic pressure; of a ventilator, in cmH2O, they are not."""
    return isinstance(q, Ratio) and not q.comparator and unit is not None and unit.ucum in _OF_VESSELS


_OF_VESSELS = frozenset(("mm[Hg]", "kPa"))


def pair(name: str, q: Quantity | None, unit: Unit | None, cx: Context) -> Resource:
    """
    The first number as the systolic pressure, the second as the diastolic one, each with the code of its name.

    Source: https://hl7.org/fhir/R4/observation.html#gr-comp
    """
    assert isinstance(q, Ratio), "is_pair says so"
    place = cx.terms.labs.canonical(name) or name
    return {
        "component": [
            {
                "code": concepts.laboratory_test(
                    f"{phase} {name}", next(iter(cx.terms.labs.get(f"{phase} {place}")), None)
                ),
                "valueQuantity": quantity(Amount(q.text, number, q.unit), unit, q.unit),
            }
            for phase, number in (("systolic", q.numerator), ("diastolic", q.denominator))
        ]
    }
