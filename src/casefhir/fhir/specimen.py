"""What was taken from the patient to be examined → Specimen."""

from collections.abc import Iterator
from typing import NamedTuple

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.body import body_site
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import META, evidence, narrative, prune, sentence
from casefhir.keys import slug
from casefhir.model.microbiology import MicrobiologyTest
from casefhir.model.pathology import Pathology
from casefhir.model.record import Record
from casefhir.model.site import Site
from casefhir.source import Path
from casefhir.statement import Lab, Report, Sign


class _Taken(NamedTuple):
    """One specimen: its key, what it is and where it comes from."""

    key: str
    kind: str | None
    site: Site | None


def specimens(fact: Fact, cx: Context) -> Iterator[Resource]:
    """What a pathologist or a microbiologist examined, one for each site; when it was taken is what the report says."""
    record: Report = fact.record
    for key, kind, site in _taken(fact.key, record.record, cx):
        yield specimen(key, kind, site, record.record, cx)


def specimen(key: str, kind: str | None, site: Site | None, record: Record, cx: Context) -> Resource:
    """
    What was examined, and where it was taken from.

    Source: https://hl7.org/fhir/R4/specimen.html
    """
    where = body_site(site, cx)
    return {
        "resourceType": "Specimen",
        "id": cx.id(key),
        "meta": META,
        "text": narrative(sentence(kind, site and site.text)),
        "extension": evidence(record),
        "identifier": cx.identifier(key),
        "type": cx.concept(concepts.specimen, kind) if kind else None,
        "subject": cx.subject,
        "collection": prune({"bodySite": where}),
    }


def specimens_of(fact: Fact, cx: Context) -> list[Resource]:
    """The references to the specimens of a report."""
    return [cx.reference(taken.key) for taken in _taken(fact.key, fact.record.record, cx)]


def specimen_of(fact: Fact, cx: Context) -> Resource | None:
    """
    What a single finding or value was found in; its own word for it comes first.

    None if the report is of several specimens, for nobody says in which of them.
    """
    record: Lab | Sign = fact.record
    if isinstance(record, Lab) and record.value.specimen:
        return {"display": record.value.specimen}
    return specimen_at(fact.path[:2], cx)


def specimen_at(place: Path, cx: Context) -> Resource | None:
    """The reference to the one specimen of the report at a place; None for several, or none."""
    section, position = place[0], place[1]
    reports = {"pathology": cx.case.pathology, "microbiology": cx.case.microbiology}.get(str(section))
    taken = _taken(cx.key_at[place], reports[int(position)], cx) if reports else []
    return cx.reference(taken[0].key) if len(taken) == 1 else None


def _taken(key: str, record: object, cx: Context) -> list[_Taken]:
    if isinstance(record, MicrobiologyTest):
        return [_Taken(f"{key}/its specimen", record.specimen, None)] if record.specimen else []
    if not isinstance(record, Pathology):
        return []
    kind = record.specimen
    if len(record.sites) > 1:
        return [_Taken(f"{key}/specimen of {slug(site.text)}", kind, site) for site in dict.fromkeys(record.sites)]
    site = record.sites[0] if record.sites else _organ(kind, cx)
    return [_Taken(f"{key}/its specimen", kind, site)] if kind or site else []


def _organ(kind: str | None, cx: Context) -> Site | None:
    """The place that the name of a specimen is: `kidney`."""
    is_place = kind and not cx.terms.specimens.get(kind) and cx.terms.sites.get(kind)
    return Site(kind, "", kind) if kind and is_place else None
