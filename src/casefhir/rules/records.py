"""Records that say too little, or the same in two ways."""

import re
from collections.abc import Iterator, Mapping

from casefhir.chart import Chart
from casefhir.chronology.orders import timed
from casefhir.model.case import Case
from casefhir.model.code import Code
from casefhir.model.findings import CellDetail, LabValue
from casefhir.model.perinatal import Birth, Pregnancy
from casefhir.model.record import Timed
from casefhir.model.treatment import Dose
from casefhir.model.when import Span
from casefhir.rules import background, biology
from casefhir.rules.rule import Remarks
from casefhir.source import Path
from casefhir.terms import VitalSign


def one_of(chart: Chart) -> Remarks:
    """
    A record says the same thing in two ways that could differ.

    Why: nobody could tell which of the two counts.
    Bad:  {name: fever, at: admission, from: onset}
    Good: {name: fever, from: onset, to: admission}
    """
    for path, message, *_ in _said_twice(chart):
        called = chart.case.called(path)
        yield path, f"of {called}: {message}" if called and called.strip("'\"") not in message else message


def _said_twice(chart: Chart) -> Remarks:
    for path, record in timed(chart):
        if record.at and (record.from_ or record.to):
            yield (
                (*path, "at"),
                "'at' is a moment, 'from' and 'to' are a stretch of time; write one of the two",
            )
    yield from background.doubled(chart)
    yield from _of_findings(chart)
    yield from _of_procedures(chart)
    yield from biology.contradictions(chart)
    for name, moment in chart.case.events.items():
        if moment.to and isinstance(moment.date, Span):
            yield ("events", name, "to"), "'date' has an end already; leave 'to' out"
    yield from _of_harm(chart)
    for i, diagnosis in enumerate(chart.case.diagnoses):
        if diagnosis.resolved and diagnosis.status in ("active", "recurrence", "relapse"):
            told = f"'resolved' says that {diagnosis.name} is over, and 'status: {diagnosis.status}' that it is not"
            yield ("diagnoses", i, "status"), f"{told}; leave one out, or write what came later as an item of its own"
    for i, treatment in enumerate(chart.case.treatments):
        if treatment.stopped and treatment.continues:
            yield ("treatments", i, "continues"), "'stopped' and 'continues: true' cannot both be; leave one out"
        if treatment.to and treatment.continues:
            yield ("treatments", i, "continues"), "'to' says that it ended; leave it or 'continues: true' out"
    for place, lab in _lab_values(chart):
        if lab.value and lab.text:
            yield (*place, "text"), "'value' and 'text' stand side by side; write one of the two"
    for i, left_out in enumerate(chart.case.left_out):
        if left_out.quote and left_out.section:
            yield ("left-out", i, "section"), "'quote' and 'section' stand side by side; write one of the two"


def _of_harm(chart: Chart) -> Remarks:
    for i, event in enumerate(chart.case.adverse_events):
        if event.none and event.name:
            yield (
                ("adverse-events", i, "none"),
                "'none: true' says that nothing happened; leave it or 'name' out",
            )
        for key in _OF_HARM if event.none else ():
            if getattr(event, key.replace("-", "_")) is not None:
                yield ("adverse-events", i, key), f"'none: true' says that nothing happened; leave it or {key!r} out"


_OF_HARM = (
    "value",
    "severity",
    "serious",
    "outcome",
    "causality",
    "assessed-by",
    "dechallenge",
    "rechallenge",
    "reported",
)
"""Keys of an adverse event that say that there was one."""


def _of_findings(chart: Chart) -> Remarks:
    for i, finding in enumerate(chart.case.findings):
        if finding.name and finding.names:
            yield ("findings", i, "names"), "'name' and 'names' stand side by side; write one of the two"
        if finding.absent and finding.not_done:
            yield (
                ("findings", i, "not-done"),
                "what was not done can be neither present nor absent; leave 'absent' out",
            )
        if finding.value and finding.not_done:
            yield ("findings", i, "value"), "what was not done has no value; leave 'value' or 'not-done' out"


