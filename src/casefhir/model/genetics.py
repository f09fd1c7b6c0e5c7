"""Genetics: variants of genes, karyotypes, and what was looked for and not there."""

from collections.abc import Iterator
from typing import Annotated, Literal

from casefhir.model.base import Grammar
from casefhir.model.fields import Codes, Quantity, Text, Texts
from casefhir.model.hgvs import change, exon
from casefhir.model.record import Timed

Dna = Annotated[str, Grammar("hgvs", change("dna"))]
Genomic = Annotated[str, Grammar("hgvs", change("genomic"))]
Protein = Annotated[str, Grammar("hgvs", change("protein"))]
Transcript = Annotated[str, Grammar("hgvs", change("transcript"))]
Exon = Annotated[str, Grammar("exon", exon, numbers=True)]


class Variant(Timed):
    """A genetic variant, a karyotype, or the statement that a test found none."""

    gene: Text | None = None
    """The symbol of the gene: `EGFR`; of a fusion or a translocation, both: `BCR::ABL1`."""

    code: Codes = ()
    """Codes of the gene: `HGNC:3236`; of two genes one each, in their order."""

    dna: Dna | None = None
    """The change of the coding DNA in the form of HGVS: `c.2573T>G`."""

    protein: Protein | None = None
    """The change of the protein in the form of HGVS: `p.Leu858Arg`."""

    genomic: Genomic | None = None
    """The change of the genome in the form of HGVS, with its reference: `NC_000007.13:g.55259515T>G`."""

    transcript: Transcript | None = None
    """The reference of `dna`, where the article prints one: `NM_005228.4`."""

    printed: Text | None = None
    """The variant as the article prints it, where that is no HGVS: `C37C`, `deletion of exon 5`."""

    exon: Exon | None = None
    """`2`, `14-16`, `intron 3`."""

    locus: Texts = ()
    """The place on the chromosome: `Xq21.3-q22`; of a translocation both: `[11q13, 14q32]`."""

    change: Text | None = None
    """How the DNA is changed: `deletion`, `duplication`, `insertion`, `substitution`."""

    consequence: Text | None = None
    """What it does to the gene: `stop`, `missense`, `frameshift`."""

    zygosity: (
        Literal[
            "heterozygous",
            "homozygous",
            "hemizygous",
            "compound heterozygous",
            "heteroplasmic",
            "homoplasmic",
            "mosaic",
        ]
        | None
    ) = None
    """How many copies are changed."""

    allele_fraction: Quantity | None = None
    """Which part of the alleles of the sample has it (VAF): `21 %`."""

    cells: Quantity | None = None
    """Which part of the cells, nuclei or metaphases has it: `88 %`, `176/200`, `7/20`."""

    origin: Literal["maternal", "paternal", "de novo", "germline", "somatic"] | None = None
    """Whom it comes from, or in which cells it is."""

    inheritance: Text | None = None
    """How the disease is inherited: `X-linked`, `autosomal recessive`."""

    class_: Literal["pathogenic", "likely pathogenic", "uncertain significance", "likely benign", "benign"] | None = (
        None
    )
    """How the report judges it."""

    of: Text | None = None
    """The disease that it explains; the name of a diagnosis links the two."""

    karyotype: Text | None = None
    """The karyotype in the form of ISCN, in quotes for its comma: `"46,XY"`."""

    method: Text | None = None
    """How it was looked for: `exome sequencing`, `gene panel`."""

    specimen: Text | None = None
    """What was examined: `blood`, `tumor tissue`."""

    absent: bool = False
    """Looked for and not there."""

    none: bool = False
    """The test, named by `method`, found no variant at all."""

    not_done: Text | None = None
    """It was not looked for, and why: `not possible in the country`."""

    @property
    def label(self) -> str:
        return " ".join(self.names) or ("none" if self.none else "")

    @property
    def names(self) -> tuple[str, ...]:
        """What tells it from others: the gene and the change, else what is known of the place."""
        return tuple(filter(None, self._names()))

    def _names(self) -> Iterator[str | None]:
        yield self.gene
        yield self.dna or self.protein or self.genomic or self.printed
        if not self.gene:
            yield from self.locus
            yield self.karyotype

    @property
    def genes(self) -> tuple[str, ...]:
        """The gene, or both of a fusion: `BCR::ABL1`."""
        return tuple(filter(None, (self.gene or "").split("::")))
