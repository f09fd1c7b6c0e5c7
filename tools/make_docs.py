"""The docstrings of rules and mappers → docs/rules.md and docs/mapping.md."""

import ast
import inspect
import json
import re
import textwrap
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from tools.make_definitions import DEFINITIONS

from casefhir import SourceError, load
from casefhir.facts import Lab, Report, Sign
from casefhir.fhir import MAPPERS
from casefhir.fhir.body import body_structures
from casefhir.fhir.bundle import ORDER
from casefhir.fhir.consent import related_persons
from casefhir.fhir.context import BASE
from casefhir.fhir.doubt import detected_issues
from casefhir.fhir.gate.schema import SCHEMA
from casefhir.fhir.provenance import provenances
from casefhir.model import fields, findings, treatment
from casefhir.model.article import Article
from casefhir.model.base import Grammar
from casefhir.model.course import AdverseEvent, Consent, Course, Diagnosis, RuledOut
from casefhir.model.findings import Score
from casefhir.model.patient import Event, Patient
from casefhir.model.treatment import Treatment
from casefhir.pipeline import converted
from casefhir.report.text import line
from casefhir.rules import RULES, rule_name

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs"
INVALID = ROOT / "tests" / "invalid"
WRITTEN = "<!-- Written by tools/make_docs.py from the docstrings in src/casefhir; change those, then `make docs`. -->"


class Entry(NamedTuple):
    """A rule with what is told of it."""

    name: str
    severity: str
    told: str
    parts: dict[str, str]
    """Why, Bad, Good and Source of the docstring."""


READING = {
    "source.unreadable": "The file is no text in UTF-8, or no YAML that casefhir reads. Exit code 3.",
    "shape.unknown-key": "A key is not known at its place.",
    "shape.missing-key": "A key that is needed is not there.",
    "shape.type": "A value is of another kind than expected: a text, a number, a list, a mapping, true or false.",
    "shape.value": "A value is none of those that are possible.",
}
"""What is told of the rules that are no functions: how a file is read, and its shape."""


def rules() -> str:
    """docs/rules.md."""
    entries = [*_reading(), *_grammars(), *_rules()]
    return "\n".join([_RULES, *_summary(entries), *(part for entry in entries for part in _entry(entry))])


_RULES = f"""# Rules

{WRITTEN}

What `casefhir check` can say of a case file, rule by rule.
Each message names its rule in square brackets: `error[shape.type]`.

A case is read, then its shape is checked, then its grammars, then its rules; each only if nothing was wrong before.
An error keeps a case from being exported.
A warning does not: a true copy of an article may contain what it is about.
It is quiet once it is answered in [`doubts`](format.md#doubts).
"""


def _reading() -> Iterator[Entry]:
    for name, told in READING.items():
        yield Entry(name, "error", told, {})


def _grammars() -> Iterator[Entry]:
    """The grammars that the fields of the model are marked with."""
    parse = {
        mark.name: mark.parse
        for module in (fields, findings, treatment)
        for field in vars(module).values()
        for mark in getattr(field, "__metadata__", ())
        if isinstance(mark, Grammar)
    }
    for name in sorted(parse):
        told, parts = _docstring(parse[name])
        yield Entry(f"grammar.{name}", "error", told, {key: parts[key] for key in parts if key == "Source"})


def _rules() -> Iterator[Entry]:
    for severity, of_severity in RULES.items():
        for rule in of_severity:
            yield Entry(rule_name(rule), severity, *_docstring(rule))


def _docstring(function: Callable[..., Any]) -> tuple[str, dict[str, str]]:
    """What a docstring tells, and its parts by their labels."""
    text = inspect.cleandoc(function.__doc__ or "")
    told, *labelled = re.split(r"^(Why|Bad|Good|Source|Raises|Unit):", text, flags=re.MULTILINE)
    values = (" ".join(value.split()) for value in labelled[1::2])
    return told.strip(), dict(zip(labelled[::2], values, strict=True))


def _summary(entries: list[Entry]) -> Iterator[str]:
    yield "| rule | severity | what it says |"
    yield "|---|---|---|"
    for entry in entries:
        told = " ".join(entry.told.partition("\n\n")[0].split())
        yield f"| [{entry.name}](#{entry.name.replace('.', '')}) | {entry.severity} | {told} |"
    yield ""


