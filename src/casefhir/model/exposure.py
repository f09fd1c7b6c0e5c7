"""What got into the patient and was no treatment: an overdose, a poison, a gas, a bite."""

from typing import Literal

from casefhir.model.fields import Text
from casefhir.model.record import Named, Timed
from casefhir.model.treatment import Dose


class Exposure(Named, Timed):
    """A drug that was taken in excess or by mistake, or a poison: `verapamil`, `paraquat`, `carbon monoxide`."""

    dose: Dose | None = None
    """How much, and by which way: `9.6 g PO`, `40 tablets of 240 mg PO`, `inhaled`."""

    intent: (
        Literal["self-harm", "accidental", "assault", "therapeutic error", "recreational", "undetermined"] | None
    ) = None
    """What was meant by it, if the article says so; `undetermined` = it says that nobody knows."""

    certainty: Literal["confirmed", "unconfirmed"] = "confirmed"
    """`unconfirmed` = possible, or suspected."""

    absent: bool = False
    """Asked for and not so: no alcohol was taken with it."""

    why: Text | None = None
    """What led to it, in own words: `a quarrel`."""
