"""One article in every form that is read: the same passages, each with its section and line."""

from io import BytesIO
from pathlib import Path
from time import process_time

import pytest

from casefhir.article import Article, ArticleError, Passage, numbers, read_article

MARKDOWN = """# A girl with fever: a case report

**A. Writer**

**Keywords:** fever

# Abstract

She had a fever of 39.5 °C in June 2020.

## Case presentation

A 4-year-old girl came with fever and a white blood cell count of $15.32 \\times 10^9/L$ . She was started on a regimen
of a drug (8

mg/kg/2 weeks, IV). Dr. Smith, et al. agreed.

Table 1. Cytokines

| date | IL-6 | TNF-α |
|------|------|-------|
| Jun. 28, 2020 | 287.95 | 2.31 |

## References

1. Writer A. Fever. 2018;77:819.
"""

HTML = """<!DOCTYPE html><html><head><title>Journal</title><script>var x = 91;</script></head><body>
<h1>A girl with fever: a case report</h1><p>A. Writer</p>
<h2>Abstract</h2><p>She had a fever of 39.5&nbsp;°C in June 2020.</p>
<h2>Case presentation</h2>
<p>A 4-year-old girl came with fever and a white blood cell count of 15.32 × 10<sup>9</sup>/L .
She was started on a regimen of a drug (8 mg/kg/2 weeks, IV). Dr. Smith, et al. agreed.</p>
<table><caption>Table 1. Cytokines</caption><tr><th>date</th><th>IL-6</th><th>TNF-α</th></tr>
<tr><td>Jun. 28, 2020</td><td>287.95</td><td>2.31</td></tr></table>
<h2>References</h2><ol><li>Writer A. Fever. 2018;77:819.</li></ol></body></html>
"""

