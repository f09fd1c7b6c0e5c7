"""The published report → Practitioner, PractitionerRole, Organization, DocumentReference and Composition."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from casefhir.facts import Fact
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import META, concept, evidence, narrative, present, prune, sentence, unknown, written
from casefhir.fhir.sections import fact_sections
from casefhir.fhir.times import written_time
from casefhir.keys import slug
from casefhir.model.article import Article, Author
from casefhir.model.when import When

DOI = "https://doi.org"
URI = "urn:ietf:rfc:3986"
ORCID = "https://orcid.org"
PUBMED = "https://pubmed.ncbi.nlm.nih.gov"

DOCUMENT = "article/document"
"""The key of the DocumentReference: what every fact comes from."""


def article(fact: Fact, cx: Context) -> Iterator[Resource]:
    """The report: who wrote it, where it is, and what it declares."""
    record: Article = fact.record
    institutions = _institutions(record)
    for name, key in institutions.items():
        yield _organization(name, key, cx)
    for author, key in zip(record.authors, author_keys(record), strict=True):
        yield _practitioner(author, key, cx)
        yield from _roles(author, key, institutions, cx)
    yield _document(record, cx)
    yield _composition(fact, cx)


def author_keys(record: Article) -> list[str]:
    """The keys of the authors: the ORCID, which outlives a change of name, or the name."""
    return _counted(f"article/authors/{author.orcid or slug(author.name)}" for author in record.authors)


def _institutions(record: Article) -> dict[str, str]:
    """Each institution once, and its key."""
    names = [name for author in record.authors for name in author.affiliations]
    if record.ethics and record.ethics.committee:
        names.append(record.ethics.committee)
    each = list(dict.fromkeys(names))
    return dict(zip(each, _counted(f"article/organizations/{slug(name)}" for name in each), strict=True))


def _counted(keys: Iterable[str]) -> list[str]:
    """Keys, the second of two equals with a number: two authors may have one name."""
    seen: Counter[str] = Counter()
    counted = []
    for key in keys:
        seen[key] += 1
        counted.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return counted


def _organization(name: str, key: str, cx: Context) -> Resource:
    """Each institution once. Source: https://hl7.org/fhir/R4/organization.html"""
    return {
        "resourceType": "Organization",
        "id": cx.id(key),
        "meta": META,
        "text": narrative(name),
        "identifier": cx.identifier(key),
        "name": name,
    }


def _practitioner(author: Author, key: str, cx: Context) -> Resource:
    """An author, by ORCID. Source: https://hl7.org/fhir/R4/practitioner.html"""
    return {
        "resourceType": "Practitioner",
        "id": cx.id(key),
        "meta": META,
        "text": narrative(sentence(author.name, author.orcid and f"ORCID {author.orcid}")),
        "identifier": [
            *cx.identifier(key),
            *([{"system": ORCID, "value": author.orcid}] if author.orcid else []),
        ],
        "name": [{"text": author.name}],
        "telecom": [{"system": "email", "value": author.email}] if author.email else [],
    }


def _roles(author: Author, author_key: str, institutions: Mapping[str, str], cx: Context) -> Iterator[Resource]:
    """What an author is at an institution. Source: https://hl7.org/fhir/R4/practitionerrole.html"""
    for name in dict.fromkeys(author.affiliations):
        key = f"{author_key}/{institutions[name].removeprefix('article/organizations/')}"
        role = "corresponding author" if author.corresponding else "author"
        yield {
            "resourceType": "PractitionerRole",
            "id": cx.id(key),
            "meta": META,
            "text": narrative(sentence(author.name, role, name)),
            "identifier": cx.identifier(key),
            "practitioner": cx.reference(author_key),
            "organization": cx.reference(institutions[name]),
            "code": [{"text": role}],
        }


def _document(record: Article, cx: Context) -> Resource:
    """
    Where the article is; its content stays where it was published.

    Source: https://hl7.org/fhir/R4/documentreference.html
    """
    return {
        "resourceType": "DocumentReference",
        "id": cx.id(DOCUMENT),
        "meta": META,
        "text": narrative(sentence(record.title, _address(record), record.license)),
        "identifier": [*cx.identifier(DOCUMENT), *_published_as(record)],
        "status": "current",
        "docStatus": "preliminary" if record.status == "preprint" else "final",
        "type": concept(record.type),
        "subject": cx.subject,
        "author": _authors(record, cx),
        "description": record.title,
        "content": [
            {
                "attachment": prune(
                    {
                        "contentType": "text/html" if record.doi else None,
                        "url": _address(record),
                        "_url": None if record.doi else unknown(),
                        "title": record.title,
                        "creation": cx.timeline.calendar(record.published) if record.published else None,
                    }
                )
            }
        ],
        "context": prune({"related": [cx.of_case(case, "patient") for case in cx.case.part_of]}),
    }


def _published_as(record: Article) -> list[Resource]:
    return present(
        {"system": URI, "value": _address(record)} if record.doi else None,
        {"system": PUBMED, "value": str(record.pmid)} if record.pmid else None,
    )


def _address(record: Article) -> str | None:
    """The DOI as an address, in which not every character of a DOI may stand."""
    return f"{DOI}/{quote(record.doi, safe=_IN_ADDRESSES)}" if record.doi else None


_IN_ADDRESSES = "/:;@!$&'()*+,=-._~"


def _authors(record: Article, cx: Context) -> list[Resource]:
    keys = zip(author_keys(record), record.authors, strict=True)
    return [{**cx.reference(key), "display": author.name} for key, author in keys]


def _composition(fact: Fact, cx: Context) -> Resource:
    """
    The report as a document: its declarations as text, its facts as entries.

    Source: https://hl7.org/fhir/R4/composition.html
    """
    record: Article = fact.record
    date = cx.timeline.calendar(record.published) if record.published else None
    return {
        "resourceType": "Composition",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(record.title, record.journal, date)),
        "extension": evidence(record),
        "identifier": next(iter(_published_as(record)), None) or cx.identifier(fact.key)[0],
        "status": "preliminary" if record.status == "preprint" else "final",
        "type": concept(record.type),
        "subject": cx.subject,
        "date": date,
        "_date": None if date else unknown(),
        "author": _authors(record, cx) or [{**unknown(), "display": "unknown"}],
        "title": record.title,
        "section": [*_declarations(record, cx), *fact_sections(cx)],
    }


def _declarations(record: Article, cx: Context) -> Iterator[Resource]:
    ethics, published = record.ethics, record.published
    declared = {
        "Authors": "; ".join(_author(author) for author in record.authors),
        "Published in": record.journal,
        "Published": published and _published(published, cx),
        "Licence": record.license,
        "Keywords": ", ".join(record.keywords),
        "Summary": record.abstract,
        "Conclusion": record.conclusion,
        "Ethics": sentence(ethics.committee, ethics.decision, ethics.number) if ethics else None,
        "Funding": record.funding,
        "Competing interests": record.competing_interests,
        "Availability of data": record.data_availability,
        "Acknowledgements": record.acknowledgements,
        "References": "; ".join(record.references),
        "Figures": "; ".join(record.figures),
        "Notes": "; ".join(written(record)),
    }
    for title, text in declared.items():
        if text:
            yield {"title": title, "text": narrative(text)}


def _published(when: When, cx: Context) -> str | None:
    """The date of publication in words, if it is none of the calendar."""
    return cx.timeline.explain(when) if written_time(when, None, None, cx, single=True) else None


def _author(author: Author) -> str:
    role = " (corresponding author)" if author.corresponding else ""
    return f"{author.name}{role}" + (f": {', '.join(author.contributions)}" if author.contributions else "")
