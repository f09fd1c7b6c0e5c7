"""What does not fit the schema of a case file, in an author's words, with the nearest right form."""

import re
from decimal import Decimal
from typing import Any

from casefhir.model.grammar import GrammarError
from casefhir.model.when import Calendar, event_name, when
from casefhir.source import Path
from casefhir.terms.names import near

Schema = dict[str, Any]

VISIBLE = r"\S"
"""The pattern of a text in own words."""

_OTHER_WORDS = {
    "at": ("date",), "date": ("at",), "day": ("at", "date"), "on": ("at", "date"), "time": ("at", "date"),
    "when": ("at", "date"), "begin": ("from",), "since": ("from",), "start": ("from", "date"),
    "end": ("to",), "until": ("to",), "name": ("drug", "what"), "medication": ("drug",), "drug": ("after", "of"),
    "treatment": ("after", "of"), "amount": ("dosage", "value"), "result": ("value",), "site": ("sites",),
    "comment": ("note",), "remark": ("note",), "reason": ("why", "cause"), "gender": ("sex",),
}  # fmt: skip
"""Keys that authors write → the keys that they mean, where the mapping has such a key and it is free."""


def unknown_key(key: str, written: Schema, schema: Schema) -> str:
    """What to say of a key that a mapping cannot have."""
    known = schema["properties"]
    if meant := _meant(key, written, schema):
        return f"unknown key {key!r}; did you mean {' or '.join(map(repr, meant))}?"
    if written[key] is None and (told := cut_by_comma(key, written)):
        return told
    if written[key] is None and (glued := re.fullmatch(r"([^\s:]+):(\S.*)", key)):
        return f"{key!r} lacks a blank; write '{glued[1]}: {glued[2]}'"
    if missing := [name for name in schema.get("required", ()) if name not in written]:
        return f"unknown key {key!r}; {missing_key(missing[0], schema)}"
    return f"unknown key {key!r}; known here: {', '.join(known)}"


def _meant(key: str, written: Schema, schema: Schema) -> list[str]:
    """The known keys that an unknown one probably means."""
    known = schema["properties"]
    other = [word for word in _OTHER_WORDS.get(key.casefold(), ()) if word in known and word not in written]
    return near(key, known) or other[:1]


def missing_key(key: str, schema: Schema) -> str:
    """What to say of a key that a mapping lacks."""
    first = schema["properties"][key].get("description", "").partition("\n")[0].rstrip(".")
    return f"the key {key!r} is missing" + (f" ({first[0].lower()}{first[1:]})" if first else "")


def is_misnamed(key: str, written: Schema, schema: Schema) -> bool:
    """Whether a missing key stands there under another name, of which `unknown_key` tells."""
    unknown = [_meant(other, written, schema) for other in written if other not in schema["properties"]]
    return any(key in meant or not meant for meant in unknown)


def misnamed(path: Path) -> str:
    """What to say of an event or a test with a name that it cannot have."""
    *_, section, name = path
    if section != "events":
        return f"{name!r} is no name of a test"
    try:
        event_name(str(name))
    except GrammarError as error:
        return f"{error}{_date_inside(str(name))}"
    return f"{name!r} is too long for the name of an event: at most 64 letters"


def _date_inside(name: str) -> str:
    try:
        return f"; write e.g. visit: {{date: {name}}}" if isinstance(when(name), Calendar) else ""
    except GrammarError:
        return ""


def cut_by_comma(key: str | int, within: Any) -> str:
    """What to say of a key that is the rest of a text with a comma, inside braces; "" for any other key."""
    if not isinstance(key, str) or not isinstance(within, dict):
        return ""
    keys = list(within)
    before = within[keys[keys.index(key) - 1]] if key != keys[0] else None
    if key[0].isdecimal() and _is_number(before):
        return f"{key!r} stands here as a key, for a comma ends a value inside braces; write {before}.{key}"
    if " " in key:
        return f"{key!r} stands here as a key; inside braces, a text with a comma needs quotes"
    return ""


def mistyped(key: str | int, written: Any, types: list[str], schema: Schema, definitions: Schema) -> str:
    """What to say of a value that is a text, a list or a mapping where another is expected."""
    expected = " or ".join(_YAML[name] for name in types)
    place = f"{_shown(written)} stands where"
    if written is None:
        place = f"nothing stands under {key!r}, where" if isinstance(key, str) else "an empty item stands where"
    offer = _offer(written, types[0], schema, definitions)
    if key == "name" and isinstance(written, list):
        offer = "write an item for each name; a finding can have 'names'"
    return f"{place} {expected} is expected{offer and '; '}{offer}"


