"""Case → issues: what the file says that cannot be, or is unlikely to be, true."""

from collections.abc import Iterable, Iterator

from casefhir.chart import Chart
from casefhir.facts import Report
from casefhir.issue import Issue, Severity
from casefhir.rules import doses, duplicates, names, records, references, timeline, units
from casefhir.rules.rule import Rule
from casefhir.source import Path

STRUCTURE: tuple[Rule, ...] = (
    references.undefined_event,
    references.circular_event,
    references.reserved_name,
    records.one_of,
    records.incomplete,
)
"""The rules that the others rely on: moments that mean something, records that are whole."""

RULES: dict[Severity, tuple[Rule, ...]] = {
    "error": (
        *STRUCTURE,
        references.unknown_treatment,
        references.unknown_subject,
        references.unknown_fact,
        references.unknown_rule,
        timeline.ends_before_start,
        timeline.uncounted_day,
        timeline.unknown_moment,
        units.missing,
        duplicates.written_twice,
        duplicates.id_twice,
        names.not_a_name,
    ),
    "warning": (
        timeline.out_of_order,
        timeline.lines_out_of_order,
        timeline.after_publication,
        units.unknown,
        units.impossible,
        units.not_printed,
        units.impossible_value,
        doses.count_against_period,
        duplicates.two_values,
        names.misspelt,
    ),
    "information": (
        names.unknown,
        doses.text_only,
    ),
}
"""Every rule once, under its severity: the name of a rule is its module and its function."""


def rule_name(rule: Rule) -> str:
    """`timeline.ends-before-start`: the module and the name of the function."""
    return f"{rule.__module__.rpartition('.')[2]}.{rule.__name__.replace('_', '-')}"


def rule_issues(chart: Chart) -> Iterator[Issue]:
    """
    What the rules say of a case whose shape is right.

    If events are undefined or records incomplete, only that is reported: the other rules could not be sure.
    """
    broken = [issue for rule in STRUCTURE for issue in _issues("error", rule, chart)]
    if broken:
        yield from broken
        return
    for severity, rules in RULES.items():
        for rule in rules:
            if rule not in STRUCTURE:
                yield from _issues(severity, rule, chart)


def _issues(severity: Severity, rule: Rule, chart: Chart) -> Iterator[Issue]:
    for path, message in rule(chart):
        yield Issue(severity, rule_name(rule), path, message)


def unacknowledged(issues: Iterable[Issue], chart: Chart) -> Iterator[Issue]:
    """The issues without the warnings that the author acknowledges in `doubts:`, which are exported as doubts."""
    for issue in issues:
        if issue.severity != "warning" or not _is_acknowledged(issue, chart):
            yield issue


def _is_acknowledged(issue: Issue, chart: Chart) -> bool:
    at = {*chart.facts_at(issue.path), *_reports_with(issue.path, chart)}
    return any(
        doubt.rule in (None, issue.rule) and at.intersection(chart.keys.named(doubt.about))
        for doubt in chart.case.doubts
    )


def _reports_with(path: Path, chart: Chart) -> Iterator[str]:
    """The keys of the tables and panels that hold the value at a place."""
    return (f.key for f in chart.facts if isinstance(f.record, Report) and path in f.record.members)
