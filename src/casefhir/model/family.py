"""The patient's family: who had what, who died of it, and what nobody had."""

from typing import Literal

from casefhir.model.base import NOTHING_WRITTEN, Value
from casefhir.model.fields import Age, Codes, Text, When
from casefhir.model.findings import LabValue
from casefhir.model.record import Record


class RelativeCondition(Value):
    """A disease of a member of the family."""

    name: Text
    """`colon cancer`."""

    code: Codes = ()
    """Codes in place of those of the tables."""

    onset: When | None = None
    """When it began; `age 50 years` is the age of this member."""

    died: bool | None = None
    """Whether this member died of it, if the article says so."""

    note: Text | None = None
    """What else is to be said of it."""


class Relative(Record):
    """A member of the family with what the article tells of her or him, or what nobody in the family has."""

    relation: Text | None = None
    """What she or he is to the patient: `mother`, `maternal aunt`, `first cousin`."""

    sex: Literal["female", "male"] | None = None
    """Only where the relation does not say it and the article does: of a cousin or a child."""

    age: Age | None = None
    """How old she or he is: `34 years`."""

    deceased: When | None = None
    """When she or he died: `age 60 years`, `2010`; `unknown` if the article says only that."""

    conditions: tuple[RelativeCondition, ...] = ()
    """What she or he has or had: `[{name: colon cancer, died: true}]`."""

    values: dict[Text, LabValue] = NOTHING_WRITTEN
    """What was measured in her or him, a line each: `blood lead: 48 µg/dL`; no value of the patient."""

    none: bool = False
    """The article says that nobody of the family, or not this relative, has anything, or what stands in `of`."""

    of: tuple[Text, ...] = ()
    """The diseases that `none` is about: `[cancer, epilepsy]`."""

    consanguinity: bool | None = None
    """Whether the parents are related by blood, if the article says so; how near stands in `note`."""

    @property
    def label(self) -> str:
        if self.relation:
            return self.relation
        return "none" if self.none else "consanguinity"
