"""Facts → FHIR R4 resources → one Bundle."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from casefhir.facts import Fact
from casefhir.fhir.adverse_event import adverse_event
from casefhir.fhir.allergy import allergy
from casefhir.fhir.article import article
from casefhir.fhir.body import body_structures
from casefhir.fhir.condition import diagnosis, ruled_out
from casefhir.fhir.consent import consent, related_persons
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.death import death
from casefhir.fhir.doubt import detected_issues
from casefhir.fhir.encounter import encounter
from casefhir.fhir.exposure import exposure
from casefhir.fhir.family import relative
from casefhir.fhir.genetics import variant
from casefhir.fhir.history import past
from casefhir.fhir.immunization import immunization
from casefhir.fhir.kinship import kinship
from casefhir.fhir.laboratory import lab, of_another
from casefhir.fhir.medication import treatment
from casefhir.fhir.microbiology import genotype, isolate, outcome, sensitivity
from casefhir.fhir.observation import course, score, sign
from casefhir.fhir.others import other
from casefhir.fhir.patient import patient
from casefhir.fhir.perinatal import measure
from casefhir.fhir.procedure import procedure
from casefhir.fhir.provenance import provenances
from casefhir.fhir.report import report
from casefhir.fhir.social import habit, perspective
from casefhir.fhir.stage import stage
from casefhir.microbes import Genotyped, Isolate, Outcome, Sensitivity
from casefhir.model.allergy import Allergy
from casefhir.model.article import Article
from casefhir.model.course import AdverseEvent, Consent, Course, Diagnosis, RuledOut
from casefhir.model.exposure import Exposure
from casefhir.model.family import Relative
from casefhir.model.genetics import Variant
from casefhir.model.history import Past
from casefhir.model.immunization import Immunization
from casefhir.model.others import Other
from casefhir.model.patient import Event, Patient
from casefhir.model.perinatal import Death
from casefhir.model.perspective import Perspective
from casefhir.model.procedure import Procedure
from casefhir.model.social import Habit
from casefhir.model.stage import Stage
from casefhir.model.treatment import Treatment
from casefhir.statement import Lab, Measure, OfAnother, Rating, Report, Sign

Mapper = Callable[[Fact, Context], Iterator[Resource]]
"""A fact makes zero or more resources; after a check without errors it cannot fail."""

MAPPERS: Mapping[type[Any], Mapper] = {
    Article: article,
    Patient: patient,
    Event: encounter,
    Past: past,
    Relative: relative,
    Other: other,
    Allergy: allergy,
    Habit: habit,
    Exposure: exposure,
    Immunization: immunization,
    Perspective: perspective,
    Diagnosis: diagnosis,
    RuledOut: ruled_out,
    Sign: sign,
    Lab: lab,
    OfAnother: of_another,
    Report: report,
    Procedure: procedure,
    Stage: stage,
    Rating: score,
    Outcome: outcome,
    Isolate: isolate,
    Sensitivity: sensitivity,
    Genotyped: genotype,
    Variant: variant,
    Treatment: treatment,
    Course: course,
    AdverseEvent: adverse_event,
    Consent: consent,
    Measure: measure,
    Death: death,
}
"""Which mapper takes which kind of fact; a test says which kind is missing."""


def resources(cx: Context) -> Iterator[Resource]:
    """All resources of a case, one by one: empty members are dropped when each becomes an entry."""
    origin: list[tuple[str, Fact]] = []
    for fact in cx.chart.facts:
        for resource in MAPPERS[type(fact.record)](fact, cx):
            origin.append((resource["id"], fact))
            yield resource
    yield from _of_the_case(cx)
    yield from provenances(_clinical(origin), cx)


def _of_the_case(cx: Context) -> Iterator[Resource]:
    """What belongs to the case as a whole and to no single fact."""
    yield from kinship(cx)
    yield from related_persons(cx)
    yield from body_structures(cx)
    yield from detected_issues(cx)


def _clinical(origin: Sequence[tuple[str, Fact]]) -> list[tuple[str, Fact]]:
    """What the article says of the patient; the article itself is no statement of its own."""
    return [pair for pair in origin if not isinstance(pair[1].record, Article)]


__all__ = ["MAPPERS", "Mapper", "resources"]
