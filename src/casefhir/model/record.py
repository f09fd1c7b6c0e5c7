"""What all records share: something that was, or was done, with its name, its moment and who says so."""

from typing import Self

from casefhir.model.base import Value
from casefhir.model.fields import Codes, Conflict, Identifier, Text, When
from casefhir.model.when import When as AnyWhen


class Record(Value):
    """Something that was, or was done: it becomes resources of its own."""

    id: Identifier | None = None
    """A key of the author's own, which stays when name or date change."""

    quote: Text | None = None
    """At most 12 printed words, `…` between the pieces: `"CRP … 146.00 g/L"`."""

    note: Text | None = None
    """What else is to be said, in own words."""

    conflict: Conflict | None = None
    """What another place of the article says instead."""

    @property
    def label(self) -> str:
        """The name that tells this record from the others of its section; empty where the section has no names."""
        return ""

    @property
    def moment(self) -> AnyWhen | None:
        """When it was, or began; None where the article does not say."""
        return None

    @property
    def stated(self) -> Self:
        """What states it in the file: the record itself."""
        return self


class Named(Record):
    """A record with a name, which the built-in tables turn into codes."""

    name: Text
    """What it is called; a name that the tables know brings its codes."""

    code: Codes = ()
    """Codes in place of those of the tables: `LOINC 1988-5`."""

    @property
    def label(self) -> str:
        return self.name


class Timed(Record):
    """A record with a moment (`at`) or a stretch of time (`from`, `to`)."""

    at: When | None = None
    """The moment: an event, a date, or a distance to one: `admission`, `2020-06`, `admission + 2 days`."""

    from_: When | None = None
    """When it began."""

    to: When | None = None
    """When it ended; `unknown` = it ended and nobody says when."""

    @property
    def moment(self) -> AnyWhen | None:
        return self.at or self.from_ or self.to

    @property
    def begun(self) -> AnyWhen | None:
        """When it was, or began."""
        return self.from_ or self.at
