"""A case file to begin with: the short one of `form.yaml`, or every section, from the schema and `examples.yaml`."""

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from casefhir.schema import enforced_schema
from casefhir.source import read_yaml

_HEAD = """\
## A case file of casefhir, to begin with.
## Fill in what stands empty, and take the first '# ' away from each line that the article says something about.
## `casefhir check` says what is still missing; docs/format.md of casefhir tells of every key.
"""


def starter(id: str = "") -> str:
    """
    The facts that most articles have, to be filled in from top to bottom.

    A value stands empty, so that `check` refuses it until it is written or its line is gone. A blank follows the
    colon already, so that what is written at the end of the line is well written.
    """
    form = _file("form.yaml").replace(": _\n", ": \n")
    return form.replace("\nid: \n", f"\nid: {_as_text(id)}\n") if id else form


def full_starter(id: str = "") -> str:
    """
    Every section in the order of the schema: what it is for, and an example of it as a comment.

    The keys that a case cannot do without stand there empty, so that `check` refuses them until they are filled.
    A line begins with `##` if it says what a section is for; so all the others can be uncommented at once.
    """
    examples = dict(_blocks(_file("examples.yaml"), indentation=""))
    parts = [_HEAD]
    for name, section in enforced_schema()["properties"].items():
        parts.append(f"\n## {_told(section)}\n")
        if name in enforced_schema()["required"]:
            parts.append(_needed(name, section, examples[name], id))
        else:
            parts.append(_commented(examples[name]) if name in examples else f"## {name}:\n")
    return "".join(parts)


def is_id(text: str) -> bool:
    """Whether a text may be the id of a case."""
    known = enforced_schema()["properties"]["id"]
    return len(text) <= known["maxLength"] and bool(re.search(known["pattern"], text)) and text.isprintable()


def _file(name: str) -> str:
    return files("casefhir.starter").joinpath(name).read_text(encoding="utf-8")


def _needed(name: str, section: dict[str, Any], example: str, id: str) -> str:
    if "const" in section:
        return f"{name}: {section['const']}\n"
    if "allOf" not in section:
        return f"{name}: {_as_text(id)}\n" if id else _blank(example, section)
    model = enforced_schema()["definitions"][section["allOf"][0]["$ref"].rpartition("/")[2]]
    keys = [
        _blank(text, model["properties"][key]) if key in model["required"] else _commented(text, "  ")
        for key, text in _blocks(example.partition("\n")[2], "  ")
    ]
    return f"{name}:\n{''.join(keys)}"


def _blank(example: str, field: dict[str, Any]) -> str:
    """A key without its value, and behind it what may be filled in."""
    key, _, value = example.rstrip().partition(": ")
    words = field.get("enum", ())
    told = f": {', '.join(words[:-1])} or {words[-1]}" if words else f", e.g. {value}"
    return f"{key}:  # fill in{told}\n"


def _as_text(id: str) -> str:
    """An id in quotes if it would be read as another thing than text: `2021`, `true`."""
    return id if read_yaml(f"id: {id}".encode()).data["id"] == id else f'"{id}"'


def _blocks(text: str, indentation: str) -> Iterator[tuple[str, str]]:
    """The keys of a mapping that is written line by line, each with its lines."""
    for block in re.split(rf"^(?={indentation}[a-z])", text, flags=re.MULTILINE):
        if key := re.match(rf"{indentation}([a-z-]+):", block):
            yield key[1], block


def _commented(text: str, indentation: str = "") -> str:
    return re.sub(f"^{indentation}(?=.)", f"{indentation}# ", text, flags=re.MULTILINE)


def _told(section: dict[str, Any]) -> str:
    """The first sentence or two of a description: its first line."""
    return str(section["description"]).partition("\n")[0]
