"""The bytes of a case file → its text, if all of it can be seen and means the same to every reader."""

import re

from casefhir.source.mark import SourceError, mark_at

MAX_BYTES = 1_000_000
"""A case file larger than this is refused; the longest published case reports stay under 100 kB."""


def decoded(raw: bytes) -> str:
    """The text, without a byte order mark. Raises: SourceError."""
    if len(raw) > MAX_BYTES:
        raise SourceError(f"the file is too large; a case file has {MAX_BYTES:,} bytes at most")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        read = error.object[: error.start].decode("utf-8")
        message = f"byte 0x{error.object[error.start]:02X} is not UTF-8; save the file with the encoding UTF-8"
        raise SourceError(message, mark_at(read, len(read))) from None
    # No character that is refused is printable; to ask that takes a tenth of the time of the search.
    is_plain = text.replace("\n", "").isprintable()
    if not is_plain and (found := re.search(_REFUSED, text) or re.search(_LONE_RETURN, text)):
        raise SourceError(_why(found[0]), mark_at(text, found.start()))
    return text


def unseen(text: str) -> str | None:
    """What is wrong with a text written with escapes, such as "\\x00"; None if nothing is."""
    found = re.search(_REFUSED, text.replace("\t", " "))
    return _why(found[0]) if found else None


# What breaks a line only for some programs, turns the direction of reading, or cannot be seen at all.
_REFUSED = (
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\xa0\xad\u2000-\u200b\u202f\u205f\u2060\u3000]"
)
_LONE_RETURN = r"\r(?!\n)"


_COPIED = {
    "\xa0": "no-break blank", "\u202f": "narrow no-break blank", "\u3000": "full-width blank",
    "\xad": "soft hyphen", "\u200b": "zero-width blank", "\u2060": "word joiner",
} | {chr(code): "blank of another width" for code in (*range(0x2000, 0x200B), 0x205F)}  # fmt: skip


def _instead(character: str) -> str:
    return "leave it out" if character in "\xad\u200b\u2060" else "replace it by a blank"


def _why(character: str) -> str:
    name = f"U+{ord(character):04X}"
    match character:
        case "\t":
            return "a tab stands here; use blanks"
        case "\r":
            return "the line ends with a carriage return alone; save the file with the line ends LF or CRLF"
        case "\x0b" | "\x0c" | "\x85" | "\u2028" | "\u2029":
            return f"the character {name} begins a new line for some programs only; press Enter, or leave it out"
        case _ if "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069":
            return f"the character {name} turns the direction of reading, and cannot be seen; leave it out"
        case _ if told := _COPIED.get(character):
            return f"an invisible character ({told}, {name}), copied from a web page or a PDF; {_instead(character)}"
    return f"the character {name} cannot be seen and cannot stand in a case file"
