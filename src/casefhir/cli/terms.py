"""casefhir terms: what the tables of names and codes have."""

import argparse
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from casefhir.cli.exits import CASE_HAS_ERRORS, FINE
from casefhir.cli.output import has_colours, write
from casefhir.report.text import visible
from casefhir.terms import terms
from casefhir.terms.search import PLACES, Entry, Hit, search

_EXAMPLES = """examples:
  casefhir terms CRP
  casefhir terms joint ultra                 words may be begun
  casefhir terms 1988-5                      a code
  casefhir terms --table drugs tocilizumab
exit codes:
  0 it is there   1 it is not, or only names like it
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "terms",
        help="look up names and codes in the tables",
        description="Look up a name, a few words or a code in the tables: what to write, and which codes it brings.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("words", nargs="+", metavar="SEARCH", help="a name in any spelling, begun words, or a code")
    parser.add_argument("--table", choices=sorted(PLACES), help="look in one table only")
    parser.add_argument("--limit", type=_count, default=12, metavar="N", help="show so many at most (default: 12)")
    parser.add_argument("--format", choices=["json", "text"], default="text", help="how to print (default: text)")
    parser.set_defaults(run=run)


def _count(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"{written!r} is no number from 1")
    return int(written)


def run(arguments: argparse.Namespace) -> int:
    """Print what is found; like grep, the exit code says whether anything is."""
    asked = " ".join(arguments.words)
    hits = search(asked, terms(), [arguments.table] if arguments.table else PLACES)
    is_there = any(hit.match != "near" for hit in hits)
    shown = hits[: arguments.limit]
    if arguments.format == "json":
        write(_json(asked, shown, len(hits)))
    else:
        write("\n".join(_text(asked, shown, len(hits), has_colours(sys.stdout))) + "\n")
    return FINE if is_there else CASE_HAS_ERRORS


def _text(asked: str, hits: list[Hit], count: int, coloured: bool) -> Iterator[str]:
    if not hits or hits[0].match == "near":
        yield (
            f"no table has {visible(asked)!r}; in a case file it stays text,"
            " or has codes of your own, such as code: SNOMED 386661006"
        )
    if hits and hits[0].match == "near":
        yield "names like it:"
    for hit in hits:
        yield f"{_bold(hit.name) if coloured else hit.name}: table {hit.table}, for {PLACES[hit.table]}"
        if hit.also:
            yield f"  also {', '.join(hit.also)}"
        for entry in hit.entries:
            yield f"  {_entry(entry)}"
        if not any(entry.code for entry in hit.entries):
            yield "  no code, so it stays text"
    if count > len(hits):
        yield f"{count - len(hits)} more; add a word, or --table, or --limit {count}"


def _bold(name: str) -> str:
    return f"\x1b[1m{name}\x1b[0m"


def _entry(entry: Entry) -> str:
    code = f"{entry.system} {entry.code}" if entry.code else ""
    named = f'{code} "{entry.display}"' if entry.display else code
    unit = f"in {entry.unit}" if entry.unit else ""
    return ", ".join(filter(None, (named, unit, _bounds(entry))))


def _bounds(entry: Entry) -> str:
    """The values that can be: a generous bound, and no reference range."""
    low = f"from {entry.low}" if entry.low is not None else ""
    high = f"to {entry.high}" if entry.high is not None else ""
    return " ".join(filter(None, ("possible" if low or high else "", low, high)))


def _json(asked: str, hits: list[Hit], count: int) -> str:
    found = [
        {
            "table": hit.table,
            "name": hit.name,
            "match": hit.match,
            "also": hit.also,
            "codes": [{key: _plain(value) for key, value in entry._asdict().items()} for entry in hit.entries],
        }
        for hit in hits
    ]
    return json.dumps({"search": asked, "count": count, "hits": found}, indent=2, ensure_ascii=False) + "\n"


def _plain(value: Any) -> Any:
    """JSON without empty texts, and numbers with a point as such."""
    return float(value) if isinstance(value, Decimal) else value or None
