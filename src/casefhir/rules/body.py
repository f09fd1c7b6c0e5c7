"""The body of the patient: height, weight and age against each other."""

from bisect import bisect_right
from decimal import Decimal

from casefhir.chart import Chart
from casefhir.model.age import Age
from casefhir.model.quantity import Amount, Quantity
from casefhir.reference import Growth, growth
from casefhir.rules.rule import Remarks
from casefhir.terms.units import convert, ucum

_BELOW, _ABOVE = -6, 8
"""Standard deviations from the median that hardly any child has: a little beyond what CDC calls implausible."""


def unlikely_for_age(chart: Chart) -> Remarks:
    """
    Height or weight is more than 6 standard deviations below the median of the age and sex, or 8 above it.

    Why: a decimal point, the unit or the age is probably misprinted. Every age that the print may mean is tried.
    Bad:  {sex: female, age: 4 years, height: 110 cm, weight: 2.0 kg}
    Good: {sex: female, age: 4 years, height: 110 cm, weight: 20 kg}
    Source: CDC growth charts, https://www.cdc.gov/growthcharts/cdc-data-files.htm
    """
    patient = chart.case.patient
    months = _months(patient.age)
    for measure, quantity, unit in (("height", patient.height, "cm"), ("weight", patient.weight, "kg")):
        value = amount_in(quantity, unit) if quantity and months else None
        if value and months and (distance := _distance(growth(patient.sex, measure), months, float(value))):
            assert quantity
            assert patient.age
            side = f"{abs(distance):.0f} standard deviations {'above' if distance > 0 else 'below'} the median"
            yield (
                ("patient", measure),
                f"a {measure} of {quantity.text} is {side} at {patient.age.text} ({patient.sex})",
            )


def _months(age: Age | None) -> tuple[float, float] | None:
    """The least and the most that an age may be; None where nobody can say."""
    if age is None or age.gestation_weeks is not None or age.comparator or age.approximate or age.high is not None:
        return None
    whole = float((age.years or 0) * 12 + (age.months or 0)) + float((age.weeks or 0) * 7 + (age.days or 0)) / 30.44
    finest = 12 if age.months is None and age.weeks is None and age.days is None and age.hours is None else 1
    return whole, whole + finest


def _distance(ages: tuple[Growth, ...], months: tuple[float, float], value: float) -> float | None:
    """How far a value is from the nearest median, if that is too far at every age; None if not, or no age is known."""
    if not ages or months[0] > ages[-1].months:
        return None
    first = bisect_right(ages, months[0], key=lambda age: age.months) - 1
    last = bisect_right(ages, months[1], key=lambda age: age.months)
    distances = [age.distance(value) for age in ages[first : last + 1]]
    nearest = min(distances, key=abs)
    is_far = all(distance < _BELOW for distance in distances) or all(distance > _ABOVE for distance in distances)
    return nearest if is_far else None


def other_body_mass_index(chart: Chart) -> Remarks:
    """
    A body mass index is not the weight in kg divided by the square of the height in m.

    Why: one of the three is misprinted. A tenth more or less is let pass, for they are rounded.
    Bad:  {height: 160 cm, weight: 50 kg} with BMI: 29.5 kg/m2
    Good: {height: 160 cm, weight: 50 kg} with BMI: 19.5 kg/m2
    Source: https://www.who.int/data/gho/data/themes/topics/topic-details/GHO/body-mass-index
    """
    patient = chart.case.patient
    height, weight = amount_in(patient.height, "cm"), amount_in(patient.weight, "kg")
    if height and weight:
        index = weight / (height / 100) ** 2
        for value in chart.series.of.get("BMI", ()):
            if value.number and value.moment in (None, patient.at) and abs(value.number - index) > index / 10:
                told = f"{patient.weight and patient.weight.text} and {patient.height and patient.height.text}"
                yield value.path, f"BMI {value.told} is not that of {told}, which is {index:.1f} kg/m2"


def amount_in(quantity: Quantity | None, unit: str) -> Decimal | None:
    """A single amount in a unit; None for any other, and for one that is measured otherwise."""
    if not isinstance(quantity, Amount) or not quantity.unit:
        return None
    known, into = ucum(quantity.unit), ucum(unit)
    return convert(quantity.value, known, into) if known and into else None
