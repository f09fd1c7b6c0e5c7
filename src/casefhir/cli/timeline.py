"""casefhir timeline: when everything was, by all that a case says together."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from casefhir.cli.exits import FINE, WRONG_USE
from casefhir.cli.files import case_files
from casefhir.cli.output import has_colours, say, write
from casefhir.cli.reading import loaded
from casefhir.report import Report
from casefhir.report.text import line, visible

if TYPE_CHECKING:
    from casefhir.chronology.rows import Row
    from casefhir.model.days import Interval
    from casefhir.model.hours import Hours
    from casefhir.pipeline import Loaded

_EXAMPLES = """examples:
  casefhir timeline cases/sjia-tocilizumab-tofacitinib.yaml
  casefhir timeline case.yaml --facts          all that has a moment, not only the events
  casefhir timeline --format json - < case.yaml
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "timeline",
        help="say when everything was, by all that a case says together",
        description="Solve the moments of case files together, and show them in the order of time: the days in which"
        " each must lie, however it was rounded, the age at it, what it is, and how it is written.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="case files, folders of them, or - for standard input")
    parser.add_argument("--facts", action="store_true", help="also what is dated by the name of an event alone")
    parser.add_argument("--format", choices=["json", "text"], default="text", help="how to print (default: text)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the tables on standard output, errors on standard error, and return the exit code."""
    names = case_files(arguments.files)
    if not names:
        say("casefhir timeline: no .yaml file in what was named")
        return WRONG_USE
    code = FINE
    shown: list[tuple[Report, Loaded]] = []
    for name in names:
        found, report, file_code = loaded(name)
        code = max(code, file_code)
        if found is None or found.chart is None or found.has_errors:
            _refuse(report)
        else:
            shown.append((report, found))
    if arguments.format == "json":
        write(json.dumps({"files": [_object(*one) for one in shown]}, indent=2) + "\n")
    elif shown:
        tables = ("\n".join(_table(*one, facts=arguments.facts, named=len(names) > 1)) for one in shown)
        write("\n\n".join(tables) + "\n")
    return code


def _refuse(report: Report) -> None:
    for issue in report.issues:
        if issue.severity == "error":
            print(line(report.file, issue, has_colours(sys.stderr)), file=sys.stderr)


_HEAD = ("when", "age", "what", "as written", "line")


def _table(report: Report, found: "Loaded", *, facts: bool, named: bool) -> Iterator[str]:
    from casefhir.chronology import chronology
    from casefhir.chronology.rows import rows
    from casefhir.chronology.words import born

    assert found.chart is not None
    if named:
        yield visible(report.file)
    if any(birth := found.chart.once(chronology).birth):
        yield born(birth)
    yield from _aligned([_HEAD, *(_cells(row, found) for row in rows(found.chart, facts=facts))])
    clashes = [issue for issue in report.issues if issue.rule.startswith("timeline.")]
    yield from (line(report.file, issue, has_colours(sys.stdout)) for issue in clashes)


def _cells(row: "Row", found: "Loaded") -> tuple[str, ...]:
    from casefhir.chronology import words

    when = words.lasting(row.start, row.end)
    if not any(row.start):
        when = words.hours(row.hours) if row.hours else words.apart(*row.apart) if row.apart else when
    mark = found.source.locate(row.path)
    return when, words.age(row.age), visible(row.what), visible(row.written), str(mark.line)


def _aligned(cells: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """The columns as wide as their widest cell, but for those that no cell fills."""
    filled = [n for n in range(len(_HEAD)) if any(row[n] for row in cells[1:])]
    widths = {n: max(len(row[n]) for row in cells) for n in filled}
    for row in cells:
        yield "  ".join(f"{row[n]:{widths[n]}}" for n in filled).rstrip()


def _object(report: Report, found: "Loaded") -> dict[str, Any]:
    """`{"file", "birth", "moments", "clashes"}`; what is not known is null."""
    from casefhir.chronology import chronology
    from casefhir.chronology.rows import rows

    assert found.chart is not None
    birth = found.chart.once(chronology).birth
    return {
        "file": report.file,
        "birth": _interval(birth) if any(birth) else None,
        "moments": [_moment(row, found) for row in rows(found.chart, facts=True)],
        "clashes": [
            {"line": issue.mark.line, "column": issue.mark.column, "rule": issue.rule, "message": issue.message}
            for issue in report.issues
            if issue.rule.startswith("timeline.")
        ],
    }


def _moment(row: "Row", found: "Loaded") -> dict[str, Any]:
    mark = found.source.locate(row.path)
    event, days = row.apart or (None, (None, None))
    return {
        "what": row.what,
        "path": list(row.path),
        "line": mark.line,
        "column": mark.column,
        "written": row.written or None,
        **_interval(row.start),
        "end": _interval(row.end) if row.end else None,
        "days_of_age": {"least": row.age[0], "most": row.age[1]},
        "days_apart": {"event": event, "least": days[0], "most": days[1]} if event else None,
        "hours_apart": _hours(row.hours) if row.hours else None,
    }


def _hours(hours: "Hours") -> dict[str, str | float]:
    return {"event": hours.event, "least": float(hours.least), "most": float(hours.most)}


def _interval(interval: "Interval") -> dict[str, str | None]:
    earliest, latest = interval
    return {"earliest": str(earliest) if earliest else None, "latest": str(latest) if latest else None}
