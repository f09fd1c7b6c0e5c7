"""Text → refusal of what lets a YAML file say something else than it seems to."""

import re
from collections.abc import Iterator
from typing import Any

from yaml import YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs have it and do not say so
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, StreamEndEvent

from casefhir.source.mark import Mark, SourceError, mark_at

MAX_DEPTH = 100
"""Deeper nesting than this is refused: libyaml's composer recurses and would overflow the stack."""

TOO_DEEP = f"lists and mappings stand more than {MAX_DEPTH} deep in each other here"


def refuse_indirection(text: str) -> None:
    """
    Refuse directives, anchors, aliases, tags and deep nesting before libyaml composes nodes.

    Composing follows aliases (a bomb of them fills the memory) and recurses on the C stack.
    Raises: SourceError.
    """
    if directive := _DIRECTIVE.match(text):
        message = "a line that begins with '%' is a YAML directive; leave it out"
        raise SourceError(message, mark_at(text, directive.end() - 1))
    if _may_be_deep(text) or (any(sign in text for sign in "&*!") and re.search(_MAYBE_INDIRECT, text)):
        for event in _events(text):
            _refuse_event(event)


# Only where the characters before may let one begin; if there is one, the events of the parser are asked.
_MAYBE_INDIRECT = r"[&*!](?:(?<=[\s\[{,:?].)|(?<=^.))"
_DIRECTIVE = re.compile(r"(?:[ ]*(?:#[^\n]*)?\r?\n)*%")

# A thread of macOS has 512 kB of stack: enough for composing twice this depth.
_SAFE_DEPTH = 1_000


def _may_be_deep(text: str) -> bool:
    """Each level of nesting needs a bracket, or an indentation and with it a longer line."""
    brackets = text.count("[") + text.count("{")
    return brackets + max(map(len, text.split("\n"))) > _SAFE_DEPTH


def _events(text: str) -> Iterator[Any]:
    depth = 0
    parser = CParser(text)
    try:
        while not isinstance(event := parser.get_event(), StreamEndEvent):
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise SourceError(TOO_DEEP, _mark(event))
            yield event
    except YAMLError as error:
        from casefhir.source.complaint import in_words  # only for what cannot be read

        raise in_words(error, text) from None


def _refuse_event(event: Any) -> None:
    if isinstance(event, AliasEvent):
        raise SourceError(f"'*{event.anchor}' is a YAML alias; {_OUT}", _mark(event))
    if getattr(event, "anchor", None):
        raise SourceError(f"'&{event.anchor}' is a YAML anchor; {_OUT}", _mark(event))
    if getattr(event, "tag", None):
        raise SourceError(f"'{event.tag}' is a YAML tag; {_OUT}", _mark(event))


_OUT = "leave it out, or write it in quotes if it is text"


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)
