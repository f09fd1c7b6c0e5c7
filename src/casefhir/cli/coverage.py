"""casefhir coverage: what an article prints and a case file does not carry."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from casefhir.cli.exits import CASE_HAS_ERRORS, FINE, NOT_READABLE, WRONG_USE
from casefhir.cli.files import STDIN, case_files
from casefhir.cli.output import say, write
from casefhir.cli.reading import loaded
from casefhir.cli.writing import write_whole
from casefhir.report.text import line

if TYPE_CHECKING:  # `--help` pays nothing for it
    from casefhir.coverage import Coverage
    from casefhir.pipeline import Loaded

_EXAMPLES = """examples:
  casefhir coverage case.yaml --article article.txt
  casefhir coverage case.yaml --article article.html --html coverage.html
  casefhir coverage case.yaml --article article.xml --format json
  casefhir coverage first.yaml second.yaml --article series.txt
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
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="the case file, or - for standard input; several, or a folder, for the patients of one article",
    )
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

    files = case_files(arguments.files)
    if trouble := _trouble(arguments, files):
        say(f"casefhir coverage: {trouble}")
        return WRONG_USE
    if (article := article_named(arguments.article, files)) is None:
        return NOT_READABLE
    cases, code = _cases(files)
    if code != FINE:
        return code
    if len({_article_of(case) for case in cases}) > 1:
        say("casefhir coverage: these are cases of different articles; name those of one")
        return WRONG_USE
    coverage = Coverage(cases[0], article, *cases[1:])
    if arguments.html not in (None, STDIN) and not _is_written(coverage, arguments.html):
        return NOT_READABLE
    write(page(coverage) if arguments.html == STDIN else REPORTS[arguments.format](coverage))
    return FINE if coverage.is_complete else CASE_HAS_ERRORS


def _trouble(arguments: argparse.Namespace, files: list[str]) -> str:
    """What is wrong with the names on the command line; "" if nothing is."""
    if not files:
        return f"no case files in {', '.join(arguments.files)}"
    if arguments.html not in (None, STDIN) and (taken := _taken(arguments, files)):
        return f"{taken} would be written over; name another page with --html"
    return ""


def _cases(files: list[str]) -> tuple[list["Loaded"], int]:
    """The cases without errors, and the worst exit code; errors are said."""
    cases, worst = [], FINE
    for name in files:
        found, report, code = loaded(name)
        if found is not None and code == FINE:
            cases.append(found)
            continue
        worst = max(worst, code)
        for issue in report.issues:
            if issue.severity == "error":
                say(line(report.file, issue))
    return cases, worst


def _article_of(case: "Loaded") -> str:
    """What tells the article of a case from others."""
    assert case.case
    article = case.case.article
    return article.doi or article.title.casefold()


def _taken(arguments: argparse.Namespace, files: list[str]) -> str | None:
    """The file that is read and would be written over by the page; None if there is none."""
    page = os.path.realpath(arguments.html)
    read = (name for name in (*files, arguments.article) if name != STDIN)
    return next((name for name in read if os.path.realpath(name) == page), None)


def _is_written(coverage: "Coverage", name: str) -> bool:
    from casefhir.coverage import page
    from casefhir.coverage.report import named

    try:
        write_whole(Path(name), page(coverage).encode())
    except OSError as error:
        say(f"casefhir coverage: {name} cannot be written: {error.strerror or error}")
        return False
    say(f"{named(coverage)} → {name}")
    return True
