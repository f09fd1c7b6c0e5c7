"""What was before, and around, the reported disease: every moment, name, word and form of each section."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from tests.totality.statements import MOMENTS, forms
from tests.totality.written import Input, ends_unknown

from casefhir.terms import terms

FACTS: tuple[tuple[str, dict[str, Any], tuple[str, ...]], ...] = (
    ("history", {"name": "measles", "sites": ["left knee"]}, ("at", "from", "to")),
    ("history", {"names": ["measles", "gout"], "absent": True}, ("at", "from", "to")),
    ("history", {"none": True}, ("at", "from", "to")),
    ("family", {"relation": "mother", "conditions": [{"name": "gout", "died": True}]}, ("deceased",)),
    ("family", {"none": True, "of": ["gout"]}, ()),
    ("family", {"consanguinity": True}, ()),
    ("others", {"who": "donor", "conditions": [{"name": "gout", "died": True}]}, ("deceased",)),
    ("allergies", {"name": "aspirin", "reaction": ["rash"]}, ("at",)),
    ("allergies", {"none": True}, ("at",)),
    ("social", {"name": "tobacco smoking", "status": "former"}, ("at", "from", "to")),
    ("exposures", {"name": "verapamil", "dose": "9.6 g PO", "intent": "self-harm"}, ("at", "from", "to")),
    ("immunizations", {"name": "BCG vaccine"}, ("at",)),
    ("immunizations", {"says": "up to date"}, ("at",)),
    ("perspective", {"says": "glad to be home", "by": "patient"}, ("at",)),
)
"""A fact of each kind, and its keys with a moment."""

STATUS = ("active", "recurrence", "relapse", "inactive", "remission", "resolved")


def every_moment() -> Iterator[Input]:
    """Each form of a moment at each key that takes one, and two as a stretch of time."""
    for number, text in enumerate(dict.fromkeys((*MOMENTS, *forms("when")))):
        for section, item, keys in FACTS if number < len(MOMENTS) else FACTS[number % 4 :: 4]:
            for key in keys if not ends_unknown(text) else set(keys) & {"to", "deceased"}:
                yield Input(section, item | {key: text})
        if not ends_unknown(text):
            yield Input("family", {"relation": "son", "conditions": [{"name": "gout", "onset": text}]})
            yield Input("others", {"who": "cat", "conditions": [{"name": "gout", "onset": text}]})
    for number, start in enumerate(MOMENTS):
        for end in (*MOMENTS[number % 3 :: 3], "unknown"):
            yield Input("history", {"name": "measles", "from": start, "to": end})


def every_name() -> Iterator[Input]:
    """Each row of each table, wherever its name may stand."""
    tables = terms()
    for name in (row.name for table in (tables.diagnoses, tables.findings) for row in table.rows):
        yield Input("history", {"name": name, "cause": name})
    for disease in tables.diagnoses.rows:
        yield Input("family", {"relation": "aunt", "conditions": [{"name": disease.name, "onset": "age 50 years"}]})
    yield Input("family", {"none": True, "of": [row.name for row in tables.diagnoses.rows[::10]]})
    for relation in tables.relations.rows:
        yield Input("family", {"relation": relation.name, "conditions": [{"name": "gout"}]})
        yield Input("family", {"relation": relation.name, "none": True})
    for person in (*tables.persons.rows, *tables.relations.rows):
        yield Input("others", {"who": person.name, "relation": person.name})
    for finding in tables.findings.rows:
        yield Input("allergies", {"name": "latex", "reaction": [finding.name], "severity": "mild"})
    for drug in tables.drugs.rows:
        yield Input("allergies", {"name": drug.name})
        yield Input("immunizations", {"name": drug.name})
    for habit, status in product(tables.social.rows, ("current", "former", "never")):
        yield Input("social", {"name": habit.name, "status": status})
        yield Input("social", {"name": habit.name, "says": "a little", "status": status})


def every_form() -> Iterator[Input]:
    """Each word of a closed list, age, quantity and code wherever one may stand, with what else may be said."""
    for text in forms("age"):
        yield Input("family", {"relation": "cousin", "sex": "female", "age": text, "deceased": "unknown"})
    for text in forms("age"):
        yield Input("others", {"who": "donor", "sex": "male", "age": text, "deceased": "unknown"})
    for text in forms("result"):
        yield Input("others", {"who": "donor", "values": {"lead": text, "blood pressure": text}})
        yield Input("family", {"relation": "mother", "values": {"lead": text, "blood pressure": text, "PHQ-9": text}})
    for text in forms("quantity"):
        yield Input("social", {"name": "alcohol use", "value": text, "says": "on Sundays", "status": "current"})
    for text in forms("site"):
        yield Input("history", {"name": "gout", "sites": [text]})
    for text in forms("code"):
        for section, name in product(("history", "allergies", "social", "immunizations"), ("something",)):
            yield Input(section, {"name": name, "code": [text]})
        yield Input("family", {"relation": "son", "conditions": [{"name": "gout", "code": text}]})
    for status, certainty in product(STATUS, ("confirmed", "provisional", "unconfirmed")):
        yield Input("history", {"name": "gout", "status": status, "certainty": certainty, "severity": "mild"})
    for status, kind in product(("active", "inactive", "resolved"), ("allergy", "intolerance")):
        yield Input("allergies", {"name": "nuts", "status": status, "kind": kind})
    for severity in ("mild", "moderate", "severe"):
        yield Input("allergies", {"name": "nuts", "reaction": ["rash", "cough"], "severity": severity})
    yield from (Input("allergies", {"none": True, "of": of}) for of in ("drugs", "food", "environment"))
    yield from (Input(section, {"name": "x", "absent": True}) for section in ("allergies", "social", "immunizations"))
    yield Input("immunizations", {"name": "MMR", "not-done": "refused"})
    yield Input("immunizations", {"name": "MMR", "dose": "second"})
    yield Input("immunizations", {"none": True})
    yield Input("family", {"consanguinity": False})
    yield Input("perspective", {"says": '<glad> & "tired"', "by": "a neighbour"})
    said = {"quote": "printed … words", "note": "a note", "conflict": {"says": "no", "where": "abstract", "note": "so"}}
    for number, (section, item, _) in enumerate(FACTS):
        yield Input(section, item | said | {"id": f"background-{number}"})
        yield Input("doubts", {"about": f"background-{number}", "says": "unsure"})
    yield Input("treatments", {"drug": "aspirin", "for": ["background-0"]})
    yield Input("course", {"what": "better", "of": "background-0"})
