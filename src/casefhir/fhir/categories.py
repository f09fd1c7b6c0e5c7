"""What kind of Observation it is, and why one has no value: HL7's codes."""

from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import HL7, coding
from casefhir.model.findings import Imaging
from casefhir.source import Path


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
_OF_SECTION = {"imaging": IMAGING, "pathology": LABORATORY, "procedures": PROCEDURE}
"""Section → what its findings and values are."""

OF_TEST = {"exam": EXAM, "imaging": IMAGING, "procedure": PROCEDURE, "survey": SURVEY, "therapy": THERAPY}
"""Category of a test in the table → what its values are, where they are neither of the laboratory nor vital signs."""


def of_section(path: Path, cx: Context) -> list[Resource] | None:
    """What the section of a place says that findings and values are; None if it says nothing."""
    section, position = path[0], path[1]
    if section == "imaging" and service(cx.case.imaging[int(position)], cx):
        return PROCEDURE
    return _OF_SECTION.get(str(section))


def service(test: Imaging, cx: Context) -> str:
    """The section of HL7 table 0074 that makes the report of a test that is no image, `EC`; empty of an image."""
    row = cx.terms.procedures.get(test.name)
    return row.service if row else ""


def absent_reason(code: str, display: str, text: str = "") -> Resource:
    """Observation.dataAbsentReason. Source: https://hl7.org/fhir/R4/codesystem-data-absent-reason.html"""
    return {"coding": [coding(HL7 + "data-absent-reason", code, display)], "text": text or display}
