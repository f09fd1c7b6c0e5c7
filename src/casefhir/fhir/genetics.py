"""Genetic variants and karyotypes → Observation, as HL7 Genomics Reporting has them."""

import re
from collections.abc import Iterator

from casefhir.facts import Fact
from casefhir.fhir import concepts
from casefhir.fhir.categories import LABORATORY, absent_reason
from casefhir.fhir.context import Context, Resource
from casefhir.fhir.datatypes import (
    HL7,
    LOINC,
    META,
    coding,
    concept,
    evidence,
    extension,
    hedge,
    narrative,
    notes,
    sentence,
    value_of,
    written,
)
from casefhir.fhir.specimen import specimen
from casefhir.fhir.times import times
from casefhir.model.genetics import Variant
from casefhir.model.quantity import Quantity

_REASON = "http://hl7.org/fhir/StructureDefinition/workflow-reasonReference"
HGVS = "http://varnomen.hgvs.org"
ISCN = "https://iscn.karger.com"

_CATEGORY = [*LABORATORY, {"coding": [coding(HL7 + "v2-0074", "GE", "Genetics")], "text": "Genetics"}]


def variant(fact: Fact, cx: Context) -> Iterator[Resource]:
    """
    A variant: present, absent or not looked for; all that is known of it stands in components.

    The guide tells what a variant does and means in Observations of their own, under codes that only its package has:
    no validator without it would take them. The disease that it explains is the reason.
    Source: https://hl7.org/fhir/uv/genomics-reporting/STU3/StructureDefinition-variant.html,
    https://hl7.org/fhir/R4/extension-workflow-reasonreference.html
    """
    record: Variant = fact.record
    when = times(record, cx)
    if record.specimen:
        yield specimen(f"{fact.key}/its specimen", record.specimen, None, record, cx)
    yield {
        "resourceType": "Observation",
        "id": cx.id(fact.key),
        "meta": META,
        "text": narrative(sentence(*_told(record), when.said, record.note)),
        "extension": [*evidence(record), *when.extension, *_printed(record), *_reasons(record, cx)],
        "identifier": cx.identifier(fact.key),
        "status": "final",
        "category": _CATEGORY,
        "code": concept("Genetic variant assessment", coding(LOINC, "69548-6", "Genetic variant assessment")),
        "subject": cx.subject,
        "encounter": when.encounter,
        **when.effective,
        **_presence(record, cx),
        "note": notes(*_notes(record), *written(record)),
        "method": cx.concept(concepts.procedure, record.method) if record.method else None,
        "specimen": cx.reference(f"{fact.key}/its specimen") if record.specimen else None,
        "component": [*_of_the_gene(record), *_of_the_change(record, cx), *_meant(record, cx)],
    }


def _told(record: Variant) -> Iterator[str | None]:
    what = record.karyotype if record.karyotype and not record.gene else record.label
    state = f"not done: {record.not_done}" if record.not_done else "absent" if record.absent else "present"
    yield f"No genetic variant by {record.method or 'the test'}" if record.none else f"Genetic variant {what}: {state}"
    yield record.protein if record.dna else None
    yield f"exon {record.exon}" if record.exon and record.exon[:1].isdecimal() else record.exon
    yield f"allele fraction {record.allele_fraction.text}" if record.allele_fraction else None
    yield f"in {record.cells.text} of the cells" if record.cells else None
    yield from (record.zygosity, record.origin, record.consequence, record.class_, record.inheritance)
    yield f"for {record.of}" if record.of else None


def _is_there(record: Variant) -> bool:
    return not (record.absent or record.none or record.not_done)


def _notes(record: Variant) -> Iterator[str | None]:
    yield f"printed as {record.printed}" if record.printed else None
    yield hedge(record.allele_fraction)
    yield hedge(record.cells)
    yield f"looked for because of {record.of}" if record.of and not _is_there(record) else None


def _printed(record: Variant) -> list[Resource]:
    return [extension("printed-value", valueString=record.printed)] if record.printed else []


def _reasons(record: Variant, cx: Context) -> list[Resource]:
    return [{"url": _REASON, "valueReference": cx.reference(key)} for key in cx.named("diagnoses", record.of)]


