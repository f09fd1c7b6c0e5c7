"""PDF → its text and blocks, whose lines are pages."""

import re
from io import BytesIO

from casefhir.article.block import Block
from casefhir.article.passage import ArticleError
from casefhir.article.plain import blocks

MAX_PAGES = 200


def read_pdf(raw: bytes) -> tuple[str, list[Block]]:
    """The text and blocks of a PDF that has text, and not only images of it. Raises: ArticleError."""
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError:
        raise ArticleError("is a PDF, which needs one more package: pip install 'casefhir[pdf]'") from None
    try:
        pages = pypdf.PdfReader(BytesIO(raw)).pages
        if len(pages) > MAX_PAGES:
            raise ArticleError(f"has {len(pages)} pages; an article has {MAX_PAGES} at most")
        texts = [page.extract_text() for page in pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        # The library meets broken files with many kinds of exceptions.
        raise ArticleError("is a PDF that cannot be read; is it whole, and without a password?") from None
    return _laid_out(texts)


def _laid_out(texts: list[str]) -> tuple[str, list[Block]]:
    starts: list[int] = []
    length = 0
    for text in texts:
        starts.append(length)
        length += len(text) + 2
    whole = "\n\n".join(texts)
    found = [
        block._replace(line=sum(start <= block.start for start in starts), runs_on=False)
        for block in blocks(re.sub(r"\x00", " ", whole))
    ]
    return whole, found
