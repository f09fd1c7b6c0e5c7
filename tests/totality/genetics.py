"""Genetic variants, and what treatments have besides a dose → facts: every word and form of the records."""

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from tests.totality.statements import MOMENTS, forms
from tests.totality.written import Input, ends_unknown

from casefhir.model.genetics import Variant
from casefhir.model.hgvs import change
from casefhir.terms import terms

SAID = {"quote": "printed … words", "note": "a note", "conflict": {"says": "no", "where": "abstract", "note": "so"}}
ABSENCES: tuple[dict[str, Any], ...] = ({"absent": True}, {"not-done": "not possible"})


def every_variant() -> Iterator[Input]:
    """Each word of the table and of closed lists at its key, each change, and what was not found."""
    for word in terms().genetics.rows:
        key = {"source": "origin"}.get(word.kind, word.kind)
        yield _variant({key: word.name})
    for key, field in Variant.fields().items():
        for word in _words(field.annotation):
            yield _variant({key.rstrip("_"): word})
    for text in forms("hgvs"):
        for key in ("dna", "genomic", "protein", "transcript"):
            if _is(key, text):
                yield _variant({key: text})
                yield _variant(
                    {key: text} if ":" in text or key == "transcript" else {key: text, "transcript": "NM_1.1"}
                )
    for text in forms("quantity"):
        yield _variant({"allele-fraction": text, "cells": text})
    for code in ([], ["HGNC:1014"], ["HGNC:1014", "HGNC:76"]):
        yield _variant({"gene": "BCR::ABL1", "code": code, "locus": ["22q11", "9q34"], "change": "translocation"})
    yield _variant({"absent": True, "origin": "germline"})
    for text in forms("code"):
        yield _variant({"code": text, "of": "known-disease"})
    for item in (*ABSENCES, {}):
        yield _variant({"of": "measles", "printed": "C37C", "method": "exome sequencing"} | item)
        yield Input("genetics", {"printed": "22q11.2 deletion", "locus": "22q11.2", "exon": "intron 3"} | item)
        yield Input("genetics", {"locus": "22q11.2", "exon": 2, "method": "by eye"} | item | SAID)
        yield Input("genetics", {"karyotype": "46,XY,t(9;22)(q34;q11.2)", "specimen": "bone marrow"} | item)
        yield Input("genetics", {"karyotype": " 46  XY é", "specimen": "whatever there was"} | item)
    yield Input("genetics", {"none": True, "method": "exome sequencing", "of": "measles"})
    yield Input("genetics", {"none": True})


def _words(annotation: Any) -> tuple[str, ...]:
    """The words of a closed list; none for a field that has another type."""
    return next((get_args(kind) for kind in get_args(annotation) if get_origin(kind) is Literal), ())


def _is(key: str, text: str) -> bool:
    try:
        change(key)(text)
    except ValueError:
        return False
    return True


def _variant(said: dict[str, Any]) -> Input:
    return Input("genetics", {"gene": "BTK"} | said)


def every_treatment() -> Iterator[Input]:
    """Regimens, cycles, interruptions at each moment, and what was not given."""
    for number, text in enumerate(MOMENTS):
        for key in ("from", "to") if not ends_unknown(text) else ("to",):
            yield _treatment({"interrupted": [{key: text, "why": ["fever", "rash"]}], "cycles": number + 1})
        other = MOMENTS[(7 * number + 3) % len(MOMENTS)]
        if not ends_unknown(text) and not ends_unknown(other):
            yield _treatment({"interrupted": [{"from": text, "to": other}]})
    yield _treatment({"interrupted": [{"from": "admission", "to": "unknown"}, {"why": ["fever"]}], "regimen": "FOLFOX"})
    yield _treatment({"not-done": "refused", "dose": "1 g PO", "for": ["known-disease"], "regimen": "FOLFOX"} | SAID)


def _treatment(said: dict[str, Any]) -> Input:
    return Input("treatments", {"drug": "oxaliplatin"} | said)