def _entry(entry: Entry) -> Iterator[str]:
    yield f"## {entry.name}\n"
    yield f"{entry.told}\n"
    if why := entry.parts.get("Why"):
        yield f"{why[0].upper()}{why[1:]}\n"
    examples = [f"- {label.lower()}: {_code(entry.parts[label])}" for label in ("Bad", "Good") if label in entry.parts]
    if examples:
        yield "\n".join(examples) + "\n"
    for case in sorted(INVALID.glob("*.yaml")):
        if case.stem == entry.name:
            yield from _example(case)
    if source := entry.parts.get("Source"):
        yield f"Source: {_linked(source)}\n"


def _code(text: str) -> str:
    return text if "`" in text else f"`{text}`"


def _linked(text: str) -> str:
    return re.sub(r"https?://[^\s),;]+", r"<\g<0>>", text)


def _example(case: Path) -> Iterator[str]:
    """A case that breaks the rule, and the report of it."""
    try:
        text = case.read_text("utf-8")
    except UnicodeDecodeError:
        return
    yield f"```yaml\n{text.rstrip()}\n```\n"
    yield f"```text\n{_report(text)}\n```\n"


def _report(text: str) -> str:
    try:
        return "\n".join(line("case.yaml", issue) for issue in load(text.encode()).issues)
    except SourceError as error:
        return f"case.yaml:{error.mark.line}:{error.mark.column}: error[source.unreadable] {error.message}"


class Made(NamedTuple):
    """A resource that a mapper makes."""

    resource: str
    told: str
    source: str


SECTIONS: dict[Any, str] = {
    Article: "`article`",
    Patient: "`patient`",
    Event: "`events` with `encounter`",
    Diagnosis: "`diagnoses`",
    RuledOut: "`ruled-out`",
    Sign: "`findings`, findings of `imaging`",
    Lab: "a value of `labs`, a cell of `tables`",
    Report: "a panel of `labs`, a line of `tables`, an item of `imaging`",
    Score: "`scores`",
    Treatment: "`treatments`",
    Course: "`course`",
    AdverseEvent: "`adverse-events`",
    Consent: "`consent`",
}
"""Kind of fact → where it is written in the case file."""

OF_THE_CASE: dict[Callable[..., Any], str] = {
    related_persons: "`by` of `consent`",
    body_structures: "`sites` with a side",
    detected_issues: "`doubts`, `conflict`, warnings",
    provenances: "`quote`",
}
"""What is made for the case as a whole → where it is written."""


def mapping() -> str:
    """docs/mapping.md."""
    return "\n".join([_MAPPING, *_kinds(), _DEMANDED, *_demanded(), *_extensions(), _EXAMPLES, *_examples()])


