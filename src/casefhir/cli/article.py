"""An article named on the command line → the Article, or one line on why it cannot be read."""

from collections.abc import Sequence

from casefhir.article import MAX_BYTES, Article, ArticleError, read_article
from casefhir.cli.files import STDIN, content, shown
from casefhir.cli.output import say


def article_named(name: str, cases: Sequence[str]) -> Article | None:
    """The article, `-` for standard input, beside its cases; None, after one line on standard error, without it."""
    if name == STDIN and STDIN in cases:
        say("casefhir: standard input is one file; name the article, or the case")
        return None
    try:
        return read_article(content(name, MAX_BYTES), shown(name)) if name == STDIN else read_article(name)
    except ArticleError as error:
        say(f"casefhir: {shown(name)} {error}")
    except OSError as error:
        say(f"casefhir: {shown(name)} cannot be read: {error.strerror or error}")
    return None
