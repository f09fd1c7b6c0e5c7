"""Ages → the choice of FHIR that says one: Age, or Range of two; a Quantity where it is a value."""

from casefhir.fhir.context import Resource
from casefhir.fhir.datatypes import between, quantity
from casefhir.model.age import Age
from casefhir.model.quantity import Amount, Range
from casefhir.terms.units import ucum


def aged(element: str, age: Age) -> Resource:
    """An age as `onsetAge` or `onsetRange`; empty for weeks of gestation and for age 0 (age-1)."""
    if age.ucum and age.ucum[0] > 0:
        amount, code = age.ucum
        return {f"{element}Age": quantity(Amount(age.text, amount, code, age.comparator), ucum(code), code)}
    if age.ucum_range:
        low, high, code = age.ucum_range
        return {f"{element}Range": between(Range(age.text, low, high, code), ucum(code), code)}
    return {}


def measured_age(age: Age) -> Resource:
    """An age as value[x] of an Observation: Quantity, Range, or the words."""
    said = aged("value", age)
    if "valueAge" in said:
        return {"valueQuantity": said["valueAge"]}
    return said or {"valueString": age.text}
