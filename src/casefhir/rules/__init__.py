"""Case → issues: what the file says that cannot be, or is unlikely to be, true."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any

from casefhir.chart import Chart
from casefhir.issue import Issue, Severity
from casefhir.rules import (
    article,
    biology,
    body,
    cells,
    claims,
    digits,
    doses,
    duplicates,
    flags,
    label,
    lengths,
    names,
    quotes,
    records,
    references,
    scores,
    stages,
    story,
    timeline,
    units,
    values,
)
from casefhir.rules.rule import Rule
from casefhir.source import Path
from casefhir.statement import Report

STRUCTURE: tuple[Rule, ...] = (
    references.undefined_event,
    references.circular_event,
    references.reserved_name,
    records.one_of,
    records.incomplete,
)
"""The rules that the others rely on: moments that mean something, records that are whole."""

OF_ONE_RECORD: tuple[Rule, ...] = (
    references.reserved_name,
    records.one_of,
    records.incomplete,
    timeline.unknown_moment,
    units.missing,
    records.long_quote,
    records.vital_sign_code,
    cells.unknown_cell,
    cells.said_twice,
    cells.misfit,
    names.not_a_name,
    names.negated,
)
"""The errors that are those of one record, whatever the others say; of STRUCTURE, those come first."""

RULES: dict[Severity, tuple[Rule, ...]] = {
    "error": (
        *STRUCTURE,
        references.unknown_treatment,
        references.unknown_procedure,
        references.unknown_subject,
        references.unknown_fact,
        references.unknown_rule,
        timeline.ends_before_start,
        timeline.uncounted_day,
        timeline.unknown_moment,
        units.missing,
        records.long_quote,
        records.vital_sign_code,
        cells.unknown_cell,
        cells.said_twice,
        cells.misfit,
        duplicates.written_twice,
        duplicates.id_twice,
        names.not_a_name,
        names.negated,
    ),
    "warning": (
        timeline.out_of_order,
        timeline.lines_out_of_order,
        timeline.clash,
        timeline.after_publication,
        timeline.after_death,
        lengths.quoted_date,
        lengths.quoted_length,
        lengths.other_direction,
        lengths.duration,
        body.unlikely_for_age,
        body.other_body_mass_index,
        units.unknown,
        units.impossible,
        units.not_printed,
        units.impossible_value,
        digits.unusual,
        digits.unlike_others,
        digits.unlike_range,
        values.printed_otherwise,
        values.two_dimensions,
        values.other_amount,
        values.assay_ceiling,
        values.part_above_whole,
        quotes.other_number,
        quotes.other_unit,
        flags.against_range,
        flags.against_values,
        flags.against_words,
        flags.against_earlier_value,
        claims.against_numbers,
        scores.impossible_score,
        scores.beyond_components,
        scores.other_sum,
        stages.unread_tnm,
        biology.gene_of_an_organism,
        doses.count_against_period,
        doses.other_in_brackets,
        label.differs,
        label.times_weight,
        story.given_after_replaced,
        story.table_before_treatment,
        story.two_last_follow_ups,
        story.diagnosed_and_ruled_out,
        story.more_births_than_pregnancies,
        story.of_other_patients,
        duplicates.in_table,
        duplicates.two_values,
        names.misspelt,
    ),
    "information": (
        names.unknown,
        story.told_otherwise,
        article.unknown_license,
        doses.text_only,
        doses.course_at_a_moment,
        values.of_each_site,
        values.length_as_value,
    ),
}
"""Every rule once, under its severity: the name of a rule is its module and its function."""


OF_THE_COPY: tuple[Rule, ...] = (
    quotes.other_number,
    quotes.other_unit,
    values.printed_otherwise,
    flags.against_words,
    lengths.quoted_date,
    lengths.quoted_length,
    lengths.other_direction,
)
"""The rules about what was copied, and not about what the article says."""


def rule_name(rule: Callable[..., Any]) -> str:
    """`timeline.ends-before-start`: the module and the name of the function."""
    return f"{rule.__module__.rpartition('.')[2]}.{rule.__name__.replace('_', '-')}"


def rule_issues(chart: Chart) -> Iterator[Issue]:
    """
    What the rules say of a case whose shape is right.

    If events are undefined or records incomplete, only that is reported: the other rules could not be sure.
    """
    broken = list(issues_of(chart, "error", STRUCTURE))
    if broken:
        yield from broken
        return
    for severity, rules in RULES.items():
        yield from issues_of(chart, severity, [rule for rule in rules if rule not in STRUCTURE])


def is_broken(issues: Iterable[Issue]) -> bool:
    """Whether these issues are all that was looked for: the other rules could not be sure."""
    first = {rule_name(rule) for rule in STRUCTURE}
    return any(issue.rule in first for issue in issues)


def issues_of(chart: Chart, severity: Severity, rules: Iterable[Rule]) -> Iterator[Issue]:
    """What some rules say of a case, in their order."""
    for rule in rules:
        for path, message, *steps in rule(chart):
            yield Issue(severity, rule_name(rule), path, message, steps=steps[0] if steps else ())


def unacknowledged(issues: Iterable[Issue], chart: Chart) -> Iterator[Issue]:
    """
    The issues without the warnings that the author acknowledges in `doubts:`, which are exported as doubts.

    A doubt is about the article; a warning that the copy differs from its own quote is acknowledged by its name alone.
    """
    of_the_copy = {rule_name(rule) for rule in OF_THE_COPY}
    doubted = {(key, doubt.rule) for doubt in chart.case.doubts for key in chart.keys.named(doubt.about)}
    keys_at = _keys_at(chart)
    for issue in issues:
        if issue.severity == "warning":
            keys = {key for path in (issue.path, *(step.path for step in issue.steps)) for key in keys_at(path)}
            told = product(keys, (issue.rule,) if issue.rule in of_the_copy else (None, issue.rule))
            if not doubted.isdisjoint(told):
                continue
        yield issue


def _keys_at(chart: Chart) -> Callable[[Path], set[str]]:
    """What a warning is about, by its place: the facts there, and the panel or table that they belong to."""
    reports = [fact for fact in chart.facts if isinstance(fact.record, Report)]
    report_of = {place: report.key for report in reports for place in report.record.members}
    whole: dict[Path, set[str]] = defaultdict(set)
    for report in reports:
        whole[report.path[:2]].add(report.key)

    def keys_at(path: Path) -> set[str]:
        if len(path) == 3 and path[:2] in whole:
            return whole[path[:2]]  # a key of the panel or table itself, such as its unit
        return {*chart.facts_at(path), report_of.get(path, "")}

    return keys_at
