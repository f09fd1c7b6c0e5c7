"""What facts state: records of the model, and the single statements that some records hold."""

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Protocol

from casefhir.model.code import Code
from casefhir.model.findings import Finding, Imaging, ImagingFinding, LabValue, Panel, Score, Table
from casefhir.model.microbiology import MicrobiologyTest
from casefhir.model.pathology import Pathology
from casefhir.model.perinatal import Birth, Pregnancy
from casefhir.model.result import Result
from casefhir.model.site import Site
from casefhir.model.when import When
from casefhir.source import Path


class Statement(Protocol):
    """What a fact states: a record of the model, or a part of one; `stated` is that record in the file."""

    @property
    def label(self) -> str: ...

    @property
    def moment(self) -> When | None: ...

    @property
    def stated(self) -> Any: ...


@dataclass
class CellValue:
    """A LabValue of a table, whose cells say nothing but a result; a model takes ten times as long to make."""

    value: Result
    text: ClassVar[None] = None
    printed: ClassVar[None] = None
    why: ClassVar[None] = None
    method: ClassVar[None] = None
    specimen: ClassVar[None] = None
    code: ClassVar[tuple[Code, ...]] = ()
    id: ClassVar[None] = None
    quote: ClassVar[None] = None
    note: ClassVar[None] = None
    conflict: ClassVar[None] = None


class Lab(NamedTuple):
    """One laboratory value, from a panel or from a cell of a table."""

    name: str
    value: LabValue | CellValue
    at: When | None
    from_: When | None = None
    to: When | None = None
    unit: str | None = None
    """The unit that the table gives for the whole column; None where the value has its own."""
    specimen: str | None = None
    """What the report examined that the value is part of; a value of its own has it in `value`."""

    @property
    def label(self) -> str:
        return self.name

    @property
    def stated(self) -> LabValue | CellValue:
        return self.value

    @property
    def moment(self) -> When | None:
        return self.at or self.from_ or self.to


class OfAnother(NamedTuple):
    """One value of a relative or of another person, which is none of the patient's."""

    lab: Lab
    who: str

    @property
    def label(self) -> str:
        return self.lab.name

    @property
    def stated(self) -> LabValue | CellValue:
        return self.lab.value

    @property
    def moment(self) -> When | None:
        return None


class Sign(NamedTuple):
    """One finding at one site, at several together, or without a site."""

    name: str
    site: Site | None
    """The one site; None for none, or several."""
    record: Finding | ImagingFinding
    at: When | None
    from_: When | None = None
    to: When | None = None

    @property
    def sites(self) -> tuple[Site, ...]:
        """Where it is: one site, or those that it has together, in no order of the file."""
        if self.record.together:
            return tuple(sorted(self.record.sites))
        return (self.site,) if self.site else ()

    @property
    def label(self) -> str:
        return self.name

    @property
    def stated(self) -> Finding | ImagingFinding:
        return self.record

    @property
    def moment(self) -> When | None:
        return self.at or self.from_ or self.to


class Rating(NamedTuple):
    """A score at one site, or without a site."""

    record: Score
    site: Site | None
    at: When | None
    from_: When | None = None
    to: When | None = None

    @property
    def label(self) -> str:
        return self.record.name

    @property
    def stated(self) -> Score:
        return self.record

    @property
    def moment(self) -> When | None:
        return self.at or self.from_ or self.to


class Measure(NamedTuple):
    """One of the things that a record says under keys of their own: the `gravida` of a pregnancy."""

    name: str
    value: Any
    record: Pregnancy | Birth
    at: When | None
    from_: When | None = None
    to: When | None = None

    @property
    def label(self) -> str:
        return self.name

    @property
    def moment(self) -> When | None:
        return self.at or self.from_ or self.to

    @property
    def stated(self) -> Pregnancy | Birth:
        return self.record


class Report(NamedTuple):
    """Values that belong together: a panel, a line of a table, or what an image or a tissue shows."""

    record: Panel | Table | Imaging | Pathology | MicrobiologyTest
    at: When | None
    from_: When | None
    to: When | None
    members: tuple[Path, ...]
    """The paths of its facts."""

    @property
    def label(self) -> str:
        return self.record.label

    @property
    def stated(self) -> Panel | Table | Imaging | Pathology | MicrobiologyTest:
        return self.record

    @property
    def moment(self) -> When | None:
        return self.at or self.from_ or self.to
