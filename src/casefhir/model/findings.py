"""What was seen and measured: symptoms and signs, laboratory values, tables, images, scores."""

from typing import Annotated, ClassVar, Literal

from casefhir.model.base import NOTHING_WRITTEN, Grammar, NotEmpty, Short, Value
from casefhir.model.fields import Codes, Conflict, Duration, Identifier, Quantity, Rows, Site, Text, When
from casefhir.model.points import Points as AnyPoints
from casefhir.model.points import points
from casefhir.model.quantity import Quantity as AnyQuantity
from casefhir.model.record import Named, Record, Timed
from casefhir.model.result import Result as AnyResult
from casefhir.model.result import printed, result

Points = Annotated[AnyQuantity | AnyPoints, Grammar("quantity", points, numbers=True)]
Result = Annotated[AnyResult, Grammar("result", result, numbers=True)]
Print = Annotated[str, Grammar("result", printed, numbers=True)]


class Finding(Timed):
    """A symptom, a sign or what an examination showed; several names and sites stand for each with each."""

    name: Text | None = None
    """`fever`, `joint swelling`: one name …"""

    names: tuple[Text, ...] = ()
    """… or several that share all the rest."""

    code: Codes = ()
    """Codes in place of those of the tables."""

    kind: Literal["symptom", "exam", "function"] | None = None
    """Told by the patient, seen at an examination, or what she can do in daily life."""

    value: Quantity | None = None
    """A measured value: `up to 39.5 °C`."""

    sites: tuple[Site, ...] = ()
    """`[left wrist, both knees]`; a side only where one is printed."""

    together: bool | None = None
    """Whether `value` is that of all sites together, `38 %` of the skin of face and neck, and not of each."""

    duration: Duration | None = None
    """How long it lasts each time or in all: `more than 4 hours`, `8 months`."""

    severity: Text | None = None
    """`mild`, `moderate`, `severe`, or the report's word in English."""

    pattern: Text | None = None
    """How it behaves: `recurrent`, `symmetric, almost all joints`."""

    cause: Text | None = None
    """What the report blames it on."""

    absent: bool = False
    """Looked for and not there."""

    not_done: Text | None = None
    """The examination was not done, and why."""


class ImagingFinding(Record):
    """One thing that an image or a report shows."""

    name: Text
    """`joint effusion`."""

    code: Codes = ()
    """Codes in place of those of the tables."""

    sites: tuple[Site, ...] = ()
    """`[both wrists, both knees]`."""

    together: bool | None = None
    """Whether `value` is that of all sites together, and not of each."""

    value: Quantity | None = None
    """A measured value."""

    severity: Text | None = None
    """`mild`, `moderate`, `severe`."""

    pattern: Text | None = None
    """How it looks or is spread: `thick-walled`, `symmetric`."""

    absent: bool = False
    """Looked for and not there."""


class LabValue(Short):
    """A laboratory value: `96 mg/L high (normal < 5)`, or a mapping when there is more to say."""

    short: ClassVar[str] = "value"

    value: Result | None = None
    """Number, unit, flag and reference range as printed, or `negative`, `normal`, `not measured`."""

    text: Text | None = None
    """A result in free words, where the grammar of `value` has none."""

    printed: Text | None = None
    """What the report prints, where `value` corrects it: `146.00 g/L`."""

    why: Text | None = None
    """Why it was corrected."""

    method: Text | None = None
    """How it was measured."""

    specimen: Text | None = None
    """`cerebrospinal fluid`; left out where the report does not say."""

    code: Codes = ()
    """Codes in place of those of the tables."""

    id: Identifier | None = None
    """A key of the author's own."""

    quote: Text | None = None
    """At most 12 printed words, `…` between the pieces."""

    note: Text | None = None
    """What else is to be said."""

    conflict: Conflict | None = None
    """What another place of the article says instead."""


class Imaging(Named, Timed):
    """An imaging study or another test with a report: `joint ultrasound`, `chest X-ray`."""

    method: Text | None = None
    """How it was done: `without contrast`, `99mTc-MDP`."""

    findings: tuple[ImagingFinding, ...] = ()
    """What it shows."""

    conclusion: Text | None = None
    """The reader's conclusion, in own words; `normal` if nothing was found."""

    values: dict[Text, LabValue] = NOTHING_WRITTEN
    """What was measured, a line each: `ejection fraction: 55 %`."""

    not_done: Text | None = None
    """It was not done, and why: `refused`; `not done` if the article does not say why."""


class Panel(Timed):
    """Laboratory values, or vital signs, of one moment."""

    specimen: Text | None = None
    """What was examined, of all values that do not say it themselves: `cerebrospinal fluid`."""

    values: Annotated[dict[Text, LabValue], NotEmpty()]
    """A line a test: `CRP: 96 mg/L high`."""


class CellDetail(Value):
    """What is said of one cell of a table, or of a whole column, beside its values: a misprint, a contradiction."""

    row: When | None = None
    """The date or event that its line begins with; left out where it is said of the whole column."""

    column: Text
    """The name of its column, without the unit."""

    printed: Print | None = None
    """What the table prints, where the cell corrects it: `960`; of a whole column the unit that it prints: `mg/dL`."""

    why: Text | None = None
    """Why it was corrected."""

    text: Text | None = None
    """A result in free words; `-` stands in the cell."""

    method: Text | None = None
    """How it was measured."""

    specimen: Text | None = None
    """`cerebrospinal fluid`; left out where the report does not say."""

    code: Codes = ()
    """Codes in place of those of the tables."""

    id: Identifier | None = None
    """A key of the author's own."""

    quote: Text | None = None
    """At most 12 printed words, `…` between the pieces."""

    note: Text | None = None
    """What else is to be said: a footnote, in own words."""

    conflict: Conflict | None = None
    """What another place of the article says instead."""

    @property
    def label(self) -> str:
        """`CRP of admission`, or `the column CRP`."""
        return f"{self.column} of {self.row.text}" if self.row else f"the column {self.column}"


class Table(Record):
    """A printed table of values: a line a date, a column a test."""

    name: Text
    """What the table shows: `cytokines`."""

    unit: Text | None = None
    """The unit of all columns that have none of their own; `not printed` if the table prints none."""

    specimen: Text | None = None
    """What was examined, if it is not blood: `cerebrospinal fluid`; the tests are then those of it."""

    rows: Rows
    """First line `date` and the tests, then a line a date or event; `-` = not measured, `H` and `L` = printed flags."""

    cells: tuple[CellDetail, ...] = ()
    """What is to be said of single cells: `{row: 2021-01-09, column: CRP, note: before the operation}`."""

    @property
    def label(self) -> str:
        return self.name


class Score(Named, Timed):
    """A score, a scale or a stage of disease activity, with or without its number."""

    value: Points | None = None
    """`56.5`, `27/30`, `3+/5`, `11 (E3V3M5)`; left out where the report gives only the meaning."""

    parts: dict[Text, Points] = NOTHING_WRITTEN
    """What it is made of, a line each: `respiration: 4`."""

    sites: tuple[Site, ...] = ()
    """Where it was judged: `[left deltoid]`; several sites have the value each."""

    means: Text | None = None
    """What the report concludes from it: `high disease activity`."""