_MAPPING = f"""# From the case file to FHIR R4

{WRITTEN}

One row a kind of fact.
Every resource carries a tag that says that it is a published case, a text that a person can read, and the key of its fact as
its identifier.
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
    _, parts = _docstring(mapper)
    for made in _resources(mapper, parts.get("Source", ""), set()):
        yield f"| {written} | {made.resource} | {made.told} | {_links(made.source)} |"
        written = ""


def _resources(function: Callable[..., Any], source: str, seen: set[Any]) -> Iterator[Made]:
    """The resources that a function, and those of our own that it calls, write as a literal."""
    seen.add(function)
    told, parts = _docstring(function)
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict) and (kind := _resource_type(node)):
            yield Made(kind, " ".join(told.split()), parts.get("Source") or source)
    for called in _called(tree, function):
        if called not in seen:
            yield from _resources(called, source, seen)


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

UNKNOWN = "data-absent-reason `unknown`"

Demand = tuple[str, str] | None
"""What is written, with codes in backticks, and why; None where the case always says it."""

DEMANDED: dict[tuple[str, str], Demand] = {
    ("RelatedPerson", "patient"): None,
    ("DocumentReference", "content"): ("the DOI as address of the attachment", "the article stays where it is"),
    ("DocumentReference", "status"): ("`current`", "nothing newer is known"),
    ("Encounter", "class"): (f"from `encounter`; {UNKNOWN} for `encounter: unknown`", "no class is invented"),
    ("Encounter", "status"): ("`finished`", "an article tells of visits that are over"),
    ("BodyStructure", "patient"): None,
    ("Condition", "subject"): None,
    ("MedicationStatement", "medication[x]"): None,
    ("MedicationStatement", "status"): (
        "`stopped` with `stopped:`, `active` with `continues: true`, `completed` with `to:` or a count of doses, "
        "else `unknown`",
        "only what is said of the end",
    ),
    ("MedicationStatement", "subject"): None,
    ("Observation", "code"): None,
    ("Observation", "status"): ("`final`", "what is published is not provisional"),
    ("AdverseEvent", "actuality"): ("`actual`", "it happened"),
    ("AdverseEvent", "subject"): None,
    ("DiagnosticReport", "code"): ("LOINC 11502-2 for laboratory values", "they stand together in one report"),
    ("DiagnosticReport", "status"): ("`final`", "what is published is not provisional"),
    ("Consent", "category"): ("LOINC 59284-0", "a consent of a patient"),
    ("Consent", "policy"): ("the consent in words, as policyRule", "ppc-1 demands one of the two"),
    ("Consent", "scope"): ("from `to`; anything but treatment and participation is about privacy", "it needs a code"),
    ("Consent", "status"): ("`active`", "no article reports that one was withdrawn"),
    ("DetectedIssue", "status"): ("`final`", "what is published is not provisional"),
    ("Composition", "author"): (f"the authors; {UNKNOWN} if the file has none", "no author is invented"),
    ("Composition", "date"): (f"`published`; {UNKNOWN} if it is left out", "no date is invented, and no clock is read"),
    ("Composition", "status"): ("`final`, or `preliminary` for a preprint", "peers have not reviewed it"),
    ("Composition", "title"): None,
    ("Composition", "type"): ("the text `case report`, or `type`", "it needs none of the LOINC codes"),
    ("Provenance", "agent"): ("the authors", "it is they who say so"),
    ("Provenance", "recorded"): (UNKNOWN, "an instant that no article prints"),
    ("Provenance", "target"): None,
}
"""Element that the schema of R4 demands → what is written there if the case does not say it."""

WANTED = {
    "Condition.clinicalStatus": (
        "only what `status` or `resolved` says; `ruled-out` has none",
        "con-3 and con-4",
    ),
    "Condition.verificationStatus": ("`confirmed`, or `certainty`; `refuted` for `ruled-out`", "con-5"),
    "effective[x] of vital signs": (
        f"the day; a month as the Period of that month; without a date a Period whose start is {UNKNOWN}",
        "the profile demands days (vs-1)",
    ),
    "Period.end": (
        f"{UNKNOWN}, unless `to` or `continues: true` is written",
        "to FHIR a Period without end goes on",
    ),
    "Patient.name, Patient.birthDate": ("nothing", "no article prints them"),
    "performer, asserter": ("nothing", "no article prints them"),
}
"""What no schema demands, but a profile, an invariant or a reader."""


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
    "condition-related": "the disease of which this is a flare",
    "data-absent-reason": "why a value is missing",
}
"""Name of an extension of FHIR's own → what it says here."""


def _extensions() -> Iterator[str]:
    yield "## Extensions\n"
    yield f"FHIR's own come first; ours begin with `{BASE}/StructureDefinition/` and are defined in"
    yield "[schema/fhir](../schema/fhir).\n"
    yield "| extension | on | what it says |"
    yield "|---|---|---|"
    for name in sorted(_standard_extensions()):
        url = f"https://hl7.org/fhir/R4/extension-{name.lower()}.html"
        yield f"| [{name}]({url}) | | {STANDARD[name]} |"
    for definition in DEFINITIONS:
        told = " ".join([definition.description, *(f"`{name}`: {text}" for name, _, text in definition.parts)])
        yield f"| `{definition.name}` | {', '.join(definition.contexts)} | {told} |"
    yield ""


def _standard_extensions() -> set[str]:
    """The names of FHIR's own extensions that stand in the mappers."""
    texts = (path.read_text("utf-8") for path in (ROOT / "src" / "casefhir" / "fhir").glob("*.py"))
    return {name for text in texts for name in re.findall(r'"http://hl7.org/fhir/StructureDefinition/([\w-]+)"', text)}


CASE = """\
casefhir: 1
id: invented-appendicitis
article: {title: An invented case of appendicitis, published: 2021-08}
patient: {sex: male, at: admission}
events:
  admission: {date: 2021-01-09, encounter: inpatient}
  surgery: {date: admission + 1 day}
"""

_EXAMPLES = f"""## Examples

All belong to this case:

```yaml
{CASE}```

`meta`, `text`, `identifier` and the reference to the patient are left out below.
A reference shows the key of the fact that it leads to, in place of its `urn:uuid`.
"""

