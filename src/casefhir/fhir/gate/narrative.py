"""Narratives: whether a `div` is the XHTML that FHIR allows, and what in it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Plain narratives pass the schema; who writes no others needs no parser.
    from xml.etree.ElementTree import Element

XHTML = "{http://www.w3.org/1999/xhtml}"

ELEMENTS = frozenset(
    "a abbr acronym address area b bdo big blockquote br caption cite code col colgroup dd"
    " dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li map ol p pre q samp small span"
    " strong sub sup table tbody td tfoot th thead tr tt ul var".split()
)
"""Chapters 7 to 11 and 15 of HTML 4.0, without forms, scripts and frames."""

ATTRIBUTES = frozenset(
    "abbr align alt axis border cellpadding cellspacing char charoff cite class colspan"
    " coords dir frame headers height href hreflang id lang longdesc name nohref nowrap rel"
    " rev rowspan rules scope shape span src style summary tabindex title type usemap valign"
    " width accesskey {http://www.w3.org/XML/1998/namespace}lang"
    " {http://www.w3.org/XML/1998/namespace}space".split()
)
"""What these elements may carry: no event handler is among them."""

LINK = re.compile(r"(https?:|mailto:|tel:|cid:|data:image/|#|[^:]*$)", re.IGNORECASE)
"""Where a link may lead: not into a script."""

ACTIVE = re.compile(r"url\s*\(|expression|javascript", re.IGNORECASE)
"""What in a style loads or runs something."""


def is_narrative(div: str) -> bool:
    """Whether FHIR allows this `div`."""
    return next(_reasons(div), None) is None


def reason(div: str) -> str:
    """
    The first thing that FHIR does not allow in a `div`.

    Source: https://hl7.org/fhir/R4/narrative.html#xhtml
    """
    return next(_reasons(div), "is a narrative")


def _reasons(div: str) -> Iterator[str]:
    from xml.etree import ElementTree

    if "<!" in div or "<?" in div:
        yield "has a declaration, a comment or an instruction"
        return
    try:
        root = ElementTree.fromstring(div)
    except ElementTree.ParseError as error:
        yield f"is not well-formed XML: {error}"
        return
    if root.tag != f"{XHTML}div":
        yield "is not a div of the namespace http://www.w3.org/1999/xhtml"
    for element in root.iter():
        yield from _of_element(element)
    if not "".join(root.itertext()).strip() and root.find(f".//{XHTML}img") is None:
        yield "says nothing (txt-2)"


def _of_element(element: Element) -> Iterator[str]:
    name = element.tag.removeprefix(XHTML)
    if name not in ELEMENTS:
        yield f"has a <{name}>, which a narrative may not (txt-1)"
    for attribute, value in element.items():
        if attribute not in ATTRIBUTES:
            yield f"has the attribute {attribute!r}, which a narrative may not (txt-1)"
        if attribute in ("href", "src") and not LINK.match(value.strip()):
            yield f"links to {value!r}"
        if attribute == "style" and ACTIVE.search(value):
            yield f"has the style {value!r}"
