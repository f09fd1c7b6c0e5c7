"""
Case × article → every fact proven by the printed word, or a remark on why it is not.

A claim is a record of the case; it needs that its numbers, dates and names with digits are printed in one passage.
A quote says which passage that is; without one it is the passage in which name, number and unit stand together.
"""

from casefhir.evidence.place import places
from casefhir.evidence.proof import Evidence
from casefhir.evidence.remark import Remark

__all__ = ["Evidence", "Remark", "places"]
