"""
The text of a TSV of this folder → what a server takes, each line with its source.

A line has five cells: the rule, its value, whether casefhir ran it against that server (`run`) or read it (`not run`),
the page that says so, and words for what the value leaves open. `RULES` says what each rule means.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

Ids = Literal["any", "letter", "server"]
Order = Literal["any", "given"]

RULES: Mapping[str, str] = {
    "title": "what the server is called",
    "base": "the service base URL; what has a `$` is the user's own",
    "login": "what curl needs to be let in",
    "transaction": "whether it stores a bundle whole or not at all",
    "batch": "whether it stores the entries of a bundle one by one",
    "entries": "how many entries a bundle may have",
    "bytes": "how many bytes a bundle may have",
    "resource-bytes": "how many bytes one resource may have",
    "updates": "how many entries of a transaction may be a PUT",
    "conditional-entries": "how many entries a transaction may have if one of them is conditional",
    "ids": "whose ids it stores: `any`, any with a `letter`, or only those that the `server` gives",
    "order": "whether it takes entries in the order `given`, so that what is referred to has to come first",
    "integrity": "whether it refuses a reference to what it does not have",
    "types": "the types of resources that can be created; without this line, all of R4",
}
"""The rules, and what the value of each says."""


class Line(NamedTuple):
    """One line of a target: a rule, and who says so."""

    rule: str
    value: str
    run: bool
    """Whether a test of casefhir saw the server do so; else the source says it."""
    source: str
    words: str


class Target(NamedTuple):
    """What a server takes. A limit that is None is none, or none that its vendor tells."""

    name: str
    lines: Mapping[str, Line]
    """By rule, in the order of the file."""
    title: str
    base: str
    login: str = ""
    transaction: bool = False
    batch: bool = False
    entries: int | None = None
    bytes: int | None = None
    resource_bytes: int | None = None
    updates: int | None = None
    conditional_entries: int | None = None
    ids: Ids = "any"
    order: Order = "any"
    integrity: bool = False
    types: frozenset[str] | None = None
    """None: every type of R4."""

    def holds(self, type: str) -> bool:
        """Whether a resource of a type can be created."""
        return self.types is None or type in self.types


def read(name: str, text: str) -> Target:
    """A target as its file has it. Raises: ValueError, with the line that is wrong."""
    header, *rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    if header.split("\t") != list(_HEADER):
        raise ValueError(f"{name}: the header is not {' '.join(_HEADER)}")
    lines = [_line(name, row) for row in rows]
    values: dict[str, Any] = {line.rule.replace("-", "_"): _VALUES.get(line.rule, str)(line.value) for line in lines}
    return Target(name, {line.rule: line for line in lines}, **values)


def _line(name: str, row: str) -> Line:
    cells = row.split("\t")
    if len(cells) != len(_HEADER) or cells[0] not in RULES or cells[2] not in _RUN:
        raise ValueError(f"{name}: not a line of a target: {row!r}")
    return Line(cells[0], cells[1], _RUN[cells[2]], cells[3], cells[4])


def _one_of(*words: str) -> Callable[[str], str]:
    def chosen(text: str) -> str:
        if text not in words:
            raise ValueError(f"{text!r} is none of {', '.join(words)}")
        return text

    return chosen


def _is_yes(text: str) -> bool:
    return _one_of("yes", "no")(text) == "yes"


_HEADER = ("rule", "value", "run", "source", "words")
_RUN = {"run": True, "not run": False}
_VALUES: Mapping[str, Callable[[str], Any]] = {
    "transaction": _is_yes,
    "batch": _is_yes,
    "integrity": _is_yes,
    "entries": int,
    "bytes": int,
    "resource-bytes": int,
    "updates": int,
    "conditional-entries": int,
    "ids": _one_of("any", "letter", "server"),
    "order": _one_of("any", "given"),
    "types": lambda text: frozenset(text.split("|")),
}
