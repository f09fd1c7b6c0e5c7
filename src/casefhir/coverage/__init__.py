"""
Case × article → what became of every number, date and known name that the article prints of the patient.

A mention is one of them. It is carried by a fact, waived by an item of `left-out` with a reason, or missing.
"""

from casefhir.coverage.coverage import Coverage, Covered
from casefhir.coverage.page import page
from casefhir.coverage.report import REPORTS

__all__ = ["REPORTS", "Coverage", "Covered", "page"]
