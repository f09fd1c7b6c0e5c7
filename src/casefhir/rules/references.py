"""Names that the file uses without defining them: events, treatments, diagnoses, facts."""

from collections import defaultdict

from casefhir.chart import Chart
from casefhir.model.when import RESERVED, events_named
from casefhir.rules.rule import Remarks
from casefhir.source import Path
from casefhir.terms.names import near


def undefined_event(chart: Chart) -> Remarks:
    """
    A moment names an event that `events:` does not have.

    Why: nobody can say when the fact was, and the visit that it belongs to is lost.
    Bad:  at: admision
    Good: at: admission
    """
    defined = chart.case.events
    uses: dict[str, list[Path]] = defaultdict(list)
    for path, when in chart.moments:
        for name in events_named(when):
            uses[name].append(path)
    for name in uses.keys() - defined.keys():
        candidates = near(name, defined)
        unused = [other for other in candidates if other not in uses]
        if unused:
            told = f"the event {unused[0]!r} is used nowhere, but {name!r} is, {_times(len(uses[name]))}; rename one"
            yield ("events", unused[0]), told
            continue
        for path in uses[name]:
            yield path, f"no event {name!r}" + (_did_you_mean(candidates) or "; name it in 'events:'")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _did_you_mean(names: list[str]) -> str:
    return f"; did you mean {' or '.join(map(repr, names))}?" if names else ""


def circular_event(chart: Chart) -> Remarks:
    """
    Events are dated by each other in a circle.

    Why: none of them has a date that could be worked out.
    Bad:  events: {a: {date: b + 1 day}, b: {date: a - 1 day}}
    Good: events: {a: {date: 2020-06}, b: {date: a - 1 day}}
    """
    if circle := chart.timeline.cycle():
        chain = " → ".join([*circle, circle[0]])
        yield ("events", circle[0], "date"), f"these events are dated by each other: {chain}"


def reserved_name(chart: Chart) -> Remarks:
    """
    An event has the name of a word of the date grammar.

    Why: `before + 2 days` could not be read.
    Bad:  events: {before: {date: 2020-06}}
    Good: events: {before-admission: {date: 2020-06}}
    """
    for name in chart.case.events:
        if name in RESERVED:
            yield (
                ("events", name),
                f"{name!r} is a word of dates and cannot name an event; add to it: '{name}-visit'",
            )


def unknown_treatment(chart: Chart) -> Remarks:
    """
    A fact names a treatment that `treatments:` does not have.

    Why: the response, or the harm, would belong to nothing.
    Bad:  course: [{at: review, what: fever gone, after: tocilizumap}]
    Good: course: [{at: review, what: fever gone, after: tocilizumab}]
    """
    case = chart.case
    for path, about in (
        *((("course", i, "after"), c.after) for i, c in enumerate(case.course)),
        *((("adverse-events", i, "of"), a.of) for i, a in enumerate(case.adverse_events)),
        *((("treatments", i, "replaces"), t.replaces) for i, t in enumerate(case.treatments)),
    ):
        if about and not chart.keys.named(about, "treatments"):
            names = dict.fromkeys(treatment.drug for treatment in case.treatments)
            told = _did_you_mean(near(about, names)) or f"; 'treatments:' has {', '.join(names) or 'none'}"
            yield path, f"no treatment {about!r}{told}"


def unknown_subject(chart: Chart) -> Remarks:
    """
    A course or a flare is of something that is neither a diagnosis nor a finding of the file.

    Why: a registry could not tell what got better.
    Bad:  course: [{at: review, what: gone, of: vasculitis}]
    Good: diagnoses: [{name: vasculitis}] as well
    """
    case = chart.case
    for path, about in (
        *((("course", i, "of"), c.of) for i, c in enumerate(case.course)),
        *((("diagnoses", i, "flare-of"), d.flare_of) for i, d in enumerate(case.diagnoses)),
    ):
        if about and not chart.keys.named(about, "diagnoses", "findings"):
            names = [d.name for d in case.diagnoses] + [n for f in case.findings for n in (f.name, *f.names) if n]
            yield path, f"no diagnosis or finding {about!r}{_did_you_mean(near(about, dict.fromkeys(names)))}"


def unknown_fact(chart: Chart) -> Remarks:
    """
    A doubt is about a fact that the file does not have.

    Why: the doubt would hang in the air, and the warning that it acknowledges would come back.
    Bad:  doubts: [{about: labs/CRP/review, says: …}] without a CRP at the review
    Good: doubts: [{about: labs/CRP/admission, says: …}]
    """
    for i, doubt in enumerate(chart.case.doubts):
        if not chart.keys.named(doubt.about):
            section = [f.key for f in chart.facts if f.key.split("/")[0] == doubt.about.split("/")[0]]
            closest = near(doubt.about, section) or section[:3]
            hint = f"; keys are like {', '.join(map(repr, closest))}" if closest else ""
            yield ("doubts", i, "about"), f"no fact {doubt.about!r}{hint}"
