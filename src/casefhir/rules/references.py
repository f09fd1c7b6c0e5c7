"""Names that the file uses without defining them: events, treatments, diagnoses, facts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from casefhir.chart import Chart
from casefhir.keys import slug
from casefhir.model.case import Case
from casefhir.model.event_name import RESERVED
from casefhir.model.when import events_named, is_when
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
    for when, paths in chart.moments.items():
        for name in events_named(when):
            uses[name] += paths
    for name in uses.keys() - defined.keys():
        candidates = _near_events(name, defined)
        unused = [other for other in candidates if other not in uses]
        if unused:
            told = f"the event {unused[0]!r} is used nowhere, but {name!r} is, {_times(len(uses[name]))}; rename one"
            yield ("events", unused[0]), told
            continue
        for path in uses[name]:
            told = _did_you_mean(candidates) or _going_on(name, path) or _glued(name, path, defined)
            told = told or _events_there(name, defined)
            yield path, f"no event {name!r}{told}"


def _near_events(name: str, defined: Iterable[str]) -> list[str]:
    """The events with a name like one; hyphens do not count, for `last-follow-u` has no word of one letter."""
    names = {other.replace("-", ""): other for other in defined}
    return [names[other] for other in near(name.replace("-", ""), names)]


def _events_there(name: str, defined: Iterable[str]) -> str:
    there = f", or use {', '.join(defined)}" if defined else ""
    return f"; write {name}: {{{_date(name, defined)}}} below 'events:'{there}"


def _date(name: str, defined: Iterable[str]) -> str:
    """The date that a name like `day-7-of-surgery`, `day-7` or `week-6` says; empty for any other."""
    for event in defined:
        said = f"{name.removesuffix(event).replace('-', ' ')}{event}"
        if name.endswith(f"-{event}") and is_when(said):
            return f"date: {said}"
    if found := re.fullmatch(r"(day|week|month|year|hour)-([0-9]+)", name):
        unit, number = found.groups()
        return f"date: day {number} of EVENT" if unit == "day" else f"date: EVENT + {number} {unit}s"
    return ""


def _glued(name: str, path: Path, defined: Iterable[str]) -> str:
    """What to write for a distance without blanks, which is read as a name: `arrival-5days`; "" of any other name."""
    for event in defined:
        found = re.fullmatch(rf"{event}-(plus-|minus-|)([0-9]+)-?([a-z]+)", name)
        if found is None or not is_when(f"{event} - {found[2]} {found[3]}"):
            continue
        side, distance = found[1], f"{found[2]} {found[3]}"
        before, after = f"{event} - {distance}", f"{event} + {distance}"
        if path[0] == "tables" or side:
            date = after if side == "plus-" else before
            other = "" if side else f", or {{date: {after}}} if it is after"
            return f"; write {name}: {{date: {date}}} below 'events:'{other}"
        return f"; write {before}, with blanks around the minus, or {after} if it is after"
    return ""


def _going_on(name: str, path: Path) -> str:
    """What to write for an end that is none; "" of any other name."""
    if path[-1] != "to" or name not in ("present", "now", "today", "ongoing", "continuing", "current", "date"):
        return ""
    return "; what goes on has no 'to'" + (", but continues: true" if path[0] in ("treatments", "procedures") else "")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _did_you_mean(names: list[str]) -> str:
    return f"; did you mean {' or '.join(map(repr, names))}?" if names else ""


def _what_there_is(section: str, names: Iterable[str]) -> str:
    return f"; name it in '{section}:', which has {', '.join(names) or 'none'}"


def circular_event(chart: Chart) -> Remarks:
    """
    Events are dated by each other in a circle.

    Why: none of them has a date that could be worked out.
    Bad:  events: {a: {date: b + 1 day}, b: {date: a - 1 day}}
    Good: events: {a: {date: 2020-06}, b: {date: a - 1 day}}
    """
    if circle := chart.timeline.cycle():
        chain = " → ".join([*circle, circle[0]])
        told = "these events are dated by each other" if len(circle) > 1 else "this event is dated by itself"
        yield ("events", circle[0], "date"), f"{told}: {chain}"


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

    Why: the response, the harm, or the donor would belong to nothing.
    Bad:  course: [{at: review, what: fever gone, after: tocilizumap}]
    Good: course: [{at: review, what: fever gone, after: tocilizumab}]
    """
    case = chart.case
    uses: tuple[tuple[Path, str | None], ...] = (
        *((("course", i, "after", n), about) for i, c in enumerate(case.course) for n, about in enumerate(c.after)),
        *(
            (("adverse-events", i, "of", n), about)
            for i, a in enumerate(case.adverse_events)
            for n, about in enumerate(a.of)
        ),
        *(
            (("adverse-events", i, "rechallenge", "of"), a.rechallenge.of)
            for i, a in enumerate(case.adverse_events)
            if a.rechallenge
        ),
        *((("others", i, "of", n), about) for i, other in enumerate(case.others) for n, about in enumerate(other.of)),
        *((("treatments", i, "replaces"), t.replaces) for i, t in enumerate(case.treatments)),
    )
    for path, about in uses:
        known = chart.keys.named(about, "treatments") if about and path[0] == "treatments" else ()
        if about and not (known or (path[0] != "treatments" and chart.interventions(about))):
            sections = ("treatments",) if path[0] == "treatments" else ("treatments", "procedures")
            yield path, f"no treatment {about!r}{_other_treatments(about, sections, chart)}"
        elif about and known and list(known) == list(chart.facts_at(path[:2])):
            yield path, f"{about!r} is this course itself; name the one that it replaces by its drug and its start"


