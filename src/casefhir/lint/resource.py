"""What is wrong with a resource: a server that validates refuses it."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from casefhir.fhir.gate.units import is_ucum
from casefhir.lint.document import Document
from casefhir.lint.nearest import hint, nearest
from casefhir.lint.rule import Remarks
from casefhir.source import Path
from casefhir.targets.table import Target
from casefhir.terms import terms

UCUM = "http://unitsofmeasure.org"
CORE = "http://hl7.org/fhir/StructureDefinition/"

_UNRESOLVED = "names nothing in this bundle"
_NO_UNIT = "is no unit of UCUM"
_NOT_WRITTEN = ("contained",)
"""Members that the gate refuses because casefhir does not write them, and FHIR allows."""


@cache
def types() -> frozenset[str]:
    """The types of resources of R4."""
    text = (files("casefhir.lint") / "types.tsv").read_text("utf-8")
    return frozenset(line for line in text.splitlines()[2:])


def unknown_type(document: Document, target: Target) -> Remarks:
    """
    A type of resource that R4 does not have.

    Why: a server has no place for it.
    Bad:  "resourceType": "Patiant"; "resourceType": "NutritionProduct", which is of R5
    Good: "resourceType": "Patient"
    Source: https://hl7.org/fhir/R4/resourcelist.html
    """
    for number, resource in document.resources:
        written = resource.get("resourceType")
        if "resourceType" in resource and not (isinstance(written, str) and written in types()):
            path = ("entry", number, "resource", "resourceType")
            yield path, f"{written!r} is no type of R4{hint(str(written), sorted(types()))}"


def content(document: Document, target: Target) -> Remarks:
    """
    What FHIR R4 does not allow in a resource: a member, a code, a date, a value that is missing.

    Why: a server refuses what it cannot read, and one that validates refuses the rest. Types that a case does not
    become, and contained resources, are not looked at inside.
    Bad:  "gender": "M"
    Good: "gender": "male"
    Source: https://hl7.org/fhir/R4/validation.html
    """
    for fault in document.faults:
        path = fault.path
        if fault.rule or path[2:3] != ("resource",) or path[3:4] in (("resourceType",), ("id",)):
            continue
        if len(path) == 3 and "is missing" in fault.message:  # which `entry.no-resource` says
            continue
        if set(path) & set(_NOT_WRITTEN) or fault.message.endswith((_UNRESOLVED, _NO_UNIT)):
            continue
        yield path, f"{fault.message}{_meant(fault.message)}"


def _meant(message: str) -> str:
    """Of a code that is none of several, the one that is most like it."""
    written, found, words = message.partition(" is none of ")
    word = nearest(written.strip('"'), words.split(", ")) if found else None
    return f"; did you mean {word!r}?" if word else ""


def unit(document: Document, target: Target) -> Remarks:
    """
    A unit code that UCUM does not have.

    Why: a server that knows UCUM refuses it, and others never convert it.
    Bad:  "system": "http://unitsofmeasure.org", "code": "mmHg"
    Good: "system": "http://unitsofmeasure.org", "code": "mm[Hg]"
    Source: https://ucum.org/ucum
    """
    for number, resource in document.resources:
        for path, code in _units(resource):
            if not is_ucum(code):
                yield ("entry", number, "resource", *path), f"{code!r} is no unit of UCUM{_unit_hint(code)}"


def _units(value: Any) -> Iterator[tuple[Path, str]]:
    """Every code that is said to be one of UCUM."""
    if isinstance(value, dict):
        if value.get("system") == UCUM and isinstance(value.get("code"), str):
            yield ("code",), value["code"]
        members: Iterator[tuple[str | int, Any]] = iter(value.items())
    else:
        members = iter(enumerate(value)) if isinstance(value, list) else iter(())
    for step, member in members:
        if isinstance(member, (dict, list)):
            yield from (((step, *path), code) for path, code in _units(member))


def _unit_hint(code: str) -> str:
    units = terms().units
    known = units.get(code)
    meant = [known.ucum] if known else [unit.ucum for name in units.near(code) if (unit := units.get(name))]
    return f"; did you mean {meant[0]!r}?" if meant else ""


def profile(document: Document, target: Target) -> Remarks:
    """
    A profile that the server may not know.

    Why: a server that validates refuses a resource that claims a profile it does not have.
    Bad:  "meta": {"profile": ["http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient"]}
    Good: no meta.profile, unless the server is known to have it
    Source: https://hl7.org/fhir/R4/resource.html#Meta
    """
    for number, resource in document.resources:
        meta = resource.get("meta")
        claimed = meta.get("profile") if isinstance(meta, dict) else None
        for at, one in enumerate(claimed if isinstance(claimed, list) else []):
            if not str(one).startswith(CORE):
                path = ("entry", number, "resource", "meta", "profile", at)
                yield path, f"{one!r} has to be known to the server; leave it out if it may not be"


def repeated(document: Document, target: Target) -> Remarks:
    """
    A name that stands twice in one object.

    Why: JSON says not which of them counts; most readers take the last, and what the first says is lost.
    Bad:  {"gender": "male", "gender": "female"}
    Good: {"gender": "female"}
    Source: https://www.rfc-editor.org/rfc/rfc8259#section-4
    """
    for number, text in enumerate(document.texts):
        start: Path = () if document.form == "bundle" else ("entry", number, "resource")
        for path in text.repeated():
            yield (*start, *path), f"{path[-1]!r} stands twice; only the last counts"
