"""Case → issues: what the file says that cannot be, or is unlikely to be, true."""

from collections.abc import Iterator, Sequence

from casefhir.facts import Fact, facts_at, named
from casefhir.issue import Issue, Severity
from casefhir.model.case import Case
from casefhir.rules import doses, duplicates, names, records, references, timeline, units
from casefhir.rules.rule import Checked, Rule
from casefhir.terms import Terms

RULES: dict[Severity, tuple[Rule, ...]] = {
    "error": (
        references.undefined_event,
        references.circular_event,
        references.reserved_name,
        references.unknown_treatment,
        references.unknown_subject,
        references.unknown_fact,
        records.one_of,
        records.incomplete,
        timeline.ends_before_start,
        timeline.uncounted_day,
        timeline.unknown_moment,
        units.missing,
        duplicates.written_twice,
    ),
    "warning": (
        timeline.out_of_order,
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

STRUCTURE: tuple[Rule, ...] = RULES["error"][:8]
"""The rules that the others rely on: names that are defined, records that are whole."""


def rule_name(rule: Rule) -> str:
    """`timeline.ends-before-start`: the module and the name of the function."""
    return f"{rule.__module__.rpartition('.')[2]}.{rule.__name__.replace('_', '-')}"


def rule_issues(case: Case, facts: Sequence[Fact], terms: Terms) -> Iterator[Issue]:
    """
    What the rules say of a case whose shape is right.

    If names are undefined or records incomplete, only that is reported: the other rules could not be sure.
    """
    checked = Checked(case, facts, terms)
    broken = [issue for rule in STRUCTURE for issue in _issues("error", rule, checked)]
    if broken:
        yield from broken
        return
    for severity, rules in RULES.items():
        for rule in rules:
            if rule not in STRUCTURE:
                yield from _issues(severity, rule, checked)


def _issues(severity: Severity, rule: Rule, checked: Checked) -> Iterator[Issue]:
    for path, message in rule(checked):
        yield Issue(severity, rule_name(rule), path, message)


def unacknowledged(issues: Sequence[Issue], case: Case, facts: Sequence[Fact], terms: Terms) -> list[Issue]:
    """The issues without the warnings that the author acknowledges in `doubts:`, which are exported as doubts."""
    if not case.doubts or not any(issue.severity == "warning" for issue in issues):
        return list(issues)
    keys = [fact.key for fact in facts]
    doubts = [(doubt.rule, set(named(doubt.about, keys, terms))) for doubt in case.doubts]
    return [issue for issue in issues if not _is_acknowledged(issue, doubts, facts)]


def _is_acknowledged(issue: Issue, doubts: list[tuple[str | None, set[str]]], facts: Sequence[Fact]) -> bool:
    if issue.severity != "warning":
        return False
    at = set(facts_at(issue.path, facts))
    return any(rule in (None, issue.rule) and at & keys for rule, keys in doubts)
