"""Bundles as servers take them: what refers to what, in which order, in how many parts, and as bulk files."""

from casefhir.bundles.dependency import groups
from casefhir.bundles.references import references, renamed

__all__ = ["groups", "references", "renamed"]
