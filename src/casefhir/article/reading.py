"""A file, or its bytes → the Article."""

import re
from collections.abc import Callable
from os import PathLike
from pathlib import Path

from casefhir.article.block import Block, passages
from casefhir.article.passage import Article, ArticleError, Passage
from casefhir.article.plain import blocks

MAX_BYTES = 20_000_000
"""A file larger than this is refused; an article of 50 pages with its figures has less."""

MAX_CHARACTERS = 2_000_000
"""A text longer than this is refused; a long article has a tenth of it."""


def read_article(source: str | PathLike[str] | bytes, name: str = "") -> Article:
    """
    Read an article: a str or PathLike names a file, bytes are the content of one, whose name may be told.

    The suffix says what it is (`.txt`, `.md`, `.html`, `.xml`, `.pdf`), or else the first characters.

    Raises: ArticleError if it cannot be read, OSError if there is no file.
    """
    if isinstance(source, bytes):
        raw, called = source, name or "<article>"
    else:
        called = str(source)
        with Path(source).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise ArticleError(f"is too large; an article has {MAX_BYTES:,} bytes at most")
    kind = _kind(called, raw)
    if kind == "pdf":
        from casefhir.article.pdf import read_pdf

        return Article(called, *_made(read_pdf(raw)), place="page")
    return Article(called, *_made(_READERS[kind](raw)))


def _made(read: tuple[str, list[Block]]) -> tuple[str, tuple[Passage, ...]]:
    text, found = read
    if len(text) > MAX_CHARACTERS:
        raise ArticleError(f"is too long; an article has {MAX_CHARACTERS:,} characters at most")
    made = tuple(passages(iter(found)))
    if not made:
        raise ArticleError("has no text; is it a scan? casefhir reads text, and no images")
    return text, made


def _kind(name: str, raw: bytes) -> str:
    start = raw[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf-"):
        return "pdf"
    suffix = name.casefold().rpartition(".")[2]
    if suffix in ("html", "htm", "xhtml") or re.match(rb"<!doctype html|<html", start):
        return "html"
    if suffix in ("xml", "nxml") or start.startswith((b"<?xml", b"<article")):
        return "xml"
    if suffix == "pdf":
        raise ArticleError("is named .pdf, and is no PDF")
    return "text"


def _decoded(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        told = f"byte 0x{raw[error.start]:02X} in line {line} is not UTF-8"
        raise ArticleError(f"{told}; save the file with the encoding UTF-8") from None
    if "\x00" in text:
        raise ArticleError("is no text: it has bytes of zero")
    return text


def _plain(raw: bytes) -> tuple[str, list[Block]]:
    text = _decoded(raw)
    return text, list(blocks(text))


def _html(raw: bytes) -> tuple[str, list[Block]]:
    from casefhir.article.markup import read_html

    return read_html(_decoded(raw).encode())


def _xml(raw: bytes) -> tuple[str, list[Block]]:
    from casefhir.article.markup import read_xml

    return read_xml(raw)


_READERS: dict[str, Callable[[bytes], tuple[str, list[Block]]]] = {"text": _plain, "html": _html, "xml": _xml}