def _offer(written: Any, expected: str, schema: Schema, definitions: Schema) -> str:
    """The nearest right form of a value of the wrong type; "" where there is none."""
    single = (isinstance(written, str) and written.strip() and len(written) < 60) or _is_number(written)
    match expected:
        case "boolean":
            return {"no": "write false", "yes": "write true"}.get(str(written).casefold(), "")
        case "array" if single:
            item = _item(written, schema.get("items", {}), definitions)
            return item and f"write [{item}]"
        case "array" if isinstance(written, dict):
            return "begin each item of the list with '- '"
        case "object" if single:
            mapping = _mapping(written, schema)
            return mapping and f"write {mapping}"
        case "object" if isinstance(written, list):
            return "write its keys without '- ' and brackets"
        case "object" if written is None:
            return "write its keys below it, two blanks further in"
        case "string" if isinstance(written, list):
            return "write an item for each"
        case "string" if single and schema.get("pattern") != VISIBLE and (example := _example(schema)):
            return f"write it like {example}"
        case "string" if single:
            return f'write "{written}" in quotes'
    return ""


def _item(written: Any, items: Schema, definitions: Schema) -> str:
    definition = definitions.get(items.get("$ref", "").rpartition("/")[2])
    return _mapping(written, definition) if definition else _quoted(written)


def _mapping(written: Any, schema: Schema) -> str:
    """A value as a mapping, under the key that it most likely belongs to; "" if there is none."""
    known, required = schema.get("properties", {}), schema.get("required", ())
    first = next((key for key in (*required, "name", "date", "why") if key in known), "")
    kind = known.get(first, {}).get("type")
    if not first or kind == "object":
        return ""
    value = f"[{_quoted(written)}]" if kind == "array" else _quoted(written)
    return f"{{{', '.join([f'{first}: {value}', *(f'{key}: …' for key in required if key != first)])}}}"


def _quoted(written: Any) -> str:
    return f'"{written}"' if re.search(r"[,:{}\[\]#&*!|>'%@`\"]", str(written)) else str(written)


def _example(schema: Schema) -> str:
    found = re.search("`([^`]+)`", schema.get("description", ""))
    return found[1] if found else ""


def unfit(key: str | int, written: Any, kind: Any) -> str:
    """What to say of a value of the right type that cannot stand there; "" if another error says it."""
    match kind.name:
        case "enum" | "const":
            return _none_of(written, getattr(kind, "options", None) or [kind.expected_value])
        case "minLength" | "minItems" | "minProperties":
            return empty(key)
        case "maxLength" | "maxItems":
            return f"{_shown(written)} is too long: at most {kind.limit} letters"
        case "minimum" | "maximum":
            return f"{_shown(written)} is no number that {key!r} can have: {kind.limit} is the {kind.name}"
        case "pattern" if not str(written).strip():
            return empty(key) if written else ""
        case "pattern":
            offer = re.sub("[^a-z0-9]+", "-", written.casefold()).strip("-")
            told = f"{_shown(written)} cannot be an {key}: small letters, digits and hyphens only"
            return f"{told}; write {offer}" if offer else told
    return str(kind)


def _none_of(written: Any, options: list[Any]) -> str:
    words = [str(option) for option in options]
    if str(written) in words:
        return f"{_shown(written)} is text here; write {written} without quotes"
    begun = [word for word in words if str(written) and word.startswith(str(written).casefold())]
    meant = near(str(written), words) or (begun if len(begun) == 1 else [])
    told = f"is none of {', '.join(words)}" if len(words) > 1 else f"is not known here; write {words[0]}"
    return f"{_shown(written)} {told}" + (f"; did you mean {meant[0]!r}?" if meant else "")


def empty(key: str | int) -> str:
    """What to say of an empty text or mapping."""
    return f"{key!r} is empty; write something, or leave it out" if isinstance(key, str) else "this item is empty"


_YAML = {
    "object": "a mapping of keys",
    "array": "a list",
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "nothing",
}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case dict():
            return "a mapping of keys"
        case list():
            return "a list"
        case str():
            return repr(value if len(value) < 60 else f"{value[:57]}…")
    return str(value)
