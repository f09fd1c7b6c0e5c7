"""The mappers → docs/mapping.md."""

import ast
import inspect
import json
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from tools.docs.demanded import DEMANDED, WANTED
from tools.docs.mapping_examples import CASE, examples
from tools.docs.written import WRITTEN

from casefhir.fhir import MAPPERS
from casefhir.fhir.body import body_structures
from casefhir.fhir.bundle import ORDER
from casefhir.fhir.consent import related_persons
from casefhir.fhir.context import BASE
from casefhir.fhir.doubt import detected_issues
from casefhir.fhir.gate.schema import SCHEMA
from casefhir.fhir.kinship import kinship
from casefhir.fhir.provenance import provenances
from casefhir.microbes import Genotyped, Isolate, Outcome, Sensitivity
from casefhir.model.allergy import Allergy
from casefhir.model.article import Article
from casefhir.model.course import AdverseEvent, Consent, Course, Diagnosis, RuledOut
from casefhir.model.exposure import Exposure
from casefhir.model.family import Relative
from casefhir.model.genetics import Variant
from casefhir.model.history import Past
from casefhir.model.immunization import Immunization
from casefhir.model.others import Other
from casefhir.model.patient import Event, Patient
from casefhir.model.perinatal import Death
from casefhir.model.perspective import Perspective
from casefhir.model.procedure import Procedure
from casefhir.model.social import Habit
from casefhir.model.stage import Stage
from casefhir.model.treatment import Treatment
from casefhir.rulebook import docstring
from casefhir.statement import Lab, Measure, OfAnother, Rating, Report, Sign

ROOT = Path(__file__).parents[2]


class Made(NamedTuple):
    """A resource that a mapper makes."""

    resource: str
    told: str
    source: str


SECTIONS: dict[Any, str] = {
    Article: "`article`",
    Patient: "`patient`",
    Event: "`events` with `encounter`",
    Past: "`history`",
    Relative: "`family`",
    Other: "`others`",
    Allergy: "`allergies`",
    Habit: "`social`",
    Exposure: "`exposures`",
    Immunization: "`immunizations`",
    Perspective: "`perspective`",
    Diagnosis: "`diagnoses`",
    RuledOut: "`ruled-out`",
    Sign: "`findings`, those of `imaging`, `pathology` and `procedures`",
    OfAnother: "a value in `family` or `others`",
    Lab: "a value of `vitals` or `labs`, a cell of `tables`; of a score and of a setting too",
    Report: "a panel of `vitals` or `labs`, a line of `tables`, an item of `imaging` or `pathology`",
    Procedure: "`procedures`",
    Stage: "`stages`",
    Rating: "`scores`",
    Outcome: "`result`, `text` of `microbiology`",
    Isolate: "`organisms` of `microbiology`",
    Sensitivity: "`susceptibility` of `microbiology`",
    Genotyped: "`genotype` of an organism of `microbiology`",
    Variant: "`genetics`",
    Treatment: "`treatments`",
    Course: "`course`",
    AdverseEvent: "`adverse-events`",
    Consent: "`consent`",
    Measure: "a key of `pregnancy` or `birth`",
    Death: "`death`",
}
"""Kind of fact → where it is written in the case file."""

OF_THE_CASE: dict[Callable[..., Any], str] = {
    kinship: "`part-of` with `relation`",
    related_persons: "`by` of `consent`",
    body_structures: "`sites` with a side",
    detected_issues: "`doubts`, `conflict`, warnings",
    provenances: "`quote`",
}
"""What is made for the case as a whole → where it is written."""


def mapping() -> str:
    """docs/mapping.md."""
    return "\n".join([_MAPPING, *_kinds(), _DEMANDED, *_demanded(), *_extensions(), _EXAMPLES, *examples()])


_MAPPING = f"""# From the case file to FHIR R4

{WRITTEN}

One row a kind of fact.
Every resource carries a tag that says that it is a published case, a text that a person can read, and, as its
identifier, the key of its fact.
Every reference to a fact whose moment is a visit names that Encounter.

| in the case file | resource | what it says | FHIR |
|---|---|---|---|"""


def _kinds() -> Iterator[str]:
    for kind, mapper in MAPPERS.items():
        yield from _made(SECTIONS[kind], mapper)
    for function, written in OF_THE_CASE.items():
        yield from _made(written, function)
    yield ""


def _made(written: str, mapper: Callable[..., Any]) -> Iterator[str]:
    for made in _resources(mapper, ("", {}), set()):
        yield f"| {written} | {made.resource} | {made.told} | {_links(made.source)} |"
        written = ""


