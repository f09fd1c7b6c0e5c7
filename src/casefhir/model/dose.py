"""What a dose says, part by part."""

from typing import NamedTuple

from casefhir.model.cycle import Cycle
from casefhir.model.dose_amount import DoseAmount
from casefhir.model.dose_parts import Limit
from casefhir.model.duration import Duration
from casefhir.model.frequency import Frequency
from casefhir.model.quantity import Amount, Range
from casefhir.model.schedule import Schedule


class Dosage(NamedTuple):
    """How much of a drug is given, how often, how long, by which way; what is not said is None, "" or ()."""

    text: str
    """The dose, as written."""

    amount: Amount | Range | None = None
    """The amount of one dose; with `per_period` the total of a period: 30 mg/kg of `30 mg/kg/day`."""

    others: tuple[Amount | Range, ...] = ()
    """The other drugs of a product of several: 0.5 g of `4 g/0.5 g`."""

    again: DoseAmount | None = None
    """The same as printed once more in brackets: 2.4 mg/kg of `200 mg (2.4 mg/kg)`."""

    per_weight: str = ""
    """What the amount is per, where that has a number: `10 kg` of `0.1 mL per 10 kg`."""

    per_period: Duration | None = None
    """The period that the amount is the total of: 1 wk of `7.5 mg/week`."""

    in_doses: int | None = None
    """In how many doses a total is given: 3 of `30 mg/kg/day in 3 doses`; `frequency` says it too."""

    in_doses_high: int | None = None
    """The higher number of `in 2-3 doses`."""

    rate: Amount | Range | None = None
    """How fast it flows: `5 mL/h`, `0.05 mcg/kg/min`, `100 mL at 20 mL/h`."""

    maximum: Limit | None = None
    """The most that may be given: `max 4 g/day`."""

    frequency: Frequency | None = None
    """How often: `every 2 weeks`, `BID`."""

    count: int | None = None  # type: ignore[assignment]  # hides tuple.count, which nobody calls on a dose
    """How many doses in all: 2 of `2 doses`, 1 of `once`; of `2-3 doses` the lower number."""

    count_high: int | None = None
    """The higher number of `2-3 doses`."""

    when: tuple[str, ...] = ()
    """Times of day as codes: HS of `at bedtime`, AC of `before meals`.

    Source: https://hl7.org/fhir/R4/valueset-event-timing.html
    """

    times: tuple[str, ...] = ()
    """Times of day on the clock: `08:00` and `20:00`."""

    weekdays: tuple[str, ...] = ()
    """Days of the week as codes: mon and thu of `on Monday and Thursday`."""

    schedule: Schedule | None = None
    """When each dose is given, counted from the start: `at 0, 12 and 24 hours`; `count` says how many too."""

    cycle: Cycle | None = None
    """Days of a treatment cycle: `day 1, 8 of 21`."""

    cycles: int | None = None
    """How many cycles: 6 of `for 6 cycles`."""

    over: Duration | None = None
    """How long one dose takes: `over 2 hours`."""

    for_: Duration | None = None
    """How long it goes on: `for 6 months`."""

    as_needed: bool = False
    """Given when needed: `PRN`, `as needed`."""

    needed_for: str = ""
    """What it is given for when needed, as written: pain of `as needed for pain`."""

    route: str = ""
    """Canonical name of the route: intravenous of `IV`."""

    method: str = ""
    """How it goes in: bolus, push or continuous."""

    site: str = ""
    """Where it goes: right eye, both ears, each nostril."""

    form: str = ""
    """Canonical name of the form: suspension."""

    strength: tuple[Amount | Range, ...] = ()
    """How much is in each of what is counted: 240 mg of `40 tablets of 240 mg`; of each drug, if it has several."""
