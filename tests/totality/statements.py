"""The tables, literals and grammars of all but laboratory values → facts: every row, word and form of each."""

import importlib
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from typing import Any, Literal, get_args, get_origin

import pytest
from tests.totality.written import Input, ends_unknown

from casefhir.model import administration
from casefhir.model.age import age
from casefhir.model.code import code
from casefhir.model.dosage import dosage
from casefhir.model.duration import duration
from casefhir.model.grammar import GrammarError
from casefhir.model.growth import growth
from casefhir.model.hgvs import change
from casefhir.model.quantity import quantity
from casefhir.model.reaction import reaction
from casefhir.model.result import result
from casefhir.model.site import site
from casefhir.model.when import when
from casefhir.terms import terms

HGVS = {"c.": "dna", "n.": "dna", "m.": "dna", "g.": "genomic", "p.": "protein"}
"""How a change of HGVS begins → what is changed."""

READERS: dict[str, Callable[[str], Any]] = {
    "age": age,
    "code": code,
    "dosage": dosage,
    "duration": duration,
    "growth": growth,
    "hgvs": lambda text: change(HGVS.get(text.rpartition(":")[2][:2], "transcript"))(text),
    "quantity": quantity,
    "reaction": reaction,
    "result": result,
    "site": site,
    "when": when,
}


@cache
def forms(grammar: str) -> tuple[str, ...]:
    """Every text in the tables of a grammar's tests that the grammar reads."""
    module = importlib.import_module(f"tests.model.test_{grammar}")
    marks = [
        mark
        for test in vars(module).values()
        for mark in getattr(test, "pytestmark", ())
        if isinstance(mark, pytest.Mark)
    ]
    written = [text for mark in marks if mark.name == "parametrize" for row in mark.args[1] for text in _texts(row)]
    return tuple(dict.fromkeys(text for text in written if _reads(grammar, text)))


def _texts(row: Any) -> Iterator[str]:
    values = row.values if hasattr(row, "values") and not isinstance(row, dict) else row
    for value in values if isinstance(values, tuple | list) else (values,):
        if isinstance(value, str) and value.strip() and value.isprintable():
            yield value


def _reads(grammar: str, text: str) -> bool:
    try:
        READERS[grammar](text)
    except GrammarError:
        return False
    return True


MOMENTS = (
    *("2021", "2021-01", "2021-01-09", "admission", "month", "undated", "undated-visit", "lasting", "stay", "aged"),
    *("later", "guessed", "admission + 2 days", "admission - 3 weeks", "month + 1 week", "admission + 3 months"),
    *("undated + 4 h", "later - 2-3 weeks", "admission + about 2 weeks", "admission - > 2 weeks", "stay + 9999 years"),
    *("lasting + 2 days", "day 4 of surgery", "day 0 of surgery", "day -1 of admission", "about 2021-01"),
    *(
        "about undated",
        "before admission",
        "after undated",
        "by 2021-02",
        "after about 2020",
        "within 2 days of surgery",
        "within 2 days after surgery",
        "within 2 days before undated-visit",
    ),
    *("within 2 weeks of undated", "2021-01-09 or 2021-01-11", "2021-01-09 or undated", "2021-01-09..2021-01-11"),
    *("admission..lasting", "2021..2021-03-04", "2021-03-04..2021", "undated..admission", "admission..unknown"),
    *("age 6 months", "age > 5 years", "age 3 to 4 years", "about age 0 days", "age 0 days", "36 weeks gestation"),
    *("34+5 weeks gestation..age 2 days", "age 4 y 2 mo + 2 weeks"),
)
"""Every form of a moment, with events of every kind."""

PROCEDURE = {
    "name": "appendectomy",
    "anaesthesia": "general",
    "amount": "2 units",
    "findings": [{"name": "perforation"}],
    "complications": "none",
}
PATHOLOGY = {
    "name": "skin biopsy",
    "of": "known-procedure",
    "specimen": "skin",
    "findings": [{"name": "granuloma"}],
    "values": {"Ki-67": "2 %"},
}

