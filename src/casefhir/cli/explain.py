"""casefhir explain: what a rule says, why, and what to write instead."""

import argparse
import re
import sys
from collections.abc import Iterator
from textwrap import fill

from casefhir.cli.exits import FINE, WRONG_USE
from casefhir.cli.output import has_colours, say, write
from casefhir.rulebook import Entry, entries, plain
from casefhir.terms.names import near

_EXAMPLES = """examples:
  casefhir explain                       all rules, a line each
  casefhir explain units.impossible-value
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "explain",
        help="say what a rule is about, and what to do",
        description="Say what a rule of `casefhir check` or `casefhir lint` is about, why, and what to write instead.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("rule", nargs="?", metavar="RULE", help="as messages have it: units.impossible-value")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the page of a rule, or all rules."""
    told = {entry.name: entry for entry in all_rules()}
    if arguments.rule is None:
        write("\n".join(_list(list(told.values()))) + "\n")
        return FINE
    name = _name(arguments.rule)
    if name not in told:
        like = near(name, told) or [other for other in told if name in other.split(".")]
        hint = f"did you mean {' or '.join(like)}?" if like else "casefhir explain lists them all"
        say(f"casefhir explain: no rule {name!r}; {hint}")
        return WRONG_USE
    write("\n\n".join(_page(told[name], has_colours(sys.stdout))) + "\n")
    return FINE


def all_rules() -> list[Entry]:
    """Those of `casefhir check`, then those of `casefhir lint`."""
    from casefhir.lint import rulebook as lint

    return [*entries(), *lint.entries()]


def _name(written: str) -> str:
    """The name in what is copied from a message: `warning[units.unknown]`."""
    found = re.search(r"\[([^\]]*)\]?", written)
    return (found[1] if found else written).strip().lower()


def _list(told: list[Entry]) -> Iterator[str]:
    width = max(len(entry.name) for entry in told)
    return (f"{entry.name:{width}}  {entry.severity:11}  {plain(entry.summary)}" for entry in told)


def _page(entry: Entry, coloured: bool) -> Iterator[str]:
    name = f"\x1b[1m{entry.name}\x1b[0m" if coloured else entry.name
    yield f"{name} ({entry.severity})"
    yield "\n\n".join(fill(plain(part), 88) for part in entry.told.split("\n\n"))
    if entry.why:
        yield fill(plain(entry.why), 88)
    examples = [f"  {label.lower() + ':':5} {entry.parts[label]}" for label in ("Bad", "Good") if label in entry.parts]
    if examples:
        yield "\n".join(examples)
    if source := entry.parts.get("Source"):
        yield f"Source: {source}"
