"""What the patient was vaccinated against."""

from casefhir.model.fields import Codes, Text, When
from casefhir.model.record import Record
from casefhir.model.when import When as AnyWhen


class Immunization(Record):
    """A vaccination, or what the article says of all of them."""

    name: Text | None = None
    """The vaccine: `BCG vaccine` …"""

    says: Text | None = None
    """… or what the article says of all vaccinations: `up to date` …"""

    none: bool = False
    """… or that there were none."""

    code: Codes = ()
    """Codes in place of those of the tables: `CVX 19`."""

    at: When | None = None
    """When it was given: `age 2 months`."""

    dose: Text | None = None
    """Which dose of a series: `second`, `2`."""

    absent: bool = False
    """The article says that this one was not given."""

    not_done: Text | None = None
    """It was not given, and why."""

    @property
    def label(self) -> str:
        return self.name or ("none" if self.none else "status")

    @property
    def moment(self) -> AnyWhen | None:
        return self.at
