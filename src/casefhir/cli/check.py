"""casefhir check: what is wrong with case files, and where."""

import argparse
import sys

from casefhir.cli.exits import CASE_HAS_ERRORS, FINE, NOT_READABLE, WRONG_USE
from casefhir.cli.files import case_files
from casefhir.cli.output import has_colours, say, write
from casefhir.cli.reading import loaded
from casefhir.report import REPORTERS, Report

_EXAMPLES = """examples:
  casefhir check cases/sjia-tocilizumab-tofacitinib.yaml
  casefhir check cases/ --strict
  casefhir check --format json - < case.yaml
  casefhir check case.yaml --article article.html
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "check",
        help="say what is wrong with case files, and where",
        description="Check case files: all that is wrong, each with its line and column.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="case files, folders of them, or - for standard input")
    parser.add_argument("--format", choices=sorted(REPORTERS), default="text", help="how to report (default: text)")
    parser.add_argument("--strict", action="store_true", help="let warnings fail like errors")
    parser.add_argument(
        "--article",
        metavar="TEXT",
        help="the article, to prove every fact: text, Markdown, HTML, JATS or PDF",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check, report on standard output, and return the exit code."""
    names = case_files(arguments.files)
    if not names:
        say("casefhir check: no .yaml file in what was named")
        return WRONG_USE
    article = None
    if arguments.article is not None:
        from casefhir.cli.article import article_named

        if (article := article_named(arguments.article, arguments.files)) is None:
            return NOT_READABLE
    reports: list[Report] = []
    code = FINE
    for name in names:
        _, report, file_code = loaded(name, article)
        reports.append(report)
        code = max(code, file_code, _strict_code(report) if arguments.strict else FINE)
    write(REPORTERS[arguments.format](reports, has_colours(sys.stdout)))
    return code


def _strict_code(report: Report) -> int:
    return CASE_HAS_ERRORS if any(issue.severity == "warning" for issue in report.issues) else FINE
