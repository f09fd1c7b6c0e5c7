"""The sections of an article: what their headings are called, and which of them tell of the case."""

import re

FRONT = "front matter"
"""What stands before the first section: title, authors, dates, the lines about the file."""

REFERENCES = "references"
"""The list of other works, whatever its heading is."""

_KNOWN = (
    (r"references?|bibliography|literature(?: cited)?|works cited", REFERENCES),
    (r"(?:the )?case (?:presentation|report|description|history|summary)s?|clinical (?:case|presentation|report)|"
     r"(?:presentation of|description of) (?:the )?case|patient (?:information|and observation)s?|observation|case",
     "case presentation"),
    (r"abstract|summary", "abstract"),
    (r"introduction|background", "background"),
    (r"discussion(?: and conclusions?)?", "discussion"),
    (r"conclusions?|concluding remarks", "conclusions"),
    (r"tables?", "tables"),
    (r"figures?|figure legends?", "figures"),
    (r"abbreviations?(?: list)?|list of abbreviations", "abbreviations"),
    (r"declarations?|acknowledge?ments?|funding|competing interests?|conflicts? of interests?|author contributions?|"
     r"authors' contributions?|ethics.*|consent.*|availability of.*|keywords?", ""),
)  # fmt: skip
"""What a heading may say → the one name for it; "" is the heading itself."""

_PATTERNS = tuple((re.compile(rf"(?:\d+(?:\.\d+)*\.?\s+)?(?:{said})", re.IGNORECASE), name) for said, name in _KNOWN)


def section_of(heading: str) -> str:
    """The name of the section that a heading begins."""
    said = " ".join(heading.casefold().split()).strip(" .:")
    return known_section(said) or said


def known_section(heading: str) -> str:
    """The name of the section, if a text is one of the usual headings; else ""."""
    said = " ".join(heading.split()).strip(" .:#*")
    for pattern, name in _PATTERNS:
        if pattern.fullmatch(said):
            return name or said.casefold()
    return ""


OF_CASE = frozenset(("abstract", "case presentation", "text"))
"""The sections that tell of the patient, besides tables; `text` is an article without headings."""


def is_usual(section: str) -> bool:
    """Whether a section is one of the usual ones, and not a heading of the article's own such as `treatment`."""
    return section in (FRONT, "text") or section.startswith("table") or bool(known_section(section))


def is_told(section: str) -> bool:
    """Whether what stands in a section may be told of the case."""
    return section not in (FRONT, REFERENCES)
