"""Published clinical cases, written as readable YAML: checked, and mapped to FHIR R4 bundles."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casefhir.article import Article, ArticleError, read_article
    from casefhir.issue import Issue
    from casefhir.model.case import Case
    from casefhir.pipeline import CaseError, DocumentError, Loaded, Result, convert, load
    from casefhir.source import Source, SourceError, read, read_yaml

__all__ = [
    "Article",
    "ArticleError",
    "Case",
    "CaseError",
    "DocumentError",
    "Issue",
    "Loaded",
    "Result",
    "Source",
    "SourceError",
    "convert",
    "load",
    "read",
    "read_article",
    "read_yaml",
]

_HOMES = {
    "Article": "article",
    "ArticleError": "article",
    "Case": "model.case",
    "CaseError": "pipeline",
    "DocumentError": "pipeline",
    "Issue": "issue",
    "Loaded": "pipeline",
    "Result": "pipeline",
    "Source": "source",
    "SourceError": "source",
    "convert": "pipeline",
    "load": "pipeline",
    "read": "source",
    "read_article": "article",
    "read_yaml": "source",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `import casefhir` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'casefhir' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"casefhir.{_HOMES[name]}"), name)
