"""A value of the case → every moment that is written in it, with its place."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from casefhir.model.table import Row
from casefhir.model.when import When

Path = tuple[str | int, ...]


def moments(value: Any, path: Path = ()) -> Iterator[tuple[Path, When]]:
    """Every written moment of a case, with its place."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        for name in value.model_fields_set:
            yield from moments(getattr(value, name), (*path, fields[name].alias or name))
    elif isinstance(value, Row):
        yield (*path, value.row, 0), value.moment
    elif isinstance(value, When):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from moments(item, (*path, key))
    elif type(value) is tuple:
        for position, item in enumerate(value):
            yield from moments(item, path if isinstance(item, Row) else (*path, position))
