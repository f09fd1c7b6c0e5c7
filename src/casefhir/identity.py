"""What a fact states → its key without a number, and what else it may be named by."""

from collections.abc import Iterator
from typing import Any

from casefhir.keys import Parts, Word, slug
from casefhir.model.genetics import Variant
from casefhir.model.history import Past
from casefhir.model.record import Record
from casefhir.model.site import Site
from casefhir.model.treatment import Treatment
from casefhir.statement import Rating, Sign, Statement


def key_of(section: str, record: Statement, author: str | None, parts: Parts) -> str:
    """The key that the author gives, or the name and the moment; what is empty is left out."""
    if author:
        return f"{section}/{author}"
    return "/".join(filter(None, (section, parts.canonical(section, record.label), parts.moment(record.moment))))


def sign_key(sign: Sign, author: str | None, parts: Parts) -> str:
    """The key of a finding without its section; one that the author gives has a name and a site for each with each."""
    place = parts.place(sign.site) if sign.site else ""
    if author:
        return f"{author}/{slug(sign.name)}/{place}" if place else author
    return "/".join(filter(None, (parts.canonical("findings", sign.name), place, parts.moment(sign.moment))))


def rating_key(rating: Rating, parts: Parts) -> str:
    """The key of a score: with its site before its moment, or behind the key that the author gives."""
    place, score = parts.place(rating.site) if rating.site else "", rating.record
    named = score.id or parts.canonical("scores", score.name)
    return "/".join(filter(None, ("scores", named, place, "" if score.id else parts.moment(rating.moment))))


def also_named(record: Any, parts: Parts) -> Iterator[Word]:
    """What a fact may be named by besides the parts of its key."""
    if isinstance(record, Record | Past | Rating) and (own := record.stated.id):
        # it stands in the key in place of name and moment
        yield from (Word(own), Word(slug(record.label)), Word(parts.moment(record.moment), OF_A_MOMENT))
    if isinstance(record, Variant):  # the gene is found without the change
        yield from (Word(slug(name)) for name in record.names)
    for site in _sites(record):  # a site is found with its side and without it
        yield from (Word(slug(site.text)), Word(parts.canonical("sites", site.name)))
    if isinstance(record, Treatment) and record.regimen:  # a drug is found by what it was given in
        yield Word(slug(record.regimen), _OF_A_REGIMEN)


_OF_A_REGIMEN, OF_A_MOMENT = 1, 2
"""The distance of what a fact belongs to, and of its moment, from being its name."""


def _sites(record: Any) -> tuple[Site, ...]:
    if isinstance(record, Rating):
        return (record.site,) if record.site else ()
    return record.sites if isinstance(record, Sign) else ()
