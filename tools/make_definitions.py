"""Our extensions → schema/fhir: a StructureDefinition for each, and the CodeSystem of our tag."""

import json
from pathlib import Path
from typing import Any

from tools.definitions import DEFINITIONS, MOMENT, Definition

from casefhir.fhir.context import BASE

FOLDER = Path(__file__).parents[1] / "schema" / "fhir"
DATE = "2026-11-23"


def structure_definition(definition: Definition) -> dict[str, Any]:
    """Source: https://hl7.org/fhir/R4/structuredefinition.html"""
    url = f"{BASE}/StructureDefinition/{definition.name}"
    return {
        "resourceType": "StructureDefinition",
        "id": definition.name,
        "url": url,
        "version": "1.0.0",
        "name": definition.title.title().replace(" ", ""),
        "title": definition.title,
        "status": "active",
        "date": DATE,
        "publisher": "casefhir",
        "description": definition.description,
        "fhirVersion": "4.0.1",
        "kind": "complex-type",
        "abstract": False,
        "context": [{"type": "element", "expression": context} for context in definition.contexts],
        "type": "Extension",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Extension",
        "derivation": "constraint",
        "differential": {"element": [_root(definition), *_elements(definition, url)]},
    }


def _root(definition: Definition) -> dict[str, Any]:
    return {
        "id": "Extension",
        "path": "Extension",
        "short": definition.title,
        "definition": definition.description,
        "min": 0,
        "max": "1" if definition.parts == MOMENT else "*",
    }


def _elements(definition: Definition, url: str) -> list[dict[str, Any]]:
    fixed = {"id": "Extension.url", "path": "Extension.url", "fixedUri": url}
    if not definition.parts:
        return [_none("Extension"), fixed, _value("Extension", definition.types)]
    elements: list[dict[str, Any]] = [
        {
            "id": "Extension.extension",
            "path": "Extension.extension",
            "slicing": {"discriminator": [{"type": "value", "path": "url"}], "rules": "closed"},
            "min": 1,
        }
    ]
    for name, type, description in definition.parts:
        id = f"Extension.extension:{name}"
        elements += [
            {
                "id": id,
                "path": "Extension.extension",
                "sliceName": name,
                "short": description,
                "min": 1 if name in _NEEDED else 0,
                "max": "*" if name == "day" else "1",
            },
            _none(id),
            {"id": f"{id}.url", "path": "Extension.extension.url", "fixedUri": name},
            _value(id, (type,)),
        ]
    return [*elements, fixed, {"id": "Extension.value[x]", "path": "Extension.value[x]", "max": "0"}]


_NEEDED = ("text", "of", "within", "day")
"""The parts that an extension is never without."""


def _none(id: str) -> dict[str, Any]:
    path = "Extension.extension.extension" if ":" in id else "Extension.extension"
    return {"id": f"{id}.extension", "path": path, "max": "0"}


def _value(id: str, types: tuple[str, ...]) -> dict[str, Any]:
    path = "Extension.extension.value[x]" if ":" in id else "Extension.value[x]"
    return {"id": f"{id}.value[x]", "path": path, "min": 1, "type": [{"code": code} for code in types]}


def code_system() -> dict[str, Any]:
    """Source: https://hl7.org/fhir/R4/codesystem.html"""
    return {
        "resourceType": "CodeSystem",
        "id": "kind",
        "url": f"{BASE}/CodeSystem/kind",
        "version": "1.0.0",
        "name": "Kind",
        "title": "Kinds of data",
        "status": "active",
        "date": DATE,
        "publisher": "casefhir",
        "description": "What a resource is, told in its tag.",
        "caseSensitive": True,
        "content": "complete",
        "concept": [
            {
                "code": "published-case",
                "display": "Published case, not a patient in care",
                "definition": "The resource comes from a published case report and not from a patient in care.",
            }
        ],
    }


def main() -> None:
    for definition in DEFINITIONS:
        _write(f"StructureDefinition-{definition.name}", structure_definition(definition))
    _write("CodeSystem-kind", code_system())


def _write(name: str, resource: dict[str, Any]) -> None:
    text = json.dumps(resource, indent=2, ensure_ascii=False) + "\n"
    (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
