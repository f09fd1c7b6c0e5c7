"""Records that say too little, or the same in two ways."""

from collections.abc import Iterator

from casefhir.chart import Chart
from casefhir.model.findings import LabValue
from casefhir.model.record import Timed
from casefhir.model.treatment import Dose
from casefhir.rules.rule import Remarks
from casefhir.source import Path


def timed(chart: Chart) -> Iterator[tuple[Path, Timed]]:
    """Every record with a moment or a stretch of time, and its place."""
    case = chart.case
    for section, records in (
        ("findings", case.findings),
        ("labs", case.labs),
        ("imaging", case.imaging),
        ("scores", case.scores),
        ("treatments", case.treatments),
        ("course", case.course),
        ("adverse-events", case.adverse_events),
    ):
        for i, record in enumerate(records):
            yield (section, i), record


def one_of(chart: Chart) -> Remarks:
    """
    A record says the same thing in two ways that could differ.

    Why: nobody could tell which of the two counts.
    Bad:  {name: fever, at: admission, from: onset}
    Good: {name: fever, from: onset, to: admission}
    """
    for path, record in timed(chart):
        if record.at and (record.from_ or record.to):
            yield (
                (*path, "at"),
                "'at' is a moment, 'from' and 'to' are a stretch of time; write one of the two",
            )
    for i, finding in enumerate(chart.case.findings):
        if finding.name and finding.names:
            yield ("findings", i, "names"), "'name' and 'names' stand side by side; write one of the two"
        if finding.absent and finding.not_done:
            yield (
                ("findings", i, "not-done"),
                "what was not done can be neither present nor absent; leave 'absent' out",
            )
    for i, event in enumerate(chart.case.adverse_events):
        if event.none and event.name:
            yield (
                ("adverse-events", i, "none"),
                "'none: true' says that nothing happened; leave it or 'name' out",
            )
    for i, treatment in enumerate(chart.case.treatments):
        if treatment.stopped and treatment.continues:
            yield ("treatments", i, "continues"), "'stopped' and 'continues: true' cannot both be; leave one out"
    for place, lab in _lab_values(chart):
        if lab.value and lab.text:
            yield (*place, "text"), "'value' and 'text' stand side by side; write one of the two"


def incomplete(chart: Chart) -> Remarks:
    """
    A record lacks what it is about.

    Why: it would become a resource that says nothing.
    Bad:  scores: [{name: DAS28, at: admission}]
    Good: scores: [{name: DAS28, value: 5.1, at: admission}]
    """
    case = chart.case
    for i, finding in enumerate(case.findings):
        if not finding.name and not finding.names:
            yield ("findings", i), "this finding has no 'name'"
    for i, score in enumerate(case.scores):
        if score.value is None and not score.means:
            yield ("scores", i), f"{score.name!r} has neither 'value' nor 'means'"
    for i, event in enumerate(case.adverse_events):
        if not event.none and not event.name:
            yield (
                ("adverse-events", i),
                "this adverse event has no 'name'; for the absence of any write 'none: true'",
            )
    for place, lab in _lab_values(chart):
        if lab.value is None and not lab.text:
            yield place, f"{place[-1]!r} has neither 'value' nor 'text'"
    for i, treatment in enumerate(case.treatments):
        if treatment.dose and _is_empty(treatment.dose):
            yield ("treatments", i, "dose"), f"the dose of {treatment.drug!r} has neither 'dosage' nor 'text'"


def _is_empty(dose: Dose) -> bool:
    return dose.dosage is None and not dose.text


def _lab_values(chart: Chart) -> Iterator[tuple[Path, LabValue]]:
    for i, panel in enumerate(chart.case.labs):
        for name, value in panel.values.items():
            yield ("labs", i, "values", name), value
