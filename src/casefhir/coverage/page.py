"""Coverage → one HTML page: the article with all of it marked, what is missing, and the facts that carry the rest."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path as FilePath

from casefhir.article import Passage
from casefhir.article.passage import SEPARATOR
from casefhir.coverage.coverage import Coverage, Covered, State
from casefhir.coverage.report import fact, figure, named, passage_of, place
from casefhir.source import Path

_STYLE = (FilePath(__file__).parent / "page.css").read_text("utf-8")

_SIGNS: dict[State, str] = {"carried": "✓", "waived": "~", "missing": "✗"}
"""What stands behind a mention, so that nobody needs to tell colours apart."""

_TOLD: dict[State, str] = {
    "carried": "a fact of the case has it",
    "waived": "left out with a reason",
    "missing": "in no fact of the case",
}


def page(coverage: Coverage) -> str:
    """
    The page, complete in itself: no script, and nothing that is loaded from elsewhere.

    Each mention leads to its fact below, with key, file and line, or to the reason for which it is left out.
    """
    title = f"Coverage of {named(coverage)}"
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n<header>",
            f"<h1>{escape(title)}</h1>\n<p>{escape(figure(coverage))}</p>",
            *_legend(coverage),
            "</header>",
            *_missing(coverage),
            "<main>",
            *_article(coverage),
            "</main>",
            *_facts(coverage),
            "</body>\n</html>\n",
        )
    )


def _legend(coverage: Coverage) -> Iterator[str]:
    yield '<ul class="legend">'
    for state, sign in _SIGNS.items():
        count = coverage.count(state)
        yield f'<li><span class="{state}">{state}<sup>{sign}</sup></span> {_TOLD[state]}: {count}</li>'
    yield "</ul>"
    yield f"<p>The article is {escape(coverage.article.name)}. What is grey is not asked for.</p>"


def _missing(coverage: Coverage) -> Iterator[str]:
    found = [(at, one) for at, one in enumerate(coverage.covered) if one.state == "missing"]
    if not found and not coverage.idle:
        return
    yield "<nav><h2>To be done</h2><ul>"
    for at, one in found:
        passage = passage_of(one)
        where = f"{coverage.article.place} {passage.line}, {passage.section}"
        yield f'<li><a href="#m{at}">{escape(one.mention.text)}</a> in {escape(where)}</li>'
    for waiver in coverage.idle:
        yield f"<li>{escape(place(coverage, waiver))}: {escape(waiver.message)}</li>"
    yield "</ul></nav>"


def _article(coverage: Coverage) -> Iterator[str]:
    by_start: dict[int, list[tuple[int, Covered]]] = defaultdict(list)
    for at, one in enumerate(coverage.covered):
        by_start[passage_of(one).start].append((at, one))
    asked = {part.start for part in coverage.asked}
    for kind, group in groupby(coverage.article.passages, key=_block):
        passages = list(group)
        said = [_passage(coverage, each, by_start[each.start], is_asked=each.start in asked) for each in passages]
        if kind[0] == "row":
            yield f'<div class="wide"><table>{"".join(said)}</table></div>'
        else:
            tag = {"heading": "h2", "caption": "h3"}.get(str(kind[0]), "p")
            yield f"<{tag}>{' '.join(said)}</{tag}>"


def _block(passage: Passage) -> tuple[object, ...]:
    """The same for passages that are printed as one: the rows of a table, the sentences of a paragraph."""
    if passage.kind == "row":
        return passage.kind, passage.section
    return passage.kind, passage.section, passage.line


def _passage(coverage: Coverage, passage: Passage, found: Sequence[tuple[int, Covered]], *, is_asked: bool) -> str:
    """A sentence, or the row of a table, with its mentions marked."""
    pieces, last = [], 0
    for at, one in found:
        pieces += [escape(passage.text[last : one.mention.start]), _mark(coverage, at, one)]
        last = one.mention.end
    text = "".join([*pieces, escape(passage.text[last:])])
    if passage.kind == "row":
        cell = "td" if passage.header else "th"
        text = text.replace(SEPARATOR, f"</{cell}><{cell}>")
        return f"<tr><{cell}>{text}</{cell}></tr>"
    return text if is_asked or passage.kind != "sentence" else f'<span class="aside">{text}</span>'


def _mark(coverage: Coverage, at: int, one: Covered) -> str:
    """A mention with its sign; a link to its fact, whose key shows when the pointer rests on it."""
    said = f"{escape(one.mention.text)}<sup>{_SIGNS[one.state]}</sup>"
    if one.state == "missing":
        return f'<strong id="m{at}" class="missing" title="missing">{said}</strong>'
    told = f"{one.state}: {fact(coverage, one)}, {place(coverage, one)}"
    return f'<a id="m{at}" class="{one.state}" href="#{_anchor(one)}" title="{escape(told)}">{said}</a>'


def _anchor(one: Covered) -> str:
    return escape(f"f{one.of or ''}-" + "-".join(map(str, one.path)).replace(" ", "-"))


def _facts(coverage: Coverage) -> Iterator[str]:
    """What carries or waives, in the order of the file, each with the places of the article."""
    by_path: dict[tuple[int, Path], list[tuple[int, Covered]]] = defaultdict(list)
    for at, one in enumerate(coverage.covered):
        if one.path:
            by_path[one.of, one.path].append((at, one))
    yield '<section><h2>Facts and reasons</h2><div class="wide"><table>'
    yield "<tr><th>fact, or reason</th><th>in the case file</th><th>in the article</th></tr>"
    for of, path in sorted(by_path, key=lambda key: (key[0], coverage.cases[key[0]].source.locate(key[1]))):
        ones = by_path[of, path]
        links = ", ".join(f'<a href="#m{at}">{escape(one.mention.text)}</a>' for at, one in ones)
        state = ones[0][1].state
        told = escape(fact(coverage, ones[0][1]))
        yield (
            f'<tr id="{_anchor(ones[0][1])}"><td><span class="{state}">{told}<sup>{_SIGNS[state]}</sup></span></td>'
            f"<td>{escape(place(coverage, ones[0][1]))}</td><td>{links}</td></tr>"
        )
    yield "</table></div></section>"
