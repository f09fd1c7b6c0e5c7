"""The docstring of a function → what it tells, and its parts."""

import inspect
import re
from collections.abc import Callable
from typing import Any

WRITTEN = "<!-- Written by tools/make_docs.py from the docstrings in src/casefhir; change those, then `make docs`. -->"
"""What stands at the top of a page that is not written by hand."""


def docstring(function: Callable[..., Any]) -> tuple[str, dict[str, str]]:
    """What a docstring tells, and its parts by their labels."""
    text = inspect.cleandoc(function.__doc__ or "")
    told, *labelled = re.split(r"(?:^|(?<=[.] ))(Why|Bad|Good|Source|Raises|Unit):", text, flags=re.MULTILINE)
    values = (" ".join(value.split()) for value in labelled[1::2])
    return told.strip(), dict(zip(labelled[::2], values, strict=True))
