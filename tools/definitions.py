"""Our own extensions of FHIR R4, one row each: tools/make_definitions.py writes them to schema/fhir."""

from typing import NamedTuple


class Definition(NamedTuple):
    """One extension: what it says, where it stands, and its type, or its parts."""

    name: str
    title: str
    description: str
    contexts: tuple[str, ...]
    types: tuple[str, ...] = ()
    parts: tuple[tuple[str, str, str], ...] = ()
    """Name, type and description of each part of a complex extension."""


MOMENT = (
    ("text", "string", "The moment as written: `admission + 2 days`."),
    ("offset", "Duration", "The distance to the moment that it is counted from; before it, negative."),
    ("event", "Reference", "The event that it is counted from, or that it is."),
)

_DRUG = ("MedicationStatement",)
DEFINITIONS = (
    Definition(
        "quote",
        "Quote",
        "At most 12 printed words of the article that a fact rests on; … stands for words left out.",
        ("DomainResource", "Provenance.entity"),
        ("string",),
    ),
    Definition(
        "place",
        "Place",
        "Where in the article a fact is proven: its section, and which sentence or row of a table it is there.",
        ("Provenance.entity",),
        ("string",),
    ),
    Definition(
        "printed-value",
        "Printed value",
        "What the article prints, where the value says it in another way or corrects it.",
        ("Observation", "MedicationStatement"),
        ("string",),
    ),
    Definition(
        "note",
        "Note",
        "What is to be said of a resource that has no note.",
        ("Encounter", "Consent", "DiagnosticReport", "AdverseEvent", "Patient", "RelatedPerson"),
        ("string",),
    ),
    Definition(
        "method",
        "Method",
        "How an examination was done, which R4 says of each result and not of the report.",
        ("DiagnosticReport",),
        ("CodeableConcept",),
    ),
    Definition(
        "dose-form",
        "Dose form",
        "The form that a drug was given in, which R4 says on a Medication only.",
        _DRUG,
        ("CodeableConcept",),
    ),
    Definition(
        "strength",
        "Strength",
        "How much is in each tablet, or in the solution, which R4 says on a Medication only. "
        "Of a product of several drugs one for each, in the order of the print.",
        _DRUG,
        ("Quantity", "Range"),
    ),
    Definition(
        "regimen", "Regimen", "The regimen that a drug was given in, with other drugs.", _DRUG, ("CodeableConcept",)
    ),
    Definition(
        "other-person",
        "Other person",
        "Somebody who is not the patient and gave for it, or took part in it: the donor of a kidney.",
        ("Procedure", "MedicationStatement"),
        ("Reference",),
    ),
    Definition("cycles", "Cycles", "The number of cycles that were given.", _DRUG, ("positiveInt",)),
    Definition(
        "interrupted",
        "Interrupted",
        "A stretch of time in which a drug was not given; it went on afterwards.",
        _DRUG,
        parts=(
            ("text", "string", "When and why, in words."),
            ("period", "Period", "When, as precise as printed."),
            ("quote", "string", "The printed words that it rests on."),
        ),
    ),
    Definition("replaces", "Replaces", "The course of treatment whose place this one takes.", _DRUG, ("Reference",)),
    Definition(
        "days-of-cycle",
        "Days of cycle",
        "The days of a cycle on which a dose is given; the first day of a cycle is 1.",
        ("Timing",),
        parts=(("day", "integer", "A day of the cycle."),),
    ),
    Definition(
        "ended-by",
        "Ended by",
        "The treatment that took the place of this one, in words; the end of the period is its beginning.",
        _DRUG,
        ("string",),
    ),
    Definition(
        "grade",
        "Grade",
        "The grade of an adverse event, as printed; R4 has codes for mild, moderate and severe only.",
        ("AdverseEvent",),
        ("CodeableConcept",),
    ),
    Definition(
        "value",
        "Value",
        "How much an adverse event was, if it was measured.",
        ("AdverseEvent",),
        ("Quantity", "Range", "Ratio", "string"),
    ),
    *(
        Definition(
            name,
            title,
            told,
            ("AdverseEvent",),
            parts=(
                ("result", "string", "What came of it: positive, negative or not done."),
                ("time", "string", "When, in the words of the case."),
                ("date", "dateTime", "When, as precise as printed."),
                ("course", "Reference", "The course of treatment that it was."),
            ),
        )
        for name, title, told in (
            ("dechallenge", "Dechallenge", "That the suspected treatment was stopped, when, and what came of it."),
            ("rechallenge", "Rechallenge", "That the suspected treatment was given again, when, and what came of it."),
        )
    ),
    Definition(
        "written-time",
        "Written time",
        "When it was, in the words of the case, where a partial date cannot say it.",
        (
            *("Observation", "DiagnosticReport", "MedicationStatement", "Encounter", "AdverseEvent", "Condition"),
            *("Consent", "AllergyIntolerance", "Immunization", "Procedure"),
        ),
        parts=MOMENT,
    ),
    *(
        Definition(
            f"written-{name}",
            f"Written time of {told}",
            f"The time of {told}, in the words of the case, where a partial date cannot say it.",
            ("Condition",),
            parts=MOMENT,
        )
        for name, told in (("onset", "the onset"), ("diagnosed", "the diagnosis"), ("resolved", "the end"))
    ),
    Definition(
        "solved-time",
        "Solved time",
        "The days in which a moment must lie, by all dates, ages, distances and orders of the case together, however"
        " they were rounded; only where that says more than the printed date.",
        (
            *("Observation", "DiagnosticReport", "MedicationStatement", "Encounter", "AdverseEvent", "Condition"),
            *("Consent", "AllergyIntolerance", "Immunization", "Procedure"),
        ),
        parts=(
            ("of", "code", "Which moment of the resource: moment, start, end, onset, diagnosed or resolved."),
            ("within", "Period", "The first and the last day that it may have been; without one, that side is open."),
        ),
    ),
)
