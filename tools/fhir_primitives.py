"""The primitive types of R4 as JSON Schema, stricter than the official one where that is lax."""

from __future__ import annotations

from typing import Any

_YEAR = "(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"
_LEAP = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)"
_MONTH = f"{_YEAR}-(0[1-9]|1[0-2])"
_LONG = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
_SHORT = "(0[469]|11)-(0[1-9]|[12][0-9]|30)"
_DAY = f"({_YEAR}-({_LONG}|{_SHORT}|02-(0[1-9]|1[0-9]|2[0-8]))|{_LEAP}-02-29)"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?"
_ZONE = "(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))"

_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"

_ENTITY = "&(amp|lt|gt|quot|apos);"
_LETTER = rf"[^<>&\x00-\x08\x0b\x0c\x0e-\x1f]|{_ENTITY}"
_FIRST = rf"\s*([^<>&\s\x00-\x1f]|{_ENTITY})"
_LINE = f"({_LETTER}|<br ?/>|<b>({_LETTER})*</b>)*"
_START = f"({_FIRST}|<p>{_FIRST}{_LINE}</p>)"
_DIV = rf'^<div xmlns="http://www\.w3\.org/1999/xhtml">{_START}({_LETTER}|<p>{_LINE}</p>)*</div>$'


def _text(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern}


def _whole(least: int) -> dict[str, Any]:
    whole = {"title": "is not written as a whole number", "holds": "whole"}
    return {"type": "integer", "minimum": least, "maximum": 2**31 - 1, "allOf": [whole]}


PRIMITIVES: dict[str, dict[str, Any]] = {
    "boolean": {"type": "boolean"},
    "integer": _whole(-(2**31)),
    "positiveInt": _whole(1),
    "unsignedInt": _whole(0),
    "decimal": {"type": "number"},
    # A text of blanks only is no value; the official pattern takes it.
    "string": _text(r"\S"),
    "markdown": _text(r"\S"),
    "code": _text(r"^\S+( \S+)*$"),
    "id": _text(r"^[A-Za-z0-9.-]{1,64}$"),
    # The gate looks for an id that a resource has twice; no schema can.
    "element-id": {"type": "string", "minLength": 1, "format": "element-id"},
    # The engine knows this pattern and runs no regex for it, as it would for `^\S+$`.
    "uri": {**_text(r"^\S*$"), "minLength": 1},
    "absolute": {
        "type": "string",
        "title": "is no absolute URI",
        "allOf": [{"pattern": r"^\S*$"}, {"pattern": "^[a-z][a-z0-9+.-]*:"}],
    },
    "url": {**_text(r"^\S*$"), "minLength": 1},
    "canonical": {**_text(r"^\S*$"), "minLength": 1},
    "oid": _text(r"^urn:oid:[0-2](\.(0|[1-9][0-9]*))+$"),
    "uuid": _text(f"^urn:uuid:{_UUID}$"),
    # In lower case: servers compare text. A URL would have to end in `Type/id`: the gate looks.
    "fullUrl": _text(rf"^(urn:uuid:{_UUID}|https?://\S+)$"),
    "base64Binary": _text(r"^(\s*([0-9a-zA-Z+/=]){4}\s*)+$"),
    # The official patterns take 2021-02-30; these know the months and the leap years.
    "date": _text(f"^({_YEAR}|{_MONTH}|{_DAY})$"),
    "dateTime": _text(f"^({_YEAR}|{_MONTH}|{_DAY}(T{_TIME}{_ZONE})?)$"),
    "instant": _text(f"^{_DAY}T{_TIME}{_ZONE}$"),
    "time": _text(f"^{_TIME}$"),
    # Plain narratives pass by their form; for all others the gate asks an XML parser.
    "xhtml": {"type": "string", "anyOf": [{"pattern": _DIV}, {"format": "xhtml"}]},
}
