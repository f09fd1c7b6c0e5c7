"""The schema of the gate, compiled once, with the formats and predicates it calls by name."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casefhir.fhir.gate import references, units
from casefhir.fhir.gate.invariants import PREDICATES
from casefhir.fhir.gate.narrative import is_narrative

if TYPE_CHECKING:  # Importing the engine takes 20 ms; who writes no bundle is spared them.
    from jsonschema_rs import Draft202012Validator

SCHEMA = Path(__file__).parent.parent / "r4.schema.json"


@functools.cache
def validator() -> Draft202012Validator:
    """The compiled schema; compiling takes about 15 ms, once a process."""
    from jsonschema_rs import Draft202012Validator, RegexOptions

    text = SCHEMA.read_text(encoding="utf-8")
    names = set(re.findall(r'"format":"([^"]+)"', text))
    return Draft202012Validator(
        text,
        formats={name: _format(name) for name in names},
        validate_formats=True,
        ignore_unknown_formats=False,
        keywords={"holds": Holds},
        pattern_options=RegexOptions(),
    )


class Holds:
    """The keyword `holds`: a predicate, by its name, that a value has to fulfil."""

    def __init__(self, _parent: dict[str, Any], name: str, _path: list[str | int]) -> None:
        self._name = name
        self._predicate = PREDICATES[name]

    def validate(self, value: Any) -> None:
        """Refuse a value the way the engine wants it: by an exception."""
        if not self._predicate(value):
            raise ValueError(self._name)


def _format(name: str) -> Callable[[str], bool]:
    if name.startswith("to "):
        return references.resolves(name[3:].split("|"))
    return {"ucum": units.is_ucum, "xhtml": is_narrative, "element-id": _is_beyond_doubt}[name]


def _is_beyond_doubt(_id: str) -> bool:
    """No id is: where an element has one, `explanation` looks whether the resource has it twice."""
    return False
