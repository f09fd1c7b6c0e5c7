"""Names → CodeableConcepts: the codes that the tables of terms have for a name of each kind."""

from collections.abc import Iterable

from casefhir.fhir.context import Resource
from casefhir.fhir.datatypes import HL7, LOINC, SNOMED, coding, concept
from casefhir.model.code import SYSTEMS, Code
from casefhir.terms import Finding, Habit, Procedure, Terms
from casefhir.terms import Lab as Test


def finding(name: str, terms: Terms, written: Iterable[Code] = ()) -> Resource | None:
    """A symptom or sign: SNOMED CT and HPO; a name that only the table of diagnoses has brings that table's codes."""
    row = terms.findings.get(name)
    return _disease(name, terms, written) if row is None else _sign(name, row, written)


def _sign(name: str, row: Finding, written: Iterable[Code]) -> Resource | None:
    return concept(
        name,
        coding(SNOMED, row.snomed, row.snomed_display),
        coding(SYSTEMS["HPO"], row.hpo, row.hpo_label),
        written=written,
    )


def diagnosis(name: str, terms: Terms, written: Iterable[Code] = ()) -> Resource | None:
    """A disease: SNOMED CT, MONDO, Orphanet, ICD-10-CM and ICD-10; or what only the table of findings knows."""
    row = terms.findings.get(name) if terms.diagnoses.get(name) is None else None
    return _sign(name, row, written) if row else _disease(name, terms, written)


def _disease(name: str, terms: Terms, written: Iterable[Code]) -> Resource | None:
    row = terms.diagnoses.get(name)
    if row is None:
        return concept(name, written=written)
    return concept(
        name,
        coding(SNOMED, row.snomed, row.snomed_display),
        coding(SYSTEMS["MONDO"], row.mondo, row.mondo_label),
        coding(SYSTEMS["ORPHA"], row.orpha, row.orpha_display),
        coding(SYSTEMS["ICD-10-CM"], row.icd10cm, row.icd10cm_display),
        coding(SYSTEMS["ICD-10"], row.icd10, row.icd10_display),
        written=written,
    )


def drug(name: str, terms: Terms, written: Iterable[Code] = ()) -> Resource | None:
    """A drug: RxNorm ingredient and ATC."""
    row = terms.drugs.get(name)
    if row is None:
        return concept(name, written=written)
    return concept(
        name,
        coding(SYSTEMS["RxNorm"], row.rxnorm, row.display),
        coding(SYSTEMS["ATC"], row.atc, row.name),
        written=written,
    )


def laboratory_test(
    name: str, row: Test | None, written: Iterable[Code] = (), profile: Test | None = None
) -> Resource | None:
    """A laboratory test or vital sign: LOINC; the code that a profile demands stands beside another."""
    found = concept(name, coding(LOINC, row.loinc, row.display) if row else None, written=written)
    if found is None or profile is None or any(c["code"] == profile.loinc for c in found.get("coding", ())):
        return found
    return {"coding": [*found.get("coding", ()), coding(LOINC, profile.loinc, profile.display)], "text": name}


def score(name: str, terms: Terms, written: Iterable[Code] = ()) -> Resource | None:
    """A score: LOINC, where it has one."""
    row = terms.scores.get(name)
    return concept(name, coding(LOINC, row.loinc, row.display) if row else None, written=written)


def procedure(name: str, terms: Terms, written: Iterable[Code] = ()) -> Resource | None:
    """An imaging study or another test with a report: SNOMED CT and LOINC."""
    return _snomed_and_loinc(name, terms.procedures.get(name), written)


def relation(name: str, terms: Terms) -> Resource | None:
    """A member of the family: HL7's code of a role."""
    row = terms.relations.get(name)
    return concept(name, coding(HL7 + "v3-RoleCode", row.code, row.display) if row else None)


def person(name: str, terms: Terms) -> Resource | None:
    """What somebody else is to the patient: HL7's code of a role, or of how one takes part, `donor`."""
    row = terms.persons.get(name)
    if row is None:
        return relation(name, terms)
    return concept(name, coding(HL7 + row.system, row.code, row.display))


