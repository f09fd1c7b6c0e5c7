"""Facts that stand in the file twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from casefhir.chart import Chart
from casefhir.facts import Fact
from casefhir.model.allergy import Allergy
from casefhir.model.calendar import Calendar
from casefhir.model.exposure import Exposure
from casefhir.model.findings import LabValue, Panel, Table
from casefhir.model.genetics import Variant
from casefhir.model.history import Past
from casefhir.model.immunization import Immunization
from casefhir.model.quantity import Amount
from casefhir.model.social import Habit
from casefhir.model.stage import Stage
from casefhir.model.when import When
from casefhir.rules.rule import Remarks
from casefhir.source import Path
from casefhir.statement import CellValue, Lab, Rating, Report, Sign
from casefhir.terms.units import is_share_and_count


def _equals(chart: Chart) -> list[list[Fact]]:
    """Facts with the same name and moment, group by group, in the order of the file."""
    groups: dict[tuple[str, Any], list[Fact]] = defaultdict(list)
    for fact in chart.facts:
        if fact.number and not _is_panel(fact) and not fact.record.stated.id:
            groups[fact.key.rpartition("/")[0], _meant(fact.record.moment)].append(fact)
    return list(groups.values())


def _meant(moment: Any) -> Any:
    """What a moment means without its words: `admission + 2.5 days` has the key of `admission + 2-5 days`."""
    if not isinstance(moment, tuple):
        return moment
    return (type(moment).__name__, *map(_meant, moment[1:]))  # the first of them all is the text


def _is_panel(fact: Fact) -> bool:
    return isinstance(fact.record, Report) and isinstance(fact.record.record, Panel | Table)


_BESIDE = {"quote", "note", "name", "names", "drug", "sites"}
"""What makes no second fact of one: where it stands in the article, and what it shares with others."""


def _said(fact: Fact) -> str:
    """What a fact says, apart from its name and moment, which are those of its group."""
    stated = vars(fact.record.stated).items()
    said = {name: value for name, value in stated if value not in (None, ()) and name not in _BESIDE}
    return repr((getattr(fact.record, "unit", None), said))


def _later(groups: Iterable[list[Fact]]) -> Iterator[tuple[Fact, Fact, bool]]:
    """Each fact with the name and moment of an earlier one, and that one: the first that says the same, if any does."""
    for group in groups:
        first: dict[str, Fact] = {}
        for fact in group:
            said = _said(fact)
            if first:
                yield fact, first.get(said, group[0]), said in first
            first.setdefault(said, fact)


def written_twice(chart: Chart) -> Remarks:
    """
    The same fact is written twice; another quote or note makes no second fact.

    Why: it would become two resources, as if it had been seen or given twice.
    Bad:  [{name: fever, at: admission}, {name: fever, at: admission}]
    Good: [{name: fever, at: admission}]
    """
    for fact, _, is_same in _later(_equals(chart)):
        if is_same:
            moment = " with the same moment" if fact.record.moment else ""
            told = f"{fact.record.label!r} is written twice{moment}"
            yield fact.path, f"{told}; keep one, or give one an 'id' if it was so twice"


def in_table(chart: Chart) -> Remarks:
    """
    A value stands in a table and, with the same moment, in `labs` or `vitals` as well.

    Why: one measurement would become two resources; what the article prints twice is one fact, and carries both.
    Bad:  CK: 2310 U/L at 2019-09-24 in `labs`, and 2310 below CK[U/L] in the line of 2019-09-24 of a table
    Good: one of them
    """
    cells: dict[Any, list[Fact]] = defaultdict(list)
    labs = [fact for fact in chart.facts if isinstance(fact.record, Lab)] if chart.case.tables else []
    for fact in labs:
        if fact.path[0] == "tables" and (said := _measured(fact.record, chart)):
            cells[said].append(fact)
    for fact in labs if cells else ():
        if fact.path[0] in ("labs", "vitals") and not fact.record.stated.id:
            same = cells.get(_measured(fact.record, chart), ())
            if found := next(
                (cell for cell in same if _is_at_once(fact.record.moment, cell.record.moment, chart)), None
            ):
                told = f"{fact.record.name} {_shown(fact.record.value)} stands in {_line(found, chart)} as well"
                yield fact.path, f"{told}; one value is one fact: keep one of them{_besides(fact.record.value)}"


def _besides(value: LabValue | CellValue) -> str:
    """Where what a value says besides can stand if the cell is kept; "" if it says no more than its number."""
    told = [name for name in ("method", "specimen", "quote", "note", "conflict") if getattr(value, name)]
    return f"; {' and '.join(map(repr, told))} can stand below 'cells:' of the table" if told else ""


def _measured(lab: Lab, chart: Chart) -> tuple[str, str, Any] | None:
    """What is the same of a number that is written twice: the test, the number, and its comparator."""
    value = lab.value.value.quantity if lab.value.value else None
    name = chart.terms.labs.canonical(lab.name) or lab.name.casefold().replace(" ", "-")
    return (name, value.comparator, value.value) if isinstance(value, Amount) else None


def _is_at_once(one: When | None, other: When | None, chart: Chart) -> bool:
    """Whether two moments are one: the same words, or a date and what has that date."""
    if one is None or other is None:
        return False
    if not isinstance(one, Calendar) and not isinstance(other, Calendar):
        return one.text == other.text
    return chart.timeline.calendar(one) == chart.timeline.calendar(other)


def _line(cell: Fact, chart: Chart) -> str:
    table = chart.case.tables[int(cell.path[1])]
    return f"the table {table.name!r}, in the line of {cell.record.moment.text},"


def two_values(chart: Chart) -> Remarks:
    """
    One test, score, stage or finding has two values at one moment, or is there both present and absent.

    Why: two samples, or a contradiction of the article: a reader must know which.
    Bad:  CRP: 96 mg/L in one block of `labs:`, CRP: 69 mg/L in another, both at: admission
    Good: one of them with `id:` and its own moment, or {value: 96 mg/L, conflict: {says: 69 mg/L, where: abstract}}
    """
    # Not in the order of the file: moving lines must not change which fact the exported doubt is about.
    by_number = (sorted(group, key=lambda fact: fact.number) for group in _equals(chart))
    for fact, other, is_same in _later(by_number):
        if not is_same and not _is_two_tests(other, fact, chart) and (trouble := _contradiction(other, fact)):
            yield fact.path, f"{fact.record.label} {trouble}; give each its own moment, or an 'id'"
    yield from _beside_none(chart)


def _is_two_tests(one: Fact, other: Fact, chart: Chart) -> bool:
    """Whether two values of one name are the share of some cells and their number."""
    if not (isinstance(one.record, Lab) and isinstance(other.record, Lab)):
        return False
    unit, second = chart.measurements.of(one).unit, chart.measurements.of(other).unit
    return bool(unit and second and is_share_and_count(unit, second))


def _contradiction(one: Fact, other: Fact) -> str:
    """What speaks against each other in two facts of one name and moment; "" if both may be true."""
    match one.record, other.record:
        case Lab(value=first), Lab(value=second):
            return f"has two values at one moment, {_shown(first)} and {_shown(second)}"
        case Sign(record=first), Sign(record=second) if first.absent != second.absent:
            return "is present and absent at one moment"
        case (Past(record=first), Past(record=second)) | (
            Allergy() | Habit() | Exposure() | Immunization() | Variant() as first,
            Allergy() | Habit() | Exposure() | Immunization() | Variant() as second,
        ) if first.absent != second.absent:
            return "is present and absent at one moment"
        case Stage(value=first), Stage(value=second) if one.record.of == other.record.of:
            return f"has two values at one moment, {first} and {second}"
        case (Sign(record=first), Sign(record=second)) | (Rating(record=first), Rating(record=second)):
            if first.value and second.value and first.value != second.value:
                return f"has two values at one moment, {first.value.text} and {second.value.text}"
    return ""


def _beside_none(chart: Chart) -> Remarks:
    """That there is nothing of a kind, and something of it at the same moment."""
    groups: dict[tuple[Any, str], list[Fact]] = defaultdict(list)
    for fact in chart.facts:
        if fact.path[0] in _WITH_NONE and not fact.record.stated.id:
            groups[fact.path[0], fact.record.moment.text if fact.record.moment else ""].append(fact)
    for (section, _), facts in groups.items():
        there = sorted((fact for fact in facts if _is_there(fact.record.stated)), key=lambda fact: fact.key)
        for fact in facts:
            if fact.record.stated.none and (other := next((o for o in there if _denies(fact, o)), None)):
                told = f"'none: true' and {other.record.label} stand in {section!r} at one moment"
                yield fact.path, f"{told}; leave one out, or give each its own moment, or an 'id'"


_WITH_NONE = frozenset(("history", "allergies", "immunizations", "genetics", "adverse-events"))


def _is_there(record: Any) -> bool:
    is_told = getattr(record, "says", None) or getattr(record, "karyotype", None)
    return not (record.none or is_told or getattr(record, "absent", False) or getattr(record, "not_done", None))


def _denies(nothing: Fact, other: Fact) -> bool:
    """Whether what there is not would be the other fact too: of the same drug, by the same method, and of any kind."""
    one, two = nothing.record.stated, other.record.stated
    match nothing.path[0]:
        case "allergies":
            return not one.of
        case "genetics":
            return bool(one.method == two.method and (not one.of or one.of == two.of))
        case "adverse-events":
            return not one.of or not set(one.of).isdisjoint(two.of)
    return True


def _shown(value: LabValue | CellValue) -> str:
    return value.value.text if value.value else value.text or ""


def id_twice(chart: Chart) -> Remarks:
    """
    Two records of one section have the same `id`.

    Why: an id is the key of one fact; a server would keep only one of the two.
    Bad:  [{name: fever, id: first}, {name: rash, id: first}]
    Good: [{name: fever, id: first}, {name: rash, id: second}]
    """
    places: dict[tuple[Path, str], Path] = {}
    for fact in chart.facts:
        if identifier := fact.record.stated.id:
            section, place = _section(fact)
            if places.setdefault((section, identifier), place) != place:
                yield (*place, "id"), f"the id {identifier!r} is written twice in {section[0]!r}; write another"


def _section(fact: Fact) -> tuple[Path, Path]:
    """The section, or the image, in which the id of a fact is the only one; and the place of its record."""
    match fact.path:
        case ("imaging" | "pathology" | "procedures" as section, i, "findings" | "values" as kind, n, *_):
            return (section, i), (section, i, kind, n)
        case ("birth", *_):
            return fact.path[:1], fact.path[:1]
        case ("family" | "others", _, "values", *_):
            return fact.path[:2], fact.path
        case ("vitals" | "labs" | "tables" as section, *_) if not isinstance(fact.record, Report):
            return (section,), fact.path
    return fact.path[:1], fact.path[:2]
