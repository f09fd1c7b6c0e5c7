"""JSON and bulk files → what a server would be given: entries, their names, and where each stands in its file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, Literal

from casefhir.bundles import references
from casefhir.fhir.gate import Fault, faults
from casefhir.lint.text import Malformed, Text
from casefhir.source import Mark, Path
from casefhir.terms import terms

Form = Literal["bundle", "resource", "bulk"]
Json = dict[str, Any]

BULK = ".ndjson"


@dataclass(frozen=True)
class Document:
    """One file. A resource alone, and the lines of a bulk file, are looked at as the entries of a collection."""

    name: str
    form: Form
    bundle: Json
    size: int
    """In bytes, as the file has it."""
    texts: Sequence[Text]
    malformed: Sequence[Malformed] = ()
    """What could not be read, and was left out."""
    elsewhere: frozenset[str] = frozenset()
    """`Type/id` of what other files bring, which a reference may name."""
    faults: Sequence[Fault] = ()
    """What the output gate says of it."""
    names: Mapping[str, int] = field(default_factory=dict)
    """What entries are called → the position of each: its fullUrl, and the type and id that it is stored under."""

    @property
    def entries(self) -> list[Json]:
        """The entries, as far as they are objects; {} for others."""
        found = self.bundle.get("entry")
        return [entry if isinstance(entry, dict) else {} for entry in found] if isinstance(found, list) else []

    @property
    def resources(self) -> Iterator[tuple[int, Json]]:
        """The resources with the position of each entry."""
        for number, entry in enumerate(self.entries):
            if isinstance(resource := entry.get("resource"), dict):
                yield number, resource

    @property
    def requests(self) -> Iterator[tuple[int, str, str]]:
        """The method and URL of each entry that says both as texts."""
        for number, entry in enumerate(self.entries):
            request = entry.get("request")
            if isinstance(request, dict):
                method, url = request.get("method"), request.get("url")
                if isinstance(method, str) and isinstance(url, str):
                    yield number, method, url

    @property
    def references(self) -> Iterator[tuple[Path, str]]:
        """Every reference with its path in the bundle."""
        for number, resource in self.resources:
            for path, reference in references(resource):
                yield ("entry", number, "resource", *path), reference

    def told(self, rule: str) -> Iterator[tuple[Path, str]]:
        """What the gate says by a rule of its own."""
        return ((fault.path, fault.message) for fault in self.faults if fault.rule == rule)

    def locate(self, path: Path) -> Mark:
        """Line and column of a part of the bundle."""
        if self.form == "bundle":
            return self.texts[0].locate(path)
        if path[:1] != ("entry",) or len(path) < 2:
            return Mark(1, 1)
        return self.texts[int(path[1])].locate(path[3:])

    def shown(self, path: Path) -> str:
        """A path as FHIRPath has it: `entry[3].resource.subject`, or `subject` in a file of one resource a line."""
        steps = path if self.form == "bundle" else path[3:]
        return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def document(name: str, content: bytes) -> Document:
    """
    A file as read: a bundle, one resource, or resources line by line where the name ends in `.ndjson`.

    Raises: Malformed if it is no text, or no JSON; a bulk file has its broken lines in `malformed`.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].count(b"\n")
        raise Malformed(f"is no text in UTF-8, at byte {error.start}", Mark(before + 1, 1)) from error
    if PurePath(name).suffix == BULK:
        return _bulk(name, text, len(content))
    read = Text(text)
    value = read.value
    if isinstance(value, dict) and value.get("resourceType") == "Bundle":
        return _looked_at(Document(name, "bundle", value, len(content), [read]))
    return _looked_at(Document(name, "resource", _collection([value]), len(content), [read]))


def _bulk(name: str, text: str, size: int) -> Document:
    texts, malformed = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                texts.append(Text(line, number))
            except Malformed as error:
                malformed.append(error)
    bundle = _collection([read.value for read in texts])
    return _looked_at(Document(name, "bulk", bundle, size, texts, malformed))


def _collection(values: Sequence[Any]) -> Json:
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": value} for value in values]}


def _looked_at(read: Document) -> Document:
    """The same with the names of its entries, and what the gate says of it."""
    found = tuple(faults(read.bundle, known=terms().units.codes))
    return replace(read, faults=found, names=dict(_names(read)))


def beside(read: Document, others: Sequence[Document]) -> Document:
    """A document among others, whose resources its own may name if they keep their ids."""
    brought = {
        name for other in others for name in other.names if "/" in name and not name.startswith(("urn:", "http"))
    }
    return replace(read, elsewhere=frozenset(brought))


def _names(read: Document) -> Iterator[tuple[str, int]]:
    posted = {number for number, method, _ in read.requests if method == "POST"}
    for number, entry in enumerate(read.entries):
        if isinstance(entry.get("fullUrl"), str):
            yield entry["fullUrl"], number
        resource = entry.get("resource")
        if isinstance(resource, dict) and "id" in resource and number not in posted:
            yield f"{resource.get('resourceType')}/{resource['id']}", number
