"""Invariants of the R4 definitions, as JSON Schema; the words of each come from the definitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fhir_release import Json, Release, capital

UCUM = "http://unitsofmeasure.org"
HL7 = "http://terminology.hl7.org/CodeSystem"
TIME_UNITS = [
    "s",
    "ms",
    "min",
    "h",
    "d",
    "wk",
    "mo",
    "mo_g",
    "mo_j",
    "mo_s",
    "a",
    "a_g",
    "a_j",
    "a_t",
]
LENGTH_UNITS = ["nm", "um", "mm", "cm", "dm", "m", "km", "[in_i]", "[ft_i]", "[yd_i]", "[mi_i]"]
MEALS = ["C", "CM", "CD", "CV"]


def there(*names: str) -> Json:
    """One of these elements is written."""
    return {"there": list(names)}


def no(*names: str) -> Json:
    """None of these elements is written."""
    return {"not": there(*names)}


def when(condition: Json, then: Json) -> Json:
    """If the one holds, so does the other."""
    return {"if": condition, "then": then}


def written(name: str, then: Json) -> Json:
    """What is demanded where this element is written; it costs nothing where it is not."""
    return {"dependentSchemas": {name: then}}


def member(name: str, schema: Any) -> Json:
    """What is demanded of one member, where it is written."""
    return {"properties": {name: schema}}


def coded(name: str, system: str, *codes: str) -> Json:
    """A concept is written and has a coding out of these."""
    coding = {"properties": {"system": {"const": f"{HL7}/{system}"}, "code": {"enum": list(codes)}}}
    contains = {"contains": {"required": ["system", "code"], **coding}}
    return {
        "required": [name],
        **member(name, {"required": ["coding"], **member("coding", contains)}),
    }


def together(first: str, *others: str) -> Json:
    """Where the first is written, so are the others."""
    return {"dependentRequired": {first: list(others)}}


def measured(units: list[str] | None) -> Json:
    """A value needs a code, in UCUM; with `units`, one of these."""
    code = member("code", {"enum": units}) if units else {}
    return {"allOf": [together("value", "code"), member("system", {"const": UCUM}), code]}


def of_type(*names: str) -> Json:
    """The member `type` is one of these."""
    return {"required": ["type"], **member("type", {"enum": list(names)})}


_CLINICAL = "condition-clinical"
_VERIFIED = "condition-ver-status"
_ALLERGY = "allergyintolerance-verification"
_ALLERGY_IN_ERROR = coded("verificationStatus", _ALLERGY, "entered-in-error")
_IN_ERROR = coded("verificationStatus", _VERIFIED, "entered-in-error")
_PROBLEM = member("coding", {"contains": {"required": ["code"], **member("code", {"const": "problem-list-item"})}})
_IS_PROBLEM = {
    "required": ["category"],
    **member("category", {"contains": {"required": ["coding"], **_PROBLEM}}),
}
_DOCUMENT = of_type("document")
_COMPOSITION = member("resource", member("resourceType", {"const": "Composition"}))
_QTY_3 = {"qty-3": together("code", "system")}
_NOT_HOME = {"items": member("use", {"not": {"const": "home"}})}

RULES: dict[str, dict[str, Json]] = {
    "Age": {
        **_QTY_3,
        "age-1": {**measured(TIME_UNITS), **member("value", {"exclusiveMinimum": 0})},
    },
    "AllergyIntolerance": {
        "ait-1": {"anyOf": [_ALLERGY_IN_ERROR, there("clinicalStatus")]},
        "ait-2": when(_ALLERGY_IN_ERROR, no("clinicalStatus")),
    },
    "Attachment": {"att-1": together("data", "contentType")},
    "Bundle": {
        "bdl-9": when(
            _DOCUMENT,
            {"required": ["identifier"], **member("identifier", {"required": ["system", "value"]})},
        ),
        "bdl-10": when(_DOCUMENT, {"required": ["timestamp"]}),
        "bdl-11": when(_DOCUMENT, member("entry", {"prefixItems": [_COMPOSITION]})),
    },
    "Composition_Section": {
        "cmp-1": there("text", "entry", "section"),
        "cmp-2": {"anyOf": [no("emptyReason"), no("entry")]},
    },
    "Condition": {
        "con-3": when({"allOf": [_IS_PROBLEM, {"not": _IN_ERROR}]}, there("clinicalStatus")),
        "con-4": when(
            there("abatement[x]"),
            coded("clinicalStatus", _CLINICAL, "resolved", "remission", "inactive"),
        ),
        "con-5": when(_IN_ERROR, no("clinicalStatus")),
    },
    "Condition_Evidence": {"con-2": there("code", "detail")},
    "Condition_Stage": {"con-1": there("summary", "assessment")},
    "Consent": {"ppc-1": there("policy", "policyRule")},
    "ContactPoint": {"cpt-2": together("value", "system")},
    "Count": {**_QTY_3, "cnt-3": {**measured(["1"]), **member("value", {"holds": "whole"})}},
    "Distance": {**_QTY_3, "dis-1": measured(LENGTH_UNITS)},
    "Duration": {
        **_QTY_3,
        "drt-1": {**measured(TIME_UNITS), **together("code", "system", "value")},
    },
    "Extension": {
        # A url and one member more is the common case; Python counts where there is more.
        "ext-1": {
            "minProperties": 2,
            **when({"minProperties": 3}, {"holds": "ext-1"}),
            **written("id", {"holds": "ext-1"}),
        }
    },
    "FamilyMemberHistory": {
        "fhs-1": {"anyOf": [no("age[x]"), no("born[x]")]},
        "fhs-2": written("estimatedAge", there("age[x]")),
    },
    "Goal_Target": {"gol-1": {"anyOf": [no("detail[x]"), there("measure")]}},
    "Immunization_Education": {"imm-1": there("documentType", "reference")},
    "Observation": {
        "obs-6": written("dataAbsentReason", no("value[x]")),
        "obs-7": written("component", when(there("value[x]"), {"holds": "obs-7"})),
    },
    "Observation_ReferenceRange": {"obs-3": there("low", "high", "text")},
    "Organization": {
        "org-1": there("identifier", "name"),
        "org-2": member("address", _NOT_HOME),
        "org-3": member("telecom", _NOT_HOME),
    },
    "Patient_Contact": {"pat-1": there("name", "telecom", "address", "organization")},
    "Period": {"per-1": when({"required": ["start", "end"]}, {"holds": "per-1"})},
    "Quantity": _QTY_3,
    "Range": {"rng-2": when({"required": ["low", "high"]}, {"holds": "rng-2"})},
    "Ratio": {
        "rat-1": {
            "dependentRequired": {"numerator": ["denominator"], "denominator": ["numerator"]},
            **there("numerator", "extension"),
        }
    },
    "Timing_Repeat": {
        "tim-1": together("duration", "durationUnit"),
        "tim-2": together("period", "periodUnit"),
        "tim-4": member("duration", {"minimum": 0}),
        "tim-5": member("period", {"minimum": 0}),
        "tim-6": together("periodMax", "period"),
        "tim-7": together("durationMax", "duration"),
        "tim-8": together("countMax", "count"),
        "tim-9": written(
            "offset",
            {"required": ["when"], **member("when", {"items": {"not": {"enum": MEALS}}})},
        ),
        "tim-10": {"anyOf": [no("timeOfDay"), no("when")]},
    },
}

HOUSE: dict[str, Json] = {
    **{
        name: {
            "at": "code",
            "title": "is no unit of UCUM",
            "anyOf": [
                member("code", {"format": "ucum"}),
                {"not": member("system", {"const": UCUM})},
            ],
        }
        for name in ("Age", "Count", "Distance", "Duration", "Quantity")
    },
    "Reference": {
        "at": "type",
        "title": "is not the type of the resource that is named",
        **written("type", {"holds": "reference type"}),
    },
    "Element": {"title": "is empty", **there("extension")},
}
"""What no invariant says, but a server or the official validator demands."""

ELSEWHERE = {
    "ele-1": "no empty object, and an Element has extensions",
    "bdl-1": "total is left out",
    "bdl-2": "entry.search is left out",
    "bdl-3": "the gate looks at the request of each entry",
    "bdl-4": "entry.response is left out",
    "bdl-5": "every entry has a resource",
    "bdl-7": "the gate looks for a fullUrl that is there twice",
    "bdl-8": "fullUrl, in `fhir_primitives`",
    "bdl-12": "no message is written",
    "dom-2": "no contained resources",
    "dom-3": "no contained resources",
    "dom-4": "no contained resources",
    "dom-5": "no contained resources",
    "ppc-2": "its expression compares with the system 'something'",
    "ppc-3": "its expression compares with the system 'something'",
    "ppc-4": "its expression compares with the system 'something'",
    "ppc-5": "its expression compares with the system 'something'",
    "ref-1": "no contained resources: the gate resolves every reference",
    "txt-1": "xhtml, in `fhir_primitives`, and the gate's parser",
    "txt-2": "xhtml, in `fhir_primitives`, and the gate's parser",
}
"""Invariants seen to in another way, or that cannot fail, and why."""


def rules(defs: Json, release: Release) -> dict[str, list[Json]]:
    """For each definition what its invariants demand, each with the official words as title."""
    words = dict(_words(defs, release))
    made: dict[str, list[Json]] = {}
    for name, by_key in RULES.items():
        rows = [{"title": f"{k}: {words.pop((name, k))}", **rule} for k, rule in by_key.items()]
        made[name] = [_written(row, defs[name]) for row in rows]
    for name, rule in HOUSE.items():
        made.setdefault(name, []).append(_written(rule, defs[name]))
    left = {key for _, key in words} - ELSEWHERE.keys()
    assert not left, f"no rule for {sorted(left)}"
    return made


def _words(defs: Json, release: Release) -> Iterator[tuple[tuple[str, str], str]]:
    """The text of each invariant, by the definition and the key of it."""
    for name in {name.partition("_")[0] for name in defs if defs[name].get("type") == "object"}:
        for path, constraint in release.constraints(name):
            home = "_".join(capital(step) for step in path.split("."))
            if constraint["severity"] == "error" or constraint["key"] == "con-3":
                if home in defs:
                    yield (home, constraint["key"]), constraint["human"].rstrip(".")
                elif constraint["key"] in ("org-2", "org-3"):
                    yield (name, constraint["key"]), constraint["human"].rstrip(".")


def _written(rule: Any, definition: Json) -> Any:
    """The rule with each `there` as JSON Schema: one of the members is required."""
    if isinstance(rule, list):
        return [_written(each, definition) for each in rule]
    if not isinstance(rule, dict):
        return rule
    made = {key: _written(value, definition) for key, value in rule.items() if key != "there"}
    if isinstance(rule.get("there"), list):
        names = (n for base in rule["there"] for n in _variants(base, definition))
        made["anyOf"] = [{"required": [name]} for name in names]
    return made


def _variants(base: str, definition: Json) -> Iterator[str]:
    """The members that an element may be written as."""
    if not base.endswith("[x]"):
        yield base
        return
    start = base.removesuffix("[x]")
    for name in definition["properties"]:
        bare = name.removeprefix("_")
        if bare.startswith(start) and bare[len(start) : len(start) + 1].isupper():
            yield name
