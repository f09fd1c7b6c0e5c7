"""Pieces of a case → what becomes of them in FHIR, for docs/mapping.md."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from casefhir import load
from casefhir.pipeline import converted

CASE = """\
casefhir: 1
id: invented-appendicitis
article: {title: An invented case of appendicitis, published: 2021-08}
patient: {sex: male, at: admission}
events:
  admission: {date: 2021-01-09, encounter: inpatient}
  surgery: {date: admission + 1 day}
"""

PIECES = {
    "A diagnosis": (
        "diagnoses: [{name: appendicitis, onset: admission - 2 days, diagnosed: admission, status: resolved}]",
        "Condition",
    ),
    "A disease of the history": ("history: [{name: asthma, from: age 4 years, status: active}]", "Condition"),
    "No history": ("history: [{name: epilepsy, absent: true}, {none: true}]", "Condition Observation"),
    "A member of the family": (
        "family:\n"
        "  - {relation: mother, conditions: [{name: colon cancer, onset: age 50 years, died: true}]}\n"
        "  - {none: true, of: [epilepsy]}",
        "FamilyMemberHistory Observation",
    ),
    "A target": ("treatments: [{drug: warfarin, from: admission, target: {INR: 2.0-3.0}}]", "Goal"),
    "A donor": (
        "procedures: [{name: kidney transplantation, at: surgery}]\n"
        "others:\n"
        "  - who: deceased donor\n"
        "    of: kidney transplantation\n"
        "    age: 45 years\n"
        "    conditions: [{name: stroke, died: true}]\n"
        "    values: {creatinine: 0.8 mg/dL}",
        "RelatedPerson Observation Procedure",
    ),
    "An allergy, and none": (
        "allergies: [{name: amoxicillin, reaction: [rash], severity: mild}, {none: true, of: food}]",
        "AllergyIntolerance",
    ),
    "A habit": ("social: [{name: tobacco smoking, value: 20 pack-years, status: former}]", "Observation"),
    "An overdose": (
        "exposures: [{name: verapamil, dose: 40 tablets of 240 mg PO, intent: self-harm, at: admission}]",
        "Observation",
    ),
    "A vaccination, and all of them": (
        "immunizations: [{name: BCG vaccine, at: age 1 day}, {says: up to date}]",
        "Immunization Observation",
    ),
    "What the patient tells": ("perspective: [{says: he was glad to be home, by: patient}]", "Observation"),
    "A relative in another case": ("part-of: {invented-newborn: mother}", "RelatedPerson DocumentReference"),
    "What was ruled out": ("ruled-out: [{name: measles, at: admission}]", "Condition"),
    "A finding at a site": (
        "findings: [{name: joint swelling, sites: [left knee], severity: mild, at: admission}]",
        "Observation BodyStructure",
    ),
    "A finding that was not there": ("findings: [{name: rash, absent: true, at: admission}]", "Observation"),
    "A finding that was not looked for": (
        "findings: [{name: rash, not-done: the child was asleep, at: admission}]",
        "Observation",
    ),
    "A fever with its temperature": ("findings: [{name: fever, value: up to 38.9 °C, at: admission}]", "Observation"),
    "Laboratory values": (
        "labs: [{at: admission, values: {CRP: 96 mg/L high (normal < 5), blood culture: negative}}]",
        "Observation DiagnosticReport",
    ),
    "A value that the article misprints": (
        "labs: [{at: admission, values: {CRP: {value: 96 mg/L, printed: 96 g/L, why: not possible}}}]",
        "Observation",
    ),
    "A multiple of the limit": (
        "labs: [{at: admission, values: {ALT: more than 3 times the upper limit of normal}}]",
        "Observation",
    ),
    "A titre": ("labs: [{at: admission, values: {ANA: positive 1:320 homogeneous}}]", "Observation"),
    "A score": (
        "scores: [{name: Alvarado score, value: 8, means: probable appendicitis, at: admission}]",
        "Observation",
    ),
    "A procedure": (
        "diagnoses: [{name: appendicitis}]\n"
        "procedures:\n"
        "  - name: appendectomy\n"
        "    at: surgery\n"
        "    for: [appendicitis]\n"
        "    anaesthesia: general\n"
        "    findings: [{name: perforation}]\n"
        "    complications: none",
        "Procedure Observation",
    ),
    "A transfusion, and what was not done": (
        "procedures:\n"
        "  - {name: packed red cell transfusion, amount: 2 units, at: surgery}\n"
        "  - {name: colonoscopy, not-done: refused}",
        "Procedure Observation",
    ),
    "What the pathologist found": (
        "procedures: [{name: left colectomy, at: surgery}]\n"
        "pathology:\n"
        "  - name: histology\n"
        "    of: left colectomy\n"
        "    specimen: colon\n"
        "    at: surgery\n"
        "    findings: [{name: adenocarcinoma}, {name: mitoses, absent: true}]\n"
        "    values: {CD117: positive}\n"
        "    conclusion: adenocarcinoma of the colon",
        "Specimen Observation DiagnosticReport",
    ),
    "A stage": (
        "diagnoses: [{name: colon adenocarcinoma}]\n"
        "stages: [{system: TNM, value: pT2 N0 M0, of: colon adenocarcinoma, at: surgery}]",
        "Condition Observation",
    ),
    "A culture": (
        "microbiology:\n"
        "  - name: blood culture\n"
        "    specimen: blood\n"
        "    at: admission\n"
        "    organisms: [Escherichia coli]\n"
        "    susceptibility: {amikacin: S}\n"
        "  - {name: culture, organisms: [{name: Mycobacterium tuberculosis, genotype: [katG S315T]}], at: admission}\n"
        "  - {name: PCR, organisms: [{name: norovirus, absent: true}], at: admission}",
        "Specimen Observation DiagnosticReport",
    ),
    "A genetic variant": (
        "diagnoses: [{name: Bruton disease}]\n"
        "genetics:\n"
        "  - {gene: BTK, printed: C37C, exon: 2, consequence: stop, class: pathogenic, of: Bruton disease}\n"
        "  - {gene: MEFV, absent: true}\n"
        '  - {karyotype: "46,XY"}',
        "Observation",
    ),
    "Cycles of a regimen, with an interruption": (
        "treatments:\n"
        "  - drug: oxaliplatin\n"
        "    regimen: FOLFOX\n"
        "    cycles: 6\n"
        "    from: 2021-01\n"
        "    to: 2021-07\n"
        "    interrupted: [{from: 2021-03, to: 2021-04, why: [neutropenia]}]",
        "MedicationStatement",
    ),
    "A drug": (
        "treatments: [{drug: ceftriaxone, dose: 50 mg/kg every 12 hours IV, from: admission, to: surgery}]",
        "MedicationStatement",
    ),
    "A total for a week": (
        "treatments: [{drug: methotrexate, dose: 7.5 mg/week PO, from: admission}]",
        "MedicationStatement",
    ),
    "A single dose": (
        "treatments: [{drug: tocilizumab, dose: 8 mg/kg once IV over 1 hour, at: surgery + 1 day}]",
        "MedicationStatement",
    ),
    "A dose printed twice, and its times": (
        'treatments: [{drug: artesunate, dose: "2.4 mg/kg (200 mg) IV at 0, 12 and 24 hours", from: admission}]',
        "MedicationStatement",
    ),
    "A course": (
        "treatments: [{drug: ceftriaxone, dose: 1 g once IV, at: admission}]\n"
        "course: [{at: surgery, what: fever gone, after: ceftriaxone}]",
        "Observation",
    ),
    "Harm, and no harm": (
        "treatments: [{drug: ceftriaxone, dose: 1 g once IV, at: admission}]\n"
        "adverse-events:\n"
        "  - {name: urticaria, of: ceftriaxone, severity: mild, outcome: recovered, at: admission}\n"
        "  - {none: true, at: surgery}",
        "AdverseEvent Observation",
    ),
    "A consent": ("consent: [{to: publication, by: parent, form: written}]", "Consent RelatedPerson"),
    "A doubt": (
        "labs: [{at: admission, values: {CRP: 96 mg/L}}]\n"
        "doubts: [{about: labs/CRP/admission, says: the abstract calls it normal}]",
        "DetectedIssue",
    ),
}
"""A title → a piece of a case, and the types of the resources that are shown."""

_DROPPED = ("meta", "text", "identifier", "subject", "patient")


def examples() -> Iterator[str]:
    for title, (piece, types) in PIECES.items():
        yield f"### {title}\n"
        yield f"```yaml\n{piece}\n```\n"
        made = [resource for resource in _exported(CASE + piece) if resource["resourceType"] in types.split()]
        yield "```json5\n" + "\n".join(_shown(resource) for resource in made) + "\n```\n"


def _exported(text: str) -> Iterator[dict[str, Any]]:
    """The resources of a case, with keys as references."""
    bundle = json.loads(converted(load(text.encode()), "fhir-r4").json(), parse_float=Decimal)
    keys = {entry["fullUrl"]: _key(entry["resource"]) for entry in bundle["entry"]}
    for entry in bundle["entry"]:
        yield _with_keys({name: value for name, value in entry["resource"].items() if name not in _DROPPED}, keys)


def _key(resource: dict[str, Any]) -> str:
    identifier = resource.get("identifier", {})
    return str((identifier[0] if isinstance(identifier, list) else identifier).get("value", ""))


def _with_keys(value: Any, keys: dict[str, str]) -> Any:
    """A value with its references as keys."""
    if isinstance(value, dict):
        return {name: _with_keys(member, keys) for name, member in value.items()}
    if isinstance(value, list):
        return [_with_keys(item, keys) for item in value]
    return keys.get(value, value) if isinstance(value, str) else value


_WIDTH = 130


def _shown(value: Any, indent: str = "", room: int = _WIDTH) -> str:
    """JSON as a person would write it: what fits on a line is on one."""
    short = _dumped(value)
    if len(short) + len(indent) <= room or not isinstance(value, dict | list) or not value:
        return short
    deeper = indent + "  "
    if isinstance(value, list):
        items = [f"{deeper}{_shown(item, deeper)}" for item in value]
        return "[\n" + ",\n".join(items) + f"\n{indent}]"
    members = []
    for name, member in value.items():
        label = f"{deeper}{json.dumps(name)}: "
        members.append(label + _shown(member, deeper, _WIDTH - len(label) + len(deeper)))
    return "{\n" + ",\n".join(members) + f"\n{indent}}}"


def _dumped(value: Any) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{json.dumps(name)}: {_dumped(member)}" for name, member in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_dumped, value)) + "]"
        case Decimal():
            return str(value)
    return json.dumps(value, ensure_ascii=False)
