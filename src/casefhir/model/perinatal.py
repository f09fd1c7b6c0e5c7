"""Pregnancy, birth and death of the patient."""

from collections.abc import Iterator
from typing import Annotated, Any

from casefhir.model.base import NOTHING_WRITTEN, Between
from casefhir.model.fields import Gestation, Quantity, Text, Texts, When
from casefhir.model.record import Record, Timed
from casefhir.model.when import When as AnyWhen

Count = Annotated[int, Between(0, 99)]
Apgar = Annotated[int, Between(0, 10)]


class Measures(Record):
    """A record that says several things, each under a key of its own."""

    @property
    def said(self) -> Iterator[tuple[str, Any]]:
        """What it says, by the name of each."""
        for key, value in vars(self).items():
            if key not in _OF_A_RECORD and value not in (None, ()):
                yield key, value


_OF_A_RECORD = frozenset((*Timed.fields(), *Record.fields()))


class Pregnancy(Measures, Timed):
    """What is known at a moment of a pregnancy of the patient, and of those before."""

    gravida: Count | None = None
    """How many pregnancies, this one included: the 2 of `G2P1`."""

    para: Count | None = None
    """How many births: the 1 of `G2P1`."""

    abortions: Count | None = None
    """How many abortions and miscarriages."""

    living: Count | None = None
    """How many living children."""

    gestation: Gestation | None = None
    """How far the pregnancy was: `30 weeks 4 days`."""

    fetuses: Count | None = None
    """How many fetuses."""

    conception: Text | None = None
    """`natural`, `in vitro fertilisation`."""

    outcome: Text | None = None
    """How it ended: `live birth`, `stillbirth`."""


class Birth(Measures):
    """The birth of the patient."""

    at: When | None = None
    """The event or date of the birth."""

    gestation: Gestation | None = None
    """How long the pregnancy was: `36 weeks`, `39 weeks 4 days`."""

    weight: Quantity | None = None
    """`1700 g`."""

    length: Quantity | None = None
    """`44 cm`."""

    head: Quantity | None = None
    """Circumference of the head: `31 cm`."""

    mode: Text | None = None
    """`vaginal delivery`, `caesarean section`."""

    indication: tuple[Text, ...] = ()
    """Why it was delivered so."""

    apgar: dict[Text, Apgar] = NOTHING_WRITTEN
    """Apgar scores by the minute: `{1 min: 8, 5 min: 9}`."""

    adaptation: Text | None = None
    """How the newborn adapted: `good`, `ventilated for 2 days`."""

    order: Text | None = None
    """`first child`, `second twin`."""

    pregnancy: Text | None = None
    """What is said of the pregnancy: `natural`, `uneventful`."""

    @property
    def moment(self) -> AnyWhen | None:
        return self.at

    @property
    def said(self) -> Iterator[tuple[str, Any]]:
        for name, value in super().said:
            if isinstance(value, dict):
                yield from ((f"Apgar score at {minute}", score) for minute, score in value.items())
            else:
                yield name, value


class Death(Record):
    """The death of the patient."""

    at: When | None = None
    """When she or he died, as precise as the report."""

    cause: Texts = ()
    """What of: `haemorrhage`."""

    autopsy: Text | None = None
    """`not done`, or what it found."""

    @property
    def label(self) -> str:
        return "death"

    @property
    def moment(self) -> AnyWhen | None:
        return self.at
