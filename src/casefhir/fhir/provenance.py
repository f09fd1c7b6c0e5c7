"""Who said so: facts → Provenance, one for each passage of the article and one for all the rest."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from casefhir.facts import Fact
from casefhir.fhir.article import DOCUMENT, author_keys
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import HL7, META, coding, concept, extension, narrative, unknown


def provenances(made: Sequence[tuple[str, Fact]], cx: Context) -> Iterator[Resource]:
    """
    Provenance of all resources made, grouped by the printed words that they rest on.

    `recorded` is an instant that no article prints: it says that it is unknown, and never a clock.
    Source: https://hl7.org/fhir/R4/provenance.html
    """
    by_quote: dict[str, list[str]] = defaultdict(list)
    for id, fact in made:
        by_quote[fact.record.stated.quote or ""].append(id)
    agents = [_agent(who) for who in _authors(cx)]
    article = {**cx.reference(DOCUMENT), "display": cx.case.article.title}
    for passage, ids in sorted(by_quote.items()):
        yield _provenance(passage, ids, agents, article, cx)


def _provenance(passage: str, ids: list[str], agents: list[Resource], article: Resource, cx: Context) -> Resource:
    return {
        "resourceType": "Provenance",
        "id": cx.id(f"provenance/{passage}"),
        "meta": META,
        "text": narrative(f"From the article: {passage or article['display']}"),
        "target": [{"reference": f"urn:uuid:{id}"} for id in ids],
        "_recorded": unknown(),
        "agent": agents,
        "entity": [
            {
                **({"extension": [extension("quote", valueString=passage)]} if passage else {}),
                "role": "source",
                "what": article,
            }
        ],
    }


def _authors(cx: Context) -> list[Resource]:
    authors = [cx.reference(key) for key in author_keys(cx.case.article)]
    return authors or [{"display": f"the authors of: {cx.case.article.title}"}]


def _agent(who: Resource) -> Resource:
    author = coding(HL7 + "provenance-participant-type", "author", "Author")
    return {"type": concept("author", author), "who": who}
