"""What the article tells in two ways: treatments, tables and follow-ups that do not fit each other."""

import re
from collections import defaultdict
from collections.abc import Iterator

from casefhir.chart import Chart
from casefhir.model.course import Course
from casefhir.model.treatment import Treatment
from casefhir.model.when import At, When
from casefhir.rules.rule import Remarks
from casefhir.rules.words import quotes_with


def given_after_replaced(chart: Chart) -> Remarks:
    """
    A drug is given again after another took its place, and that one is not said to have ended.

    Why: reports tell a dose in a flare as a switch in one place, and in another as the other drug going on.
    Bad:  tocilizumab to 2020-09; tofacitinib from 2020-09 in its place, continues; tocilizumab again in 2021-05
    Good: the same with a doubt about it: {about: treatments/tocilizumab/2021-05, says: tofacitinib went on meanwhile}
    """
    of_drug: dict[str, list[tuple[int, Treatment]]] = defaultdict(list)
    for i, treatment in enumerate(chart.case.treatments):
        of_drug[treatment.drug.casefold()].append((i, treatment))
    for n, other in enumerate(chart.case.treatments):
        begun = other.begun
        if other.replaces and begun and not (other.to or chart.successors.keys() & chart.facts_at(("treatments", n))):
            moments = [(i, one, one.begun) for i, one in of_drug[other.replaces.partition("/")[0].casefold()]]
            later = [(i, one, at) for i, one, at in moments if at and chart.timeline.certainly_before(begun, at)]
            for i, again, at in later if len(later) < len(moments) else ():
                told = f"took its place at {chart.timeline.dated(begun)} and is not said to have ended"
                yield (
                    ("treatments", i),
                    f"{again.drug} is given again at {chart.timeline.dated(at)}; {other.drug} {told}",
                )


def table_before_treatment(chart: Chart) -> Remarks:
    """
    The name, a note or the printed title of a table says that it is of a treatment, and lines are from before it.

    Why: the title is too narrow, or a date is wrong; a reader takes the first values for those under treatment.
    Bad:  {name: values under tofacitinib, rows: …} with a line of 2020-06, and tofacitinib from 2020-09
    Good: the same with a doubt about it: {about: tables/values under tofacitinib, says: the first line is from before}
    """
    for i, table in enumerate(chart.case.tables):
        words = " ".join(filter(None, (table.name, table.quote, table.note))).casefold()
        for drug, starts in _starts(chart) if _DURING.search(words) else ():
            if drug in words:
                early = [row for row in table.rows if all(_before(chart, row.moment, start) for start in starts)]
                if early and len(early) < len(table.rows):
                    lines = " and ".join(dict.fromkeys(row.moment.text for row in (early[0], early[-1])))
                    told = f"{len(early)} of its lines ({lines}) are from before it was begun"
                    yield ("tables", i, "name"), f"the table {table.name!r} is told as of {drug}, and {told}"


_DURING = re.compile(r"\b(?:with|under|on|during|after|following|treated|treatment|therapy)\b")


def _starts(chart: Chart) -> Iterator[tuple[str, list[When]]]:
    """Each drug, and the moments at which it was begun."""
    starts: dict[str, list[When]] = defaultdict(list)
    for treatment in chart.case.treatments:
        if moment := treatment.begun:
            starts[treatment.drug.casefold()].append(moment)
    yield from starts.items()


def _before(chart: Chart, one: When, other: When) -> bool:
    return chart.timeline.certainly_before(one, other)


def two_last_follow_ups(chart: Chart) -> Remarks:
    """
    Two follow-ups end the case, at two moments and in one state.

    Why: an abstract and a body often give the last follow-up with two dates; only one of them is the last.
    Bad:  {at: follow-up, what: stable}, and {at: last-follow-up, what: stable} three months later
    Good: the same with a doubt about it: {about: course/last-follow-up, says: the abstract ends with the first}
    """
    ends = [(i, course) for i, course in enumerate(chart.case.course) if _is_end(chart, course)]
    if len(ends) > 1:
        (_, one), (i, other) = ends[-2:]
        moment, last = one.moment, other.moment
        if moment and last and _before(chart, moment, last):
            told = f"{chart.timeline.dated(moment)} and {chart.timeline.dated(last)}"
            yield ("course", i), f"two follow-ups end the case as stable, {told}; say which is the last"


