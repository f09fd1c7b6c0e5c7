"""A path in a bundle and words → Fault, what the gate reports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

Step = str | int

_STEP = re.compile(r"[^.\[\]]+")


class Fault(NamedTuple):
    """One thing wrong in a bundle."""

    place: str
    """Where, as in `entry[3].resource.valueQuantity.code`; the empty text is the bundle itself."""

    message: str
    """What, in words: lower case, without a full stop."""

    rule: str = ""
    """Which rule of entries it breaks; the empty text is what FHIR says of a resource."""

    @property
    def path(self) -> tuple[Step, ...]:
        """The place as the steps that lead to it."""
        return tuple(int(step) if step.isdecimal() else step for step in _STEP.findall(self.place))


def place(*path: Step) -> str:
    """A path in the words of FHIRPath: `entry[3].resource.code`."""
    return "".join(_steps(path)).removeprefix(".")


def _steps(path: Iterable[Step]) -> Iterable[str]:
    for step in path:
        yield f"[{step}]" if isinstance(step, int) else f".{step}"
