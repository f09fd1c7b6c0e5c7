"""Case × article → issues: what the article does not print; only for `check --article`."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from casefhir.issue import Issue, Severity
from casefhir.rules.rule import Remarks

if TYPE_CHECKING:  # a check without an article pays nothing for it
    from casefhir.evidence import Evidence

EvidenceRule = Callable[["Evidence"], Remarks]


def evidence_issues(evidence: "Evidence") -> Iterator[Issue]:
    """What the article does not print of a case whose records are whole."""
    for severity, rules in EVIDENCE.items():
        for rule in rules:
            name = f"evidence.{rule.__name__.replace('_', '-')}"
            yield from (Issue(severity, name, path, message) for path, message in rule(evidence))


def told_once(issues: Iterable[Issue]) -> Iterator[Issue]:
    """The issues without the warnings that a value is printed otherwise, where the evidence says so as an error."""
    told = list(issues)
    unproven = {issue.path[:-1] for issue in told if issue.rule.startswith("evidence.") and issue.path[-1] == "value"}
    return (issue for issue in told if issue.rule != "values.printed-otherwise" or issue.path not in unproven)


def number_not_printed(evidence: "Evidence") -> Remarks:
    """
    A number, a date or a name with digits stands nowhere in the article, or not in the passage that proves the fact.

    Why: a registry asks who said so, and a mistyped digit says something that nobody did.
    Bad:  ESR: 58 mm/h (and the article prints: erythrocyte sedimentation rate of 85 mm/h)
    Good: ESR: 85 mm/h
    """
    yield from evidence.of("number_not_printed")


def other_unit(evidence: "Evidence") -> Remarks:
    """
    A number is printed, but with another unit, or the unit of a column of a table with none.

    Why: a value in another unit is another value; one that the article prints wrongly is corrected in the open.
    The unit of a column may stand in the printed table, or beside the name of the test elsewhere in the article.
    Bad:  CRP: 146.00 mg/L, where the article prints 146.00 g/L
    Good: CRP: {value: 146.00 mg/L, printed: 146.00 g/L, why: the later values of the article are in mg/L}
    """
    yield from evidence.of("other_unit")


def quote_not_printed(evidence: "Evidence") -> Remarks:
    """
    The pieces of a quote do not stand in one sentence or one row of a table, in their order.

    Why: the quote is how a reader finds the place.
    Bad:  quote: "fever of 39 °C", where the article prints: fever up to 39.5 °C
    Good: quote: "fever up to 39.5 °C"
    """
    yield from evidence.of("quote_not_printed")


def outside_quote(evidence: "Evidence") -> Remarks:
    """
    A number of a fact is printed, but not in the sentence or row that its quote names.

    Why: the quote is to prove the number, and a number from another sentence is that of another fact.
    Bad:  CRP: {value: 14.1 mg/L, quote: "some cytokines remained"}
    Good: CRP: {value: 14.1 mg/L, quote: "CRP level was elevated (14.1 mg/L"}
    """
    yield from evidence.of("outside_quote")


def other_cell(evidence: "Evidence") -> Remarks:
    """
    A cell of a table, or the range of a column, is not what the printed table has there.

    Why: a table is proven cell by cell.
    Bad:  2020-07-14  2.69, where the row of Jul. 14, 2020 prints 2.96
    Good: 2020-07-14  2.96
    """
    yield from evidence.of("other_cell")


def other_moment(evidence: "Evidence") -> Remarks:
    """
    A value stands in a table or a list of the article under another moment, or a drug was stopped at another.

    Why: to slip into the next column is the likeliest mistake of all, and the value stays a possible one.
    Bad:  labs: [{at: surgery + 24 h, values: {lactate: 7.2 mmol/L}}], where the column `24 h` prints 5.8
    Good: labs: [{at: surgery + 24 h, values: {lactate: 5.8 mmol/L}}]
    """
    yield from evidence.of("other_moment")


def other_article(evidence: "Evidence") -> Remarks:
    """
    DOI, PMID, date of publication, ORCID or email are not those that the article prints.

    Why: the case would be filed under another article.
    Bad:  doi: 10.21203/rs.3.rs-1547256/v1, where the article prints 10.21203/rs.3.rs-1547265/v1
    Good: doi: 10.21203/rs.3.rs-1547265/v1
    """
    yield from evidence.of("other_article")


def no_passage(evidence: "Evidence") -> Remarks:
    """
    A fact has no quote, and is not found by its name and numbers in one sentence or row.

    Why: nobody can look up what it rests on.
    Bad:  course: [{at: review, what: much better}]
    Good: course: [{at: review, what: much better, quote: "symptoms resolved rapidly"}]
    """
    yield from evidence.of("no_passage")


def other_specimen(evidence: "Evidence") -> Remarks:
    """
    A column of a table is printed as that of another specimen, or its specimen is named nowhere.

    Why: glucose of cerebrospinal fluid is no glucose of blood, and has a code of its own.
    Bad:  tables: [{name: CSF, rows: …}] with a column glucose, below the caption `Cerebrospinal fluid`
    Good: the same with specimen: cerebrospinal fluid, or with a column CSF-glucose
    """
    yield from evidence.of("other_specimen")


def several_passages(evidence: "Evidence") -> Remarks:
    """
    The name of a fact stands with its numbers in several sentences of one section, and no quote says which is meant.

    Why: they may tell of different moments, or of other patients.
    Bad:  labs: [{at: admission, values: {CRP: 8 mg/L}}]
    Good: labs: [{at: admission, values: {CRP: {value: 8 mg/L, quote: "On admission … 8 mg/L"}}}]
    """
    yield from evidence.of("several_passages")


def other_patient(evidence: "Evidence") -> Remarks:
    """
    A quote stands where the article tells of another patient: under a heading of theirs, or in what `left-out` waives.

    Why: an article on several patients prints the same tests of each, and the values of another are not of this one.
    Bad:  patient: {called: Patient 1}, with a quote that stands under the heading Patient 2
    Good: the same with a doubt about it, if the sentence tells of this patient too; else leave the fact out
    """
    yield from evidence.of("other_patient")


def several_patients(evidence: "Evidence") -> Remarks:
    """
    The headings or columns of the article name several patients, and the file says of none that it is this one.

    Why: what is told of another patient would prove the facts of this one.
    Bad:  patient: {sex: female}, where the article has the headings Patient 1 and Patient 2
    Good: patient: {sex: female, called: Patient 1}
    """
    yield from evidence.of("several_patients")


def not_in_text(evidence: "Evidence") -> Remarks:
    """
    The title, an author, a keyword or a reference is not in the text of the article.

    Why: it may be misspelt, or the text that of another article.
    Bad:  keywords: [tocilizumap]
    Good: keywords: [tocilizumab]
    """
    yield from evidence.of("not_in_text")


EVIDENCE: dict[Severity, tuple[EvidenceRule, ...]] = {
    "error": (number_not_printed, other_unit, quote_not_printed, outside_quote, other_cell, other_article),
    "warning": (
        other_moment,
        other_specimen,
        no_passage,
        several_passages,
        other_patient,
        several_patients,
        not_in_text,
    ),
}
"""Every rule once, under its severity."""
