"""Procedures, what pathologists find, stages, values of images: every row, form and literal of each → inputs."""

from collections.abc import Iterator

from tests.totality.laboratory import WORDLESS
from tests.totality.statements import forms
from tests.totality.written import Input

from casefhir.model.degree import GRADES
from casefhir.model.result_words import WORDS
from casefhir.terms import terms

STAGES = (
    *("pT2N0M0", "pT2 N0 M0", "ypT1a pN1b(sn) cM0 G2 R0 L1 V0 Pn0", "Tis N0 M0", "TX NX MX", "T0, N3, pM1c", "pT4d"),
    *("cT1mi N0(i+) M0(i+)", "Ta", "T1b1 N0", "pT2NOMO", "T2 T3", "low risk", "IIB"),
)
"""Stages of TNM, read and unread."""


def every_procedure() -> Iterator[Input]:
    """Each row of the table, each key with each of its forms, and each way that a procedure can stand."""
    for row in terms().procedures.rows:
        yield _procedure(name=row.name, anaesthesia=row.name)
        yield Input("pathology", {"name": row.name, "conclusion": "normal", "of": "known-procedure"})
    for text in forms("quantity"):
        yield _procedure(amount=text)
        yield _procedure(findings=[{"name": "mass", "value": text, "pattern": "thick-walled"}], **{"blood-loss": text})
        device = {"name": "stent", "code": "SNOMED CT 65818007", "maker": "A maker", "model": "B"}
        yield _procedure(devices=["stent", {"name": "stent", "size": text}, device, {"name": "stent", "maker": "C"}])
    for text in forms("duration"):
        yield _procedure(duration=text)
    for text in forms("site"):
        yield _procedure(sites=[text, "face"])
    for amount in ("2 units", "1 unit", "2 U", "7 bags", "1 L", "2 unit not printed", "50 Gy", "0 g"):
        yield _procedure(amount=amount, **{"from": "admission", "to": "unknown"})
    for end in ({"to": "unknown"}, {"continues": True}, {"to": "lasting"}, {}):
        yield _procedure(name="hemodialysis", **{"from": "admission"}, **end, sessions=1)
    for names in ([], ["known-disease"], ["known-finding", "an unknown thing"], ["measles", "fever", "measles"]):
        yield _procedure(**{"for": names}, complications=names, devices=names)
    yield _procedure(complications="none", outcome="good", method="open", sessions=999999)
    for why in ("refused", "<b>&\"'"):
        yield Input("imaging", {"name": "chest X-ray", "not-done": why, "at": "guessed"})
        yield Input("imaging", {"name": "chest X-ray", "method": why, "conclusion": "normal"})
        yield _procedure(**{"not-done": why, "for": ["known-disease"], "sites": ["left knee"], "at": "guessed"})


def _procedure(**keys: object) -> Input:
    return Input("procedures", {"name": "appendectomy"} | keys)


def every_pathology() -> Iterator[Input]:
    """Each specimen, from each number of sites, with findings and values of each form."""
    names = [row.name for row in terms().specimens.rows] + ["kidney", "left kidney", "whatever there was"]
    for name in names:
        yield _pathology(specimen=name)
        yield _pathology(
            specimen=name, sites=["left kidney"], findings=[{"name": "granuloma", "sites": ["left kidney"]}]
        )
    for text in forms("site"):
        yield _pathology(sites=[text])
        yield _pathology(
            sites=["face", text, "face"], findings=[{"name": "mitoses", "absent": True}], values={"ANA": 2}
        )
    for text in (*forms("result"), *WORDS.values(), *GRADES.values(), *WORDLESS):
        yield _pathology(values={"CD117": text, "T-score": text, "heart rate": text}, specimen="tissue")
        yield Input("imaging", {"name": "echocardiography", "values": {"LVEF": text, "heart rate": text}})
    lab = {"value": "2 %", "specimen": "blood", "code": ["LOINC 8867-4"], "id": "mine", "method": "by eye"}
    yield _pathology(values={"an unknown value": lab, "another": {"text": "a few"}}, specimen="tissue")
    yield _pathology(findings=[{"name": "fever", "value": "39 °C"}], specimen="tissue")
    for name in ("its specimen", "specimen of left-kidney", "a specimen"):
        found = {"findings": [{"name": name}], "values": {name: "2 %"}}
        yield _pathology(specimen="tissue", sites=["left kidney", "face"], **found)


def _pathology(**keys: object) -> Input:
    return Input("pathology", {"name": "skin biopsy", "at": "admission", "conclusion": "normal"} | keys)


def every_stage() -> Iterator[Input]:
    """Each row of TNM, each score as a system, and what a stage is of."""
    for row in terms().tnm.rows:
        for prefix in ("", "p", "c", "yp", "r"):
            yield Input("stages", {"system": "TNM", "value": f"{prefix}{row.name.removeprefix('p')}", "at": "surgery"})
    for text in STAGES:
        for system in ("TNM", "tnm, 8th edition", "TNM stage", "Miettinen"):
            yield Input("stages", {"system": system, "value": text, "of": "known-disease", "from": "admission"})
    for score in terms().scores.rows:
        yield Input("stages", {"system": score.name, "value": "III (A/C)", "of": "known-finding"})
