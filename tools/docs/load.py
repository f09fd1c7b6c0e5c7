"""The targets → docs/load.md."""

from collections.abc import Iterator

from tools.docs.written import WRITTEN

from casefhir.targets import NAMES, target
from casefhir.targets.table import RULES, Line, Target


def load() -> str:
    """docs/load.md."""
    targets = [target(name) for name in NAMES]
    parts = (part for server in targets for part in _section(server))
    return "\n".join([_LOAD, *_summary(targets), *parts, *_rules()])


_LOAD = f"""# Load a case into a server

{WRITTEN}

`casefhir export case.yaml --target NAME` writes what a server takes, and curl gives it to the server.
Post to the base of the server, never to `/Bundle`: there the bundle is stored as one document, and nothing is created.
`casefhir push case.yaml --server URL` does both, and asks the server what it takes.

Posted twice, every resource is there twice; with ids of the case's own (`--ids put`), loading twice changes nothing.

Each line says where it is from: *run* if a test of casefhir saw it, *not run* if the documents or the source of the
server say it.
Numbers are those that a server has as it comes; who runs it may change them.

A server answers a transaction with a bundle of type `transaction-response`: for each entry `201 Created` and where it
stands, or `200 OK` for what was there before.
If it refuses one entry, it answers with an OperationOutcome and stores nothing
([FHIR R4](https://hl7.org/fhir/R4/http.html#transaction-response)).
`casefhir lint FILE --target NAME` tells [what it would refuse](lint.md) of any bundle.
"""

SEEN = {
    "hapi": """Seen on HAPI FHIR 8.6.0, in `tests/conformance/test_targets.py`:

- A case in several bundles loads in the order of the names; loaded again, nothing is there twice.
- A later part alone is refused (HAPI-1094), for it names what it does not have.
- A bundle posted to `/Bundle` is stored in one piece; a collection posted to the base is refused.
- A reference `Patient/p1` to what is posted in the same bundle is refused (HAPI-1094); one to its fullUrl is resolved.
"""
}
"""What tests saw of a server, beyond the lines of its table."""


def _summary(targets: list[Target]) -> Iterator[str]:
    yield "| server | `--target` | in one bundle | whose ids |"
    yield "|---|---|---|---|"
    for server in targets:
        yield f"| [{server.title}](#{_anchor(server)}) | `{server.name}` | {_in_one(server)} | {_IDS[server.ids]} |"
    yield ""


_IDS = {"any": "the server's or the case's", "letter": "the server's or the case's", "server": "the server's"}


def _in_one(server: Target) -> str:
    if not server.transaction:
        return "takes no bundles"
    limits = [f"{server.entries} entries" if server.entries else "", _size(server.bytes) if server.bytes else ""]
    return ", ".join(filter(None, limits)) or "no limit told"


def _size(count: int) -> str:
    for unit, factor in (("MiB", 2**20), ("MB", 10**6)):
        if count % factor == 0:
            return f"{count // factor} {unit}"
    return f"{count} bytes"


def _title(server: Target) -> str:
    return (
        f"Load a case into {server.title[0].lower() + server.title[1:] if server.name == 'generic' else server.title}"
    )


def _anchor(server: Target) -> str:
    return "".join(c for c in _title(server).lower() if c.isalnum() or c in " -").replace(" ", "-")


def _section(server: Target) -> Iterator[str]:
    yield f"## {_title(server)}\n"
    if words := server.lines["title"].words:
        yield f"{server.title}: {words}.\n"
    yield from _by_hand(server) if server.transaction else _one_by_one(server)
    if server.name in SEEN:
        yield SEEN[server.name]
    yield "| rule | value | | what it says | |"
    yield "|---|---|---|---|---|"
    yield from (_row(line) for rule, line in server.lines.items() if rule not in ("title", "login"))
    yield ""


def _by_hand(server: Target) -> Iterator[str]:
    yield f"```sh\ncasefhir export case.yaml --target {server.name}\n{_curl(server, 'case.fhir-r4.json')}\n```\n"
    if server.entries:
        yield f"A case of more than {server.entries} entries becomes several bundles, posted in the order of names:\n"
        yield f"```sh\nfor part in case.fhir-r4/*.json; do\n  {_curl(server, '$part')}\ndone\n```\n"


def _curl(server: Target, file: str) -> str:
    login = f"{server.login} " if server.login else ""
    return f"curl {login}-H 'Content-Type: application/fhir+json' --data-binary @{file} \"{server.base}\""


def _one_by_one(server: Target) -> Iterator[str]:
    yield "It takes one resource a request and gives each its id, which the next has to name: no one line does that,"
    yield "and `casefhir push` does."
    yield f"`casefhir export case.yaml --target {server.name}` writes bulk files, and tells what stays out.\n"


def _row(line: Line) -> str:
    value = f"{len(line.value.split('|'))} types" if line.rule == "types" else f"`{line.value}`"
    run = "run" if line.run else "not run"
    return f"| `{line.rule}` | {value} | {run} | {line.words} | [source]({line.source}) |"


def _rules() -> Iterator[str]:
    yield "## What the rules mean\n"
    yield "| rule | what its value says |"
    yield "|---|---|"
    yield from (f"| `{rule}` | {words} |" for rule, words in RULES.items() if rule not in ("title", "login"))
    yield ""
