"""Tests for organisms, genetic variants and treatments that say too little, or what cannot be together."""

from collections.abc import Iterator

from casefhir.chart import Chart
from casefhir.model.genetics import Variant
from casefhir.model.microbiology import MicrobiologyTest, Organism, Susceptibility
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
        if treatment.not_done and (key := _given(treatment)):
            yield ("treatments", i, "not-done"), f"what was not given has no '{key}'; leave one of the two out"


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
        if organism.absent and (organism.value or organism.susceptibility):
            key = "value" if organism.value else "susceptibility"
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
        for key in ("zygosity", "origin", "consequence", "inheritance", "class"):
            if getattr(variant, "class_" if key == "class" else key):
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
    for place, reaction in _reactions(chart):
        if reaction.value is None and reaction.mic is None:
            yield place, f"{place[-1]!r} has neither 'value' nor 'mic'"
    for i, variant in enumerate(chart.case.genetics):
        if not variant.label:
            yield ("genetics", i), "this variant has neither 'gene' nor 'printed', 'locus' or 'karyotype'"
    for i, treatment in enumerate(chart.case.treatments):
        for n, interruption in enumerate(treatment.interrupted):
            if not (interruption.from_ or interruption.to or interruption.why):
                yield ("treatments", i, "interrupted", n), "this interruption has neither 'from' nor 'to' or 'why'"


def _reactions(chart: Chart) -> Iterator[tuple[Path, Susceptibility]]:
    for i, test in enumerate(chart.case.microbiology):
        owners: list[tuple[Path, MicrobiologyTest | Organism]] = [(("microbiology", i), test)]
        owners += [(("microbiology", i, "organisms", n), organism) for n, organism in enumerate(test.organisms)]
        for place, owner in owners:
            for drug, reaction in owner.susceptibility.items():
                yield (*place, "susceptibility", drug), reaction
