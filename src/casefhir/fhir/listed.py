"""A fact → its words in the list of its section."""

from casefhir.facts import Fact
from casefhir.fhir.background import listed as listed_background
from casefhir.fhir.datatypes import sentence
from casefhir.fhir.vital_signs import measured
from casefhir.model.course import AdverseEvent
from casefhir.model.findings import Finding, ImagingFinding
from casefhir.model.genetics import Variant
from casefhir.model.microbiology import MicrobiologyTest, Organism, Susceptibility
from casefhir.model.patient import Event, Patient
from casefhir.model.result import Result
from casefhir.model.treatment import Treatment


def listed(fact: Fact) -> str:
    """A fact in the list of its section: what is absent must not read as present."""
    label: str = fact.record.label
    if told := listed_background(fact):
        return told
    match fact.record.stated:
        case Finding(not_done=str()) | Variant(not_done=str()) | Treatment(not_done=str()):
            return f"{label} (not done)"
        case Finding(absent=True) | ImagingFinding(absent=True) | Organism(absent=True):
            return f"no {label}"
        case Variant(absent=True):
            return f"no variant {label}"
        case Variant(none=True):
            return "no variant"
        case MicrobiologyTest(result=Result(text=text)):
            return f"{label}: {text}"
        case Susceptibility(value=str() as value):
            return f"{label} {value}"
        case AdverseEvent(none=True, of=of):
            return f"none of {', '.join(of)}" if of else "none"
        case Event():
            return str(fact.path[1])
        case Patient() as patient:
            return sentence(patient.sex, *(value.text for value in measured(patient).values()))
    return label
