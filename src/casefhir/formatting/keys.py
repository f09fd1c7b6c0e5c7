"""Keys that are misspelt, where only one key of the format can be meant."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic_core import ValidationError

from casefhir.edit import Edit
from casefhir.misnomers import ADVICE, OTHER_WORDS
from casefhir.model.base import Value
from casefhir.model.case import Case
from casefhir.model.engine import field_reader
from casefhir.refusals import UnknownKey, unknown_keys
from casefhir.schema import enforced_schema, shape_errors
from casefhir.source import Source
from casefhir.terms.names import is_typo, near, spelled


def keys(source: Source) -> Iterator[Edit]:
    """Edits after which the keys that can mean only one other are that one."""
    unknown_ones = unknown_keys(shape_errors(source), source.data, enforced_schema())
    meant = {unknown.path: name for unknown in unknown_ones if (name := _meant(unknown))}
    times = Counter((*path[:-1], name) for path, name in meant.items())
    for path, name in meant.items():
        key = source.key_at(path)
        if key is None or times[(*path[:-1], name)] > 1:
            continue
        quotes = len(key.style or "")
        start, end = key.start_mark.index + quotes, key.end_mark.index - quotes
        if source.text[start:end] == path[-1]:  # not one that is written with escapes
            yield Edit(start, end, name)


def _meant(unknown: UnknownKey) -> str:
    """
    The one key that an unknown key is a misspelling of; "" if that is not certain.

    It is certain of a key with one slip that no other key of the whole format is as near to, that is no other word
    which authors write, and whose value can be that of the key.
    """
    key = str(unknown.path[-1])
    value = unknown.written[key]
    same = [name for name in unknown.known if spelled(name) == spelled(key)]
    if value is None or (key.casefold() in _OTHERS and not same):
        return ""
    nearest = same or near(key, _all_keys())
    if len(nearest) != 1 or nearest[0] not in unknown.known or nearest[0] in unknown.written:
        return ""
    name = nearest[0]
    is_slip = bool(same) or is_typo(key, name) or _has_its_letters(key, name)
    return name if is_slip and _fits(unknown.model, name, value) else ""


_OTHERS = {*OTHER_WORDS, *(word for words in ADVICE.values() for word in words)}


def _has_its_letters(key: str, name: str) -> bool:
    """Whether letters of a short word are swapped or doubled: `naem`, `notte`."""
    return len(name) >= 4 and set(spelled(key)) == set(spelled(name)) and abs(len(key) - len(name)) <= 1


@cache
def _all_keys() -> tuple[str, ...]:
    """Every key of the format; one that is known elsewhere is no misspelling."""
    models = (enforced_schema(), *enforced_schema()["definitions"].values())
    return tuple(dict.fromkeys(key for model in models for key in model.get("properties", ())))


def _fits(model: str, key: str, value: Any) -> bool:
    """Whether a value can stand under a key, apart from what is wrong inside a mapping or a list of them."""
    meant = _models()[model]
    field = next(name for name, field in meant.fields().items() if field.key == key)
    try:
        field_reader(meant, field).validate_python(value)
    except ValidationError as error:
        return all(details["loc"] for details in error.errors(include_url=False))
    return True


@cache
def _models() -> dict[str, type[Value]]:
    models, found = [Value], dict[str, type[Value]]()
    while models:
        model = models.pop()
        found[model.__name__] = model
        models += model.__subclasses__()
    assert Case.__name__ in found
    return found
