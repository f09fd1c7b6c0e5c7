"""What the patient does not tolerate."""

from typing import Literal

from casefhir.model.fields import Codes, Text, When
from casefhir.model.record import Record
from casefhir.model.when import When as AnyWhen


class Allergy(Record):
    """An allergy or intolerance, or the statement that there is none."""

    name: Text | None = None
    """The drug, food or other thing: `penicillin`, `peanut` …"""

    none: bool = False
    """… or that the article says that no allergy is known."""

    of: Literal["drugs", "food", "environment"] | None = None
    """What `none` is about, if the article says so: `no known drug allergy`."""

    code: Codes = ()
    """Codes in place of those of the tables."""

    kind: Literal["allergy", "intolerance"] | None = None
    """Only if the article says which of the two."""

    absent: bool = False
    """Asked for and not there: `not allergic to penicillin`."""

    status: Literal["active", "inactive", "resolved"] | None = None
    """Only if the article says how it stands."""

    reaction: tuple[Text, ...] = ()
    """What happened: `[rash, swelling of the lips]`."""

    severity: Literal["mild", "moderate", "severe"] | None = None
    """How severe the reaction was."""

    at: When | None = None
    """When it showed first: `age 2 years`."""

    @property
    def label(self) -> str:
        return self.name or ("none" if self.of is None else f"none of {self.of}")

    @property
    def moment(self) -> AnyWhen | None:
        return self.at