FACTS: tuple[tuple[str, dict[str, Any], tuple[str, ...]], ...] = (
    ("diagnoses", {"name": "measles"}, ("onset", "diagnosed", "resolved")),
    ("ruled-out", {"name": "measles"}, ("at",)),
    ("findings", {"name": "rash", "sites": ["left knee"]}, ("at", "from", "to")),
    ("findings", {"name": "fever", "value": "up to 39.5 °C"}, ("at", "from", "to")),
    ("vitals", {"values": {"heart rate": "80 /min", "blood pressure": "120/80 mmHg"}}, ("at", "from", "to")),
    ("labs", {"values": {"CRP": "5 mg/L", "heart rate": "80 /min"}}, ("at", "from", "to")),
    ("imaging", {"name": "chest X-ray", "findings": [{"name": "effusion"}]}, ("at", "from", "to")),
    ("scores", {"name": "DAS28", "value": "5.1"}, ("at", "from", "to")),
    ("microbiology", {"name": "blood culture", "organisms": ["Klebsiella"]}, ("at", "from", "to")),
    ("genetics", {"gene": "BTK", "consequence": "stop", "class": "pathogenic"}, ("at", "from", "to")),
    ("treatments", {"drug": "aspirin", "dose": "1 g PO", "replaces": "known-drug"}, ("at", "from", "to")),
    ("course", {"what": "better", "after": "known-drug", "of": "known-finding"}, ("at", "from", "to")),
    ("adverse-events", {"name": "rash", "of": "known-drug"}, ("at", "from", "to")),
    ("adverse-events", {"none": True, "of": "known-drug"}, ("at", "from", "to")),
    ("consent", {"to": "publication", "by": "parent"}, ("at",)),
    ("pregnancy", {"gravida": 2, "gestation": "30 weeks 4 days"}, ("at", "from", "to")),
    ("procedures", PROCEDURE, ("at", "from", "to")),
    ("pathology", PATHOLOGY, ("at", "from", "to")),
    ("stages", {"system": "TNM", "value": "pT2 N0", "of": "known-disease"}, ("at", "from", "to")),
)
"""A fact of each kind, and its keys with a moment."""


def every_moment() -> Iterator[Input]:
    """Each form of a moment at each key that takes one, and each two as a stretch of time."""
    for number, text in enumerate(dict.fromkeys((*MOMENTS, *forms("when")))):
        for section, item, keys in FACTS if number < len(MOMENTS) else FACTS[number % 4 :: 4]:
            for key in keys if not ends_unknown(text) else set(keys) & {"to", "resolved"}:
                yield Input(section, item | {key: text})
        if " " not in text and not ends_unknown(text):
            yield Input("tables", {"name": "t", "rows": f"date CRP[mg/L] pulse[/min]\n{text} 5 80"})
    for number, start in enumerate(MOMENTS):
        for end in (*MOMENTS[number % 2 :: 2], "unknown"):
            section, item, _ = FACTS[3] if number % 4 == 0 else FACTS[9]
            yield Input(section, item | {"from": start, "to": end})


def every_event() -> Iterator[Input]:
    """Visits and mere moments of every form."""
    kinds = [None, *get_args(_literal("Event", "encounter"))]
    for number, text in enumerate(text for text in dict.fromkeys((*MOMENTS, *forms("when"))) if not ends_unknown(text)):
        kind = {"encounter": kind} if (kind := kinds[number % len(kinds)]) else {"note": "no visit"}
        yield Input("events", {f"event-{number}": {"date": text} | kind})
        yield Input("events", {f"ending-{number}": {"to": text} | kind})
        yield Input("events", {f"stay-{number}": {"date": "2021", "to": text} | kind})
        yield Input("events", {f"silent-{number}": {"date": text, "conflict": {"says": "no", "where": "abstract"}}})


def every_name() -> Iterator[Input]:
    """Each row of each table, wherever its name may stand."""
    tables = terms()
    for disease in tables.diagnoses.rows:
        yield Input("diagnoses", {"name": disease.name, "cause": "known-disease", "flare-of": "known-disease"})
        yield Input("ruled-out", {"name": disease.name})
        yield Input("findings", {"name": disease.name, "cause": disease.name})
    for finding in tables.findings.rows:
        yield Input("findings", {"name": finding.name, "value": "5 mm"})
        yield Input("imaging", {"name": "chest X-ray", "findings": [{"name": finding.name, "sites": ["left knee"]}]})
        yield Input("adverse-events", {"name": finding.name})
    yield Input("treatments", {"drug": "aspirin", "for": [row.name for row in tables.findings.rows[::10]]})
    for drug in tables.drugs.rows:
        yield Input("treatments", {"drug": drug.name})
    for procedure in tables.procedures.rows:
        yield Input("imaging", {"name": procedure.name, "conclusion": "normal"})
    for score in tables.scores.rows:
        yield Input("scores", {"name": score.name, "value": str(score.low or 0), "means": "something"})
        yield Input("scores", {"name": score.name, "means": "something"})
    for place in tables.sites.rows:
        for name in (f"{side}{place.name}" for side in ("", "left ", "right ", "both ")):
            if _reads("site", name):
                yield Input("findings", {"name": "rash", "sites": [name]})
                yield Input("diagnoses", {"name": "measles", "sites": [name]})
    yield Input("findings", {"names": ["rash", "pain", "ache"], "sites": ["left knee", "both wrists", "face"]})
    for word in tables.qualifiers.rows:
        yield Input("findings", {"name": "rash", "severity": word.name, "absent": True, "pattern": word.name})
        yield Input("diagnoses", {"name": "measles", "severity": word.name})


