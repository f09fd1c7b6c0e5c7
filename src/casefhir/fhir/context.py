"""What a mapper may know besides its fact: the case, its time line, the tables, and the ids of everything."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha1
from types import MappingProxyType
from typing import Any, TypeVar

from casefhir.chart import Chart
from casefhir.issue import Issue
from casefhir.measurement import Measurements
from casefhir.model.case import Case
from casefhir.model.timeline import Timeline
from casefhir.model.when import When
from casefhir.source import Path
from casefhir.terms import Terms

T = TypeVar("T")

Resource = dict[str, Any]
"""A FHIR resource, with the members of the specification; empty ones are dropped by `prune`."""

BASE = "https://w3id.org/casefhir/fhir"
"""Where all our own definitions live; each has its file in schema/fhir."""

_NAMESPACE = bytes.fromhex("d1f5bd1c36c05d0b9c5b8f6a1f1b7f52")

_VARIANT = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
"""The digit whose upper bits name the variant of a UUID; its lower two are kept."""


def uuid5(name: str, begun: Any) -> str:
    """
    A name-based UUID, lower case; `begun` is the SHA-1 of the namespace and of what all names begin with.

    Source: RFC 9562, 5.5 — https://www.rfc-editor.org/rfc/rfc9562#section-5.5
    """
    whole = begun.copy()
    whole.update(name.encode())
    h = whole.hexdigest()
    return f"{h[:8]}-{h[8:12]}-5{h[13:16]}-{_VARIANT[h[16]]}{h[17:20]}-{h[20:32]}"


@dataclass(frozen=True, slots=True)
class Context:
    """One case on its way to FHIR."""

    case: Case
    terms: Terms
    chart: Chart
    issues: Sequence[Issue]
    timeline: Timeline
    measurements: Measurements
    key_at: Mapping[Path, str]
    """The key of the fact at each place."""
    places: Mapping[Path, str]
    """Where in the article each record is proven; empty if the article was not at hand."""
    system: str
    """The system of the identifiers: the case."""
    _begun: Any
    """The SHA-1 that all ids of the case begin with."""
    subject: Resource
    """The reference to the patient."""
    _made: dict[Any, Any] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)
    _references: dict[str, Resource] = field(default_factory=dict)

    def id(self, key: str) -> str:
        """The UUID of the resource with a key: the same for the same case and key, on any machine and day."""
        known = self._ids.get(key)
        if known is None:
            known = self._ids[key] = uuid5(key, self._begun)
        return known

    def once(self, make: Callable[..., T], *of: Any) -> T:
        """What a function makes of values of the case, made once: all resources share it."""
        key = (make, of)
        if key not in self._made:
            self._made[key] = make(*of, self)
        made: T = self._made[key]
        return made

    def place(self, path: Path) -> str:
        """Where in the article the record at a path, or what holds it, is proven; empty where that is not known."""
        if not self.places:
            return ""
        return next((self.places[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.places), "")

    def concept(self, make: Callable[..., Resource | None], name: str, *more: Any) -> Resource | None:
        """A CodeableConcept of `casefhir.fhir.concepts`, made once: `cx.concept(concepts.finding, "fever")`."""
        key = (make, name, *more)
        if key not in self._made:
            self._made[key] = make(name, self.terms, *more)
        made: Resource | None = self._made[key]
        return made

    def identifier(self, key: str) -> list[Resource]:
        """The business identifier: the case as system, the key as value."""
        return [{"system": self.system, "value": key}]

    def reference(self, key: str) -> Resource:
        """The reference to the resource with a key; all that refer to it share it."""
        known = self._references.get(key)
        if known is None:
            known = self._references[key] = {"reference": f"urn:uuid:{self.id(key)}"}
        return known

    def of_case(self, case: str, key: str) -> Resource:
        """The reference to a resource of another case, which stands in another bundle: by its business identifier."""
        identifier = {"system": case_system(case), "value": key}
        return {"identifier": identifier, "display": f"the {key} of the case {case}"}

    def named(self, section: str, *about: str | None) -> list[str]:
        """The keys of the facts of a section that references such as `tocilizumab/regimen` mean."""
        return [key for one in about if one for key in self.chart.keys.named(one, section)]

    def diseases(self, *about: str | None) -> list[str]:
        """The keys of the diagnoses, of now or of the history, that references mean; none that was denied."""
        keys = self.named("diagnoses", *about) + self.named("history", *about)
        return [key for key in keys if key not in self.chart.denied]

    def interventions(self, about: Iterable[str], by: When | None = None) -> list[str]:
        """The keys of the treatments and procedures that references mean, of those that had begun by a moment."""
        return [key for one in about for key in self.chart.interventions(one, by)]

    def intervened(self, about: Iterable[str]) -> str:
        """The treatments and procedures that references mean, by name: `tocilizumab` of `tocilizumab/regimen`."""
        return ", ".join(dict.fromkeys(map(self.chart.label, self.interventions(about))))


def _begun(case: str) -> Any:
    """The SHA-1 that all ids of a case begin with."""
    return sha1(_NAMESPACE + f"{case}\n".encode(), usedforsecurity=False)


def case_system(case: str) -> str:
    """The system of the identifiers of a case."""
    return _system(_begun(case))


def _system(begun: Any) -> str:
    return f"urn:uuid:{uuid5('', begun)}"


def context(chart: Chart, issues: Iterable[Issue], places: Mapping[Path, str] = MappingProxyType({})) -> Context:
    """The context of a case that was checked: every event is defined, every reference names something."""
    begun = _begun(chart.case.id)
    return Context(
        case=chart.case,
        terms=chart.terms,
        chart=chart,
        issues=tuple(issues),
        timeline=chart.timeline,
        measurements=chart.measurements,
        key_at={fact.path: fact.key for fact in chart.facts},
        places=places,
        system=_system(begun),
        _begun=begun,
        subject={"reference": f"urn:uuid:{uuid5('patient', begun)}"},
    )
