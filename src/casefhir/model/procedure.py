"""What was done to the patient: operations, transfusions, radiotherapy, ventilation, dialysis, and what was not."""

from typing import Annotated, Literal

from casefhir.model.base import NOTHING_WRITTEN, Between, ShortName
from casefhir.model.fields import Codes, Duration, Quantity, Site, Text
from casefhir.model.findings import ImagingFinding
from casefhir.model.record import Named, Timed
from casefhir.model.treatment import Reasons


class Device(ShortName):
    """Something that was put in or used: `double-lumen catheter`, or a mapping when there is more to say."""

    name: Text
    """What it is: `mechanical mitral valve`."""

    code: Codes = ()
    """Codes in place of none: `SNOMED CT 705991002`."""

    size: Quantity | None = None
    """`27 mm`, `3 x 18 mm`, `6 Fr`."""

    maker: Text | None = None
    """Who made it, as the article prints it."""

    model: Text | None = None
    """The name or number of the model."""

    @property
    def text(self) -> str:
        more = ", ".join(filter(None, (self.size.text if self.size else None, self.model, self.maker)))
        return f"{self.name} ({more})" if more else self.name


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

    sessions: Annotated[int, Between(1)] | None = None
    """In how many sessions: `25`."""

    duration: Duration | None = None
    """How long it took or went on: `3 hours`, `5 days`."""

    blood_loss: Quantity | None = None
    """How much blood was lost: `about 300 mL`."""

    target: dict[Text, Quantity] = NOTHING_WRITTEN
    """What was aimed at, with its range or limit: `{INR: 2.0-3.0}`; no value that was measured."""

    devices: tuple[Device, ...] = ()
    """What was put in or used: `[double-lumen catheter]`, `[{name: mitral valve, size: 27 mm, maker: …}]`."""

    findings: tuple[ImagingFinding, ...] = ()
    """What was seen: `[{name: perforation, sites: [appendix]}]`."""

    complications: tuple[Text, ...] | Literal["none"] = ()
    """`[haemorrhage]`; `none` only if the article says that there was none."""

    outcome: Text | None = None
    """How it went, in own words: `complete resection`."""

    continues: bool = False
    """The article says that it goes on, as a dialysis may."""

    stopped: Reasons | None = None
    """It was begun and ended before its time, and why: `{why: [ileus]}`."""

    not_done: Text | None = None
    """It was not done, and why: `refused`."""

    absent: bool = False
    """It was not done, and the article says no reason."""
