"""A place that libyaml cannot read → the slip of the author that most likely made it so, and where that is."""

import re
from typing import NamedTuple

_KEY = re.compile(r"""( *(?:- +)*)([^\s\-\[{"'#&*!|>%@`][^:#]*?):(?= |$)""").match
_GLUED = re.compile(r"""( *(?:- +)*)([A-Za-z][\w -]*)([:：])(?!//)(\S.*?) *$""").match
_DASH = re.compile(r" *(-([^\W\d_][^:]*:.*?)) *$").match
_ITEM = re.compile(" *- ").match
CURLY = re.compile("[“”„‟]")
_WIDE = str.maketrans("，：［］｛｝", ",:[]{}")
_WIDE_SIGN = re.compile("[，：［］｛｝]")


class Slip(NamedTuple):
    """A slip, and its place; line and column count from 0."""

    message: str
    line: int
    column: int


class Complaint(NamedTuple):
    """What libyaml says of a text: what its trouble is, where, and where that began; line and column from 0."""

    problem: str
    line: int
    column: int
    began: tuple[int, int] | None


def slip(text: str, complaint: Complaint) -> Slip | None:
    """The slip that a complaint is about; None if it is none of those that are known."""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    problem, line, column, began = complaint
    match problem:
        case "mapping values are not allowed in this context":
            return _colon_in_a_value(lines, line, column) or _above(lines, line)
        case "could not find expected ':'" if began:
            return _without_colon(lines, began[0])
        case "did not find expected key" | "did not find expected '-' indicator":
            if lines[line][:column].strip():
                return _behind(lines[line], line, column)
            return _dash(lines[line], line) or _indentation(lines, line)
        case "did not find expected ',' or '}'" | "did not find expected ',' or ']'" if began:
            return _in_brackets(lines, complaint)
    return None


def _colon_in_a_value(lines: list[str], line: int, column: int) -> Slip | None:
    key = _KEY(lines[line])
    value = lines[line][key.end() + 1 :].strip() if key and key.end() <= column else ""
    if limits := re.search(r"(?i)\((?:n|normal|ref|reference|range)(?: range| value)?s?\.?: *([^)]*)\)", value):
        return Slip(f"{limits[0]!r} has a ': ' in it; write (normal {limits[1]})", line, column)
    if value.startswith("(") and value.endswith(")"):
        return Slip(f"{_short(value)!r} stands in round brackets; write {{{_short(value)[1:-1]}}}", line, column)
    return Slip(f"{_in_quotes(value)} has a ': ' in it; put it in quotes", line, column) if value else None


def _above(lines: list[str], line: int) -> Slip | None:
    """A slip in the line above one whose ':' cannot be."""
    above = _line_above(lines, line)
    if above < 0:
        return None
    if found := _dash(lines[above], above):
        return found
    if not _KEY(lines[above]) and (_GLUED(lines[above]) or not _goes_on(lines, above)):
        return _without_colon(lines, above)
    return _indentation(lines, line)


def _without_colon(lines: list[str], line: int) -> Slip:
    written = lines[line]
    start = len(written) - len(written.lstrip(" -"))
    if glued := _GLUED(written):
        _, key, colon, value = glued.groups()
        wrong = f"{key}:{value}"
        wrong = f"{wrong!r} lacks a blank after the ':'" if colon == ":" else f"{colon!r} is a full-width sign"
        return Slip(f"{wrong}; write '{key}: {value}'", line, start if colon == ":" else glued.start(3))
    return Slip(
        "this line has no ':' after its key; a text that goes on here is indented further than its key", line, start
    )


def _goes_on(lines: list[str], line: int) -> bool:
    """Whether a line goes on with the text above it: it is no item, and indented further than the key there."""
    above = _line_above(lines, line)
    key = _KEY(lines[above]) if above >= 0 else None
    return bool(key and not _ITEM(lines[line]) and _indent(lines[line]) > len(key[1]))


def _dash(written: str, line: int) -> Slip | None:
    if found := _DASH(written):
        return Slip(f"{found[1]!r} lacks a blank after '-'; write '- {found[2]}'", line, found.start(1))
    return None


def _indentation(lines: list[str], line: int) -> Slip | None:
    """A line that stands beside no other: the nearest that it may belong to."""
    indent, is_item = _indent(lines[line]), bool(_ITEM(lines[line]))
    beside = [place for place in _open(lines, line) if place[2] == is_item and place[0] != indent]
    if not (is_item or _KEY(lines[line])) or not beside:
        return None
    column, above, _ = min(beside, key=lambda place: (abs(place[0] - indent), -place[0]))
    key = _KEY(lines[above])
    other = "the item" if is_item or not key else repr(key[2])
    wanted = f"by {column}" if column else "not at all"
    told = (
        f"this line is indented by {_blanks(indent)}; to stand beside {other} of line {above + 1}, indent it {wanted}"
    )
    if not is_item and any(place[2] and place[0] == indent for place in _open(lines, line)):
        told += ", or begin a new item with '- '"
    return Slip(told, line, indent)


