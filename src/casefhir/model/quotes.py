"""A value of the case → every quote that is written in it, with its place."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

Path = tuple[str | int, ...]


def quotes(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every quote below a value; what the file leaves out is not looked at."""
    if isinstance(value, BaseModel):
        for name in value.model_fields_set:
            child = value.__dict__[name]
            if name == "quote" and child:
                yield (*path, name), child
            elif type(child) is not str:
                yield from quotes(child, (*path, name.replace("_", "-")))
    elif type(value) is tuple:
        for position, item in enumerate(value):
            if type(item) is not str:
                yield from quotes(item, (*path, position))
    elif type(value) is dict:
        for key, item in value.items():
            yield from quotes(item, (*path, key))
