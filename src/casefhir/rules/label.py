"""Doses against the weight of the patient: what the label of the drug gives, and what is written beside them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from casefhir.chart import Chart
from casefhir.model.dosage import dosage
from casefhir.model.dose import Dosage
from casefhir.model.frequency import Frequency
from casefhir.model.quantity import Amount, Quantity
from casefhir.model.treatment import Dose, Treatment
from casefhir.reference import Label, labels
from casefhir.rules.body import amount_in
from casefhir.rules.rule import Remarks
from casefhir.terms.units import convert, ucum


def differs(chart: Chart) -> Remarks:
    """
    A dose differs from the label of the drug, for the disease, the route and the weight that the case has.

    Why: it may be a misprint, or what the authors chose; a reader must not take it for the dose that is approved.
    Bad:  {drug: tocilizumab, dose: 8 mg/kg every 2 weeks IV, for: [systemic JIA]} at a weight of 20 kg
    Good: the same with a doubt about it: {about: treatments/tocilizumab, says: the label has 12 mg/kg below 30 kg}
    Source: the prescribing information named in src/casefhir/reference/labels.tsv
    """
    weight = amount_in(chart.case.patient.weight, "kg")
    for i, treatment in enumerate(chart.case.treatments) if weight else ():
        given = treatment.dose.dosage if treatment.dose else None
        if weight and given and (label := _label(chart, treatment, given, weight)):
            labelled = _read(label.dose)
            if (given.amount and not _is_same(given.amount, labelled.amount)) or _other_time(given, labelled):
                told = f"{label.dose} {label.weights} in {label.indication} ({label.source})"
                yield ("treatments", i, "dose"), f"{treatment.drug} {given.text} differs from the label: {told}"


_read = cache(dosage)


def _label(chart: Chart, treatment: Treatment, given: Dosage, weight: Decimal) -> Label | None:
    """What the label gives for what is treated; None if it says nothing of the disease, the route or the weight."""
    for label in labels().get(chart.terms.drugs.canonical(treatment.drug) or "", ()):
        is_for = any(chart.terms.diagnoses.canonical(name) == label.indication for name in treatment.for_)
        if is_for and given.route == label.route and (label.low or 0) <= weight < (label.high or weight + 1):
            return label
    return None


def _is_same(one: Quantity, other: Quantity | None) -> bool:
    """Whether two amounts are equal in the unit of the second; what cannot be compared is let pass."""
    if not (isinstance(one, Amount) and isinstance(other, Amount)):
        return True
    unit, into = ucum(one.unit or ""), ucum(other.unit or "")
    converted = convert(one.value, unit, into) if unit and into else None
    return converted is None or converted == other.value


def _other_time(given: Dosage, labelled: Dosage) -> bool:
    often, usual = given.frequency, labelled.frequency
    return bool(often and usual and _per_day(often) != _per_day(usual))


def _per_day(often: Frequency) -> Decimal:
    """Doses in a day, a month being 4 weeks as labels count it."""
    return often.times / (often.period * _DAYS[often.unit])


_DAYS = {"h": Decimal(1) / 24, "d": Decimal(1), "wk": Decimal(7), "mo": Decimal(28), "a": Decimal(364)}


def times_weight(chart: Chart) -> Remarks:
    """
    An amount is written beside a dose per weight or per body surface, and is not that dose for the patient.

    Why: the dose, the amount, the weight or the height is misprinted. A quarter more or less is let pass; the body
    surface is the square root of height in cm times weight in kg, divided by 3600.
    Bad:  {drug: tocilizumab, dose: {dosage: 8 mg/kg IV, printed: "8 mg/kg, 1600 mg"}} at a weight of 20 kg
    Good: {drug: tocilizumab, dose: {dosage: 8 mg/kg IV, printed: "8 mg/kg, 160 mg"}} at a weight of 20 kg
    Source: https://doi.org/10.1056/NEJM198710223171717 (Mosteller)
    """
    weight = amount_in(chart.case.patient.weight, "kg")
    for i, treatment in enumerate(chart.case.treatments) if weight else ():
        given = treatment.dose.dosage if treatment.dose else None
        for per in _per_size(given) if weight and given else ():
            said = _PER.fullmatch(per.unit or "")
            size = said and (weight if said["size"] == "kg" else _surface(chart, weight))
            if said and size and given:
                unit = said["unit"] + (said["time"] or "")
                whole = per.value * size
                beside = list(_beside(treatment, given, per, unit))
                if beside and not any(_is_near(amount, whole, given) for amount in beside):
                    told = f"{treatment.drug!r}: {per.text} at {round(size, 2)} {said['size']} is {whole:.4g} {unit}"
                    yield ("treatments", i, "dose"), f"{told}, and {beside[0]:f} {unit} is written beside it"


_PER = re.compile(r"(?P<unit>mg|g|µg|mcg|ng|IU|U|units?|mL|mmol)/(?P<size>kg|m2|m²)(?P<time>/(?:h|hour|min))?")


def _per_size(given: Dosage) -> Iterator[Amount]:
    """The amounts of a dose that may be per weight: its own, how fast it flows, and that in brackets."""
    for amount in (given.amount, given.rate, given.again and given.again.quantity):
        if isinstance(amount, Amount):
            yield amount


def _beside(treatment: Treatment, given: Dosage, per: Amount, unit: str) -> Iterator[Decimal]:
    """The amounts in a unit, per nothing, that stand before a bracket or in it, or in the words of a treatment."""
    into = ucum(unit)
    for other in _per_size(given) if given.again else ():
        own = ucum(other.unit or "") if other is not per else None
        amount = convert(other.value, own, into) if own and into else None
        if amount is not None:
            yield amount
    dose = treatment.dose or Dose()
    words = (dose.printed, dose.note, treatment.note, treatment.quote)
    for found in re.finditer(
        rf"(?<![\d.,/])(\d[\d,]*(?:\.\d+)?)\s*{unit}(?![\w/²]|\s*per)", " ; ".join(filter(None, words))
    ):
        yield Decimal(found[1].replace(",", ""))


def _is_near(amount: Decimal, whole: Decimal, given: Dosage) -> bool:
    """Whether an amount is the whole, or one of the doses that the whole is given in."""
    parts = {1, given.in_doses or 1, given.frequency.times if given.frequency else 1}
    return any(whole * 3 / 4 <= amount * part <= whole * 5 / 4 for part in parts)


def _surface(chart: Chart, weight: Decimal | None) -> Decimal | None:
    height = amount_in(chart.case.patient.height, "cm")
    return (height * weight / 3600).sqrt() if height and weight else None
