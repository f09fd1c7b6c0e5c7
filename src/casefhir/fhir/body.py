"""Body sites with a side → bodySite and BodyStructure, which alone can say the side in R4."""

from collections.abc import Iterator

from casefhir.fhir import concepts
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import META, SNOMED, coding, concept, narrative
from casefhir.keys import slug
from casefhir.model.site import Site
from casefhir.statement import Rating, Sign

_BODY_SITE = "http://hl7.org/fhir/StructureDefinition/bodySite"


def body_site(site: Site | None, cx: Context) -> Resource | None:
    """
    Observation.bodySite: the place as printed and its code; a side through FHIR's own extension.

    Source: https://hl7.org/fhir/R4/extension-bodysite.html
    """
    return cx.once(_body_site, site) if site else None


def body_sites(sites: tuple[Site, ...], cx: Context) -> Resource | None:
    """Observation.bodySite of one place, or the words of several: R4 has one, and several codes would be synonyms."""
    return {"text": in_one(sites)} if len(sites) > 1 else body_site(next(iter(sites), None), cx)


def in_one(sites: tuple[Site, ...]) -> str:
    """Several places in words: `face, neck`."""
    return ", ".join(site.text for site in sites)


def _body_site(site: Site, cx: Context) -> Resource | None:
    found = cx.concept(concepts.site, site.text, site.name)
    if found is None or not _is_sided(site, cx):
        return found
    return {"extension": [{"url": _BODY_SITE, "valueReference": cx.reference(_key(site, cx))}], **found}


def _is_sided(site: Site, cx: Context) -> bool:
    """Whether the side stands beside the site: it does in `left knee`, not in `left ventricle`."""
    return bool(site.side) and cx.terms.sites.get(site.text) is None


def _key(site: Site, cx: Context) -> str:
    row = cx.terms.sites.get(site.name)
    return f"body/{site.side}/{slug(row.name if row else site.name)}"


def body_structures(cx: Context) -> Iterator[Resource]:
    """
    One BodyStructure for each site of the case that has a side.

    Source: https://hl7.org/fhir/R4/bodystructure.html
    """
    sided = (site for site in dict.fromkeys(_sites(cx)) if _is_sided(site, cx))
    for key, site in {_key(site, cx): site for site in sided}.items():
        side = cx.terms.laterality.get(site.side)
        assert side is not None, "the grammar of sites knows only sides that the table has"
        yield {
            "resourceType": "BodyStructure",
            "id": cx.id(key),
            "meta": META,
            "text": narrative(site.text),
            "identifier": cx.identifier(key),
            "location": cx.concept(concepts.site, site.name, site.name),
            "locationQualifier": [concept(site.side, coding(SNOMED, side.snomed, side.display))],
            "description": site.text,
            "patient": cx.subject,
        }


def _sites(cx: Context) -> Iterator[Site]:
    for diagnosis in cx.case.diagnoses:
        yield from diagnosis.sites
    for past in cx.case.history:
        yield from past.sites
    for procedure in cx.case.procedures:
        yield from procedure.sites
    for pathology in cx.case.pathology:
        yield from pathology.sites
    for fact in cx.chart.facts:
        if isinstance(fact.record, Sign):
            yield from fact.record.sites if len(fact.record.sites) == 1 else ()  # several together are words
        elif isinstance(fact.record, Rating) and fact.record.site:
            yield fact.record.site