def _presence(record: Variant, cx: Context) -> Resource:
    """
    LOINC's answer, of the list LL1971-2.

    Source: the variants in the examples of http://hl7.org/fhir/us/mcode (4.0.0)
    """
    if record.not_done:
        return {"dataAbsentReason": absent_reason("not-performed", "Not Performed", record.not_done)}
    if record.absent or record.none:
        return {"valueCodeableConcept": concept("absent", coding(LOINC, "LA9634-2", "Absent"))}
    return {"valueCodeableConcept": concept("present", coding(LOINC, "LA9633-4", "Present"))}


def _of_the_gene(record: Variant) -> Iterator[Resource]:
    yield from (_part("48018-6", "Gene studied [ID]", gene) for gene in _genes(record))
    yield from (_part("48001-2", "Cytogenetic (chromosome) location", concept(place)) for place in record.locus)
    if record.karyotype:
        yield _part("81291-7", "Variant ISCN", _iscn(record.karyotype))
    if record.exon:
        yield {"code": {"text": "exon"}, "valueCodeableConcept": {"text": record.exon}}


def _genes(record: Variant) -> Iterator[Resource | None]:
    """Each gene with its codes; codes that are not one for each of several genes are those of the whole."""
    genes = record.genes
    if len(genes) == len(record.code) > 1:
        yield from (concept(gene, written=[code]) for gene, code in zip(genes, record.code, strict=True))
    elif record.code and record.gene:
        yield concept(record.gene, written=record.code)
    else:
        yield from map(concept, genes)


def _of_the_change(record: Variant, cx: Context) -> Iterator[Resource]:
    if record.dna:
        yield _part("48004-6", "DNA change (c.HGVS)", _hgvs(record.dna, record.transcript))
    if record.protein:
        yield _part("48005-3", "Amino acid change (pHGVS)", _hgvs(record.protein, None))
    if record.genomic:
        yield _part("81290-9", "Genomic DNA change (gHGVS)", _hgvs(record.genomic, None))
    if record.transcript:
        yield _part("51958-7", "Transcript reference sequence [ID]", concept(record.transcript))
    if record.change:
        yield _part("48019-4", "DNA change type", cx.concept(concepts.genetic, record.change, "change"))
    if record.zygosity:
        yield _part("53034-5", "Allelic state", cx.concept(concepts.genetic, record.zygosity, "zygosity"))
    if record.allele_fraction:
        yield _measured("Sample variant allelic frequency [NFr]", record.allele_fraction, "81258-6")
    if record.cells:
        yield _measured("fraction of cells with the variant", record.cells)
    if record.origin in ("germline", "somatic"):
        yield _part("48002-0", "Genomic source class", cx.concept(concepts.genetic, record.origin, "source"))
    elif record.origin:
        yield _part(
            "94186-4", "Origin of germline genetic variant", cx.concept(concepts.genetic, record.origin, "origin")
        )


def _meant(record: Variant, cx: Context) -> Iterator[Resource]:
    """What it does, how it is judged, and the disease that it explains; of one that is not there, nothing."""
    if not _is_there(record):
        return
    if record.consequence:
        effect = cx.concept(concepts.genetic, record.consequence, "consequence")
        yield {"code": {"text": "molecular consequence"}, "valueCodeableConcept": effect}
    if record.class_:
        judged = cx.concept(concepts.genetic, record.class_, "class")
        yield _part("53037-8", "Genetic variation clinical significance [Imp]", judged)
    if record.of:
        yield _part("81259-4", "Associated phenotype", cx.concept(concepts.diagnosis, record.of))
    if record.inheritance:
        mode = cx.concept(concepts.genetic, record.inheritance, "inheritance")
        yield {"code": {"text": "mode of inheritance"}, "valueCodeableConcept": mode}


def _hgvs(change: str, reference: str | None) -> Resource | None:
    """A change as written; it is a code of HGVS only with the reference that it counts from."""
    whole = f"{reference}:{change}" if reference and ":" not in change else change
    return concept(change, coding(HGVS, whole) if ":" in whole else None)


def _iscn(karyotype: str) -> Resource | None:
    """A karyotype as written; it is a code of ISCN only if there is no blank in it."""
    return concept(karyotype, coding(ISCN, karyotype) if _UNBROKEN.fullmatch(karyotype) else None)


_UNBROKEN = re.compile("[!-~]+")


def _part(code: str, display: str, value: Resource | None) -> Resource:
    """A component of the guide."""
    return {"code": {"coding": [coding(LOINC, code, display)], "text": display}, "valueCodeableConcept": value}


def _measured(text: str, amount: Quantity, code: str = "") -> Resource:
    """A component with a number."""
    return {"code": concept(text, coding(LOINC, code, text)), **value_of(amount)}
