"""The article as the case file has it × the text of the article → what differs."""

import re
from collections.abc import Iterator

from casefhir.article import FRONT, REFERENCES, dates
from casefhir.evidence.index import Index, Searched, words
from casefhir.evidence.need import Token, is_met
from casefhir.evidence.remark import Remark
from casefhir.evidence.shown import nearest
from casefhir.evidence.values import needs
from casefhir.model.article import Article
from casefhir.model.calendar import Calendar
from casefhir.source import Path

_DOI = re.compile(r"\b10\.[0-9]{4,9}/[^\s>\"'|]+[^\s>\"'|.,;)]")
_OF_MANUSCRIPT = re.compile(r"\b(?:received|revised|accepted|submitted)(?:\s(?:on|in))?\W{0,3}\Z", re.IGNORECASE)
"""What stands before a date that is not that of the publication."""

_ORCID = re.compile(r"\b(?:[0-9]{4}-){3}[0-9]{3}[0-9X]\b")


_MARK = re.compile(r"(?<=[^\W\d_])[0-9]{1,2}(?:,\s?[0-9]{1,2})*(?![\w.])")
"""The numbers of addresses behind the name of an author, once raised: `Ada Writer1,2`."""


def bibliography(article: Article, index: Index) -> Iterator[Remark]:
    """
    What the file says of the article and its text does not print.

    Each is looked for only where the text prints something of its kind: a text may be the section with the case alone.
    """
    text = "\n".join(passage.text for passage in index.article.passages)
    front = "\n".join(passage.text for passage in index.article.passages if passage.section == FRONT)
    yield from _numbers(article, text, front)
    yield from _words(article, text, index)
    yield from _references(article, index)
    yield from _figures(article, text)
    for field in ("abstract", "conclusion"):
        for need in needs(getattr(article, field), ("article", field)):
            if not any(is_met(need, part) for part in index.told):
                yield Remark("number_not_printed", need.path, f'the article has no "{need.said}"')


def _numbers(article: Article, text: str, front: str) -> Iterator[Remark]:
    own = [doi.casefold() for doi in _DOI.findall(front)]
    if article.doi and own and article.doi.casefold() not in own:
        yield _other(("article", "doi"), article.doi, own[0])
    if isinstance(article.published, Calendar):
        printed = list(dates(front))
        when = article.published
        fits = any((when.year, when.month or d.month, when.day or d.day) == d[:3] for d in printed)
        others = [d[:3] for d in printed if not _OF_MANUSCRIPT.search(front, max(0, d.start - 20), d.start)]
        if others and not fits:
            shown = "-".join(f"{part:02}" for part in others[0] if part)
            yield _other(("article", "published"), when.text, shown)
    if article.pmid and (own := re.findall(r"PMID\W{0,3}([0-9]{5,9})", front)) and str(article.pmid) not in own:
        yield _other(("article", "pmid"), str(article.pmid), own[0])
    orcids = _ORCID.findall(text)
    for i, author in enumerate(article.authors):
        if author.orcid and orcids and author.orcid not in orcids:
            yield _other(("article", "authors", i, "orcid"), author.orcid, ", ".join(orcids))
        if author.email and "@" in front and author.email.casefold() not in text.casefold():
            yield _other(("article", "authors", i, "email"), author.email, "another address")


def _other(path: Path, said: str, printed: str) -> Remark:
    return Remark("other_article", path, f'the article prints {printed}, and not "{said}"')


def _words(article: Article, text: str, index: Index) -> Iterator[Remark]:
    """Title, authors and keywords, in any spelling."""
    said = words(text)
    if words(article.title) not in said and (own := _title(article, index)):
        yield Remark("not_in_text", ("article", "title"), own)
    names = [(("article", "authors", i, "name"), author.name) for i, author in enumerate(article.authors)]
    unmarked = words(_MARK.sub("", text))
    missing = [(path, name) for path, name in names if words(name) not in said and words(name) not in unmarked]
    if len(missing) < len(names):
        yield from (Remark("not_in_text", path, f"the article does not name {name!r}") for path, name in missing)
    if "\nkeyword\n" in said:
        for i, keyword in enumerate(article.keywords):
            if words(keyword) not in said:
                yield Remark("not_in_text", ("article", "keywords", i), f"the article has no {keyword!r}")


def _title(article: Article, index: Index) -> str:
    """What is said of a title that the text has not: what it is called there; "" if it begins without a title."""
    front = [passage for passage in index.article.passages if passage.section == FRONT]
    if title := next((passage.text for passage in front if passage.kind == "heading"), ""):
        return f'the article is called "{title}"'
    is_whole = any(passage.section not in (FRONT, "text") for passage in index.article.passages)
    if not front or not is_whole or _OF_THE_FILE.match(front[0].text) or article.title.startswith("["):
        return ""
    parts = [Searched(passage.text, passage, counts=index.article.place) for passage in front]
    return f'the article has no title "{article.title}"{nearest(article.title, parts)}'


_OF_THE_FILE = re.compile(r"#|[A-Z]+:")
"""How a line about the file begins, `DOI: …`, which is no title."""


def _references(article: Article, index: Index) -> Iterator[Remark]:
    by_line: dict[int, str] = {}
    for passage in index.article.passages:
        if passage.section == REFERENCES:
            by_line[passage.line] = f"{by_line.get(passage.line, '')} {passage.text}"
    for i, reference in enumerate(article.references if by_line else ()):
        path = ("article", "references", i)
        author = words(re.split(r"[,.;]| et al| [A-Z]{1,3}\b", reference)[0])
        found = [text for text in by_line.values() if author in words(text)]
        runs = set(re.findall(r"[0-9]+", reference))
        if not found:
            yield Remark("not_in_text", path, f'the list of references has no "{author.strip().replace(chr(10), " ")}"')
        elif not any(runs <= set(re.findall(r"[0-9]+", text)) for text in found):
            best = max(found, key=lambda text: len(runs & set(re.findall(r"[0-9]+", text))))
            odd = sorted(runs - set(re.findall(r"[0-9]+", best)))
            yield Remark("number_not_printed", path, f'the reference has no {", ".join(odd)}: "{best.strip()[-90:]}"')


def _figures(article: Article, text: str) -> Iterator[Remark]:
    whole = Searched(text)
    printed = set(re.findall(r"(?i)\bfig(?:ure|s|\.)?\s?([0-9]+)", text))
    for i, figure in enumerate(article.figures if printed else ()):
        for number in re.findall(r"(?i)\bfig(?:ure|\.)?\s?([0-9]+)", figure):
            if number not in printed:
                yield Remark("number_not_printed", ("article", "figures", i), f"the article has no Figure {number}")
        for need in needs(figure.partition(":")[2], ("article", "figures", i)):
            if isinstance(need, Token) and not is_met(need, whole):
                yield Remark("number_not_printed", need.path, f'the article has no "{need.said}"')
