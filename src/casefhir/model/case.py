"""The case file as a whole."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Annotated, Any, Literal

from casefhir.model.allergy import Allergy
from casefhir.model.article import Article
from casefhir.model.base import NOTHING_WRITTEN, OneOrMore, Value
from casefhir.model.course import AdverseEvent, Consent, Course, Diagnosis, Doubt, RuledOut
from casefhir.model.exposure import Exposure
from casefhir.model.family import Relative
from casefhir.model.fields import EventName, Identifier, Text, Texts
from casefhir.model.findings import Finding, Imaging, Panel, Score, Table
from casefhir.model.genetics import Variant
from casefhir.model.history import History
from casefhir.model.immunization import Immunization
from casefhir.model.left_out import LeftOut
from casefhir.model.microbiology import MicrobiologyTest
from casefhir.model.others import Other
from casefhir.model.pathology import Pathology
from casefhir.model.patient import Event, Patient
from casefhir.model.perinatal import Birth, Death, Pregnancy
from casefhir.model.perspective import Perspective
from casefhir.model.procedure import Procedure
from casefhir.model.social import Habit
from casefhir.model.stage import Stage
from casefhir.model.treatment import Treatment
from casefhir.source import Path


class Case(Value):
    """One published case: one patient, one report."""

    casefhir: Literal[1]
    """The version of the format."""

    id: Identifier
    """The name of the case; every id that it gets on a server comes from it, so it never changes."""

    part_of: Annotated[tuple[Identifier, ...] | dict[Identifier, Text], OneOrMore()] = ()
    """
    The id of another case file of the same report: that of the child, in the file of the mother; or several.

    Each with what this patient is to the patient of that file: `{invented-newborn: mother}`.
    """

    relation: Texts = ()
    """What this patient is to the patient of that file, or to all of them, where `part-of` has ids alone: `mother`."""

    include: tuple[Text, ...] = ()
    """Files with what several cases share of the article, named from the folder of this one: `[series.shared.yaml]`."""

    article: Article
    """The published report."""

    patient: Patient
    """Whom it is about."""

    events: dict[EventName, Event] = NOTHING_WRITTEN
    """The moments of the case, named once; every `at:` uses them."""

    history: tuple[History, ...] = ()
    """What the patient had before, or has besides."""

    family: tuple[Relative, ...] = ()
    """What members of the family have or had."""

    others: tuple[Other, ...] = ()
    """Who is no relative and matters to the case: donors, sexual partners, index cases, animals."""

    allergies: tuple[Allergy, ...] = ()
    """What the patient does not tolerate."""

    social: tuple[Habit, ...] = ()
    """Habits and circumstances of life."""

    exposures: tuple[Exposure, ...] = ()
    """What got into the patient and was no treatment: overdoses, poisons, gases, bites."""

    immunizations: tuple[Immunization, ...] = ()
    """Vaccinations."""

    perspective: tuple[Perspective, ...] = ()
    """How the patient, or the family, saw it."""

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

    procedures: tuple[Procedure, ...] = ()
    """Operations, transfusions, radiotherapy and whatever else was done to the patient."""

    pathology: tuple[Pathology, ...] = ()
    """What the pathologist found in tissues."""

    stages: tuple[Stage, ...] = ()
    """Stages, grades and classes of diseases."""

    scores: tuple[Score, ...] = ()
    """Scores, scales and disease activity."""

    microbiology: tuple[MicrobiologyTest, ...] = ()
    """Cultures, smears and other tests for organisms."""

    genetics: tuple[Variant, ...] = ()
    """Genetic variants and karyotypes."""

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

    left_out: tuple[LeftOut, ...] = ()
    """What the article prints and no fact carries, with the reason; only `casefhir coverage` reads it."""

    @property
    def kin(self) -> Iterator[tuple[str, str | None]]:
        """The other cases of the report, each with what this patient is to that one."""
        if isinstance(self.part_of, dict):
            return iter(self.part_of.items())
        relations = self.relation * len(self.part_of) if len(self.relation) == 1 else self.relation
        return zip_longest(self.part_of, relations[: len(self.part_of)])

    def persons(self) -> Iterator[tuple[tuple[str, int], Relative | Other]]:
        """Whoever is not the patient and has facts of her or his own, each with the place."""
        yield from ((("family", i), one) for i, one in enumerate(self.family))
        yield from ((("others", i), one) for i, one in enumerate(self.others))

    def reports(self) -> Iterator[tuple[tuple[str, int], Imaging | Pathology]]:
        """What has findings and values of its own, each with its place."""
        for i, imaging in enumerate(self.imaging):
            yield ("imaging", i), imaging
        for i, pathology in enumerate(self.pathology):
            yield ("pathology", i), pathology

    def given(self) -> Iterator[tuple[tuple[str, int], Treatment | Exposure]]:
        """What got into the patient, to heal or not, each with its place."""
        yield from ((("treatments", i), one) for i, one in enumerate(self.treatments))
        yield from ((("exposures", i), one) for i, one in enumerate(self.exposures))

    def with_findings(self) -> Iterator[tuple[tuple[str, int], Imaging | Pathology | Procedure]]:
        """What has findings of its own, each with its place."""
        yield from self.reports()
        for i, procedure in enumerate(self.procedures):
            yield ("procedures", i), procedure

    def record(self, path: Path) -> Any:
        """The record of a list that a place lies in; None of a place in no list of records."""
        section, *steps = path
        records = getattr(self, str(section).replace("-", "_"), ())
        return records[int(steps[0])] if steps and isinstance(records, tuple) else None

    def called(self, path: Path) -> str:
        """What messages call the record at a place, `'fever'`; "" of one that has no name."""
        section, *steps = path
        if section == "events" and steps:
            return repr(steps[0])
        record = self.record(path)
        if record is None:
            return ""
        if len(steps) > 2 and steps[1] == "values":
            return repr(steps[2])
        if len(steps) > 2 and steps[1] == "cells":
            return repr(record.cells[int(steps[2])].label)
        label = next(filter(None, (getattr(record, key, None) for key in ("label", "name"))), "")
        label = label or ", ".join(getattr(record, "names", ()))
        return repr(label) if label else ""
