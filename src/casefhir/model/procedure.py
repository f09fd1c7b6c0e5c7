"""What was done to the patient: operations, transfusions, radiotherapy, ventilation, dialysis, and what was not."""

from typing import Annotated, Literal

from pydantic import Field

from casefhir.model.fields import Duration, Quantity, Site, Text
from casefhir.model.findings import ImagingFinding
from casefhir.model.record import Named, Timed


class Procedure(Named, Timed):
    """Something done to the patient: `caesarean section`, `transfusion of packed red cells`, `radiotherapy`."""

    for_: tuple[Text, ...] = ()
    """What it was done for: names of diagnoses or findings."""

    sites: tuple[Site, ...] = ()
    """Where it was done: `[left hip]`; left out where the name says it."""

    method: Text | None = None
    """How it was done: `laparoscopic`."""

    anaesthesia: Text | None = None
    """`spinal`, `general`, `local`."""

    amount: Quantity | None = None
    """How much in all: `2 units`, `50 Gy`, `1.5 L`."""

    sessions: Annotated[int, Field(ge=1)] | None = None
    """In how many sessions: `25`."""

    duration: Duration | None = None
    """How long it took or went on: `3 hours`, `5 days`."""

    devices: tuple[Text, ...] = ()
    """What was put in or used: `[double-lumen catheter]`."""

    findings: tuple[ImagingFinding, ...] = ()
    """What was seen: `[{name: perforation, sites: [appendix]}]`."""

    complications: tuple[Text, ...] | Literal["none"] = ()
    """`[haemorrhage]`; `none` only if the article says that there was none."""

    outcome: Text | None = None
    """How it went, in own words: `complete resection`."""

    continues: bool = False
    """The article says that it goes on, as a dialysis may."""

    not_done: Text | None = None
    """It was not done, and why: `refused`."""
