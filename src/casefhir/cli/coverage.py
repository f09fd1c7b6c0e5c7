"""casefhir coverage: what an article prints and a case file does not carry."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from casefhir.cli.exits import CASE_HAS_ERRORS, FINE, NOT_READABLE, WRONG_USE
from casefhir.cli.files import STDIN, is_folder
from casefhir.cli.output import say, write
from casefhir.cli.reading import loaded
from casefhir.cli.writing import write_whole
from casefhir.report.text import line

if TYPE_CHECKING:  # `--help` pays nothing for it
    from casefhir.coverage import Coverage

_EXAMPLES = """examples:
  casefhir coverage case.yaml --article article.txt
  casefhir coverage case.yaml --article article.html --html coverage.html
  casefhir coverage case.yaml --article article.xml --format json
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "coverage",
        help="say what of an article a case file leaves out",
        description="Hold an article against its case file: every number, date and known name that no fact carries.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="the case file, or - for standard input")
    parser.add_argument(
        "--article", metavar="TEXT", required=True, help="the article: text, Markdown, HTML, JATS or PDF"
    )
    parser.add_argument("--format", choices=("json", "text"), default="text", help="how to report (default: text)")
    parser.add_argument(
        "--html",
        metavar="PAGE",
        help="write the article as a page, with all of it marked; - for standard output, without a report",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Hold the article against the case, report on standard output, and return the exit code."""
    from casefhir.cli.article import article_named
    from casefhir.coverage import REPORTS, Coverage, page

    if is_folder(arguments.file):
        say(f"casefhir coverage: {arguments.file} is a folder; name one case file, for an article tells of one case")
        return WRONG_USE
    if arguments.html is not None and (taken := _taken(arguments)):
        say(f"casefhir coverage: {taken} would be written over; name another page with --html")
        return WRONG_USE
    if (article := article_named(arguments.article, [arguments.file])) is None:
        return NOT_READABLE
    found, report, code = loaded(arguments.file)
    if found is None or code != FINE:
        for issue in report.issues:
            if issue.severity == "error":
                say(line(report.file, issue))
        return code
    coverage = Coverage(found, article)
    if arguments.html == STDIN:
        write(page(coverage))
        return FINE if coverage.is_complete else CASE_HAS_ERRORS
    if arguments.html is not None and not _is_written(coverage, arguments.html):
        return NOT_READABLE
    write(REPORTS[arguments.format](coverage))
    return FINE if coverage.is_complete else CASE_HAS_ERRORS


def _taken(arguments: argparse.Namespace) -> str | None:
    """The file that is read and would be written over by the page; None if there is none."""
    page = os.path.realpath(arguments.html)
    read = (name for name in (arguments.file, arguments.article) if name != STDIN != arguments.html)
    return next((name for name in read if os.path.realpath(name) == page), None)


def _is_written(coverage: "Coverage", name: str) -> bool:
    from casefhir.coverage import page

    try:
        write_whole(Path(name), page(coverage).encode())
    except OSError as error:
        say(f"casefhir coverage: {name} cannot be written: {error.strerror or error}")
        return False
    say(f"{coverage.loaded.source.name} → {name}")
    return True
