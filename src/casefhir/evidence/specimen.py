"""What a printed table or a test says of the specimen: `Cerebrospinal fluid.` above a table, CSF of `CSF-protein`."""

import re
from functools import cache
from typing import NamedTuple

from casefhir.article.passage import Passage

_KINDS = {
    "cerebrospinal fluid": r"cerebro-?spinal|cerebral spinal|CSF|liquor|lumbar punctures?",
    "urine": r"urine|urinary|urinalysis",
    "stool": r"stools?|fa?ecal|fa?eces",
    "blood": r"blood|serum|sera|plasma|arterial|venous|ha?ematolog\w+",
    "pleural fluid": r"pleural",
    "ascites": r"ascit\w+|peritoneal",
    "synovial fluid": r"synovial|joint fluid",
    "bone marrow": r"(?:bone )?marrow",
    "sputum": r"sputum|bronch\w+|BAL",
}
"""Kind of specimen → what it is called in captions, heads and names."""


def kinds(text: str) -> frozenset[str]:
    """The kinds of specimen that a text names."""
    said = text.replace("-", " ")
    return frozenset(kind for kind, form in _forms().items() if form.search(said))


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(rf"\b(?:{form})\b", re.IGNORECASE) for kind, form in _KINDS.items()}


def kinds_above(row: Passage, label: str) -> frozenset[str]:
    """The kinds that a printed table says of what is under a label: by the label itself, or else by what is above."""
    above = f"{row.caption} {row.header[0] if row.header else ''}"
    return kinds(label) or kinds(above)


class Named(NamedTuple):
    """The name of a column that begins with a specimen: `CSF-protein`."""

    kind: str
    test: str
    """The name without it: `protein`."""


def named(column: str) -> Named | None:
    """A column that is named with its specimen; None of any other."""
    for kind, form in _KINDS.items():
        if found := re.match(rf"(?:{form})[\s-](?=\w)", column, re.IGNORECASE):
            return Named(kind, column[found.end() :])
    return None
