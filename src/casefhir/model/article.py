"""The published report that the case comes from: bibliography, authors and declarations."""

from typing import Annotated, Literal

from casefhir.model.base import Between, Value
from casefhir.model.fields import Doi, Orcid, Text, When
from casefhir.model.record import Record

Pmid = Annotated[int, Between(1, 99_999_999)]


class Author(Value):
    """Who wrote the report."""

    name: Text
    """As printed: `Ye Zhang`."""

    orcid: Orcid | None = None
    """`0000-0003-0841-6003`; its check digit is tested."""

    email: Text | None = None
    """Only as printed in the article."""

    corresponding: bool = False
    """Whether the article names this author for correspondence."""

    affiliations: tuple[Text, ...] = ()
    """Institutions, as printed."""

    contributions: tuple[Text, ...] = ()
    """What the author did, in own words: `examined the patient`."""


class Ethics(Value):
    """What an ethics committee decided, or that none was asked."""

    committee: Text | None = None
    """Its name; left out where none was asked, or the article does not name it."""

    decision: Text
    """`approved`, `formal approval waived`, `not required`; in own words."""

    number: Text | None = None
    """The number of the approval."""


class Article(Record):
    """The published case report, its authors and what they declare."""

    title: Text
    """As printed."""

    type: Text = "case report"
    """What kind of publication it is."""

    doi: Doi | None = None
    """`10.21203/rs.3.rs-1547265/v1`, without `https://doi.org/`."""

    pmid: Pmid | None = None
    """The number in PubMed."""

    journal: Text | None = None
    """The journal, as printed."""

    published: When | None = None
    """The day, month or year of publication; of a preprint, when it was posted."""

    license: Text | None = None
    """An SPDX name: `CC-BY-4.0`."""

    status: Literal["published", "preprint"] | None = None
    """Whether peers have reviewed it; left out where the article does not say."""

    authors: tuple[Author, ...] = ()
    """In the printed order."""

    keywords: tuple[Text, ...] = ()
    """As printed."""

    abstract: Text | None = None
    """A summary in own words."""

    conclusion: Text | None = None
    """What the authors conclude, in own words."""

    funding: Text | None = None
    """Who paid, or that nobody did."""

    competing_interests: Text | None = None
    """What the authors declare, in own words."""

    data_availability: Text | None = None
    """Where the data are, in own words."""

    acknowledgements: Text | None = None
    """Whom the authors thank; `none` if they say so."""

    ethics: Ethics | None = None
    """The decision of an ethics committee."""

    references: tuple[Text, ...] = ()
    """What the article cites, in a short form: authors, journal, year, pages, DOI."""

    figures: tuple[Text, ...] = ()
    """What each figure shows, in own words; numbers that can be read go into the facts."""
