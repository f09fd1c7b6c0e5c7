"""Records on what was before, and around, that say too little, or the same in two ways."""

from collections.abc import Iterator
from typing import Any

from casefhir.chart import Chart
from casefhir.rules.rule import Remarks
from casefhir.source import Path


def doubled(chart: Chart) -> Remarks:
    """What says the same thing in two ways that could differ: of `records.one-of`."""
    for path, record, beside in _none_beside(chart):
        if record.none:
            yield from (
                ((*path, key), f"'none: true' says that there is nothing; leave it or {key!r} out")
                for key in beside
                if getattr(record, key.replace("-", "_"), None)
            )
    for i, past in enumerate(chart.case.history):
        if past.name and past.names:
            yield ("history", i, "names"), "'name' and 'names' stand side by side; write one of the two"
        if past.to and past.status in ("active", "recurrence", "relapse"):
            told = f"'to' says that {past.label} is over, and 'status: {past.status}' that it is not"
            yield ("history", i, "status"), f"{told}; leave one out"
    for path, record, beside in _absent_beside(chart):
        if record.absent:
            yield from (
                ((*path, key), f"'absent: true' says that there is none; leave it or {key!r} out")
                for key in beside
                if getattr(record, key.replace("-", "_"), None)
            )
    for i, relative in enumerate(chart.case.family):
        others = (relative.relation, relative.none, relative.conditions, relative.values)
        if relative.consanguinity is not None and any(others):
            yield ("family", i, "consanguinity"), "'consanguinity' is about the parents; write it as an item of its own"
    if chart.case.id in chart.case.part_of:
        yield ("part-of",), f"{chart.case.id!r} is this case itself; write the id of the other file"
    for i, habit in enumerate(chart.case.social):
        if habit.status == "never" and habit.value:
            told = f"'status: never' says that there was no {habit.name}, and 'value' how much; leave one out"
            yield ("social", i, "value"), told
    for i, one in enumerate(chart.case.immunizations):
        if one.name and one.says:
            yield ("immunizations", i, "says"), "'says' is about all vaccinations; for one write a 'note'"


def _none_beside(chart: Chart) -> Iterator[tuple[Path, Any, tuple[str, ...]]]:
    """Records that may say `none`, and the keys that then say something else."""
    case = chart.case
    for section, records, keys in (
        ("history", case.history, ("name", "names", "absent", "status", "severity", "sites", "cause")),
        ("family", case.family, ("conditions", "deceased", "age", "sex", "values")),
        ("allergies", case.allergies, ("name", "absent", "kind", "status", "reaction", "severity")),
        ("immunizations", case.immunizations, ("name", "says", "absent", "not-done", "dose")),
    ):
        for i, record in enumerate(records):
            yield (section, i), record, keys


def _absent_beside(chart: Chart) -> Iterator[tuple[Path, Any, tuple[str, ...]]]:
    """Records that may be absent, and the keys that then say something else."""
    case = chart.case
    for section, records, keys in (
        ("history", case.history, ("status", "severity", "cause")),
        ("allergies", case.allergies, ("status", "reaction", "severity")),
        ("social", case.social, ("value", "says", "status")),
        ("exposures", case.exposures, ("dose", "intent", "why")),
        ("immunizations", case.immunizations, ("not-done", "dose")),
    ):
        for i, record in enumerate(records):
            yield (section, i), record, keys


def empty(chart: Chart) -> Remarks:
    """What lacks what it is about: of `records.incomplete`."""
    case = chart.case
    for i, past in enumerate(case.history):
        if not (past.name or past.names or past.none):
            yield ("history", i), "this item of the history has no 'name'; for no history at all write 'none: true'"
    for i, relative in enumerate(case.family):
        if not (relative.relation or relative.none or relative.consanguinity is not None):
            yield (
                ("family", i),
                "this member of the family has no 'relation'; if nobody had anything, write 'none: true'",
            )
        elif relative.of and not relative.none:
            yield ("family", i, "of"), "'of' is for what nobody had; write 'none: true' as well, or 'conditions'"
        elif relative.relation and not _is_told(relative):
            yield ("family", i), f"nothing is said of the {relative.relation}; write 'conditions', or 'none: true'"
    for i, allergy in enumerate(case.allergies):
        if not (allergy.name or allergy.none):
            yield ("allergies", i), "this allergy has no 'name'; for no known allergy write 'none: true'"
        elif allergy.of and not allergy.none:
            yield ("allergies", i, "of"), "'of' is for what nobody is allergic to; write 'none: true' as well"
        elif allergy.severity and not allergy.reaction:
            yield ("allergies", i, "severity"), "'severity' is that of the reaction; write 'reaction' as well"
    for i, one in enumerate(case.immunizations):
        if not (one.name or one.says or one.none):
            yield ("immunizations", i), "this vaccination has no 'name'; what is said of all of them is 'says'"
    if case.relation and isinstance(case.part_of, dict):
        yield ("relation",), "'part-of' says of each case what this patient is to it; leave 'relation' out"
    elif len(case.relation) > 1 and len(case.relation) != len(case.part_of):
        told = f"there are {len(case.part_of)} cases in 'part-of' and {len(case.relation)} relations"
        yield ("relation",), f"{told}; write one for all of them, or one for each"
    if case.relation and not case.part_of:
        yield ("relation",), "'relation' is to the patient of another case file; write its id as 'part-of'"


def _is_told(relative: Any) -> bool:
    told = (relative.none, relative.conditions, relative.deceased, relative.age, relative.sex, relative.note)
    return any(told) or bool(relative.values)
