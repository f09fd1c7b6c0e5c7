"""What kind of Observation it is, and why one has no value: HL7's codes."""

from casefhir.fhir.context import Resource
from casefhir.fhir.datatypes import HL7, coding


def category(code: str, display: str) -> list[Resource]:
    """Observation.category. Source: https://hl7.org/fhir/R4/codesystem-observation-category.html"""
    return [{"coding": [coding(HL7 + "observation-category", code, display)], "text": display}]


VITAL_SIGNS = category("vital-signs", "Vital Signs")
LABORATORY = category("laboratory", "Laboratory")
SURVEY = category("survey", "Survey")
EXAM = category("exam", "Exam")
SOCIAL_HISTORY = category("social-history", "Social History")
IMAGING = category("imaging", "Imaging")
PROCEDURE = category("procedure", "Procedure")
THERAPY = category("therapy", "Therapy")
OF_SECTION = {"imaging": IMAGING, "pathology": LABORATORY, "procedures": PROCEDURE}
"""Section → what its findings and values are."""

OF_TEST = {"exam": EXAM, "imaging": IMAGING, "procedure": PROCEDURE, "survey": SURVEY, "therapy": THERAPY}
"""Category of a test in the table → what its values are, where they are neither of the laboratory nor vital signs."""


def absent_reason(code: str, display: str, text: str = "") -> Resource:
    """Observation.dataAbsentReason. Source: https://hl7.org/fhir/R4/codesystem-data-absent-reason.html"""
    return {"coding": [coding(HL7 + "data-absent-reason", code, display)], "text": text or display}