def every_dose() -> Iterator[Input]:
    """Each dose of the grammar's tests, and each route, form, method, site and time of day."""
    for text in forms("dosage"):
        yield Input("treatments", {"drug": "aspirin", "dose": text})
    words = (administration.ROUTES, administration.FORMS, administration.METHODS, administration.SITES)
    for word in (word for table in words for word in table):
        yield Input("treatments", {"drug": "aspirin", "dose": f"5 mg daily {word}"})
    for also in administration.WHENS.values():
        yield Input("treatments", {"drug": "aspirin", "dose": f"5 mg {also.partition('|')[0]}"})
    for text in (*UNUSUAL_DOSES, *(f"{amount} PO" for amount in forms("quantity") if _reads("dosage", f"{amount} PO"))):
        yield Input("treatments", {"drug": "aspirin", "dose": {"dosage": text, "text": "as before", "printed": text}})


UNUSUAL_DOSES = (
    *("< 5 mg/h IV", "> 5 mg daily", "up to 4 g/day", "30-50 mg/kg/day", "about 5 mL/h", "5-10 mL/h", "at 5 mL/h IV"),
    *("5 unit not printed per 10 kg", "0.1 mcg per 10 kg", "3 mg/1.73 m2 daily", "5 mg over more than 2 hours"),
    *(
        "5 mg over about 2-3 h",
        "5 mg for up to 3 days",
        "1 g max 4 g/day",
        "1 g max up to 4 g",
        "1 g max < 4 g",
        "0 mg",
    ),
    *("5 mg 2-3 times a day for 2-3 weeks", "1 drop both eyes every 1.5 hours", "5 mg PRN for pain at bedtime"),
)


def every_form() -> Iterator[Input]:
    """Each quantity, duration, site, code and result wherever one may stand."""
    for text in forms("quantity"):
        yield Input("findings", {"name": "rash", "value": text})
        yield Input("imaging", {"name": "chest X-ray", "findings": [{"name": "effusion", "value": text}]})
        yield Input("scores", {"name": "DAS28", "value": text, "means": "high"})
        yield Input("course", {"what": "better", "value": text})
    for text in forms("duration"):
        yield Input("findings", {"name": "rash", "duration": text})
    for text in forms("site"):
        yield Input("findings", {"name": "rash", "sites": [text]})
    for text in forms("code"):
        for section, item, _ in FACTS:
            if section not in ("vitals", "labs", "course", "consent", "pregnancy"):
                yield Input(section, item | {"code": [text]})
        yield Input("imaging", {"name": "chest X-ray", "findings": [{"name": "effusion", "code": text}]})
    for number, text in enumerate(forms("result")):
        for name in ("CRP", "heart rate", "BMI", "blood pressure", "ANA", "an unknown test"):
            yield Input("labs", {"panel": f"form-{number}", "name": name, "value": text})


def every_literal() -> Iterator[Input]:
    """Each word of a closed list at its key."""
    for model, section, item, keys in (
        ("Diagnosis", "diagnoses", {"name": "measles"}, ("status", "certainty")),
        ("Finding", "findings", {"name": "rash"}, ("kind",)),
        (
            "AdverseEvent",
            "adverse-events",
            {"name": "rash", "of": ["known-drug"]},
            ("severity", "outcome", "causality"),
        ),
        ("AdverseEvent", "adverse-events", {"name": "rash"}, ("causality",)),
        ("Consent", "consent", {"to": "publication", "by": "parent"}, ("by", "form")),
    ):
        for key in keys:
            for word in get_args(_literal(model, key)):
                yield Input(section, item | {key: word})
    for to in ("publication", "treatment", "procedures", "participation", "something else"):
        for by in get_args(_literal("Consent", "by")):
            yield Input("consent", {"to": to, "by": by, "covers": ["images"], "form": "oral"})
    for challenge, came in product(("dechallenge", "rechallenge"), get_args(_literal("Challenge", "result"))):
        yield Input("adverse-events", {"name": "rash", challenge: came})
        yield Input("adverse-events", {"name": "rash", challenge: {"result": came, "at": "2021", "of": "known-drug"}})
    for serious in (True, False):
        yield Input("adverse-events", {"name": "rash", "serious": serious})


def _literal(model: str, key: str) -> Any:
    """The closed list of a field."""
    for module in ("course", "findings", "patient", "article"):
        if found := getattr(importlib.import_module(f"casefhir.model.{module}"), model, None):
            annotation = found.fields()[key].annotation
            kinds = (annotation, *get_args(annotation))
            return next(kind for kind in kinds if get_origin(kind) is Literal)
    raise LookupError(model)