def _resources(function: Callable[..., Any], caller: tuple[str, dict[str, str]], seen: set[Any]) -> Iterator[Made]:
    """The resources that a function, and those of our own that it calls, write as a literal."""
    seen.add(function)
    own = docstring(function)
    told, parts = own[0] or caller[0], caller[1] | own[1]
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict) and (kind := _resource_type(node)):
            yield Made(kind, " ".join(told.split()), parts.get("Source", ""))
    for called in _called(tree, function):
        if called not in seen:
            yield from _resources(called, (told, parts), seen)


def _resource_type(literal: ast.Dict) -> str | None:
    for key, value in zip(literal.keys, literal.values, strict=True):
        if isinstance(key, ast.Constant) and key.value == "resourceType" and isinstance(value, ast.Constant):
            return str(value.value)
    return None


def _called(tree: ast.AST, function: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    names = inspect.unwrap(function).__globals__
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id=name):
                called = names.get(name)
            case ast.Attribute(value=ast.Name(id=module), attr=name) if isinstance(names.get(module), ModuleType):
                called = getattr(names[module], name, None)
            case _:
                continue
        if inspect.isfunction(called) and called.__module__.startswith("casefhir.fhir"):
            yield called


def _links(source: str) -> str:
    """The pages of a source, each by its name."""
    urls = re.findall(r"https?://[^\s,;]+", source)
    return ", ".join(f"[{url.rpartition('/')[2].partition('.')[0]}]({url})" for url in urls)


_DEMANDED = """## What FHIR demands and articles do not print

| element | what is written | why |
|---|---|---|"""


def _demanded() -> Iterator[str]:
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
    for kind in ORDER:
        for element in sorted(demanded_elements(definitions[kind])):
            demand = DEMANDED[kind, element]
            if demand:
                yield f"| {kind}.{element} | {demand[0]} | {demand[1]} |"
    for element, (written, why) in WANTED.items():
        yield f"| {element} | {written} | {why} |"
    yield ""


def demanded_elements(definition: dict[str, Any]) -> set[str]:
    """The elements that the schema demands of a resource."""
    demanded = set(definition["required"]) - {"resourceType"}
    for rule in definition.get("allOf", ()):
        choices = [choice["required"][0] for choice in rule.get("anyOf", ()) if "required" in choice]
        if "identifier" not in choices:
            demanded |= {rule["at"]} if "at" in rule else set(choices[:1])
    return demanded


STANDARD = {
    "bodySite": "the BodyStructure of a site with a side",
    "condition-assertedDate": "when a disease was diagnosed",
    "condition-dueTo": "what set it off",
    "resource-pertainsToGoal": "the target of a procedure",
    "condition-related": "the disease of which this is a flare",
    "data-absent-reason": "why a value is missing",
    "event-partOf": "the procedure that a tissue comes from",
    "procedure-method": "how a procedure was done",
    "workflow-reasonReference": "the disease that a genetic variant explains, or was looked for",
}
"""Name of an extension of FHIR's own → what it says here."""


def _extensions() -> Iterator[str]:
    yield "## Extensions\n"
    yield f"FHIR's own come first; ours begin with `{BASE}/StructureDefinition/` and are"
    yield "defined in [schema/fhir](../schema/fhir).\n"
    yield "| extension | on | what it says |"
    yield "|---|---|---|"
    for name in sorted(_standard_extensions()):
        url = f"https://hl7.org/fhir/R4/extension-{name.lower()}.html"
        yield f"| [{name}]({url}) | | {STANDARD[name]} |"
    for path in sorted((ROOT / "schema" / "fhir").glob("StructureDefinition-*.json")):
        definition = json.loads(path.read_text("utf-8"))
        contexts = ", ".join(context["expression"] for context in definition["context"])
        parts = [element for element in definition["differential"]["element"] if "sliceName" in element]
        told = [definition["description"], *(f"`{part['sliceName']}`: {part['short']}" for part in parts)]
        yield f"| `{definition['id']}` | {contexts} | {' '.join(told)} |"
    yield ""


def _standard_extensions() -> set[str]:
    """The names of FHIR's own extensions that stand in the mappers."""
    texts = (path.read_text("utf-8") for path in (ROOT / "src" / "casefhir" / "fhir").glob("*.py"))
    return {name for text in texts for name in re.findall(r'"http://hl7.org/fhir/StructureDefinition/([\w-]+)"', text)}


_EXAMPLES = f"""## Examples

All belong to this case:

```yaml
{CASE}```

`meta`, `text`, `identifier` and the reference to the patient are left out below.
A reference shows the key of the fact that it leads to, in place of its `urn:uuid`.
"""