def _of_procedures(chart: Chart) -> Remarks:
    for path, record in chart.case.with_findings():
        for n, seen in enumerate(record.findings):
            for key in ("value", "severity", "pattern") if seen.absent else ():
                if getattr(seen, key):
                    told = f"what is not there has no {key}; leave {key!r} or 'absent: true' out"
                    yield (*path, "findings", n, key), told
    for i, imaging in enumerate(chart.case.imaging):
        for key in ("findings", "values", "conclusion") if imaging.not_done else ():
            if getattr(imaging, key):
                yield ("imaging", i, key), f"what was not done has no {key!r}; leave it or 'not-done' out"
    for i, procedure in enumerate(chart.case.procedures):
        if procedure.continues and procedure.to:
            yield ("procedures", i, "continues"), "'to' says that it ended; leave it or 'continues: true' out"
        said = "'not-done'" if procedure.not_done else "'absent: true'"
        for key in _OF_WHAT_WAS_DONE if procedure.not_done or procedure.absent else ():
            if getattr(procedure, key.replace("-", "_")):
                yield ("procedures", i, key), f"what was not done has no {key!r}; leave it or {said} out"


_OF_WHAT_WAS_DONE = (
    *("anaesthesia", "amount", "sessions", "duration", "blood-loss", "devices", "findings", "complications", "outcome"),
    *("continues", "stopped"),
)
"""Keys of a procedure that say that it was done."""


def incomplete(chart: Chart) -> Remarks:
    """
    A record lacks what it is about.

    Why: it would become a resource that says nothing.
    Bad:  scores: [{name: DAS28, at: admission}]
    Good: scores: [{name: DAS28, value: 5.1, at: admission}]
    """
    yield from background.empty(chart)
    case = chart.case
    yield from biology.omissions(chart)
    for i, finding in enumerate(case.findings):
        if not finding.name and not finding.names:
            yield ("findings", i), "this finding has no 'name'"
    for i, score in enumerate(case.scores):
        if score.value is None and not score.means and not score.parts:
            yield ("scores", i), f"{score.name!r} has neither 'value' nor 'means'"
    for i, pathology in enumerate(case.pathology):
        if not (pathology.findings or pathology.values or pathology.conclusion):
            yield ("pathology", i), f"{pathology.name!r} has none of 'findings', 'values' and 'conclusion'"
    for i, event in enumerate(case.adverse_events):
        if not event.none and not event.name:
            yield (
                ("adverse-events", i),
                "this adverse event has no 'name'; for the absence of any write 'none: true'",
            )
    for place, lab in _lab_values(chart):
        if lab.value is None and not lab.text:
            yield place, f"{place[-1]!r} has neither 'value' nor 'text'"
    for place, measures in _measures(case):
        if not any(measures.said):
            yield place, f"nothing is said of this {place[0]}; write one of its keys: {', '.join(_keys(measures))}"
    for path, one in case.given():
        if one.dose and _is_empty(one.dose):
            yield (*path, "dose"), f"the dose of {one.label!r} has neither 'dosage' nor 'text'"
    for i, left_out in enumerate(case.left_out):
        if not left_out.quote and not left_out.section:
            told = f"{left_out.why!r} says why something is left out, and not what; write 'quote' or 'section'"
            yield ("left-out", i), told


def _is_empty(dose: Dose) -> bool:
    return dose.dosage is None and not dose.text


def _measures(case: Case) -> Iterator[tuple[Path, Pregnancy | Birth]]:
    yield from ((("pregnancy", i), pregnancy) for i, pregnancy in enumerate(case.pregnancy))
    if case.birth:
        yield ("birth",), case.birth


def _keys(measures: Pregnancy | Birth) -> Iterator[str]:
    shared = {*Timed.fields()}
    return (field.key for name, field in measures.fields().items() if name not in shared)


