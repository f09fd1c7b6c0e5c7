"""Tests for organisms, genetic variants and treatments that say too little, or what cannot be together."""

import re
from collections.abc import Iterator

from casefhir.chart import Chart
from casefhir.model.genetics import Variant
from casefhir.model.microbiology import MicrobiologyTest, Organism, Susceptibility, reactions
from casefhir.model.treatment import Treatment
from casefhir.rules.rule import Remarks
from casefhir.source import Path


def contradictions(chart: Chart) -> Remarks:
    """What `records.one_of` has to say of them."""
    for i, test in enumerate(chart.case.microbiology):
        for place, told in _of_test(test):
            yield ("microbiology", i, *place), told
    for i, variant in enumerate(chart.case.genetics):
        for place, told in _of_variant(variant):
            yield ("genetics", i, *place), told
    for i, treatment in enumerate(chart.case.treatments):
        said = "not-done" if treatment.not_done else "absent"
        if (treatment.not_done or treatment.absent) and (key := _given(treatment)):
            yield ("treatments", i, said), f"what was not given has no '{key}'; leave one of the two out"


_NOT_FOUND = frozenset(("negative", "not detected", "absent", "non-reactive", "not measured", "pending"))


def _of_test(test: MicrobiologyTest) -> Remarks:
    found = [organism.name for organism in test.organisms if not organism.absent]
    if test.result and test.text:
        yield ("text",), "'result' and 'text' stand side by side; write one of the two"
    if found and test.result and test.result.word in _NOT_FOUND:
        told = f"'result: {test.result.text}' says that nothing was found, and 'organisms' that {found[0]} was"
        yield ("result",), f"{told}; for what was looked for and not there write {{name: {found[0]}, absent: true}}"
    if test.susceptibility and test.result and test.result.word in _NOT_FOUND:
        told = f"'result: {test.result.text}' says that nothing was found, and 'susceptibility' of what it was"
        yield ("susceptibility",), f"{told}; leave one of the two out"
    for n, organism in enumerate(test.organisms):
        said = {"value": organism.value, "susceptibility": organism.susceptibility, "genotype": organism.genotype}
        if organism.absent and (key := next((key for key, value in said.items() if value), "")):
            yield (
                ("organisms", n, key),
                f"{organism.name} was not there, and so has no '{key}'; leave one of the two out",
            )
    if test.susceptibility and not _is_of_one(test):
        told = "'susceptibility' stands beside the test, and nobody can tell of which organism it is"
        yield ("susceptibility",), f"{told}; write it with the organism: {{name: …, susceptibility: {{…}}}}"


def _is_of_one(test: MicrobiologyTest) -> bool:
    """Whether what a test says of drugs can be of one organism only."""
    is_there = [not organism.absent and not organism.susceptibility for organism in test.organisms]
    return is_there in ([], [True])


_OF_THE_TEST = ("germline", "somatic")
"""Words for the cells that were looked at, which hold of what is not there too."""


def _of_variant(variant: Variant) -> Remarks:
    if variant.absent and variant.not_done:
        yield ("not-done",), "what was not done can be neither present nor absent; leave 'absent' out"
    if variant.none and (variant.names or variant.absent or variant.not_done):
        yield ("none",), "'none: true' says that no variant at all was found; leave it or the rest out"
    if variant.karyotype and (variant.gene or variant.dna or variant.protein or variant.genomic):
        yield ("karyotype",), "a karyotype is no variant of a gene; write it as an item of its own"
    if variant.transcript and variant.dna and ":" in variant.dna:
        yield ("transcript",), "'dna' names its reference already; leave 'transcript' out"
    if variant.code and not variant.gene:
        yield ("code",), "'code' is that of the gene; write 'gene' as well"
    if variant.absent or variant.none or variant.not_done:
        for key in ("zygosity", "allele-fraction", "cells", "origin", "consequence", "inheritance", "class"):
            value = getattr(variant, "class_" if key == "class" else key.replace("-", "_"))
            if value and value not in _OF_THE_TEST:
                yield (key,), f"what was not found has no '{key}'; leave it out"


