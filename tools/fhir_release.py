"""A folder with the files of FHIR R4 → its JSON Schema, StructureDefinitions and value sets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]

CORE = "http://hl7.org/fhir/ValueSet/"

PATTERNS = {
    "urn:ietf:bcp:13": {"type": "string", "pattern": r"^[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+(;.*)?$"},
    "urn:ietf:bcp:47": {"type": "string", "pattern": "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"},
    "urn:iso:std:iso:4217": {"type": "string", "pattern": "^[A-Z]{3}$"},
}
"""Code systems too large to list, or not listed by HL7, by the form of their codes."""

ADDED = {
    "Meta": {"project", "author", "onBehalfOf", "account", "accounts", "compartment"},
    "Reference": {"resource"},
}
"""Members that the package adds to the definitions for its own server; FHIR has none of them."""

CHANGED = {"DetectedIssue.status": f"{CORE}observation-status|4.0.1"}
"""Value sets that the package binds otherwise than FHIR 4.0.1 does."""


class Release:
    """The definitions of one release, as the specification publishes them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._official = self._read("fhir.schema.json")["definitions"]
        self._structures = {
            r["id"]: r
            for name in ("types", "resources", "others")
            for r in self._entries(f"profiles-{name}.json")
            if r["resourceType"] == "StructureDefinition"
        }
        self._terms = {
            (r["resourceType"], r["url"]): r
            for name in ("valuesets", "v3-codesystems")
            for r in self._entries(f"{name}.json")
            if r["resourceType"] in ("ValueSet", "CodeSystem")
        }

    def official(self, name: str) -> Json:
        """A definition of the official JSON Schema."""
        definition: Json = self._official[name]
        members = definition.get("properties", {}).items()
        own = ADDED.get(name, set())
        return {**definition, "properties": {k: v for k, v in members if k not in own}}

    def structure(self, name: str) -> Json:
        """A StructureDefinition by its id."""
        structure: Json = self._structures[name]
        return structure

    def profiles(self, base: str) -> Iterator[Json]:
        """The StructureDefinitions made on another one."""
        for structure in self._structures.values():
            if structure.get("baseDefinition", "").endswith(f"/{base}"):
                yield structure

    def elements(self, name: str) -> list[Json]:
        """The elements of a type, without the type itself."""
        own = {f"{name}.{member}" for member in ADDED.get(name, set())}
        elements = self.structure(name)["snapshot"]["element"][1:]
        return [e for e in elements if e["path"] not in own]

    def constraints(self, name: str) -> Iterator[tuple[str, Json]]:
        """The invariants of a type, each with the path it is demanded of."""
        for element in self.structure(name)["snapshot"]["element"]:
            for constraint in element.get("constraint", []):
                yield element["path"], constraint

    def bound(self, element: Json, code: str) -> Json | None:
        """What a required value set leaves, or nothing where the element has none."""
        binding = element.get("binding", {})
        if code == "code" and any(map(_is_any_language, binding.get("extension", []))):
            return PATTERNS["urn:ietf:bcp:47"]
        if code not in ("code", "CodeableConcept") or binding.get("strength") != "required":
            return None
        url = CHANGED.get(element["path"], binding["valueSet"])
        return _schema(code, dict(self.codes(url)))

    def codes(self, url: str) -> Iterator[tuple[str, list[str]]]:
        """The code systems of a value set, each with the codes that it takes of them."""
        value_set = self._terms["ValueSet", url.partition("|")[0]]
        for part in value_set["compose"]["include"]:
            for nested in part.get("valueSet", []):
                yield from self.codes(nested)
            if "system" in part:
                yield part["system"], self._chosen(part)

    def _chosen(self, part: Json) -> list[str]:
        assert "filter" not in part, part
        if "concept" in part:
            return [c["code"] for c in part["concept"]]
        system = self._terms.get(("CodeSystem", part["system"]), {})
        return list(_flat(system.get("concept", [])))

    def _entries(self, name: str) -> Iterator[Json]:
        for entry in self._read(name)["entry"]:
            yield entry["resource"]

    def _read(self, name: str) -> Json:
        content: Json = json.loads((self._folder / name).read_text(encoding="utf-8"))
        return content


def capital(code: str) -> str:
    """A type's name as the end of a choice: `dateTime` makes `valueDateTime`."""
    return code[:1].upper() + code[1:]


def _schema(code: str, by_system: dict[str, list[str]]) -> Json | None:
    """A code, or a concept of which one coding is, out of these; `None` for what cannot be told."""
    if code == "code":
        if len(by_system) == 1 and next(iter(by_system)) in PATTERNS:
            return PATTERNS[next(iter(by_system))]
        codes = [c for system in by_system.values() for c in system]
        return {"enum": codes} if codes else None
    any_of = [_coding(system, codes) for system, codes in by_system.items()]
    one = any_of[0] if len(any_of) == 1 else {"anyOf": any_of}
    title = f"has no code out of {_listing(by_system)}"
    coding = {"title": title, "contains": one}
    ref = {"$ref": "#/$defs/CodeableConcept"}
    return {**ref, "required": ["coding"], "properties": {"coding": coding}}


def _listing(by_system: dict[str, list[str]]) -> str:
    return " or ".join(f"{system} ({', '.join(codes)})" for system, codes in by_system.items())


def _coding(system: str, codes: list[str]) -> Json:
    properties = {"system": {"const": system}, "code": {"enum": codes}}
    return {"required": ["system", "code"], "properties": properties}


def _flat(concepts: list[Json]) -> Iterator[str]:
    for concept in concepts:
        yield concept["code"]
        yield from _flat(concept.get("concept", []))


def _is_any_language(extension: Json) -> bool:
    return extension.get("valueCanonical") == f"{CORE}all-languages"
