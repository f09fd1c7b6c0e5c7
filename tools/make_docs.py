"""
The docstrings of rules and mappers → docs/rules.md and docs/mapping.md; the reports in the other documents anew.

    python -m tools.make_docs
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.docs.examples import DOCUMENTS, ROOT, lay_out, refreshed
from tools.docs.lint import lint
from tools.docs.load import load
from tools.docs.mapping import mapping
from tools.docs.rules import rules

PAGES: dict[str, Callable[[], str]] = {
    "docs/lint.md": lint,
    "docs/load.md": load,
    "docs/mapping.md": mapping,
    "docs/rules.md": rules,
}
"""File → what is in it."""


def main() -> None:
    """Write them."""
    for name, page in PAGES.items():
        (ROOT / name).write_text(page(), encoding="utf-8")
    with TemporaryDirectory() as folder:
        lay_out(Path(folder))
        for document in sorted({*DOCUMENTS} - {*PAGES}):
            (ROOT / document).write_text(refreshed(document, Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
