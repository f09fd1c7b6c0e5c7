"""How the patient lives: smoking, drinking, work, journeys."""

from typing import Literal

from casefhir.model.fields import Quantity, Text
from casefhir.model.record import Named, Timed


class Habit(Named, Timed):
    """A habit or a circumstance of life: `tobacco smoking`, `occupation`, `travel`."""

    value: Quantity | None = None
    """How much: `20 pack-years`, `10 cigarettes/day`."""

    says: Text | None = None
    """What the article says of it, in own words: `farmer`."""

    status: Literal["current", "former", "never"] | None = None
    """Whether it goes on, if the article says so."""

    absent: bool = False
    """Asked for and not so: `no alcohol use`."""
