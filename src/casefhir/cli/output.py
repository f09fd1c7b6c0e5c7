"""Where commands write: documents and reports on standard output, messages on standard error."""

import errno
import os
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from typing import TextIO

from casefhir.report.text import visible


def say(message: str) -> None:
    """One line on standard error."""
    print(visible(message), file=sys.stderr)


def write(content: bytes | str) -> None:
    """A document or a report on standard output, all of it. Raises: OSError."""
    if not isinstance(sys.stdout, TextIOWrapper):
        raise OSError(errno.EBADF, "standard output is closed")
    if isinstance(content, str):
        content = content.encode(sys.stdout.encoding, "backslashreplace")
    sys.stdout.flush()
    rest = memoryview(content)
    while rest:  # with PYTHONUNBUFFERED=1, a pipe takes only what fits into it
        rest = rest[sys.stdout.buffer.write(rest) :]


def has_colours(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal that shows colours, and the user wants them (https://no-color.org)."""
    is_terminal = stream is not None and stream.isatty()
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def standard_streams() -> Iterator[TextIOWrapper]:
    """Standard output and error, as far as they are open."""
    yield from (stream for stream in (sys.stdout, sys.stderr) if isinstance(stream, TextIOWrapper))
