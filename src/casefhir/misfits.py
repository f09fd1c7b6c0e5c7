"""What does not fit the schema of a case file, in an author's words, with the nearest right form."""

import re
from itertools import takewhile
from typing import Any
from unicodedata import normalize

from casefhir.misnomers import ADVICE, OTHER_VALUES, OTHER_WORDS
from casefhir.model.calendar import Calendar
from casefhir.model.event_name import event_name
from casefhir.model.grammar import GrammarError
from casefhir.model.when import when
from casefhir.offers import GLUED, OR_NOT, as_date, in_quotes, instead, is_number, is_plain
from casefhir.source import Path
from casefhir.terms.names import near

Schema = dict[str, Any]

_OF_A_DOSE = ("dose", "dosage", "amount", "frequency", "route")


def unknown_key(key: str, written: Schema, schema: Schema, path: Path, *, in_braces: bool) -> str:
    """What to say of a key that a mapping cannot have; "" if what is said of another says it all."""
    known = schema["properties"]
    section = str(path[0]) if path else ""
    if advice := _advice(key.casefold(), path):
        return f"{key!r} {advice}"
    if section == "treatments" and key.casefold() in _OF_A_DOSE and "dose" in known:
        parts = [str(value) for name, value in written.items() if name.casefold() in _OF_A_DOSE and is_plain(value)]
        return f"unknown key {key!r}; amount, frequency and route stand in 'dose': write dose: {' '.join(parts)}"
    if meant := _meant(key, written, schema):
        return f"unknown key {key!r}; did you mean {' or '.join(map(repr, meant))}?"
    if not path and (word := next(iter(OTHER_WORDS.get(key.casefold(), ())), "")) in known:
        return f"unknown key {key!r}; write what it holds under {word!r}"
    if written[key] is None and (glued := GLUED(key)):
        return f"{key!r} lacks a blank; write '{glued[1]}: {glued[2]}'"
    if written[key] is None and in_braces:
        return "" if _follows_another(key, written, known) else cut_by_comma(key, written)
    missing = [name for name in schema.get("required", ()) if name not in written]
    if missing == ["values"] and is_plain(written[key]):
        return f"{key!r} is no key here; if it is a test, write it below 'values:', two blanks further in"
    if missing:
        return f"unknown key {key!r}; {missing_key(missing[0], schema)}"
    return f"unknown key {key!r}; known here: {', '.join(known)}"


def _advice(key: str, path: Path) -> str:
    """What to do about a key that has no other name where it stands; "" of any other."""
    section = str(path[0]) if path else ""
    if len(path) == 4 and path[2] == "cells":
        return ADVICE["cells"].get(key, "")
    return ADVICE.get(section, {}).get(key, "") if len(path) in (0, 1 + (section != "patient")) else ""


def _meant(key: str, written: Schema, schema: Schema) -> list[str]:
    """The known keys that an unknown one probably means."""
    known = schema["properties"]
    other = [word for word in OTHER_WORDS.get(key.casefold(), ()) if word in known and word not in written]
    return other[:1] or near(key, known)


def missing_key(key: str, schema: Schema) -> str:
    """What to say of a key that a mapping lacks."""
    if constant := schema["properties"][key].get("const"):
        return f"the key {key!r} is missing; write {key}: {constant}"
    first = schema["properties"][key].get("description", "").partition("\n")[0].rstrip(".")
    return f"the key {key!r} is missing" + (f" ({first[0].lower()}{first[1:]})" if first else "")


def is_misnamed(key: str, written: Schema, schema: Schema) -> bool:
    """Whether a missing key stands there under another name, of which `unknown_key` tells."""
    unknown = [_meant(other, written, schema) for other in written if other not in schema["properties"]]
    return any(key in meant or not meant for meant in unknown)


def misnamed(path: Path) -> str:
    """What to say of an event or a test with a name that it cannot have."""
    *_, section, name = path
    if section == "part-of":
        return _no_id(str(name))
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
    """What to say of a key without a value inside braces: it is the rest of a text with a comma."""
    if not isinstance(key, str) or not isinstance(within, dict):
        return ""
    place = list(within).index(key)
    if not place:
        name = "date" if key[0].isdecimal() else "name"
        return f"{key!r} stands here without its key; write it like {{{name}: {key}}}"
    before, text = list(within.items())[place - 1]
    told = f"{key!r} stands here as a key, for a comma ends a value inside braces"
    if key[0].isdecimal() and is_number(text):
        return f"{told}; write {text}.{key}"
    if isinstance(text, str) or is_number(text):
        whole = ", ".join([str(text), *_rest(place, within)])
        return f"{told}; write {before}: {as_date(whole) or in_quotes(whole)}"
    return f"{told}; a text with a comma needs quotes"


