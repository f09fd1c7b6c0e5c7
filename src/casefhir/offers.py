"""A value of the wrong kind → the nearest right form, as an author would write it."""

import re
from decimal import Decimal
from typing import Any

from casefhir.model.grammar import GrammarError
from casefhir.model.result import result
from casefhir.model.site import places
from casefhir.model.when import when
from casefhir.terms import terms

Schema = dict[str, Any]

VISIBLE = r"\S"
"""The pattern of a text in own words."""

OR_NOT = ", or leave it out"
"""What is said of an empty value that need not be written at all."""

GLUED = re.compile(r"([^\s:：]+)[:：](\S.*)").fullmatch


def instead(key: str | int, written: Any, types: list[str], schema: Schema, definitions: Schema) -> str:
    """What to write where one of some types is expected; "" where nothing is near."""
    if key == "name" and isinstance(written, list):
        return f"write an item for each name; a finding can have names: [{', '.join(map(_quoted, written))}]"
    if key == "drug" and isinstance(written, list) and len(written) > 1 and all(map(is_plain, written)):
        return _of_several_drugs(written)
    if key == "values" and (line := _test(written)):
        return f"write '{line}'"
    if types == ["array"] and isinstance(written, str) and len(several := _several(key, written)) > 1:
        return f"write [{', '.join(map(_quoted, several))}]"
    return _offer(written, "string" if "string" in types else types[0], schema, definitions)


def _of_several_drugs(drugs: list[Any]) -> str:
    """What to write for a list of drugs under one course."""
    each = ", ".join(f"- drug: {_quoted(drug)}" for drug in drugs)
    one = " / ".join(map(str, drugs))
    return f"write an item for each: {each}, with the same 'regimen' if they have one; one product of them is {one}"


def _offer(written: Any, expected: str, schema: Schema, definitions: Schema) -> str:
    """The nearest right form of a value of the wrong type; "" where there is none."""
    single = (isinstance(written, str) and written.strip() and len(written) < 60) or is_number(written)
    match expected:
        case _ if written is None and expected != "object":
            return f"write it{OR_NOT}"
        case "boolean":
            word = {"no": "false", "yes": "true"}.get(str(written).casefold(), str(written).casefold())
            return f"write {word}" if word in ("true", "false") else ""
        case "array" if single:
            items = _items(written, schema.get("items", {}), definitions)
            return items and f"write [{items}]"
        case "array" if isinstance(written, dict) and "values" in _definition(schema, definitions).get("required", ()):
            return "write an item for each moment: '- at: …', and below it 'values:' with a line for each test"
        case "array" if isinstance(written, dict):
            return "begin each item of the list with '- '"
        case "object" if single and (glued := GLUED(str(written))) and glued[1] in schema.get("properties", ()):
            return f"a blank is missing; write '{glued[1]}: {glued[2]}'"
        case "object" if written is True and "why" in schema.get("properties", ()):
            return "write {why: [the reason]}, or {} if none is told"
        case "object" if single:
            mapping = _mapping(written, schema)
            return mapping and f"write {mapping}"
        case "object" if isinstance(written, list):
            return "write its keys without '- ' and brackets"
        case "object" if written is None:
            return "write its keys below it, two blanks further in, or leave the line out"
        case "string":
            return _text(written, schema)
    return ""


def _text(written: Any, schema: Schema) -> str:
    """The nearest right form of what stands where a text is expected."""
    match written:
        case dict() if len(written) == 1 and is_plain(*written.values()):
            ((before, after),) = written.items()
            return f"a text with ': ' in it needs quotes: {in_quotes(f'{before}: {after}')}"
        case [text] if is_plain(text):
            return f"write {_quoted(text)}"
        case list():
            return "write an item for each"
        case _ if not is_number(written):
            return ""
    example = _example(schema) if schema.get("pattern") != VISIBLE else ""
    return (
        f"write it like {re.sub('[0-9]+', str(written), example, count=1)}"
        if example
        else f'write "{written}" in quotes'
    )


def is_plain(value: Any) -> bool:
    return isinstance(value, str) or is_number(value)


def _definition(schema: Schema, definitions: Schema) -> Schema:
    """What the items of a list are made of; empty where they are texts."""
    found: Schema = definitions.get(schema.get("items", {}).get("$ref", "").rpartition("/")[2], {})
    return found


def _items(written: Any, items: Schema, definitions: Schema) -> str:
    """A text as the items of a list: one, or those that commas part."""
    definition = _definition({"items": items}, definitions)
    if not definition:
        return _quoted(written)
    if "none" in definition["properties"] and str(written).casefold() in ("none", "no", "nil"):
        return "{none: true}"
    several = [part.strip() for part in str(written).split(",")]
    mappings = [_mapping(part, definition) for part in (several if all(several) else [written])]
    return ", ".join(mappings) if all(mappings) else ""


def _test(written: Any) -> str:
    """A test and its result without the colon or the blank between them, `CRP 96 mg/L`, as a line; "" for others."""
    found = re.fullmatch(r"(.*?[^\s:：=])\s*(?:[:：=]|\s)\s*((?:[<>≤≥]\s*)?[0-9].*)", str(written))
    if not found or not isinstance(written, str):
        return ""
    try:
        result(found[2])
    except GrammarError:
        return ""
    return f"{found[1]}: {found[2]}"


def as_date(written: str) -> str:
    """The date that a text says in another form, `January 9, 2021`; "" for any other text."""
    try:
        when(written)
    except GrammarError as error:
        found = re.search(r"is not a date; write ([0-9-]+)$", str(error))
        return found[1] if found else ""
    return ""


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


def _several(key: str | int, written: str) -> list[str]:
    """The items that a text joins, where a list of names is asked for: `fever, rash and pain`; else none."""
    if key == "sites":
        return places(written) if " or " not in written else []
    if key not in _OF_NAMES or terms().diagnoses.get(written) or terms().findings.get(written):
        return []
    return [part for part in map(str.strip, re.split(r"[,;&]|(?<![\w-])and(?![\w-])", written)) if part]


_OF_NAMES = ("names", "for", "keywords")


def in_quotes(text: str) -> str:
    return f"'{text}'" if '"' in text else f'"{text}"'


def is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
