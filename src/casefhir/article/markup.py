"""HTML or JATS XML → its text and blocks."""

import re
from collections.abc import Iterator
from typing import Literal

from lxml import etree, html

from casefhir.article.block import Block
from casefhir.article.passage import ArticleError
from casefhir.article.sections import FRONT, REFERENCES, section_of

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "title", "article-title"))
_PARAGRAPHS = frozenset(
    "p li dd dt div section article main body blockquote pre figcaption td th address header ref caption sec abstract "
    "kwd-group contrib article-id pub-date license label mixed-citation element-citation".split()
)
_BLOCKS = _PARAGRAPHS | _HEADINGS | {"table", "table-wrap", "ul", "ol"}
_SKIPPED = frozenset(("script", "style", "nav", "footer", "noscript", "svg", "button", "form", "template"))
_SUPERSCRIPTS = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
_MAX_DEPTH = 200


def read_html(raw: bytes) -> tuple[str, list[Block]]:
    """The text and blocks of a page. Raises: ArticleError."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(raw, parser=parser)
    except (etree.LxmlError, ValueError, RecursionError):
        raise ArticleError("is no HTML that can be read") from None
    return _laid_out(_Walk().drafts(root))


def read_xml(raw: bytes) -> tuple[str, list[Block]]:
    """The text and blocks of JATS XML; entities are not resolved, nothing is fetched. Raises: ArticleError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError) as error:
        raise ArticleError(f"is no XML that can be read: {str(error).partition(', line')[0]}") from None
    return _laid_out(_Walk().drafts(root))


def _laid_out(drafts: Iterator[Block]) -> tuple[str, list[Block]]:
    """All texts one below the other, and the blocks with their places in it."""
    texts: list[str] = []
    blocks: list[Block] = []
    start = 0
    for draft in drafts:
        blocks.append(draft._replace(start=start))
        texts.append(draft.text)
        start += len(draft.text) + 2
    return "\n\n".join(texts), blocks


def _draft(kind: Literal["heading", "text", "caption"], text: str, line: int, section: str) -> Block:
    """A block whose place in the whole text is not known yet."""
    return Block(kind, text, 0, line, section, runs_on=False)


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].casefold() if isinstance(element.tag, str) else ""


class _Walk:
    """One walk over a document; it remembers the section it is in."""

    def __init__(self) -> None:
        self.section = ""
        self.tables = 0

    def drafts(self, root: etree._Element) -> Iterator[Block]:
        has_heading = any(_name(element) in _HEADINGS for element in root.iter(etree.Element))
        self.section = FRONT if has_heading else "text"
        yield from self._of(root, 0)

    def _of(self, element: etree._Element, depth: int) -> Iterator[Block]:
        name = _name(element)
        if depth > _MAX_DEPTH:
            raise ArticleError(f"nests its elements deeper than {_MAX_DEPTH}")
        if name in _SKIPPED or (name == "title" and _name(element.getparent()) == "head"):
            return
        if name in ("table", "table-wrap"):
            yield from self._table(element)
        elif name in _HEADINGS:
            yield from self._heading(element, name)
        elif name in _PARAGRAPHS and not _has_blocks(element):
            if text := _text(element):
                yield _draft("text", text, element.sourceline or 1, self.section)
        else:
            yield from self._children(element, name, depth)

    def _children(self, element: etree._Element, name: str, depth: int) -> Iterator[Block]:
        before = self.section
        if name == "abstract":
            self.section = "abstract"
        elif name == "ref-list":
            self.section = REFERENCES
        elif name in ("front", "sub-article", "response"):
            self.section = FRONT
        elif name == "body" and element.getparent() is not None and _name(element.getparent()) == "article":
            self.section = "text"
        if element.text and element.text.strip():
            yield _draft("text", " ".join(element.text.split()), element.sourceline or 1, self.section)
        for child in element:
            yield from self._of(child, depth + 1)
            if child.tail and child.tail.strip():
                yield _draft("text", " ".join(child.tail.split()), child.sourceline or 1, self.section)
        if name in ("abstract", "ref-list", "front", "sub-article", "response", "sec"):
            self.section = before

    def _heading(self, element: etree._Element, name: str) -> Iterator[Block]:
        text = _text(element)
        if not text:
            return
        if name not in ("h1", "article-title") and self.section != REFERENCES:
            inside_abstract = any(_name(above) == "abstract" for above in element.iterancestors())
            self.section = "abstract" if inside_abstract else section_of(text)
        depth = sum(_name(above) == "sec" for above in element.iterancestors())
        level = int(name[1]) if name[1:].isdigit() else depth
        yield _draft("heading", text, element.sourceline or 1, self.section)._replace(level=level)

    def _table(self, element: etree._Element) -> Iterator[Block]:
        self.tables += 1
        above = [part for part in element.iter(etree.Element) if _name(part) in ("caption", "label")]
        caption = " ".join(dict.fromkeys(text for part in above if (text := _text(part))))
        found = re.search(r"(?i)\btab(?:le|\.)?\s*([0-9]{1,3}|[IVX]+)\b", caption)
        section = f"table {found[1].casefold() if found else self.tables}"
        if caption:
            yield _draft("caption", caption, element.sourceline or 1, section)
        header: tuple[str, ...] = ()
        for row in (part for part in element.iter(etree.Element) if _name(part) == "tr"):
            texts = tuple(_text(cell) for cell in row if _name(cell) in ("td", "th"))
            if not any(texts):
                continue
            yield _row(texts, row.sourceline or 1, section, header, caption)
            header = header or texts