def _follows_another(key: str, within: Schema, known: Schema) -> bool:
    """Whether the key before is cut off by a comma as well, so that what is said of it says all."""
    place = list(within).index(key)
    before, value = list(within.items())[place - 1]
    return place > 0 and value is None and before not in known


def _rest(place: int, within: Schema) -> list[str]:
    """The keys without a value from a place on."""
    return [key for key, _ in takewhile(lambda item: item[1] is None, list(within.items())[place:])]


def mistyped(key: str | int, written: Any, types: list[str], schema: Schema, definitions: Schema) -> str:
    """What to say of a value that is a text, a list or a mapping where another is expected."""
    expected = " or ".join(_YAML[name] for name in types)
    place = f"{_shown(written)} stands where"
    if written is None:
        place = f"nothing stands under {key!r}, where" if isinstance(key, str) else "an empty item stands where"
    offer = instead(key, written, types, schema, definitions)
    return f"{place} {expected} is expected{offer and '; '}{offer}"


def undated(event: str) -> str:
    """What to say of an event without anything behind its name."""
    return f"nothing stands under {event!r}; write {event}: {{}} if nothing is known of it, or its date below it"


def unfit(key: str | int, written: Any, kind: Any) -> str:
    """What to say of a value of the right type that cannot stand there; "" if another error says it."""
    match kind.name:
        case "enum" if written is None:
            *words, last = map(str, kind.options)
            return f"nothing stands under {key!r}; write {', '.join(words)} or {last}"
        case "enum" | "const":
            return none_of(written, getattr(kind, "options", None) or [kind.expected_value])
        case "minLength" | "minItems" | "minProperties":
            return empty(key)
        case "maxLength" | "maxItems":
            return f"{_shown(written)} is too long: at most {kind.limit} letters"
        case "minimum" | "maximum":
            return f"{_shown(written)} is no number that {key!r} can have: {kind.limit} is the {kind.name}"
        case "pattern" if not str(written).strip():
            return empty(key) if written else ""
        case "pattern":
            return _no_id(written)
    return str(kind)


def _no_id(written: str) -> str:
    offer = re.sub("[^a-z0-9]+", "-", written.casefold()).strip("-")
    told = f"{_shown(written)} cannot be an id: small letters, digits and hyphens only"
    return f"{told}; write {offer}" if offer else told


def none_of(written: Any, options: list[Any]) -> str:
    words = [str(option) for option in options]
    if str(written) in words:
        return f"{_shown(written)} is text here; write {written} without quotes"
    if (other := OTHER_VALUES.get(str(written).casefold())) in words:
        return f"{_shown(written)} is none of {', '.join(words)}; write {other}"
    begun = [word for word in words if str(written) and word.startswith(str(written).casefold())]
    meant = near(str(written), words) or (begun if len(begun) == 1 else [])
    told = f"is none of {', '.join(words)}" if len(words) > 1 else f"is not known here; write {words[0]}"
    return f"{_shown(written)} {told}" + (f"; did you mean {meant[0]!r}?" if meant else "")


def too_new(version: Any, newest: int) -> str:
    """What to say of a version of the format that is not known yet; "" of any other."""
    if not is_number(version) or version <= newest:
        return ""
    told = f"version {version} of the format is newer than this casefhir, which knows version {newest} at most"
    return f"{told}; install a newer one"


def full_width(written: Any) -> str:
    """What to say of a text with digits of East Asian print; "" for any other."""
    plain = normalize("NFKC", written) if isinstance(written, str) and _WIDE_DIGIT.search(written) else ""
    return plain and f"{_shown(written)} has full-width digits; write {plain}"


_WIDE_DIGIT = re.compile("[\uff10-\uff19]")


def empty(key: str | int) -> str:
    """What to say of an empty text or mapping."""
    return f"{key!r} is empty; write something{OR_NOT}" if isinstance(key, str) else "this item is empty"


_YAML = {
    "object": "a mapping of keys",
    "array": "a list",
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "nothing",
}


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
