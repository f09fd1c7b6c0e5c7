"""Diagnoses and how things went: course, adverse events, consent, doubts."""

from typing import ClassVar, Literal

from casefhir.model.base import ShortName, Value
from casefhir.model.fields import Codes, Quantity, Site, Text, Texts, When
from casefhir.model.record import Named, Record, Timed
from casefhir.model.when import When as AnyWhen


class Diagnosis(Named):
    """A disease that the patient has or had, or a flare of one."""

    onset: When | None = None
    """When it began: an event, a date, or an age: `age 6 months`."""

    diagnosed: When | None = None
    """When it was diagnosed."""

    resolved: When | None = None
    """When it was over."""

    status: Literal["active", "recurrence", "relapse", "inactive", "remission", "resolved"] | None = None
    """Only if the article says how it stands at the end."""

    certainty: Literal["confirmed", "provisional", "differential", "unconfirmed"] = "confirmed"
    """How sure the authors are of it."""

    severity: Text | None = None
    """`mild`, `moderate`, `severe`."""

    sites: tuple[Site, ...] = ()
    """`[right knee]`."""

    cause: Text | None = None
    """What set it off; the name of another diagnosis links the two."""

    flare_of: Text | None = None
    """The diagnosis of which this is a flare."""

    basis: tuple[Text, ...] = ()
    """What the diagnosis rests on, in own words."""

    @property
    def moment(self) -> AnyWhen | None:
        return self.diagnosed or self.onset


class RuledOut(Named):
    """A diagnosis that was examined and excluded: not the same as one that is not mentioned."""

    at: When | None = None
    """When it was excluded."""

    @property
    def moment(self) -> AnyWhen | None:
        return self.at


class Course(Timed):
    """How things went: a response to a treatment, a relapse, a stable state at a follow-up."""

    what: Text
    """In own words: `fever subsided`."""

    after: Texts = ()
    """The treatment, or treatments, that it followed: a drug, or the key of a course: `tocilizumab/admission`."""

    of: Text | None = None
    """The diagnosis or finding that it is about."""

    value: Quantity | None = None
    """A measured value."""

    response: Text | None = None
    """The class of a response, as the report calls it: `VGPR`, `partial response`, `MRD negative`."""

    criteria: Text | None = None
    """The criteria of that class: `IMWG`, `RECIST 1.1`, `Lugano`."""

    cause: Text | None = None
    """What the report blames it on."""

    @property
    def label(self) -> str:
        return self.what


Causality = Literal[
    # WHO-UMC
    "certain", "probable", "possible", "unlikely", "conditional", "unassessable",
    # Naranjo, and RUCAM
    "definite", "doubtful", "highly probable", "excluded",
    # clinical trials
    "definitely related", "probably related", "possibly related", "unlikely related", "related", "unrelated",
]  # fmt: skip


class Challenge(ShortName):
    """What came of stopping a treatment, or of giving it again: `positive`, or when and in which course as well."""

    short: ClassVar[str] = "result"

    result: Literal["positive", "negative", "not done"]
    """`positive` = the harm went away, or came back."""

    at: When | None = None
    """When it was stopped, or given again."""

    of: Text | None = None
    """The course in which it was given again: a drug, or the key of the course: `amikacin/review`."""

    note: Text | None = None
    """What else is to be said of it."""


class AdverseEvent(Timed):
    """Harm that a treatment did, or the statement that there was none."""

    name: Text | None = None
    """What happened …"""

    none: bool = False
    """… or that the article says that nothing did."""

    of: Texts = ()
    """The treatment, or treatments: a drug, or the key of a course."""

    value: Quantity | None = None
    """How much, if it was measured: `4 kg` of a gain of weight."""

    severity: (
        Literal["mild", "moderate", "severe", "life-threatening", "grade 1", "grade 2", "grade 3", "grade 4", "grade 5"]
        | None
    ) = None
    """How severe it was, or its grade as printed: `grade 2` of CTCAE."""

    serious: bool | None = None
    """Whether it was serious in the sense of the regulations, if the article says so."""

    outcome: Literal["recovered", "recovering", "ongoing", "recovered with sequelae", "fatal"] | None = None
    """How it ended."""

    causality: Causality | None = None
    """How surely the treatment did it, in the words of the scale that the article used, if it says so."""

    assessed_by: Text | None = None
    """How that was judged: `Naranjo score 7`."""

    dechallenge: Challenge | None = None
    """What came of stopping it: `positive` = the harm went away."""

    rechallenge: Challenge | None = None
    """What came of giving it again: `positive`, or `{result: negative, at: review, of: amikacin/review}`."""

    reported: Text | None = None
    """To whom it was reported: `pharmacovigilance centre`."""

    code: Codes = ()
    """Codes in place of those of the tables."""

    @property
    def label(self) -> str:
        return self.name or "none"


class Consent(Record):
    """What somebody consented to."""

    to: Text
    """`publication`, `treatment`, `participation`, `procedures`."""

    by: Literal["patient", "parent", "parent or guardian", "guardian", "next of kin", "unknown"]
    """Who gave it."""

    form: Literal["written", "oral"] | None = None
    """How it was given; left out where the article does not say."""

    at: When | None = None
    """When it was given."""

    covers: tuple[Text, ...] = ()
    """What it covers: `images`."""

    @property
    def label(self) -> str:
        return self.to

    @property
    def moment(self) -> AnyWhen | None:
        return self.at


class Doubt(Value):
    """What the source leaves unsure. A warning about the fact that it names stays quiet, and the doubt is exported."""

    about: Text
    """The fact, by parts of its key: `labs/ferritin/admission`; `article` for the whole report."""

    says: Text
    """What is doubtful, in own words."""

    rule: Text | None = None
    """The one rule that is acknowledged; without it, all warnings about the fact."""

    quote: Text | None = None
    """At most 12 printed words, `…` between the pieces."""