JATS = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.2 20190208//EN" "JATS.dtd">
<article><front><article-meta><title-group><article-title>A girl with fever: a case report</article-title></title-group>
<abstract><p>She had a fever of 39.5 °C in June 2020.</p></abstract></article-meta></front>
<body><sec><title>Case presentation</title>
<p>A 4-year-old girl came with fever and a white blood cell count of 15.32 × 10<sup>9</sup>/L .
She was started on a regimen of a drug (8 mg/kg/2 weeks, IV). Dr. Smith, et al. agreed.</p>
<table-wrap><label>Table 1</label><caption><p>Cytokines</p></caption><table>
<tr><th>date</th><th>IL-6</th><th>TNF-α</th></tr>
<tr><td>Jun. 28, 2020</td><td>287.95</td><td>2.31</td></tr></table></table-wrap></sec></body>
<back><ref-list><title>References</title>
<ref><mixed-citation>Writer A. Fever. 2018;77:819.</mixed-citation></ref></ref-list></back>
</article>
"""

FORMS = {"a.md": MARKDOWN, "a.txt": MARKDOWN, "a.html": HTML, "a.xml": JATS}


def told(article: Article) -> list[tuple[str, str, str]]:
    return [(passage.kind, passage.section, passage.text) for passage in article.told() if passage.kind != "caption"]


@pytest.mark.parametrize("name", FORMS)
def test_forms_give_the_same_passages(name: str) -> None:
    article = read_article(FORMS[name].encode(), name)

    assert told(article) == [
        ("sentence", "abstract", "She had a fever of 39.5°C in June 2020."),
        (
            "sentence",
            "case presentation",
            "A 4-year-old girl came with fever and a white blood cell count of 15.32 x10^9/L .",
        ),
        ("sentence", "case presentation", "She was started on a regimen of a drug (8 mg/kg/2 weeks, IV)."),
        ("sentence", "case presentation", "Dr. Smith, et al. agreed."),
        ("row", "table 1", "date | IL-6 | TNF-α"),
        ("row", "table 1", "Jun. 28, 2020 | 287.95 | 2.31"),
    ]
    assert article.passages[0].text == "A girl with fever: a case report"
    assert article.passages[-1].section == "references"


@pytest.mark.parametrize("name", FORMS)
def test_row_knows_header_and_caption(name: str) -> None:
    row = next(p for p in read_article(FORMS[name].encode(), name).passages if p.cells and p.header)

    assert row.cells == ("Jun. 28, 2020", "287.95", "2.31")
    assert row.header == ("date", "IL-6", "TNF-α")
    assert "Cytokines" in row.caption


@pytest.mark.parametrize("name", FORMS)
def test_every_passage_begins_where_it_says(name: str) -> None:
    article = read_article(FORMS[name].encode(), name)

    for passage in article.passages:
        first = next((word for word in passage.text.split() if word.isalnum()), "")
        place = passage.origin(passage.text.index(first))
        assert article.text.startswith(first, place)


def line_of(passages: tuple[Passage, ...], start: str) -> int:
    return next(passage.line for passage in passages if passage.text.startswith(start))


def test_lines_are_those_of_the_file() -> None:
    passages = read_article(MARKDOWN.encode(), "a.md").passages

    assert [line_of(passages, word) for word in ("She had", "A 4-year", "Dr. Smith", "Jun. 28")] == [9, 13, 16, 22]


def test_lines_about_the_file_are_front_matter(tmp_path: Path) -> None:
    file = tmp_path / "case.txt"
    file.write_text("# NAME: a\n# NOTE: 1700 g\n\nThe boy weighed 1600 g. He was well.\n", encoding="utf-8")

    passages = read_article(file).passages

    assert [passage.section for passage in passages] == ["front matter", "front matter", "text", "text"]


@pytest.mark.parametrize("head", [" | Week 6 | Month 4", "| | Week 6 | Month 4 |"])
def test_a_stroke_at_the_beginning_ends_an_empty_cell_if_others_have_none(head: str) -> None:
    border = "|" if head.endswith("|") else ""
    text = f"Table 1\n{head}\n{border}Creatinine | 118 | 231{border}\n{border}Potassium | 4.4 | 4.9{border}\n"
    _, header, row, _ = read_article(text.encode(), "a.txt").told()

    assert header.cells == ("", "Week 6", "Month 4")
    assert row.cells == ("Creatinine", "118", "231")


def test_columns_apart_by_tabs_are_a_table() -> None:
    text = "Table1\n\nCytokines under treatment.\n\n\tTNF- $\\alpha$\tIL-6\nJun. 28,2020\t2.31\t287.95\n"
    *_, header, row = read_article(text.encode(), "a.txt").told()

    assert header.cells == ("", "TNF- α", "IL-6")
    assert row.header == ("", "TNF- α", "IL-6")
    assert (row.section, row.caption) == ("table 1", "Cytokines under treatment.")


def pdf(text: str) -> bytes:
    """A PDF of one page with one line, written by hand."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out = BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj%s endobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def test_pdf_is_read_page_by_page() -> None:
    article = read_article(pdf("Haemoglobin was 91.8 g/L. She had no fever."), "a.pdf")

    assert [(p.text, p.line) for p in article.told()] == [("Haemoglobin was 91.8 g/L.", 1), ("She had no fever.", 1)]
    assert article.place == "page"


LAUGHS = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><article><p>&y;</p></article>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><article><p>&x;</p></article>'

REFUSED = {
    "not UTF-8": (
        b"caf\xe9 au lait",
        "a.txt",
        "byte 0xE9 in line 1 is not UTF-8; save the file with the encoding UTF-8",
    ),
    "not UTF-8 on a line": (b"one\ntwo \xff", "a.md", "byte 0xFF in line 2 is not UTF-8"),
    "binary": (b"a\x00b", "a.txt", "is no text: it has bytes of zero"),
    "empty": (b"", "a.txt", "has no text"),
    "no PDF": (b"hello", "a.pdf", "is named .pdf, and is no PDF"),
    "broken PDF": (b"%PDF-1.4\nrubbish", "a.pdf", "is a PDF that cannot be read"),
    "broken XML": (b"<article><p>", "a.xml", "is no XML that can be read"),
    "entities": (LAUGHS.encode(), "a.xml", "uses the entity y"),
    "outside entity": (OUTSIDE.encode(), "a.xml", "uses the entity x"),
    "deep XML": (b"<a>" * 230 + b"x" + b"</a>" * 230, "a.xml", "nests its elements deeper than 200"),
    "too large": (b"a" * 20_000_001, "a.txt", "is too large; an article has 20,000,000 bytes at most"),
    "too long": (b"word. " * 400_000, "a.txt", "is too long; an article has 2,000,000 characters at most"),
}


