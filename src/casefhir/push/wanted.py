"""A converted case → what a server is to hold of it: each resource with its key and its place in the file."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from casefhir.bundles import references
from casefhir.export import Options, decoded, encoded
from casefhir.fhir.context import Resource, case_system
from casefhir.fhir.datatypes import META, extension
from casefhir.pipeline import Loaded, converted
from casefhir.source import Path

Identity = tuple[str, str]
"""Type and key: what a resource is, on any server and whatever its id there."""

COMPOSITION: Identity = ("Composition", "article")
PATIENT: Identity = ("Patient", "patient")
DOCUMENT: Identity = ("DocumentReference", "article/document")
BESIDE = ("Composition", "Provenance")
"""The types that have no identifier of the case."""


class Wanted(NamedTuple):
    """One resource that a server is to hold."""

    identity: Identity
    urn: str
    """What other resources of the case refer to it by."""
    id: str
    """The id that it gets where the server lets the client choose."""
    resource: Resource
    """Without id; its references are urns."""


class WantedCase:
    """
    All that a server is to hold of a case that has no errors.

    Raises: DocumentError, as `converted` does.
    """

    def __init__(self, loaded: Loaded) -> None:
        assert loaded.chart is not None
        self.loaded = loaded
        self.id = loaded.chart.case.id
        self.system = case_system(self.id)
        document = decoded(converted(loaded, "fhir-r4", Options(ids="put")).json())
        self.resources: Sequence[Wanted] = tuple(_wanted(entry, self.system) for entry in document["entry"])

    @property
    def is_published(self) -> bool:
        """Whether the file says that the case was published: it names a DOI, a PubMed number or a date."""
        assert self.loaded.case is not None
        article = self.loaded.case.article
        return bool(article.doi or article.pmid or article.published)

    @cached_property
    def by_identity(self) -> Mapping[Identity, Wanted]:
        """Each by type and key."""
        return {wanted.identity: wanted for wanted in self.resources}

    @cached_property
    def digests(self) -> Mapping[Identity, str]:
        """A short digest of each, as the receipt keeps it."""
        return {one.identity: sha256(encoded(one.resource)).hexdigest()[:16] for one in self.resources}

    def path(self, identity: Identity) -> Path:
        """Where the file says it; of what is said nowhere by itself, where a resource that it belongs to is said."""
        wanted = self.by_identity.get(identity)
        beside = (self._by_urn[urn] for _, urn in references(wanted.resource) if urn in self._by_urn) if wanted else ()
        return next(filter(None, map(self._own_path, (identity, *beside))), ())

    def _own_path(self, identity: Identity) -> Path:
        """The place of the fact whose key is the longest beginning of the key, or of what follows its first part."""
        key = identity[1]
        for tail in (key, key.partition("/")[2]):
            parts = tail.split("/")
            for end in range(len(parts), 0, -1):
                if path := self._paths.get("/".join(parts[:end])):
                    return path
        return ()

    @cached_property
    def _paths(self) -> Mapping[str, Path]:
        assert self.loaded.chart is not None
        return {fact.key: fact.path for fact in self.loaded.chart.facts}

    @cached_property
    def _by_urn(self) -> Mapping[str, Identity]:
        return {wanted.urn: wanted.identity for wanted in self.resources}


def _wanted(entry: Resource, system: str) -> Wanted:
    resource = dict(entry["resource"])
    id = resource.pop("id")
    identity = identity_of(resource, system)
    assert identity is not None, f"no key: {resource}"
    return Wanted(identity, entry["fullUrl"], id, resource)


def identity_of(resource: Resource, system: str) -> Identity | None:
    """
    What a resource is, told by what it says: its identifier of the case.

    R4 has none for a Provenance, which is known by the words that it is for; a Composition has but one, the DOI.
    None for a resource of something else.
    """
    kind = resource["resourceType"]
    identifiers = resource.get("identifier") or ()
    for identifier in (identifiers,) if isinstance(identifiers, dict) else identifiers:
        if identifier.get("system") == system and "value" in identifier:
            return kind, identifier["value"]
    if not _is_tagged(resource):
        return None
    if kind == COMPOSITION[0]:
        return COMPOSITION
    return (kind, f"provenance/{_passage(resource)}") if kind == "Provenance" else None


def _is_tagged(resource: Resource) -> bool:
    """Whether it has the tag of all that casefhir makes."""
    tags = resource.get("meta", {}).get("tag") or ()
    return any(tag.get("system") == _TAG["system"] and tag.get("code") == _TAG["code"] for tag in tags)


_TAG = META["tag"][0]
_QUOTE = extension("quote")["url"]


def _passage(provenance: Resource) -> str:
    extensions = (e for entity in provenance.get("entity") or () for e in entity.get("extension") or ())
    return next((e.get("valueString", "") for e in extensions if e.get("url") == _QUOTE), "")