def _other_treatments(about: str, sections: tuple[str, ...], chart: Chart) -> str:
    """What may be meant in place of a treatment that there is not: a key, a name, or any that the file has."""
    if closest := _sharing(about.split("/"), [fact.key for fact in chart.facts if fact.path[0] in sections], chart):
        own = "; or give the course an 'id:' and name that" if "/" in about else ""
        return _is_it([key.partition("/")[2] for key in closest]) + own
    drugs = dict.fromkeys(treatment.drug for treatment in chart.case.treatments)
    regimens = dict.fromkeys(treatment.regimen for treatment in chart.case.treatments if treatment.regimen)
    done = dict.fromkeys(procedure.name for procedure in chart.case.procedures) if "procedures" in sections else {}
    names = [*drugs, *regimens, *done]
    longer = [name for name in names if slug(about) in slug(name).split("-")]
    return _did_you_mean(near(about, names) or longer) or _what_there_is("treatments", drugs | regimens)


def _sharing(parts: list[str], keys: Iterable[str], chart: Chart) -> list[str]:
    """The keys that share the most parts with a reference; none where none shares any."""
    shared = {key: sum(key in chart.keys.named(part) for part in parts) for key in keys}
    most = max(shared.values(), default=0)
    return [key for key, count in shared.items() if count == most][:3] if most else []


def _is_it(keys: Iterable[str]) -> str:
    return f"; is it {' or '.join(map(repr, keys))}?"


def unknown_procedure(chart: Chart) -> Remarks:
    """
    A tissue comes from a procedure that `procedures:` does not have.

    Why: the pathologist's report would belong to no operation.
    Bad:  pathology: [{name: histology, of: left colectomie, conclusion: adenoma}]
    Good: pathology: [{name: histology, of: left colectomy, conclusion: adenoma}]
    """
    for i, pathology in enumerate(chart.case.pathology):
        if pathology.of and not chart.procedures(pathology.of):
            names = dict.fromkeys(procedure.name for procedure in chart.case.procedures)
            told = _did_you_mean(near(pathology.of, names)) or _what_there_is("procedures", names)
            yield ("pathology", i, "of"), f"no procedure {pathology.of!r}{told}"


def unknown_subject(chart: Chart) -> Remarks:
    """
    A course, a flare or a stage is of something that is no diagnosis, of now or before, and no finding of the file.

    Why: a registry could not tell what got better.
    Bad:  course: [{at: review, what: gone, of: vasculitis}]
    Good: diagnoses: [{name: vasculitis}] as well
    """
    case = chart.case
    for path, about in (
        *((("course", i, "of"), c.of) for i, c in enumerate(case.course)),
        *((("diagnoses", i, "flare-of"), d.flare_of) for i, d in enumerate(case.diagnoses)),
        *((("stages", i, "of"), s.of) for i, s in enumerate(case.stages)),
    ):
        if about and not chart.keys.named(about, "diagnoses", "history", "findings"):
            told = (
                _did_you_mean(near(about, dict.fromkeys(subjects(case)))) or "; name it in 'diagnoses:' or 'findings:'"
            )
            yield path, f"no diagnosis or finding {about!r}{told}"


def subjects(case: Case) -> Iterator[str]:
    """The names of diseases and findings, which a course, a flare or a treatment may be about."""
    yield from (diagnosis.name for diagnosis in case.diagnoses)
    yield from (name for past in case.history for name in (past.name, *past.names) if name)
    yield from (name for finding in case.findings for name in (finding.name, *finding.names) if name)


def unknown_fact(chart: Chart) -> Remarks:
    """
    A doubt is about a fact that the file does not have.

    Why: the doubt would hang in the air, and the warning that it acknowledges would come back.
    Bad:  doubts: [{about: labs/CRP/review, says: …}] without a CRP at the review
    Good: doubts: [{about: labs/CRP/admission, says: …}]
    """
    for i, doubt in enumerate(chart.case.doubts):
        if not chart.keys.named(doubt.about):
            closest = _closest(doubt.about, chart)
            hint = _is_it(closest) if closest else "; write it like labs/CRP/admission"
            yield ("doubts", i, "about"), f"no fact {doubt.about!r}{hint}"


def _closest(about: str, chart: Chart) -> list[str]:
    """The keys that an author may have meant: near ones, or those that share the most of its parts."""
    parts = about.split("/")
    section = [fact.key for fact in chart.facts if fact.key.split("/")[0] == parts[0]]
    return near(about, section) or _sharing(parts[1:], section, chart) or section[:3]


def unknown_rule(chart: Chart) -> Remarks:
    """
    A doubt acknowledges a rule that there is not.

    Why: it would acknowledge nothing.
    Bad:  doubts: [{about: labs/ferritin, says: …, rule: units.imposible}]
    Good: doubts: [{about: labs/ferritin, says: …, rule: units.impossible}]
    """
    if not any(doubt.rule for doubt in chart.case.doubts):
        return
    from casefhir.rules import RULES, rule_name  # the table of all rules, this one among them
    from casefhir.rules.evidence import EVIDENCE

    names = [rule_name(rule) for rule in RULES["warning"]]
    names += [rule_name(rule) for rule in EVIDENCE["warning"]]
    errors = {rule_name(rule) for rule in (*RULES["error"], *EVIDENCE["error"])}
    for i, doubt in enumerate(chart.case.doubts):
        if doubt.rule in errors:
            told = "which no doubt answers; mend the fact, where the article has a misprint with 'printed:' and 'why:'"
            yield ("doubts", i, "rule"), f"{doubt.rule!r} is an error, {told}"
        elif doubt.rule and doubt.rule not in names:
            told = _did_you_mean(near(doubt.rule, names)) or f"; there is {', '.join(names)}"
            yield ("doubts", i, "rule"), f"no rule {doubt.rule!r} gives a warning{told}"
