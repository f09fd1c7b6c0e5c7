"""An article named on the command line → the Article, or one line on why it cannot be read."""

from casefhir.article import Article, ArticleError, read_article
from casefhir.cli.output import say


def article_named(name: str) -> Article | None:
    """The article; None, after one line on standard error, if it cannot be read."""
    try:
        return read_article(name)
    except ArticleError as error:
        say(f"casefhir: {name} {error}")
    except OSError as error:
        say(f"casefhir: {name} cannot be read: {error.strerror or error}")
    return None