def _row(texts: tuple[str, ...], line: int, section: str, header: tuple[str, ...], caption: str) -> Block:
    cells, at = [], 0
    for text in texts:
        cells.append((at, text))
        at += len(text) + 1
    return Block("row", "\t".join(texts), 0, line, section, tuple(cells), header, caption, runs_on=False)


def _has_blocks(element: etree._Element) -> bool:
    return any(
        _name(part) in _PARAGRAPHS | _HEADINGS | {"table", "table-wrap", "ul", "ol"}
        for part in element.iterdescendants()
    )


def _text(element: etree._Element) -> str:
    """What an element prints, in one line; superscripts as such, formulas in TeX where they are given in it."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: etree._Element) -> Iterator[str]:
    name = _name(element)
    if name in _SKIPPED or not isinstance(element.tag, str):
        yield _entity(element)
        return
    if name == "element-citation":
        yield " ".join(piece for child in element for piece in _pieces(child))
        return
    if name in ("pub-date", "date") and (date := _date(element)):
        yield date
        return
    if name == "name" and (person := _person(element)):
        yield person
        return
    if name == "tex-math":
        yield _formula("".join(element.itertext()))
        return
    inner = "".join(
        (element.text or "", *(piece for child in element for piece in (*_pieces(child), child.tail or "")))
    )
    if name in ("sup", "msup"):
        is_digits = re.fullmatch(r"[0-9+−-]+", inner.strip())
        yield inner.strip().translate(_SUPERSCRIPTS) if is_digits else f"^{inner}"
    elif name in ("br", "break"):
        yield " "
    else:
        yield inner


def _parts(element: etree._Element, *names: str) -> list[str]:
    """The texts of some children of an element, in the order in which they are asked for."""
    texts = {_name(child): (child.text or "").strip() for child in element}
    return [texts[name] for name in names if texts.get(name)]


def _date(element: etree._Element) -> str:
    """2022-11-29 of a date in parts; "" of one with words."""
    parts = _parts(element, "year", "month", "day")
    return "-".join(part.zfill(2) for part in parts) if all(part.isdigit() for part in parts) else ""


def _person(element: etree._Element) -> str:
    """Given names and surname, as authors are called in a case file."""
    return " ".join(_parts(element, "given-names", "surname"))


def _formula(tex: str) -> str:
    """The formula of a whole TeX document, as between dollars."""
    found = re.search(r"\$+(.*?)\$+", tex, re.DOTALL)
    return f"${' '.join((found[1] if found else tex).split())}$"


def _entity(element: etree._Element) -> str:
    if isinstance(element, etree._Entity):
        raise ArticleError(f"uses the entity {element.name}, which is not resolved; write the character itself")
    return ""