@pytest.mark.parametrize(("raw", "name", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line(raw: bytes, name: str, message: str) -> None:
    with pytest.raises(ArticleError) as caught:
        read_article(raw, name)

    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


LONG = {
    "letters": "a" * 500_000,
    "brackets": "(" * 500_000,
    "numbers": "1 " * 250_000,
    "dates": "May 5 " * 80_000,
    "formulas": "$ " * 250_000,
    "powers": "1 x 10 " * 70_000,
    "stars": "*" * 500_000,
    "cells": "a | b | c\n" * 50_000,
}


@pytest.mark.long
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_what_no_article_has_takes_no_long_time(text: str) -> None:
    start = process_time()
    for passage in read_article(f"She came. {text}".encode()).passages[:50]:
        list(numbers(passage.text))

    assert process_time() - start < 10


FRONT_OF_JATS = """<article><front><article-meta>
<article-id pub-id-type="doi">10.5555/example.1</article-id>
<title-group><article-title>A girl with fever</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Writer</surname><given-names>Ann B</given-names></name>
<xref ref-type="aff" rid="a1">1</xref></contrib></contrib-group>
<pub-date pub-type="epub"><day>9</day><month>1</month><year>2021</year></pub-date>
<abstract><sec><title>Background</title><p>Fever is 38 °C or more.</p></sec>
<sec><title>Case</title><p>She had 39.5 °C<xref ref-type="bibr" rid="b1"><sup>1</sup></xref>.</p></sec></abstract>
</article-meta></front>
<body><sec><title>Case report</title><p>She was <italic>pale</italic>.</p>
<sec><title>Laboratory</title><p>CRP was 96 mg/L.</p></sec><p>She was well.</p></sec></body>
<back><ref-list><ref id="b1"><element-citation><name><surname>Reader</surname><given-names>B</given-names></name>
<year>2018</year><source>J Invented Cases</source><volume>77</volume><fpage>819</fpage></element-citation></ref>
</ref-list>
</back><sub-article><body><p>The reviewer had 41 °C.</p></body></sub-article></article>"""


def test_jats_in_parts() -> None:
    article = read_article(FRONT_OF_JATS.encode(), "a.xml")
    texts = [(passage.section, passage.text) for passage in article.passages if passage.kind != "heading"]

    assert texts == [
        ("front matter", "10.5555/example.1"),
        ("front matter", "Ann B Writer 1"),
        ("front matter", "2021-01-09"),
        ("abstract", "Fever is 38°C or more."),
        ("abstract", "She had 39.5°C^1."),
        ("case presentation", "She was pale."),
        ("laboratory", "CRP was 96 mg/L."),
        ("case presentation", "She was well."),
        ("references", "B Reader 2018 J Invented Cases 77 819"),
        ("front matter", "The reviewer had 41°C."),
    ]


SET_WITH_BLANKS = """Table 1. Serial data
                         Pre-ECMO   ECMO 2 h   Day 5
pH                       7.11       7.29       7.42
Free Hb (mg/L)                                 60
Norepinephrine (µg/kg/min) 1.2      0.9        0.08
Sedation score after 24 h           4          3
"""


def test_columns_apart_by_blanks_are_those_that_the_cells_stand_under() -> None:
    _, header, *rows = read_article(SET_WITH_BLANKS.encode(), "a.txt").told()

    assert header.cells == ("", "Pre-ECMO", "ECMO 2 h", "Day 5")
    assert [row.cells for row in rows] == [
        ("pH", "7.11", "7.29", "7.42"),
        ("Free Hb (mg/L)", "", "", "60"),
        ("Norepinephrine (µg/kg/min)", "1.2", "0.9", "0.08"),
        ("Sedation score after 24 h", "", "4", "3"),
    ]
