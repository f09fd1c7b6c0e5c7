"""The patient, and the named moments of the case."""

from typing import Literal

from casefhir.model.fields import Age, Quantity, Text, When
from casefhir.model.record import Record
from casefhir.model.when import When as AnyWhen


class Patient(Record):
    """Whom the report is about. What it does not print (a birth date, a name) is not in the file."""

    sex: Literal["female", "male", "other", "unknown"]
    """As the report says."""

    age: Age | None = None
    """`4 years`, `3 months`, `36 weeks gestation`; never turned into a birth date."""

    height: Quantity | None = None
    """`110 cm`."""

    weight: Quantity | None = None
    """`20 kg`."""

    at: When | None = None
    """The moment that age, height and weight belong to."""

    called: Text | None = None
    """What the article calls this one of several patients: `Patient 2`, `the second case`; no name of a person."""

    @property
    def moment(self) -> AnyWhen | None:
        return self.at


class Event(Record):
    """A moment of the case with a name, so that `at:` can use it."""

    date: When | None = None
    """As precise as the report: `2020`, `2020-06`, `admission + 2 weeks`; left out when nothing is said."""

    to: When | None = None
    """The end, for a stay of more than a moment."""

    encounter: Literal["inpatient", "outpatient", "emergency", "day-care", "home", "virtual", "unknown"] | None = None
    """The kind of visit, if the event is one; `unknown` = a visit of a kind that the report does not say."""

    reason: tuple[Text, ...] = ()
    """Why the patient came: chief complaints, or the cause of the admission."""

    place: Text | None = None
    """Where, as far as printed: `several hospitals`."""

    first_day: Literal[0, 1, "unknown"] | None = None
    """What the report calls the day of the event: day 0 or day 1, for `day 5 of surgery`; or `unknown`."""

    @property
    def moment(self) -> AnyWhen | None:
        return self.date