def _is_end(chart: Chart, course: Course) -> bool:
    """Whether a course tells of a state that goes on, at a follow-up."""
    if not (isinstance(course.at, At) and _STEADY.search(course.what)):
        return False
    return "follow-up" in f"{course.at.event} {chart.case.events[course.at.event].note or ''}"


_STEADY = re.compile(r"\b(?:stable|unchanged|no change)\b", re.I)


def diagnosed_and_ruled_out(chart: Chart) -> Remarks:
    """
    A disease is diagnosed and ruled out at one moment.

    Why: one of the two is meant of another disease, or the dates are wrong.
    Bad:  diagnoses: [{name: measles, diagnosed: 2020-06}], and ruled-out: [{name: measles, at: 2020-06}]
    Good: diagnoses: [{name: measles, diagnosed: 2020-06}], and ruled-out: [{name: rubella, at: 2020-06}]
    """
    names = chart.terms.diagnoses
    diagnosed = {
        (names.canonical(one.name) or one.name.casefold(), one.diagnosed or one.onset)
        for one in chart.case.diagnoses
        if chart.case.ruled_out and one.certainty in ("confirmed", "provisional")
    }
    for i, out in enumerate(chart.case.ruled_out):
        if (names.canonical(out.name) or out.name.casefold(), out.at) in diagnosed:
            at = f" at {chart.timeline.dated(out.at)}" if out.at else ""
            yield ("ruled-out", i, "name"), f"{out.name!r} is diagnosed and ruled out{at}; leave one of the two out"


def more_births_than_pregnancies(chart: Chart) -> Remarks:
    """
    A woman has given birth more often than she was pregnant.

    Why: gravida counts all pregnancies, this one included, and para those that ended in a birth: the two are swapped.
    Bad:  {gravida: 1, para: 2}
    Good: {gravida: 2, para: 1}
    """
    for i, one in enumerate(chart.case.pregnancy):
        if one.gravida is not None and one.para is not None and one.para > one.gravida:
            told = f"para {one.para} is more than gravida {one.gravida}, which counts every pregnancy"
            yield ("pregnancy", i, "para"), f"{told}; the two may be swapped"


def told_otherwise(chart: Chart) -> Remarks:
    """
    Another place of the article says something else of a fact.

    Why: whoever uses the data has to know that there are two answers. Both are exported.
    Bad:  {what: arthritis gone, at: surgery + 5 months, conflict: {says: gone after 9 months, where: abstract}}
    Good: the same: it says what the article says
    """
    for path, conflict in chart.conflicts:
        called = chart.case.called(path)
        of = f"{called}: " if called else ""
        yield (
            path,
            f"{of}the article says something else as well ({conflict.where}): {conflict.says!r}; both are exported",
        )


def of_other_patients(chart: Chart) -> Remarks:
    """
    A quote speaks of other patients: of earlier cases, or of the literature.

    Why: discussions tell of several patients, and what is of another must not become a fact of this one.
    Bad:  {name: colitis, quote: "another patient with colitis"}
    Good: the same with a doubt about it, if the sentence is of this patient too; else leave the fact out
    """
    for path, quote in quotes_with(chart, "patient", "case", "report", "literature", "et al"):
        if found := _OTHERS.search(quote):
            yield path[:-1], f"{found[0]!r} stands in the quote; a fact of another patient does not belong here"


_OTHERS = re.compile(
    r"another patient|other patients|(?:previous|earlier|published|reported) (?:cases?|patients|reports?)"
    r"|patients (?:with|who)|in the literature|case series|et al"
)