PIECES = {
    "A diagnosis": "diagnoses: [{name: appendicitis, onset: admission - 2 days, diagnosed: admission, status: resolved}]",
    "A finding at a site": "findings: [{name: joint swelling, sites: [left knee], at: admission}]",
    "A finding that was not there": "findings: [{name: rash, absent: true, at: admission}]",
    "A finding that was not looked for": "findings: [{name: rash, not-done: the child was asleep, at: admission}]",
    "A fever with its temperature": "findings: [{name: fever, value: up to 38.9 °C, at: admission}]",
    "A laboratory value": "labs: [{at: admission, values: {CRP: 96 mg/L high (normal < 5)}}]",
    "A value that the article misprints": (
        "labs: [{at: admission, values: {CRP: {value: 96 mg/L, printed: 96 g/L, why: not possible}}}]"
    ),
    "A titre": "labs: [{at: admission, values: {ANA: positive 1:320 homogeneous}}]",
    "A score": "scores: [{name: Alvarado score, value: 8, means: probable appendicitis, at: admission}]",
    "A drug": "treatments: [{drug: ceftriaxone, dose: 50 mg/kg every 12 hours IV, from: admission, to: surgery}]",
    "A total for a week": "treatments: [{drug: methotrexate, dose: 7.5 mg/week PO, from: admission}]",
    "A single dose": "treatments: [{drug: tocilizumab, dose: 8 mg/kg once IV over 1 hour, at: surgery + 1 day}]",
    "A course": "course: [{at: surgery, what: fever gone}]",
    "No harm": "adverse-events: [{none: true, at: surgery}]",
    "A consent": "consent: [{to: publication, by: parent, form: written}]",
    "A doubt": (
        "labs: [{at: admission, values: {CRP: 96 mg/L}}]\n"
        "doubts: [{about: labs/CRP/admission, says: the abstract calls it normal}]"
    ),
}
"""A title, and a piece of a case."""

_DROPPED = ("meta", "text", "identifier", "subject", "patient")
_FRAME = ("Composition", "DocumentReference", "Provenance")


def _examples() -> Iterator[str]:
    before = {key for key, _ in _exported(CASE)}
    for title, piece in PIECES.items():
        yield f"### {title}\n"
        yield f"```yaml\n{piece}\n```\n"
        made = [resource for key, resource in _exported(CASE + piece) if key not in before]
        yield "```json5\n" + "\n".join(_shown(resource) for resource in made) + "\n```\n"


def _exported(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The resources of a case, each with its key."""
    bundle = json.loads(converted(load(text.encode()), "fhir-r4").json(), parse_float=Decimal)
    keys = {entry["fullUrl"]: _key(entry["resource"]) for entry in bundle["entry"]}
    for entry in bundle["entry"]:
        resource = entry["resource"]
        if resource["resourceType"] not in _FRAME:
            yield (
                _key(resource),
                _with_keys({name: value for name, value in resource.items() if name not in _DROPPED}, keys),
            )


def _key(resource: dict[str, Any]) -> str:
    identifier = resource.get("identifier", {})
    return str((identifier[0] if isinstance(identifier, list) else identifier).get("value", ""))


def _with_keys(value: Any, keys: dict[str, str]) -> Any:
    """A value with its references as keys."""
    if isinstance(value, dict):
        return {name: _with_keys(member, keys) for name, member in value.items()}
    if isinstance(value, list):
        return [_with_keys(item, keys) for item in value]
    return keys.get(value, value) if isinstance(value, str) else value


_WIDTH = 110


def _shown(value: Any, indent: str = "", room: int = _WIDTH) -> str:
    """JSON as a person would write it: what fits on a line is on one."""
    short = _dumped(value)
    if len(short) + len(indent) <= room or not isinstance(value, dict | list) or not value:
        return short
    deeper = indent + "  "
    if isinstance(value, list):
        items = [f"{deeper}{_shown(item, deeper)}" for item in value]
        return "[\n" + ",\n".join(items) + f"\n{indent}]"
    members = []
    for name, member in value.items():
        label = f"{deeper}{json.dumps(name)}: "
        members.append(label + _shown(member, deeper, _WIDTH - len(label) + len(deeper)))
    return "{\n" + ",\n".join(members) + f"\n{indent}}}"


def _dumped(value: Any) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{json.dumps(name)}: {_dumped(member)}" for name, member in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_dumped, value)) + "]"
        case Decimal():
            return str(value)
    return json.dumps(value, ensure_ascii=False)


PAGES: dict[str, Callable[[], str]] = {"mapping.md": mapping, "rules.md": rules}
"""File → what is in it."""


def main() -> None:
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
