"""What the article prints and the case leaves out on purpose."""

from casefhir.model.base import Value
from casefhir.model.fields import Text


class LeftOut(Value):
    """Numbers and names of the article that no fact carries, and why."""

    quote: Text | None = None
    """At most 12 printed words, `…` between the pieces: all from the first to the last is left out."""

    section: Text | None = None
    """A whole section or table in place of a quote, as the article heads it: `table 2`."""

    why: Text
    """Why it is no fact of this case: `another patient`, `a figure of the population`."""
