"""Facts that stand in the file twice."""

from collections import defaultdict

from casefhir.chart import Chart
from casefhir.facts import Fact, Lab, Report
from casefhir.rules.rule import Remarks


def _equals(chart: Chart) -> list[list[Fact]]:
    """Facts with the same name and moment, group by group."""
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in chart.facts:
        if fact.number and not isinstance(fact.record, Report):
            groups[fact.key.rpartition("/")[0]].append(fact)
    return list(groups.values())


def written_twice(chart: Chart) -> Remarks:
    """
    The same fact is written twice, word for word.

    Why: it would become two resources, as if it had been seen or given twice.
    Bad:  [{name: fever, at: admission}, {name: fever, at: admission}]
    Good: [{name: fever, at: admission}]
    """
    for group in _equals(chart):
        seen: set[str] = set()
        for fact in group:
            content = repr(fact.record)
            if content in seen:
                yield fact.path, f"{fact.record.label!r} is written twice with the same moment; keep one"
            seen.add(content)


def two_values(chart: Chart) -> Remarks:
    """
    One test has two different values at one moment.

    Why: two samples, or a contradiction of the article: a reader must know which.
    Bad:  CRP: 96 mg/L in one block of `labs:`, CRP: 69 mg/L in another, both at: admission
    Good: one of them with `id:` and its own moment, or {value: 96 mg/L, conflict: {says: 69 mg/L, where: abstract}}
    """
    for group in _equals(chart):
        labs = [fact for fact in group if isinstance(fact.record, Lab)]
        for fact in labs[1:]:
            if repr(fact.record) != repr(labs[0].record):
                yield (
                    fact.path,
                    f"{fact.record.name} has {len(labs)} values at one moment; give each its own, or an 'id'",
                )
