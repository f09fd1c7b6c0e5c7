"""The case file as a whole."""

from typing import Annotated, Literal

from pydantic import Field

from casefhir.model.article import Article
from casefhir.model.base import OrNothing, Value
from casefhir.model.course import AdverseEvent, Consent, Course, Diagnosis, Doubt, RuledOut
from casefhir.model.fields import EventName, Identifier
from casefhir.model.findings import Finding, Imaging, Panel, Score, Table
from casefhir.model.patient import Event, Patient
from casefhir.model.perinatal import Birth, Death, Pregnancy
from casefhir.model.treatment import Treatment


class Case(Value):
    """One published case: one patient, one report."""

    casefhir: Literal[1]
    """The version of the format."""

    id: Identifier
    """The name of the case; every id that it gets on a server comes from it, so it never changes."""

    article: Article
    """The published report."""

    patient: Patient
    """Whom it is about."""

    events: dict[EventName, Annotated[Event, OrNothing()]] = Field(default_factory=dict)
    """The moments of the case, named once; every `at:` uses them."""

    diagnoses: tuple[Diagnosis, ...] = ()
    """What the patient has or had."""

    ruled_out: tuple[RuledOut, ...] = ()
    """What was examined and excluded."""

    findings: tuple[Finding, ...] = ()
    """Symptoms, signs and examinations."""

    vitals: tuple[Panel, ...] = ()
    """Vital signs, moment by moment: temperature, pulse, blood pressure."""

    labs: tuple[Panel, ...] = ()
    """Laboratory values, moment by moment."""

    tables: tuple[Table, ...] = ()
    """Printed tables of values over dates."""

    imaging: tuple[Imaging, ...] = ()
    """Imaging studies and other tests with a report."""

    scores: tuple[Score, ...] = ()
    """Scores, scales and disease activity."""

    treatments: tuple[Treatment, ...] = ()
    """Drugs, course by course."""

    course: tuple[Course, ...] = ()
    """How things went."""

    adverse_events: tuple[AdverseEvent, ...] = ()
    """Harm done by treatments, or the statement that there was none."""

    pregnancy: tuple[Pregnancy, ...] = ()
    """Pregnancies of the patient, as far as they were at a moment."""

    birth: Birth | None = None
    """The birth of the patient."""

    death: Death | None = None
    """The death of the patient."""

    consent: tuple[Consent, ...] = ()
    """What the patient or the family consented to."""

    doubts: tuple[Doubt, ...] = ()
    """What the source leaves unsure, kept with the case."""
