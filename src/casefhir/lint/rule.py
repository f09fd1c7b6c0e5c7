"""What a rule of `casefhir lint` is."""

from collections.abc import Callable, Iterator

from casefhir.lint.document import Document
from casefhir.source import Path
from casefhir.targets.table import Target

Remarks = Iterator[tuple[Path, str]]
"""A place in the bundle, and what is said of it."""

Rule = Callable[[Document, Target], Remarks]
"""A document and the server that would be given it → what would fail, and what to write instead."""
