"""Others than the patient and the family: donors, partners, contacts, and animals that a disease came from."""

from typing import Literal

from casefhir.model.base import NOTHING_WRITTEN
from casefhir.model.family import RelativeCondition
from casefhir.model.fields import Age, Text, Texts, When
from casefhir.model.findings import LabValue
from casefhir.model.record import Record


class Other(Record):
    """Somebody who matters to the case, with what the article tells of her, him or it."""

    who: Text
    """What she or he is in this case: `donor`, `blood donor`, `sexual partner`, `index case`, `cat`."""

    relation: Text | None = None
    """What she or he is to the patient besides, if the article says so: `mother`, `friend`, `unrelated`."""

    of: Texts = ()
    """What she or he gave for, or took part in: names of procedures or treatments, `kidney transplantation`."""

    sex: Literal["female", "male"] | None = None
    """If the article says it."""

    age: Age | None = None
    """How old she or he is, or was then: `34 years`."""

    deceased: When | None = None
    """When she or he died: `age 60 years`, `2010`; `unknown` if the article says only that, as of a deceased donor."""

    conditions: tuple[RelativeCondition, ...] = ()
    """What she or he has or had: `[{name: subarachnoid haemorrhage, died: true}]`."""

    values: dict[Text, LabValue] = NOTHING_WRITTEN
    """What was measured in her or him, a line each: `creatinine: 0.8 mg/dL`; no value of the patient."""

    @property
    def label(self) -> str:
        return self.who
