"""Who said so: facts → Provenance, one for each passage of the article and one for all the rest."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from casefhir.facts import Fact
from casefhir.fhir.article import DOCUMENT, author_keys
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import HL7, META, coding, concept, extension, narrative, prune, sentence, unknown


def provenances(made: Sequence[tuple[str, Fact]], cx: Context) -> Iterator[Resource]:
    """
    Provenance of all resources made, grouped by the printed words that they rest on.

    If the article was at hand, where the words stand in it is told, and what has none is grouped by its place.
    `recorded` is an instant that no article prints: it says that it is unknown, and never a clock.
    Source: https://hl7.org/fhir/R4/provenance.html
    """
    passages: dict[tuple[str, str], list[str]] = defaultdict(list)
    place_of: dict[str, str] = {}
    for id, fact in made:
        quote, place = fact.record.stated.quote or "", cx.place(fact.path)
        passages[quote, place_of.setdefault(quote, place) if quote else place].append(id)
    agents = [_agent(cx)]
    article = {**cx.reference(DOCUMENT), "display": cx.case.article.title}
    for (quote, place), ids in sorted(passages.items()):
        entity = {**_passage(quote, place), "role": "source", "what": article}
        yield _provenance(quote, place, ids, agents, entity, cx)


def _provenance(
    quote: str, place: str, ids: list[str], agents: list[Resource], entity: Resource, cx: Context
) -> Resource:
    told = sentence(quote, place) or cx.case.article.title
    return {
        "resourceType": "Provenance",
        "id": cx.id(f"provenance/{quote or place}"),
        "meta": META,
        "text": narrative(f"From the article: {told}"),
        "target": [{"reference": f"urn:uuid:{id}"} for id in ids],
        "_recorded": unknown(),
        "agent": agents,
        "entity": [entity],
    }


def _passage(quote: str, place: str) -> Resource:
    said = {"quote": quote, "place": place}
    return prune({"extension": [extension(name, valueString=text) for name, text in said.items() if text]})


def _agent(cx: Context) -> Resource:
    """
    The authors, as the first of them and `et al.`; all of them stand in the DocumentReference, once.

    To repeat them in every Provenance would be a third of the bundle.
    """
    author = coding(HL7 + "provenance-participant-type", "author", "Author")
    return {"type": concept("author", author), "who": _first_author(cx)}


def _first_author(cx: Context) -> Resource:
    authors = cx.case.article.authors
    if not authors:
        return {"display": f"the authors of: {cx.case.article.title}"}
    others = " et al." if len(authors) > 1 else ""
    return {**cx.reference(author_keys(cx.case.article)[0]), "display": f"{authors[0].name}{others}"}
