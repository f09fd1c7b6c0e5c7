"""Passages → their phrases with `of`, each under the name that says the same: `CT of the head` under `head CT`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from casefhir.evidence.index import Searched, words
from casefhir.terms import Table


def phrases(parts: Iterable[Searched]) -> Mapping[str, set[str]]:
    """A name, as `words` has it → the phrases with `of` that say it, as they are printed."""
    found: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        lines = part.words.strip("\x01\n").split("\n")
        for at in (at for at, word in enumerate(lines) if word == "of"):
            for what, where, printed in _around(lines, at):
                for name in _names(what, where):
                    found["\n".join(("", *name, ""))].add("\n".join(("", *printed, "")))
    return found


def named(name: str, sites: Table[Any, Any]) -> Iterator[str]:
    """
    A name as `phrases` has it, without `of`, and with the other word for its site.

    `kidney biopsy` of `biopsy of the kidney` and of `renal biopsy`.
    """
    what, of, where = words(name).partition("\nof\n")
    lines = [*_bare(where.split("\n")), *what.split("\n")] if of else what.split("\n")
    own = [line for line in lines if line]
    yield "\n".join(("", *own, ""))
    for at, word in enumerate(own):
        if other := sites.canonical(word):
            yield "\n".join(("", *own[:at], words(other).strip("\n"), *own[at + 1 :], ""))


def _around(lines: Sequence[str], at: int) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """The words before an `of` and behind it, as many as may belong to it, and all as they are printed."""
    behind = _bare(lines[at + 1 :])
    skipped = len(lines) - at - 1 - len(behind)
    for before in range(1, min(at, _MOST_BEFORE) + 1):
        for after in range(1, min(len(behind), _MOST_BEHIND) + 1):
            yield lines[at - before : at], behind[:after], lines[at - before : at + 1 + skipped + after]


def _names(what: Sequence[str], where: Sequence[str]) -> Iterator[Sequence[str]]:
    """The place before all of it, `left knee MRI scan`, or before its last word, `contrast-enhanced head CT`."""
    for kind in (what, what[:-1]) if what[-1] == "scan" and len(what) > 1 else (what,):
        yield (*where, *kind)
        if len(kind) > 1:
            yield (*kind[:-1], *where, kind[-1])


def _bare(lines: Sequence[str]) -> Sequence[str]:
    return lines[1:] if lines and lines[0] in _BEFORE_SITE else lines


_MOST_BEFORE, _MOST_BEHIND = 4, 3
_BEFORE_SITE = frozenset("the his her their its".split())
