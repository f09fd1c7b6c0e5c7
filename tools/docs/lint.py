"""The rules of lint → docs/lint.md."""

from collections.abc import Iterator
from pathlib import Path

from tools.docs.rules import begun, linked, summary
from tools.docs.written import WRITTEN

from casefhir.lint.rulebook import entries
from casefhir.rulebook import Entry

REFUSED = Path(__file__).parents[2] / "tests" / "lint" / "refused"

_LINT = f"""# What a server would refuse

{WRITTEN}

What `casefhir lint` can say of a bundle or a bulk file, ours or not, rule by rule; `casefhir explain` tells it too.
Each message has its line and column in the file, the place as FHIRPath has it, and what to write instead.

An error would fail, or be stored as something else than is meant.
A warning depends on what the server has or is set to.
With `--target NAME`, the limits of [one server](load.md) count as well.
"""


def lint() -> str:
    """docs/lint.md."""
    told = entries()
    return "\n".join([_LINT, *summary(told), *(part for entry in told for part in _entry(entry))])


def _entry(entry: Entry) -> Iterator[str]:
    yield from begun(entry)
    if messages := dict.fromkeys(_messages(entry.name)):
        yield "It says:\n\n```\n" + "\n".join(messages) + "\n```\n"
    if source := entry.parts.get("Source"):
        yield f"Source: {linked(source)}\n"


def _messages(rule: str) -> Iterator[str]:
    """What the files that break the rule are told, without the names of the files."""
    for report in sorted(REFUSED.glob(f"{rule}*.txt")):
        for line in report.read_text("utf-8").splitlines():
            if f"[{rule}] " in line:
                yield line.split(f"[{rule}] ")[1]
                break
