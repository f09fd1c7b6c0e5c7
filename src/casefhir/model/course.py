"""Diagnoses and how things went: course, adverse events, consent, doubts."""

from typing import Literal

from casefhir.model.base import Value
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

    cause: Text | None = None
    """What the report blames it on."""

    @property
    def label(self) -> str:
        return self.what


class AdverseEvent(Timed):
    """Harm that a treatment did, or the statement that there was none."""

    name: Text | None = None
    """What happened …"""

    none: bool = False
    """… or that the article says that nothing did."""

    of: Texts = ()
    """The treatment, or treatments: a drug, or the key of a course."""

    severity: Literal["mild", "moderate", "severe"] | None = None
    """How severe it was."""

    serious: bool | None = None
    """Whether it was serious in the sense of the regulations, if the article says so."""

    outcome: Literal["recovered", "recovering", "ongoing", "recovered with sequelae", "fatal"] | None = None
    """How it ended."""

    causality: Literal["certain", "probable", "possible", "unlikely", "conditional", "unassessable"] | None = None
    """How surely the treatment did it, if the article says so."""

    assessed_by: Text | None = None
    """How that was judged: `Naranjo score 7`."""

    dechallenge: Literal["positive", "negative", "not done"] | None = None
    """What came of stopping it: `positive` = the harm went away."""

    rechallenge: Literal["positive", "negative", "not done"] | None = None
    """What came of giving it again: `positive` = the harm came back."""

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
