"""A value of the case → every moment that is written in it, with its place."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from casefhir.model.table import Row
from casefhir.model.when import When

Path = tuple[str | int, ...]


def moments(value: Any, path: Path = ()) -> Iterator[tuple[Path, When]]:
    """Every written moment below a value; what the file leaves out is not looked at."""
    if isinstance(value, BaseModel):
        for name in value.model_fields_set:
            child = value.__dict__[name]
            if type(child) is not str:
                yield from moments(child, (*path, _alias(name)))
    elif isinstance(value, When):
        yield path, value
    elif isinstance(value, Row):
        yield (*path, value.row, 0), value.moment
    elif type(value) is tuple:
        for position, item in enumerate(value):
            if type(item) is not str:
                yield from moments(item, path if isinstance(item, Row) else (*path, position))
    elif type(value) is dict:
        for key, item in value.items():
            yield from moments(item, (*path, key))


def _alias(name: str) -> str:
    return name.rstrip("_").replace("_", "-")
