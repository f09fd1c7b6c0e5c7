"""casefhir care: what a case tells of what CARE, a journal or a registry asks."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from casefhir.cli.exits import CASE_HAS_ERRORS, FINE, NOT_READABLE, WRONG_USE
from casefhir.cli.files import STDIN, case_files, content, shown
from casefhir.cli.output import has_colours, say, write
from casefhir.cli.reading import loaded, unreadable
from casefhir.packs import FOLDER, OURS, Carrier, Judged, Pack, Verdict, judged, read_pack
from casefhir.report import Report
from casefhir.report.text import line, visible
from casefhir.source import SourceError
from casefhir.terms.names import near

_EXAMPLES = """examples:
  casefhir care case.yaml
  casefhir care case.yaml --pack consent      a pack that comes with casefhir
  casefhir care cases/ --pack ours.yaml       one of your own; docs/packs.md says how to write it
exit codes:
  0 told   1 a case has errors, or does not tell what a pack requires   2 wrong use, a pack with errors
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "care",
        help="say what a case tells of what CARE, a journal or a registry asks",
        description="Judge case files by a pack: each point reported, partly, not reported or not judged, and where.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="case files, folders of them, or - for standard input")
    parser.add_argument(
        "--pack",
        default="care",
        metavar="PACK",
        help=f"{', '.join(OURS)}, or a file (default: care, the CARE checklist)",
    )
    parser.add_argument("--all", action="store_true", help="name all places that carry a point, not the first three")
    parser.add_argument("--format", choices=["json", "text"], default="text", help="how to print (default: text)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Judge, print on standard output, and return the exit code."""
    names = case_files(arguments.files)
    if not names:
        say("casefhir care: no .yaml file in what was named")
        return WRONG_USE
    if arguments.pack == STDIN and STDIN in names:
        say("casefhir care: standard input is one file; name the pack, or the case")
        return WRONG_USE
    pack = _pack(arguments.pack)
    if isinstance(pack, int):
        return pack
    code, told = FINE, list[tuple[str, Judged]]()
    for name in names:
        one, case_code = _judged(name, pack)
        code = max(code, case_code)
        if one:
            told.append((shown(name), one))
    if arguments.format == "json":
        write(json.dumps({"files": [_json(name, one) for name, one in told]}, indent=2, ensure_ascii=False) + "\n")
    elif told:
        most = sys.maxsize if arguments.all else _SHOWN
        coloured = has_colours(sys.stdout)
        write("\n\n".join("\n".join(_text(name, one, most, coloured)) for name, one in told) + "\n")
    return code


def _pack(named: str) -> Pack | int:
    """The pack, or the exit code after what is wrong with it was said."""
    if named != STDIN and "/" not in named and "." not in named and named not in OURS and not Path(named).exists():
        meant = near(named, OURS)
        hint = f"did you mean {meant[0]}?" if meant else f"there is {', '.join(OURS)}, or name a file"
        say(f"casefhir care: no pack {named!r}; {hint}")
        return WRONG_USE
    place = str(FOLDER / f"{named}.yaml") if named in OURS else named
    try:
        pack, issues = read_pack(content(place), shown(place))
    except (SourceError, OSError) as error:
        _say_all(unreadable(place, error))
        return NOT_READABLE
    _say_all(Report(shown(place), issues))
    return pack or WRONG_USE


def _judged(name: str, pack: Pack) -> tuple[Judged | None, int]:
    """The verdicts on a case, and the exit code; of a case with errors, what they are is said."""
    case, report, code = loaded(name)
    if case is None or case.chart is None or case.has_errors:
        _say_all(report._replace(issues=[issue for issue in report.issues if issue.severity == "error"]))
        return None, code
    one = judged(pack, case.chart, case.source)
    return one, CASE_HAS_ERRORS if any(verdict.is_missing for verdict in one.verdicts) else FINE


def _say_all(report: Report) -> None:
    for issue in report.issues:
        print(line(report.file, issue, has_colours(sys.stderr)), file=sys.stderr)


_SHOWN = 3
_WIDTH = 14
_COLOURS = {"reported": "32", "partly": "33", "not reported": "31"}


def _text(name: str, one: Judged, most: int, coloured: bool) -> Iterator[str]:
    yield f"{visible(name)}: {visible(one.pack.title)}"
    for topic, verdicts in one.topics:
        yield ""
        yield visible(f"{topic.id} {topic.title}".strip())
        width = max(len(verdict.point.id) for verdict in verdicts)
        for verdict in verdicts:
            yield from _verdict(verdict, width, most, coloured)
    yield ""
    points = sum(one.counts.values())
    counts = ", ".join(f"{count} {status}" for status, count in one.counts.items())
    yield f"{points} {'point' if points == 1 else 'points'}: {counts}"


def _verdict(verdict: Verdict, width: int, most: int, coloured: bool) -> Iterator[str]:
    point, status = verdict.point, f"{verdict.status:{_WIDTH}}"
    if coloured and (colour := _COLOURS.get(verdict.status)):
        status = f"\x1b[{colour}m{status}\x1b[0m"
    required = " (required)" if verdict.is_missing else ""
    yield f"  {visible(point.id):{width}}  {status}  {visible(point.asks)}{required}"
    indent = " " * (width + _WIDTH + 6)
    if verdict.status == "not judged" and point.unseen:
        yield f"{indent}{visible(point.unseen)}"
    yield from _places(verdict.carriers, indent, most)
    if verdict.lacking:
        yield f"{indent}but not"
        yield from _places(verdict.lacking, indent, most)


def _places(carriers: Sequence[Carrier], indent: str, most: int) -> Iterator[str]:
    for carrier in carriers[:most]:
        yield f"{indent}{_place(carrier)}"
    if len(carriers) > most:
        yield f"{indent}and {len(carriers) - most} more"


def _place(carrier: Carrier) -> str:
    return visible(f"{carrier.file}:{carrier.mark.line}:{carrier.mark.column} {carrier.key}")


def _json(name: str, one: Judged) -> dict[str, Any]:
    topics = [
        {"id": topic.id or None, "title": topic.title, "points": [_json_point(verdict) for verdict in verdicts]}
        for topic, verdicts in one.topics
    ]
    return {"file": name, "pack": one.pack.id, "counts": one.counts, "topics": topics}


def _json_point(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": verdict.point.id,
        "asks": verdict.point.asks,
        "status": verdict.status,
        "required": verdict.point.required,
        "why": verdict.point.unseen if verdict.status == "not judged" else None,
        "places": list(map(_json_place, verdict.carriers)),
        "lacking": list(map(_json_place, verdict.lacking)),
    }


def _json_place(carrier: Carrier) -> dict[str, Any]:
    mark = carrier.mark
    return {
        "file": carrier.file,
        "line": mark.line,
        "column": mark.column,
        "key": carrier.key,
        "path": list(carrier.path),
    }
