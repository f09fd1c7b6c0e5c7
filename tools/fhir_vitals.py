"""The vital signs profiles of R4 as JSON Schema: an Observation of their codes must fit them."""

from __future__ import annotations

from collections.abc import Iterator

from fhir_release import Json, Release, capital
from fhir_rules import UCUM, member

LOINC = "http://loinc.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
PART = "Observation.component"


def vital_signs(release: Release) -> Json:
    """What is demanded of an Observation with a vital sign's code; nothing of all others."""
    values = _values(release)
    profiles = [_profile(p["id"], values, release) for p in release.profiles("vitalsigns")]
    codes = [code for code, _ in profiles]
    demands = [*_common(values, release), *(demand for _, demand in profiles)]
    return {"if": _coded("code", LOINC, codes), "then": {"allOf": demands}}


def _values(release: Release) -> list[str]:
    """The members that the value of an Observation may be written as."""
    element = _by_id("Observation", release)["Observation.value[x]"]
    return ["value" + capital(kind["code"]) for kind in element["type"]]


def _common(values: list[str], release: Release) -> Iterator[Json]:
    """What the profile that all vital signs share demands."""
    words = {c["key"]: c["human"].rstrip(".") for _, c in release.constraints("vitalsigns")}
    units = _units("vitalsigns", f"{PART}.value[x]", release)
    valued = [{"required": [name]} for name in (*values, "dataAbsentReason")]
    groups = [{"required": [name]} for name in ("component", "hasMember")]
    times = ("effectiveDateTime", "_effectiveDateTime", "effectivePeriod")
    category = {"contains": _coding(CATEGORY, ["vital-signs"])}
    yield {
        "at": "category",
        "title": "is not vital-signs",
        "required": ["category"],
        **member("category", {"contains": {"required": ["coding"], **member("coding", category)}}),
    }
    yield {"at": "effective[x]", "title": "is missing", "anyOf": [{"required": [t]} for t in times]}
    yield {"title": f"vs-1: {words['vs-1']}", **member("effectiveDateTime", {"minLength": 10})}
    yield {"title": f"vs-2: {words['vs-2']}", "anyOf": [*valued, *groups]}
    yield {"title": f"vs-3: {words['vs-3']}", **member("component", {"items": {"anyOf": valued}})}
    yield member("component", {"items": member("valueQuantity", _quantity("vitalsigns", units))})
    yield {"required": ["subject"]}


def _profile(name: str, values: list[str], release: Release) -> tuple[str, Json]:
    """The code of a profile, and what it demands of an Observation with this code."""
    elements = _by_id(name, release)
    value = elements.get("Observation.value[x]:valueQuantity", elements["Observation.value[x]"])
    units = _units(name, "Observation.value[x]:valueQuantity.code", release)
    written: Json = dict.fromkeys(values, False)
    if value["max"] != "0":
        written["valueQuantity"] = _quantity(name, units)
    demands: list[Json] = [
        {"title": f"the profile {name} has no such value", "properties": written},
        *_components(name, elements, release),
    ]
    needed = {"valueQuantity": value, "hasMember": elements["Observation.hasMember"]}
    demands += [{"required": [n]} for n, element in needed.items() if element["min"]]
    code = next(_codes(elements, "Observation.code."))[1]
    return code, {"if": _coded("code", LOINC, [code]), "then": {"allOf": demands}}


def _components(name: str, elements: dict[str, Json], release: Release) -> Iterator[Json]:
    """The components a profile demands, each in its unit: systolic and diastolic pressure."""
    for id, code in _codes(elements, f"{PART}:"):
        units = _units(name, f"{id.partition('.code.')[0]}.value[x].code", release)
        part = _coded("code", LOINC, [code])
        each = {"if": part, "then": member("valueQuantity", _quantity(name, units))}
        yield member("component", {"items": each})
        yield {
            "at": "component",
            "title": f"has no {code}, which the profile {name} wants",
            "required": ["component"],
            **member("component", {"contains": part}),
        }


def _codes(elements: dict[str, Json], start: str) -> Iterator[tuple[str, str]]:
    """The fixed codes of a profile below some element, each with the id of what fixes it."""
    for id, element in elements.items():
        if id.startswith(start) and ".coding:" in id and "fixedCode" in element:
            yield id, element["fixedCode"]


def _units(name: str, id: str, release: Release) -> list[str]:
    """The unit codes that an element of a profile may have; none where it fixes none."""
    element = _by_id(name, release).get(id, {})
    if "fixedCode" in element:
        return [element["fixedCode"]]
    binding = element.get("binding", {})
    if binding.get("strength") != "required":
        return []
    return [code for _, codes in release.codes(binding["valueSet"]) for code in codes]


def _by_id(name: str, release: Release) -> dict[str, Json]:
    return {element["id"]: element for element in release.elements(name)}


def _quantity(name: str, units: list[str]) -> Json:
    title = f"is no unit of the profile {name}: {' or '.join(units)}"
    code = {"title": title, **member("code", {"enum": units})}
    needed = {"required": ["unit", "system", "code"]}
    # A value may be there as the reason why it is absent: `_value` with an extension.
    valued = [{"required": [name]} for name in ("value", "_value")]
    value: Json = {"at": "value", "title": "is missing", "anyOf": valued}
    return {"allOf": [value, needed, member("system", {"const": UCUM}), code]}


def _coded(name: str, system: str, codes: list[str]) -> Json:
    """A concept has a coding out of these."""
    coding = {"required": ["coding"], **member("coding", {"contains": _coding(system, codes)})}
    return {"required": [name], **member(name, coding)}


def _coding(system: str, codes: list[str]) -> Json:
    code = {"properties": {"system": {"const": system}, "code": {"enum": codes}}}
    return {"required": ["system", "code"], **code}
