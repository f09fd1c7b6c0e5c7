"""What was given: drugs with their doses, and why they were begun and ended."""

from typing import Annotated, ClassVar

from casefhir.model.base import NOTHING_WRITTEN, Between, Grammar, Short, Value
from casefhir.model.dosage import dosage
from casefhir.model.dose import Dosage
from casefhir.model.fields import Codes, Duration, Quantity, Text, When
from casefhir.model.record import Timed

DoseText = Annotated[Dosage, Grammar("dose", dosage)]


class Dose(Short):
    """A dose as one text, `8 mg/kg every 2 weeks IV`, or in words with what of it is certain."""

    short: ClassVar[str] = "dosage"

    dosage: DoseText | None = None
    """Amount, frequency, count, route, form: `2.5 mg BID PO`, `12.5 mg 2 doses SC`."""

    text: Text | None = None
    """What the grammar of doses has no words for: `intermittent`."""

    note: Text | None = None
    """What else is to be said of the dose."""

    printed: Text | None = None
    """The dose as the report prints it, where the text above says it in another way."""


class Reasons(Value):
    """Why a treatment began or ended."""

    why: tuple[Text, ...] = ()
    """One or more reasons, in own words."""

    note: Text | None = None
    """What else is to be said of it."""


class Interruption(Value):
    """A stretch of time in which a treatment was not given; it went on afterwards."""

    from_: When | None = None
    """When it was interrupted."""

    to: When | None = None
    """When it was resumed."""

    duration: Duration | None = None
    """For how long, where the article says that: `30 minutes`."""

    why: tuple[Text, ...] = ()
    """One or more reasons, in own words."""

    note: Text | None = None
    """What else is to be said of it."""

    quote: Text | None = None
    """At most 12 printed words that prove it, where another sentence than that of the treatment does."""


class Treatment(Timed):
    """A drug, given once or over a time. A change of dose is a new item with `replaces:`."""

    drug: Text
    """The name of the drug; ingredients rather than brands."""

    code: Codes = ()
    """Codes in place of those of the tables."""

    dose: Dose | None = None
    """`8 mg/kg every 2 weeks IV`."""

    for_: tuple[Text, ...] = ()
    """What it was given for: names of diagnoses or findings."""

    target: dict[Text, Quantity] = NOTHING_WRITTEN
    """What was aimed at, with its range or limit: `{INR: 2.0-3.0}`; no value that was measured."""

    regimen: Text | None = None
    """The regimen that it was given in, with other drugs: `FOLFOX`."""

    cycles: Annotated[int, Between(1)] | None = None
    """The number of cycles that were given: `6`."""

    started: Reasons | None = None
    """Why this drug was chosen."""

    stopped: Reasons | None = None
    """It was stopped before its time, and why."""

    interrupted: tuple[Interruption, ...] = ()
    """When it was not given for a while, and why."""

    not_done: Text | None = None
    """It was not given, and why: `refused`, `low risk of recurrence`."""

    absent: bool = False
    """It was not given, and the article says no reason."""

    continues: bool = False
    """The article says that it goes on."""

    replaces: Text | None = None
    """The drug, or the key of the course, that this one takes the place of."""

    @property
    def label(self) -> str:
        return self.drug