def long_quote(chart: Chart) -> Remarks:
    """
    A quote has more than 12 words.

    Why: a quote is there to find the place in the article, and not to copy it.
    Bad:  quote: on the day of admission the girl had a fever of 39.8 °C and a rash
    Good: quote: "admission … fever of 39.8 °C and a rash"
    """
    for path, quote in chart.quotes:
        words = quote.replace("…", " ").split()
        if len(words) > 12 and (count := sum(bool(re.search(r"\w", word)) for word in words)) > 12:
            told = f"the quote {' '.join(words[:3])!r} … has {count} words, and at most 12 are quoted"
            yield path, f"{told}; leave words out, with … in their place"


def vital_sign_code(chart: Chart) -> Remarks:
    """
    What is no vital sign has the code of one, or one value has the codes of two.

    Why: FHIR has a profile for each vital sign, which nothing else can fit.
    Bad:  findings: [{name: tachycardia, code: LOINC 8867-4}]
    Good: vitals: [{values: {heart rate: 112 /min}}]
    Source: https://hl7.org/fhir/R4/observation-vitalsigns.html
    """
    for place, codes in _coded(chart):
        for code in codes:
            if vital := chart.terms.vital_sign(code.system, code.code):
                told = f"{code.system} {code.code} is the code of a vital sign"
                yield (*place, "code"), f"{told}; write it under vitals: {_example(vital)}"
    values: list[tuple[Path, LabValue | CellDetail]] = [*_lab_values(chart), *_cells(chart)]
    for place, lab in values:
        signs = {sign: code for code in lab.code if (sign := chart.terms.vital_sign(code.system, code.code))}
        for sign, code in signs.items():
            if sign.loinc == _PANEL:
                told = f"{code.system} {code.code} stands for several vital signs"
                yield (*place, "code"), f"{told}; write each by its name: {sign.example}"
        if len(signs) > 1:
            names = " and ".join(sign.name for sign in signs)
            yield (*place, "code"), f"these are codes of {names}; write each as a value of its own"


_PANEL = "85353-1"


def _example(sign: VitalSign) -> str:
    return sign.example if sign.loinc == _PANEL else f"{sign.name}: {sign.example}"


def _coded(chart: Chart) -> Iterator[tuple[Path, tuple[Code, ...]]]:
    """The codes that authors give to what becomes an Observation and is no laboratory value."""
    case = chart.case
    for i, finding in enumerate(case.findings):
        yield ("findings", i), finding.code
    for path, record in case.with_findings():
        for n, seen in enumerate(record.findings):
            yield (*path, "findings", n), seen.code
    for i, stage in enumerate(case.stages):
        yield ("stages", i), stage.code
    for i, score in enumerate(case.scores):
        yield ("scores", i), score.code
    for i, habit in enumerate(case.social):
        yield ("social", i), habit.code
    for i, exposure in enumerate(case.exposures):
        yield ("exposures", i), exposure.code
    for i, test in enumerate(case.microbiology):
        yield ("microbiology", i), test.code
    for i, event in enumerate(case.adverse_events):
        yield ("adverse-events", i), event.code if event.none else ()


def _cells(chart: Chart) -> Iterator[tuple[Path, CellDetail]]:
    for i, table in enumerate(chart.case.tables):
        yield from ((("tables", i, "cells", n), detail) for n, detail in enumerate(table.cells))


def _lab_values(chart: Chart) -> Iterator[tuple[Path, LabValue]]:
    for section, panels in (("vitals", chart.case.vitals), ("labs", chart.case.labs)):
        for i, panel in enumerate(panels):
            for name, value in panel.values.items():
                yield (section, i, "values", name), value
    members: list[tuple[Path, Mapping[str, LabValue]]] = [(path, one.values) for path, one in chart.case.reports()]
    members += [(path, person.values) for path, person in chart.case.persons()]
    for path, values in members:
        for name, value in values.items():
            yield (*path, "values", name), value
