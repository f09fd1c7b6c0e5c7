"""What FHIR, a profile or a reader demands and articles do not print → what is written there, and why."""

UNKNOWN = "data-absent-reason `unknown`"

Demand = tuple[str, str] | None
"""What is written, with codes in backticks, and why; None where the case always says it."""

DEMANDED: dict[tuple[str, str], Demand] = {
    ("RelatedPerson", "patient"): None,
    ("Procedure", "status"): ("`not-done`, `in-progress` or `completed`; else `unknown`", "only what is said of it"),
    ("Procedure", "subject"): None,
    ("DocumentReference", "content"): ("the DOI as address of the attachment", "the article stays where it is"),
    ("DocumentReference", "status"): ("`current`", "nothing newer is known"),
    ("Encounter", "class"): (f"from `encounter`; {UNKNOWN} for `encounter: unknown`", "no class is invented"),
    ("Encounter", "status"): ("`finished`", "an article tells of visits that are over"),
    ("BodyStructure", "patient"): None,
    ("Condition", "subject"): None,
    ("FamilyMemberHistory", "patient"): None,
    ("FamilyMemberHistory", "relationship"): None,
    ("FamilyMemberHistory", "status"): ("`partial`", "an article tells what matters to it"),
    ("AllergyIntolerance", "patient"): None,
    ("AllergyIntolerance", "verificationStatus"): (
        "`refuted` for `absent: true`, `confirmed` for `none: true`, else nothing",
        "ait-1 demands this or a clinical status",
    ),
    ("Immunization", "occurrence[x]"): (
        "`at`, in words if it is no date; the word `unknown` if it is left out",
        "no date is invented",
    ),
    ("Immunization", "patient"): None,
    ("Immunization", "status"): ("`completed`; `not-done` for `absent: true` and `not-done:`", "as written"),
    ("Immunization", "vaccineCode"): None,
    ("MedicationStatement", "medication[x]"): None,
    ("MedicationStatement", "status"): (
        "`stopped` with `stopped:`, `active` with `continues: true`, `completed` with `to:` or a count of doses, "
        "`not-taken` with `not-done:`, else `unknown`",
        "only what is said of the end",
    ),
    ("MedicationStatement", "subject"): None,
    ("Goal", "description"): ("the target in words", "as written"),
    ("Goal", "lifecycleStatus"): (
        "`active` with `continues: true`, `completed` of what ended, `cancelled` of what was not done; else `accepted`",
        "R4 has no code for a target of which nobody says whether it is still sought",
    ),
    ("Goal", "subject"): None,
    ("Observation", "code"): None,
    ("Observation", "status"): ("`final`", "what is published is not provisional"),
    ("AdverseEvent", "actuality"): ("`actual`", "it happened"),
    ("AdverseEvent", "subject"): None,
    ("DiagnosticReport", "code"): ("LOINC 11502-2 for laboratory values", "they stand together in one report"),
    ("DiagnosticReport", "status"): ("`final`", "what is published is not provisional"),
    ("Consent", "category"): ("LOINC 59284-0", "a consent of a patient"),
    ("Consent", "policy"): ("the consent in words, as policyRule", "ppc-1 demands one of the two"),
    ("Consent", "scope"): ("from `to`; anything but treatment and participation is about privacy", "it needs a code"),
    ("Consent", "status"): ("`active`", "no article reports that one was withdrawn"),
    ("DetectedIssue", "status"): ("`final`", "what is published is not provisional"),
    ("Composition", "author"): (f"the authors; {UNKNOWN} if the file has none", "no author is invented"),
    ("Composition", "date"): (f"`published`; {UNKNOWN} if it is left out", "no date is invented, and no clock is read"),
    ("Composition", "status"): ("`final`, or `preliminary` for a preprint", "peers have not reviewed it"),
    ("Composition", "title"): None,
    ("Composition", "type"): ("the text `case report`, or `type`", "it needs none of the LOINC codes"),
    ("Provenance", "agent"): (
        "the first author, with `et al.`",
        "the authors say so; DocumentReference has all",
    ),
    ("Provenance", "recorded"): (UNKNOWN, "an instant that no article prints"),
    ("Provenance", "target"): None,
}
"""Element that the schema of R4 demands → what is written there if the case does not say it."""

WANTED = {
    "AllergyIntolerance.clinicalStatus": (
        "`status`; `inactive` for `absent: true`, else `active`",
        "ait-1 demands one, and an allergy that is told of is a risk",
    ),
    "Condition.clinicalStatus": (
        "only what `status` or `resolved` says; `ruled-out` and `absent: true` have none",
        "con-3 and con-4",
    ),
    "Condition.category": (
        "the text `history`, and the code `problem-list-item` where the article says how it stands",
        "con-3 demands a clinical status in the problem list",
    ),
    "Condition.verificationStatus": (
        "`confirmed`, or `certainty`; `refuted` for `ruled-out` and `absent: true`",
        "con-5",
    ),
    "effective[x] of vital signs": (
        f"the day; a month as the Period of that month; without a date a Period whose start is {UNKNOWN}",
        "the profile demands days (vs-1)",
    ),
    "value[x] of vital signs": (
        "a Quantity in a unit of the profile, with the print beside it if that is another; else data-absent-reason "
        "`as-text`",
        "the profiles take no range, no word and no other unit",
    ),
    "Observation.code of vital signs": (
        "the code of the profile stands beside another: 8310-5 beside that of a rectal temperature",
        "the profiles demand their own code",
    ),
    "Observation.component of a blood pressure": (
        f"both; {UNKNOWN} for the one that is not printed",
        "the profile demands both",
    ),
    "Period.end": (
        f"{UNKNOWN}, unless `to` or `continues: true` is written",
        "to FHIR a Period without end goes on",
    ),
    "Patient.name, Patient.birthDate": ("nothing", "no article prints them"),
    "Patient.deceased[x]": ("`true` if an adverse event was fatal, else nothing", "only what is said"),
    "performer, asserter": ("nothing", "no article prints them"),
}
"""What no schema demands, but a profile, an invariant or a reader."""
