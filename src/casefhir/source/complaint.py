"""libyaml's complaint → the same in an author's words, at the place that the author can mend."""

from typing import Any

from yaml import YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs have it and do not say so
from yaml.events import CollectionEndEvent, CollectionStartEvent, StreamEndEvent

from casefhir.source.mark import Mark, SourceError
from casefhir.source.slips import CURLY, Complaint, slip


def in_words(error: YAMLError, text: str) -> SourceError:
    """
    What libyaml cannot read, and where. A quotation mark that is not closed, or a bracket by the end of its line, is
    reported where it opens.

    Source: the complaints of libyaml 0.2.5 — https://github.com/yaml/libyaml/tree/0.2.5/src
    """
    problem: str = getattr(error, "problem", None) or str(error)
    mark: Any = getattr(error, "problem_mark", None)
    opened: Any = getattr(error, "context_mark", None)
    if mark is None:
        return SourceError(problem)
    if found := slip(text, Complaint(problem, mark.line, mark.column, opened and (opened.line, opened.column))):
        if curly := CURLY.search(text.split("\n")[found.line]):
            return SourceError(NO_QUOTES, Mark(found.line + 1, curly.start() + 1))
        return SourceError(found.message, Mark(found.line + 1, found.column + 1))
    if problem in _SIGNS and opened:
        mark = opened
    if problem in _QUOTES or (problem in _BRACKETS and opened.line < mark.line):
        return SourceError(_PROBLEMS[problem], _place(opened))
    if "directive" in str(getattr(error, "context", "")):
        return SourceError(_DIRECTIVE, _place(opened))
    written = text[mark.index :].partition("\n")[0]
    if not written and (bracket := _open_bracket(text)):
        return SourceError(f"{text[bracket.index]!r} opens here and is not closed", _place(bracket))
    message = _message(problem, written)
    if problem in _TEXT_SIGNS:
        message = f"a text that begins with {written[0]!r} needs quotes: write {_quoted(written)}"
    if problem == "block sequence entries are not allowed in this context" and written.strip() == "-":
        message = "'-' is no value; leave the line out, or write not measured for a test that was not done"
    if opened and opened.line < mark.line and problem in _OF_A_BLOCK:
        message += f" (the block begins on line {opened.line + 1})"
    return SourceError(message, _place(mark))


def _quoted(written: str) -> str:
    text = written.rstrip()
    return f"'{text}'" if '"' in text else f'"{text}"'


def _place(mark: Any) -> Mark:
    return Mark(mark.line + 1, mark.column + 1)


def _open_bracket(text: str) -> Any:
    """Where the innermost bracket opens that a text does not close; None if there is none."""
    parser, opened = CParser(text), list[Any]()
    try:
        while not isinstance(event := parser.get_event(), StreamEndEvent):
            if isinstance(event, CollectionStartEvent):
                opened.append(event)
            elif isinstance(event, CollectionEndEvent):
                opened.pop()
    except YAMLError:
        pass
    return opened[-1].start_mark if opened and opened[-1].flow_style else None


def _message(problem: str, written: str) -> str:
    first = written[:1]
    match problem:
        case "found character that cannot start any token":
            return f"a text cannot begin with {first!r}; put it in quotes"
        case "did not find expected node content" if first:
            return f"{first!r} stands where a value is expected; a text that begins with it needs quotes"
        case "did not find expected <document start>" if first in ("]", "}"):
            return f"{first!r} closes nothing"
    return _PROBLEMS.get(problem, problem)


NO_QUOTES = '“ ” are no quotation marks for YAML; write "…"'

_QUOTES = {
    "found unexpected end of stream": "a quotation mark opens here and is not closed",
    "found unexpected document indicator": "a quotation mark opens here and is not closed",
}
_BRACKETS = {
    "did not find expected ',' or ']'": "a ',' or the closing ']' of this list is missing",
    "did not find expected ',' or '}'": "a ',' or the closing '}' is missing; a text with a comma needs quotes",
}
_OF_A_BLOCK = {
    "did not find expected key": "this does not fit the block; check indentation, quotes and brackets",
    "did not find expected '-' indicator": "a list item begins with '- ', in the column of the list",
}
_DIRECTIVE = "a line that begins with '%' is a YAML directive; a text that begins with it needs quotes"
_NAME = "'&', '*' and '!' begin a YAML anchor, alias or tag; a text that begins with them needs quotes"
_ESCAPE = r"a '\' in double quotes begins an escape, and this is none; write '\\' for it, or use single quotes"
_TEXT_SIGNS = dict.fromkeys(
    ("did not find expected comment or line break", "found an indentation indicator equal to 0"),
    "a text that begins with '>' or '|' needs quotes",
)
_NAMES = dict.fromkeys(
    (
        "did not find expected alphabetic or numeric character",
        "did not find expected whitespace or line break",
        "did not find the expected '>'",
        "did not find expected '!'",
        "did not find expected tag URI",
        "did not find URI escaped octet",
        "found an incorrect leading UTF-8 octet",
        "found an incorrect trailing UTF-8 octet",
        "found undefined tag handle",
    ),
    _NAME,
)
_SIGNS = (*_TEXT_SIGNS, *_NAMES)
"""Complaints of a text that begins with a sign of YAML; they are reported where it begins."""

_PROBLEMS = {
    **_QUOTES,
    **_BRACKETS,
    **_OF_A_BLOCK,
    "mapping values are not allowed in this context": "a ': ' too many, or the line before lacks its ':'; a text "
    "with ': ' in it needs quotes",
    "found unexpected ':'": "a blank follows a ':'; a text with ':' in it needs quotes",
    "could not find expected ':'": "a ':' is missing after the key",
    "did not find expected node content": "a value is missing here",
    **_TEXT_SIGNS,
    "but found another document": "a second document ('---') begins here; a file holds one case",
    "did not find expected <document start>": "this line is indented less than the first line of the file, or the "
    "line before ends the document",
    "block sequence entries are not allowed in this context": "a list item ('- ') begins on a line of "
    "its own; a '-' that is text needs quotes",
    "mapping keys are not allowed in this context": "a text that begins with '?' needs quotes",
    "found unknown escape character": _ESCAPE,
    "did not find expected hexdecimal number": _ESCAPE,
    "found invalid Unicode character escape code": _ESCAPE,
    **_NAMES,
}
