"""
A Markdown document → its examples, and what casefhir says of them.

| fence      | what it is                                                                                      |
|------------|-------------------------------------------------------------------------------------------------|
| `yaml`     | a case, or sections that take the place of those of the last case above; checked and exported,  |
|            | without fault if no `text` or `console` follows                                                 |
| `text`     | what the block above it gives: the report of a case, or what Python prints                      |
| `json`     | part of one resource of the bundle of the case above; an object may leave members out           |
| `python`   | run, in the folder where the cases of the document lie that begin with `# NAME.yaml`            |
| `console`  | run in that folder by a shell; `…` in the output stands for anything                            |
| others     | not run                                                                                         |

A table whose first column has the name of a grammar is read by it, word by word; one with the first column
`not a date` says in its second what casefhir answers. In a table with the first column `grammar`, each line is
read by the grammar that it begins with.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import casefhir
from casefhir.model import age, code, dosage, duration, quantity, reaction, result, site, when
from casefhir.model.grammar import GrammarError
from casefhir.report.text import line

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "schema/README.md", ROOT / "cases/README.md")
)
GRAMMARS = {
    "age": age.age,
    "code": code.code,
    "date": when.when,
    "dose": dosage.dosage,
    "duration": duration.duration,
    "quantity": quantity.quantity,
    "reaction": reaction.reaction,
    "result": result.result,
    "site": site.site,
}
"""Name of a grammar, as the first column of a table has it → its parser."""


class Block(NamedTuple):
    """A fenced block of a document."""

    document: str
    line: int
    language: str
    text: str
    shown: str | None
    """What the document shows as its output; None if nothing."""
    place: tuple[int, int]
    """Where that stands in the document."""
    case: str
    """The last whole case above it, or itself."""
    next: str
    """The language of the following block; "" for the last one."""

    @property
    def source(self) -> str:
        """The block as a case file: what it lacks comes from the last case above it."""
        if self.text == self.case:
            return self.text
        own = {name for name, _ in _sections(self.text)}
        return self.text + "".join(body for name, body in _sections(self.case) if name not in own)


def _sections(text: str) -> list[tuple[str, str]]:
    """The sections of a case, by name; each with its lines."""
    parts = re.split(r"^(?=[a-z-]+:)", text, flags=re.MULTILINE)
    return [(part.partition(":")[0], part) for part in parts if re.match("[a-z-]+:", part)]


def blocks(document: str) -> Iterator[Block]:
    """The fenced blocks of a document, in its order."""
    text, case = (ROOT / document).read_text("utf-8"), ""
    found = list(re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    for fence, following in zip(found, [*found[1:], None], strict=False):
        language, body = fence.groups()
        if language == "yaml" and re.search("^casefhir:", body, re.MULTILINE):
            case = body
        output = following if following and following[1] == "text" else None
        shown, place = (output[2], output.span(2)) if output else (None, (0, 0))
        at = text.count("\n", 0, fence.start()) + 1
        yield Block(document, at, language, body, shown, place, case, following[1] if following else "")


def rows(document: str) -> Iterator[tuple[str, list[str]]]:
    """Every row of a table, with the name of the table's first column."""
    head: list[str] | None = None
    for written in (ROOT / document).read_text("utf-8").splitlines():
        if not written.startswith("|"):
            head = None
            continue
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", written)[1:-1]]
        if head is None:
            head = cells
        elif not set(written) <= set("|-: "):
            yield head[0], cells


def spans(cell: str) -> list[str]:
    """The texts in backticks of a cell."""
    return [found.replace("\\|", "|") for found in re.findall("`([^`]+)`", cell)]


def report(block: Block) -> str:
    """What `casefhir check` says of a case, without the sum."""
    try:
        loaded = casefhir.load(block.source.encode())
    except casefhir.SourceError as error:
        return f"case.yaml:{error.mark.line}:{error.mark.column}: error[source.unreadable] {error.message}\n"
    return "".join(f"{line('case.yaml', issue)}\n" for issue in loaded.issues)


def readable(head: str, cells: list[str]) -> Iterator[tuple[str, str]]:
    """The examples of grammars that a row of a table has, each with the name of its grammar."""
    if head in GRAMMARS:
        yield from ((head, text) for text in spans(cells[0]))
    elif head == "grammar":
        name = re.sub(r"\[(.+)\]\(.+\)", r"\1", cells[0])
        yield from ((name, text) for text in spans(cells[1]))


def refusal(head: str, cells: list[str]) -> tuple[str, str] | None:
    """The message that a row of a table `not a …` shows, and the one that casefhir gives; None for another row."""
    if not (head.startswith("not a") and head.split()[-1] in GRAMMARS):
        return None
    (written,), (shown,) = spans(cells[0]), spans(cells[1])
    try:
        GRAMMARS[head.split()[-1]](written)
    except GrammarError as error:
        return shown, str(error)
    return shown, "this is read"


def lay_out(folder: Path) -> None:
    """Write the cases that begin with `# NAME.yaml`, articles with `<!-- NAME.md -->`, and a `casefhir` to run."""
    for document in DOCUMENTS:
        for block in blocks(document):
            if name := re.match(r"(?:# (?=\S+\.yaml\n)|<!-- (?=\S+\.md))(\S+)", block.text):
                (folder / name[1]).write_text(block.text, "utf-8")
    command = folder / ".bin" / "casefhir"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m casefhir "$@"\n')
    command.chmod(0o755)


def shell(command: str, folder: Path) -> str:
    """What a command prints that is run in a folder that was laid out."""
    environment = os.environ | {
        "PATH": os.pathsep.join([str(folder / ".bin"), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "COLUMNS": "80",
    }
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.stdout.decode()


def commands(block: Block) -> list[tuple[str, str]]:
    """The commands of a `console` block, each with what it is shown to print."""
    return re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE)


def refreshed(document: str, folder: Path) -> str:
    """The document with the reports and refusals that it shows as casefhir gives them now."""
    text = (ROOT / document).read_text("utf-8")
    for block in reversed(list(blocks(document))):
        if block.language == "yaml" and block.shown is not None:
            start, end = block.place
            text = text[:start] + report(block) + text[end:]
        elif block.language == "console" and "…" not in block.text:
            printed = "".join(f"$ {command}\n{shell(command, folder)}" for command, _ in commands(block))
            text = text.replace(block.text, printed)
    for head, cells in rows(document):
        if said := refusal(head, cells):
            text = text.replace(f"| `{said[0]}` |", f"| `{said[1]}` |")
    return text
