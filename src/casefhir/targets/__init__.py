"""A server by name → what it takes; who needs only the names does not pay for `table`, which reads the files."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casefhir.targets.table import Target

_FOLDER = Path(__file__).parent

NAMES = ("generic", "hapi", "medplum", "firely", "azure", "google", "healthlake", "aidbox", "openmrs", "smart")
"""The servers that are known; the first is what FHIR itself asks of any."""


@cache
def target(name: str) -> "Target":
    """
    The server with a name of `NAMES`.

    Raises: KeyError for another name; ValueError for a file that does not say what it should.
    """
    from casefhir.targets.table import read

    if name not in NAMES:
        raise KeyError(name)
    return read(name, (_FOLDER / f"{name}.tsv").read_text("utf-8"))
