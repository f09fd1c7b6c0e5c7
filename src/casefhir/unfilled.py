"""What is said of values that stand empty → once for each item of a section, as an author fills in a form."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from casefhir.issue import Issue
from casefhir.source import Path


def together(issues: Iterable[Issue], data: Any) -> Iterator[Issue]:
    """
    The issues, with those about empty values of one item as one, at its first.

    Where words are to choose from, an empty value keeps an issue of its own, which names them.
    """
    of_item: dict[Path, list[Issue]] = defaultdict(list)
    for issue in issues:
        if len(issue.path) > 2 and isinstance(issue.path[1], int) and _stands_empty(issue, data):
            of_item[issue.path[:2]].append(issue)
        else:
            yield issue
    for place, empty in of_item.items():
        keys = _joined([f"{issue.path[-1]!r}" for issue in empty])
        if len(empty) == len([*_to_write(_value(place, data))]):
            yield empty[0]._replace(message=f"this item is not filled in; write {keys}, or delete it")
        elif len(empty) > 1:
            yield empty[0]._replace(message=f"nothing stands under {keys}; write them, or delete their lines")
        else:
            yield empty[0]


def _stands_empty(issue: Issue, data: Any) -> bool:
    value = _value(issue.path, data)
    return issue.rule == "shape.type" if value is None else value in ("", []) and isinstance(issue.path[-1], str)


def _value(path: Path, data: Any) -> Any:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else data[step]
    return data


def _to_write(value: Any) -> Iterator[Any]:
    """The values of an item without `true`, which stands in the form already."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _to_write(inner)
    elif value is not True:
        yield value


def _joined(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
