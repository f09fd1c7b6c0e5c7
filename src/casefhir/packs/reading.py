"""A file, or the name of a pack that comes with casefhir → a Pack, or what is wrong with it."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path as FilePath
from typing import Any

import jsonschema_rs

from casefhir import misfits
from casefhir.issue import Issue
from casefhir.packs.pack import Pack, listed, pack, place, text_of
from casefhir.packs.places import UnknownStepError, schema_at
from casefhir.source import Path, Source, SourceError, read_yaml
from casefhir.terms.names import near

FOLDER = FilePath(__file__).parent

OURS = ("care", "consent", "registry")
"""The packs that come with casefhir."""


@cache
def pack_schema() -> dict[str, Any]:
    """The JSON Schema of a pack, draft-07."""
    schema: dict[str, Any] = json.loads((FOLDER / "pack.schema.json").read_text("utf-8"))
    return schema


def read_pack(raw: bytes, name: str) -> tuple[Pack | None, tuple[Issue, ...]]:
    """
    The pack that a text means, or else all that is wrong with it, in the order of the file.

    Raises: SourceError if it cannot be read as YAML.
    """
    source = _source(raw, name)
    issues = list(_shape_issues(source)) or [*_point_issues(source.data), *_place_issues(source.data)]
    placed = sorted((issue._replace(mark=source.locate(issue.path)) for issue in issues), key=lambda one: one.mark)
    return (None, tuple(placed)) if placed else (pack(source.data), ())


def _source(raw: bytes, name: str) -> Source:
    try:
        return read_yaml(raw, name)
    except SourceError as error:
        told = error.message.replace("a case file", "a pack").replace("'casefhir: 1'", "'pack: 1'")
        raise SourceError(told, error.mark, name) from None


def _shape_issues(source: Source) -> Iterator[Issue]:
    for error in jsonschema_rs.Draft7Validator(pack_schema()).iter_errors(source.data):
        path = tuple(error.instance_path)
        kind: Any = error.kind
        written, schema = _value(source.data, path), _schema_of(error)
        match kind.name:
            case "additionalProperties":
                for key in kind.unexpected:
                    yield _error("unknown-key", (*path, key), _unknown(key, schema["properties"]))
            case "required" if not misfits.is_misnamed(kind.property, written, schema):
                yield _error("missing-key", path, misfits.missing_key(kind.property, schema))
            case "required":
                continue  # it stands there under another name, which is told
            case "type":
                told = misfits.mistyped(path[-1], written, list(kind.types), schema, {})
                yield _error("type", path, told)
            case _:
                yield _error("value", path, misfits.unfit(path[-1], written, kind))


def _schema_of(error: Any) -> dict[str, Any]:
    schema: Any = pack_schema()
    for step in error.schema_path[:-1]:
        schema = schema[step]
    return dict(schema)


def _error(rule: str, path: Path, message: str) -> Issue:
    return Issue("error", f"shape.{rule}", path, message)


def _value(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _unknown(key: str, known: Any) -> str:
    """What to say of a key that is not known at its place."""
    if meant := near(key, known):
        return f"unknown key {key!r}; did you mean {' or '.join(map(repr, meant))}?"
    return f"unknown key {key!r}; known here: {', '.join(known)}"


def _point_issues(data: Any) -> Iterator[Issue]:
    """Points that could never be judged, that are judged twice, or that demand what cannot be seen."""
    seen: dict[str, Path] = {}
    for path, point in _points(data):
        id = str(point["id"])
        if id in seen:
            yield _error("value", (*path, "id"), f"a point {id!r} stands above already; give each an id of its own")
        seen[id] = path
        if not {"reported", "partly", "unseen"} & point.keys():
            told = f"nothing says when the point {id!r} is told; write 'reported', or 'unseen' with the reason"
            yield _error("missing-key", path, told)
        if point.get("required") and "reported" not in point:
            told = f"the point {id!r} is required, and nothing in a file can tell it; write 'reported'"
            yield _error("missing-key", (*path, "required"), told)
        for key in ("when", "reported", "partly"):
            yield from _form_issues((*path, key), point.get(key))


def _points(data: Any) -> Iterator[tuple[Path, dict[str, Any]]]:
    for i, topic in enumerate(data["topics"]):
        for n, point in enumerate(topic["points"]):
            yield ("topics", i, "points", n), point


def _form_issues(path: Path, written: Any) -> Iterator[Issue]:
    """A mapping is one kind of condition: `all`, `any`, or `in` with what narrows it."""
    if not isinstance(written, dict):
        return
    kinds = [key for key in ("all", "any", "in") if key in written]
    if len(kinds) != 1 or (kinds != ["in"] and len(written) > 1):
        told = f"a condition has 'in', 'all' or 'any', and only 'in' has more keys; written: {', '.join(written)}"
        yield _error("value", path, told)
    elif written.get("most", 1 << 62) < written.get("least", 1):
        told = f"nothing is at least {written.get('least', 1)} and at most {written['most']}; write a larger 'most'"
        yield _error("value", (*path, "most"), told)
    elif written.get("every") and "has" not in written:
        yield _error("missing-key", path, "'every' says that all must have the keys of 'has'; write 'has'")
    for kind in ("all", "any", *_TIMES):
        for position, inner in enumerate(written.get(kind, ())):
            yield from _form_issues((*path, kind, position), inner)


def _place_issues(data: Any) -> Iterator[Issue]:
    """Places that no case file has, and values that cannot stand there."""
    for path, point in _points(data):
        for position, text in enumerate(point.get("see", ())):
            yield from _unknown_place((*path, "see", position), text)
        for key in ("when", "reported", "partly"):
            yield from _condition_places((*path, key), point.get(key))


def _condition_places(path: Path, written: Any) -> Iterator[Issue]:
    match written:
        case str():
            yield from _unknown_place(path, written)
        case {"in": places}:
            issues = [issue for at, base in _bases(path, places) for issue in _unknown_place(at, base)]
            yield from issues or (issue for base in listed(places) for issue in _narrowing(path, written, base))
            for key in (key for key in _TIMES if key in written):
                yield from issues or _without_moments((*path, "in"), listed(places))
                for position, inner in enumerate(written[key]):
                    yield from _timed_places((*path, key, position), inner)
        case dict():
            for kind in ("all", "any"):
                for position, inner in enumerate(written.get(kind, ())):
                    yield from _condition_places((*path, kind, position), inner)


_TIMES = ("after", "before", "not-before")


def _timed_places(path: Path, written: Any) -> Iterator[Issue]:
    """What is wrong with a condition on what has moments."""
    issues = list(_condition_places(path, written))
    yield from issues
    base = written.get("in", ()) if isinstance(written, dict) else written
    if not issues:
        yield from _without_moments(path, listed(base))


def _bases(path: Path, places: Any) -> Iterator[tuple[Path, str]]:
    for position, base in enumerate(listed(places)):
        yield ((*path, "in", position) if isinstance(places, list) else (*path, "in")), base


def _narrowing(path: Path, written: dict[str, Any], base: str) -> Iterator[Issue]:
    for key in ("has", "without"):
        for position, text in enumerate(written.get(key, ())):
            yield from _unknown_place((*path, key, position), text, base)
    for name, values in written.get("where", {}).items():
        at = (*path, "where", name)
        yield from list(_unknown_place(at, name, base)) or _wrong_values(at, f"{base}.{name}", values)


def _unknown_place(path: Path, text: str, base: str = "") -> Iterator[Issue]:
    try:
        schema_at(place(f"{base}.{text}" if base else text))
    except UnknownStepError as error:
        of = f" of {'.'.join(error.above)!r}" if error.above else ""
        if not error.known:
            told = f"{'.'.join(error.above)!r} has no keys; write it without {error.step!r}"
        elif meant := near(error.step, error.known):
            told = f"unknown key {error.step!r}{of}; did you mean {' or '.join(map(repr, meant))}?"
        else:
            told = f"unknown key {error.step!r}{of}; known here: {', '.join(error.known)}"
        yield _error("unknown-key", path, told)


def _wrong_values(path: Path, text: str, values: Any) -> Iterator[Issue]:
    """Values that are none of the few that a key can have."""
    options = [text_of(option) for option in schema_at(place(text)).get("enum", ())]
    for value in listed(values):
        written = text_of(value)
        if options and written not in options:
            meant = near(written, options)
            told = f"{written!r} is none of {', '.join(options)}" + (f"; did you mean {meant[0]!r}?" if meant else "")
            yield _error("value", path, told)


def _without_moments(path: Path, places: Sequence[str]) -> Iterator[Issue]:
    """Places whose facts have no moments, so that none is before or after another."""
    for text in places:
        if "." in text or not _MOMENTS & schema_at(place(text)).get("properties", {}).keys():
            told = f"{text!r} is no section with moments; write one such as treatments or diagnoses"
            yield _error("value", path, told)


_MOMENTS = frozenset(("at", "from", "date", "diagnosed", "rows"))
"""Keys that give the facts of a section a moment."""