def _open(lines: list[str], line: int) -> list[tuple[int, int, bool]]:
    """The columns in which keys and items begin, in the section above a line: column, line, and whether of an item."""
    found: list[tuple[int, int, bool]] = []
    lowest = max(_indent(lines[line]), 1) + 8
    for number in range(line - 1, max(-1, line - 500), -1):
        written = lines[number]
        if not written.strip() or written.lstrip().startswith("#"):
            continue
        indent, key = _indent(written), _KEY(written)
        if indent <= lowest and _ITEM(written):
            found.append((indent, number, True))
        if key and len(key[1]) <= lowest:
            found.append((len(key[1]), number, False))
        lowest = min(lowest, indent)
        if not indent and key:
            break
    return found


def _behind(written: str, line: int, column: int) -> Slip | None:
    """Something behind a value that has ended: a bracket too many, or text behind a quotation mark."""
    if written[column : column + 1] in ("]", "}"):
        return Slip(f"{written[column]!r} is one too many; nothing is open here", line, column)
    return _ended_quote(written, line, column, written.rstrip())


def _ended_quote(written: str, line: int, column: int, value_until: str) -> Slip | None:
    """Text behind a quotation mark that was meant to stand inside the text."""
    before = written[:column].rstrip()
    mark = before[-1:]
    opening = re.search(rf"(?:^|[\s\[{{,]){mark}(?=[^{mark}]*{mark}$)", before) if mark in ("'", '"') else None
    if not opening:
        return None
    value = value_until[opening.end() - 1 :]
    inner = value[1:-1] if value.endswith(mark) and len(value) > 1 else value if mark == '"' else value[1:]
    other = '"' if mark == "'" else "'"
    how = "" if other in inner or "\\" in inner or mark not in value[1:] else f"; write {other}{inner}{other}"
    sign = "an apostrophe" if mark == "'" else f"a {mark}"
    return Slip(f"{sign} ends a text in {mark}…{mark}{how}", line, column)


def _in_brackets(lines: list[str], complaint: Complaint) -> Slip | None:
    _, line, column, began = complaint
    written = lines[line] if line < len(lines) else ""
    if wide := _WIDE_SIGN.search(written[:column]):
        return Slip(f"{wide[0]!r} is a full-width sign; write {wide[0].translate(_WIDE)!r}", line, wide.start())
    following = re.match(r"([\w-]+): ", written[column:])
    if following and written[:column].strip():
        return Slip(f"a ',' is missing before {following[1]!r}", line, column)
    if written[column : column + 1] == ":" and (found := _colon_in_braces(written, line, column)):
        return found
    if written[column : column + 1] in ("]", "}"):
        return Slip(f"{written[column]!r} closes nothing here", line, column)
    rest = re.match(r"""[^\[\]{},]*['"](?= *(?:[,\]}]|$))""", written[column:])
    if found := _ended_quote(written, line, column, written[: column + (rest.end() if rest else 0)]):
        return found
    assert began
    return _comment_in_brackets(lines, began[0], line)


def _colon_in_braces(written: str, line: int, column: int) -> Slip | None:
    value = re.search(r": ([^\[\]{},]+)$", written[:column])
    if not value:
        return None
    rest = re.match(r"[^\[\]{},]*", written[column:])
    whole = value[1].lstrip() + (rest[0].rstrip() if rest else "")
    comma = re.fullmatch(".+ ([a-z-]+)", value[1].strip())
    or_comma = f", or a comma before {comma[1]!r}" if comma else ""
    return Slip(f"{_in_quotes(whole)} has a ': ' in it; put it in quotes{or_comma}", line, column)


def _comment_in_brackets(lines: list[str], first: int, last: int) -> Slip | None:
    for number in range(first, min(last + 1, len(lines))):
        found = re.search(" #", lines[number])
        if found and re.search(r"[\]}]", lines[number][found.end() :]):
            hidden = lines[number][found.end() - 1 :]
            told = f"{_short(hidden)!r} is read as a comment, for a '#' follows a blank; put the text in quotes"
            return Slip(told, number, found.end() - 1)
    return None


def _in_quotes(value: str) -> str:
    return f'"{_short(value)}"' if '"' not in value else f"'{_short(value)}'"


def _short(value: str) -> str:
    return value if len(value) < 60 else f"{value[:57]}…"


def _blanks(count: int) -> str:
    return f"{count} blank" if count == 1 else f"{count} blanks"


def _indent(written: str) -> int:
    return len(written) - len(written.lstrip(" "))


def _line_above(lines: list[str], line: int) -> int:
    """The line above that is neither empty nor a comment; -1 if there is none."""
    filled = (n for n in range(min(line, len(lines)) - 1, -1, -1) if lines[n].strip() and lines[n].lstrip()[0] != "#")
    return next(filled, -1)
