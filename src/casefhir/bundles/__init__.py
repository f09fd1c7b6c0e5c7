"""Bundles as servers take them: what refers to what, in which order, in how many parts, and as bulk files."""

from casefhir.bundles.bulk import bulk
from casefhir.bundles.dependency import groups
from casefhir.bundles.held import Held, held, identifier
from casefhir.bundles.ids import place, with_ids
from casefhir.bundles.references import references, renamed
from casefhir.bundles.split import Limits, TooLarge, split

__all__ = [
    "Held",
    "Limits",
    "TooLarge",
    "bulk",
    "groups",
    "held",
    "identifier",
    "place",
    "references",
    "renamed",
    "split",
    "with_ids",
]
