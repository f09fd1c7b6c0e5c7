"""What the pathologist found: biopsies, pieces of operations, bone marrow, immunohistochemistry."""

from casefhir.model.base import NOTHING_WRITTEN
from casefhir.model.fields import Site, Text
from casefhir.model.findings import ImagingFinding, LabValue
from casefhir.model.record import Named, Timed


class Pathology(Named, Timed):
    """The examination of a tissue: `renal biopsy`, `histology of the left colectomy`, `bone marrow aspiration`."""

    of: Text | None = None
    """The procedure that the tissue comes from: `left colectomy`."""

    specimen: Text | None = None
    """What was examined: `biopsy`, `kidney`, `bone marrow`; left out where the article does not say."""

    sites: tuple[Site, ...] = ()
    """Where it was taken: `[left kidney]`; each site is a specimen of its own."""

    findings: tuple[ImagingFinding, ...] = ()
    """What was seen: `[{name: mesangial proliferation, severity: mild}, {name: mitoses, absent: true}]`."""

    values: dict[Text, LabValue] = NOTHING_WRITTEN
    """What was counted or stained, a line each: `CD117: positive`, `Ki-67: 2 %`."""

    conclusion: Text | None = None
    """The pathologist's conclusion, in own words."""
