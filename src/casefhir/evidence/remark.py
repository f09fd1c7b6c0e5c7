"""What is said of a value that is not proven."""

from typing import NamedTuple

from casefhir.source import Path


class Remark(NamedTuple):
    """One remark, under the name of the function in `casefhir.rules.evidence` that tells of it."""

    rule: str
    path: Path
    message: str
