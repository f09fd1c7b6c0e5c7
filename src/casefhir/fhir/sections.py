"""The facts of a case → the sections of its document that list them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from casefhir.facts import Fact
from casefhir.fhir.background import listed as listed_background
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import narrative, sentence
from casefhir.fhir.event import has_resource
from casefhir.fhir.laboratory import vital_signs
from casefhir.fhir.vital_signs import measured
from casefhir.model.course import AdverseEvent, Course
from casefhir.model.findings import Finding, Imaging, ImagingFinding
from casefhir.model.genetics import Variant
from casefhir.model.microbiology import Genotype, MicrobiologyTest, Organism, Susceptibility
from casefhir.model.patient import Event, Patient
from casefhir.model.procedure import Procedure
from casefhir.model.reaction import OF_GENES
from casefhir.model.result import Result
from casefhir.model.stage import Stage
from casefhir.model.treatment import Treatment
from casefhir.statement import Lab, OfAnother


def fact_sections(cx: Context) -> Iterator[Resource]:
    """Sections of the Composition: the facts of each section of the case file."""
    facts: dict[str, list[Fact]] = defaultdict(list)
    for fact in cx.chart.facts:
        facts["vitals" if fact.key in vital_signs(cx) else str(fact.path[0])].append(fact)
    for section, title in _SECTIONS.items():
        if listed := [(_listed(fact), key) for fact in facts[section] for key in _keys(fact, cx)]:
            yield {
                "title": title,
                "text": narrative(", ".join(dict.fromkeys(label for label, _ in listed if label))),
                "entry": [cx.reference(key) for _, key in listed],
            }


_SECTIONS = {
    "patient": "Patient",
    "events": "Visits and moments",
    "history": "History",
    "family": "Family history",
    "others": "Others than the patient and the family",
    "allergies": "Allergies",
    "social": "Social history",
    "exposures": "Exposures",
    "immunizations": "Immunizations",
    "perspective": "Perspective",
    "diagnoses": "Diagnoses",
    "ruled-out": "Ruled out",
    "findings": "Findings",
    "vitals": "Vital signs",
    "labs": "Laboratory",
    "tables": "Tables",
    "imaging": "Imaging",
    "procedures": "Procedures",
    "pathology": "Pathology",
    "stages": "Stages",
    "scores": "Scores",
    "microbiology": "Microbiology",
    "genetics": "Genetics",
    "treatments": "Treatments",
    "course": "Course",
    "adverse-events": "Adverse events",
    "pregnancy": "Pregnancies",
    "birth": "Birth",
    "death": "Death",
    "consent": "Consent",
}
"""Section of the case file → its title in the document, in this order."""


def _keys(fact: Fact, cx: Context) -> Sequence[str]:
    """The keys of what a section shows of a fact: the patient's measures; no moment that is nothing else."""
    match fact.record:
        case Patient() as patient:
            return (fact.key, *measured(patient))
        case Event() as event if not has_resource(event):
            return ()
    return (fact.key,)


def _listed(fact: Fact) -> str:
    """A fact in the list of its section: what is absent must not read as present."""
    label: str = fact.record.label
    if isinstance(fact.record, Lab | Course):  # the most of them, and never more than a label
        return label
    if isinstance(fact.record, OfAnother):
        return f"{label} of the {fact.record.who}"
    if told := listed_background(fact):
        return told
    match fact.record.stated:
        case Finding(not_done=str()) | Imaging(not_done=str()) | Procedure(not_done=str()):
            return f"{label} (not done)"
        case Variant(not_done=str()) | Treatment(not_done=str()) | Procedure(absent=True) | Treatment(absent=True):
            return f"{label} (not done)"
        case Finding(absent=True) | ImagingFinding(absent=True) | Organism(absent=True) | Genotype(absent=True):
            return f"no {label}"
        case Variant(absent=True):
            return f"no variant {label}"
        case Variant(none=True):
            return "no variant"
        case MicrobiologyTest(result=Result(text=text)):
            return f"{label}: {text}"
        case Susceptibility(value=str() as value) if value in OF_GENES:
            return f"{label} resistance {value}"
        case Susceptibility(value=str() as value):
            return f"{label} {value}"
        case Stage(value=value):
            return f"{label} {value}"
        case AdverseEvent(none=True, of=of):
            return f"none of {', '.join(of)}" if of else "none"
        case Event():
            return str(fact.path[1])
        case Patient() as patient:
            return sentence(patient.sex, *(value.text for value in measured(patient).values()))
    return label