def _given(treatment: Treatment) -> str | None:
    """A key that says that a treatment was given."""
    keys = {
        "stopped": treatment.stopped,
        "continues": treatment.continues,
        "cycles": treatment.cycles,
        "interrupted": treatment.interrupted,
    }
    return next((key for key, value in keys.items() if value), None)


def omissions(chart: Chart) -> Remarks:
    """What `records.incomplete` has to say of them."""
    for i, test in enumerate(chart.case.microbiology):
        if not (test.organisms or test.result or test.text or test.susceptibility or test.conclusion):
            yield ("microbiology", i), f"{test.name!r} has neither 'organisms' nor 'result', 'text' or 'conclusion'"
    for place, drug, reaction in _reactions(chart):
        if reaction is None or (reaction.value is None and reaction.mic is None):
            yield place, f"{drug!r} has neither 'value' nor 'mic'"
    for i, variant in enumerate(chart.case.genetics):
        if not variant.label:
            yield ("genetics", i), "this variant has neither 'gene' nor 'printed', 'locus' or 'karyotype'"
    for i, treatment in enumerate(chart.case.treatments):
        for n, interruption in enumerate(treatment.interrupted):
            if not (interruption.from_ or interruption.to or interruption.duration or interruption.why):
                told = f"the interruption of {treatment.drug!r} has neither 'from' nor 'to', 'duration' or 'why'"
                yield ("treatments", i, "interrupted", n), told


def _reactions(chart: Chart) -> Iterator[tuple[Path, str, Susceptibility | None]]:
    """Each reaction to a drug; None for an empty list of them."""
    for i, test in enumerate(chart.case.microbiology):
        owners: list[tuple[Path, MicrobiologyTest | Organism]] = [(("microbiology", i), test)]
        owners += [(("microbiology", i, "organisms", n), organism) for n, organism in enumerate(test.organisms)]
        for place, owner in owners:
            at: Path = (*place, "susceptibility")
            yield from (((*at, *step), drug, one) for step, drug, one in reactions(owner.susceptibility))
            yield from (((*at, drug), drug, None) for drug, said in owner.susceptibility.items() if not said)


def gene_of_an_organism(chart: Chart) -> Remarks:
    """
    What stands under `genetics` is a gene of an organism.

    Why: it would be exported as a variant of the patient. Genes of bacteria are written as three small letters and a
    capital, katG, and those of people as capitals, KRAS.
    Bad:  genetics: [{gene: katG, printed: S315T}]
    Good: microbiology: [{name: culture, organisms: [{name: Mycobacterium tuberculosis, genotype: [katG S315T]}]}]
    Source: https://doi.org/10.1093/genetics/54.1.61
    """
    for i, variant in enumerate(chart.case.genetics):
        for key, sign in _signs_of_an_organism(variant, chart):
            what = " ".join(filter(None, (variant.gene, variant.printed or variant.dna or variant.protein)))
            told = f"{sign}, and a variant under 'genetics' is that of the patient"
            yield (
                ("genetics", i, key),
                f"{told}; write it under 'microbiology', with the organism: genotype: [{what or '…'}]",
            )
            break


_OF_BACTERIA = r"[a-z]{3}[A-Z][0-9]*|bla[A-Z_].*|mcr-[0-9.]+|[a-z]{3}\([A-Z0-9]+\)|rr[sl]"
_ISOLATE = r"(?i)\b(?:isolates?|strains?|colon(?:y|ies)|bacteri\w+)\b"


def _signs_of_an_organism(variant: Variant, chart: Chart) -> Iterator[tuple[str, str]]:
    """The keys that show that a variant is none of the patient's, and what they show."""
    for key, written in (("gene", variant.gene), ("printed", variant.printed)):
        first = (written or "").partition(" ")[0]
        if re.fullmatch(_OF_BACTERIA, first):
            yield key, f"{first!r} is a gene of a bacterium"
    for key, written in (("specimen", variant.specimen), ("of", variant.of)):
        if written and (re.search(_ISOLATE, written) or chart.terms.organisms.get(written)):
            yield key, f"{written!r} is no specimen or disease of the patient"
