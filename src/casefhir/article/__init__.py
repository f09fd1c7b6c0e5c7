"""
The published article → its passages: sentences and rows of tables, each with its place, and the numbers in them.

`read_article(path)` reads plain text, Markdown, HTML, JATS XML and PDF, and raises `ArticleError` with one line for
whatever it cannot read. An `Article` has `passages` in the order of the print; a `Passage` is one sentence, one row of
a table, one heading or one caption, with its `section` (`abstract`, `case presentation`, `table 1`, `references` …),
its line, and its normalised `text`, from which `origin` leads back to the characters of `Article.text`.

Normalised means: one blank for any white space, hyphenation and page breaks undone, mathematics of LaTeX as plain text
(`$15.32 \\times 10^9/L$` is `15.32 x10^9/L`), one character for each of the many forms of hyphens, minus signs,
quotation marks, µ and superscripts. Digits are never changed, joined or parted.

`numbers(text)` are the numbers of such a text: value, comparator, position, and the text behind, in which the unit is.
`dates(text)` are its dates, whose digits are not among the numbers.
`is_told(section)` says whether a section tells of the case: references and front matter do not.
"""

from casefhir.article.dates import PrintedDate, dates
from casefhir.article.numbers import Number, numbers
from casefhir.article.passage import Article, ArticleError, Passage
from casefhir.article.reading import MAX_BYTES, read_article
from casefhir.article.sections import FRONT, REFERENCES, is_told

__all__ = [
    "FRONT",
    "MAX_BYTES",
    "REFERENCES",
    "Article",
    "ArticleError",
    "Number",
    "Passage",
    "PrintedDate",
    "dates",
    "is_told",
    "numbers",
    "read_article",
]
