"""Tests for organisms → facts: every organism, specimen, drug, result and form of the records."""

from collections.abc import Iterator

from tests.totality.statements import forms
from tests.totality.written import Input

from casefhir.terms import terms

NAMES = ("blood culture", "culture", "PCR", "Gram stain", "SARS-CoV-2 PCR", "CMV PCR", "bacteriological tests")
"""Tests that name a specimen, that name none, that look for one organism, and that no table has."""

SAID = {"quote": "printed … words", "note": "a note", "conflict": {"says": "no", "where": "abstract", "note": "so"}}


def every_test() -> Iterator[Input]:
    """Each row of the tables, each result, and each form of organisms and susceptibilities."""
    for organism in terms().organisms.rows:
        yield _test({"organisms": [organism.name, {"name": f"{organism.name} b", "absent": True}]})
    for specimen in terms().specimens.rows:
        for name in NAMES[:3]:
            yield _test({"name": name, "specimen": specimen.name, "result": "positive"})
    for row in (*terms().susceptibilities.rows, *terms().drugs.rows[::20]):
        yield _test({"organisms": ["Klebsiella"], "susceptibility": {row.name: "R", f"{row.name} b": "S"}})
    yield from _results()
    yield from _organisms()


def _results() -> Iterator[Input]:
    for number, text in enumerate(forms("result")):
        yield _test({"name": NAMES[number % len(NAMES)], "result": text, "specimen": "urine", "method": "PCR"})
    for name in NAMES:
        yield _test({"name": name, "text": "mixed flora", "method": "by eye", "conclusion": "no pathogen"})
        yield _test({"name": name, "conclusion": "no pathogen"})
        yield _test({"name": name, "organisms": ["norovirus"], "specimen": "stool"} | SAID)
        yield _test({"name": name, "code": "SNOMED 9718006", "organisms": ["norovirus"], "result": "positive"})


def _organisms() -> Iterator[Input]:
    for text in forms("quantity"):
        yield _test(
            {"organisms": [{"name": "Klebsiella", "value": text}], "susceptibility": {"amikacin": {"mic": text}}}
        )
    for text in forms("growth"):
        yield _test({"organisms": [{"name": "Klebsiella", "value": text}]})
    for word in forms("reaction"):
        both = [{"value": word, "at-concentration": text, "method": "MGIT"} | SAID for text in ("0.1 mg/L", "0.4 mg/L")]
        yield _test({"organisms": ["Klebsiella"], "susceptibility": {"isoniazid": both}})
        yield _test({"organisms": ["Klebsiella"], "susceptibility": {"amikacin": word}})
        yield _test({"susceptibility": {"amikacin": {"value": word, "mic": "> 8 mg/L"} | SAID}})
    for text in forms("code"):
        yield _test({"organisms": [{"name": "Klebsiella", "code": text} | SAID]})
    for row in terms().drugs.rows[::20]:
        found: dict[str, object] = {"name": "katG S315T", "resistance-to": [row.name], "method": "line probe assay"}
        genotype = ["ST258", found | SAID, {"name": "inhA", "absent": True}]
        yield _test({"organisms": [{"name": "Klebsiella", "genotype": genotype}]})
    several = [{"name": name, "susceptibility": {"amikacin": "I"}} for name in ("Klebsiella", "Proteus", "others")]
    yield _test({"organisms": several, "specimen": "blood"})


def _test(said: dict[str, object]) -> Input:
    return Input("microbiology", {"name": "blood culture"} | said)
