"""A case file that includes others → one Source with the values of all, each found where it is written."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from casefhir.source import MAX_BYTES, Source, SourceError, read_yaml

ENDING = ".shared.yaml"
"""How the name of an included file ends, so that it is not taken for a case in a folder of cases."""

MAX_PARTS = 10
"""More files than this are refused; a series of cases shares one or two."""


def with_parts(source: Source) -> Source:
    """
    The file together with those that it includes.

    An included file holds keys of the article and nothing else. Nothing takes the place of anything: a key stands in
    one of the files only. So it says nothing where a fact is written, and moving it changes no id.

    Raises: SourceError, at its place in whichever file, for a file that cannot be included or read.
    """
    names = source.data.get("include")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return source  # the schema says so
    parts = tuple(_parts(source, names))
    article = source.data.get("article", {})
    if not parts or not isinstance(article, dict):
        return source
    for number, part in enumerate(parts):
        _refuse_twice(part, (source, *parts[:number]))
        article = article | part.data["article"]
    return replace(source, data=source.data | {"article": article}, parts=parts)


def _parts(source: Source, names: list[str]) -> Iterator[Source]:
    read = set[str]()
    for number, name in enumerate(names):
        mark = source.locate(("include", number))
        if trouble := _trouble(source, name, read):
            raise SourceError(trouble, mark, source.name)
        try:
            raw = _content(source, name)
        except OSError as error:
            told = f"{name!r} cannot be read: {error.strerror or error}"
            raise SourceError(told, mark, source.name) from None
        yield _part(read_yaml(raw, os.path.join(os.path.dirname(source.name), name)))
        read.add(_place(source, name))


def _trouble(source: Source, name: str, read: set[str]) -> str:
    """Why a file cannot be included; "" if it can."""
    if source.folder is None:
        return "only a file can include others, for their names are counted from its folder; write the keys out"
    if len(read) == MAX_PARTS:
        return f"more than {MAX_PARTS} files are included"
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        return f"{name!r} cannot be included; name a file in or below the folder of this one, with '/' and without '..'"
    if not path.name.endswith(ENDING) or path.name == ENDING:
        return f"{name!r} is no name of an included file; it ends with {ENDING}"
    if not _place(source, name).startswith(os.path.join(os.path.realpath(source.folder), "")):
        return f"{name!r} is a link that leads out of the folder of this file"
    return f"{name!r} is included twice" if _place(source, name) in read else ""


def _place(source: Source, name: str) -> str:
    """Where a file is, whichever links lead to it."""
    return os.path.realpath(os.path.join(source.folder or "", name))


def _content(source: Source, name: str) -> bytes:
    """The bytes of a file; of what is too large, one more than may be. Raises: OSError."""
    path = Path(_place(source, name))
    if path.exists() and not path.is_file():  # a pipe or a device might never end
        raise OSError("it is no file")
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _part(part: Source) -> Source:
    """An included file that holds what it may hold. Raises: SourceError."""
    for key, value in part.data.items():
        told = ""
        if key == "include":
            told = "a file that is included includes no others"
        elif key != "article":
            told = f"an included file holds the article only; write {key!r} into the case file"
        elif not isinstance(value, dict):
            told = "the keys of the article stand below 'article:', two blanks further in"
        if told:
            raise SourceError(told, part.locate((key,)), part.name)
    return part


def _refuse_twice(part: Source, others: tuple[Source, ...]) -> None:
    """A key that stands in two files. Raises: SourceError, which names both places."""
    for key in part.data["article"]:
        for other in others:
            if other.key_at(("article", key)):
                first = other.locate(("article", key))
                told = f"the key {key!r} of the article stands on line {first.line} of {other.name} too; keep one"
                raise SourceError(told, part.locate(("article", key)), part.name)
