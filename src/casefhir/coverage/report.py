"""Coverage → what a person or a program reads."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from casefhir.article import Passage
from casefhir.coverage.coverage import STATES, Coverage, Covered, Waiver
from casefhir.report.text import visible


def text(coverage: Coverage) -> str:
    """A line for each sentence or row with something missing, one for each idle waiver, and the figure."""
    return "\n".join([*_missing(coverage), *_idle(coverage), figure(coverage)]) + "\n"


def _missing(coverage: Coverage) -> Iterator[str]:
    missing = (one for one in coverage.covered if one.state == "missing")
    for ones in map(list, _by_passage(missing)):
        passage = passage_of(ones[0])
        said = ", ".join(dict.fromkeys(one.mention.text for one in ones))
        where = f"{coverage.article.name}:{passage.line}"
        yield visible(f'{where}: missing {said}, in {passage.section}: "{marked(ones)}"')


def _by_passage(ones: Iterable[Covered]) -> Iterator[Iterator[Covered]]:
    return (group for _, group in groupby(ones, key=lambda one: passage_of(one).start))


def passage_of(covered: Covered) -> Passage:
    """The sentence or row in which a mention stands."""
    passage = covered.mention.part.passage
    assert passage
    return passage


def marked(ones: list[Covered]) -> str:
    """The passage of some mentions, each of them between « and »."""
    text = passage_of(ones[0]).text
    for mention in reversed([one.mention for one in ones]):
        text = f"{text[: mention.start]}«{text[mention.start : mention.end]}»{text[mention.end :]}"
    return text


def _idle(coverage: Coverage) -> Iterator[str]:
    for waiver in coverage.idle:
        yield visible(f"{place(coverage, waiver)}: {waiver.message}")


def place(coverage: Coverage, of: Covered | Waiver) -> str:
    """File, line and column of what carries or waives."""
    source = coverage.case(of).source
    mark = source.locate(of.path)
    return f"{source.name}:{mark.line}:{mark.column}"


def figure(coverage: Coverage) -> str:
    """`197 of 197 carried or waived (190 carried, 7 waived)`, and what is missing."""
    carried, waived, missing = coverage.count("carried"), coverage.count("waived"), coverage.count("missing")
    total = carried + waived + missing
    rest = f"; {missing} missing" if missing else ""
    done = f"{carried + waived} of {total} carried or waived ({carried} carried, {waived} waived){rest}"
    return f"{visible(named(coverage))}: {done}"


def named(coverage: Coverage) -> str:
    """The case file, or how many there are of one article: `3 cases`."""
    cases = coverage.cases
    return cases[0].source.name if len(cases) == 1 else f"{len(cases)} cases"


def as_json(coverage: Coverage) -> str:
    """
    One JSON object: the counts, and each mention in the order of the article.

    `start` and `end` count characters of `passage`, which is the sentence or the row in normal form.
    """
    idle = [
        {
            "file": coverage.case(each).source.name,
            "line": coverage.case(each).source.locate(each.path).line,
            "path": list(each.path),
            "message": each.message,
        }
        for each in coverage.idle
    ]
    files = [case.source.name for case in coverage.cases]
    report = {
        **({"file": files[0]} if len(files) == 1 else {"files": files}),
        "article": coverage.article.name,
        "total": len(coverage.covered),
        **{str(state): coverage.count(state) for state in STATES},
        "mentions": [_mention(coverage, one) for one in coverage.covered],
        "idle": idle,
    }
    return json.dumps(report, indent=2) + "\n"


def _mention(coverage: Coverage, one: Covered) -> dict[str, Any]:
    mention, passage = one.mention, passage_of(one)
    told: dict[str, Any] = {
        "text": mention.text,
        "kind": mention.kind,
        "state": one.state,
        "section": passage.section,
        coverage.article.place: passage.line,
        "passage": passage.text,
        "start": mention.start,
        "end": mention.end,
    }
    if one.path:
        source = coverage.case(one).source
        line = source.locate(one.path).line
        told["case"] = {"fact": fact(coverage, one), "file": source.name, "line": line, "path": list(one.path)}
    return told


def fact(coverage: Coverage, one: Covered) -> str:
    """The key of the fact that carries a mention, or the reason for which it is waived."""
    chart = coverage.case(one).chart
    assert chart
    if one.state == "waived" and one.path[0] != "left-out":
        return f"of another than {chart.case.patient.called or 'this patient'}"
    if one.state == "waived":
        return chart.case.left_out[int(one.path[1])].why
    keys = chart.facts_at(one.path)
    return keys[0] if keys else "/".join(map(str, one.path))


REPORTS: Mapping[str, Callable[[Coverage], str]] = {"text": text, "json": as_json}
"""The formats by name."""
