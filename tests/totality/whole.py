"""Parts of which a case has one → cases: articles, patients, and what is said of facts of every kind."""

from collections.abc import Iterator

from tests.totality.statements import FACTS, MOMENTS, forms
from tests.totality.written import Input, ends_unknown

_ORCID = "0000-0002-1825-0097"

ARTICLES = (
    {},
    {"doi": "10.5555/example.1"},
    {"doi": "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2#x%20?", "pmid": 12345678},
    {"status": "preprint", "published": "2021", "license": "CC-BY-4.0", "type": "letter", "journal": "J"},
    {"status": "published", "journal": "J", "keywords": ["a", "a"], "references": ["a", "a"], "figures": ["a"]},
    {"authors": [{"name": "Wei Zhang"}, {"name": "Wei Zhang"}, {"name": "wei  zhang"}]},
    {"authors": [{"name": "A", "orcid": _ORCID}, {"name": "B", "orcid": _ORCID, "affiliations": ["2", "2", "2."]}]},
    {"authors": [{"name": "李"}, {"name": "…"}, {"name": "?", "email": "a@example.org", "corresponding": True}]},
    {
        "authors": [{"name": "A", "affiliations": ["Dept. X", "Dept X", "…"], "contributions": ["wrote it"]}],
        "ethics": {"committee": "dept x", "decision": "approved", "number": "1"},
    },
    {"ethics": {"committee": "…", "decision": "waived"}, "note": "<b>&\"'", "quote": "a … b"},
    {"conflict": {"says": "another title", "where": "cover", "note": "the cover is wrong"}, "funding": "none"},
)


def articles() -> Iterator[Input]:
    """Articles of every kind, and one published at each moment."""
    for article in ARTICLES:
        yield Input("article", article)
    for text in MOMENTS:
        yield Input("article", {"published": text})


def patients() -> Iterator[Input]:
    """Patients of every sex, age, height and weight, at each moment."""
    for sex in ("female", "male", "other", "unknown"):
        yield Input("patient", {"sex": sex, "note": "a note", "conflict": {"says": "other", "where": "abstract"}})
    for text in forms("age"):
        yield Input("patient", {"age": text, "at": "admission"})
    for text in MOMENTS:
        if not ends_unknown(text):
            yield Input("patient", {"at": text, "age": "3 years", "height": "1.1 m", "weight": "up to 20 kg"})
    for height, weight in HEIGHTS_AND_WEIGHTS:
        yield Input("patient", {"height": height, "weight": weight})


HEIGHTS_AND_WEIGHTS = (
    *(("110 cm", "20 kg"), ("3.61 ft", "44 lb"), ("43 in", "20000 g"), ("110 unit not printed", "20 unit not printed")),
    *(("about 110 cm", "about 20 kg"), ("> 110 cm", "< 20 kg"), ("100-110 cm", "20-21 kg"), ("110 frogs", "20 mmol/L")),
    *(("1 x 2 cm", "3/4 kg"), ("1.00000000000000001 m", "999999999999999999 lb"), ("0 m", "0 kg")),
)


def remarks() -> Iterator[Input]:
    """A quote, a note and a contradiction at a fact of each kind, and a doubt about it."""
    said = {"quote": "printed … words", "note": "a note", "conflict": {"says": "no", "where": "abstract", "note": "so"}}
    for number, (section, item, _) in enumerate(FACTS):
        yield Input(section, item | said | {"id": f"told-{number}"})
        yield Input("doubts", {"about": f"told-{number}", "says": "unsure", "quote": "printed"})
        yield Input("doubts", {"about": f"told-{number}", "says": "unsure"})
    for about in ("article", "patient", "events/undated", "events/admission", "events/guessed"):
        yield Input("doubts", {"about": about, "says": "unsure"})
        yield Input("doubts", {"about": about, "says": "unsure/2"})


def warnings() -> Iterator[Input]:
    """Facts with several warnings, of one rule and of others."""
    yield Input("article", {"published": "2020"})
    for onset, diagnosed, resolved in (("2021-05", "2021-04", "2021-03"), ("2021-03", "2021-02", "2021-01")):
        yield Input("diagnoses", {"name": "measles", "onset": onset, "diagnosed": diagnosed, "resolved": resolved})
    yield Input("events", {"too-late": {"date": "2022"}, "late-visit": {"date": "2022", "encounter": "home"}})
    yield Input("tables", {"name": "t", "unit": "not printed", "rows": "date CRP AST\n2022 5 6\n2021 7 8\n2023 1 2"})
    yield Input("labs", {"at": "2022", "values": {"CRP": "500 g/L", "AST": "5 frogs", "ALT": "5 unit not printed"}})
    yield Input("labs", {"at": "2022", "values": {"CRP": "5 g/L", "AST": "5 mmHg", "ALT": "9 unit not printed"}})
    yield Input("scores", {"name": "Glasgow coma scale", "value": "18", "at": "2022"})
    dose = "8 mg/kg every 2 weeks 20 doses IV for 1 week"
    yield Input("treatments", {"drug": "tocilizumap", "dose": dose, "from": "2022", "to": "2022", "for": ["meazles"]})


def collisions() -> Iterator[Input]:
    """Facts whose keys could fall together."""
    yield Input("events", {"conflict": {}, "quote": {}})
    yield Input("findings", {"name": "rash", "at": "conflict"})
    yield Input("imaging", {"name": "CT", "findings": [{"name": "x", "id": "1"}, {"name": "y", "id": "conflict"}]})
    for text in ("one", "two"):
        yield Input("findings", {"id": None, "name": "ache", "note": text, "conflict": {"says": text, "where": "a"}})
        yield Input("imaging", {"id": None, "name": "CT", "conclusion": text})
        yield Input("labs", {"panel": text, "name": "CRP", "value": "1 mg/L"})
    yield Input("labs", {"at": "admission", "values": {"sodium": "140 mmol/L"}})
    yield Input("labs", {"values": {"admission": "1 mg/L"}})
