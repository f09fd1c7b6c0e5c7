"""Words that authors write in place of those of the format → what they mean, or what to do about them."""

OTHER_WORDS = {
    "at": ("date", "row"), "date": ("at", "row"), "day": ("at", "date", "row"), "on": ("at", "date", "row"),
    "time": ("at", "date", "row"), "when": ("at", "date", "row"), "event": ("row",), "moment": ("row",),
    "line": ("row",), "test": ("column",), "parameter": ("column",),
    "begin": ("from",), "since": ("from",), "start": ("from", "date"),
    "end": ("to",), "until": ("to",), "name": ("drug", "what", "column"), "drug": ("after", "of"),
    "treatment": ("after", "of", "treatments"), "amount": ("dosage", "value"), "result": ("value", "conclusion"),
    "report": ("conclusion",), "site": ("sites",), "comment": ("note",), "remark": ("note",),
    "reason": ("why", "cause"), "gender": ("sex",), "medication": ("drug", "treatments"),
    "drugs": ("treatments",), "medications": ("treatments",), "therapy": ("treatments",), "therapies": ("treatments",),
    "symptoms": ("findings",), "signs": ("findings",), "examination": ("findings",), "exam": ("findings",),
    "lab": ("labs",), "laboratory": ("labs",), "vital-signs": ("vitals",), "bloods": ("labs",),
    "images": ("imaging",), "radiology": ("imaging",), "outcome": ("course",), "follow-up": ("course",),
    "comorbidities": ("history",), "past-history": ("history",), "medical-history": ("history",),
    "family-history": ("family",), "relatives": ("family",), "allergy": ("allergies",), "social-history": ("social",),
    "donor": ("others",), "donors": ("others",), "contacts": ("others",), "contact": ("others",),
    "partner": ("others",), "people": ("others",), "persons": ("others",), "role": ("who",), "donated": ("of",),
    "overdose": ("exposures",), "overdoses": ("exposures",), "poisoning": ("exposures",), "poisons": ("exposures",),
    "ingestion": ("exposures",), "ingestions": ("exposures",), "toxins": ("exposures",), "intention": ("intent",),
    "habits": ("social",), "vaccinations": ("immunizations",), "vaccination": ("immunizations",),
    "patient-perspective": ("perspective",), "complications": ("adverse-events",),
    "surgery": ("procedures",), "surgeries": ("procedures",), "operation": ("procedures",),
    "operations": ("procedures",), "interventions": ("procedures",), "transfusions": ("procedures",),
    "biopsy": ("pathology",), "biopsies": ("pathology",), "histology": ("pathology",), "histopathology": ("pathology",),
    "staging": ("stages",), "stage": ("stages", "value"), "grade": ("value",), "anesthesia": ("anaesthesia",),
    "complication": ("complications",), "device": ("devices",), "indication": ("for",), "dose": ("amount",),
    "cultures": ("microbiology",), "culture": ("microbiology",), "bacteriology": ("microbiology",),
    "antibiogram": ("susceptibility",), "resistance": ("susceptibility",), "organism": ("organisms",),
    "variants": ("genetics",), "mutations": ("genetics",), "mutation": ("printed", "genetics"), "cdna": ("dna",),
    "vaf": ("allele-fraction",), "allele-frequency": ("allele-fraction",), "fraction": ("allele-fraction", "cells"),
    "nuclei": ("cells",), "classification": ("class",), "significance": ("class",), "hgvs": ("dna",),
    "not-given": ("not-done",), "paused": ("interrupted",), "courses": ("cycles",), "protocol": ("regimen",),
    "onset": ("from",), "text": ("what", "says"), "description": ("what", "says", "note"),
    "impression": ("conclusion",), "interpretation": ("conclusion", "means"), "normal": ("conclusion",),
    "suspected-drug": ("of",),
    "visits": ("events",), "encounters": ("events",), "timeline": ("events",), "references": ("article",),
}  # fmt: skip
"""Keys that authors write → the keys that they mean, where the mapping has such a key and it is free."""

_DIED = "has a section of its own; write death: {at: …, cause: […]}"
_NOT_KEPT = "is not kept: a case file names no patient; leave it out"
ADVICE = {
    "": dict.fromkeys(("died", "deceased"), _DIED)
    | dict.fromkeys(
        ("differential", "differential-diagnosis", "differential-diagnoses"),
        "has no section: what was excluded stands under 'ruled-out', "
        "what stayed open under 'diagnoses' with certainty: unconfirmed",
    ),
    "patient": dict.fromkeys(("died", "death", "deceased", "outcome"), _DIED)
    | dict.fromkeys(("name", "initials", "birthdate", "birth-date", "birthday", "dob", "born"), _NOT_KEPT)
    | dict.fromkeys(
        ("ethnicity", "race", "occupation", "country"), "stands under 'social'; write {name: …, says: …} there"
    ),
    "findings": {
        "present": "is not asked for: what stands here is there; what was not has absent: true",
        "negative": "is not asked for; write absent: true",
    },
    "cells": dict.fromkeys(
        ("value", "result"),
        "has no place here: the value stands below 'rows:'; write here what is 'printed' instead of it",
    )
    | dict.fromkeys(("flag", "flags"), "has no place here; a flag stands behind its number below 'rows:', as in 412.5H")
    | dict.fromkeys(
        ("reference", "range", "unit"), "has no place here; it stands in the header of 'rows:', as in CRP[mg/L](<5)"
    ),
    "treatments": dict.fromkeys(
        ("drugs", "medications"), "has no place here: each drug is an item of its own; write - {drug: …} for each"
    ),
    "events": {"age": "is not asked for here; an age is a date: write date: age 6 months"},
    "diagnoses": dict.fromkeys(
        ("at", "date", "from"), "is not asked for here; write 'diagnosed' for its day, or 'onset' for the beginning"
    ),
}
"""Section, or "" for the file → keys that have no other name there, and what to do about them."""

OTHER_VALUES = {
    **dict.fromkeys(("hospital", "hospitalization", "hospitalisation", "admission", "ward", "icu"), "inpatient"),
    **dict.fromkeys(("clinic", "ambulatory", "office", "follow-up"), "outpatient"),
    **dict.fromkeys(("er", "ed", "a&e", "emergency room", "emergency department"), "emergency"),
    **dict.fromkeys(("telephone", "phone", "video", "online", "telemedicine"), "virtual"),
    **dict.fromkeys(("resolved", "cured", "complete recovery", "healed"), "recovered"),
    **dict.fromkeys(("improved", "improving", "resolving"), "recovering"),
    **dict.fromkeys(("persistent", "persisting", "not recovered", "unresolved"), "ongoing"),
    **dict.fromkeys(("death", "died"), "fatal"),
    **dict.fromkeys(("likely", "probably"), "probable"),
    **dict.fromkeys(("not related", "unlikely to be related"), "unrelated"),
    **{f"{scale}{n}": f"grade {n}" for n in range(1, 6) for scale in ("", "ctcae ", "ctcae grade ")},
    **dict.fromkeys(("definitely", "certainly"), "certain"),
    **dict.fromkeys(("deliberate", "intentional", "suicidal", "suicide", "suicide attempt"), "self-harm"),
    **dict.fromkeys(("accident", "unintentional"), "accidental"),
    **dict.fromkeys(("possible", "suspected"), "unconfirmed"),
    **dict.fromkeys(("boy", "man"), "male"),
    **dict.fromkeys(("girl", "woman"), "female"),
}
"""Words that authors write → the word of the format that they mean, where it can stand."""