def habit(name: str, terms: Terms, written: Iterable[Code] = ()) -> Resource | None:
    """A habit or a circumstance of life: SNOMED CT and LOINC."""
    return _snomed_and_loinc(name, terms.social.get(name), written)


def _snomed_and_loinc(name: str, row: Procedure | Habit | None, written: Iterable[Code]) -> Resource | None:
    if row is None:
        return concept(name, written=written)
    return concept(
        name,
        coding(SNOMED, row.snomed, row.snomed_display),
        coding(LOINC, row.loinc, row.loinc_display),
        written=written,
    )


def specimen(name: str, terms: Terms) -> Resource | None:
    """What was taken from the patient: SNOMED CT."""
    row = terms.specimens.get(name)
    return concept(name, coding(SNOMED, row.snomed, row.display) if row else None)


def pathology(name: str, terms: Terms, written: Iterable[Code] = ()) -> Resource | None:
    """A report of a pathologist: LOINC's for all of them, beside the codes of what was done."""
    found = procedure(name, terms, written)
    if found is None or written:
        return found
    return {"coding": [coding(LOINC, "11526-1", "Pathology study"), *found.get("coding", ())], "text": name}


def site(text: str, terms: Terms, name: str) -> Resource | None:
    """A body site as printed, coded without its side; `left ventricle` is a site that has its side in its name."""
    row = terms.sites.get(text) or terms.sites.get(name)
    return concept(text, coding(SNOMED, row.snomed, row.display) if row else None)


def organism(name: str, terms: Terms, written: Iterable[Code] = ()) -> Resource | None:
    """A bacterium, virus, fungus or parasite: SNOMED CT."""
    row = terms.organisms.get(name)
    return concept(name, coding(SNOMED, row.snomed, row.display) if row else None, written=written)


def susceptibility(drug: str, terms: Terms) -> Resource | None:
    """The test of an organism against a drug: LOINC, without a method."""
    row = terms.susceptibilities.get(terms.drugs.canonical(drug) or drug)
    return concept(f"{drug} susceptibility", coding(LOINC, row.loinc, row.display) if row else None)


def genetic(word: str, terms: Terms, *kinds: str) -> Resource | None:
    """A word for a genetic variant, if it is one of these kinds: LOINC, Sequence Ontology and HPO."""
    row = terms.genetics.get(word)
    return concept(
        word, coding(_GENETIC[row.system], row.code, row.display) if row and row.kind in kinds and row.code else None
    )


_GENETIC = {"LOINC": LOINC, "SO": "http://www.sequenceontology.org", "HPO": SYSTEMS["HPO"]}


def route(name: str, terms: Terms) -> Resource | None:
    """A route of administration."""
    row = terms.routes.get(name)
    return concept(name, coding(SNOMED, row.snomed, row.display) if row else None)


def qualifier(word: str, terms: Terms, text: str = "") -> Resource | None:
    """A word for a result or a degree: `negative`, `present`, `severe`."""
    row = terms.qualifiers.get(word)
    return concept(text or word, coding(SNOMED, row.snomed, row.display) if row else None)


def attribute(name: str, terms: Terms) -> Resource | None:
    """What a component tells: its severity."""
    return qualifier(name, terms)


def interpretation(word: str, terms: Terms) -> Resource | None:
    """What a flag or a result means: HL7's interpretation codes. A word that has none gives none."""
    row = terms.qualifiers.get(word)
    if row is None or not row.interpretation:
        return None
    return concept(
        word,
        coding(HL7 + "v3-ObservationInterpretation", row.interpretation, INTERPRETATIONS[row.interpretation]),
    )


INTERPRETATIONS = {
    "A": "Abnormal",
    "AA": "Critical abnormal",
    "DET": "Detected",
    "H": "High",
    "HH": "Critical high",
    "I": "Intermediate",
    "L": "Low",
    "LL": "Critical low",
    "IND": "Indeterminate",
    "N": "Normal",
    "ND": "Not detected",
    "NEG": "Negative",
    "NR": "Non-reactive",
    "NS": "Non-susceptible",
    "POS": "Positive",
    "R": "Resistant",
    "RR": "Reactive",
    "S": "Susceptible",
    "SDD": "Susceptible-dose dependent",
}
"""Source: https://hl7.org/fhir/R4/v3/ObservationInterpretation/cs.html"""
